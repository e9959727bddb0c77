"""What every network with accounts provides, and what it is given. No I/O here.

A new network is ONE new file in this folder with `NETWORK`, an object that satisfies `Network`. The
registry finds it, the form of accounts draws its fields, the contract test runs it. A network never
retries: after a request that may have arrived, only `find` tells whether it did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.text import Text


class Way(StrEnum):
    """How one logs in."""

    BROWSER = "browser"  # the person agrees in the browser, the network calls our loopback address
    SECRET = "secret"  # an app password or a token, pasted  # noqa: S105 - no password


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the login form. Secret answers are never stored but in the keyring."""

    key: str
    label: Text
    example: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    hint: Text | None = None


REDIRECT = "redirect"
"""The key of the question for the address on this computer that was registered with the network, where
it sends the browser nowhere else. Without this question the login comes back at any free port."""


@dataclass(frozen=True, slots=True)
class NetworkInfo:
    """`how` says in a sentence or two what the login is, `steps` in order what the person does to get
    what is asked; `page` is where the network gives it out (https), "" where every server has its own.
    `spacing`: host -> least seconds between two requests. `own_server_only`: an account
    answers nothing but what stands on its own server. `one_grant`: revoking any login of a person ends
    all of them, so that one which another replaces must not be revoked."""

    network: str
    label: Text
    way: Way
    questions: tuple[Question, ...]
    how: Text
    steps: tuple[Text, ...] = ()
    page: str = ""
    sends: bool = True
    spacing: Mapping[str, float] = field(default_factory=dict)
    own_server_only: bool = False
    one_grant: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """What the browser opens, and what must be remembered until it comes back. `kept` is secret."""

    url: str
    kept: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a published reply became."""

    native_id: str
    url: str


class Refused(VigieError):
    """The network refused the reply, in its own words: nothing was published."""


class NotLoggedIn(VigieError):
    """The login is wrong, ended, was taken back, or lacks a right. Nothing was published."""


class NoAnswer(VigieError):
    """The request may have arrived: nobody knows whether the reply was published."""


class Network(Protocol):
    """Stateless; called from any thread but the GUI's. Raises the three errors above, SourceError for
    what fails before anything was sent, BadInput for a form's fault, Cancelled."""

    info: NetworkInfo

    def open(
        self, answers: Mapping[str, str], redirect: str, http: HttpClient, cancel: CancelToken
    ) -> Door:
        """Way.BROWSER: register where needed, make PKCE and state; the page to open. `redirect` is
        our loopback address."""
        ...

    def enter(
        self,
        answers: Mapping[str, str],
        back: Mapping[str, str],
        kept: Mapping[str, str],
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Login:
        """Trade what came back from the browser (`back`: its query) or the pasted answers for a login,
        and ask who it is. State that does not fit raises NotLoggedIn."""
        ...

    def renew(
        self,
        login: Login,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
        *,
        refused: bool = False,
    ) -> Login:
        """The login itself while it is good; a fresh one when it ends soon and can be renewed.

        `refused`: the network has just refused it, so that it is renewed whatever its end says (this
        computer's clock may be wrong); the login itself where it cannot be renewed.
        """
        ...

    def leave(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        """Revoke at the network, where it can; failing is no error."""
        ...

    def rules(self, login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
        """What the account's own server allows where it differs from the network's usual; asked once
        while the program runs, and handed to `limits`. {} where there is nothing to ask."""
        ...

    def limits(
        self, account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
    ) -> ReplyLimits:
        """Counted as the network counts; `rules` as the server told them. Pure."""
        ...

    def send(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent:
        """Publish the reply, once. The same `sending.key` twice never publishes twice where the network
        knows keys. Raises Refused, NotLoggedIn or NoAnswer."""
        ...

    def find(
        self, login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Sent | None:
        """Our own reply, looked for at the network; None when it surely is not there. Raises NoAnswer
        when that cannot be known."""
        ...
