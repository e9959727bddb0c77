"""Feeds made up for the measurements: the same ones in every run. Pure.

RSS 2.0 with long articles, RSS with short posts, and Atom with escaped markup, in equal parts; one
entry in ten names the watched brand, in French or English, in a sentence with a tone.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

BRAND = "Café Lumen"
FIRST_DAY = datetime(2026, 10, 1, tzinfo=UTC)
VOCABULARY = (
    "support service product update price battery screen delivery refund customer store order team "
    "release today people never always because before after market report week better quick slow "
    "commande livraison boutique équipe toujours jamais parce depuis semaine prix qualité produit "
    "réponse client marché rapport nouvelle journée été maïs naïve déjà œuvre 東京 данные"
)
WORDS = VOCABULARY.split()
SYLLABLES = (
    "ba bel ca cou dé der é fa fin gra ha lo ma men mi na nou or pa per pré ra ri san sé ta ti tou ver vi"
).split()
ABOUT_BRAND = (
    f"{BRAND} refused my refund and nobody answers, this is terrible.",
    f"Livraison en retard chez {BRAND}, service client nul, je suis furieux.",
    f"I love the new beans of {BRAND}, great team!",
    f"{BRAND} ouvre une boutique à Lyon la semaine prochaine.",
    f"Does {BRAND} deliver on Sundays?",
)


def entry_names_brand(feed: int, entry: int) -> bool:
    """One in ten, spread over feeds and entries."""
    return (feed + entry) % 10 == 0


def word(rng: random.Random) -> str:
    """Half of them common ones, half of them of 27,000 others: so that remembering words helps
    no more than it does in life."""
    if rng.random() < 0.5:
        return rng.choice(WORDS)
    return "".join(rng.choice(SYLLABLES) for _ in range(3))


def sentence(rng: random.Random) -> str:
    return " ".join(word(rng) for _ in range(14)).capitalize() + "."


def paragraphs(rng: random.Random, count: int) -> str:
    texts = (" ".join(sentence(rng) for _ in range(3)) for _ in range(count))
    return "".join(
        f'<p>{t} <a href="https://example.org/{rng.random()}">link</a></p>' for t in texts
    )


def entry(feed: int, number: int, *, atom: bool, length: int) -> str:
    """One item: `length` paragraphs of marked-up text, the brand in its first sentence or nowhere."""
    rng = random.Random(f"{feed}-{number}")
    title = sentence(rng)
    lead = rng.choice(ABOUT_BRAND) if entry_names_brand(feed, number) else sentence(rng)
    body = escape(f"<p>{lead}</p>{paragraphs(rng, length)}")
    link = f"https://site{feed}.example.org/posts/{number}"
    date = FIRST_DAY + timedelta(minutes=17 * number + feed % 17)
    author = f"author{rng.randrange(50)}"
    if atom:
        return (
            f'<entry><id>{link}</id><title>{title}</title><link href="{link}"/>'
            f"<author><name>{author}</name></author><published>{date.isoformat()}</published>"
            f'<updated>{date.isoformat()}</updated><content type="html">{body}</content></entry>'
        )
    return (
        f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="true">{link}</guid>'
        f"<dc:creator>{author}</dc:creator><pubDate>{format_datetime(date)}</pubDate>"
        f"<description>{body}</description></item>"
    )


def feed_body(feed: int, entries: int, added: int) -> bytes:
    """The feed's document after `added` new entries: always `entries` of them, newest first."""
    atom, length = feed % 3 == 2, (5, 1, 2)[feed % 3]
    numbers = range(added + entries - 1, added - 1, -1)
    items = "".join(entry(feed, number, atom=atom, length=length) for number in numbers)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    if atom:
        stamp = (FIRST_DAY + timedelta(days=1)).isoformat()
        return (
            f'{head}<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:feed:{feed}</id>'
            f"<title>Feed {feed}</title><updated>{stamp}</updated>{items}</feed>"
        ).encode()
    return (
        f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Feed {feed}</title><link>https://site{feed}.example.org</link>"
        f"<description>Made up</description>{items}</channel></rss>"
    ).encode()
