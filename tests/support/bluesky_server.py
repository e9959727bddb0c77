"""A Bluesky server on loopback: sessions, records with a chosen key, handles, posts.

Answers as the reference server does, refusals included (the opt-in test against that server compares).
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request, hang
from tests.support.mastodon_statuses import told

DID = "did:plc:marque"
HANDLE = "marque.bsky.example"
PASSWORD = "abcd-efgh-ijkl-mnop"
PARENT = "at://did:plc:lea/app.bsky.feed.post/3kparent"
Before = Callable[[Request], Reply | None]


class BlueskyServer:
    """`records` are the published replies by key. `before` and `lose_answers` as MastodonStatuses."""

    def __init__(
        self, server: LoopbackServer, now: datetime, host: str = "bsky.social", pds: str = ""
    ) -> None:
        self.host = host
        self.now = now
        self.pds = pds or host
        self.records: dict[str, dict[str, Any]] = {}
        self.posts: dict[str, dict[str, Any]] = {
            PARENT: {"uri": PARENT, "cid": "cid-now", "record": {"text": "En panne"}}
        }
        self.handles = {"lea.example": "did:plc:lea"}
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.revoked = False
        self.sessions = 0
        self._lock = threading.Lock()
        for method, route in {
            "com.atproto.server.createSession": self._create_session,
            "com.atproto.server.refreshSession": self._refresh,
            "com.atproto.server.deleteSession": self._delete_session,
            "com.atproto.repo.createRecord": self._create,
            "com.atproto.repo.getRecord": self._get,
            "com.atproto.identity.resolveHandle": self._resolve,
            "app.bsky.feed.getPosts": self._posts,
        }.items():
            for name in {self.host, self.pds}:
                server.add(f"/{name}/xrpc/{method}", route)

    @property
    def reply_to(self) -> str:
        return json.dumps({"uri": PARENT, "cid": "cid-then", "root_uri": "", "root_cid": ""})

    def session(self) -> dict[str, Any]:
        self.sessions += 1
        return {
            "did": DID,
            "handle": HANDLE,
            "accessJwt": self._token("access", timedelta(hours=2)),
            "refreshJwt": self._token("refresh", timedelta(days=90)),
            "active": True,
            "didDoc": {
                "service": [{"id": "#atproto_pds", "serviceEndpoint": f"https://{self.pds}"}]
            },
        }

    def _token(self, kind: str, lives: timedelta) -> str:
        body = {"scope": kind, "exp": int((self.now + lives).timestamp()), "jti": self.sessions}
        packed = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
        return f"head.{packed}.sign"

    def _create_session(self, request: Request) -> Reply:
        asked = json.loads(request.body)
        if asked["identifier"] == "factor.example":
            return told({"error": "AuthFactorTokenRequired", "message": "A code was sent"}, 401)
        if asked != {"identifier": HANDLE, "password": PASSWORD}:
            words = "Invalid identifier or password"
            return told({"error": "AuthenticationRequired", "message": words}, 401)
        return told(self.session())

    def _refresh(self, request: Request) -> Reply:
        if self.revoked or self._kind(request) != "refresh":
            return told({"error": "ExpiredToken", "message": "Token has been revoked"}, 400)
        return told(self.session())

    def _delete_session(self, request: Request) -> Reply:
        self.revoked = self._kind(request) == "refresh"
        return told({})

    def _create(self, request: Request) -> Reply:
        if refused := self._stranger(request) or self.before(request):
            return refused
        asked = json.loads(request.body)
        if len(asked["record"]["text"].encode()) > 3000:
            return told({"error": "InvalidRequest", "message": "Record/text too long"}, 400)
        with self._lock:
            if asked["rkey"] in self.records:
                return told(
                    {"error": "InternalServerError", "message": "Internal Server Error"}, 500
                )
            self.records[asked["rkey"]] = asked["record"]
        if self.lose_answers:
            return hang()
        uri = f"at://{DID}/app.bsky.feed.post/{asked['rkey']}"
        return told({"uri": uri, "cid": "cid-reply", "validationStatus": "valid"})

    def _get(self, request: Request) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        key = asked["rkey"][0]
        uri = f"at://{asked['repo'][0]}/app.bsky.feed.post/{key}"
        if key not in self.records:
            return told(
                {"error": "RecordNotFound", "message": f"Could not locate record: {uri}"}, 400
            )
        return told({"uri": uri, "cid": "cid-reply", "value": self.records[key]})

    def _resolve(self, request: Request) -> Reply:
        did = self.handles.get(parse_qs(urlsplit(request.path).query)["handle"][0])
        if did is None:
            return told({"error": "InvalidRequest", "message": "Unable to resolve handle"}, 400)
        return told({"did": did})

    def _posts(self, request: Request) -> Reply:
        if refused := self._stranger(request):
            return refused
        wanted = parse_qs(urlsplit(request.path).query)["uris"]
        return told({"posts": [self.posts[uri] for uri in wanted if uri in self.posts]})

    def _stranger(self, request: Request) -> Reply | None:
        if self._kind(request) == "access" and not self.revoked:
            return None
        return told({"error": "InvalidToken", "message": "Bad token"}, 401)

    def _kind(self, request: Request) -> str:
        try:
            body = request.headers["authorization"].split(".")[1]
            return str(json.loads(base64.urlsafe_b64decode(body + "=="))["scope"])
        except (KeyError, IndexError, ValueError):
            return ""
