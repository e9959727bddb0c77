"""What has to be looked at now and then: snoozed mentions, logins that end,
and what another process changed here.

The command line may add a brand or a source while the window listens on the same profile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta

from monitor.engine.brand_watch import BrandWatch
from monitor.engine.bus import Bus
from monitor.engine.own_voices import OwnVoices
from monitor.engine.store_threads import StoreThreads
from monitor.model.account import Account
from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged, MentionsChanged
from monitor.store.reader import Reader
from monitor.store.records import PollingState

EVERY = timedelta(seconds=20)

_log = logging.getLogger(__name__)


class Housekeeping:
    """`look` is called from the scheduler thread and returns at once; the work is the store's threads'.

    `adopt` is told of every source stored, known or not; `look_at_ends` and `own` of every account.
    """

    def __init__(
        self,
        store: StoreThreads,
        brands: BrandWatch,
        bus: Bus,
        adopt: Callable[[tuple[PollingState, ...]], None],
        look_at_ends: Callable[[Sequence[Account]], None],
        own: OwnVoices,
    ) -> None:
        self._store = store
        self._brands = brands
        self._bus = bus
        self._adopt = adopt
        self._look_at_ends = look_at_ends
        self._own = own
        self._next: datetime | None = None

    def look(self, now: datetime) -> None:
        """Does something every `EVERY` only; a clock set back does not make it wait longer."""
        if self._next is not None and now < self._next <= now + EVERY:
            return
        self._next = now + EVERY
        self._store.write(lambda writer: writer.wake_due(now)).add_done_callback(self._woken)
        self._store.read(Reader.brands).add_done_callback(self._compare_brands)
        self._store.read(Reader.all_polling_states).add_done_callback(self._compare_sources)
        self._store.read(Reader.accounts).add_done_callback(self._look_at_accounts)

    def _woken(self, done: Future[tuple[int, ...]]) -> None:
        if done.exception() is None and done.result():
            self._bus.publish(MentionsChanged(changed_ids=done.result()))

    def _compare_brands(self, done: Future[tuple[Brand, ...]]) -> None:
        if done.exception() is None and self._brands.differ(done.result()):
            # Read again in the writer thread: only there is what is stored and what is watched
            # known at one moment.
            self._store.write(lambda _writer: self._brands.reload()).add_done_callback(self._told)

    def _compare_sources(self, done: Future[tuple[PollingState, ...]]) -> None:
        if done.exception() is None:
            self._adopt(done.result())

    def _look_at_accounts(self, done: Future[tuple[Account, ...]]) -> None:
        if done.exception() is None:
            self._look_at_ends(done.result())
            if self._own.differ(done.result()):
                self._store.write(self._own.reload)

    def _told(self, done: Future[None]) -> None:
        if done.exception() is None:
            self._bus.publish(BrandsChanged())
