"""A network of networks on loopback: every host a kind of source asks, served by one hostile server.

The engine is given `Networks.client` where it would make its own client; nothing in the program knows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import DEADLINE, MAX_BYTES, HttpClient, HttpResponse
from monitor.infra.http_errors import unknown_host
from tests.support.loopback import LoopbackServer, Reply, Route

ALGOLIA = "hn.algolia.com"


class OfflineClient(HttpClient):
    """Reaches this machine alone: no test asks a network by mistake."""

    def get(
        self,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        host = urlsplit(url).hostname or ""
        if not host.startswith("127."):
            raise unknown_host(host)
        return super().get(
            url, cancel=cancel, headers=headers, deadline=deadline, max_bytes=max_bytes
        )


class RedirectedClient(HttpClient):
    """Asks `server` for https://host/path at /host/path; the other way round nothing gets out."""

    def __init__(self, server: LoopbackServer) -> None:
        super().__init__()
        self._server = server

    def get(
        self,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        return super().get(
            self.mapped(url),
            cancel=cancel,
            headers=headers,
            deadline=deadline,
            max_bytes=max_bytes,
        )

    def send(
        self,
        method: str,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        return super().send(
            method,
            self.mapped(url),
            cancel=cancel,
            headers=headers,
            body=body,
            deadline=deadline,
            max_bytes=max_bytes,
        )

    def mapped(self, url: str) -> str:
        """Where on the loopback server the address is answered."""
        parts = urlsplit(url)
        if parts.hostname == "127.0.0.1":
            return url
        query = f"?{parts.query}" if parts.query else ""
        return self._server.url(f"/{parts.hostname}{parts.path}{query}")


class Networks:
    """What is not served answers 404, as the network it stands for would."""

    def __init__(self, server: LoopbackServer) -> None:
        self.server = server

    def client(self) -> RedirectedClient:
        return RedirectedClient(self.server)

    def serve(self, host: str, path: str, route: Route | Reply | bytes) -> None:
        self.server.add(f"/{host}{path}", route)

    def asked(self, host: str) -> list[str]:
        """The paths this host was asked for, in order."""
        start = f"/{host}/"
        paths = (request.path for request in self.server.requests)
        return [path.removeprefix(f"/{host}") for path in paths if path.startswith(start)]

    def hacker_news(self, *texts: str, now: datetime | None = None) -> None:
        """Comments, newest first, an hour apart."""
        self.serve(ALGOLIA, "/api/v1/search_by_date", comments(texts, now or datetime.now(UTC)))


def comments(texts: Sequence[str], now: datetime) -> bytes:
    hits = [
        {
            "objectID": str(9000 - number),
            "author": f"pat{number}",
            "comment_text": words,
            "created_at_i": int((now - timedelta(hours=number)).timestamp()),
            "parent_id": 1,
            "story_id": 1,
        }
        for number, words in enumerate(texts)
    ]
    return json.dumps({"hits": hits, "nbHits": len(hits), "page": 0, "nbPages": 1}).encode()
