"""The networks of the day that are read by a feed. Pure. The shapes are those of the recorded answers."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from tests.bench.day.asked import Asked, iso, stamp
from tests.support.loopback import Reply
from tests.unit.sources import samples
from tests.unit.sources.recorded import (
    bingnews,
    googlealerts,
    googlenews,
    reddit,
    wordpress,
    youtube_channel,
)


def conditional(asked: Asked, body: bytes, kind: str = "application/xml") -> Reply:
    """304 to the mark it gave out, as most sites do."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Content-Type": kind}
    if asked.headers.get("if-none-match") == tag:
        return Reply(304, headers)
    return Reply(200, headers, body)


def feed(asked: Asked) -> Reply:
    items = "".join(
        f"<item><title>Note {one.number}</title><link>https://{asked.host}/{one.number}</link>"
        f"<guid>{one.mark}</guid><pubDate>{stamp(one.at)}</pubDate>"
        f"<description>{one.text(asked.now)}</description></item>"
        for one in asked.plan.shown(asked.now)[:20]
    )
    return conditional(asked, samples.rss(items))


def wordpress_comments(asked: Asked) -> Reply:
    page = int(asked.query.get("paged", "1"))
    shown = asked.plan.shown(asked.now)[(page - 1) * 10 : page * 10]
    if not shown:
        return Reply(404, body=b"<html><body>Page introuvable</body></html>")
    items = [
        wordpress.item(one.number, body=f"<p>{one.text(asked.now)}</p>", date=stamp(one.at))
        for one in shown
    ]
    return conditional(asked, wordpress.page(*items))


def youtube(asked: Asked) -> Reply:
    shown = asked.plan.shown(asked.now)[:15]
    entries = [
        youtube_channel.entry(one.number, body=one.text(asked.now), date=iso(one.at))
        for one in shown
    ]
    return Reply(200, {"Content-Type": "text/xml"}, youtube_channel.page(*entries))


def google_news(asked: Asked) -> Reply:
    days = re.search(r"when:(\d+)d", asked.query.get("q", ""))
    since = asked.now - timedelta(days=int(days[1]) if days else 365)
    shown = [one for one in asked.plan.shown(asked.now) if one.at > since][:100]
    items = [
        googlenews.item(one.number, headline=one.text(one.at), date=stamp(one.at))
        for one in sorted(
            shown, key=lambda one: one.words
        )  # the most fitting first, not the newest
    ]
    return Reply(200, {"Content-Type": "application/xml"}, googlenews.page(*items))


def bing_news(asked: Asked) -> Reply:
    items = [
        bingnews.item(
            one.number,
            counter=str(asked.now.timestamp()),
            body=one.text(asked.now),
            date=stamp(one.at),
        )
        for one in asked.plan.shown(asked.now)[:12]
    ]
    return Reply(200, {"Content-Type": "text/xml"}, bingnews.page(*items))


def google_alerts(asked: Asked) -> Reply:
    entries = [
        googlealerts.entry(one.number, body=one.text(asked.now), date=iso(one.at))
        for one in asked.plan.shown(asked.now)[:20]
    ]
    return Reply(200, {"Content-Type": "application/atom+xml"}, googlealerts.page(*entries))


def reddit_search(asked: Asked) -> Reply:
    entries = [
        reddit.entry(one.number, body=f"<p>{one.text(asked.now)}</p>", date=iso(one.at))
        for one in asked.plan.shown(asked.now)[:100]
    ]
    return conditional(asked, reddit.page(*entries), "application/atom+xml")
