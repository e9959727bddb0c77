"""An engine that answers from memory, so that views can be tested without threads, network or disk."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from monitor.engine.service import Service
from monitor.errors import VigieError
from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged, Event, SourcesChanged
from monitor.model.mention import Mention, TriageState
from monitor.model.post import Author, Post
from monitor.model.proposal import Exclusion, Proposal, Sampled
from monitor.model.source import FoundFeed, ImportReport, Source, SourceState, SourceStatus
from monitor.model.source_form import Filled, KindForm, Trial
from monitor.model.verdict import Intent, Tone, Urgency, Verdict
from monitor.text import Text

T = TypeVar("T")
_NOBODY = Account(0, "", "", "")
NOW = datetime.now(UTC)


class FakeService(Service):
    """Every answer is there at once, unless `hold` is set: then `held` futures wait for the test."""

    def __init__(self, statuses: Sequence[SourceStatus] = (), brands: Sequence[Brand] = ()) -> None:
        self.statuses = list(statuses)
        self.stored_brands = list(brands)
        self.feeds: tuple[FoundFeed, ...] = ()
        self.forms: tuple[KindForm, ...] = ()
        self.recognised: Filled | None = None
        self.trial: Trial | None = None
        self.tried: list[Filled] = []
        self.tried_about: list[int] = []
        self.proposed: tuple[Proposal, ...] = ()
        self.samples: dict[str, Sampled] = {}
        self.left_out: tuple[Exclusion, ...] = ()
        self.sampled: list[str] = []
        self.mention_rows: dict[int, Mention] = {}
        self.fail_with: VigieError | None = None
        self.hold = False
        self.held: list[Future[object]] = []
        self.checked: list[tuple[int, ...] | None] = []
        self.removed: list[int] = []
        self.asked_addresses: list[str] = []
        self.demo_started = False
        self.account_forms: tuple[AccountForm, ...] = ()
        self.stored_accounts: list[Account] = []
        self.logins: list[Filled] = []
        self.openers: list[Callable[[str], object]] = []
        self.minutes = 0
        self._listeners: list[Callable[[Event], None]] = []
        self._paused = False

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)

    def check_now(self, source_ids: Sequence[int] | None = None) -> None:
        self.checked.append(tuple(source_ids) if source_ids is not None else None)

    def pause(self) -> None:
        self._paused = True

    def resume(self) -> None:
        self._paused = False

    @property
    def paused(self) -> bool:
        return self._paused

    def set_check_minutes(self, minutes: int) -> None:
        self.minutes = minutes

    def network_forms(self) -> Future[tuple[AccountForm, ...]]:
        return self._answer(self.account_forms)

    def accounts(self) -> Future[tuple[Account, ...]]:
        future: Future[tuple[Account, ...]] = Future()
        future.set_result(tuple(self.stored_accounts))
        return future

    def login(
        self, network: str, answers: Mapping[str, str], opener: Callable[[str], object]
    ) -> Future[Account]:
        self.logins.append((network, dict(answers)))
        self.openers.append(opener)
        return self._answer(self.stored_accounts[-1] if self.stored_accounts else _NOBODY)

    def set_daily_cap(self, account_id: int, cap: int) -> Future[None]:
        self.stored_accounts = [
            dataclasses.replace(one, daily_cap=cap) if one.id == account_id else one
            for one in self.stored_accounts
        ]
        return self._answer(None)

    def remove_account(self, account_id: int) -> Future[Text | None]:
        self.stored_accounts = [one for one in self.stored_accounts if one.id != account_id]
        return self._answer(None)

    def brands(self) -> Future[tuple[Brand, ...]]:
        return self._answer(tuple(self.stored_brands))

    def save_brand(self, brand: Brand) -> Future[Brand]:
        if brand.id == 0:
            brand = dataclasses.replace(brand, id=len(self.stored_brands) + 1)
            self.stored_brands.append(brand)
        else:
            self.stored_brands = [brand if b.id == brand.id else b for b in self.stored_brands]
        self.tell(BrandsChanged())
        return self._answer(brand)

    def remove_brand(self, brand_id: int) -> Future[None]:
        self.stored_brands = [brand for brand in self.stored_brands if brand.id != brand_id]
        self.tell(BrandsChanged())
        return self._answer(None)

    def naming(self, brand: Brand, texts: Sequence[str]) -> Future[tuple[int, ...]]:
        found = (i for i, words in enumerate(texts) if brand.name.casefold() in words.casefold())
        return self._answer(tuple(found))

    def preview_brand(self, brand: Brand) -> Future[int]:
        return self._answer(len(brand.name) + len(brand.aliases))

    def proposals(
        self, name: str, languages: Sequence[str], country: str = ""
    ) -> Future[tuple[Proposal, ...]]:
        return self._answer(self.proposed)

    def sample(self, proposal: Proposal, brand: Brand) -> Future[Sampled]:
        """`samples` by address; a sample nobody set is empty."""
        self.sampled.append(proposal.address)
        return self._answer(self.samples.get(proposal.address, Sampled()))

    def recount(self, brand: Brand, sampled: Sequence[Sampled]) -> Future[tuple[Sampled, ...]]:
        """A brand that leaves a word out names nothing that has it."""
        return self._answer(
            tuple(
                dataclasses.replace(
                    one,
                    naming=tuple(
                        i
                        for i in one.naming
                        if not any(word in one.posts[i].text for word in brand.must_not_near)
                    ),
                )
                for one in sampled
            )
        )

    def exclusions(
        self, brand: Brand, posts: Sequence[Post], languages: Sequence[str] = ()
    ) -> Future[tuple[Exclusion, ...]]:
        return self._answer(self.left_out)

    def sources(self) -> Future[tuple[SourceStatus, ...]]:
        return self._answer(tuple(self.statuses))

    def discover(self, address: str) -> Future[tuple[FoundFeed, ...]]:
        self.asked_addresses.append(address)
        return self._answer(self.feeds)

    def source_kinds(
        self, brand: str = "", languages: Sequence[str] = (), country: str = ""
    ) -> Future[tuple[KindForm, ...]]:
        return self._answer(self.forms)

    def recognise(self, address: str) -> Future[Filled | None]:
        return self._answer(self.recognised)

    def test_source(self, kind: str, fields: Mapping[str, str], about: int = 0) -> Future[Trial]:
        self.tried.append((kind, fields))
        self.tried_about.append(about)
        assert self.trial is not None
        return self._answer(self.trial)

    def source_of(self, kind: str, fields: Mapping[str, str]) -> Source:
        if self.fail_with is not None:
            raise self.fail_with
        return Source(0, kind, f"https://{kind}.example/asked", "", fields=fields)

    def page_of(self, source: Source) -> str:
        return f"https://{source.kind}.example/page"

    def add_source(self, source: Source) -> Future[Source]:
        source = dataclasses.replace(
            source, id=1 + max((s.source.id for s in self.statuses), default=0)
        )
        self.statuses.append(status_of(source, SourceState.NEW))
        self.tell(SourcesChanged((source.id,)))
        return self._answer(source)

    def update_source(self, source: Source) -> Future[Source]:
        state = SourceState.PAUSED if source.paused else SourceState.LISTENING
        self.statuses = [
            dataclasses.replace(status, source=source, state=state)
            if status.source.id == source.id
            else status
            for status in self.statuses
        ]
        return self._answer(source)

    def remove_source(self, source_id: int) -> Future[None]:
        self.removed.append(source_id)
        self.statuses = [status for status in self.statuses if status.source.id != source_id]
        return self._answer(None)

    def import_opml(self, path: Path) -> Future[ImportReport]:
        return self._answer(ImportReport(added=2, known=1, unusable=("no address",)))

    def export_opml(self, path: Path) -> Future[int]:
        path.write_text("<opml/>", encoding="utf-8")
        return self._answer(len(self.statuses))

    def mentions(self, ids: Sequence[int]) -> Future[tuple[Mention, ...]]:
        return self._answer(tuple(self.mention_rows[i] for i in ids if i in self.mention_rows))

    def next_check(self) -> datetime | None:
        return min((one.next_due for one in self.statuses if one.next_due), default=None)

    def start_demo(self) -> Future[None]:
        self.demo_started = True
        return self._answer(None)

    def _answer(self, result: T) -> Future[T]:
        future: Future[T] = Future()
        if self.hold:
            self.held.append(future)  # type: ignore[arg-type]  # the test sets what it likes
        elif self.fail_with is not None:
            future.set_exception(self.fail_with)
        else:
            future.set_result(result)
        return future


def status_of(
    source: Source,
    state: SourceState = SourceState.LISTENING,
    *,
    success_minutes: int = 2,
    due_minutes: int = 13,
    per_day: tuple[int, ...] = (0, 0, 0, 0, 0, 0, 0),
) -> SourceStatus:
    """A source and how it is doing; times count from now."""
    return SourceStatus(
        source=source,
        state=state,
        last_success=NOW - timedelta(minutes=success_minutes),
        last_attempt=NOW - timedelta(minutes=success_minutes),
        next_due=NOW + timedelta(minutes=due_minutes),
        error=None,
        hint=None,
        failures=0,
        items=sum(per_day),
        mentions=sum(per_day) // 3,
        skipped=0,
        per_day=per_day,
        gap_since=None,
    )


def mention_of(number: int, words: str, brand: str = "Café Lumen") -> Mention:
    """An urgent negative mention, as a list row holds it."""
    verdict = Verdict(Tone.NEGATIVE, 0.9, 0.02, 0.9, "fr", Intent.COMPLAINT, Urgency.URGENT)
    return Mention(
        id=number,
        brand_id=1,
        brand_name=brand,
        source_id=1,
        source_name="Forum",
        source_kind="feed",
        post=Post(str(number), "https://forum.example/1", "", words, Author(name="Léa Martin")),
        at=NOW,
        first_seen=NOW,
        matches=(),
        verdict=verdict,
        tone=Tone.NEGATIVE,
        flagged=True,
        needs_answer=True,
        correction=None,
        state=TriageState.OPEN,
        wake_at=None,
        seen=False,
        edited=False,
        outlets=1,
        has_alert=True,
        has_draft=False,
    )
