"""Text -> XML tree, without document types and without entities of their own. Pure and total.

A document type can define entities that grow without bound or name files to read. It is cut off
before the parser sees it; the few entities that real feeds define (plain, short) are put in place.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from lxml import etree

MAX_ENTITIES = 200
MAX_ENTITY = 1000
MAX_GROWTH = 1_000_000
"""How much longer a text may become by its own entities, in code points."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[(?P<inner>.*?)\]\s*)?>", re.DOTALL)
_DEFINED = re.compile(r"<!ENTITY\s+([\w.:-]+)\s+(?:\"([^\"<]*)\"|'([^'<]*)')\s*>")
# Each part ends at the latest with the text, so that unclosed ones cannot be tried again and again.
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(#?\w[\w.:-]{0,60};)?", re.DOTALL
)
_NESTED = re.compile(r"&[\w.:-]+;")
_BUILT_IN = ("amp;", "lt;", "gt;", "quot;", "apos;")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_xml(text: str, url: str, *, repair: bool) -> etree._Element | None:
    """The root element, its `base` following `url` and xml:base; None when it is not well-formed.

    `repair` first mends what real feeds get wrong most: undefined entities, bare ampersands,
    control characters, and words before or after the document.
    """
    text, entities = _without_doctype(text)
    if repair:
        text = _mended(text, entities)
    return _parsed(text.strip(), url, recover=False)


def recover_xml(text: str) -> etree._Element | None:
    """The tree that can be made of text that stays ill-formed when mended; parts may be missing."""
    text, entities = _without_doctype(text)
    return _parsed(_mended(text, entities), "", recover=True)


def _without_doctype(text: str) -> tuple[str, dict[str, str]]:
    """The text without XML declaration and document type, and the entities that the type defined."""
    text = _DECLARATION.sub("", text, count=1)
    doctype = _DOCTYPE.search(text[:50_000]) if "<!DOCTYPE" in text[:2000] else None
    if doctype is None:
        return text, {}
    entities = _defined(doctype["inner"] or "")
    return _expand(text[: doctype.start()] + text[doctype.end() :], entities), entities


def _mended(text: str, entities: dict[str, str]) -> str:
    text = _expand(_NOT_XML.sub("", text), entities)
    return text[max(0, text.find("<")) : text.rfind(">") + 1]


def _parsed(text: str, url: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser, base_url=url or None)
    except (etree.LxmlError, ValueError):
        return None


def _defined(inner: str) -> dict[str, str]:
    """The entities that are plain text: none that contains another, a file or markup."""
    found: dict[str, str] = {}
    for name, double, single in _DEFINED.findall(inner)[:MAX_ENTITIES]:
        value = html.unescape(double or single)
        if len(value) <= MAX_ENTITY and not _NESTED.search(value):
            found[name + ";"] = value
    return found


def _expand(text: str, entities: dict[str, str]) -> str:
    """Every reference becomes letters or a built-in one; a bare or unknown "&" becomes "&amp;"."""
    budget = MAX_GROWTH

    def replace(found: re.Match[str]) -> str:
        nonlocal budget
        whole, name = found[0], found[1]
        if whole[0] == "<" or name in _BUILT_IN:
            return whole
        if name and name.startswith("#"):
            letter = html.unescape(whole)
            return "" if len(letter) != 1 or _NOT_XML.match(letter) else f"&#{ord(letter)};"
        value = entities.get(name or "") or html5.get(name or "")
        if value is None:
            return "&amp;" + whole[1:]
        budget -= len(value)
        return _escaped(value) if budget > 0 else ""

    return _REFERENCE.sub(replace, text)


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
