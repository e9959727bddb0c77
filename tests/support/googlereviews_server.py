"""Google Play's and Google Business Profile's interfaces on loopback: reviews, and one answer to each.

Speaks as documented in 2026; what is empty is left out, as Google leaves it out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from monitor.networks import googlebusiness, googleplay
from tests.support.google_auth import GoogleAuth, answer, page, refused
from tests.support.loopback import LoopbackServer, Reply, Request, hang

PLAY = "androidpublisher.googleapis.com"
PACKAGE = "com.example.app"
MANAGEMENT = "mybusinessaccountmanagement.googleapis.com"
INFORMATION = "mybusinessbusinessinformation.googleapis.com"
BUSINESS = "mybusiness.googleapis.com"
PLACE = "accounts/1/locations/2"
Before = Callable[[Request], Reply | None]
_DENIED = "The caller does not have permission"


class PlayServer:
    """`reviews` are newest first. `before` may answer a reply in its place; with `lose_answers` it is
    published and no answer comes back. `allowed`: the account may see the app, `package`."""

    def __init__(self, server: LoopbackServer, package: str = PACKAGE) -> None:
        self.package = package
        self.auth = GoogleAuth(server)
        self.base = server.url(f"/{PLAY}")
        self.reviews: list[dict[str, Any]] = []
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.allowed = True
        server.add("*", self._route)

    def add_review(self, id_: str, seconds: int, words: str = "\tPlante", **said: Any) -> None:
        user = {
            "text": words,
            "lastModified": {"seconds": str(seconds), "nanos": 713000000},
            "starRating": 1,
            "reviewerLanguage": "fr",
            "thumbsUpCount": 2,
        }
        review = {"reviewId": id_, "authorName": "Léa", "comments": [{"userComment": user | said}]}
        self.reviews.append(review)
        self.reviews.sort(key=_seconds, reverse=True)

    def answer_to(self, id_: str, words: str, seconds: int) -> None:
        review = self._find(id_)
        said = {"text": words, "lastModified": {"seconds": str(seconds), "nanos": 0}}
        review["comments"] = [review["comments"][0], {"developerComment": said}]

    def _find(self, id_: str) -> dict[str, Any]:
        return next((one for one in self.reviews if one["reviewId"] == id_), {})

    def _route(self, request: Request) -> Reply:
        parts = urlsplit(request.path)
        found = re.fullmatch(
            rf"/{re.escape(PLAY)}/androidpublisher/v3/applications/([\w.]+)/reviews(?:/([^:/]+(?:[:%].*?)??)(:reply)?)?",
            parts.path,
        )
        if not found:
            return page(404)
        if wrong := self.auth.refuses(request, googleplay.SCOPE):
            return wrong
        if not self.allowed:
            return refused(403, "PERMISSION_DENIED", _DENIED)
        if found[1] != self.package:
            words = f"Package not found: {found[1]}."
            return refused(404, "NOT_FOUND", words, "applicationNotFound")
        if not found[2]:
            return self._list(parse_qs(parts.query))
        id_ = unquote(found[2])
        if not self._find(id_):
            return refused(404, "NOT_FOUND", "Review not found.", "reviewNotFound")
        return self._reply(request, id_) if found[3] else answer(self._find(id_))

    def _list(self, asked: dict[str, list[str]]) -> Reply:
        start, most = int(asked.get("token", ["0"])[0]), int(asked.get("maxResults", ["10"])[0])
        shown = self.reviews[start : start + most]
        body: dict[str, Any] = {"reviews": shown} if shown else {}
        if start + most < len(self.reviews):
            body["tokenPagination"] = {"nextPageToken": str(start + most)}
        return answer(body)

    def _reply(self, request: Request, id_: str) -> Reply:
        if request.method != "POST":
            return page(404)
        if wrong := self.before(request):
            return wrong
        words = json.loads(request.body)["replyText"]
        if len(words) > 350:
            return refused(400, "INVALID_ARGUMENT", "Reply text is too long.", "replyTextTooLong")
        now = int(datetime.now(UTC).timestamp())
        self.answer_to(id_, re.sub(r"<[^<>]*>", "", words), now)
        if self.lose_answers:
            return hang()
        return answer({"result": {"replyText": words, "lastEdited": {"seconds": str(now)}}})


class BusinessServer:
    """Accounts, places and reviews. `approved`: Google has let the project in. `closed` are places it
    refuses. `before` and `lose_answers` as above."""

    def __init__(self, server: LoopbackServer) -> None:
        self.auth = GoogleAuth(server)
        self.base = server.url("/")
        self.accounts = [
            {"name": "accounts/9", "accountName": "Groupe Marque", "type": "LOCATION_GROUP"},
            {"name": "accounts/1", "accountName": "Léa Martin", "type": "PERSONAL"},
        ]
        self.places = {"accounts/1": [place("locations/2", "Café Lumen Nantes")]}
        self.reviews: dict[str, list[dict[str, Any]]] = {PLACE: []}
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.approved = True
        self.closed: set[str] = set()
        self.size = 50
        server.add("*", self._route)

    def add_review(self, id_: str, minutes: int, place: str = PLACE, **changed: Any) -> str:
        """By Léa, older the more minutes; its name."""
        at = f"2026-08-01T{10 - minutes // 60:02}:{59 - minutes % 60:02}:00.123456Z"
        review = {
            "name": f"{place}/reviews/{id_}",
            "reviewId": id_,
            "reviewer": {"displayName": "Léa M", "isAnonymous": False},
            "starRating": "ONE",
            "comment": "Accueil déplorable",
            "createTime": at,
            "updateTime": at,
        } | changed
        listed = self.reviews.setdefault(place, [])
        listed.append(review)
        listed.sort(key=lambda one: str(one["updateTime"]), reverse=True)
        return str(review["name"])

    def _route(self, request: Request) -> Reply:
        parts = urlsplit(request.path)
        host, _, path = parts.path.removeprefix("/").partition("/")
        asked = parse_qs(parts.query)
        if wrong := self.auth.refuses(request, googlebusiness.SCOPE):
            return wrong
        if not self.approved:
            words = "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'."
            details = [{"reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit_value": "0"}}]
            return refused(429, "RESOURCE_EXHAUSTED", words, "rateLimitExceeded", details)
        if (host, path) == (MANAGEMENT, "v1/accounts"):
            return answer({"accounts": self.accounts} if self.accounts else {})
        if host == INFORMATION and path.endswith("/locations"):
            if "readMask" not in asked:
                return refused(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
            here = self.places.get(path.removeprefix("v1/").removesuffix("/locations"), [])
            return answer({"locations": here} if here else {})
        if host != BUSINESS:
            return page(404)
        return self._reviews(request, path.removeprefix("v4/"), asked)

    def _reviews(self, request: Request, path: str, asked: dict[str, list[str]]) -> Reply:
        name, _, rest = path.partition("/reviews")
        if name in self.closed:
            return refused(403, "PERMISSION_DENIED", "The location is not verified.")
        if name not in self.reviews:
            return refused(404, "NOT_FOUND", "Requested entity was not found.")
        if not rest:
            start = int(asked.get("pageToken", ["0"])[0])
            shown = self.reviews[name][start : start + self.size]
            body: dict[str, Any] = {"reviews": shown} if shown else {}
            if start + self.size < len(self.reviews[name]):
                body["nextPageToken"] = str(start + self.size)
            return answer(body)
        wanted = path.removesuffix("/reply")
        found = next((one for one in self.reviews[name] if one["name"] == wanted), None)
        if found is None:
            return refused(404, "NOT_FOUND", "Requested entity was not found.")
        return self._reply(request, found) if path.endswith("/reply") else answer(found)

    def _reply(self, request: Request, review: dict[str, Any]) -> Reply:
        if request.method != "PUT":
            return page(404)
        if wrong := self.before(request):
            return wrong
        words = json.loads(request.body)["comment"]
        if len(words.encode()) > 4096:
            return refused(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
        review["reviewReply"] = {"comment": words, "updateTime": "2026-08-01T12:00:00Z"}
        return hang() if self.lose_answers else answer(review["reviewReply"])


def place(name: str, title: str) -> dict[str, Any]:
    return {"name": name, "title": title, "metadata": {"mapsUri": f"https://maps.example/{name}"}}


def _seconds(review: dict[str, Any]) -> int:
    return int(review["comments"][0]["userComment"]["lastModified"]["seconds"])
