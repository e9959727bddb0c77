"""An e-mail as it came -> its sender, subject, words and links. Pure and total: any bytes make a letter.

No picture is loaded and no attachment opened. Of parts that say the same, the plain one is read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses
from typing import Any

from lxml import etree

from monitor.sources.charset import decode
from monitor.sources.markup import MAX_MARKUP, html_to_text, one_line, plain_to_text
from monitor.sources.posts import usable_id

_MOST_PARTS = 30
_MOST_LINKS = 300
_MOST_BOUNDARIES = 40  # each line is held against every one that is open
_DEEPEST = 20
_LONGEST_HEADER = 4000
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError)
# The line a mail program shows beside the subject; people see it nowhere in the letter.
_HIDDEN = re.compile(
    r"<(div|span|p|td)\b[^<>]{0,400}?display\s*:\s*none[^<>]{0,400}>[^<]{0,2000}</\1\s*>",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 64 * 1024
_BOUNDARY = re.compile(rb"boundary[*\d]*\s*=", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+")


class _Short(Compat32):
    """Headers are cut: the library's time to take some of them apart grows with their length squared."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


_SHORT = _Short()


@dataclass(frozen=True, slots=True)
class Link:
    """`words` are what is read on it."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`sender` is the address, lower case, "" unless there is exactly one. `date` is as written.
    `pictures` are the words that stand for pictures. `checks` are the headers Authentication-Results,
    the newest first."""

    id: str
    sender: str
    sender_name: str
    subject: str
    date: str
    text: str
    links: tuple[Link, ...]
    pictures: tuple[str, ...]
    checks: tuple[str, ...]


def head_of(raw: bytes) -> Letter:
    """The letter without its words: cheap, to know whose it is."""
    end = _EMPTY_LINE.search(raw)
    return letter_of(raw[: end.end()] if end else raw[:_LONGEST_HEAD])


def letter_of(raw: bytes) -> Letter:
    try:
        if len(_BOUNDARY.findall(raw)) > _MOST_BOUNDARIES:
            raise MessageError("parts within parts")
        message = message_from_bytes(raw, policy=_SHORT)
        parts = list(_texts(message, _DEEPEST))[:_MOST_PARTS]
    except _BROKEN:
        message, parts = Message(), [("text/plain", decode(raw))]
    plain = "\n\n".join(words for kind, words in parts if kind == "text/plain").strip()
    markup = "\n".join(words for kind, words in parts if kind == "text/html")[:MAX_MARKUP]
    links, pictures = _seen_in(markup)
    links += [Link(url, "") for url in _ADDRESS.findall(plain)]
    # Some senders fill the plain part with a sentence about programs that cannot show the other.
    shown = html_to_text(_HIDDEN.sub(" ", markup)) if markup else ""
    usual = len(plain) * 4 >= len(shown)
    name, sender = _sender(message)
    return Letter(
        id=_identity(message, raw),
        sender=sender,
        sender_name=name,
        subject=one_line(plain_to_text(_header(message, "Subject"))),
        date=_header(message, "Date"),
        text=plain_to_text(plain) if plain and usual else shown,
        links=tuple(links[:_MOST_LINKS]),
        pictures=tuple(pictures[:_MOST_LINKS]),
        checks=tuple(_headers(message, "Authentication-Results")),
    )


def _texts(message: Message[str, Any], depth: int) -> Iterator[tuple[str, str]]:
    """Type and words of every part that is shown; attached letters are not this one."""
    if message.is_multipart():
        within = message.get_payload()
        if message.get_content_maintype() != "multipart" or depth == 0:
            return
        for part in within if isinstance(within, list) else ():
            if isinstance(part, Message):
                yield from _texts(part, depth - 1)
        return
    kind = message.get_content_type()
    if kind in ("text/plain", "text/html") and message.get_content_disposition() != "attachment":
        body = message.get_payload(decode=True)
        charset = message.get_content_charset() or ""
        if isinstance(body, bytes):
            yield kind, decode(body, f"charset={charset}")


def _seen_in(markup: str) -> tuple[list[Link], list[str]]:
    if not markup:
        return [], []
    try:
        parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        tree = etree.fromstring(f"<div>{markup}</div>", parser)
    except (etree.LxmlError, ValueError):
        return [], []
    if tree is None:
        return [], []
    links = [
        Link(a.get("href") or "", one_line("".join(str(words) for words in a.itertext())))
        for a in tree.iter("a")
    ]
    return links, [one_line(img.get("alt") or "") for img in tree.iter("img")]


def _sender(message: Message[str, Any]) -> tuple[str, str]:
    """Name and address. Taken apart before it is decoded: a name may hold an encoded address."""
    lines = _raw_headers(message, "From")
    try:
        found = getaddresses(lines) if len(lines) == 1 else []
    except _BROKEN:
        found = []
    if len(found) != 1 or found[0][1].count("@") != 1:
        return "", ""
    name, address = found[0]
    return one_line(plain_to_text(_decoded(name))), address.strip().lower()


def _identity(message: Message[str, Any], raw: bytes) -> str:
    named = re.search(r"<([^<>\s]+)>", _header(message, "Message-ID"))
    if named:
        return usable_id(named[1])
    return hashlib.blake2b(raw, digest_size=12).hexdigest()


def _header(message: Message[str, Any], name: str) -> str:
    found = _headers(message, name)
    return found[0] if found else ""


def _headers(message: Message[str, Any], name: str) -> list[str]:
    return [_decoded(line) for line in _raw_headers(message, name)]


def _raw_headers(message: Message[str, Any], name: str) -> list[str]:
    """As they came; bytes that are not ASCII as UTF-8 or windows-1252."""
    found = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [decode(str(value).encode("ascii", "surrogateescape")) for value in found]


def _decoded(line: str) -> str:
    """ "=?utf-8?Q?L=C3=A9a?=" -> "Léa"; what is wrongly written stays as it is."""
    line = " ".join(line.split())
    if "=?" not in line:
        return line
    try:
        return "".join(
            decode(piece, f"charset={charset or 'utf-8'}") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(line)
        )
    except _BROKEN:
        return line
