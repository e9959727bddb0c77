"""Mastodon and servers that speak like it: logging in, in the person's browser. Sending is in
mastodon_send.py.

The program registers anew with the server at every login, because a server takes only the exact
address that was registered, and ours has another port each time. A login has no end: it holds until
it is taken back. Sources bring the account's own posts as the account is known here: "name@server", and
its page as the server tells it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from urllib.parse import quote, urlencode

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra import pkce
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks import mastodon_send
from monitor.networks.answers import LONGEST_URL, Json, json_of, one_line, string, words_of
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.login_calls import (
    MAX_BYTES,
    NOTHING_CHANGED,
    is_not_now,
    let_nobody_in,
    not_now,
    post_form,
)
from monitor.networks.server_host import base_of, server_host
from monitor.text import text

SCOPES = (
    "read:accounts",
    "read:notifications",
    "read:search",
    "read:statuses",
    "write:statuses",
)
LONGEST_SCOPES = 1000
WEBSITE = "https://vigie.example"


class Mastodon:
    """Secret of a login: `token`, `client_id`, `client_secret`, and `id`, the account's own there."""

    info = NetworkInfo(
        network="mastodon",
        label=text("Mastodon"),
        way=Way.BROWSER,
        questions=(
            Question(
                "server",
                text("Server"),
                example="mastodon.social",
                hint=text("What stands behind the second @ of your address."),
            ),
        ),
        how=text(
            "Your browser opens your server, where you log in and agree. Vigie never sees your "
            "password. It may read what your account can read, and publish the replies you send."
        ),
    )

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        server = server_host(answers.get("server", ""))
        fields = {
            "client_name": "Vigie",
            "redirect_uris": redirect,
            "scopes": " ".join(SCOPES),
            "website": WEBSITE,
        }
        answer = post_form(f"https://{server}/api/v1/apps", fields, http, cancel)
        app = json_of(answer)
        client_id, client_secret = string(app, "client_id"), string(app, "client_secret")
        if answer.status != 200 or not client_id or not client_secret:
            raise _no_registration(server, answer)
        verifier, state = pkce.new_verifier(), pkce.new_state()
        query = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": redirect,
            "scope": " ".join(SCOPES),
            "state": state,
            "code_challenge": pkce.challenge_of(verifier),
            "code_challenge_method": pkce.METHOD,
            # The person says which account, even where the browser is logged in with another.
            "force_login": "true",
        }
        return Door(
            url=f"https://{server}/oauth/authorize?{urlencode(query, quote_via=quote)}",
            kept={
                "server": server,
                "redirect": redirect,
                "client_id": client_id,
                "client_secret": client_secret,
                "verifier": verifier,
                "state": state,
            },
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
        server, code = kept["server"], _code(back, kept["state"])
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": kept["client_id"],
            "client_secret": kept["client_secret"],
            "redirect_uri": kept["redirect"],
            "code_verifier": kept["verifier"],
        }
        answer = post_form(f"https://{server}/oauth/token", fields, http, cancel)
        granted = json_of(answer)
        token = string(granted, "access_token")
        if answer.status != 200 or not token:
            raise let_nobody_in(server, answer)
        secret = {
            "token": token,
            "client_id": kept["client_id"],
            "client_secret": kept["client_secret"],
        }
        login = Login(Account(0, "mastodon", server, "", scopes=_scopes(granted)), secret)
        try:
            if missing := set(SCOPES) - set(login.account.scopes):
                raise _too_few(server, sorted(missing))
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
        return login

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        fields = {key: login.secret.get(key, "") for key in ("client_id", "client_secret", "token")}
        with suppress(SourceError):
            post_form(f"{base_of(login.account.server)}/oauth/revoke", fields, http, cancel)

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return mastodon_send.rules(login, http, cancel)

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return mastodon_send.limits(account, post, text, rules)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        return mastodon_send.send(login, sending, http, now, cancel)

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        return mastodon_send.find(login, sending, http, now, cancel)


def _code(back: Mapping[str, str], state: str) -> str:
    """What the browser brought, when it is the answer to our question."""
    if not pkce.same_state(back.get("state", ""), state):
        raise NotLoggedIn(
            text("What came back from the browser does not belong to this login."),
            NOTHING_CHANGED,
            text("Start the login again, and go on in the page that it opens."),
        )
    if back.get("error") == "access_denied":
        raise NotLoggedIn(text("You did not agree on your server."), NOTHING_CHANGED, _AGAIN)
    if not back.get("code"):
        words = back.get("error_description") or back.get("error") or "?"
        raise NotLoggedIn(
            text("Your server let nobody in. It says: “{words}”.", words=words[:300]),
            NOTHING_CHANGED,
            _AGAIN,
        )
    return back["code"]


def _scopes(granted: Json) -> tuple[str, ...]:
    """In Mastodon's words. "read" and "write" hold all that begins so."""
    given = one_line(string(granted, "scope"), LONGEST_SCOPES).split()
    held = (scope for scope in SCOPES if scope.partition(":")[0] in given)
    return tuple(dict.fromkeys((*given, *held)))


def _who(login: Login, http: HttpClient, cancel: CancelToken) -> Login:
    """The same login with the account's own words."""
    server = login.account.server
    answer = http.get(
        f"https://{server}/api/v1/accounts/verify_credentials",
        cancel=cancel,
        headers={
            "Authorization": f"Bearer {login.secret['token']}",
            "Accept": "application/json",
        },
        max_bytes=MAX_BYTES,
    )
    found = json_of(answer)
    name, id_ = one_line(string(found, "username")), string(found, "id")
    if answer.status != 200 or not name or not id_:
        raise let_nobody_in(server, answer)
    account = Account(
        id=0,
        network="mastodon",
        server=server,
        handle=f"{name}@{server}",
        name=one_line(string(found, "display_name")) or name,
        url=_page(found, server, name),
        scopes=login.account.scopes,
    )
    return Login(account, {**login.secret, "id": id_})


def _page(found: Json, server: str, name: str) -> str:
    url = string(found, "url")
    own = f"https://{server}/@{quote(name)}"
    return one_line(url, LONGEST_URL) if url.startswith("https://") else own


def _no_registration(server: str, answer: HttpResponse) -> VigieError:
    if is_not_now(answer.status):
        return not_now(server, answer.status)
    if answer.status in (401, 403, 422):
        return NotLoggedIn(
            text(
                "{server} takes no new programs. It says: “{words}”.",
                server=server,
                words=words_of(answer) or str(answer.status),
            ),
            NOTHING_CHANGED,
            text("Ask whoever runs this server, or use an account on another one."),
        )
    return BadInput(
        text("{server} is no Mastodon server.", server=server),
        NOTHING_CHANGED,
        text("Check the name: it is what stands behind the second @ of your address."),
    )


def _too_few(server: str, missing: list[str]) -> NotLoggedIn:
    return NotLoggedIn(
        text("{server} gave fewer rights than Vigie needs.", server=server),
        text("Missing: {rights}. Nothing was changed.", rights=", ".join(missing)),
        text("Log in again and agree to all of them; this server may be too old for them."),
    )


_AGAIN = text("Log in again when you like.")

NETWORK = Mastodon()
