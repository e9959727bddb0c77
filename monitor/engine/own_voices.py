"""Keeps in step with the accounts what is known as the person's own: what they write is no mention.

A removed account's old posts stay what they are; what it writes from then on is a stranger's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitor.engine.store_threads import StoreThreads
from monitor.engine.watch import Watch
from monitor.model.account import Account
from monitor.model.poll import Applied
from monitor.model.voices import voices_of
from monitor.store.reader import Reader
from monitor.store.writer import Writer


class OwnVoices:
    """`on_change` is told which mentions changed when stored posts turned out to be the person's."""

    def __init__(
        self, watch: Watch, store: StoreThreads, on_change: Callable[[Applied], None]
    ) -> None:
        self._watch = watch
        self._store = store
        self._on_change = on_change

    def load(self, accounts: Sequence[Account]) -> None:
        """The profile's accounts, before any thread polls: what they wrote is known by now."""
        self._watch.hear(voices_of(accounts))

    def differ(self, accounts: Sequence[Account]) -> bool:
        """An account was added or removed since we looked, perhaps by another process."""
        return voices_of(accounts) != self._watch.finder.voices

    def reload(self, writer: Writer) -> None:
        """In the writer thread: hear whose accounts there are now, and look for what they wrote before."""
        accounts = self._store.read(Reader.accounts).result()
        if not self.differ(accounts):
            return
        voices = voices_of(accounts)
        self._watch.hear(voices)
        changed = writer.recognise(voices)
        if changed:
            self._on_change(Applied((), changed, (), 0))
