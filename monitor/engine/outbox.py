"""Sends replies: one thread with a client of its own. Nothing leaves without a person's click.

A row is committed as "sending" before its request leaves. Whatever was tried once is looked for at
the network before it is tried again, so no reply is published twice.
"""

from __future__ import annotations

import logging
import queue
import threading
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from getpass import getuser
from typing import Protocol, TypeVar

from monitor.engine.bus import Bus
from monitor.engine.store_threads import StoreThreads
from monitor.errors import BadInput, Cancelled, ProfileError, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.events import MentionsChanged, Problem, SendingsChanged
from monitor.model.outgoing import Sending, SendingState
from monitor.networks.base import Network, NoAnswer, NotLoggedIn, Sent
from monitor.store.reader import Reader
from monitor.store.sending_rows import Outcome
from monitor.text import Text, text

LONGEST_WAIT = 60.0
"""Seconds until the outbox looks at the clock again, which may have been set or have slept."""

_KEPT = text("Your text is kept.")
_LOOK = text("Press “Look again”: the network is asked whether it is there.")
_ONLINE = text("Check that this computer is online, then send it again.")
_ONLINE_TO_LOOK = text("Check that this computer is online, then look again.")
_log = logging.getLogger(__name__)

Job = Callable[[HttpClient], None]
Found = TypeVar("Found")


class LoginOf(Protocol):
    """May ask the network and the keyring; raises VigieError where nobody is logged in. `refused` is a
    login that the network has just refused."""

    def __call__(
        self,
        account_id: int,
        http: HttpClient,
        cancel: CancelToken,
        refused: Login | None = None,
        /,
    ) -> Login: ...


class Outbox:
    """`lost_login` is told of an account whose login the network refused.

    `undo_seconds` is how long a reply waits after the click. Every method may be called from any
    thread and returns at once, `stop` excepted.
    """

    def __init__(
        self,
        store: StoreThreads,
        bus: Bus,
        clock: Clock,
        make_client: Callable[[], HttpClient],
        login_of: LoginOf,
        lost_login: Callable[[int], None],
        network_of: Callable[[str], Network],
        undo_seconds: Callable[[], float],
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._make_client = make_client
        self._login_of = login_of
        self._lost_login = lost_login
        self._network_of = network_of
        self._undo_seconds = undo_seconds
        self._cancel = CancelToken()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._rules: dict[int, Mapping[str, int]] = {}
        self._thread = threading.Thread(target=self._run, name="send", daemon=True)

    # -- life ------------------------------------------------------------------------------
    def start(self) -> None:
        """What was being sent when the program ended is unknown now; what waited goes on waiting."""
        why = text("The program ended while this reply was being sent.")
        self._store.write(lambda writer: writer.give_up_unfinished_sendings(why, _LOOK)).result()
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """End the request in flight. Blocking at most `timeout` seconds."""
        self._cancel.cancel()
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout)

    # -- what a person asks for --------------------------------------------------------------
    def queue(
        self, mention_id: int, account_id: int, words: str, language: str, reply_to: str
    ) -> Future[Sending]:
        """The sending, waiting until its `due_at`. Raises BadInput: too many today, one under way."""
        now = self._clock.now()
        sending = Sending(
            id=0,
            mention_id=mention_id,
            account_id=account_id,
            key=uuid.uuid4().hex,
            text=words,
            language=language,
            reply_to=reply_to,
            state=SendingState.WAITING,
            due_at=now + timedelta(seconds=self._undo_seconds()),
            created_at=now,
            clicked_by=_user(),
        )
        queued = self._store.write(lambda writer: writer.queue_sending(sending, now))
        queued.add_done_callback(lambda done: self._changed(mention_id, done))
        return queued

    def take_back(self, sending_id: int) -> Future[bool]:
        """Whether it could be: not what is on its way already."""
        taken = self._store.write(lambda writer: writer.take_back_sending(sending_id))
        taken.add_done_callback(lambda _: self._tell(sending_id))
        return taken

    def look_again(self, sending_id: int) -> Future[Sending]:
        """Ask the network what became of an unknown one: the sending, sent or failed. Raises NoAnswer
        when that cannot be known yet, and what the login raises."""
        future: Future[Sending] = Future()

        def look(client: HttpClient) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(self._look_again(sending_id, client))
            except VigieError as error:
                future.set_exception(error)
            except Exception as error:
                _log.exception("looking for a reply failed")
                future.set_exception(error)

        self._jobs.put(look)
        return future

    def learn_rules(self, account_id: int) -> None:
        """Ask once what the account's own server allows; `rules_of` knows it some moments later."""
        if account_id in self._rules:
            return
        self._rules[account_id] = {}

        def learn(client: HttpClient) -> None:
            try:
                login = self._login_of(account_id, client, self._cancel)
                network = self._network_of(login.account.network)
                self._rules[account_id] = network.rules(login, client, self._cancel)
            except Exception as error:
                if not isinstance(error, VigieError):
                    _log.exception("what a server allows could not be read")
                self._rules.pop(account_id, None)  # asked again the next time
            else:
                self._bus.publish(SendingsChanged())

        self._jobs.put(learn)

    def rules_of(self, account_id: int) -> Mapping[str, int]:
        return self._rules.get(account_id, {})

    # -- the thread --------------------------------------------------------------------------
    def _run(self) -> None:
        client = self._make_client()
        while not self._cancel.cancelled:
            try:
                wait = self._send_due(client)
            except Cancelled:
                break
            except VigieError as error:
                self._bus.publish(Problem(error.title, error.message, error.hint))
                wait = LONGEST_WAIT
            except Exception:
                _log.exception("the outbox failed")
                wait = LONGEST_WAIT
            try:
                job = self._jobs.get(timeout=wait)
            except queue.Empty:
                continue
            if job is None:
                break
            job(client)
        client.close()

    def _send_due(self, client: HttpClient) -> float:
        """Send what is due; the seconds until something may be."""
        while (sending := self._store.read(Reader.next_waiting_sending).result()) is not None:
            wait = (sending.due_at - self._clock.now()).total_seconds()
            if wait > 0:
                return min(wait, LONGEST_WAIT)
            self._cancel.check()
            self._send(sending, client)
        return LONGEST_WAIT

    def _send(self, sending: Sending, client: HttpClient) -> None:
        now = self._clock.now()
        if not self._store.write(lambda writer: writer.claim_sending(sending.id, now)).result():
            return
        self._tell_of(sending)
        try:
            outcome = self._attempt(sending, client)
        except (NoAnswer, Cancelled) as error:
            outcome = Outcome(SendingState.UNKNOWN, error=error.title, hint=_LOOK)
        except VigieError as error:  # refused, or not even asked
            told = _for_a_person(error, _ONLINE)
            outcome = Outcome(SendingState.FAILED, error=told.title, hint=told.hint)
        except Exception:
            _log.exception("sending a reply failed")
            outcome = Outcome(
                SendingState.UNKNOWN, error=text("Something unexpected went wrong."), hint=_LOOK
            )
        self._finish(sending, outcome)

    def _attempt(self, sending: Sending, client: HttpClient) -> Outcome:
        if sending.attempted_at is not None:
            try:
                found = self._look(sending, client)
            except (NoAnswer, Cancelled):
                raise
            except VigieError as error:  # as long as it cannot be asked, nobody knows
                raise NoAnswer(error.title, error.message, _LOOK) from error
            if found is not None:
                return _sent(found)
        publish = partial(self._publish, sending, client)
        return _sent(self._logged_in(sending.account_id, client, publish))

    def _publish(
        self, sending: Sending, client: HttpClient, login: Login, network: Network
    ) -> Sent:
        for earlier in self._unknown_before(sending):
            self._settle(earlier, login, network, client)
        return network.send(login, sending, client, self._clock.now(), self._cancel)

    def _look(self, sending: Sending, client: HttpClient) -> Sent | None:
        def find(login: Login, network: Network) -> Sent | None:
            return network.find(login, sending, client, self._clock.now(), self._cancel)

        return self._logged_in(sending.account_id, client, find)

    def _logged_in(
        self, account_id: int, client: HttpClient, ask: Callable[[Login, Network], Found]
    ) -> Found:
        """What `ask` finds with the account's login. Where the network refuses that one, which is sure to
        have changed nothing, once more with a fresh one: this computer's clock may be wrong."""
        login = self._login_of(account_id, client, self._cancel)
        network = self._network_of(login.account.network)
        try:
            try:
                return ask(login, network)
            except NotLoggedIn:
                fresh = self._login_of(account_id, client, self._cancel, login)
                if fresh.secret == login.secret:
                    raise
                return ask(fresh, network)
        except NotLoggedIn:
            self._lost_login(account_id)
            raise

    def _unknown_before(self, sending: Sending) -> tuple[Sending, ...]:
        mention_id = sending.mention_id
        if mention_id is None:
            return ()
        known = self._store.read(lambda reader: reader.sendings(mention_id)).result()
        return tuple(
            one
            for one in known
            if one.id != sending.id
            and one.account_id == sending.account_id
            and one.state is SendingState.UNKNOWN
        )

    def _settle(
        self,
        earlier: Sending,
        login: Login,
        network: Network,
        client: HttpClient,
    ) -> None:
        """Find out about an earlier reply in other words. Raises BadInput where this one must wait."""
        try:
            found = network.find(login, earlier, client, self._clock.now(), self._cancel)
        except NoAnswer as error:
            raise BadInput(
                text("It is not known whether your earlier reply was published."),
                text("This one was not sent, so that nobody gets two."),
                error.hint,
            ) from error
        self._finish(earlier, _sent(found) if found is not None else _not_there())
        if found is not None:
            raise BadInput(
                text("Your earlier reply was published after all."),
                text("This one was not sent, so that nobody gets two."),
                text("Send it again if the person is to get both."),
            )

    def _look_again(self, sending_id: int, client: HttpClient) -> Sending:
        sending = self._store.read(lambda reader: reader.sending(sending_id)).result()
        if sending is None:
            raise BadInput(
                text("This reply is not known any more."), _KEPT, text("Look at the list again.")
            )
        if sending.state is not SendingState.UNKNOWN:
            return sending
        try:
            found = self._look(sending, client)
        except SourceError as error:
            raise _for_a_person(error, _ONLINE_TO_LOOK) from error
        self._finish(sending, _sent(found) if found is not None else _not_there())
        known = self._store.read(lambda reader: reader.sending(sending_id)).result()
        return known or sending

    def _finish(self, sending: Sending, outcome: Outcome) -> None:
        now = self._clock.now()
        written = self._store.write(lambda writer: writer.finish_sending(sending.id, outcome, now))
        try:
            answered = written.result()
        except ProfileError:
            # The row stays "sending", and is unknown at the next start: never sent again by itself.
            _log.exception("how sending %d went could not be stored", sending.id)
            raise
        if answered:
            self._bus.publish(MentionsChanged(changed_ids=answered))
        self._tell_of(sending)

    # -- telling -----------------------------------------------------------------------------
    def _changed(self, mention_id: int, done: Future[Sending]) -> None:
        if done.exception() is None:
            self._bus.publish(SendingsChanged((mention_id,)))
            self._jobs.put(_nothing)  # look at the clock again

    def _tell(self, sending_id: int) -> None:
        def told(done: Future[Sending | None]) -> None:
            sending = done.result() if done.exception() is None else None
            if sending is not None:
                self._tell_of(sending)

        self._store.read(lambda reader: reader.sending(sending_id)).add_done_callback(told)

    def _tell_of(self, sending: Sending) -> None:
        mention_id = sending.mention_id
        self._bus.publish(SendingsChanged(() if mention_id is None else (mention_id,)))


def _nothing(_client: HttpClient) -> None:
    """A job that only wakes the thread."""


def _sent(found: Sent) -> Outcome:
    return Outcome(SendingState.SENT, native_id=found.native_id, url=found.url)


def _not_there() -> Outcome:
    return Outcome(
        SendingState.FAILED,
        error=text("The reply was not published: it is surely not there."),
        hint=text("Send it again when you like."),
    )


def _for_a_person(error: VigieError, hint: Text) -> VigieError:
    """The same failure; where no answer came, with this hint: unlike a source, a reply is not tried again
    by itself."""
    if not isinstance(error, SourceError) or error.status:
        return error
    return SourceError(error.title, error.message, hint)


def _user() -> str:
    """The system's name of who clicked; "" where it has none."""
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""
