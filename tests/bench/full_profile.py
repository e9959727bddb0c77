"""Fills a profile with many mentions, through the store as a poll would.

python -m tests.bench.full_profile FOLDER 100000
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.infra.paths import Profile
from monitor.model.brand import Brand, Match
from monitor.model.poll import AnalysedPost, BrandMention, PollOutcome
from monitor.model.post import Author, Post
from monitor.model.source import Source, SourceState
from monitor.model.verdict import Intent, Reason, ReasonKind, Tone, Urgency, Verdict
from monitor.store.connection import open_writer
from monitor.store.prepare import prepare
from monitor.store.writer import Writer
from tests.bench.feed_bodies import BRAND, sentence

SOURCES, POSTS_A_POLL = 40, 100
LAST_DAY = datetime(2026, 11, 1, tzinfo=UTC)
TONES = (Tone.NEGATIVE, Tone.NEUTRAL, Tone.NEUTRAL, Tone.POSITIVE, Tone.UNKNOWN)


def fill(folder: Path, mentions: int) -> None:
    """Every post names the brand; they are spread over 40 sources and a year."""
    profile = Profile(folder)
    profile.create()
    prepare(profile.database, profile.backups)
    writer = Writer(open_writer(profile.database))
    brand = writer.save_brand(Brand(0, BRAND))
    sources = [writer.add_source(source(number)) for number in range(SOURCES)]
    writer.end_search(brand.id)  # nothing was stored before the brand
    for outcome in polls(brand, sources, mentions):
        writer.apply(outcome)
    writer.close()


def source(number: int) -> Source:
    # Reserved by RFC 6761: never answers. Paused, so that it is never asked either.
    return Source(0, "feed", f"https://site{number}.invalid/feed", f"Feed {number}", paused=True)


def polls(brand: Brand, sources: list[Source], mentions: int) -> Iterator[PollOutcome]:
    """One per hundred posts, the sources in turns, oldest posts first."""
    for number, first in enumerate(range(0, mentions, POSTS_A_POLL)):
        batch = range(first, min(first + POSTS_A_POLL, mentions))
        yield PollOutcome(
            source_id=sources[number % SOURCES].id,
            finished_at=LAST_DAY,
            state=SourceState.PAUSED,
            next_due=None,
            posts=tuple(post(brand, place, mentions) for place in batch),
            next_cursor="{}",
        )


def post(brand: Brand, place: int, of: int) -> AnalysedPost:
    """The post at this place in time, with a verdict made up to match."""
    rng = random.Random(place)
    words = f"{sentence(rng)} {BRAND} {sentence(rng)}"
    start = words.index(BRAND)
    written = Post(
        native_id=str(place),
        url=f"https://site.invalid/{place}",
        title=sentence(rng),
        text=words,
        author=Author(name=f"Author {rng.randrange(5000)}"),
        published=LAST_DAY - timedelta(minutes=(of - place) * 365 * 1440 / of),
        language="en",
    )
    offset = written.full_text.index(words)
    match = Match(offset + start, offset + start + len(BRAND), BRAND)
    tone = rng.choice(TONES)
    negative = tone is Tone.NEGATIVE
    mention = BrandMention(
        brand_id=brand.id,
        matches=(match,),
        verdict=verdict(tone, match),
        flagged=negative,
        needs_answer=negative and rng.random() < 0.1,
        alerts=False,
        story_key=str(place),
    )
    return AnalysedPost(written, written.content_hash, (mention,))


def verdict(tone: Tone, match: Match) -> Verdict:
    reason = Reason(ReasonKind.WORD, "made up", -1.0, match.start, match.end)
    unknown = tone is Tone.UNKNOWN
    return Verdict(
        tone=tone,
        p_negative=0.8 if tone is Tone.NEGATIVE else 0.0,
        p_positive=0.8 if tone is Tone.POSITIVE else 0.0,
        confidence=0.0 if unknown else 0.8,
        language="" if unknown else "en",
        intent=Intent.OTHER,
        urgency=Urgency.NONE,
        reasons=() if unknown else (reason,),
    )


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
