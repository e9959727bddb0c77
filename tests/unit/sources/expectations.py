"""Reads the expectations that stand in the comments of feedparser's test files. Pure."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from monitor.model.post import Post
from monitor.sources import markup
from monitor.sources.dates import parse_date

_EXPECT = re.compile(r"Expect:\s*(.+?)\s*(?:-->|\n\s*-->)", re.DOTALL)
_ENTRY = re.compile(r"entries\[(\d+)\]((?:\[(?:'\w+'|\"\w+\"|\d+)\])+)\s*==\s*(.+)$", re.DOTALL)
_HEADER = re.compile(r"^Header:\s*([\w-]+)\s*:\s*(.+?)\s*$", re.MULTILINE)

# feedparser's name of a field -> ours.
_FIELDS = {
    "title": "title",
    "title_detail/value": "title",
    "link": "link",
    "id": "id",
    "guid": "id",
    "author": "author",
    "author_detail/name": "author",
    "description": "text",
    "summary": "text",
    "summary_detail/value": "text",
    "content/0/value": "text",
    "published": "date",
    "updated": "date",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """`place` is the entry's number in the file, `field` one of title, link, id, author, text, date."""

    place: int
    field: str
    value: str


def expectation(source: str) -> Expectation | None:
    """What the file expects of an entry, as far as a post has such a field."""
    found = _EXPECT.search(source)
    entry = _ENTRY.search(found[1]) if found else None
    if entry is None:
        return None
    field = _FIELDS.get("/".join(re.findall(r"\w+", entry[2])))
    try:
        value = ast.literal_eval(entry[3].strip())
    except (ValueError, SyntaxError):
        return None
    return Expectation(int(entry[1]), field, value) if field and isinstance(value, str) else None


def header(source: str, name: str) -> str:
    return next((value for key, value in _HEADER.findall(source) if key.lower() == name), "")


def holds(expected: Expectation, post: Post) -> bool:
    """True when the post says the same, markup and white space aside."""
    wanted = expected.value
    if expected.field == "link":
        return post.url == markup.safe_link(wanted)
    if expected.field == "id":
        return post.native_id.partition("#")[0] == wanted.partition("#")[0]
    if expected.field == "date":
        return post.published == parse_date(wanted)
    if expected.field == "author":
        name = re.sub(r"\s*\(?\S+@\S+\)?", "", wanted).strip()
        return post.author.name == (name or wanted)
    shown = post.title if expected.field == "title" else post.text
    return shown.split() in (wanted.split(), markup.any_to_text(wanted).split())
