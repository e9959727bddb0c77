"""A Discourse forum on loopback: keys for programs, posts, own activity, moderation, refusals.

Speaks as the forum's own code does. `test_discourse_server.py` proves it with pydiscourse, a client library
that others wrote (which logs in with an administrator's key: that is taken as well).
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tests.support.loopback import LoopbackServer, Reply, Request, hang

HOST = "forum.example"
ADMIN_KEY = "admin-key"
Before = Callable[[Request], Reply | None]


class DiscourseServer:
    """One member, `username`. `before` may answer in the place of a POST; with `lose_answers` the post is
    published and no answer comes back. `moderated`: posts wait. `closed` topics take none."""

    def __init__(self, server: LoopbackServer, host: str = HOST) -> None:
        self.host = host
        self.username = "marque"
        self.keys: dict[str, str] = {}
        self.posts: list[dict[str, Any]] = []
        self.pending: list[dict[str, Any]] = []
        self.topics: set[int] = {77}
        self.closed: set[int] = set()
        self.moderated = False
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.least, self.most = 20, 32_000
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.base = server.url(f"/{host}")
        self._server = server
        self._lock = threading.Lock()
        self._add("/user-api-key/new", _version)
        self._add("/user-api-key/revoke", self._known(self._revoke))
        self._add("/session/current.json", self._known(self._current))
        self._add("/site/settings.json", self._known(self._settings))
        self._add("/posts.json", self._known(self._post))
        self._add("/posts", self._known(self._post))
        self._add(f"/u/{self.username}/activity.json", self._known(self._activity))
        self._add(f"/posts/{self.username}/pending.json", self._known(self._waiting))

    # -- what a test may do ------------------------------------------------------------------
    def approve(self, url: str) -> str:
        """The person opens `url`, logs in and agrees: the code that the forum shows."""
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query))
        assert (parts.netloc, parts.path) == (self.host, "/user-api-key/new")
        assert set(asked["scopes"].split(",")) <= {"read", "write", "notifications", "push"}
        assert asked["application_name"]
        self.keys = {k: c for k, c in self.keys.items() if c != asked["client_id"]}
        key = secrets.token_hex(16)
        self.keys[key] = asked["client_id"]
        payload = {"key": key, "nonce": asked["nonce"], "push": False, "api": 4}
        public = load_pem_public_key(asked["public_key"].encode())
        assert isinstance(public, rsa.RSAPublicKey)
        locked = public.encrypt(json.dumps(payload).encode(), padding.PKCS1v15())
        return base64.encodebytes(locked).decode()

    def add_post(self, words: str, username: str = "lea", topic: int = 77, **fields: Any) -> str:
        """A post of somebody; its `reply_to` as a source would tell it."""
        post = (
            self._write(words, username, topic, fields.pop("reply_to_post_number", None)) | fields
        )
        self.posts[-1] = post
        target = {
            "server": f"https://{self.host}",
            "topic_id": str(topic),
            "post_number": str(post["post_number"]),
        }
        return json.dumps(target)

    # -- routes ------------------------------------------------------------------------------
    def _revoke(self, request: Request) -> Reply:
        self.keys.pop(request.headers.get("user-api-key", ""), None)
        return said({"success": "OK"})

    def _current(self, request: Request) -> Reply:
        if "user-api-key" not in request.headers and "api-key" not in request.headers:
            return Reply(404, {"Content-Type": "application/json"}, b"")
        user = {"id": 7, "username": self.username, "name": "La Marque", "trust_level": 1}
        return said({"current_user": user})

    def _settings(self, _request: Request) -> Reply:
        return said({"title": "F", "min_post_length": self.least, "max_post_length": self.most})

    def _post(self, request: Request) -> Reply:
        if (answer := self.before(request)) is not None:
            return answer
        asked = _fields(request)
        words, topic = str(asked.get("raw", "")).strip(), int(asked.get("topic_id") or 0)
        if topic in self.closed:
            return not_permitted()
        if topic not in self.topics:
            return wrong("The requested URL or resource could not be found.", 404, "not_found")
        if len(words) < self.least:
            return unusable(f"Body is too short (minimum is {self.least} characters)")
        if len(words) > self.most:
            return unusable(f"Body is limited to {self.most} characters; you entered {len(words)}.")
        if any(post["raw"] == words and post["username"] == self.username for post in self.posts):
            return unusable("Body is too similar to what you recently posted")
        if self.moderated:
            return self._hold(words, topic)
        place = asked.get("reply_to_post_number")
        post = self._write(words, self.username, topic, int(place) if place else None)
        return hang() if self.lose_answers else said(_shown(post))

    def _hold(self, words: str, topic: int) -> Reply:
        waiting = {
            "id": 300 + len(self.pending),
            "topic_id": topic,
            "raw_text": words,
            "username": self.username,
            "created_at": self._stamp(),
        }
        self.pending.append(waiting)
        if self.lose_answers:
            return hang()
        return said(
            {"action": "enqueued", "success": True, "pending_count": 1, "pending_post": waiting}
        )

    def _activity(self, _request: Request) -> Reply:
        own = [post for post in reversed(self.posts) if post["username"] == self.username]
        return said([_shown(post) | {"excerpt": post["raw"][:300]} for post in own[:50]])

    def _waiting(self, _request: Request) -> Reply:
        return said({"pending_posts": self.pending})

    def _one(self, number: int) -> Reply:
        found = next((post for post in self.posts if post["id"] == number), None)
        if found is None:
            return wrong("The requested URL or resource could not be found.", 404, "not_found")
        return said(_shown(found) | {"raw": found["raw"]})

    # -- the rest ----------------------------------------------------------------------------
    def _write(self, words: str, username: str, topic: int, answers: int | None) -> dict[str, Any]:
        with self._lock:
            number = 990 + len(self.posts)
            place = 1 + sum(post["topic_id"] == topic for post in self.posts)
            post: dict[str, Any] = {
                "id": number,
                "name": username.title(),
                "username": username,
                "created_at": self._stamp(),
                "cooked": f"<p>{escape(words)}</p>",
                "raw": words,
                "post_number": place,
                "post_type": 1,
                "reply_to_post_number": answers,
                "topic_id": topic,
                "topic_slug": "avis-marque",
            }
            self.posts.append(post)
        for path in (f"/posts/{number}.json", f"/posts/by_number/{topic}/{place}.json"):
            self._add(path, self._known(lambda _request: self._one(number)))
        return post

    def _stamp(self) -> str:
        return self.clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def _known(self, route: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
        """A key the forum does not know is not permitted anything, which it says with 403."""

        def checked(request: Request) -> Reply:
            key = request.headers.get("user-api-key")
            if key is not None and self.keys.get(key) != request.headers.get("user-api-client-id"):
                return not_permitted()
            if request.headers.get("api-key", ADMIN_KEY) != ADMIN_KEY:
                return not_permitted()
            return route(request)

        return checked

    def _add(self, path: str, route: Callable[[Request], Reply]) -> None:
        self._server.add(f"/{self.host}{path}", route)


def said(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, {**kind, **(headers or {})}, json.dumps(body).encode())


def wrong(words: str, status: int, kind: str) -> Reply:
    return said({"errors": [words], "error_type": kind}, status)


def not_permitted() -> Reply:
    return wrong("You are not permitted to view the requested resource.", 403, "invalid_access")


def unusable(words: str) -> Reply:
    return said({"action": "create_post", "errors": [words]}, 422)


def too_often(seconds: int = 42) -> Reply:
    words = "You’ve performed this action too many times, please try again later."
    more = {"wait_seconds": seconds, "time_left": f"{seconds} seconds"}
    head = {
        "Retry-After": str(seconds),
        "Discourse-Rate-Limit-Error-Code": "user_api_key_limiter_60_secs",
    }
    return said({"errors": [words], "error_type": "rate_limit", "extras": more}, 429, head)


def _version(request: Request) -> Reply:
    if request.method == "HEAD":
        return Reply(200, {"Auth-Api-Version": "4"})
    return Reply(302, {"Location": "/login"})


def _shown(post: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in post.items() if key != "raw"}


def _fields(request: Request) -> dict[str, Any]:
    """Of JSON or a form, as the forum takes both."""
    if request.headers.get("content-type", "").startswith("application/json"):
        found: dict[str, Any] = json.loads(request.body)
        return found
    query = parse_qs(request.body.decode() or urlsplit(request.path).query)
    return {key: values[0] for key, values in query.items()}
