"""Tells the bus what a commit changed. Mentions at once; alerts gathered, so that a burst is one event."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from monitor.engine.alert_burst import AlertBurst
from monitor.engine.bus import Bus
from monitor.engine.store_threads import StoreThreads
from monitor.infra.clock import Clock
from monitor.model.events import AlertsRaised, MentionsChanged
from monitor.model.poll import Applied


class Announcer:
    """Any thread. `to_a_desktop` False: nobody sees the alerts now, so they stay unnotified in the
    store and the window tells them at its next start."""

    def __init__(self, bus: Bus, store: StoreThreads, clock: Clock, *, to_a_desktop: bool) -> None:
        self._bus = bus
        self._store = store
        self._clock = clock
        self._to_a_desktop = to_a_desktop
        self._burst = AlertBurst()
        self._lock = threading.Lock()

    def applied(self, applied: Applied) -> None:
        """A poll or a step of a search was committed."""
        if applied.new_mentions or applied.changed_mentions:
            self._bus.publish(MentionsChanged(applied.new_mentions, applied.changed_mentions))
        self.add_alerts(applied.alerted_mentions)

    def add_alerts(self, mention_ids: Sequence[int]) -> None:
        with self._lock:
            self._burst.add(tuple(mention_ids), self._clock.monotonic())

    def tell_alerts(self, *, idle: bool) -> None:
        """Publish what was gathered when nothing is being polled, or when it waited long enough. Nobody
        listens before the window is attached and after it went: then it waits, in the store at last."""
        if not self._bus.heard:
            return
        with self._lock:
            mention_ids = self._burst.take(self._clock.monotonic(), idle=idle)
        if not mention_ids:
            return
        self._bus.publish(AlertsRaised(mention_ids))
        if self._to_a_desktop:
            now = self._clock.now()
            self._store.write(lambda writer: writer.mark_notified(mention_ids, now))
