"""Asking a Mastodon server with the person's account; what its refusals mean.

The address of such a source is "https://server/api/...?...#name@server".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.sources.api_answers import words_of
from monitor.sources.reading_account import account_of, lacks_right, login_ended
from monitor.text import text

Ask = Callable[[str], HttpResponse]


def server_asked(fields: Mapping[str, str]) -> tuple[str, str]:
    """The server of the chosen account, and its label ("name@server"). Raises BadInput."""
    label = account_of(fields)
    server = label.rpartition("@")[2].lower()
    if "@" not in label or not server or any(sign in server for sign in "/?#: "):
        raise BadInput(
            text("This is no account of Mastodon."),
            text("Nothing was added."),
            text("Choose one of your accounts, or log in to one in Settings first."),
        )
    return server, label


def asking(login: Login, right: str, http: HttpClient, cancel: CancelToken) -> Ask:
    """How to ask as this account. Raises NotLoggedIn where its login has ended or lacks the right."""
    if login.account.scopes and right not in login.account.scopes:
        raise lacks_right(right)
    ask_aside = asking_aside(login, http, cancel)

    def ask(url: str) -> HttpResponse:
        answer = ask_aside(url)
        words = words_of(answer) if answer.status == 403 else ""  # a wall's page has none
        if "scope" in words.lower():
            raise lacks_right(right, answer)
        if words:  # "Your login is currently disabled"
            raise login_ended(answer)
        return answer

    return ask


def asking_aside(login: Login, http: HttpClient, cancel: CancelToken) -> Ask:
    """The same for what is good to know but not needed: only a login that has ended is told. A server
    also refuses single posts, of people who have blocked the account."""
    headers = {"Authorization": f"Bearer {login.secret['token']}", "Accept": "application/json"}

    def ask(url: str) -> HttpResponse:
        answer = http.get(url, cancel=cancel, headers=headers)
        if answer.status == 401:
            raise login_ended(answer)
        return answer

    return ask


def question(address: str) -> str:
    """What is asked of the server: the address without the account."""
    return address.partition("#")[0]
