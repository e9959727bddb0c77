"""Reddit on loopback: logging in with an installed app, search, inbox, replying, own comments.

Answers as Reddit's own recordings do (Listings, errors inside 200, rate-limit headers with seconds to
the end). `tests/unit/networks/test_reddit_server.py` proves it with praw, which others wrote.
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request, Route

WWW, API = "www.reddit.com", "oauth.reddit.com"
CLIENT = "p-jcoLKBynTLew"
REDIRECT = "http://127.0.0.1:8934/vigie"
ME = "marque"
Thing = dict[str, Any]
Before = Callable[[Request], Reply | None]


@dataclass(slots=True)
class Grant:
    """One login: what was agreed to, its token that works now, and the one it is renewed with."""

    scopes: tuple[str, ...]
    token: str = field(default_factory=lambda: f"token-SECRET-{secrets.token_hex(8)}")
    refresh: str = field(default_factory=lambda: f"refresh-SECRET-{secrets.token_hex(8)}")
    expired: bool = False
    revoked: bool = False


class RedditServer:
    """`things` are all posts and comments by name, newest last. `before` may answer a reply in its
    place; with `complaint` Reddit refuses it inside 200; with `lose_answers` it is published and the
    connection breaks; with `silent` it is published and not shown. `withheld` scopes are never given."""

    def __init__(self, server: LoopbackServer, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.redirect = REDIRECT
        self.things: dict[str, Thing] = {}
        self.grants: list[Grant] = []
        self.codes: dict[str, Grant] = {}
        self.before: Before = lambda _request: None
        self.complaint: list[str] = []
        self.lose_answers = self.silent = self.denies = False
        self.withheld: frozenset[str] = frozenset()
        self.remaining = 599.0
        self._lock = threading.Lock()
        self._server = server
        self.base = server.url("")
        self._serve(WWW, "/api/v1/access_token", self._token)
        self._serve(WWW, "/api/v1/revoke_token", self._revoke)
        self._serve(API, "/api/v1/me", self._guarded("identity", self._who))
        self._serve(API, "/search", self._guarded("read", self._search))
        self._serve(API, "/r/all/search", self._guarded("read", self._search))
        self._serve(API, "/r/france/search", self._guarded("read", self._search))
        self._serve(API, "/api/info", self._guarded("read", self._info))
        self._serve(API, "/api/comment", self._guarded("submit", self._comment))
        self._serve(API, f"/user/{ME}/comments", self._guarded("history", self._own))
        for name in ("mentions", "comments", "selfreply"):
            self._serve(
                API, f"/message/{name}", self._guarded("privatemessages", self._inbox(name))
            )

    # -- what a test may do ------------------------------------------------------------------
    def authorize(self, url: str) -> dict[str, str]:
        """The person opens `url` and agrees, or not: the query the browser brings back."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["client_id"] == CLIENT
        assert asked["redirect_uri"] == self.redirect
        assert (asked["response_type"], asked["duration"]) == ("code", "permanent")
        if self.denies:
            return {"state": asked["state"], "error": "access_denied"}
        code = secrets.token_hex(8)
        given = (one for one in asked["scope"].split() if one not in self.withheld)
        self.codes[code] = Grant(tuple(given))
        return {"state": asked["state"], "code": code}

    def add_post(self, number: int = 1, *, minutes: float = 60, **changed: Any) -> Thing:
        """A post of so many minutes ago."""
        id_ = f"1k{number:04}"
        path = f"/r/france/comments/{id_}/cafe_lumen_acte_{number}/"
        thing: Thing = {
            "name": f"t3_{id_}",
            "id": id_,
            "title": f"Café Lumen, acte {number}",
            "selftext": f"La **Marque** ne répond pas, cas {number}",
            "author": "lea",
            "subreddit": "france",
            "permalink": path,
            "url": f"https://www.reddit.com{path}",
            "created_utc": self.now.timestamp() - 60 * minutes,
            "score": 12,
            "num_comments": 5,
            "num_crossposts": 1,
            "over_18": False,
            "locked": False,
            "archived": False,
            "edited": False,
            "removed_by_category": None,
        } | changed
        self.things[thing["name"]] = thing
        return thing

    def add_comment(self, number: int, parent: str, author: str, body: str, **more: Any) -> Thing:
        id_ = f"m{number:05}"
        thread = self.things.get(parent, {}).get("link_id", parent)
        thing: Thing = {
            "name": f"t1_{id_}",
            "id": id_,
            "body": body,
            "author": author,
            "subreddit": "france",
            "link_id": thread,
            "parent_id": parent,
            "permalink": f"/r/france/comments/{thread[3:]}/cafe_lumen/{id_}/",
            "created_utc": self.now.timestamp(),
            "score": 1,
            "replies": "",
            "edited": False,
            "locked": False,
        } | more
        self.things[thing["name"]] = thing
        return thing

    @property
    def published(self) -> list[Thing]:
        """Our own comments, oldest first."""
        return [thing for thing in self.things.values() if thing["author"] == ME]

    def asked(self, path: str) -> list[Request]:
        start = f"/{API}{path}"
        return [one for one in self._server.requests if one.path.partition("?")[0] == start]

    # -- routes ------------------------------------------------------------------------------
    def _serve(self, host: str, path: str, route: Route) -> None:
        """With or without a slash behind, as Reddit takes both; also without the host, for a client
        that is given one base."""
        for start in (f"/{host}", ""):
            self._server.add(f"{start}{path}", route)
            self._server.add(f"{start}{path}/", route)

    def _token(self, request: Request) -> Reply:
        if request.method != "POST" or _basic(request) != f"{CLIENT}:":
            return said({"message": "Unauthorized", "error": 401}, 401)
        asked = dict(parse_qsl(request.body.decode()))
        if asked.get("grant_type") == "authorization_code":
            grant = self.codes.pop(asked.get("code", ""), None)
            if grant is None or asked.get("redirect_uri") != self.redirect:
                return said({"error": "invalid_grant"})  # with 200, as the real one
            self.grants.append(grant)
        else:
            known = (one for one in self.grants if one.refresh == asked.get("refresh_token"))
            grant = next(known, None)
            if grant is None or grant.revoked:
                return said({"message": "Bad Request", "error": 400}, 400)
            grant.token, grant.expired = f"token-SECRET-{secrets.token_hex(8)}", False
        return said(
            {
                "access_token": grant.token,
                "token_type": "bearer",
                "expires_in": 86400,
                "refresh_token": grant.refresh,
                "scope": " ".join(grant.scopes),
            }
        )

    def _revoke(self, request: Request) -> Reply:
        if _basic(request) != f"{CLIENT}:":
            return said({"message": "Unauthorized", "error": 401}, 401)
        asked = dict(parse_qsl(request.body.decode()))
        for grant in self.grants:
            if asked.get("token") in (grant.refresh, grant.token):
                grant.revoked = True
        return Reply(204)

    def _guarded(self, scope: str, route: Callable[[Request], Reply]) -> Route:
        def guarded(request: Request) -> Reply:
            kind, _, token = request.headers.get("authorization", "").partition(" ")
            grant = next((one for one in self.grants if one.token == token), None)
            if kind.lower() != "bearer" or grant is None or grant.revoked or grant.expired:
                words = 'Bearer realm="reddit", error="invalid_token"'
                body = {"message": "Unauthorized", "error": 401}
                return said(body, 401, **{"www-authenticate": words})
            if scope not in grant.scopes:
                words = 'Bearer realm="reddit", error="insufficient_scope"'
                body = {"message": "Forbidden", "error": 403}
                return said(body, 403, **{"www-authenticate": words})
            if self.remaining < 1:
                body = {"message": "Too Many Requests", "error": 429}
                return said(body, 429, **self._limits())
            self.remaining -= 1
            reply = route(request)
            return Reply(
                reply.status, {**self._limits(), **reply.headers}, reply.body, reset=reply.reset
            )

        return guarded

    def _limits(self) -> dict[str, str]:
        used = str(int(600 - self.remaining))
        left = str(self.remaining)
        names = ("x-ratelimit-used", "x-ratelimit-remaining", "x-ratelimit-reset")
        return dict(zip(names, (used, left, "123"), strict=True))

    def _who(self, _request: Request) -> Reply:
        return said({"name": ME, "id": "abc", "created_utc": 1.0, "features": {}})

    def _search(self, request: Request) -> Reply:
        asked = dict(parse_qsl(urlsplit(request.path).query))
        wanted = [part.strip('" ').lower() for part in asked["q"].split(" OR ")]
        found = [
            thing
            for thing in self.things.values()
            if thing["name"].startswith("t3_")
            and any(one in f"{thing['title']} {thing['selftext']}".lower() for one in wanted)
        ]
        return self._page(found[-250:], asked)

    def _inbox(self, name: str) -> Callable[[Request], Reply]:
        types = {"mentions": "username_mention", "comments": "comment_reply"}
        wanted = types.get(name, "post_reply")

        def inbox(request: Request) -> Reply:
            asked = dict(parse_qsl(urlsplit(request.path).query))
            found = [one for one in self.things.values() if one.get("type") == wanted]
            return self._page(found, asked)

        return inbox

    def _own(self, request: Request) -> Reply:
        return self._page(self.published, dict(parse_qsl(urlsplit(request.path).query)))

    def _info(self, request: Request) -> Reply:
        asked = dict(parse_qsl(urlsplit(request.path).query))
        names = asked.get("id", "").split(",")
        assert len(names) <= 100
        return said(listing([self.things[name] for name in names if name in self.things]))

    def _page(self, found: list[Thing], asked: dict[str, str]) -> Reply:
        newest = sorted(found, key=lambda one: float(one["created_utc"] or 0), reverse=True)
        names = [one["name"] for one in newest]
        start = names.index(asked["after"]) + 1 if asked.get("after") in names else 0
        page = newest[start : start + min(100, int(asked.get("limit", "25")))]
        more = start + len(page) < len(newest)
        return said(listing(page, page[-1]["name"] if more else None))

    def _comment(self, request: Request) -> Reply:
        asked = dict(parse_qsl(request.body.decode()))
        instead = self.before(request)
        if instead is not None:
            return instead
        if self.complaint:
            return said({"json": {"errors": [self.complaint]}})
        if len(asked.get("text", "")) > 10_000:
            words = "this is too long (max: 10000)"
            return said({"json": {"errors": [["TOO_LONG", words, "text"]]}})
        if not asked.get("text", "").strip():
            return said({"json": {"errors": [["NO_TEXT", "we need something here", "text"]]}})
        with self._lock:
            number = 90_000 + len(self.things)
            made = self.add_comment(number, asked["thing_id"], ME, asked["text"].strip())
        if self.lose_answers:
            return Reply(length=1000, reset=True)
        things = [] if self.silent else [{"kind": "t1", "data": made}]
        return said({"json": {"errors": [], "data": {"things": things}}})


def listing(things: list[Thing], after: str | None = None) -> dict[str, Any]:
    children = [{"kind": thing["name"][:2], "data": thing} for thing in things]
    data = {"after": after, "before": None, "dist": len(things), "children": children}
    return {"kind": "Listing", "data": data}


def said(body: object, status: int = 200, **headers: str) -> Reply:
    known = {"Content-Type": "application/json; charset=UTF-8", **headers}
    return Reply(status, known, json.dumps(body).encode())


def _basic(request: Request) -> str:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    return base64.b64decode(value).decode() if kind == "Basic" else ""
