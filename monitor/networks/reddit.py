"""Reddit: logging in with the person's own approved program, in their browser. Sending is in
reddit_send.py. Documentation: https://www.reddit.com/dev/api, github.com/reddit-archive/reddit/wiki/OAuth2.

Since November 2025 programs are approved one by one (Responsible Builder Policy), so each person brings
their own: an "installed app", which has no secret. Its refresh token has no end. Own posts have the
account's name as author, at https://www.reddit.com/user/NAME. 100 requests a minute, ten minutes taken
together.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from urllib.parse import quote, urlencode

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import USER_AGENT, HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import own_client, reddit_send
from monitor.networks.answers import json_of, string
from monitor.networks.base import REDIRECT, Door, NetworkInfo, Sent, Way
from monitor.networks.login_calls import MAX_BYTES, let_nobody_in
from monitor.networks.own_client import CLIENT
from monitor.text import text

SCOPES = ("identity", "read", "history", "privatemessages", "submit")
"""Who one is; search; own comments, among which a reply is looked for; answers and mentions; replying."""

HOST = "www.reddit.com"
_TOKEN = f"https://{HOST}/api/v1/access_token"
_REVOKE = f"https://{HOST}/api/v1/revoke_token"


class Reddit:
    """Secret of a login: see own_client.py."""

    info = NetworkInfo(
        network="reddit",
        label=text("Reddit"),
        way=Way.BROWSER,
        questions=own_client.questions(
            "p-jcoLKBynTLew",
            text("Of an “installed app” of yours, at reddit.com/prefs/apps."),
        ),
        how=text(
            "Reddit approves programs one by one. Without an approval, the source “Reddit” reads its "
            "feeds."
        ),
        steps=(
            text("Ask for access at support.reddithelp.com, and wait for the approval."),
            text(
                "At reddit.com/prefs/apps, make an “installed app” with {address} as its redirect uri.",
                address=own_client.USUAL_REDIRECT,
            ),
            text("Copy its client ID, go on in the browser and agree."),
        ),
        page="https://www.reddit.com/prefs/apps",
        spacing={"oauth.reddit.com": 0.7},
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        page = f"https://{HOST}/api/v1/authorize"
        return own_client.door(answers, redirect, page, SCOPES, {"duration": "permanent"}, {})

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        fields = {
            "grant_type": "authorization_code",
            "code": own_client.code_of(back, kept["state"], HOST),
            "redirect_uri": kept[REDIRECT],
        }
        answer = _post(_TOKEN, fields, kept[CLIENT], http, cancel)
        secret = own_client.tokens_of(answer, kept[CLIENT], now)
        if secret is None or not secret["refresh"]:
            raise own_client.no_tokens(answer, HOST)
        scopes = own_client.scopes_of(answer)
        login = Login(Account(0, "reddit", "", "", scopes=scopes), secret)
        try:
            own_client.check_scopes(scopes, SCOPES, HOST)
            return _who(login, http, cancel)
        except Exception:
            self.leave(login, http, CancelToken())  # no door stays open that nobody uses
            raise

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        if own_client.is_good(login, now) and not refused:
            return login
        client_id, refresh = login.secret[CLIENT], login.secret["refresh"]
        fields = {"grant_type": "refresh_token", "refresh_token": refresh}
        answer = _post(_TOKEN, fields, client_id, http, cancel)
        secret = own_client.tokens_of(answer, client_id, now)
        if secret is None:
            raise own_client.not_renewed(answer, HOST)
        return Login(login.account, {**secret, "refresh": secret["refresh"] or refresh})

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        # With the refresh token go the tokens that were made with it.
        fields = {"token": login.secret["refresh"], "token_type_hint": "refresh_token"}
        with suppress(SourceError):
            _post(_REVOKE, fields, login.secret[CLIENT], http, cancel)

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return ReplyLimits(len(text), reddit_send.MOST)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        return reddit_send.send(login, sending, http, cancel)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        return reddit_send.find(login, sending, http, now, cancel)


NETWORK = Reddit()


def _post(
    url: str, fields: Mapping[str, str], client_id: str, http: HttpClient, cancel: CancelToken
) -> HttpResponse:
    """The client's id as a user without a password."""
    basic = base64.b64encode(f"{client_id}:".encode()).decode("ascii")
    return http.send(
        "POST",
        url,
        cancel=cancel,
        headers={
            "Authorization": f"Basic {basic}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "User-Agent": USER_AGENT,
        },
        body=urlencode(fields).encode("ascii"),
        max_bytes=MAX_BYTES,
    )


def _who(login: Login, http: HttpClient, cancel: CancelToken) -> Login:
    """The same login with the account's own name."""
    url = f"{reddit_send.API}/api/v1/me?raw_json=1"
    answer = http.get(url, cancel=cancel, headers=reddit_send.headers(login), max_bytes=MAX_BYTES)
    name = string(json_of(answer), "name")
    if answer.status != 200 or not name or not name.isprintable():
        raise let_nobody_in(HOST, answer)
    account = Account(
        id=0,
        network="reddit",
        server="",
        handle=name,
        name=name,
        url=f"https://{HOST}/user/{quote(name)}",
        scopes=login.account.scopes,
    )
    return Login(account, login.secret)
