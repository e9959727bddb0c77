"""The one door of the engine: everything the window and the command line may ask for.

Every method returns at once. Reads run in the reader thread, writes in the writer thread; the
answer is a `concurrent.futures.Future` that holds the result or a VigieError. Whoever waits on a
Future in the GUI thread freezes the window: use `ui.bridge.Bridge.ask`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

from monitor.model.brand import Brand
from monitor.model.events import Event
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
from monitor.model.source import FoundFeed, ImportReport, Source, SourceStatus


class Service:
    """Owns the threads and the store of one profile. Create it, `start` it, `stop` it once."""

    # -- life ------------------------------------------------------------------------------
    def start(self) -> None:
        """Open the profile (raises ProfileError) and start every thread. Blocking: not in the GUI thread."""

    def stop(self, timeout: float = 3.0) -> None:
        """Stop polling, cancel what is in flight, drain the writer, close. Blocking at most about `timeout`."""

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Be told of every event, in whichever thread it happened; returns the call that unsubscribes."""

    # -- polling ---------------------------------------------------------------------------
    def check_now(self, source_ids: Sequence[int] | None = None) -> None:
        """Poll these sources (all when None) now, politeness kept. Progress comes as CheckProgress."""

    def pause(self) -> None: ...
    def resume(self) -> None: ...
    @property
    def paused(self) -> bool: ...
    def next_check(self) -> datetime | None:
        """When the next source is due (UTC); None when nothing is."""

    def set_check_minutes(self, minutes: int) -> None:
        """The usual interval of sources without one of their own, from now on; also before `start`."""

    # -- brands ----------------------------------------------------------------------------
    def brands(self) -> Future[tuple[Brand, ...]]: ...
    def save_brand(self, brand: Brand) -> Future[Brand]:
        """Store it (id 0: new) and look for it in everything already stored; its history alerts nobody."""

    def remove_brand(self, brand_id: int) -> Future[None]: ...

    def naming(self, brand: Brand, texts: Sequence[str]) -> Future[tuple[int, ...]]:
        """Which of these texts name the brand, as their indexes; nothing is stored. For previews."""

    def preview_brand(self, brand: Brand) -> Future[int]:
        """How many stored posts the brand would find, described like this; nothing is stored."""

    # -- sources ---------------------------------------------------------------------------
    def sources(self) -> Future[tuple[SourceStatus, ...]]: ...
    def discover(self, address: str) -> Future[tuple[FoundFeed, ...]]:
        """The feeds at or on any page address, with title and a sample; network, cancellable by `.cancel()`."""

    def add_source(self, source: Source) -> Future[Source]: ...
    def update_source(self, source: Source) -> Future[Source]: ...
    def remove_source(self, source_id: int) -> Future[None]:
        """Stop listening; the mentions it brought stay."""

    def import_opml(self, path: Path) -> Future[ImportReport]: ...
    def export_opml(self, path: Path) -> Future[int]: ...

    # -- mentions --------------------------------------------------------------------------
    def keys(
        self, wanted: MentionFilter, after: MentionKey | None, limit: int
    ) -> Future[tuple[MentionKey, ...]]:
        """The next keys of the list, newest first, strictly after `after`; one indexed read."""

    def mentions(self, ids: Sequence[int]) -> Future[tuple[Mention, ...]]:
        """The rows with these ids, in the order asked for; ids that no longer exist are left out."""

    def detail(self, mention_id: int) -> Future[MentionDetail | None]: ...
    def counts(self) -> Future[Counts]: ...
    def mark_seen(self, mention_ids: Sequence[int]) -> Future[None]:
        """Seen mentions lose their dot, and their alerts are seen too."""

    def set_state(
        self, mention_ids: Sequence[int], state: TriageState, wake_at: datetime | None = None
    ) -> Future[None]: ...
    def correct(self, mention_id: int, correction: Correction | None) -> Future[None]:
        """Keep what the person said; None takes it back."""

    # -- replies ---------------------------------------------------------------------------
    def save_draft(
        self, mention_id: int, text: str, language: str, template: str
    ) -> Future[Draft]: ...
    def mark_answered(self, mention_id: int) -> Future[None]:
        """The person confirmed that the reply is published; the draft is kept with the mention."""

    # -- the demonstration -----------------------------------------------------------------
    def start_demo(self) -> Future[None]:
        """Serve the sample feeds on loopback and add the sample brand and its sources to this profile."""
