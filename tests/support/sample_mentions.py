"""A few mentions of an invented brand, in French and English, for tests and pictures."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model.brand import Brand, Match
from monitor.model.poll import AnalysedPost, BrandMention
from monitor.model.post import Author, Post
from monitor.model.verdict import Intent, Reason, ReasonKind, Tone, Urgency, Verdict

BRANDS = (
    Brand(0, "Café Lumen"),
    Brand(0, "Lumen Torréfaction", color=1),
    Brand(0, "Moka & Co", rival=True, color=2),
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


ROWS = len(_ROWS)


def posted(row: int, hours: float, now: datetime, *, number: int = 0) -> AnalysedPost:
    """The sample `row`, so many hours old, judged as written above; about the first of BRANDS."""
    name, handle, _, _, title, words, tone, intent, language = _ROWS[row]
    author = Author(name, handle, followers=1204 if row == 0 else None)
    address = f"https://posts.example/{row}-{number}"
    post = Post(
        f"{row}-{number}", address, title, words, author, now - timedelta(hours=hours), language
    )
    full = post.full_text
    found = next(name for name in NAMES if name in full)
    start = full.index(found)
    mention = BrandMention(
        brand_id=1,
        matches=(Match(start, start + len(found), found),),
        verdict=_verdict(full, tone, intent, language, urgent=row == 0),
        flagged=tone is Tone.NEGATIVE,
        needs_answer=intent in (Intent.COMPLAINT, Intent.QUESTION),
        alerts=row == 0,
        story_key=f"story-{row}-{number}",
    )
    return AnalysedPost(post, post.content_hash, (mention,))


def source_name(row: int) -> str:
    return _ROWS[row][3]


def hours_old(row: int) -> int:
    return _ROWS[row][2]


def _verdict(full: str, tone: Tone, intent: Intent, language: str, *, urgent: bool) -> Verdict:
    reasons = [
        Reason(ReasonKind.WORD, word, weight, full.index(word), full.index(word) + len(word))
        for word, weight in _WORDS.items()
        if word in full
    ]
    sure = {Tone.UNKNOWN: 0.0, Tone.NEUTRAL: 0.64}.get(tone, 0.91)
    unknown = tone is Tone.UNKNOWN
    return Verdict(
        tone=tone,
        p_negative=sure if tone is Tone.NEGATIVE else 0.0,
        p_positive=sure if tone is Tone.POSITIVE else 0.0,
        confidence=sure,
        language=language,
        intent=intent,
        urgency=Urgency.URGENT if urgent else Urgency.NONE,
        reasons=() if unknown else tuple(sorted(reasons, key=lambda r: -abs(r.weight))),
    )
