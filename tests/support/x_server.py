"""X on loopback: logging in with PKCE, recent search, look-up; and what it takes for each answer.

`billed` is what it has taken so far, in millionths of a US dollar, at the prices of 22 August 2026, each
thing each time it is shown. `tests/unit/networks/test_x_server.py` proves it with tweepy, which others wrote.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request

API = "api.x.com"
CLIENT = "M1M5R3BMVy13QmpScXkzTUt5OE46MTpjaQ"
REDIRECT = "http://127.0.0.1:8934/vigie"
ME = "marque"
PROBLEMS = "https://api.x.com/2/problems/"
_POST, _USER = 5_000, 10_000
_EPOCH = 1_288_834_974_657
Tweet = dict[str, Any]
Fault = Callable[[Request, Reply], Reply]


@dataclass(slots=True)
class Grant:
    scopes: tuple[str, ...]
    challenge: str = ""
    token: str = field(default_factory=lambda: f"token-SECRET-{secrets.token_hex(8)}")
    refresh: str = field(default_factory=lambda: f"refresh-SECRET-{secrets.token_hex(8)}")
    expired: bool = False
    revoked: bool = False


def id_at(moment: datetime, number: int = 0) -> str:
    """The id of a post of that moment."""
    return str((int(moment.timestamp() * 1000) - _EPOCH << 22) + number)


class XServer:
    """`tweets` are all posts by id. `fault` may spoil an answer that was made and billed; `now` is its
    clock. `withheld` scopes are never given; without `credits` nothing is shown."""

    def __init__(self, server: LoopbackServer, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.tweets: dict[str, Tweet] = {}
        self.users: dict[str, dict[str, Any]] = {}
        self.grants: list[Grant] = []
        self.codes: dict[str, Grant] = {}
        self.billed = 0
        self.redirect = REDIRECT  # the address that was registered
        self.hidden: set[str] = set()
        self.fault: Fault = lambda _request, reply: reply
        self.withheld: frozenset[str] = frozenset()
        self.denies = False
        self.credits = True
        self.remaining = 300
        self._server = server
        self.base = server.url(f"/{API}")
        server.add(f"/{API}/2/oauth2/token", self._token)
        server.add(f"/{API}/2/oauth2/revoke", self._revoke)
        server.add(f"/{API}/2/users/me", self._guarded("users.read", self._who))
        server.add(f"/{API}/2/tweets/search/recent", self._guarded("tweet.read", self._search))
        server.add(f"/{API}/2/tweets", self._guarded("tweet.read", self._look_up))

    # -- what a test may do ------------------------------------------------------------------
    def authorize(self, url: str) -> dict[str, str]:
        """The person opens `url` and agrees, or not: the query the browser brings back."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, self.redirect)
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        if self.denies:
            return {"state": asked["state"], "error": "access_denied"}
        code = secrets.token_hex(8)
        given = tuple(one for one in asked["scope"].split() if one not in self.withheld)
        self.codes[code] = Grant(given, asked["code_challenge"])
        return {"state": asked["state"], "code": code}

    def log_in(self, *scopes: str) -> str:
        """A token without the way to it."""
        self.grants.append(Grant(scopes or ("tweet.read", "users.read", "offline.access")))
        return self.grants[-1].token

    def add(self, number: int = 1, *, minutes: float = 60, user: str = "lea", **more: Any) -> Tweet:
        """A post of so many minutes ago."""
        made = self.now - timedelta(minutes=minutes)
        id_ = id_at(made, number)
        if user not in self.users:
            self.users[user] = {
                "id": str(40 + len(self.users)),
                "username": user,
                "name": user.title(),
                "public_metrics": {"followers_count": 210, "tweet_count": 3},
            }
        tweet: Tweet = {
            "id": id_,
            "text": f"@marque toujours pas livré, cas {number}",
            "author_id": self.users[user]["id"],
            "created_at": made.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "lang": "fr",
            "conversation_id": id_,
            "edit_history_tweet_ids": [id_],
            "public_metrics": {
                "retweet_count": 1,
                "reply_count": 2,
                "like_count": 3,
                "quote_count": 4,
                "bookmark_count": 0,
                "impression_count": 90,
            },
        } | more
        self.tweets[tweet["id"]] = tweet
        return tweet

    def asked(self, path: str) -> list[dict[str, str]]:
        """The questions put to this path so far."""
        start = f"/{API}/2{path}"
        urls = (urlsplit(request.path) for request in self._server.requests)
        return [dict(parse_qsl(url.query)) for url in urls if url.path == start]

    # -- routes ------------------------------------------------------------------------------
    def _token(self, request: Request) -> Reply:
        asked = dict(parse_qsl(request.body.decode()))
        if asked.get("client_id") != CLIENT:
            words = "Missing valid authorization header"
            return said({"error": "unauthorized_client", "error_description": words}, 401)
        if asked.get("grant_type") == "authorization_code":
            grant = self.codes.pop(asked.get("code", ""), None)
            proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
            fits = asked.get("redirect_uri") == self.redirect
            if grant is None or grant.challenge != challenge or not fits:
                words = "Value passed for the authorization code was invalid."
                return said({"error": "invalid_request", "error_description": words}, 400)
            self.grants.append(grant)
        else:
            known = (one for one in self.grants if one.refresh == asked.get("refresh_token"))
            grant = next(known, None)
            if grant is None or grant.revoked:
                words = "Value passed for the token was invalid."
                return said({"error": "invalid_request", "error_description": words}, 400)
            grant.token = f"token-SECRET-{secrets.token_hex(8)}"
            grant.refresh = f"refresh-SECRET-{secrets.token_hex(8)}"
            grant.expired = False
        told = {
            "token_type": "bearer",
            "expires_in": 7200,
            "access_token": grant.token,
            "scope": " ".join(grant.scopes),
        }
        if "offline.access" in grant.scopes:
            told["refresh_token"] = grant.refresh
        return said(told)

    def _revoke(self, request: Request) -> Reply:
        asked = dict(parse_qsl(request.body.decode()))
        for grant in self.grants:
            if asked.get("token") in (grant.token, grant.refresh):
                grant.revoked = True
        return said({"revoked": True})

    def _guarded(
        self, scope: str, route: Callable[[dict[str, str]], Reply]
    ) -> Callable[[Request], Reply]:
        def guarded(request: Request) -> Reply:
            kind, _, token = request.headers.get("authorization", "").partition(" ")
            grant = next((one for one in self.grants if one.token == token), None)
            if kind != "Bearer" or grant is None or grant.revoked or grant.expired:
                title = "Unauthorized"
                return said(
                    {"title": title, "type": "about:blank", "status": 401, "detail": title}, 401
                )
            if scope not in grant.scopes:
                return problem(403, "Forbidden", f"This needs the scope {scope}.", "about:blank")
            if not self.credits:
                words = "Your enrolled account does not have any credits to fulfill this request."
                return problem(402, "CreditsDepleted", words, "credits")
            if self.remaining < 1:
                return self._limited(said({"title": "Too Many Requests", "status": 429}, 429))
            self.remaining -= 1
            asked = dict(parse_qsl(urlsplit(request.path).query))
            return self.fault(request, self._limited(route(asked)))

        return guarded

    def _limited(self, reply: Reply) -> Reply:
        reset = str(int(self.now.timestamp()) + 600)
        left = str(self.remaining)
        names = ("x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset")
        limits = dict(zip(names, ("300", left, reset), strict=True))
        return Reply(reply.status, {**reply.headers, **limits}, reply.body)

    def _who(self, _asked: dict[str, str]) -> Reply:
        self.billed += _USER
        return said({"data": {"id": "2244994945", "name": "La Marque", "username": ME}})

    def _search(self, asked: dict[str, str]) -> Reply:
        size = int(asked.get("max_results", "10"))
        if not 10 <= size <= 100:
            words = f"The `max_results` query parameter value [{size}] is not between 10 and 100"
            return problem(400, "Invalid Request", words)
        since = int(asked.get("since_id", "0"))
        if since and since < int(id_at(self.now - timedelta(days=7))):
            words = "'since_id' must be a tweet id created after [seven days ago]."
            return problem(400, "Invalid Request", words)
        words = asked["query"].lower()
        names = words.removeprefix("(").partition(")")[0].split(" or ")
        found = [
            tweet
            for tweet in self.tweets.values()
            if int(tweet["id"]) > since
            and tweet["id"] not in self.hidden
            and self.now - timedelta(days=7) < datetime.fromisoformat(tweet["created_at"])
            and any(name.strip('"') in tweet["text"].lower() for name in names)
        ]
        found.sort(key=lambda tweet: int(tweet["id"]), reverse=True)
        if "next_token" in asked:
            end = int(asked["next_token"].removeprefix("b26v89c19zqg8o3f"))
            found = [tweet for tweet in found if int(tweet["id"]) < end]
        return said(self._shown(found[:size], asked, more=len(found) > size))

    def _shown(self, page: list[Tweet], asked: dict[str, str], *, more: bool) -> dict[str, Any]:
        meta: dict[str, Any] = {"result_count": len(page)}
        if not page:
            return {"meta": meta}
        meta |= {"newest_id": page[0]["id"], "oldest_id": page[-1]["id"]}
        if more:
            meta["next_token"] = f"b26v89c19zqg8o3f{page[-1]['id']}"
        wanted = {"id", "text", "edit_history_tweet_ids", *asked.get("tweet.fields", "").split(",")}
        told: dict[str, Any] = {
            "data": [{k: v for k, v in tweet.items() if k in wanted} for tweet in page],
            "meta": meta,
        }
        if "author_id" in asked.get("expansions", ""):
            ids = {tweet["author_id"] for tweet in page}
            told["includes"] = {"users": [one for one in self.users.values() if one["id"] in ids]}
            self.billed += _USER * len(ids)
        self.billed += _POST * len(page)
        return told

    def _look_up(self, asked: dict[str, str]) -> Reply:
        names = asked["ids"].split(",")
        assert len(names) <= 100
        there = [name for name in names if name in self.tweets and name not in self.hidden]
        told: dict[str, Any] = {}
        if there:
            told["data"] = [
                {k: self.tweets[name][k] for k in ("id", "text", "edit_history_tweet_ids")}
                for name in there
            ]
        gone = [name for name in names if name not in there]
        if gone:
            told["errors"] = [self._gone(name) for name in gone]
        self.billed += _POST * len(there)
        return said(told)

    def _gone(self, name: str) -> dict[str, str]:
        kind = "not-authorized-for-resource" if name in self.hidden else "resource-not-found"
        return {
            "value": name,
            "resource_id": name,
            "resource_type": "tweet",
            "parameter": "ids",
            "title": "Not Found Error",
            "detail": f"Could not find tweet with ids: [{name}].",
            "type": PROBLEMS + kind,
        }


def said(body: object, status: int = 200) -> Reply:
    known = {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, known, json.dumps(body).encode())


def problem(status: int, title: str, detail: str, kind: str = "invalid-request") -> Reply:
    address = kind if kind == "about:blank" else PROBLEMS + kind
    return said({"title": title, "detail": detail, "type": address, "status": status}, status)
