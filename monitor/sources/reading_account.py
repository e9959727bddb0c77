"""Reading with the person's account: the field that asks for it, and what a refused login means. Pure.

The account's label is the last part of a source's address, behind the "#".
"""

from __future__ import annotations

from collections.abc import Mapping

from monitor.errors import BadInput
from monitor.infra.http import HttpResponse
from monitor.networks.base import NotLoggedIn
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import words_of
from monitor.sources.base import ACCOUNT, Field
from monitor.text import Text, text

ACCOUNT_FIELD = Field(ACCOUNT, text("Account"), account=True)

_KEPT = text("Nothing already collected is lost.")
_AGAIN = text("Log in again in Settings: the source then goes on by itself.")


def account_of(fields: Mapping[str, str]) -> str:
    """The label of the account that was chosen. Raises BadInput without one."""
    label = fields.get(ACCOUNT, "").strip()
    if not label or "#" in label or not label.isprintable():
        raise BadInput(
            text("No account was chosen."),
            text("Nothing was added."),
            text("Choose one of your accounts, or log in to one in Settings first."),
        )
    return label


def account_in(address: str) -> str:
    """The account's label in a source's address; "" where there is none."""
    return parts_of(address).fragment


def login_ended(answer: HttpResponse) -> NotLoggedIn:
    """The network no longer takes the login, in its own words."""
    return NotLoggedIn(
        _told(text("The network does not accept this account's login any more."), answer),
        _KEPT,
        _AGAIN,
    )


def lacks_right(right: str, answer: HttpResponse | None = None) -> NotLoggedIn:
    """The login is good, but not for this. `right` is in the network's own words ("read:search")."""
    return NotLoggedIn(
        _told(text("This account's login lacks a right: {right}.", right=right), answer),
        _KEPT,
        text(
            "Log in again in Settings and agree to all rights: the source then goes on by itself."
        ),
    )


def _told(title: Text, answer: HttpResponse | None) -> Text:
    words = words_of(answer) if answer else ""
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title
