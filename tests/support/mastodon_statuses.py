"""A Mastodon server's statuses on loopback: search, instance, posting with Idempotency-Key, own posts.

Speaks as the documentation of 4.5 says. Serves tests of sending; logging in is not here, reading is in mastodon_reading.py.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request, hang

TOKEN = "good-token"
ME = "1"
VERSION = "4.5.0"
Before = Callable[[Request], Reply | None]


class MastodonStatuses:
    """`host` is its name; `published` are the replies. `before` may answer a POST in its place; with
    `lose_answers` the reply is published and no answer comes back. `published_one` is called between
    publishing and answering. A `forgetful` one knows no keys. `clock` is the server's own."""

    def __init__(self, server: LoopbackServer, host: str = "mastodon.example") -> None:
        self.host = host
        self.published: list[dict[str, Any]] = []
        self.parents: dict[str, dict[str, Any]] = {}
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.most = 500
        self.forgetful = False
        self.published_one: Callable[[], None] = lambda: None
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._keys: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()
        server.add(f"/{host}/api/v1/statuses", self._post)
        server.add(f"/{host}/api/v2/search", self.search)
        for end in ("", "/"):
            server.add(f"/{host}/api/v2/instance{end}", self._instance)
            server.add(f"/{host}/api/v1/instance{end}", told({"uri": host, "version": VERSION}))
        server.add(f"/{host}/api/v1/accounts/{ME}/statuses", self._own)
        self._server = server

    def add_parent(self, number: int = 10, server: str = "autre.example", **fields: Any) -> str:
        """A post to answer; its `reply_to` as a source would tell it."""
        uri = f"https://{server}/users/lea/statuses/{number}"
        here = server == self.host
        status = {
            "id": str(number),
            "uri": uri,
            "url": uri,
            "created_at": "2026-08-01T10:00:00.000Z",
            "account": {"id": "7", "acct": "lea" if here else f"lea@{server}"},
            "visibility": "public",
            "spoiler_text": "",
            "sensitive": False,
            "mentions": [],
            "tags": [],
            "content": "<p>En panne</p>",
        } | fields
        self.parents[uri] = status
        self._server.add(f"/{self.host}/api/v1/statuses/{number}", lambda _: self._show(uri))
        return json.dumps(
            {
                "server": server,
                "id": str(number),
                "uri": uri,
                "acct": f"lea@{server}",
                "visibility": status["visibility"],
                "spoiler": status["spoiler_text"],
            }
        )

    def _show(self, uri: str) -> Reply:
        found = self.parents.get(uri)
        return told(found) if found else told({"error": "Record not found"}, 404)

    def search(self, request: Request) -> Reply:
        wanted = parse_qs(urlsplit(request.path).query)
        if refused := self._stranger(request):
            return refused
        found = self.parents.get(wanted["q"][0])
        return told({"accounts": [], "statuses": [found] if found else [], "hashtags": []})

    def _instance(self, _request: Request) -> Reply:
        statuses = {"max_characters": self.most, "characters_reserved_per_url": 23}
        return told(
            {
                "domain": self.host,
                "version": VERSION,
                "api_versions": {"mastodon": 7},
                "configuration": {"statuses": statuses},
            }
        )

    def _own(self, request: Request) -> Reply:
        if refused := self._stranger(request):
            return refused
        asked = parse_qs(urlsplit(request.path).query)
        with self._lock:
            newest = list(reversed(self.published))
        if "max_id" in asked:
            newest = [one for one in newest if int(one["id"]) < int(asked["max_id"][0])]
        return told(newest[:40])

    def _post(self, request: Request) -> Reply:
        if request.method != "POST":
            return told({"error": "Record not found"}, 404)
        if refused := self._stranger(request) or self.before(request):
            return refused
        told_us: dict[str, Any] = (
            json.loads(request.body)
            if request.headers.get("content-type", "").startswith("application/json")
            else dict(parse_qsl(request.body.decode()))
        )
        if not told_us.get("status"):
            return told({"error": "Validation failed: Text can't be blank"}, 422)
        if len(told_us["status"]) > self.most:
            words = f"Validation failed: Text character limit of {self.most} exceeded"
            return told({"error": words}, 422)
        with self._lock:
            key = request.headers.get("idempotency-key", "")
            status = self._keys.get(key) if key else None
            if status is None or self.forgetful:
                status = self._published(told_us)
                self._keys[key] = status
        self.published_one()
        return hang() if self.lose_answers else told(status)

    def _published(self, told_us: dict[str, Any]) -> dict[str, Any]:
        number = 1000 + len(self.published)
        status = {
            "id": str(number),
            "uri": f"https://{self.host}/users/marque/statuses/{number}",
            "url": f"https://{self.host}/@marque/{number}",
            "created_at": self.clock().isoformat(timespec="milliseconds"),
            "content": f"<p>{escape(told_us['status'])}</p>",
            "asked": told_us,
            "in_reply_to_id": told_us.get("in_reply_to_id"),
            "visibility": told_us.get("visibility", "public"),
            "spoiler_text": told_us.get("spoiler_text", ""),
            "account": {
                "id": ME,
                "username": "marque",
                "acct": "marque",
                "display_name": "Marque",
                "url": f"https://{self.host}/@marque",
            },
        }
        self.published.append(status)
        return status

    def _stranger(self, request: Request) -> Reply | None:
        if request.headers.get("authorization") == f"Bearer {TOKEN}":
            return None
        return told({"error": "The access token is invalid"}, 401)


def told(value: object, status: int = 200, **headers: str) -> Reply:
    return Reply(
        status, {"Content-Type": "application/json", **headers}, json.dumps(value).encode()
    )
