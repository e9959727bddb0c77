"""Discourse: logging in to one forum, in the person's browser. Sending is in discourse_send.py.

The forum's own way for programs of its members (user API keys, meta.discourse.org/t/48536): the person
agrees in the browser, the forum shows the key locked with a public key of ours, the person pastes it. The
account's handle is its name on that forum, its url its page there, exactly as on every post.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra import rsa_key
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.infra.paste_page import FIELD, paste_address
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import discourse_send
from monitor.networks.answers import json_of, one_line, string
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.discourse_send import get, headers
from monitor.networks.login_calls import NOTHING_CHANGED, is_not_now, let_nobody_in, not_now
from monitor.networks.server_host import server_host
from monitor.text import text

SCOPES = ("read", "write")
UNUSED = timedelta(days=180)
"""A key that nobody used for so long is taken back by the forum."""

_A_DAY = timedelta(days=1)


class Discourse:
    """Secret of a login: `key` and `client_id`."""

    info = NetworkInfo(
        network="discourse",
        label=text("Discourse"),
        way=Way.BROWSER,
        questions=(Question("server", text("Address of the forum"), example="forum.example.org"),),
        own_server_only=True,
        how=text(
            "All you need is an account on the forum. Write your very first post there in the browser: "
            "forums hold back first posts that come from programs."
        ),
        steps=(
            text("Go on in the browser: a page of Vigie opens, with a link to the forum."),
            text("Log in there and agree; the forum shows a code."),
            text("Paste the code into the page of Vigie."),
        ),
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        server = server_host(answers.get("server", ""))
        page = f"https://{server}/user-api-key/new"
        asked = http.send("HEAD", page, cancel=cancel)
        if asked.status != 200 or not asked.headers.get("auth-api-version"):
            raise _no_forum(server, asked)
        private, public = rsa_key.new_pair()
        nonce, client_id = secrets.token_hex(16), uuid.uuid4().hex
        query = {
            "application_name": "Vigie",
            "client_id": client_id,
            "scopes": ",".join(SCOPES),
            "public_key": public,
            "nonce": nonce,
        }
        return Door(
            url=paste_address(redirect, f"{page}?{urlencode(query)}"),
            kept={"server": server, "nonce": nonce, "client_id": client_id, "private": private},
        )

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        server = kept["server"]
        secret = {"key": _key(back.get(FIELD, ""), kept), "client_id": kept["client_id"]}
        answer = get(server, "/session/current.json", secret, http, cancel)
        user: Any = json_of(answer)
        user = user.get("current_user") if isinstance(user, dict) else None
        handle = one_line(string(user, "username"))
        if answer.status != 200 or not handle:
            raise let_nobody_in(server, answer)
        account = Account(
            id=0,
            network="discourse",
            server=server,
            handle=handle,
            name=one_line(string(user, "name")) or handle,
            url=f"https://{server}/u/{handle}",
            scopes=SCOPES,
            expires_at=now + UNUSED,
        )
        return Login(account, secret)

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        """Every use puts its end off, which is written down once a day."""
        ends = login.account.expires_at
        if refused or (ends is not None and ends > now + UNUSED - _A_DAY):
            return login
        return Login(replace(login.account, expires_at=now + UNUSED), login.secret)

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        url = f"https://{login.account.server}/user-api-key/revoke"
        with suppress(SourceError):
            http.send("POST", url, cancel=cancel, headers=headers(login.secret))

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return discourse_send.rules(login, http, cancel)

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return discourse_send.limits(text, rules)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        return discourse_send.send(login, sending, http, cancel)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        return discourse_send.find(login, sending, http, now, cancel)


def _key(pasted: str, kept: Mapping[str, str]) -> str:
    """The key in what was pasted, when it answers our question."""
    try:
        locked = base64.b64decode("".join(pasted.split()), validate=True)
        found: Any = json.loads(rsa_key.unlocked(locked, kept["private"]))
    except (ValueError, RecursionError, binascii.Error):
        found = None
    key = string(found, "key")
    fits = secrets.compare_digest(string(found, "nonce").encode(), kept["nonce"].encode())
    if not fits or not key or not (key.isascii() and key.isprintable()):
        raise NotLoggedIn(
            text("What was pasted is not the code of this login."),
            NOTHING_CHANGED,
            text("Start the login again, and copy the whole code from the page of the forum."),
        )
    return key


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _no_forum(server: str, answer: HttpResponse) -> VigieError:
    if is_not_now(answer.status):
        return not_now(server, answer.status)
    target = _host(answer.headers.get("location", ""))
    if 300 <= answer.status < 400 and target and target != server:
        return BadInput(
            text("{server} sends us to {other}.", server=server, other=target[:200]),
            NOTHING_CHANGED,
            text("If that is the forum, type this address."),
        )
    return BadInput(
        text("{server} is no Discourse forum that lets programs in.", server=server),
        NOTHING_CHANGED,
        text("Check the address: it is the one that your browser shows when you read the forum."),
    )


NETWORK = Discourse()
