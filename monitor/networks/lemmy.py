"""Lemmy: logging in at the person's own server, with a second factor where it has one. Sending is in
lemmy_send.py.

Servers of 0.19 speak v3 of the interface, those of 1.0 v4 and v3 as long as they like; v4 is asked where
v3 is gone. The login (a JWT) has no end; the password is not kept. The account's handle is name@server
and its url its address in the network, exactly as on every post, whichever server shows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import lemmy_send
from monitor.networks.answers import LONGEST_URL, json_of, one_line, string, words_of
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.lemmy_send import headers, is_limit
from monitor.networks.login_calls import (
    MAX_BYTES,
    NOTHING_CHANGED,
    is_not_now,
    let_nobody_in,
    not_now,
)
from monitor.networks.server_host import server_host
from monitor.text import Text, text

_GONE = (404, 410)  # what a server without v3 answers to it
_TOO_OLD = re.compile(r"0\.(\d|1[0-8])(\D|$)")
_LOGIN = {"v3": "/user/login", "v4": "/account/auth/login"}
_LOGOUT = {"v3": "/user/logout", "v4": "/account/auth/logout"}
_WHO = {"v3": ("/site", ("my_user", "local_user_view")), "v4": ("/account", ("local_user_view",))}
# What servers say -> what it means and what to do.
_REASONS: Mapping[str, tuple[Text, Text]] = {
    "missing_totp_token": (
        text("This account asks for a second factor."),
        text("Type the six digits that your authenticator shows, too."),
    ),
    "incorrect_totp_token": (
        text("The six digits of the second factor were not right."),
        text(
            "They change every 30 seconds: type the present ones, and check the clocks of this "
            "computer and of your phone."
        ),
    ),
    "incorrect_login": (
        text("The server does not know this name with this password."),
        text(
            "Check both. Two accounts of one name may live on two servers: check the server, too."
        ),
    ),
    "email_not_verified": (
        text("The e-mail address of this account was not confirmed yet."),
        text("Follow the link in the server's mail, then log in again."),
    ),
    "registration_application_is_pending": (
        text("The server's administrators have not let this account in yet."),
        text("Wait for their mail, then log in again."),
    ),
}


class Lemmy:
    """Secret of a login: `jwt`, `api` ("v3" or "v4") and `id`, the person's number there."""

    info = NetworkInfo(
        network="lemmy",
        label=text("Lemmy"),
        way=Way.SECRET,
        questions=(
            Question("server", text("Server"), example="lemmy.world"),
            Question("name", text("User name or e-mail address"), example="lea"),
            Question("password", text("Password"), secret=True),
            Question(
                "code",
                text("Six digits of the second factor"),
                example="123456",
                required=False,
                hint=text("Only where the account has one."),
            ),
        ),
        how=text(
            "Lemmy knows no permissions for single programs: you log in with your password, which is "
            "sent to your server once and not kept. Changing it there ends this login."
        ),
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        raise NotImplementedError("Lemmy is entered with a password")

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        server = server_host(answers.get("server", ""))
        api = _interface(server, http, cancel)
        name = answers.get("name", "").strip().lstrip("@").removesuffix(f"@{server}")
        asked: dict[str, Any] = {
            "username_or_email": name,
            "password": answers.get("password", ""),
        }
        if code := "".join(answers.get("code", "").split()):
            asked["totp_2fa_token"] = code
        if api == "v4":
            asked["stay_logged_in"] = True
        answer = http.send(
            "POST",
            f"https://{server}/api/{api}{_LOGIN[api]}",
            cancel=cancel,
            headers=headers("") | {"Content-Type": "application/json"},
            body=json.dumps(asked).encode(),
            max_bytes=MAX_BYTES,
        )
        jwt = string(json_of(answer), "jwt")
        if answer.status != 200 or not jwt:
            raise _kept_out(server, answer)
        return _who(server, api, jwt, http, cancel)

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        return login

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        api = login.secret["api"]
        url = f"https://{login.account.server}/api/{api}{_LOGOUT[api]}"
        said = headers(login.secret["jwt"]) | {"Content-Type": "application/json"}
        with suppress(SourceError):
            http.send("POST", url, cancel=cancel, headers=said, body=b"{}")

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return ReplyLimits(len(text), lemmy_send.MOST)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        return lemmy_send.send(login, sending, http, cancel)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        return lemmy_send.find(login, sending, http, now, cancel)


def _interface(server: str, http: HttpClient, cancel: CancelToken) -> str:
    """ "v3" or "v4". Raises BadInput for what is no Lemmy server, or one that is too old."""
    answer = http.get(
        f"https://{server}/api/v3/site", cancel=cancel, headers=headers(""), max_bytes=MAX_BYTES
    )
    api = "v3"
    if answer.status in _GONE:
        api = "v4"
        answer = http.get(
            f"https://{server}/api/v4/site", cancel=cancel, headers=headers(""), max_bytes=MAX_BYTES
        )
    if is_not_now(answer.status) or is_limit(answer):
        raise not_now(server, 429 if is_limit(answer) else answer.status)
    version = string(json_of(answer), "version")
    if answer.status != 200 or not version:
        raise BadInput(
            text("{server} is no Lemmy server.", server=server),
            NOTHING_CHANGED,
            text("Check the name: it is what stands behind the second @ of your address."),
        )
    if _TOO_OLD.match(version):
        raise BadInput(
            text("{server} runs Lemmy {version}.", server=server, version=version[:20]),
            NOTHING_CHANGED,
            text("Vigie can log in from 0.19 on. Ask whoever runs this server."),
        )
    return api


def _who(server: str, api: str, jwt: str, http: HttpClient, cancel: CancelToken) -> Login:
    path, place = _WHO[api]
    answer = http.get(
        f"https://{server}/api/{api}{path}",
        cancel=cancel,
        headers=headers(jwt),
        max_bytes=MAX_BYTES,
    )
    person: Any = json_of(answer)
    for key in (*place, "person"):
        person = person.get(key) if isinstance(person, dict) else None
    name, id_ = one_line(string(person, "name")), string(person, "id")
    if answer.status != 200 or not name or not id_:
        raise _kept_out(server, answer)
    url = one_line(string(person, "actor_id") or string(person, "ap_id"), LONGEST_URL)
    if not url.startswith("https://"):
        url = f"https://{server}/u/{quote(name)}"
    account = Account(
        id=0,
        network="lemmy",
        server=server,
        handle=f"{name}@{_host(url) or server}",
        name=one_line(string(person, "display_name")) or name,
        url=url,
    )
    return Login(account, {"jwt": jwt, "api": api, "id": id_})


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _kept_out(server: str, answer: HttpResponse) -> VigieError:
    if is_limit(answer):
        return not_now(server, 429)
    known = _REASONS.get(words_of(answer).split(" ")[0])
    return (
        NotLoggedIn(known[0], NOTHING_CHANGED, known[1]) if known else let_nobody_in(server, answer)
    )


NETWORK = Lemmy()
