"""The real engine on a profile with a few sample mentions; it polls nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.engine.service import Service
from monitor.infra.http import HttpClient
from monitor.infra.paths import Profile
from monitor.model.events import MentionsChanged
from monitor.model.mention import Mention, MentionFilter, View
from monitor.model.poll import AnalysedPost, PollOutcome
from monitor.model.post import Author, Post
from monitor.model.source import Source, SourceState
from monitor.store.connection import open_writer
from monitor.store.prepare import prepare
from monitor.store.writer import Writer
from tests.support.networks import OfflineClient
from tests.support.sample_mentions import BRANDS, ROWS, hours_old, posted, source_name


def fill(profile: Profile, now: datetime | None = None) -> None:
    """One source a sample mention, all about the first brand; no source is ever due."""
    now = now or datetime.now(UTC)
    profile.create()
    prepare(profile.database, profile.backups)
    writer = Writer(open_writer(profile.database))
    for brand in BRANDS:
        # Looked for already: the samples keep the verdicts they are given.
        writer.end_search(writer.save_brand(brand).id)
    for row in range(ROWS):
        # Reserved by RFC 6761: never answers. Paused, so that it is never asked either.
        address = f"https://feed{row}.invalid/feed"
        source = writer.add_source(Source(0, "feed", address, source_name(row), paused=True))
        writer.apply(outcome(source.id, [posted(row, hours_old(row), now)], now))
    writer.close()


def outcome(source_id: int, posts: Sequence[AnalysedPost], now: datetime) -> PollOutcome:
    return PollOutcome(
        source_id=source_id,
        finished_at=now,
        state=SourceState.PAUSED,
        next_due=None,
        posts=tuple(posts),
        next_cursor="{}",
    )


class SampleEngine:
    """Starts the service on `folder`; `stop` it. It reaches no network, or what `make_client` does."""

    def __init__(
        self,
        folder: Path,
        *,
        empty: bool = False,
        make_client: Callable[[], HttpClient] = OfflineClient,
    ) -> None:
        self.profile = Profile(folder)
        if empty:
            self.profile.create()
        else:
            fill(self.profile)
        self.service = Service(self.profile, by_itself=False, make_client=make_client)
        self.service.start()

    def stop(self) -> None:
        self.service.stop()

    def arrive(self, row: int, hours: float, number: int) -> int:
        """A post as sample `row` comes in, as from a poll; returns its mention's id."""
        return self.arrive_all([(row, hours, number)])[0]

    def arrive_all(self, new: Sequence[tuple[int, float, int]]) -> tuple[int, ...]:
        """Posts as (row, hours old, number), of one poll of the first source."""
        now = datetime.now(UTC)
        posts = [posted(row, hours, now, number=number) for row, hours, number in new]
        polled = outcome(1, posts, now)
        # The scheduler's own way in: a poll's outcome to the writer, then one event.
        applied = self.service._store.write(lambda writer: writer.apply(polled)).result(10)
        self.service._bus.publish(MentionsChanged(new_ids=applied.new_mentions))
        return applied.new_mentions

    def withdraw(self, mention_id: int) -> None:
        """The network says that this mention's post was deleted, as from a poll."""
        mention = self.mention(mention_id)
        polled = outcome(mention.source_id, (), datetime.now(UTC))
        gone = replace(polled, withdrawn=(mention.post.native_id,))
        applied = self.service._store.write(lambda writer: writer.apply(gone)).result(10)
        self.service._bus.publish(MentionsChanged(changed_ids=applied.changed_mentions))

    def answer_elsewhere(
        self, mention_id: int, url: str = "https://social.example/@lumen/1"
    ) -> None:
        """The source brings a reply that one of the person's accounts wrote, as from a poll."""
        mention, now = self.mention(mention_id), datetime.now(UTC)
        ours = Author("Café Lumen", "lumen@social.example")
        reply = Post(url, url, "", "Bonjour", ours, now, parent_id=mention.post.native_id)
        polled = outcome(
            mention.source_id, [AnalysedPost(reply, reply.content_hash, (), own=True)], now
        )
        applied = self.service._store.write(lambda writer: writer.apply(polled)).result(10)
        self.service._bus.publish(MentionsChanged(changed_ids=applied.changed_mentions))

    def list(self, view: View = View.ALL) -> tuple[Mention, ...]:
        """What a view holds now."""
        keys = self.service.keys(MentionFilter(view), None, 1000).result(10)
        return self.service.mentions([key.id for key in keys]).result(10)

    def mention(self, mention_id: int) -> Mention:
        return self.service.mentions((mention_id,)).result(10)[0]
