"""What a person wrote, out of what a network wrote around it in a notice. Pure and total."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from monitor.sources.mail_letter import Letter

# From here on it is about the e-mail, not the post.
_FOOTER = re.compile(
    r"^(?:unsubscribe\b|manage (?:your )?(?:e-?mails?|notifications?)\b|"
    r"you(?:'re|’re| are) receiving|you received this|this e-?mail (?:was|is)|"
    r"se désabonner|se désinscrire|gérer (?:vos|mes|les) (?:e-?mails|notifications|préférences)|"
    r"vous recevez (?:cet e-?mail|ces e-?mails|des e-?mails|ce message)|cet e-?mail (?:vous )?(?:a|est|était)|"
    r"©|copyright\b)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-_=─—*]{3,}")
_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'), ("„", "“"))
_LINK = re.compile(r"[<(\[]?\bhttps?://[^\s<>()\[\]]+[>)\]]?")
_MOST_LINES = 1000


def words_of_the_person(
    letter: Letter, domains: Sequence[str], furniture: Callable[[str], bool]
) -> str:
    """The letter's text without the network's own links, its footer and the lines that are `furniture`
    (buttons, the subject again); without the quotation marks where these enclose all that is left."""
    kept: list[str] = []
    for line in letter.text.split("\n")[:_MOST_LINES]:
        bare = _without_links(line, domains).strip(" \t|•·>")
        if _FOOTER.match(bare):
            break
        known = bare.rstrip(".") == letter.subject.rstrip(".") or _RULE.fullmatch(bare)
        if not bare or not (known or furniture(bare)):
            kept.append(bare)
    return _unquoted(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip())


def without_links(letter: Letter, domains: Sequence[str]) -> str:
    """All of the letter but the network's own links: they count clicks, and some open the account."""
    lines = (_without_links(line, domains) for line in letter.text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_links(line: str, domains: Sequence[str]) -> str:
    def shown(found: re.Match[str]) -> str:
        return "" if is_within(found[0].strip("<([>)]"), domains) else found[0]

    if "://" not in line:
        return line
    return re.sub(" {2,}", " ", _LINK.sub(shown, line)).rstrip()


def is_within(url: str, domains: Sequence[str]) -> bool:
    """Whether an address is on one of these domains, or below."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return any(host == own or host.endswith(f".{own}") for own in domains)


def _unquoted(words: str) -> str:
    for opening, closing in _QUOTES:
        inner = words[1:-1]
        if words.startswith(opening) and words.endswith(closing) and opening not in inner:
            return inner.strip()
    return words
