"""An engine in memory with the Service's methods, for tests of single widgets. One worker thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged, Event, MentionsChanged
from monitor.model.mention import (
    Correction,
    Counts,
    Draft,
    Mention,
    MentionDetail,
    MentionFilter,
    MentionKey,
    TriageState,
    View,
)
from monitor.model.source import SourceStatus
from monitor.model.verdict import Tone

T = TypeVar("T")


class StandIn:
    """Holds its mentions newest first. `asked` counts the calls by name."""

    def __init__(
        self,
        mentions: Sequence[Mention] = (),
        brands: Sequence[Brand] = (),
        sources: Sequence[SourceStatus] = (),
    ) -> None:
        self.rows = {mention.id: mention for mention in mentions}
        self.brand_rows = list(brands)
        self.source_rows = list(sources)
        self.drafts: dict[int, Draft] = {}
        self.asked: dict[str, int] = {}
        self.paused = False
        self._listeners: list[Callable[[Event], None]] = []
        self._worker = ThreadPoolExecutor(1)

    def stop(self, timeout: float = 3.0) -> None:
        self._worker.shutdown()

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Tell the listeners, in the worker's thread."""
        self._run("publish", lambda: [listener(event) for listener in self._listeners])

    def put(self, mention: Mention) -> None:
        """A mention arrives, or changes."""
        known = mention.id in self.rows
        self.rows[mention.id] = mention
        ids = (mention.id,)
        self.publish(MentionsChanged((), ids) if known else MentionsChanged(ids, ()))

    # -- the Service's methods ---------------------------------------------------------------
    def check_now(self, source_ids: Sequence[int] | None = None) -> None:
        self.asked["check_now"] = self.asked.get("check_now", 0) + 1

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def next_check(self) -> datetime | None:
        return None

    def brands(self) -> Future[tuple[Brand, ...]]:
        return self._run("brands", lambda: tuple(self.brand_rows))

    def save_brand(self, brand: Brand) -> Future[Brand]:
        stored = replace(brand, id=len(self.brand_rows) + 1)
        self.brand_rows.append(stored)
        self.publish(BrandsChanged())
        return self._run("save_brand", lambda: stored)

    def sources(self) -> Future[tuple[SourceStatus, ...]]:
        return self._run("sources", lambda: tuple(self.source_rows))

    def keys(
        self, wanted: MentionFilter, after: MentionKey | None, limit: int
    ) -> Future[tuple[MentionKey, ...]]:
        def read() -> tuple[MentionKey, ...]:
            found = sorted(
                ((m.at, m.id) for m in self.rows.values() if passes(m, wanted)), reverse=True
            )
            if after is not None:
                found = [key for key in found if key < (after.at, after.id)]
            return tuple(MentionKey(*key) for key in found[:limit])

        return self._run("keys", read)

    def mentions(self, ids: Sequence[int]) -> Future[tuple[Mention, ...]]:
        return self._run(
            "mentions",
            lambda: tuple(self.rows[mention_id] for mention_id in ids if mention_id in self.rows),
        )

    def detail(self, mention_id: int) -> Future[MentionDetail | None]:
        def read() -> MentionDetail | None:
            mention = self.rows.get(mention_id)
            if mention is None:
                return None
            others = [m for m in self.rows.values() if m.id != mention_id]
            earlier = [m for m in others if m.post.author == mention.post.author]
            story = [m for m in others if m.post.title and m.post.title == mention.post.title]
            draft = self.drafts.get(mention_id)
            return MentionDetail(mention, tuple(earlier), len(earlier), tuple(story), draft)

        return self._run("detail", read)

    def counts(self) -> Future[Counts]:
        def read() -> Counts:
            def count(view: View) -> int:
                return sum(passes(m, MentionFilter(view)) for m in self.rows.values())

            by_brand = {brand.id: 0 for brand in self.brand_rows}
            for mention in self.rows.values():
                if passes(mention, MentionFilter(View.TO_ANSWER)):
                    by_brand[mention.brand_id] = by_brand.get(mention.brand_id, 0) + 1
            return Counts(
                to_answer=count(View.TO_ANSWER),
                all=count(View.ALL),
                waiting=count(View.WAITING),
                alerts_unseen=sum(m.has_alert and not m.seen for m in self.rows.values()),
                drafts=count(View.DRAFTS),
                done=count(View.DONE),
                by_brand=tuple(by_brand.items()),
                sources=len(self.source_rows),
                sources_need_you=sum(s.state.value == "needs_you" for s in self.source_rows),
            )

        return self._run("counts", read)

    def mark_seen(self, mention_ids: Sequence[int]) -> Future[None]:
        return self._change("mark_seen", mention_ids, lambda m: replace(m, seen=True))

    def set_state(
        self, mention_ids: Sequence[int], state: TriageState, wake_at: datetime | None = None
    ) -> Future[None]:
        return self._change(
            "set_state", mention_ids, lambda m: replace(m, state=state, wake_at=wake_at)
        )

    def correct(self, mention_id: int, correction: Correction | None) -> Future[None]:
        def corrected(mention: Mention) -> Mention:
            tone = mention.verdict.tone
            if correction is not None and correction is not Correction.NOT_US:
                tone = Tone(correction.value)
            return replace(mention, correction=correction, tone=tone)

        return self._change("correct", (mention_id,), corrected)

    def save_draft(self, mention_id: int, text: str, language: str, template: str) -> Future[Draft]:
        draft = Draft(mention_id, text, language, template, datetime.now(UTC))
        self.drafts[mention_id] = draft
        self._change("save_draft", (mention_id,), lambda m: replace(m, has_draft=bool(text)))
        return self._run("drafted", lambda: draft)

    def mark_answered(self, mention_id: int) -> Future[None]:
        return self._change(
            "mark_answered", (mention_id,), lambda m: replace(m, state=TriageState.ANSWERED)
        )

    def _change(
        self, name: str, ids: Sequence[int], change: Callable[[Mention], Mention]
    ) -> Future[None]:
        def write() -> None:
            for mention_id in ids:
                self.rows[mention_id] = change(self.rows[mention_id])
            for listener in self._listeners:
                listener(MentionsChanged((), tuple(ids)))

        return self._run(name, write)

    def _run(self, name: str, job: Callable[[], T]) -> Future[T]:
        self.asked[name] = self.asked.get(name, 0) + 1
        return self._worker.submit(job)


def passes(mention: Mention, wanted: MentionFilter) -> bool:
    """Whether the list of `wanted` holds the mention; the text search is a plain substring here."""
    shown = {
        View.TO_ANSWER: mention.needs_answer and mention.state is TriageState.OPEN,
        View.ALL: True,
        View.WAITING: mention.state is TriageState.WAITING,
        View.ALERTS: mention.has_alert,
        View.DRAFTS: mention.has_draft,
        View.DONE: mention.state in (TriageState.DONE, TriageState.ANSWERED),
    }[wanted.view]
    return (
        shown
        and wanted.brand_id in (None, mention.brand_id)
        and wanted.source_id in (None, mention.source_id)
        and wanted.tone in (None, mention.tone)
        and wanted.intent in (None, mention.verdict.intent)
        and (not wanted.language or wanted.language == mention.verdict.language)
        and (wanted.since is None or mention.at >= wanted.since)
        and wanted.text.lower() in mention.post.full_text.lower()
        and (mention.correction is Correction.NOT_US) == wanted.not_us
    )
