"""Posts, verdicts and poll outcomes for the store's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model.brand import Match
from monitor.model.poll import AnalysedPost, BrandMention, PollOutcome
from monitor.model.post import Author, Post
from monitor.model.source import Source, SourceState
from monitor.model.verdict import Intent, Reason, ReasonKind, Tone, Urgency, Verdict

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)

NEGATIVE = Verdict(
    tone=Tone.NEGATIVE,
    p_negative=0.86,
    p_positive=0.04,
    confidence=0.86,
    language="fr",
    intent=Intent.COMPLAINT,
    urgency=Urgency.URGENT,
    reasons=(Reason(ReasonKind.PHRASE, "en panne", -0.6, 9, 17),),
)
NEUTRAL = Verdict(Tone.NEUTRAL, 0.1, 0.1, 0.8, "fr", Intent.QUESTION, Urgency.NONE)


def feed(number: int = 1, **values: Any) -> Source:
    return Source(0, "feed", f"https://feed{number}.example/", f"Feed {number}", **values)


def post(number: int = 1, **values: Any) -> Post:
    """Number n was published n minutes before NOW."""
    given: dict[str, Any] = {
        "native_id": f"post-{number}",
        "url": f"https://feed.example/{number}",
        "title": "",
        "text": f"Toujours en panne chez Café Lumen, article {number}",
        "author": Author("Léa Martin", f"lea{number}", f"https://people.example/{number}"),
        "published": NOW - timedelta(minutes=number),
        "language": "fr",
    }
    return Post(**given | values)


def found(brand_id: int, **values: Any) -> BrandMention:
    given: dict[str, Any] = {
        "brand_id": brand_id,
        "matches": (Match(23, 33, "Café Lumen"),),
        "verdict": NEGATIVE,
        "flagged": True,
        "needs_answer": True,
        "alerts": True,
        "story_key": "",
    }
    return BrandMention(**given | values)


def analysed(post: Post, *mentions: BrandMention) -> AnalysedPost:
    return AnalysedPost(post, post.content_hash, mentions)


def outcome(source_id: int, *posts: AnalysedPost, **values: Any) -> PollOutcome:
    given: dict[str, Any] = {
        "finished_at": NOW,
        "state": SourceState.LISTENING,
        "next_due": NOW + timedelta(minutes=15),
        "next_cursor": '{"etag":"1"}',
    }
    return PollOutcome(source_id=source_id, posts=posts, **given | values)
