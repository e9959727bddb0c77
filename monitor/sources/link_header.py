"""The Link header (RFC 8288) by which interfaces tell of their next page. Pure and total."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from monitor.infra.http import HttpResponse

_LINK = re.compile(r"<([^<>\s]{1,2000})>((?:\s*;\s*[\w*-]{1,40}\s*=\s*(?:\"[^\"]*\"|[^\s,;\"]+))*)")
_REL = re.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))", re.IGNORECASE)


def linked(answer: HttpResponse, rel: str) -> str:
    """The address of the page in this relation ("next", "prev"); "" without one, and where it leads
    to another site than the one that answered."""
    for found in _LINK.finditer(answer.headers.get("link", "")[:20_000]):
        said = _REL.search(found[2])
        if said and rel in (said[1] or said[2] or "").lower().split():
            return _same_site(answer.url, found[1])
    return ""


def _same_site(base: str, link: str) -> str:
    try:
        there = urljoin(base, link)
        return there if urlsplit(there)[:2] == urlsplit(base)[:2] else ""
    except ValueError:
        return ""
