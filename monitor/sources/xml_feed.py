"""A well-formed tree -> entries: RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0. Pure and total.

Elements are known by name and family, not by exact namespace: feeds write dozens of them.
"""

from __future__ import annotations

import base64
import binascii
import functools
import re
from collections.abc import Callable

from lxml import etree

from monitor.sources import markup
from monitor.sources.raw_feed import RawEntry, RawFeed

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

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
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MAIL_AND_NAME = re.compile(r"^\s*(\S+@\S+)\s*\((.+)\)\s*$")
_NAME_AND_MAIL = re.compile(r"^\s*(.*?)\s*[<(]\s*(?:mailto:)?(\S+@[^\s>)]+)\s*[>)]\s*$")


def read_feed(root: etree._Element) -> RawFeed | None:
    """What the tree holds; None when its root belongs to no feed format."""
    kind = _name(root.tag)
    if not kind and root.tag.startswith("{"):
        _forget_namespace(root)
        kind = _name(root.tag)
    if kind == "feed":
        return _read(root, root)
    if kind in ("rss", "rdf", "channel"):
        channel = root if kind == "channel" else _first(root, "channel")
        return _read(root, root if channel is None else channel)
    return None


def _forget_namespace(root: etree._Element) -> None:
    """A feed in a namespace of its own invention is read as one without."""
    space = root.tag.rpartition("}")[0] + "}"
    for element in root.iter(etree.Element):
        element.tag = element.tag.removeprefix(space)


def _read(root: etree._Element, channel: etree._Element) -> RawFeed:
    feed = RawFeed(language=channel.get(_XML_LANG) or root.get(_XML_LANG) or "")
    author = ""
    for child in channel:
        name = _name(child.tag)
        if name == "title":
            feed.title = feed.title or _title(child)
        elif name in ("language", "dc:language"):
            feed.language = _text(child)
        elif name == "author":
            author = author or _person(child)[0]
        elif name == "ttl":
            feed.ttl = _whole_number(_text(child)) * 60
        elif name == "skiphours":
            feed.skip_hours = tuple({_whole_number(_text(hour)) % 24 for hour in child})
        elif name == "skipdays":
            days = (_text(day).lower() for day in child)
            feed.skip_days = tuple({_DAYS.index(day) for day in days if day in _DAYS})
    for element in _items(root, channel):
        entry = _entry(element)
        if root is channel:
            entry.author = entry.author or author
        feed.entries.append(entry)
    return feed


def _items(root: etree._Element, channel: etree._Element) -> list[etree._Element]:
    """The entries: in the channel, beside it (RSS 1.0), or somewhere deeper (RSS 1.1's list)."""
    for place in (channel, root, root.iter(etree.Element)):
        found = [child for child in place if _name(child.tag) in ("item", "entry")]
        if found:
            return found
    return []


class _Parts:
    """What one entry's elements said, before it is decided which of them counts."""

    __slots__ = ("dates", "links", "people", "texts", "titles")

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.texts: dict[str, list[etree._Element]] = {}
        self.links: dict[str, str] = {}
        self.dates: dict[str, str] = {}
        self.people: dict[str, tuple[str, str]] = {}


def _entry(element: etree._Element) -> RawEntry:
    entry, parts = RawEntry(language=_language(element)), _Parts()
    _collect(element, entry, parts)
    entry.id = entry.id or element.get(_RDF_ABOUT) or ""
    entry.title = _best(parts.titles, _TITLES)
    # Only the best one is converted: that is most of a feed's cost.
    bodies = (_words(body) for name in _TEXTS for body in parts.texts.get(name, ()))
    entry.text = next(filter(None, bodies), "")
    entry.link = _best(parts.links, _LINKS)
    entry.published = _best(parts.dates, _DATES)
    entry.author, entry.author_url = next(
        (parts.people[name] for name in _PEOPLE if parts.people.get(name, ("", ""))[0]), ("", "")
    )
    return entry


# Best first.
_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_TEXTS = (
    "content:encoded", "content", "xhtml:body", "body", "xhtml:div", "fullitem", "description", "summary",
    "dc:description", "media:description", "itunes:summary", "itunes:subtitle",
)  # fmt: skip
_LINKS = ("alternate", "link", "guid", "other", "enclosure")
_DATES = (
    "pubdate", "published", "issued", "dc:issued", "dc:created", "created", "dc:date", "date",
    "updated", "modified", "dc:modified", "expirationdate",
)  # fmt: skip
_PEOPLE = (
    "author",
    "dc:creator",
    "creator",
    "dc:author",
    "itunes:author",
    "media:credit",
    "source",
)


def _collect(element: etree._Element, entry: RawEntry, parts: _Parts) -> None:
    for child in element:
        name = _name(child.tag)
        if name in _TITLES:
            parts.titles.setdefault(name, _title(child))
        elif name in _TEXTS:
            parts.texts.setdefault(name, []).append(child)
        elif name in _DATES:
            parts.dates.setdefault(name, _text(child))
        elif name == "source":
            parts.people.setdefault(name, _source_author(child))
        elif name in _PEOPLE:
            parts.people.setdefault(name, _person(child))
        elif name in _OTHERS:
            _OTHERS[name](child, entry, parts)


def _take_link(child: etree._Element, _: RawEntry, parts: _Parts) -> None:
    href = child.get("href")
    if href is None:
        parts.links.setdefault("link", _link(child, _text(child)))
        return
    rel = (child.get("rel") or "alternate").lower().rpartition("/")[2]
    kind = rel if rel in ("alternate", "enclosure") else "other"
    known = parts.links.get(kind)
    # An HTML page is better than its JSON or PDF twin.
    if not known or (kind == "alternate" and "html" in (child.get("type") or "") and rel != "self"):
        parts.links[kind] = known or _link(child, href)


def _take_id(child: etree._Element, entry: RawEntry, parts: _Parts) -> None:
    entry.id = entry.id or _text(child)
    is_link = (child.get("ispermalink") or child.get("isPermaLink") or "true").lower() != "false"
    if is_link and _name(child.tag) == "guid" and "://" in entry.id:
        parts.links.setdefault("guid", markup.safe_link(entry.id))


def _take_origin(child: etree._Element, _: RawEntry, parts: _Parts) -> None:
    parts.links.setdefault("alternate", _link(child, _text(child)))


def _take_group(child: etree._Element, entry: RawEntry, parts: _Parts) -> None:
    _collect(child, entry, parts)


def _take_thread(child: etree._Element, entry: RawEntry, _: _Parts) -> None:
    entry.thread = child.get("ref") or ""


def _take_language(child: etree._Element, entry: RawEntry, _: _Parts) -> None:
    entry.language = entry.language or _text(child)


_OTHERS: dict[str, Callable[[etree._Element, RawEntry, _Parts], None]] = {
    "link": _take_link,
    "guid": _take_id,
    "id": _take_id,
    "dc:identifier": _take_id,
    "origlink": _take_origin,
    "media:group": _take_group,
    "thr:in-reply-to": _take_thread,
    "language": _take_language,
    "dc:language": _take_language,
}


def _title(element: etree._Element) -> str:
    return markup.one_line(_words(element, markup.title_to_text))


def _words(element: etree._Element, unlabelled: Callable[[str], str] = markup.any_to_text) -> str:
    """The plain text of an element that holds text, escaped markup, markup, or base64 of these."""
    kind = (element.get("type") or "").lower().strip()
    mode = (element.get("mode") or "").lower().strip()
    if len(element) and mode != "escaped":
        return markup.tree_to_text(_without_namespaces(element))
    value = _text(element)
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


def _person(element: etree._Element) -> tuple[str, str]:
    """Name and page of an author: elements inside (Atom) or "mail (name)" (RSS)."""
    inside = {_name(child.tag): child for child in element}
    if inside:
        name = next((_text(inside[key]) for key in ("name", "email") if key in inside), "")
        page = next((inside[key] for key in ("uri", "url", "homepage") if key in inside), None)
        name = markup.title_to_text(name)
        return name, "" if page is None else _link(page, _text(page))
    words = markup.title_to_text(_text(element))
    if found := _MAIL_AND_NAME.match(words):
        return found[2].strip(), ""
    if (found := _NAME_AND_MAIL.match(words)) and found[1]:
        return found[1], ""
    return words, ""


def _source_author(element: etree._Element) -> tuple[str, str]:
    author = _first(element, "author")
    return ("", "") if author is None else _person(author)


def _language(element: etree._Element) -> str:
    """xml:lang of the entry or of its text."""
    for part in (element, *element):
        if part is element or _name(part.tag) in ("content", "description", "summary"):
            language = part.get(_XML_LANG)
            if language:
                return str(language)
    return ""


def _link(element: etree._Element, link: str | None) -> str:
    return markup.safe_link(link or "", _base(element))


def _base(element: etree._Element) -> str:
    try:
        return str(element.base or "")
    except ValueError:
        return ""


def _text(element: etree._Element) -> str:
    """All text of the element, stripped; what a nested element says is part of it."""
    if len(element):
        return str("".join(element.itertext())).strip()
    return str(element.text or "").strip()


def _first(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child.tag) == name), None)


def _best(values: dict[str, str], order: tuple[str, ...]) -> str:
    return next((values[name] for name in order if values.get(name)), "")


def _whole_number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0


@functools.lru_cache(maxsize=2048)
def _name(tag: object) -> str:
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
