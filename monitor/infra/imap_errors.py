"""The sentence for every way in which a mail server cannot be read. Pure."""

from __future__ import annotations

from monitor.errors import Action, SourceError, VigieError
from monitor.text import Text, text

_KEPT = text("Nothing already collected is lost.")
_AGAIN = text("It is tried again by itself.")


class LoginRefused(VigieError):
    """The server does not let this user in. `words` are its own, "" where it said nothing fit to be shown."""

    def __init__(self, host: str, words: str) -> None:
        super().__init__(
            told(text("{host} refused the login.", host=host), words),
            _KEPT,
            text("Check the user name, and use an app password where your provider has these."),
        )
        self.words = words


def not_encrypted(host: str, port: int) -> SourceError:
    return SourceError(
        text("{host} does not speak TLS on port {port}.", host=host, port=port),
        text("Nothing was sent there: no password leaves this computer unencrypted."),
        text("Use the port for encrypted IMAP, mostly 993. STARTTLS is not used."),
        action=Action.PAUSE,
    )


def no_mail_server(host: str) -> SourceError:
    return SourceError(
        text("{host} does not answer as a mail server (IMAP).", host=host),
        _KEPT,
        text("Check the server's name and port. It is tried again by itself."),
    )


def not_now(host: str, words: str) -> SourceError:
    """Too many connections, or out of order for now."""
    return SourceError(
        told(text("The mail server {host} takes no one in at the moment.", host=host), words),
        _KEPT,
        _AGAIN,
        whole_host=True,
    )


def refused(host: str, words: str) -> SourceError:
    return SourceError(
        told(text("The mail server {host} refuses to show this.", host=host), words), _KEPT, _AGAIN
    )


def too_much(host: str) -> SourceError:
    return SourceError(
        text("The mail server {host} sends more than was asked for.", host=host),
        text("It was not read to its end. Nothing already collected is lost."),
        _AGAIN,
    )


def told(what: Text, words: str) -> Text:
    return text("{what} It says: “{words}”.", what=what, words=words) if words else what
