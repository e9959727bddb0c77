"""A Lemmy server on loopback: logging in with a second factor, posts of its own and of others, comments.

Speaks v3 (0.19) or v4 (1.0), in the words of its client's types. `test_lemmy_server.py` proves v3 with
plemmy, a client library that others wrote.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request, hang

HOST = "lemmy.example"
OTHER = "autre.example"
PASSWORD = "correct horse"
Before = Callable[[Request], Reply | None]

_PATHS = {
    "v3": ("/user/login", "/user/logout", "/user"),
    "v4": ("/account/auth/login", "/account/auth/logout", "/person/content"),
}


class LemmyServer:
    """One person, `name`; `code` is the second factor, "" for none. `before` may answer in the place of a
    new comment; with `lose_answers` it is published and no answer comes back. `clock` is the server's."""

    def __init__(
        self, server: LoopbackServer, api: str = "v3", version: str = "0.19.11", host: str = HOST
    ) -> None:
        self.host, self.api, self.version = host, api, version
        self.name = "marque"
        self.code = ""
        self.state = ""
        self.jwts: set[str] = set()
        self.post: dict[str, Any] = self._post(5)
        self.comments: list[dict[str, Any]] = []
        self.elsewhere: dict[str, dict[str, Any]] = {}
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.page = 50
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.base = server.url(f"/{host}")
        self._server = server
        self._lock = threading.Lock()
        login, logout, own = _PATHS[api]
        self._add("/site", self._site)
        self._add("/account", self._known(lambda _request: said(self._me())))
        self._add(login, self._login)
        self._add(logout, self._known(self._logout))
        self._add(own, self._own)
        self._add("/comment", self._comment)
        self._add("/post", self._show_post)
        self._add("/resolve_object", self._known(self._resolve))

    # -- what a test may do ------------------------------------------------------------------
    def add_comment(self, words: str, name: str = "lea", above: str = "0", **fields: Any) -> str:
        """A comment of somebody on our post; its `reply_to` as a source at this server would tell it."""
        comment = self._write(words, name, above)
        comment |= fields
        return self.target(comment)

    def add_elsewhere(self, comment: bool = True, **fields: Any) -> str:
        """Something on another server that ours can fetch; its `reply_to` as that server shows it."""
        uri = f"https://{OTHER}/{'comment' if comment else 'post'}/9000"
        if comment:
            found = self._write("En panne", "lea", "0", uri)
            self.comments.remove(found)
            found |= fields
            self.elsewhere[uri] = self._view(found)
        else:
            self.elsewhere[uri] = self._post_view(self.post | {"ap_id": uri} | fields)
        numbers = {"post_id": "4242", "parent_id": "9000" if comment else ""}
        return json.dumps({"server": OTHER, **numbers, "uri": uri})

    def target(self, comment: Mapping[str, Any]) -> str:
        return json.dumps(
            {
                "server": self.host,
                "post_id": str(comment["post_id"]),
                "parent_id": str(comment["id"]),
                "uri": comment["ap_id"],
            }
        )

    def post_target(self) -> str:
        uri = self.post["ap_id"]
        return json.dumps({"server": self.host, "post_id": "5", "parent_id": "", "uri": uri})

    # -- routes ------------------------------------------------------------------------------
    def _site(self, request: Request) -> Reply:
        site = {
            "version": self.version,
            "site_view": {},
            "admins": [],
            "all_languages": [{"id": 0, "code": "und", "name": "Undetermined"}],
            "discussion_languages": [],
        }
        known = self.api == "v3" and self._jwt(request) in self.jwts
        return said(site | ({"my_user": self._me()} if known else {}))

    def _login(self, request: Request) -> Reply:
        asked = json.loads(request.body)
        right = asked["username_or_email"] in (self.name, f"{self.name}@mail.example")
        if not right or asked["password"] != PASSWORD:
            return wrong("incorrect_login", 401)
        if self.state:
            return wrong(self.state)
        if self.code and not asked.get("totp_2fa_token"):
            return wrong("missing_totp_token")
        if self.code and asked["totp_2fa_token"] != self.code:
            return wrong("incorrect_totp_token")
        jwt = f"head.{secrets.token_urlsafe(12)}.sign"
        self.jwts.add(jwt)
        return said({"jwt": jwt, "registration_created": False, "verify_email_sent": False})

    def _logout(self, request: Request) -> Reply:
        self.jwts.discard(self._jwt(request))
        return said({"success": True})

    def _own(self, request: Request) -> Reply:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(request.path).query).items()}
        assert asked.get("person_id") == "7" or asked.get("username") == self.name
        own = [one for one in reversed(self.comments) if one["creator_id"] == 7]
        start = int(asked.get("page_cursor", (int(asked.get("page", "1")) - 1) * self.page))
        shown = [self._view(one) for one in own[start : start + self.page]]
        if self.api == "v4":
            more = {"next_page": str(start + self.page)} if len(own) > start + self.page else {}
            return said({"items": [{"type_": "comment", **view} for view in shown], **more})
        person = {"person": self._person(self.name), "counts": {}, "is_admin": False}
        return said({"person_view": person, "comments": shown, "posts": [], "moderates": []})

    def _comment(self, request: Request) -> Reply:
        if request.method == "POST":
            return self._create(request)
        number = parse_qs(urlsplit(request.path).query)["id"][0]
        found = next((one for one in self.comments if str(one["id"]) == number), None)
        if found is None:
            return wrong("couldnt_find_comment" if self.api == "v3" else "not_found", 404)
        return said({"comment_view": self._view(found), "recipient_ids": []})

    def _create(self, request: Request) -> Reply:
        if (answer := self.before(request)) is not None:
            return answer
        if self._jwt(request) not in self.jwts:
            return wrong("incorrect_login", 401)
        asked = json.loads(request.body)
        assert isinstance(asked["post_id"], int)
        if asked["post_id"] != 5:
            return wrong("couldnt_find_post", 404)
        if self.post["locked"]:
            return wrong("locked")
        if "language_id" in asked:
            return wrong("language_not_allowed")
        if not asked["content"].strip() or len(asked["content"]) > 10_000:
            return wrong("invalid_body_field")
        above = "0"
        if "parent_id" in asked:
            known = [*self.comments, *(one.get("comment", {}) for one in self.elsewhere.values())]
            parent = next((one for one in known if one.get("id") == asked["parent_id"]), None)
            if parent is None:
                return wrong("couldnt_find_comment", 404)
            above = parent["path"]
        comment = self._write(asked["content"], self.name, above)
        if self.lose_answers:
            return hang()
        return said({"comment_view": self._view(comment), "recipient_ids": []})

    def _show_post(self, request: Request) -> Reply:
        if parse_qs(urlsplit(request.path).query)["id"] != ["5"]:
            return wrong("couldnt_find_post", 404)
        return said({"post_view": self._post_view(self.post), "moderators": [], "cross_posts": []})

    def _resolve(self, request: Request) -> Reply:
        uri = parse_qs(urlsplit(request.path).query)["q"][0]
        view = self.elsewhere.get(uri)
        if view is None:
            code = "couldnt_find_object" if self.api == "v3" else "resolve_object_failed"
            return wrong(code, 404 if self.api == "v3" else 400)
        kind = "comment" if "comment" in view else "post"
        return said({kind: view} if self.api == "v3" else {"type_": kind, **view})

    # -- the rest ----------------------------------------------------------------------------
    def _write(self, words: str, name: str, above: str, uri: str = "") -> dict[str, Any]:
        with self._lock:
            id_ = 100 + len(self.comments) + len(self.elsewhere)
            stamp = self.clock().isoformat().replace("+00:00", "Z")
            comment: dict[str, Any] = {
                "id": id_,
                "creator_id": 7 if name == self.name else 9,
                "post_id": 5,
                "content": words,
                "removed": False,
                "deleted": False,
                "published" if self.api == "v3" else "published_at": stamp,
                "ap_id": uri or f"https://{self.host}/comment/{id_}",
                "local": not uri,
                "path": f"{above}.{id_}",
                "distinguished": False,
                "language_id": 0,
            }
            self.comments.append(comment)
        return comment

    def _view(self, comment: dict[str, Any]) -> dict[str, Any]:
        view = {
            "comment": comment,
            "creator": self._person(self.name if comment["creator_id"] == 7 else "lea"),
            "post": self.post,
            "community": {"id": 1, "name": "france"},
        }
        if self.api == "v4":
            return view
        counts = {"comment_id": comment["id"], "score": 1, "upvotes": 1, "downvotes": 0}
        flags = {"creator_banned_from_community": False, "creator_blocked": False, "saved": False}
        return view | {"counts": counts, "subscribed": "NotSubscribed"} | flags

    def _post_view(self, post: dict[str, Any]) -> dict[str, Any]:
        return {"post": post, "creator": self._person("lea"), "community": {"id": 1, "name": "f"}}

    def _post(self, id_: int) -> dict[str, Any]:
        return {
            "id": id_,
            "name": "Avis sur la Marque",
            "creator_id": 9,
            "community_id": 1,
            "removed": False,
            "locked": False,
            "deleted": False,
            "ap_id": f"https://{self.host}/post/{id_}",
        }

    def _person(self, name: str) -> dict[str, Any]:
        address = "actor_id" if self.api == "v3" else "ap_id"
        mine = name == self.name
        host = self.host if mine else OTHER
        return {"id": 7 if mine else 9, "name": name, address: f"https://{host}/u/{name}"}

    def _me(self) -> dict[str, Any]:
        person = self._person(self.name) | {"display_name": "La Marque"}
        return {"local_user_view": {"local_user": {"id": 3}, "person": person}, "follows": []}

    def _jwt(self, request: Request) -> str:
        """Of the header, or of the cookie, as the server takes both."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        cookie = request.headers.get("cookie", "").partition("jwt=")[2].partition(";")[0]
        return value if kind == "Bearer" else cookie

    def _known(self, route: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
        def checked(request: Request) -> Reply:
            return (
                route(request) if self._jwt(request) in self.jwts else wrong("not_logged_in", 401)
            )

        return checked

    def _add(self, path: str, route: Callable[[Request], Reply]) -> None:
        self._server.add(f"/{self.host}/api/{self.api}{path}", route)


def said(body: object, status: int = 200) -> Reply:
    return Reply(status, {"Content-Type": "application/json"}, json.dumps(body).encode())


def wrong(code: str, status: int = 400) -> Reply:
    return said({"error": code}, status)
