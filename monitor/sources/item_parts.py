"""What a feed's items say beyond the usual: their elements by local name, whatever the namespace.

Pure and total. For kinds that know their network's own elements; everything usual is in xml_feed.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from monitor.infra.http import HttpResponse
from monitor.sources.charset import decode
from monitor.sources.xml_doc import parse_xml

# Sites with a fault print its words, in HTML, before their feed.
_START = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:RDF)\b")


def item_parts(answer: HttpResponse) -> Iterator[Mapping[str, etree._Element]]:
    """Local name in small letters -> element, for each item or entry; none for what is no
    well-formed feed. Of several elements with one name the last."""
    feed = decode(answer.body, answer.headers.get("content-type", ""))
    start = _START.search(feed)
    root = parse_xml(feed[start.start() :], "", repair=True) if start else None
    for item in () if root is None else root.iter("{*}item", "{*}entry"):
        yield {_local(child): child for child in item}


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
