"""GitHub: logging in with a personal access token. Documentation: docs.github.com/rest. Sending is in
github_send.py.

The account's handle and url are its login and page, exactly as on every issue and comment. Its token
ends when GitHub says so in a header; it cannot be renewed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import github_send
from monitor.networks.answers import LONGEST_URL, json_of, one_line, string
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.github_send import API, HOST, headers, is_limit
from monitor.networks.login_calls import MAX_BYTES, NOTHING_CHANGED, let_nobody_in, not_now
from monitor.text import text

_TOKEN = re.compile(r"[A-Za-z0-9_.-]{20,1000}")
_ZONE = re.compile(r" ([+-]\d{4})$")
_FINE_GRAINED = "github_pat_"  # GitHub does not tell what these may do
_WRITES = ("repo", "public_repo")


class GitHub:
    """Secret of a login: `token`."""

    info = NetworkInfo(
        network="github",
        label=text("GitHub"),
        way=Way.SECRET,
        questions=(
            Question(
                "token",
                text("Access token"),
                example="github_pat_…",
                secret=True,
                hint=text("Made for Vigie alone: it is ended when you remove the account here."),
            ),
        ),
        how=text("Reading needs no account: the token is for answering."),
        steps=(
            text("On GitHub, open Settings, Developer settings, Personal access tokens."),
            text(
                "To answer in your own repositories, make a fine-grained token with “Issues: read and "
                "write”."
            ),
            text("To answer everywhere, make a classic token with public_repo alone."),
        ),
        page="https://github.com/settings/personal-access-tokens",
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        raise NotImplementedError("GitHub is entered with a token")

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        token = answers.get("token", "").strip()
        if not _TOKEN.fullmatch(token):
            raise BadInput(
                text("That is not a token of GitHub."),
                NOTHING_CHANGED,
                text("Copy it whole from the page that shows it once, after you made it."),
            )
        answer = http.get(f"{API}/user", cancel=cancel, headers=headers(token), max_bytes=MAX_BYTES)
        found = json_of(answer)
        handle = one_line(string(found, "login"))
        if is_limit(answer):
            raise not_now(HOST, 429)
        if answer.status != 200 or not handle:
            raise let_nobody_in(HOST, answer)
        scopes = None if token.startswith(_FINE_GRAINED) else _scopes(answer)
        if scopes is not None and not set(_WRITES) & set(scopes):
            raise NotLoggedIn(
                text("This token may not answer: it lacks the right public_repo."),
                NOTHING_CHANGED,
                text("Give it that right on GitHub, or make another one with it."),
            )
        url = one_line(string(found, "html_url"), LONGEST_URL)
        account = Account(
            id=0,
            network="github",
            server="",
            handle=handle,
            name=one_line(string(found, "name")) or handle,
            url=url if url.startswith("https://") else f"https://github.com/{handle}",
            scopes=scopes or ("issues",),
            expires_at=_ends(answer),
        )
        return Login(account, {"token": token})

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        """A token cannot be renewed."""
        return login

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        """GitHub ends any token it is told of, and wants nobody logged in for it."""
        body = json.dumps({"credentials": [login.secret["token"]]}).encode()
        said = headers("") | {"Content-Type": "application/json"}
        with suppress(SourceError):
            http.send("POST", f"{API}/credentials/revoke", cancel=cancel, headers=said, body=body)

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return ReplyLimits(len(text), github_send.MOST)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        return github_send.send(login, sending, http, cancel)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        return github_send.find(login, sending, http, now, cancel)


def _scopes(answer: HttpResponse) -> tuple[str, ...] | None:
    """Of a classic token; None where GitHub does not tell."""
    told = answer.headers.get("x-oauth-scopes")
    if told is None:
        return None
    return tuple(scope for one in told.split(",") if (scope := one.strip()))


def _ends(answer: HttpResponse) -> datetime | None:
    """When the token ends: "2026-10-01 12:00:00 UTC", or with a distance from it; None for never."""
    told = answer.headers.get("github-authentication-token-expiration", "")
    try:
        moment = datetime.fromisoformat(_ZONE.sub(r"\1", told.strip()).replace(" UTC", "+00:00"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


NETWORK = GitHub()
