"""Who published each item of a news search: its "source", whatever namespace it is in. Pure and total.

Bing puts the query into the namespace of its own elements, so they are known by their local name.
"""

from __future__ import annotations

from collections.abc import Mapping

from monitor.infra.http import HttpResponse
from monitor.model.post import Author
from monitor.sources.item_parts import item_parts
from monitor.sources.markup import safe_link, title_to_text
from monitor.sources.xml_parts import text_of


def publishers(answer: HttpResponse) -> Mapping[str, Author]:
    """Link of the item -> its newspaper; empty for what is no well-formed feed."""
    found = {}
    for parts in item_parts(answer):
        if "link" in parts and "source" in parts:
            name = title_to_text(text_of(parts["source"]))
            home = safe_link(parts["source"].get("url") or "")
            found[safe_link(text_of(parts["link"]))] = Author(name=name, url=home)
    return found
