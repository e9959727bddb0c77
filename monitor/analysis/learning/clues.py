"""What tells one bearer of a name from another: words around it, how it is written, site, author. Pure.

Every clue is kept as a hash, so an exported model quotes nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.analysis.excerpt import excerpt
from monitor.analysis.tokens import Token, TokenKind, tokenize
from monitor.model.brand import Match

REACH = 12  # words on either side of the name
SITE, AUTHOR, WRITTEN = "site", "author", "written"
_WORDS = (TokenKind.WORD, TokenKind.EMOJI)
_SHORTEST = 2


class Clue(NamedTuple):
    """[start, end) in the text; both 0 when it stands nowhere in it. `what` names it for a person."""

    code: int
    what: str
    start: int = 0
    end: int = 0


def clues(
    text: str, matches: Sequence[Match], site: str = "", author: str = ""
) -> tuple[Clue, ...]:
    """Each clue once, in text order; site and author last."""
    part = excerpt(text, matches)
    found: dict[int, Clue] = {}
    for clue in _in_text(part.text, part.matches):
        start, end = part.place(clue.start), part.place(clue.end - 1) + 1
        found.setdefault(clue.code, clue._replace(start=start, end=end))
    for kind, name in ((SITE, site), (AUTHOR, author)):
        if name:
            code = _code(kind, name.casefold())
            found.setdefault(code, Clue(code, kind))
    return tuple(found.values())


def _in_text(text: str, matches: Sequence[Match]) -> Iterator[Clue]:
    tokens = [token for token in tokenize(text) if token.kind in _WORDS]
    spans = [(match.start, match.end) for match in matches]
    free = [token for token in tokens if not _inside(token, spans)]
    for start, end in spans:
        before = [token for token in free if token.end <= start][-REACH:]
        after = [token for token in free if token.start >= end][:REACH]
        yield Clue(_code(WRITTEN, _shape(text, start, end)), WRITTEN, start, end)
        if before:
            yield _clue("before", before[-1], text)
        if after:
            yield _clue("after", after[0], text)
        for token in (*before, *after):
            if len(token.key) >= _SHORTEST:
                yield _clue("word", token, text)


def _inside(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < token.end and token.start < end for start, end in spans)


def _clue(kind: str, token: Token, text: str) -> Clue:
    return Clue(_code(kind, token.key), text[token.start : token.end], token.start, token.end)


def _shape(text: str, start: int, end: int) -> str:
    """How the name is written: @ or # before it, all small, all capitals, or with capitals."""
    name, sign = text[start:end], text[start - 1 : start] if start else ""
    if sign in ("@", "#"):
        return sign
    if name[:1] in ("@", "#"):
        return name[0]
    if name == name.lower():
        return "small"
    return "capitals" if name == name.upper() and len(name) > 1 else "mixed"


def _code(kind: str, key: str) -> int:
    written = f"{kind}\x1f{key}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "big")
