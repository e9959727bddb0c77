"""A database with as many believable mentions as wanted, for benches and for the window's tests.

Written in bulk, past the writer: some 100,000 in well under 20 seconds. Always the same for the
same number.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from monitor.model.brand import Brand, Match
from monitor.model.mention import Correction, TriageState
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.model.verdict import Intent, Reason, ReasonKind, Tone, Urgency, Verdict
from monitor.store.brand_rows import save_brand
from monitor.store.connection import open_writer
from monitor.store.json_columns import Judgement, judgement_to_json, matches_to_json
from monitor.store.post_rows import author_key, post_values
from monitor.store.prepare import prepare
from monitor.store.schema import alerts, drafts, mentions, posts
from monitor.store.searches import end_search
from monitor.store.shown import shown_values
from monitor.store.source_rows import add_source
from monitor.store.times import list_time, to_micros

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
"""The moment of the newest mention."""
RARE_WORD = "quinquennal"
"""In about one post of a thousand."""
BRANDS = (
    Brand(0, "Café Lumen", aliases=("CaféLumen",)),
    Brand(0, "Lumen Thé"),
    Brand(0, "Rival", rival=True),
)
SOURCES = 40
BATCH = 5_000
STORIES = 300
"""Texts of each brand that others carry again."""

_FRENCH = (
    "toujours en panne depuis trois jours et le service client ne répond pas à mes messages commande "
    "livraison retard remboursement boutique accueil café goût prix qualité merci équipe vraiment "
    "déçu ravi encore jamais demain terrasse horaires fermé ouvert carte menu serveur attente facture"
).split()
_ENGLISH = (
    "still broken after three days and support does not answer my emails order delivery late refund "
    "shop staff coffee taste price quality thanks team really disappointed happy again never tomorrow "
    "terrace hours closed open card menu waiter queue bill lovely place would come back soon"
).split()
_LANGUAGES = ("fr", "fr", "fr", "en", "en", "de")
_TONES = (Tone.NEGATIVE, Tone.NEUTRAL, Tone.NEUTRAL, Tone.POSITIVE, Tone.NEUTRAL, Tone.UNKNOWN)
_REASONS = (
    Reason(ReasonKind.PHRASE, "en panne", -0.6, 24, 32),
    Reason(ReasonKind.EMPHASIS, "!!!", -0.2, 60, 63),
    Reason(ReasonKind.WORD, "merci", 0.3, 80, 85),
)


def fill(path: Path, number: int, *, seed: int = 1) -> None:
    """Make the database at `path` with `number` mentions over a year, one to a post."""
    prepare(path, path.parent / "backups")
    with open_writer(path) as connection:
        with connection.begin():
            brand_ids = [save_brand(connection, brand).id for brand in BRANDS]
            for brand_id in brand_ids:
                end_search(connection, brand_id)  # nothing was stored before the brands
            source_ids = [
                add_source(
                    connection, Source(0, "feed", f"https://n{i}.example/feed", f"Feed {i}")
                ).id
                for i in range(SOURCES)
            ]
        maker = _Maker(random.Random(seed), number, brand_ids, source_ids)
        for first in range(1, number + 1, BATCH):
            with connection.begin():
                ids = range(first, min(first + BATCH, number + 1))
                _insert(connection, [maker.row(one) for one in ids])
        with connection.begin():
            connection.execute(
                text(
                    "INSERT INTO mention_words (rowid, body) SELECT (at / 1000000 << 30) | mentions.id,"
                    " title || char(10) || text || char(10) || author_name || char(10) || author_handle"
                    " FROM mentions JOIN posts ON posts.id = post_id ORDER BY 1"
                )
            )


def _insert(connection: Connection, rows: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    connection.execute(insert(posts), [post for post, _ in rows])
    connection.execute(insert(mentions), [mention for _, mention in rows])
    raised = [{"mention_id": m["id"], "raised_at": m["at"]} for _, m in rows if m["has_alert"]]
    written = [
        {
            "mention_id": m["id"],
            "idempotency_key": f"key-{m['id']}",
            "text": "Bonjour,",
            "language": "fr",
            "template": "",
            "updated_at": m["at"],
            "change_seq": 0,
        }
        for _, m in rows
        if m["has_draft"]
    ]
    for table, values in ((alerts, raised), (drafts, written)):
        if values:
            connection.execute(insert(table), values)


class _Maker:
    """The rows, one after the other; remembers which texts may be carried again."""

    def __init__(
        self, chance: random.Random, number: int, brand_ids: list[int], source_ids: list[int]
    ) -> None:
        self._chance = chance
        self._number = number
        self._brand_ids = brand_ids
        self._source_ids = source_ids
        self._early: dict[int, list[int]] = {brand_id: [] for brand_id in brand_ids}

    def row(self, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """A post and its mention, both with this id. Ids grow with time but for one source in four,
        whose history came late."""
        chance = self._chance
        source_id = self._source_ids[int(len(self._source_ids) * chance.random() ** 2)]
        age = chance.random() if source_id % 4 == 0 else 1 - number / self._number
        published = NOW - timedelta(days=365 * age, seconds=chance.randrange(60))
        brand_id = self._brand_ids[chance.choices((0, 1, 2), (6, 3, 1))[0]]
        post = _post(chance, number, published)
        own = {
            "id": number,
            "source_id": source_id,
            "native_id": post.native_id,
            "first_seen": to_micros(published) + 60_000_000,
            "edited_at": None,
        }
        story = self._story(brand_id, number)
        mention = _mention(chance, number, post, published)
        mention |= {
            "brand_id": brand_id,
            "source_id": source_id,
            "author_key": author_key(source_id, post.author),
            "story_key": f"story-{story or number}",
            "story_of": story,
        }
        return own | post_values(post, post.content_hash), mention

    def _story(self, brand_id: int, number: int) -> int | None:
        """One in twenty carries the text of an early mention of the same brand."""
        early = self._early[brand_id]
        if early and self._chance.randrange(20) == 0:
            return self._chance.choice(early)
        if len(early) < STORIES:
            early.append(number)
        return None


def _post(chance: random.Random, number: int, published: datetime) -> Post:
    language = chance.choice(_LANGUAGES)
    words = chance.choices(_FRENCH if language == "fr" else _ENGLISH, k=chance.randrange(12, 50))
    words.insert(3, "Café Lumen")
    if chance.randrange(1000) == 0:
        words.append(RARE_WORD)
    author = chance.randrange(20_000)
    return Post(
        native_id=f"post-{number}",
        url=f"https://n.example/{number}",
        title=" ".join(words[:5]) if number % 3 else "",
        text=" ".join(words),
        author=Author(f"Author {author}", f"author{author}"),
        published=published,
        language=language,
    )


def _mention(chance: random.Random, number: int, post: Post, at: datetime) -> dict[str, Any]:
    tone = Tone.UNKNOWN if post.language == "de" else chance.choice(_TONES)
    negative = tone is Tone.NEGATIVE
    intent = (
        chance.choice((Intent.COMPLAINT, Intent.REQUEST))
        if negative
        else chance.choice(tuple(Intent))
    )
    verdict = Verdict(
        tone, 0.8 if negative else 0.1, 0.1, 0.8, post.language, intent, Urgency.NONE, _REASONS
    )
    judged = Judgement(verdict, negative, negative or intent is Intent.QUESTION)
    correction = Correction.NOT_US if chance.randrange(50) == 0 else None
    # A person keeps up: only the newest are still open.
    open_share = max(0.02, 1 - (NOW - at).days / 60)
    state = TriageState.OPEN if chance.random() < open_share else TriageState.DONE
    if chance.randrange(200) == 0:
        state = TriageState.WAITING
    return {
        "id": number,
        "post_id": number,
        "at": list_time(at),
        "matches": matches_to_json((Match(10, 20, "Café Lumen"),)),
        "verdict": judgement_to_json(judged),
        "correction": None if correction is None else correction.value,
        "state": state.value,
        "wake_at": to_micros(NOW + timedelta(days=1)) if state is TriageState.WAITING else None,
        "seen": state is not TriageState.OPEN,
        "has_alert": negative and chance.randrange(10) == 0,
        "has_draft": state is TriageState.OPEN and chance.randrange(20) == 0,
        "change_seq": 0,
    } | shown_values(judged, correction, rival=False)
