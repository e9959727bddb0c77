"""Words, people, links and names of one XML element, whatever its dialect. Pure and total."""

from __future__ import annotations

import base64
import binascii
import functools
import re
from collections.abc import Callable

from lxml import etree

from monitor.sources import markup

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What a namespace must contain to count as a family; all other elements are ignored.
_FAMILIES = (
    ("purl.org/rss/1.0/modules/content", "content:"),
    ("purl.org/dc/", "dc:"),
    ("w3.org/1999/xhtml", "xhtml:"),
    ("itunes.com/dtds/podcast", "itunes:"),
    ("search.yahoo.com/mrss", "media:"),
    ("purl.org/syndication/thread", "thr:"),
    ("purl.org/rss/1.0/modules/", ""),
    ("purl.org/atom", ""),
    ("w3.org/2005/atom", ""),
    ("backend.userland.com", ""),
    ("blogs.law.harvard.edu", ""),
    ("cyber.law.harvard.edu", ""),
    ("my.netscape.com/", ""),
    ("channel.netscape.com/", ""),
    ("purl.org/rss/", ""),
    ("purl.org/net/rss", ""),
    ("rssboard.org", ""),
    ("w3.org/1999/02/22-rdf-syntax-ns", ""),
)
# Each part of a mail address excludes what ends it: other ways to split "(@(@(@..." would be tried in turn.
_MAIL_AND_NAME = re.compile(r"^\s*([^\s@()]+@[^\s@()]+)\s*\((.+)\)\s*$")
_NAME_AND_MAIL = re.compile(r"^\s*(.*?)\s*[<(]\s*(?:mailto:)?([^\s@<>()]+@[^\s@<>()]+)\s*[>)]\s*$")


def title_of(element: etree._Element) -> str:
    return markup.one_line(words_of(element, markup.title_to_text))


def words_of(element: etree._Element, unlabelled: Callable[[str], str] = markup.any_to_text) -> str:
    """The plain text of an element that holds text, escaped markup, markup, or base64 of these."""
    kind = (element.get("type") or "").lower().strip()
    mode = (element.get("mode") or "").lower().strip()
    if len(element) and mode != "escaped":
        return markup.tree_to_text(_without_namespaces(element))
    value = text_of(element)
    if mode == "base64" or (mode == "" and _is_binary(kind)):
        value = _from_base64(value)
    if kind in ("text", "text/plain"):
        return markup.plain_to_text(value)
    if kind in ("html", "text/html", "xhtml", "application/xhtml+xml"):
        return markup.html_to_text(value)
    return unlabelled(value)


def _is_binary(kind: str) -> bool:
    """Atom 1.0: any media type but text and XML is base64."""
    return (
        "/" in kind and not kind.startswith("text/") and not kind.endswith(("xml", "html", "json"))
    )


def _from_base64(value: str) -> str:
    try:
        return base64.b64decode(value, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _without_namespaces(element: etree._Element) -> etree._Element:
    for part in element.iter(etree.Element):
        part.tag = part.tag.rpartition("}")[2].lower()
    element.tail = None
    return element


def person_of(element: etree._Element) -> tuple[str, str]:
    """Name and page of an author: elements inside (Atom) or "mail (name)" (RSS)."""
    inside = {name_of(child.tag): child for child in element}
    if inside:
        name = next((text_of(inside[key]) for key in ("name", "email") if key in inside), "")
        page = next((inside[key] for key in ("uri", "url", "homepage") if key in inside), None)
        name = markup.title_to_text(name)
        return name, "" if page is None else link_of(page, text_of(page))
    words = markup.title_to_text(text_of(element))
    if "@" not in words:
        return words, ""
    if found := _MAIL_AND_NAME.match(words):
        return found[2].strip(), ""
    if (found := _NAME_AND_MAIL.match(words)) and found[1]:
        return found[1], ""
    return words, ""


def source_author_of(element: etree._Element) -> tuple[str, str]:
    author = first_child(element, "author")
    return ("", "") if author is None else person_of(author)


def language_of(element: etree._Element) -> str:
    """xml:lang of the entry or of its text."""
    for part in (element, *element):
        if part is element or name_of(part.tag) in ("content", "description", "summary"):
            language = part.get(XML_LANG)
            if language:
                return str(language)
    return ""


def link_of(element: etree._Element, link: str | None) -> str:
    link = link or ""
    # Asking for the base walks up the tree; most links need none.
    return markup.safe_link(
        link, "" if link.startswith(("http://", "https://")) else _base(element)
    )


def _base(element: etree._Element) -> str:
    try:
        return str(element.base or "")
    except ValueError:
        return ""


def text_of(element: etree._Element) -> str:
    """All text of the element, stripped; what a nested element says is part of it."""
    if len(element):
        return str("".join(element.itertext())).strip()
    return str(element.text or "").strip()


def first_child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if name_of(child.tag) == name), None)


@functools.lru_cache(maxsize=2048)
def name_of(tag: object) -> str:
    """ "{http://purl.org/dc/elements/1.1/}Creator" -> "dc:creator"; "" for foreign elements."""
    if not isinstance(tag, str):
        return ""
    space, _, local = tag.rpartition("}")
    if not space:
        return local.lower()
    space = space.lower()
    family = next((short for part, short in _FAMILIES if part in space), None)
    if family is None:
        return "origlink" if local == "origLink" else ""
    return family + local.lower()
