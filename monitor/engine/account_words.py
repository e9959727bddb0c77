"""What a person is told of their accounts. Pure."""

from __future__ import annotations

from monitor.errors import BadInput, SourceError
from monitor.model.account import Account
from monitor.networks.base import NotLoggedIn
from monitor.text import Text, text

_NOTHING = text("Nothing was changed.")
_LOG_IN = text("Log in again under Settings, Accounts.")


def unknown_network(name: str) -> BadInput:
    return BadInput(
        text("There is no network “{name}” to log in at.", name=name[:100]),
        _NOTHING,
        text("Choose one of those that are offered."),
    )


def nobody_came_back() -> NotLoggedIn:
    return NotLoggedIn(
        text("The browser did not come back within 5 minutes."),
        _NOTHING,
        text("Start the login again, and agree in the page that it opens."),
    )


def not_reached(error: SourceError) -> SourceError:
    """The same failure for what is no source: nobody tries again by itself."""
    return SourceError(
        error.title,
        _NOTHING,
        text("Check what you entered and that this computer is online, then try again."),
        action=error.action,
        retry_at=error.retry_at,
        whole_host=error.whole_host,
        status=error.status,
    )


def no_account() -> NotLoggedIn:
    return NotLoggedIn(text("This account was removed."), _NOTHING, _LOG_IN)


def no_such_cap(most: int) -> BadInput:
    return BadInput(
        text("That is no number of replies a day."),
        _NOTHING,
        text("Choose one from 1 to {most}.", most=most),
    )


def no_login(account: Account) -> NotLoggedIn:
    return NotLoggedIn(
        text("The login of {who} is not in the keyring.", who=account.handle), _NOTHING, _LOG_IN
    )


def removed(account: Account) -> tuple[Text, Text]:
    """For its sources: what happened, and what to do."""
    return (
        text("The account it reads with, {who}, was removed.", who=account.handle),
        text("Log in again under Settings, Accounts, or remove this source."),
    )


def not_forgotten(account: Account) -> Text:
    return text(
        "The login of {who} could not be taken out of the keyring. Take Vigie’s permission back in "
        "the account’s settings on the network.",
        who=account.handle,
    )


def ends(account: Account, *, over: bool) -> tuple[Text, Text, Text]:
    """Title, message and hint."""
    title = (
        text("The login of {who} has ended.", who=account.handle)
        if over
        else text("The login of {who} ends in a few days.", who=account.handle)
    )
    return title, text("Without it Vigie can neither read nor answer there."), _LOG_IN
