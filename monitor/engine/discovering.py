"""Looking for the feeds at an address a person typed."""

from __future__ import annotations

from datetime import datetime

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import FoundFeed


def feeds_at(address: str, now: datetime, cancel: CancelToken) -> tuple[FoundFeed, ...]:
    """The feeds at or on any page. Blocking, network. Raises BadInput, SourceError or Cancelled."""
    from monitor.sources.discovery import discover  # lxml.html: 60 ms not paid at the start

    http = HttpClient()
    try:
        return tuple(discover(address, http, cancel, now))
    finally:
        http.close()
