"""A few mentions of an invented brand, in French and English, for tests and pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model.brand import Brand, Match
from monitor.model.mention import Mention, TriageState
from monitor.model.post import Author, Post
from monitor.model.source import Source, SourceState, SourceStatus
from monitor.model.verdict import Intent, Reason, ReasonKind, Tone, Urgency, Verdict

BRANDS = (
    Brand(1, "Café Lumen"),
    Brand(2, "Lumen Torréfaction", color=1),
    Brand(3, "Moka & Co", rival=True, color=2),
)
NAMES = ("Café Lumen", "Lumen Torréfaction", "Moka & Co", "Lumen")
_WORDS = {
    "en panne": -0.8,
    "ne répond pas": -0.6,
    "rappelle": -0.4,
    "défaut": -0.5,
    "manquants": -0.5,
    "impossible": -0.4,
    "parfait": 0.8,
    "merci": 0.5,
    "great": 0.7,
    "isn’t clear": -0.2,
}
_ROWS: tuple[tuple[str, str, int, str, str, str, Tone, Intent, str], ...] = (
    (
        "Léa Martin", "lea@mastodon.example", 2, "Mastodon", "",
        "Machine toujours en panne depuis 3 jours, le SAV de Café Lumen ne répond pas. "
        "C’est la DERNIÈRE fois que j’achète chez eux. https://photos.example/lea/4412",
        Tone.NEGATIVE, Intent.COMPLAINT, "fr",
    ),
    (
        "Blog de Nico", "", 5, "RSS", "Rappel produit",
        "Café Lumen rappelle 400 moulins après un défaut électrique signalé par des clients.",
        Tone.NEGATIVE, Intent.NEWS, "fr",
    ),
    (
        "", "sam.bsky.social", 6, "Bluesky", "",
        "Does anyone know if Café Lumen ships beans to Belgium? Their site isn’t clear",
        Tone.NEUTRAL, Intent.QUESTION, "en",
    ),
    (
        "Office Coffee Weekly", "", 9, "Hacker News", "",
        "We switched from Moka & Co to Café Lumen and the whole team noticed. Great service too.",
        Tone.POSITIVE, Intent.PRAISE, "en",
    ),
    (
        "Karim B.", "", 11, "Facebook Page", "",
        "Commande 48213 reçue ouverte, deux paquets manquants. Que faites-vous, Café Lumen ?",
        Tone.NEGATIVE, Intent.COMPLAINT, "fr",
    ),
    (
        "Forum conso", "", 30, "Forum", "Re: abonnement",
        "Abonnement Lumen, impossible de résilier en ligne, il faut appeler un numéro surtaxé…",
        Tone.NEGATIVE, Intent.COMPLAINT, "fr",
    ),
    (
        "Tom & Ana", "tomana", 33, "Mastodon", "",
        "Petit déj parfait chez Café Lumen ce matin ☕ merci !",
        Tone.POSITIVE, Intent.PRAISE, "fr",
    ),
    (
        "Piotr", "piotr", 50, "Mastodon", "",
        "Kawa z Café Lumen dotarła dziś rano.",
        Tone.UNKNOWN, Intent.OTHER, "pl",
    ),
)  # fmt: skip


def mention(number: int, row: int, hours: float, *, now: datetime | None = None) -> Mention:
    """The sample `row` with the id `number`, so many hours old."""
    name, handle, _, source, title, words, tone, intent, language = _ROWS[row % len(_ROWS)]
    followers = 1204 if row == 0 else None
    author = Author(name, handle, followers=followers)
    at = (now or datetime.now(UTC)) - timedelta(hours=hours)
    post = Post(f"n{number}", f"https://posts.example/{number}", title, words, author, at)
    full = post.full_text
    found = next(brand for brand in NAMES if brand in full)
    start = full.index(found)
    reasons = [
        Reason(ReasonKind.WORD, word, weight, full.index(word), full.index(word) + len(word))
        for word, weight in _WORDS.items()
        if word in full
    ]
    reasons.sort(key=lambda reason: -abs(reason.weight))
    sure = {Tone.UNKNOWN: 0.0, Tone.NEUTRAL: 0.64}.get(tone, 0.91)
    verdict = Verdict(
        tone=tone,
        p_negative=sure if tone is Tone.NEGATIVE else 0.05,
        p_positive=sure if tone is Tone.POSITIVE else 0.05,
        confidence=sure,
        language=language,
        intent=intent,
        urgency=Urgency.URGENT if row == 0 else Urgency.NONE,
        reasons=tuple(reasons),
    )
    return Mention(
        id=number,
        brand_id=1,
        brand_name="Café Lumen",
        source_id=row % len(_ROWS) + 1,
        source_name=source,
        source_kind="feed",
        post=post,
        at=at,
        first_seen=at,
        matches=(Match(start, start + len(found), found),),
        verdict=verdict,
        tone=tone,
        flagged=tone is Tone.NEGATIVE,
        needs_answer=intent in (Intent.COMPLAINT, Intent.QUESTION) or row == 1,
        correction=None,
        state=TriageState.OPEN,
        wake_at=None,
        seen=row not in (0, 2),
        edited=False,
        outlets=3 if row == 1 else 1,
        has_alert=row == 0,
        has_draft=False,
    )


def samples(now: datetime | None = None) -> list[Mention]:
    """One of each."""
    return [mention(row + 1, row, data[2], now=now) for row, data in enumerate(_ROWS)]


def many(count: int, now: datetime | None = None) -> list[Mention]:
    """So many, an hour apart and less; texts repeat."""
    return [mention(i + 1, i, 0.1 + i * 0.05, now=now) for i in range(count)]


def sources(now: datetime | None = None) -> list[SourceStatus]:
    """Forty-one feeds, one of which needs the person."""
    now = now or datetime.now(UTC)
    return [
        SourceStatus(
            source=Source(number, "feed", f"https://feeds.example/{number}", f"Feed {number}"),
            state=SourceState.NEEDS_YOU if number == 3 else SourceState.LISTENING,
            last_success=now - timedelta(minutes=number),
            last_attempt=now - timedelta(minutes=number),
            next_due=now + timedelta(minutes=4 + number),
            error=None,
            hint=None,
            failures=0,
            items=120,
            mentions=7,
            skipped=0,
            per_day=(1, 2, 0, 3, 1, 4, 2),
            gap_since=None,
        )
        for number in range(1, 42)
    ]
