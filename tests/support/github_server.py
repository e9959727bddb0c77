"""GitHub's interface on loopback: tokens of both kinds, issues, comments, limits, moved repositories.

`test_github_server.py` proves it with PyGithub, a client library that others wrote.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request, hang

HOST = "api.github.com"
REPOSITORY = "lumen/sdk"
FINE = "github_pat_" + "a1B2" * 18
CLASSIC = "ghp_" + "a1B2" * 9
Before = Callable[[Request], Reply | None]


@dataclass(frozen=True, slots=True)
class Token:
    """`scopes` None: fine-grained, good for `repository` alone. `ends` as the header says it."""

    scopes: str | None
    repository: str = REPOSITORY
    ends: str = ""


class GitHubServer:
    """One person, `login`. `before` may answer in the place of a POST; with `lose_answers` the comment is
    published and no answer comes back. `clock` is GitHub's own. `names` is the base of its addresses."""

    def __init__(self, server: LoopbackServer, names: str = f"https://{HOST}") -> None:
        self.login = "Marque"
        self.names = names
        self.tokens = {FINE: Token(None, ends="2026-12-01 12:00:00 UTC"), CLASSIC: Token("repo")}
        self.issues: dict[int, dict[str, Any]] = {}
        self.comments: list[dict[str, Any]] = []
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.page = 100
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.base = server.url(f"/{HOST}")
        self._server = server
        self._lock = threading.Lock()
        self._add("/user", self._user)
        self._add("/credentials/revoke", self._revoke)
        self._add(f"/repos/{REPOSITORY}", self._known(self._repository))

    # -- what a test may do ------------------------------------------------------------------
    def add_issue(self, number: int = 12, repository: str = REPOSITORY, **fields: Any) -> str:
        """An issue to answer; its `reply_to` as a source would tell it."""
        url = f"{self.names}/repos/{repository}/issues/{number}"
        self.issues[number] = {
            "id": 1000 + number,
            "number": number,
            "url": url,
            "repository_url": f"{self.names}/repos/{repository}",
            "comments_url": f"{url}/comments",
            "html_url": f"https://github.com/{repository}/issues/{number}",
            "title": "Marque SDK crashes",
            "body": "En panne",
            "locked": False,
            "state": "open",
            "user": {"login": "lea", "html_url": "https://github.com/lea", "id": 1},
            "created_at": "2026-08-01T10:00:00Z",
            "updated_at": "2026-08-01T10:00:00Z",
        } | fields
        path = f"/repos/{repository}/issues/{number}"
        self._add(path, self._known(lambda _request: self._issue(number)))
        self._add(f"{path}/comments", self._known(lambda request: self._comments(number, request)))
        return json.dumps({"repository": repository, "number": number, "comment": ""})

    def add_comment(self, words: str, number: int = 12, login: str = "lea", **fields: Any) -> str:
        """A comment of somebody; its `reply_to`."""
        comment = self._write(number, words, login) | fields
        path = f"/repos/{REPOSITORY}/issues/comments/{comment['id']}"
        self._add(path, self._known(lambda _request: self._comment(comment)))
        target = {"repository": REPOSITORY, "number": number, "comment": str(comment["id"])}
        return json.dumps(target)

    def rename(self, old: str) -> None:
        """The repository has moved away from `old`: its issues are found by redirects."""
        for number in self.issues:
            for more in ("", "/comments"):
                path = f"/repos/{REPOSITORY}/issues/{number}{more}"
                head = {"Location": self._server.url(f"/{HOST}{path}")}
                moved = said({"message": "Moved Permanently", "url": self.names + path}, 301, head)
                self._server.add(f"/{HOST}/repos/{old}/issues/{number}{more}", moved)

    # -- routes ------------------------------------------------------------------------------
    def _user(self, request: Request) -> Reply:
        token = self._token(request)
        if token is None:
            return said(
                {"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest"},
                401,
            )
        head = {} if token.scopes is None else {"X-OAuth-Scopes": token.scopes}
        if token.ends:
            head["GitHub-Authentication-Token-Expiration"] = token.ends
        page = f"https://github.com/{self.login}"
        return said(
            {"login": self.login, "id": 7, "name": "La Marque", "html_url": page, "type": "User"},
            200,
            head,
        )

    def _revoke(self, request: Request) -> Reply:
        if "authorization" in request.headers:
            return said({"message": "This endpoint is for strangers"}, 403)
        for value in json.loads(request.body)["credentials"]:
            self.tokens.pop(value, None)
        return said({}, 202)

    def _repository(self, _request: Request) -> Reply:
        return said(
            {
                "id": 1,
                "full_name": REPOSITORY,
                "name": "sdk",
                "url": f"{self.names}/repos/{REPOSITORY}",
            }
        )

    def _issue(self, number: int) -> Reply:
        if number not in self.issues:
            return said({"message": "This issue was deleted"}, 410)
        return said(self.issues[number])

    def _comment(self, comment: dict[str, Any]) -> Reply:
        return said(comment) if comment in self.comments else said({"message": "Not Found"}, 404)

    def _comments(self, number: int, request: Request) -> Reply:
        if number not in self.issues:
            return said({"message": "This issue was deleted"}, 410)
        if request.method == "POST":
            return self._post(number, request)
        url = urlsplit(request.path)
        asked = parse_qs(url.query)
        since = asked.get("since", [""])[0]
        found = [
            one
            for one in self.comments
            if one["issue_url"].endswith(f"/{number}") and one["updated_at"] >= since
        ]
        page = int(asked.get("page", ["1"])[0])
        shown = found[self.page * (page - 1) : self.page * page]
        head = {}
        if len(found) > self.page * page:
            query = urlencode({"since": since, "page": page + 1})
            path = f"/repos/{REPOSITORY}/issues/{number}/comments"
            head["Link"] = (
                f'<{self.names}{path}?{query}>; rel="next", <{self.names}{path}>; rel="last"'
            )
        return said(shown, 200, head)

    def _post(self, number: int, request: Request) -> Reply:
        if (answer := self.before(request)) is not None:
            return answer
        token = self._token(request)
        words = json.loads(request.body).get("body", "")
        if token is None or (token.scopes is None and token.repository != REPOSITORY):
            return said({"message": "Resource not accessible by personal access token"}, 403)
        if self.issues[number]["locked"]:
            return said({"message": "Unable to create comment because issue is locked"}, 403)
        if not words.strip() or len(words) > 65_536:
            wrong = (
                "body is too long (maximum is 65536 characters)"
                if words.strip()
                else "body can't be blank"
            )
            error = {"resource": "IssueComment", "code": "unprocessable", "message": wrong}
            return said({"message": "Validation Failed", "errors": [error]}, 422)
        comment = self._write(number, words, self.login)
        return hang() if self.lose_answers else said(comment, 201)

    # -- the rest ----------------------------------------------------------------------------
    def _write(self, number: int, words: str, login: str) -> dict[str, Any]:
        with self._lock:
            id_ = 5_000_000_000 + len(self.comments)
            stamp = self.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
            comment = {
                "id": id_,
                "url": f"{self.names}/repos/{REPOSITORY}/issues/comments/{id_}",
                "html_url": f"https://github.com/{REPOSITORY}/issues/{number}#issuecomment-{id_}",
                "issue_url": f"{self.names}/repos/{REPOSITORY}/issues/{number}",
                "body": words,
                "user": {"login": login, "html_url": f"https://github.com/{login}", "id": 7},
                "created_at": stamp,
                "updated_at": stamp,
            }
            self.comments.append(comment)
        return comment

    def _token(self, request: Request) -> Token | None:
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        return self.tokens.get(value) if kind.lower() in ("bearer", "token") else None

    def _known(self, route: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
        """GitHub answers a token it does not know with 401, whatever is asked, and nobody without a name."""

        def checked(request: Request) -> Reply:
            if "user-agent" not in request.headers:
                return Reply(403, {}, b"Request forbidden by administrative rules.")
            if "authorization" in request.headers and self._token(request) is None:
                return said({"message": "Bad credentials"}, 401)
            return route(request)

        return checked

    def _add(self, path: str, route: Callable[[Request], Reply]) -> None:
        self._server.add(f"/{HOST}{path}", route)


def said(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """With the headers of its limits, as every answer of GitHub has them."""
    limits = {
        "X-RateLimit-Limit": "5000",
        "X-RateLimit-Remaining": "4999",
        "X-RateLimit-Reset": "1785582000",
        "X-RateLimit-Used": "1",
        "X-RateLimit-Resource": "core",
    }
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, {**kind, **limits, **(headers or {})}, json.dumps(body).encode())


def used_up() -> Reply:
    """The limit of the hour."""
    words = "API rate limit exceeded for user ID 7."
    return said({"message": words}, 403, {"X-RateLimit-Remaining": "0"})


def too_fast() -> Reply:
    """The secondary limit."""
    words = (
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    )
    return said({"message": words}, 403, {"Retry-After": "60"})
