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
    """`records` are the published replies by key. `before` and `lose_answers` as MastodonStatuses.
    Tokens of sessions up to `expired_up_to` (counted from 1) have expired. `endpoint` is where the
    account's identity says its data live. Reading is in bluesky_reading.py."""

    def __init__(
        self, server: LoopbackServer, now: datetime, host: str = "bsky.social", pds: str = ""
    ) -> None:
        self.host = host
        self.now = now
        self.pds = pds or host
        self.endpoint = f"https://{self.pds}"
        self.expired_up_to = 0
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
                "id": DID,
                "service": [
                    {
                        "id": "#atproto_pds",
                        "type": "AtprotoPersonalDataServer",
                        "serviceEndpoint": self.endpoint,
                    }
                ],
            },
        }

    def _token(self, kind: str, lives: timedelta) -> str:
        body = {
            "scope": kind,
            "exp": int((self.now + lives).timestamp()),
            "jti": str(self.sessions),
        }
        head = {"typ": "at+jwt", "alg": "ES256K"}
        packed = (base64.urlsafe_b64encode(json.dumps(one).encode()) for one in (head, body))
        return ".".join([*(one.decode().rstrip("=") for one in packed), "sign"])

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
        if refused := self.stranger(request) or self.before(request):
            return refused
        asked = json.loads(request.body)
        if len(asked["record"]["text"].encode()) > 3000:
            return told({"error": "InvalidRequest", "message": "Record/text too long"}, 400)
        with self._lock:
            key = asked.get("rkey") or f"3kown{len(self.records):08}"
            if key in self.records:
                return told(
                    {"error": "InternalServerError", "message": "Internal Server Error"}, 500
                )
            self.records[key] = asked["record"]
        if self.lose_answers:
            return hang()
        uri = f"at://{DID}/app.bsky.feed.post/{key}"
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
        if refused := self.stranger(request):
            return refused
        wanted = parse_qs(urlsplit(request.path).query)["uris"]
        return told({"posts": [self.posts[uri] for uri in wanted if uri in self.posts]})

    def stranger(self, request: Request) -> Reply | None:
        """The refusal of who has no good access token; None for who has."""
        if self._kind(request) != "access" or self.revoked:
            return told({"error": "InvalidToken", "message": "Bad token"}, 401)
        if int(self._claims(request)["jti"]) <= self.expired_up_to:
            return told({"error": "ExpiredToken", "message": "Token has expired"}, 400)
        return None

    def _kind(self, request: Request) -> str:
        return str(self._claims(request).get("scope", ""))

    def _claims(self, request: Request) -> dict[str, Any]:
        try:
            body = request.headers["authorization"].split(".")[1]
            return dict(json.loads(base64.urlsafe_b64decode(body + "==")))
        except (KeyError, IndexError, ValueError):
            return {}
