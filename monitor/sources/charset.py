"""Bytes of a feed or page -> text, whatever their label says. Pure and total."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<?" or "<r" looks in encodings of more than one byte, when nobody wrote a mark.
_WIDE_STARTS = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# What the label means in practice (the WHATWG table): the wider cousin that writers really used.
_COUSINS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7")
# Ways to write names and program text, no charsets. The time of some grows with the length squared.
_NO_CHARSETS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined")
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def decode(body: bytes, content_type: str = "") -> str:
    """The text: by byte order mark, HTTP charset, XML or HTML declaration, UTF-8, windows-1252.

    Bytes with accents that are valid UTF-8 are UTF-8 even where a one-byte label says otherwise:
    such a label comes from a server's default, and no other text looks like that by chance.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for start, encoding in _WIDE_STARTS:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    for encoding in _candidates(body, content_type):
        try:
            return body.decode(encoding)
        except UnicodeError:  # not only of decoding: one codec is called "undefined"
            continue
    return _nearest(body)


def _candidates(body: bytes, content_type: str) -> Iterator[str]:
    labels = [found[1] for found in (_HTTP_CHARSET.search(content_type),) if found]
    declared = _XML_ENCODING.search(body[:1000]) or _META_CHARSET.search(body[:2000])
    if declared:
        labels.append(declared[1].decode("ascii", "replace"))
    encodings = [name for name in map(_known, labels) if name]
    if not body.isascii() and not any(name.startswith("iso2022") for name in encodings):
        yield "utf-8"
    yield from encodings
    yield "utf-8"


def _known(label: str) -> str:
    """Python's name of a text encoding that can be written in ASCII-compatible bytes, else ""."""
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # The start of the bytes has already shown that they are not wide; base64 and its kin are no charsets.
    if info.name in (*_WIDE, *_NO_CHARSETS) or not info._is_text_encoding:
        return ""
    return _COUSINS.get(info.name, info.name)


def _nearest(body: bytes) -> str:
    """No label fits: UTF-8 with a few broken bytes (cut in the middle), or else windows-1252."""
    text = body.decode("utf-8", "replace")
    accents = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    if text.count("\ufffd") <= accents // 10:
        return text
    return body.decode("cp1252", "replace")
