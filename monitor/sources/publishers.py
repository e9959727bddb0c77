"""Who published each item of a news search: its "source", whatever namespace it is in. Pure and total.

Bing puts the query into the namespace of its own elements, so they are known by their local name.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from monitor.infra.http import HttpResponse
from monitor.model.post import Author
from monitor.sources.charset import decode
from monitor.sources.markup import safe_link, title_to_text
from monitor.sources.xml_doc import parse_xml
from monitor.sources.xml_parts import text_of


def publishers(answer: HttpResponse) -> Mapping[str, Author]:
    """Link of the item -> its newspaper; empty for what is no well-formed feed."""
    feed = decode(answer.body, answer.headers.get("content-type", ""))
    root = parse_xml(feed, "", repair=True)
    if root is None:
        return {}
    found = {}
    for item in root.iter("item"):
        parts = {_local(child): child for child in item}
        if "link" in parts and "source" in parts:
            name = title_to_text(text_of(parts["source"]))
            home = safe_link(parts["source"].get("url") or "")
            found[safe_link(text_of(parts["link"]))] = Author(name=name, url=home)
    return found


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
