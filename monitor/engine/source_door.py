"""The part of `Service` that concerns sources: forms, tests, adding, changing. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from monitor.engine import source_forms
from monitor.engine.accounts import Accounts
from monitor.engine.background import in_background
from monitor.engine.discovering import feeds_at
from monitor.engine.listening import Listening
from monitor.engine.opml_files import OpmlFiles
from monitor.engine.source_changes import SourceChanges
from monitor.engine.source_names import named
from monitor.engine.store_threads import StoreThreads
from monitor.engine.trial import Trials
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.model.source import FoundFeed, ImportReport, Source, SourceStatus
from monitor.model.source_form import Filled, KindForm, Trial
from monitor.store.reader import Reader
from monitor.store.writer import Writer


class SourceDoor:
    """`Service` sets the underlined fields."""

    _accounts: Accounts
    _changes: SourceChanges
    _clock: Clock
    _listening: Listening
    _opml: OpmlFiles
    _store: StoreThreads
    _tokens: set[CancelToken]
    _trials: Trials

    def sources(self) -> Future[tuple[SourceStatus, ...]]:
        now, turns = self._clock.now(), self._listening.scheduler.turns()

        def look(reader: Reader) -> tuple[SourceStatus, ...]:
            told = reader.sources(now)
            return tuple(replace(one, turn=turns.get(one.source.id)) for one in told)

        return self._store.read(look)

    def discover(self, address: str) -> Future[tuple[FoundFeed, ...]]:
        """The feeds at or on any page address, with title and a sample; network, cancellable by `.cancel()`."""
        now = self._clock.now()
        return in_background("discover", lambda stop: feeds_at(address, now, stop), self._tokens)

    def source_kinds(
        self, brand: str = "", languages: Sequence[str] = (), country: str = ""
    ) -> Future[tuple[KindForm, ...]]:
        """The forms of all kinds of source, filled for the brand of this name as `proposals` would,
        with the accounts one can read with."""

        def forms(_cancel: CancelToken) -> tuple[KindForm, ...]:
            return source_forms.forms(brand, languages, country, self._accounts.all().result())

        return in_background("forms", forms, self._tokens)

    def recognise(self, address: str) -> Future[Filled | None]:
        """The kind whose form a pasted address answers; None: what `discover` is for. No network."""
        return in_background(
            "recognise", lambda _cancel: source_forms.recognise(address), self._tokens
        )

    def test_source(self, kind: str, fields: Mapping[str, str], about: int = 0) -> Future[Trial]:
        """What it would bring, read once, never stored; `about` is the brand (0: none) that everything
        there would be about. Network, cancellable by `.cancel()`. Raises
        BadInput for the form's faults, SourceError when it cannot be read."""
        return in_background(
            "test-source",
            lambda cancel: self._trials.run(kind, fields, cancel, about),
            self._tokens,
        )

    def source_of(self, kind: str, fields: Mapping[str, str]) -> Source:
        """The source these answers describe, for `add_source`. Immediate. Raises BadInput."""
        return source_forms.source_of(kind, fields)

    def page_of(self, source: Source) -> str:
        """Where a person sees in the browser what it listens to; "" for no such page. Immediate."""
        return source_forms.page_of(source)

    def add_source(self, source: Source) -> Future[Source]:
        """Raises BadInput when it is there already. It is polled at once. A password in its address
        goes to the keyring, or SecretsUnavailable is raised."""
        return self._changes.keep(named(source), Writer.add_source)

    def update_source(self, source: Source) -> Future[Source]:
        """Also how a source is paused and resumed, and how one that needed the person tries again."""
        return self._changes.keep(source, Writer.update_source)

    def remove_source(self, source_id: int) -> Future[None]:
        """Stop listening; the mentions it brought stay, its password leaves the keyring."""
        return self._changes.remove(source_id)

    def import_opml(self, path: Path) -> Future[ImportReport]:
        return in_background("import-opml", lambda _cancel: self._opml.read(path), self._tokens)

    def export_opml(self, path: Path) -> Future[int]:
        """The number of sources written."""
        return in_background("export-opml", lambda _cancel: self._opml.write(path), self._tokens)
