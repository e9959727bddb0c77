"""Between the engine's threads and the GUI thread: events in, questions out. Decides nothing.

Everything here is called in the GUI thread, except `attach_later`, `fail_later` and what the
engine calls back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from monitor.errors import VigieError
from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from monitor.model.brand import Brand
from monitor.model.events import Event, Problem
from monitor.model.mention import (
    Correction,
    Counts,
    Draft,
    Mention,
    MentionDetail,
    MentionFilter,
    MentionKey,
    TriageState,
)
from monitor.model.outgoing import AuditEntry, ReplyLimits, Sending
from monitor.model.post import Post
from monitor.model.proposal import Exclusion, Proposal, Sampled
from monitor.model.reply import ReplyTemplate
from monitor.model.source import FoundFeed, ImportReport, Source, SourceStatus
from monitor.model.source_form import Filled, KindForm, Trial
from monitor.text import Catalogue, Text, text
from ui.callbacks import follow, held
from ui.gathering import merge

if TYPE_CHECKING:
    from monitor.engine.service import Service

T = TypeVar("T")
GATHER_MS = 30
"""Events of one burst are told together: a check of 40 sources redraws once, not 40 times."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Question:
    """A question on its way, and who waits for the answer."""

    future: Future[Any]
    on_result: Callable[[], Callable[[Any], object] | None]
    on_error: Callable[[], Callable[[VigieError], object] | None]


class Bridge(QObject):
    """The window's only way to the engine. Questions asked before the engine runs wait for it.

    `happened` carries one of monitor.model.events, gathered over GATHER_MS. `ready` says that the
    engine runs, `failed` (a VigieError) that it could not start. An error nobody handles becomes
    a Problem event.
    """

    happened = Signal(object)
    ready = Signal()
    failed = Signal(object)
    _arrived = Signal()
    _answered = Signal(object)
    _attached = Signal(object)
    _failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue: Catalogue = {}
        self._service: Service | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._early: list[Callable[[Service], None]] = []
        self._gathered: list[Event] = []
        self._open = True
        self._lock = threading.Lock()
        self._timer = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._timer.timeout.connect(self._tell)
        queued = Qt.ConnectionType.QueuedConnection
        self._arrived.connect(self._timer.start, queued)
        self._answered.connect(self._deliver, queued)
        self._attached.connect(self.attach, queued)
        self._failed.connect(self.failed, queued)

    # -- life ------------------------------------------------------------------------------
    def attach(self, service: Service) -> None:
        """Use this started engine from now on and ask it what was asked so far."""
        self._service = service
        self._unsubscribe = service.subscribe(self._on_engine_event)
        early, self._early = self._early, []
        for question in early:
            question(service)
        self.ready.emit()

    def attach_later(self, service: Service) -> None:
        """`attach`, from the thread that started the engine."""
        self._send(self._attached, service)

    def fail_later(self, error: VigieError) -> None:
        """Tell, from the thread that tried, that the engine could not start."""
        self._send(self._failed, error)

    @property
    def service(self) -> Service | None:
        """The engine, for the composition root; None until it runs."""
        return self._service

    def detach(self) -> None:
        """Hear nothing more. Before Qt goes down: a signal of a deleted object raises in the engine."""
        with self._lock:
            self._open = False
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._timer.stop()

    def say(self, words: Text) -> str:
        """A sentence of the engine in the language of the interface."""
        return words.render(self.catalogue)

    # -- asking ----------------------------------------------------------------------------
    def ask(
        self,
        future: Future[T],
        on_result: Callable[[T], object],
        on_error: Callable[[VigieError], object] | None = None,
    ) -> None:
        """Hand the future's result to `on_result` in the GUI thread, its VigieError to `on_error`.

        Methods, and partials of methods, are held weakly and not called once their object is
        gone; other callables are held until the answer. A cancelled future answers nobody.
        """
        question = _Question(future, held(on_result), held(on_error or self.report))
        future.add_done_callback(lambda _: self._send(self._answered, question))

    def tell(self, future: Future[Any]) -> None:
        """Run a command whose only answer of interest is its failure."""
        self.ask(future, _ignore)

    def _deliver(self, question: _Question) -> None:
        if not self._open:
            return
        try:
            result = question.future.result(timeout=0)
        except CancelledError:
            return
        except VigieError as error:
            if (on_error := question.on_error()) is not None:
                on_error(error)
        except Exception:
            _log.exception("the engine failed to answer")
            if (on_error := question.on_error()) is not None:
                on_error(_unexpected())
        else:
            if (on_result := question.on_result()) is not None:
                on_result(result)

    def report(self, error: VigieError) -> None:
        """Tell the person of an error that no view shows in its own place."""
        self.happened.emit(Problem(error.title, error.message, error.hint))

    def _later(self, call: Callable[[Service], Future[T]]) -> Future[T]:
        """The engine's future; before the engine runs, one that will follow it."""
        if self._service is not None:
            return call(self._service)
        promised: Future[T] = Future()
        self._early.append(lambda service: follow(promised, call(service)))
        return promised

    # -- events ----------------------------------------------------------------------------
    def _on_engine_event(self, event: Event) -> None:
        with self._lock:
            self._gathered.append(event)
            first = len(self._gathered) == 1
        if first:  # the others travel with it: crossing to another thread is dear
            self._send(self._arrived)

    def _send(self, signal: Any, *payload: object) -> None:
        with self._lock:
            if self._open and shiboken6.isValid(self):
                signal.emit(*payload)

    def _tell(self) -> None:
        with self._lock:
            gathered, self._gathered = self._gathered, []
        for event in merge(gathered):
            self.happened.emit(event)

    # -- the engine's methods, as monitor.engine.service documents them ----------------------
    def check_now(self, source_ids: Sequence[int] | None = None) -> None:
        if self._service is not None:
            self._service.check_now(source_ids)

    def pause(self) -> None:
        if self._service is not None:
            self._service.pause()

    def resume(self) -> None:
        if self._service is not None:
            self._service.resume()

    @property
    def paused(self) -> bool:
        return self._service is not None and self._service.paused

    def next_check(self) -> datetime | None:
        return self._service.next_check() if self._service is not None else None

    def brands(self) -> Future[tuple[Brand, ...]]:
        return self._later(lambda service: service.brands())

    def save_brand(self, brand: Brand) -> Future[Brand]:
        return self._later(lambda service: service.save_brand(brand))

    def remove_brand(self, brand_id: int) -> Future[None]:
        return self._later(lambda service: service.remove_brand(brand_id))

    def naming(self, brand: Brand, texts: Sequence[str]) -> Future[tuple[int, ...]]:
        return self._later(lambda service: service.naming(brand, texts))

    def preview_brand(self, brand: Brand) -> Future[int]:
        return self._later(lambda service: service.preview_brand(brand))

    def proposals(
        self, name: str, languages: Sequence[str], country: str
    ) -> Future[tuple[Proposal, ...]]:
        return self._later(lambda service: service.proposals(name, languages, country))

    def sample(self, proposal: Proposal, brand: Brand) -> Future[Sampled]:
        return self._later(lambda service: service.sample(proposal, brand))

    def recount(self, brand: Brand, sampled: Sequence[Sampled]) -> Future[tuple[Sampled, ...]]:
        return self._later(lambda service: service.recount(brand, sampled))

    def exclusions(
        self, brand: Brand, posts: Sequence[Post], languages: Sequence[str]
    ) -> Future[tuple[Exclusion, ...]]:
        return self._later(lambda service: service.exclusions(brand, posts, languages))

    def sources(self) -> Future[tuple[SourceStatus, ...]]:
        return self._later(lambda service: service.sources())

    def discover(self, address: str) -> Future[tuple[FoundFeed, ...]]:
        return self._later(lambda service: service.discover(address))

    def source_kinds(
        self, brand: str = "", languages: Sequence[str] = (), country: str = ""
    ) -> Future[tuple[KindForm, ...]]:
        return self._later(lambda service: service.source_kinds(brand, languages, country))

    def recognise(self, address: str) -> Future[Filled | None]:
        return self._later(lambda service: service.recognise(address))

    def test_source(self, kind: str, fields: Mapping[str, str], about: int = 0) -> Future[Trial]:
        return self._later(lambda service: service.test_source(kind, fields, about))

    def source_of(self, kind: str, fields: Mapping[str, str]) -> Source | None:
        return self._service.source_of(kind, fields) if self._service is not None else None

    def page_of(self, source: Source) -> str:
        return self._service.page_of(source) if self._service is not None else ""

    def add_source(self, source: Source) -> Future[Source]:
        return self._later(lambda service: service.add_source(source))

    def update_source(self, source: Source) -> Future[Source]:
        return self._later(lambda service: service.update_source(source))

    def remove_source(self, source_id: int) -> Future[None]:
        return self._later(lambda service: service.remove_source(source_id))

    def import_opml(self, path: Path) -> Future[ImportReport]:
        return self._later(lambda service: service.import_opml(path))

    def export_opml(self, path: Path) -> Future[int]:
        return self._later(lambda service: service.export_opml(path))

    def keys(
        self, wanted: MentionFilter, after: MentionKey | None, limit: int
    ) -> Future[tuple[MentionKey, ...]]:
        return self._later(lambda service: service.keys(wanted, after, limit))

    def mentions(self, ids: Sequence[int]) -> Future[tuple[Mention, ...]]:
        return self._later(lambda service: service.mentions(ids))

    def detail(self, mention_id: int) -> Future[MentionDetail | None]:
        return self._later(lambda service: service.detail(mention_id))

    def counts(self) -> Future[Counts]:
        return self._later(lambda service: service.counts())

    def mark_seen(self, mention_ids: Sequence[int]) -> Future[None]:
        return self._later(lambda service: service.mark_seen(mention_ids))

    def set_state(
        self, mention_ids: Sequence[int], state: TriageState, wake_at: datetime | None = None
    ) -> Future[None]:
        return self._later(lambda service: service.set_state(mention_ids, state, wake_at))

    def correct(self, mention_id: int, correction: Correction | None) -> Future[None]:
        return self._later(lambda service: service.correct(mention_id, correction))

    def save_draft(self, mention_id: int, text: str, language: str, template: str) -> Future[Draft]:
        return self._later(lambda service: service.save_draft(mention_id, text, language, template))

    def mark_answered(self, mention_id: int) -> Future[None]:
        return self._later(lambda service: service.mark_answered(mention_id))

    def reply_templates(self, language: str) -> tuple[ReplyTemplate, ...]:
        return self._service.reply_templates(language) if self._service is not None else ()

    def suggest_template(self, mention: Mention) -> ReplyTemplate | None:
        return self._service.suggest_template(mention) if self._service is not None else None

    def fill_template(self, template: ReplyTemplate, mention: Mention) -> str:
        return self._service.fill_template(template, mention) if self._service is not None else ""

    def reply_accounts(self, mention_id: int) -> Future[tuple[Account, ...]]:
        return self._later(lambda service: service.reply_accounts(mention_id))

    def reply_limits(self, account: Account, post: Post, words: str) -> ReplyLimits | None:
        if self._service is None:
            return None
        return self._service.reply_limits(account, post, words)

    def send_reply(
        self, mention_id: int, account_id: int, words: str, language: str
    ) -> Future[Sending]:
        return self._later(
            lambda service: service.send_reply(mention_id, account_id, words, language)
        )

    def take_back(self, sending_id: int) -> Future[bool]:
        return self._later(lambda service: service.take_back(sending_id))

    def look_again(self, sending_id: int) -> Future[Sending]:
        return self._later(lambda service: service.look_again(sending_id))

    def sendings(self, mention_id: int) -> Future[tuple[Sending, ...]]:
        return self._later(lambda service: service.sendings(mention_id))

    def audit(self, limit: int) -> Future[tuple[AuditEntry, ...]]:
        return self._later(lambda service: service.audit(limit))

    def network_forms(self) -> Future[tuple[AccountForm, ...]]:
        return self._later(lambda service: service.network_forms())

    def accounts(self) -> Future[tuple[Account, ...]]:
        return self._later(lambda service: service.accounts())

    def login(
        self, network: str, answers: Mapping[str, str], opener: Callable[[str], object]
    ) -> Future[Account]:
        """`opener` is called in another thread."""
        return self._later(lambda service: service.login(network, answers, opener))

    def set_daily_cap(self, account_id: int, cap: int) -> Future[None]:
        return self._later(lambda service: service.set_daily_cap(account_id, cap))

    def remove_account(self, account_id: int) -> Future[Text | None]:
        return self._later(lambda service: service.remove_account(account_id))

    def start_demo(self) -> Future[None]:
        return self._later(lambda service: service.start_demo())


def _ignore(_: object) -> None:
    """What a command answers when it went well."""


def _unexpected() -> VigieError:
    return VigieError(
        text("Something unexpected went wrong."),
        text("Your data are safe; what you just asked for may not have been done."),
        text("Try again. If it happens again, the log file says what to report."),
    )
