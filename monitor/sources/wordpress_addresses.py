"""What a person types of a WordPress site -> the feed of its comments, and back to the page. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from monitor.sources.addresses import parts_of, typed_addresses

_FEED = re.compile(r"/feed(?:/(?:rss|rss2|rdf|atom))?/?$")
_COMMENTS = re.compile(r"(?:/comments)?/feed(?:/(?:rss|rss2|rdf|atom))?/?$")
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")
_NUMBERED = ("p", "page_id")  # sites without speaking addresses number their posts


def comment_feed(typed: str) -> str:
    """The address of the feed with the comments of the site or post. Raises BadInput."""
    parts = urlsplit(typed_addresses(typed)[0])
    asked = parse_qs(parts.query)
    if "feed" in asked:
        kept = [pair for pair in parse_qsl(parts.query) if pair[0] != "paged"]
        return parts._replace(query=urlencode(kept)).geturl()
    numbered = [(key, asked[key][0]) for key in _NUMBERED if key in asked]
    if numbered:
        return parts._replace(query=urlencode([("feed", "rss2"), *numbered])).geturl()
    path = _COMMENT_PAGE.sub("", parts.path).rstrip("/")
    if path in ("", "/feed"):
        path = "/comments/feed/"
    elif not _FEED.search(path):
        path += "/feed/"
    else:
        path += "/"
    return parts._replace(path=path, query="").geturl()


def is_comment_feed(address: str) -> bool:
    """True for the feed of a whole site's comments; a post's feed looks like any other."""
    parts = parts_of(address)
    if parts.scheme not in ("http", "https"):
        return False
    by_query = parse_qs(parts.query).get("feed", [""])[0].startswith("comments-")
    return by_query or (_FEED.search(parts.path) is not None and "/comments/feed" in parts.path)


def page_of_feed(address: str) -> str:
    """The site or the post whose comments the feed holds."""
    parts = parts_of(address)
    asked = [pair for pair in parse_qsl(parts.query) if pair[0] != "feed"]
    path = _COMMENTS.sub("/", parts.path)
    return parts._replace(path=path, query=urlencode(asked)).geturl()
