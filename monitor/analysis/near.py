"""Whether a post is about a brand that it names: words near the name, author, site, language. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.analysis.fold import fold
from monitor.analysis.words import is_spaceless
from monitor.model.brand import NEAR_WORDS, Brand, Match
from monitor.model.post import Post

_WORD = re.compile(r"[^\W_]+")


def relevant(
    brand: Brand,
    post: Post,
    matches: Sequence[Match],
    language: str,
    *,
    own_place: bool = False,
) -> bool:
    """True when at least one match has the wanted and none of the unwanted words near it.

    `matches` are the brand's in `post.full_text`; `language` is ISO 639-1 or "". `own_place`:
    everything where it was said is about the brand, so that only what is excluded is not.
    """
    if not (matches or own_place) or _is_excluded(brand, post, language):
        return False
    if own_place or (not brand.must_near and not brand.must_not_near):
        return True
    full_text = post.full_text
    return any(_is_about(brand, full_text, match) for match in matches)


def _is_excluded(brand: Brand, post: Post, language: str) -> bool:
    authors = {_author(name) for name in brand.excluded_authors} - {""}
    if authors & {_author(post.author.handle), _author(post.author.name)}:
        return True
    host = _host(post.url)
    sites = {_host(site).removeprefix("www.") for site in brand.excluded_sites} - {""}
    if any(host == site or host.endswith("." + site) for site in sites):
        return True
    code = _primary(language)
    return bool(code) and code in {_primary(excluded) for excluded in brand.excluded_languages}


def _author(name: str) -> str:
    return fold(name).strip().removeprefix("@")


def _host(address: str) -> str:
    address = address.strip().lower()
    try:
        return urlsplit(address if "//" in address else "//" + address).hostname or ""
    except ValueError:
        return ""


def _primary(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


def _is_about(brand: Brand, full_text: str, match: Match) -> bool:
    around = _around(full_text, match)
    if brand.must_near and not any(_stands_in(term, around) for term in brand.must_near):
        return False
    return not any(_stands_in(term, around) for term in brand.must_not_near)


def _around(full_text: str, match: Match) -> list[str]:
    """The words up to NEAR_WORDS before and after the match, with a bar where the match stands."""
    # 40 letters a word are plenty; the cut keeps many matches in a long text linear.
    reach = NEAR_WORDS * 40
    before = _WORD.findall(fold(full_text[max(match.start - reach, 0) : match.start]))
    after = _WORD.findall(fold(full_text[match.end : match.end + reach]))
    return [*before[-NEAR_WORDS:], "|", *after[:NEAR_WORDS]]


def _stands_in(term: str, words: list[str]) -> bool:
    """A term of one or more words; a plural s is the same word. A script without spaces does not say
    where a word ends: there the term may stand inside what looks like one."""
    wanted = _WORD.findall(fold(term))
    if not wanted:
        return False
    if is_spaceless(wanted[0][0]):
        return any(wanted[0] in word for word in words)
    return any(
        all(
            word in (want, want + "s")
            for want, word in zip(wanted, words[i : i + len(wanted)], strict=True)
        )
        for i in range(len(words) - len(wanted) + 1)
    )
