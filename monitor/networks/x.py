"""X: logging in with the person's own project, in their browser, to read. Documentation: docs.x.com.

Since February 2026 X takes money for every post it shows, and lets a program answer only those who
mentioned or quoted the account; so replies go by "Copy and open". The account's own posts have its
name (@username) as author, at https://x.com/USERNAME. Tokens last two hours and rotate: each may be used
once to get the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal, InvalidOperation

from monitor.errors import BadInput, SourceError
from monitor.infra import pkce
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import own_client
from monitor.networks.answers import json_of, one_line, string, unusable_target
from monitor.networks.base import REDIRECT, Door, NetworkInfo, Question, Sent, Way
from monitor.networks.lengths import x_length
from monitor.networks.login_calls import MAX_BYTES, let_nobody_in, post_form
from monitor.networks.own_client import CLIENT
from monitor.text import text

SCOPES = ("tweet.read", "users.read", "offline.access")
API = "https://api.x.com/2"
HOST = "x.com"
CAP = "cap"
"""The key of the question for the most that reading may cost in a month."""

_MOST = 280
_LEAST_CAP, _MOST_CAP = Decimal(1), Decimal(10_000)
_MILLION = 1_000_000


class X:
    """Secret of a login: see own_client.py."""

    info = NetworkInfo(
        network="x",
        label=text("X"),
        way=Way.BROWSER,
        questions=(
            *own_client.questions(
                "M1M5R3BMVy13QmpScXkzTUt5OE46MTpjaQ",
                text("Of a “Native App” in a project of yours, at console.x.com."),
            ),
            Question(
                CAP,
                text("Most to spend a month, in US dollars"),
                example="10",
                default="10",
                hint=text(
                    "X takes about 1.5 cents for each post it finds. Once this much is spent, Vigie "
                    "asks for no more until the next month."
                ),
            ),
        ),
        how=text(
            "X takes money for what a program reads, and one cent for this login. Vigie may only read: "
            "replies go by “Copy and open”."
        ),
        steps=(
            text("At console.x.com, make an app, buy credits and set a spending limit there too."),
            text(
                "In the app's settings choose “Native App”, with {address} as its callback URL.",
                address=own_client.USUAL_REDIRECT,
            ),
            text("Copy its OAuth 2.0 client ID, go on in the browser and agree."),
        ),
        page="https://console.x.com/",
        sends=False,
        spacing={"api.x.com": 1.0},
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        cap_of(answers)
        verifier = pkce.new_verifier()
        proof = {
            "code_challenge": pkce.challenge_of(verifier),
            "code_challenge_method": pkce.METHOD,
        }
        page = f"https://{HOST}/i/oauth2/authorize"
        return own_client.door(answers, redirect, page, SCOPES, proof, {"verifier": verifier})

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
            CLIENT: kept[CLIENT],
            "redirect_uri": kept[REDIRECT],
            "code_verifier": kept["verifier"],
        }
        answer = post_form(f"{API}/oauth2/token", fields, http, cancel)
        secret = own_client.tokens_of(answer, kept[CLIENT], now)
        if secret is None:
            raise own_client.no_tokens(answer, HOST)
        scopes = own_client.scopes_of(answer)
        cap = cap_of(answers)
        login = Login(Account(0, "x", "", "", scopes=scopes, monthly_cap=cap), secret)
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
        fields = {"grant_type": "refresh_token", "refresh_token": refresh, CLIENT: client_id}
        answer = post_form(f"{API}/oauth2/token", fields, http, cancel)
        secret = own_client.tokens_of(answer, client_id, now)
        if secret is None:
            raise own_client.not_renewed(answer, HOST)
        return Login(login.account, {**secret, "refresh": secret["refresh"] or refresh})

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        for name in ("refresh", "token"):
            fields = {"token": login.secret[name], CLIENT: login.secret[CLIENT]}
            with suppress(SourceError):
                post_form(f"{API}/oauth2/revoke", fields, http, cancel)

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return ReplyLimits(x_length(text), _MOST)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        """Never: see above."""
        raise unusable_target()

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        """What was never sent is not there."""
        return None


NETWORK = X()


def cap_of(answers: Mapping[str, str]) -> int:
    """The most a month, in millionths of a US dollar. Raises BadInput."""
    typed = answers.get(CAP, "")
    try:
        dollars = Decimal(typed.strip(" $\xa0\u202f").replace(",", "."))
        fits = _LEAST_CAP <= dollars <= _MOST_CAP  # also raises, for what is no number
    except InvalidOperation:
        dollars, fits = Decimal(0), False
    if not fits or not typed.isprintable():
        raise BadInput(
            text("“{typed}” is no amount to spend a month.", typed=typed[:40]),
            text("Nothing was changed."),
            text("Type US dollars, from 1 to 10000, for instance 10."),
        )
    return int(dollars * _MILLION)


def _who(login: Login, http: HttpClient, cancel: CancelToken) -> Login:
    """The same login with the account's own words."""
    answer = http.send(  # once: X takes money for it
        "GET",
        f"{API}/users/me",
        cancel=cancel,
        headers={
            "Authorization": f"Bearer {login.secret['token']}",
            "Accept": "application/json",
        },
        max_bytes=MAX_BYTES,
    )
    told = json_of(answer)
    handle = string(told, "data", "username")
    if answer.status != 200 or not handle.isascii() or not handle.replace("_", "").isalnum():
        raise let_nobody_in(HOST, answer)
    account = Account(
        id=0,
        network="x",
        server="",
        handle=handle,
        name=one_line(string(told, "data", "name")) or handle,
        url=f"https://x.com/{handle}",
        scopes=login.account.scopes,
        monthly_cap=login.account.monthly_cap,
    )
    return Login(account, login.secret)
