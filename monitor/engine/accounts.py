"""The person's accounts: logging in and out, and the login of one for those who read or send with it.

The store knows the accounts, the keyring their logins, the networks both ends of them. Blocking
methods belong to a thread that may wait; the others return a future at once.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.engine import account_words
from monitor.engine.account_choice import readers
from monitor.engine.account_secrets import AccountSecrets
from monitor.engine.background import in_background
from monitor.engine.bus import Bus
from monitor.engine.spending import Spending
from monitor.engine.store_threads import StoreThreads
from monitor.errors import SecretsUnavailable, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.catalogue import load_catalogue
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.infra.language import system_language
from monitor.infra.loopback_login import LoopbackLogin
from monitor.model.account import MOST_A_DAY, Account, AccountState, Login
from monitor.model.account_form import AccountForm
from monitor.model.events import AccountsChanged, Problem, SourcesChanged
from monitor.model.source_form import FormField
from monitor.networks.base import REDIRECT, Network, NotLoggedIn, Way
from monitor.networks.registry import networks
from monitor.sources.base import Access
from monitor.store.reader import Reader
from monitor.store.records import PollingState
from monitor.store.writer import Writer
from monitor.text import Text

NOTICE = timedelta(days=3)
"""How long before the end of a login the person is told: a weekend. Some last a week in all."""

_log = logging.getLogger(__name__)

Opener = Callable[[str], object]
"""Shows the person an address, best in the browser. Called in a thread of its own: it may wait."""


class Accounts:
    """Safe from any thread. `language` is that of the page in the browser, "" the system's; `placed` gives sources whose state
    changed in the store their place with the scheduler; `hear`, in the writer thread, is told that an
    account came or went."""

    def __init__(
        self,
        store: StoreThreads,
        bus: Bus,
        clock: Clock,
        tokens: set[CancelToken],
        make_client: Callable[[], HttpClient],
        language: Callable[[], str],
        placed: Callable[[Sequence[PollingState]], None],
        hear: Callable[[Writer], None],
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._tokens = tokens
        self._make_client = make_client
        self._language = language
        self._placed = placed
        self._hear = hear
        self._secrets = AccountSecrets()
        # Two renewals of one login at once would each make the other's worthless.
        self._turns: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)

    def forms(self) -> Future[tuple[AccountForm, ...]]:
        """Of every network one can log in at."""

        def forms(_cancel: CancelToken) -> tuple[AccountForm, ...]:
            return tuple(_form(network) for network in networks().values())

        return in_background("account-forms", forms, self._tokens)

    def all(self) -> Future[tuple[Account, ...]]:
        """In the order they were added."""
        return self._store.read(Reader.accounts)

    # -- in and out ------------------------------------------------------------------------
    def log_in(self, network: str, answers: Mapping[str, str], opener: Opener) -> Future[Account]:
        """As Service.login."""

        def work(cancel: CancelToken) -> Account:
            known = networks().get(network)
            if known is None:
                raise account_words.unknown_network(network)
            self._secrets.check()
            http = self._make_client()
            try:
                login = self._entered(known, answers, opener, http, cancel)
                return self._keep(known, login, http)
            except SourceError as error:
                raise account_words.not_reached(error) from error
            finally:
                http.close()

        return in_background("login", work, self._tokens)

    def set_daily_cap(self, account_id: int, cap: int) -> Future[None]:
        """As Service.set_daily_cap."""

        def change(writer: Writer) -> None:
            if not 1 <= cap <= MOST_A_DAY:
                raise account_words.no_such_cap(MOST_A_DAY)
            if not writer.set_daily_cap(account_id, cap):
                raise account_words.no_account()
            self._bus.publish(AccountsChanged())

        return self._store.write(change)

    def lend(self, login: Login) -> None:
        """That of the demonstration's account: remembered while the program runs, stored nowhere."""
        self._secrets.lend(login)
        self._store.write(self._hear)
        self._bus.publish(AccountsChanged())

    def remove(self, account_id: int) -> Future[Text | None]:
        """As Service.remove_account."""
        return in_background(
            "remove-account", lambda cancel: self._remove(account_id, cancel), self._tokens
        )

    def _entered(
        self,
        network: Network,
        answers: Mapping[str, str],
        opener: Opener,
        http: HttpClient,
        cancel: CancelToken,
    ) -> Login:
        if network.info.way is Way.SECRET:
            return network.enter(answers, {}, {}, http, self._clock.now(), cancel)
        catalogue = load_catalogue(self._language() or system_language())
        registered = _registered(network, answers)
        with LoopbackLogin(lambda words: words.render(catalogue), registered) as way_back:
            door = network.open(answers, way_back.redirect, http, cancel)
            # A browser in a terminal returns only when the person leaves it.
            threading.Thread(target=opener, args=(door.url,), name="browser", daemon=True).start()
            back = way_back.wait(cancel)
        if back is None:
            raise account_words.nobody_came_back()
        return network.enter(answers, back, door.kept, http, self._clock.now(), cancel)

    def _keep(self, network: Network, login: Login, http: HttpClient) -> Account:
        """Store the account and its login, or neither."""
        now = self._clock.now()
        account = replace(login.account, state=_state(login.account.expires_at, now))
        stored, was_there = self._store.write(lambda w: w.add_account(account, now)).result()
        fresh = Login(stored, login.secret)
        with self._turns[stored.id]:
            try:
                before = self._secrets.login_of(stored) if was_there else None
                self._secrets.keep(fresh)
            except SecretsUnavailable:
                if not was_there:
                    self._store.write(lambda w: w.forget_account(stored.id, now)).result()
                network.leave(fresh, http, CancelToken())
                raise
        replaced = before is not None and before.secret != fresh.secret
        if before is not None and replaced and not network.info.one_grant:
            _revoke(network, before, http, CancelToken())
        states = self._store.read(Reader.all_polling_states).result()
        ids = readers(stored, [state.source for state in states])
        self._store.write(self._hear).result()
        self._tell_sources(self._store.write(lambda w: w.resume_sources(stored.id, ids)).result())
        self._bus.publish(AccountsChanged())
        return stored

    def _remove(self, account_id: int, cancel: CancelToken) -> Text | None:
        account = self._store.read(lambda reader: reader.account(account_id)).result()
        if account is None:
            return None
        note = self._leave(account, cancel)
        why, hint = account_words.removed(account)
        now = self._clock.now()
        stopped = self._store.write(lambda w: w.remove_account(account_id, now, why, hint))
        self._store.write(self._hear).result()
        self._tell_sources(stopped.result())
        self._bus.publish(AccountsChanged())
        return note

    def _leave(self, account: Account, cancel: CancelToken) -> Text | None:
        """Revoke and forget; what the person must do themselves where that cannot be done."""
        network = networks().get(account.network)
        http = self._make_client()
        try:
            with self._turns[account.id]:
                login = self._secrets.login_of(account)
                if login is not None and network is not None:
                    _revoke(network, login, http, cancel)
                self._secrets.forget(account.id)
        except SecretsUnavailable:
            return account_words.not_forgotten(account)
        finally:
            http.close()
        return None

    # -- for those who read and send -------------------------------------------------------
    def access(
        self,
        account_id: int,
        http: HttpClient,
        cancel: CancelToken,
        refused: Login | None = None,
    ) -> Access:
        """What a source reads with. As `login_of`."""
        login = self.login_of(account_id, http, cancel, refused)
        return Access(login, Spending(self._store, self._clock, account_id))

    def login_of(
        self,
        account_id: int,
        http: HttpClient,
        cancel: CancelToken,
        refused: Login | None = None,
    ) -> Login:
        """A login that is good now, renewed where need be. Blocking, network perhaps. `refused` is
        one the network has just refused, though its end has not come: this computer's clock may lie.

        Raises NotLoggedIn when the person must log in again (the account's state says so then),
        SecretsUnavailable, SourceError when the network cannot be reached, Cancelled.
        """
        account = self._store.read(lambda reader: reader.account(account_id)).result()
        network = networks().get(account.network) if account is not None else None
        if account is None or network is None:
            raise account_words.no_account()
        with self._turns[account_id]:
            login = self._secrets.login_of(account)
            if login is None:
                self.lost_login(account_id)
                raise account_words.no_login(account)
            try:
                good = network.renew(
                    login,
                    http,
                    self._clock.now(),
                    cancel,
                    refused=refused is not None and refused.secret == login.secret,
                )
                if good.secret != login.secret:
                    self._secrets.keep_renewed(good)
            except NotLoggedIn:
                # Another process may have renewed it just now, which ended the one we had.
                there = self._secrets.login_of(account)
                if there is None or there.secret == login.secret:
                    self.lost_login(account_id)
                    raise
                good = there
        self._set_state(good.account, _state(good.account.expires_at, self._clock.now()))
        return good

    def lost_login(self, account_id: int) -> None:
        """The network refused it (401): the account needs the person from now on. Blocking, store."""
        account = self._store.read(lambda reader: reader.account(account_id)).result()
        if account is not None:
            self._set_state(account, AccountState.NEEDS_LOGIN)

    def look_at_ends(self, accounts: Sequence[Account]) -> None:
        """Announce the logins that end soon, once each. Returns at once; any thread."""
        now = self._clock.now()
        for account in accounts:
            state = _state(account.expires_at, now)
            if account.state is AccountState.NEEDS_LOGIN or state in (
                AccountState.READY,
                account.state,
            ):
                continue
            self._announce(account, state)

    def _announce(self, account: Account, state: AccountState) -> None:
        told = account_words.ends(account, over=state is AccountState.NEEDS_LOGIN)

        def tell(done: Future[bool]) -> None:
            if done.exception() is None and done.result():
                self._bus.publish(AccountsChanged())
                self._bus.publish(Problem(*told))

        self._store.write(
            lambda w: w.set_account_state(account.id, state, account.expires_at)
        ).add_done_callback(tell)

    def _set_state(self, account: Account, state: AccountState) -> None:
        changed = self._store.write(
            lambda w: w.set_account_state(account.id, state, account.expires_at)
        )
        if changed.result():
            self._bus.publish(AccountsChanged())

    def _tell_sources(self, ids: tuple[int, ...]) -> None:
        if not ids:
            return
        states = self._store.read(Reader.all_polling_states).result()
        self._placed([state for state in states if state.source.id in ids])
        self._bus.publish(SourcesChanged(ids))


def _revoke(network: Network, login: Login, http: HttpClient, cancel: CancelToken) -> None:
    """Whatever a kept login lacks (an older version may have written it), it can be forgotten."""
    try:
        network.leave(login, http, cancel)
    except VigieError:
        raise
    except Exception:
        _log.exception("a login could not be revoked")


def _state(expires_at: datetime | None, now: datetime) -> AccountState:
    if expires_at is None or expires_at > now + NOTICE:
        return AccountState.READY
    return AccountState.ENDING if expires_at > now else AccountState.NEEDS_LOGIN


def _registered(network: Network, answers: Mapping[str, str]) -> str:
    """The one address the network sends the browser back to; "" where any will do."""
    usual = next((one.default for one in network.info.questions if one.key == REDIRECT), "")
    return (answers.get(REDIRECT, "").strip() or usual) if usual else ""


def _form(network: Network) -> AccountForm:
    info = network.info
    return AccountForm(
        network=info.network,
        label=info.label,
        in_browser=info.way is Way.BROWSER,
        fields=tuple(
            FormField(
                question.key,
                question.label,
                example=question.example,
                secret=question.secret,
                required=question.required,
                default=question.default,
                hint=question.hint,
            )
            for question in info.questions
        ),
        how=info.how,
        steps=info.steps,
        page=info.page,
        sends=info.sends,
    )
