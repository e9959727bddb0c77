"""Names as IMAP writes them: folders in modified UTF-7 (RFC 3501, 5.1.3), quoted strings. Pure and total."""

from __future__ import annotations

import base64
import binascii
import re

_PLAIN = re.compile(r"[ -~]+|[^ -~]+")
_SHIFTED = re.compile(r"&([^-&]*)-")
_LISTED = re.compile(rb'\((?P<flags>[^()]{0,500})\) (?:NIL|"\\?.") (?P<name>.+)', re.DOTALL)
_LONGEST = 500


def quoted(words: str) -> str:
    """A quoted string of printable ASCII; nothing in it can end it or begin a command."""
    if not words.isascii() or not words.isprintable():
        raise ValueError("only printable ASCII can be quoted")
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def encoded(folder: str) -> str:
    """ "Réseaux" -> "R&AOk-seaux"."""
    pieces = []
    for piece in _PLAIN.findall(folder.encode("utf-8", "replace").decode("utf-8")):
        if " " <= piece[0] <= "~":
            pieces.append(piece.replace("&", "&-"))
        else:
            packed = base64.b64encode(piece.encode("utf-16-be")).decode("ascii")
            pieces.append("&" + packed.rstrip("=").replace("/", ",") + "-")
    return "".join(pieces)


def decoded(name: str) -> str:
    """The other way round; what is wrongly written stays as it is."""
    return _SHIFTED.sub(_letters, name)


def listed(line: bytes | tuple[bytes, bytes]) -> str:
    """The folder in one line of a LIST, as people write it; "" where it holds no messages or is no line."""
    head = line if isinstance(line, bytes) else line[0]
    found = _LISTED.fullmatch(head[: _LONGEST * 4])
    if found is None or re.search(rb"(?i)\\(?:noselect|nonexistent)", found["flags"]):
        return ""
    name = line[1] if isinstance(line, tuple) else found["name"]
    if isinstance(line, bytes) and name[:1] == b'"' and name[-1:] == b'"' and len(name) > 1:
        name = re.sub(rb"\\(.)", rb"\1", name[1:-1])
    folder = decoded(name.decode("utf-8", "replace"))[:_LONGEST]
    return folder if folder.isprintable() else ""


def _letters(shifted: re.Match[str]) -> str:
    packed = shifted[1].replace(",", "/")
    if not packed:
        return "&"
    try:
        wide = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
        return wide.decode("utf-16-be")
    except (binascii.Error, ValueError):
        return shifted[0]
