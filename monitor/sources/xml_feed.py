"""A well-formed tree -> entries: RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0. Pure and total.

Elements are known by name and family, not by exact namespace: feeds write dozens of them.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from monitor.sources import markup
from monitor.sources.raw_feed import RawEntry, RawFeed
from monitor.sources.xml_parts import (
    XML_LANG,
    first_child,
    language_of,
    link_of,
    name_of,
    person_of,
    source_author_of,
    text_of,
    title_of,
    words_of,
)

_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_feed(root: etree._Element) -> RawFeed | None:
    """What the tree holds; None when its root belongs to no feed format."""
    kind = name_of(root.tag)
    if not kind and root.tag.startswith("{"):
        _forget_namespace(root)
        kind = name_of(root.tag)
    if kind == "feed":
        return _read(root, root)
    if kind in ("rss", "rdf", "channel"):
        channel = root if kind == "channel" else first_child(root, "channel")
        return _read(root, root if channel is None else channel)
    return None


def _forget_namespace(root: etree._Element) -> None:
    """A feed in a namespace of its own invention is read as one without."""
    space = root.tag.rpartition("}")[0] + "}"
    for element in root.iter(etree.Element):
        element.tag = element.tag.removeprefix(space)


def _read(root: etree._Element, channel: etree._Element) -> RawFeed:
    feed = RawFeed(language=channel.get(XML_LANG) or root.get(XML_LANG) or "")
    author = ""
    for child in channel:
        name = name_of(child.tag)
        if name == "title":
            feed.title = feed.title or title_of(child)
        elif name in ("language", "dc:language"):
            feed.language = text_of(child)
        elif name == "author":
            author = author or person_of(child)[0]
        elif name == "ttl":
            feed.ttl = _whole_number(text_of(child)) * 60
        elif name == "skiphours":
            feed.skip_hours = tuple({_whole_number(text_of(hour)) % 24 for hour in child})
        elif name == "skipdays":
            days = (text_of(day).lower() for day in child)
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
        found = [child for child in place if name_of(child.tag) in ("item", "entry")]
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
    entry, parts = RawEntry(language=language_of(element)), _Parts()
    _collect(element, entry, parts)
    entry.id = entry.id or element.get(_RDF_ABOUT) or ""
    entry.title = _best(parts.titles, _TITLES)
    # Only the best one is converted: that is most of a feed's cost.
    bodies = (words_of(body) for name in _TEXTS for body in parts.texts.get(name, ()))
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
# FeedBurner's own links pass through a counter that is often gone; it names the original.
_LINKS = ("origin", "alternate", "link", "guid", "other", "enclosure")
_DATES = (
    "pubdate", "published", "issued", "dc:issued", "dc:created", "created", "dc:date", "date",
    "updated", "modified", "dc:modified",
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
        name = name_of(child.tag)
        if name in _TITLES:
            parts.titles.setdefault(name, title_of(child))
        elif name in _TEXTS:
            parts.texts.setdefault(name, []).append(child)
        elif name in _DATES:
            parts.dates.setdefault(name, text_of(child))
        elif name == "source":
            parts.people.setdefault(name, source_author_of(child))
        elif name in _PEOPLE:
            parts.people.setdefault(name, person_of(child))
        elif name in _OTHERS:
            _OTHERS[name](child, entry, parts)


def _take_link(child: etree._Element, _: RawEntry, parts: _Parts) -> None:
    href = child.get("href")
    if href is None:
        parts.links.setdefault("link", link_of(child, text_of(child)))
        return
    rel = (child.get("rel") or "alternate").lower().rpartition("/")[2]
    kind = rel if rel in ("alternate", "enclosure") else "other"
    if not parts.links.get(kind):
        parts.links[kind] = link_of(child, href)


def _take_id(child: etree._Element, entry: RawEntry, parts: _Parts) -> None:
    entry.id = entry.id or text_of(child)
    is_link = (child.get("ispermalink") or child.get("isPermaLink") or "true").lower() != "false"
    if is_link and name_of(child.tag) == "guid" and "://" in entry.id:
        parts.links.setdefault("guid", markup.safe_link(entry.id))


def _take_origin(child: etree._Element, _: RawEntry, parts: _Parts) -> None:
    parts.links.setdefault("origin", link_of(child, text_of(child)))


def _take_group(child: etree._Element, entry: RawEntry, parts: _Parts) -> None:
    _collect(child, entry, parts)


def _take_thread(child: etree._Element, entry: RawEntry, _: _Parts) -> None:
    entry.thread = child.get("ref") or ""


def _take_language(child: etree._Element, entry: RawEntry, _: _Parts) -> None:
    entry.language = entry.language or text_of(child)


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


def _best(values: dict[str, str], order: tuple[str, ...]) -> str:
    return next((values[name] for name in order if values.get(name)), "")


def _whole_number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0
