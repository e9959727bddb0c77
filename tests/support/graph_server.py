"""Meta's Graph API on loopback: tokens, permissions, proofs, limits and errors as documented for v26.0.

What hangs on a Page or an Instagram account is in facebook_server.py and instagram_server.py. Served
under /<host>/, so that `Networks.client` finds it; a library that takes an address gets `base`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.support.graph_fields import Thing, listed, parse, select
from tests.support.loopback import LoopbackServer, Reply, Request

VERSION = "v26.0"
APP_SECRET = "the-secret-of-the-app"
Asked = Mapping[str, str]


@dataclass(slots=True)
class Token:
    """`ended` is the subcode of what ended it, 0 as long as it is good. `ends` and `data_ends` are as
    debug_token says them, 0: never."""

    subject: str
    kind: str
    scopes: tuple[str, ...]
    ends: int = 0
    data_ends: int = 0
    ended: int = 0
    granular: list[dict[str, Any]] = field(default_factory=list)


class GraphServer:
    """`before` may answer in the place of the server; `allowed` is how many calls it takes in all.
    With `asks_proof` every call must show it. A `secretive` one tells nothing about tokens."""

    use, limit_code = "pages", 80001

    def __init__(self, server: LoopbackServer, host: str, now: datetime) -> None:
        self.host = host
        self.base = server.url(f"/{host}/")
        self.now = now
        self.tokens: dict[str, Token] = {}
        self.things: dict[str, dict[str, Any]] = {}
        self.before: Callable[[Request], Reply | None] = lambda _request: None
        self.allowed = 10_000
        self.calls = 0
        self.asks_proof = False
        self.secretive = False
        self.asked: list[tuple[str, str, Asked]] = []
        self._lock = threading.Lock()
        self._server = server
        server.add("*", self._answer)

    # -- what the two networks say -----------------------------------------------------------
    def edge(self, id_: str, name: str, asked: Asked) -> list[Thing] | None:
        raise NotImplementedError

    def create(self, id_: str, name: str, asked: Asked, token: Token) -> Reply:
        raise NotImplementedError

    def right_for(self, name: str, token: Token) -> str:
        """The permission that reading a list or answering ("POST") needs; "" for none."""
        raise NotImplementedError

    # -- every request -----------------------------------------------------------------------
    def _answer(self, request: Request) -> Reply:
        parts = urlsplit(request.path)
        asked = dict(parse_qsl(parts.query)) | dict(parse_qsl(request.body.decode()))
        path = unquote(parts.path).removeprefix(f"/{self.host}/").removeprefix(f"{VERSION}/")
        if not parts.path.startswith(f"/{self.host}/"):
            return Reply(404, body=b"another host")
        with self._lock:
            self.calls += 1
            self.asked.append((request.method, path, asked))
            reply = self.before(request) or self._told(request, path.strip("/"), asked)
        usage = {
            "type": self.use,
            "call_count": min(100, 100 * self.calls // self.allowed),
            "total_cputime": 1,
            "total_time": 1,
            "estimated_time_to_regain_access": 42 if self.calls > self.allowed else 0,
        }
        headers = {"X-Business-Use-Case-Usage": json.dumps({"77": [usage]})}
        headers |= {"Content-Type": "application/json; charset=UTF-8"}
        if reply.status >= 400:
            headers["WWW-Authenticate"] = f'OAuth "Facebook Platform" "error" "{_line(reply)}"'
        return Reply(reply.status, headers | dict(reply.headers), reply.body, reset=reply.reset)

    def _told(self, request: Request, path: str, asked: Asked) -> Reply:
        word = request.headers.get("authorization", "").removeprefix("Bearer ")
        word = word or asked.get("access_token", "")
        token = self.tokens.get(word)
        if token is None:
            if not word:
                return error(104, "An access token is required to request this resource.")
            return error(190, f"Malformed access token {word}")
        if token.ended:
            return error(190, "Error validating access token: " + _WHY[token.ended], token.ended)
        if self.calls > self.allowed:
            words = f"(#{self.limit_code}) There have been too many calls to this account."
            return error(self.limit_code, words, transient=True)
        if refused := self._unproved(word, asked):
            return refused
        if path == "debug_token":
            return self._debug(asked)
        if path == "" and "ids" in asked:
            ids = asked["ids"].split(",")
            if not all(id_ in self.things for id_ in ids):
                return error(803, "(#803) Some of the aliases you requested do not exist")
            found = {id_: self.things[id_] for id_ in ids}
            return told({id_: self._shown(thing, asked, word) for id_, thing in found.items()})
        id_, _, name = path.partition("/")
        id_ = token.subject if id_ == "me" else id_
        return self._of_thing(request, id_, name, asked, token, word)

    def _of_thing(
        self, request: Request, id_: str, name: str, asked: Asked, token: Token, word: str
    ) -> Reply:
        if id_ not in self.things:
            return gone(id_)
        right = self.right_for("POST" if request.method == "POST" else name, token)
        if right and right not in token.scopes:
            return error(10, f"(#10) This endpoint requires the '{right}' permission.", status=403)
        if request.method == "POST":
            return self.create(id_, name, asked, token)
        try:
            fields = parse(asked.get("fields") or "id")
        except ValueError as fault:
            return error(2500, str(fault))
        if name:
            below = self.edge(id_, name, asked)
            if below is None:
                return error(100, f"(#100) Tried accessing nonexisting field ({name})")
            link = self._link(word)
            return told(listed(below, asked, fields, self.edge, link, f"{id_}/{name}"))
        if token.kind == "USER" and any(one.name == "category" for one in fields):
            return error(
                100, "(#100) Tried accessing nonexisting field (category) on node type (User)"
            )
        return told(self._shown(self.things[id_], asked, word))

    def _shown(self, thing: Thing, asked: Asked, word: str) -> dict[str, Any]:
        return select(thing, parse(asked.get("fields") or "id"), self.edge, self._link(word))

    def _link(self, word: str) -> Callable[[str], str]:
        return lambda rest: f"https://{self.host}/{VERSION}/{rest}&access_token={word}"

    def _unproved(self, word: str, asked: Asked) -> Reply | None:
        proof = hmac.new(APP_SECRET.encode(), word.encode(), hashlib.sha256).hexdigest()
        if "appsecret_proof" in asked:
            words = "Invalid appsecret_proof provided in the API argument"
            return None if asked["appsecret_proof"] == proof else error(100, words)
        words = "API calls from the server require an appsecret_proof argument"
        return error(100, words) if self.asks_proof else None

    def _debug(self, asked: Asked) -> Reply:
        if self.secretive:
            return error(100, "(#100) You must provide an app access token, or a developer's")
        token = self.tokens[asked["input_token"]]
        return told(
            {
                "data": {
                    "app_id": "42",
                    "type": token.kind,
                    "application": "App of Lumen",
                    "expires_at": token.ends,
                    "data_access_expires_at": token.data_ends,
                    "is_valid": not token.ended,
                    "scopes": list(token.scopes),
                    "granular_scopes": token.granular,
                }
            }
        )


def told(found: Mapping[str, Any]) -> Reply:
    return Reply(200, {}, json.dumps(found).encode())


def error(
    code: int, words: str, subcode: int = 0, *, transient: bool = False, status: int = 400
) -> Reply:
    found: dict[str, Any] = {"message": words, "type": "OAuthException", "code": code}
    if subcode:
        found["error_subcode"] = subcode
    if transient:
        found["is_transient"] = True
    found["fbtrace_id"] = "Atrace"
    return Reply(status, {}, json.dumps({"error": found}).encode())


def gone(id_: str) -> Reply:
    words = f"Unsupported request. Object with ID '{id_}' does not exist, cannot be loaded due to "
    return error(100, words + "missing permissions, or does not support this operation", 33)


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _line(reply: Reply) -> str:
    """Meta says an error again in a header."""
    return reply.body.decode("latin-1").replace('"', "'")[:300]


_WHY = {
    458: "The user has not authorized application 42.",
    460: "The session has been invalidated because the user changed the password.",
    463: "Session has expired on Saturday, 01-Aug-26.",
    467: "The session is invalid because the user logged out.",
}
