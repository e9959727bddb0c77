"""The feeds that a web page names: Link headers, <link>, <a>. Pure and total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from monitor.sources.markup import safe_link

MAX_PAGE = 2 * 1024 * 1024

_FEED_TYPES = (
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
    "application/xml", "text/xml", "application/x-rss+xml", "application/x-atom+xml", "text/rss",
)  # fmt: skip
_FEED_WORD = re.compile(r"(?i)(?:^|[^a-z])(?:rss|feeds?|atom|rdf|flux)(?:[^a-z]|$)")
_FEED_END = re.compile(r"(?i)\.(?:rss|xml|rdf|atom)$")
_NOT_FEEDS = re.compile(
    r"(?i)sitemap|opensearch|oembed|wlwmanifest|xmlrpc|\.(?:png|jpe?g|svg|gif|css|js|pdf|zip)$"
)
_HEADER_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))?)*)")
_HEADER_PARAM = re.compile(r";\s*([\w*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")


def links_in_header(header: str, url: str) -> list[str]:
    """The feeds of an HTTP Link header."""
    found = []
    for address, rest in _HEADER_LINK.findall(header[:20_000]):
        values = {
            name.lower(): quoted or bare for name, quoted, bare in _HEADER_PARAM.findall(rest)
        }
        if _is_feed_link(values, address):
            found.append(safe_link(address, url))
    return [link for link in found if link]


def links_in_page(page: str, url: str) -> tuple[list[str], list[str]]:
    """Feeds the page declares (<link>), and feeds it merely links to (<a>); best first, each once."""
    tree = _tree(page[:MAX_PAGE])
    if tree is None:
        return [], []
    base = next(
        (safe_link(b.get("href") or "", url) for b in tree.iter("base") if b.get("href")), ""
    )
    declared = _unique(
        (
            safe_link(element.get("href") or "", base or url)
            for element in tree.iter("link")
            if _is_feed_link(dict(element.attrib), element.get("href") or "")
        ),
        url,
    )
    linked = _unique(
        (
            safe_link(element.get("href") or "", base or url)
            for element in tree.iter("a", "area")
            if _looks_like_feed(element.get("href") or "")
        ),
        url,
    )
    return declared, [link for link in linked if link not in declared]


def _is_feed_link(values: dict[str, str], href: str) -> bool:
    rel = (values.get("rel") or "").lower().split()
    kind = (values.get("type") or "").lower().partition(";")[0].strip()
    if _NOT_FEEDS.search(href) or "stylesheet" in rel:
        return False
    if "feed" in rel:
        return True
    if "alternate" not in rel:
        return False
    title = values.get("title") or ""
    if kind == "application/json":
        return _FEED_WORD.search(href) is not None or _FEED_WORD.search(title) is not None
    return kind in _FEED_TYPES


def _looks_like_feed(href: str) -> bool:
    if not href or href.startswith("#") or _NOT_FEEDS.search(href):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return (
        _FEED_END.search(parts.path) is not None
        or _FEED_WORD.search(parts.path + "?" + parts.query) is not None
    )


def _unique(links: Iterator[str], url: str) -> list[str]:
    """Each http(s) link once: the page's own host first, comments last, else as the page has them."""
    host = urlsplit(url).hostname
    once = dict.fromkeys(link for link in links if link.startswith("http"))
    return sorted(
        once, key=lambda link: ("comment" in link.lower(), urlsplit(link).hostname != host)
    )


def _tree(page: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
