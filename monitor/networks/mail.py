"""A mailbox (IMAP over TLS): the way in to networks that are closed to small firms but write e-mails.

Logging in is all there is: nothing is sent, nothing in the mailbox is changed. The HTTP client that
every network is given is not used. The account's handle is the user name; its server is the domain of
that address, or the mail server's name where the user name is no address.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.imap import PORT, ImapClient, Mailbox
from monitor.infra.imap_errors import LoginRefused, told
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks.answers import unusable_target
from monitor.networks.base import Door, NetworkInfo, NotLoggedIn, Question, Sent, Way
from monitor.networks.login_calls import NOTHING_CHANGED
from monitor.text import Text, text

_HOST = re.compile(r"(?!.*\.\.)[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_LONGEST = 500
_KEPT = text("Nothing already collected is lost.")


class Mail:
    info = NetworkInfo(
        network="mail",
        label=text("Mailbox (IMAP)"),
        way=Way.SECRET,
        questions=(
            Question("user", text("User name"), example="lea@example.org"),
            Question(
                "password",
                text("App password"),
                secret=True,
                hint=text(
                    "Where the mailbox has a second factor, its own password is refused: "
                    "make an app password in your provider's settings."
                ),
            ),
            Question("server", text("Mail server"), example="imap.example.org"),
            Question("port", text("Port"), example=str(PORT), required=False, default=str(PORT)),
        ),
        how=text(
            "Vigie reads only the networks' notices in this mailbox, over an encrypted connection, and "
            "changes nothing there. Outlook.com and Microsoft 365 take no passwords from programs: let "
            "them redirect the notices to another mailbox."
        ),
        steps=(
            text("In your mailbox, let a rule move the networks' notices into a folder."),
            text("Make an app password in your provider's settings."),
            text("Type it here, with the names that your provider's help tells under “IMAP”."),
        ),
        sends=False,
    )

    def __init__(self, imap: ImapClient) -> None:
        self._imap = imap

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        raise NotImplementedError("A mailbox is entered with an app password")

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        """Raises BadInput, NotLoggedIn for a wrong password or one that a second factor guards,
        SourceError where the server cannot be asked or is no mail server."""
        host, port = _server(answers)
        user, password = answers.get("user", "").strip(), answers.get("password", "").strip()
        if not user or not user.isprintable() or "#" in user or len(user) > _LONGEST:
            raise _unusable(text("“{user}” cannot be a user name.", user=user[:100]))
        if not password or not password.isprintable() or len(password) > _LONGEST:
            raise _unusable(text("This cannot be the password."))
        domain = user.rpartition("@")[2].lower()
        own = domain if "@" in user and _HOST.fullmatch(domain) else host
        secret = {"host": host, "port": str(port), "user": user, "password": password}
        login = Login(Account(0, "mail", own, user), secret)
        try:
            with self._imap.opened(host, port, user, password, cancel=cancel) as mailbox:
                mailbox.folders()
        except LoginRefused as error:
            raise _let_nobody_in(host, error.words) from None
        return login

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
        """An app password is taken back by the person, in the provider's settings."""

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        return {}

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        return ReplyLimits(len(text), 0)

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        raise unusable_target()

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        return None


NETWORK = Mail(ImapClient())


@contextlib.contextmanager
def mailbox_of(login: Login, imap: ImapClient, cancel: CancelToken) -> Iterator[Mailbox]:
    """The account's mailbox, until the block ends. Raises NotLoggedIn, SourceError or Cancelled."""
    secret = login.secret
    host, port = secret["host"], int(secret["port"])
    try:
        with imap.opened(host, port, secret["user"], secret["password"], cancel=cancel) as mailbox:
            yield mailbox
    except LoginRefused as error:
        raise NotLoggedIn(
            told(text("The mail server {host} refused the login.", host=host), error.words),
            _KEPT,
            text("Log in again in Settings, with a new app password: the source then goes on."),
        ) from None


def _server(answers: Mapping[str, str]) -> tuple[str, int]:
    typed = answers.get("server", "").strip()
    named, _, behind = typed.lower().rpartition("://")[2].strip("/").partition(":")
    port = behind or answers.get("port", "").strip() or str(PORT)
    try:
        host = named.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise _unusable(text("“{typed}” is not the name of a mail server.", typed=typed[:100]))
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise _unusable(text("“{port}” is not a port.", port=port[:20]))
    return host, int(port)


def _unusable(title: Text) -> BadInput:
    return BadInput(
        title,
        NOTHING_CHANGED,
        text("Your provider's help names server, port and user name under “IMAP”."),
    )


def _let_nobody_in(host: str, words: str) -> NotLoggedIn:
    return NotLoggedIn(
        told(text("{host} does not accept this user name and password.", host=host), words),
        NOTHING_CHANGED,
        text(
            "Check both. With a second factor, or at Gmail, Yahoo and iCloud, only an app password is "
            "taken; IMAP may have to be switched on in the mailbox's settings first."
        ),
    )
