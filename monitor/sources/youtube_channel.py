"""YouTube: the videos of one channel or playlist, by its public feed.

Page: https://www.youtube.com/feeds/videos.xml?channel_id=UC... (no key). Limits: the 15 newest videos.
Who answers comments needs an account. Terms: feeds are published to be read by programs; link to YouTube.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import SplitResult, parse_qs

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.sources.addresses import parts_of
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.feed import FeedSource
from monitor.sources.item_parts import item_parts
from monitor.sources.xml_parts import text_of
from monitor.text import text

_FEEDS = "https://www.youtube.com/feeds/videos.xml"
_PAGES = {
    "channel_id": "https://www.youtube.com/channel/",
    "playlist_id": "https://www.youtube.com/playlist?list=",
    "user": "https://www.youtube.com/user/",
}
_HOSTS = ("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com")
_CHANNEL = re.compile(r"UC[\w-]{10,40}")
_ID = re.compile(r"[\w.-]{2,80}")
_VIDEO = re.compile(r"yt:video:([\w-]{5,20})")

_INFO = SourceInfo(
    kind="youtube-channel",
    label=text("YouTube channel"),
    fields=(
        Field(
            "channel",
            text("Address of the channel or playlist"),
            example="https://www.youtube.com/channel/UC…",
            hint=text("On the channel's page: “Share channel”, then “Copy channel ID”."),
        ),
    ),
    capabilities=frozenset({Capability.FEED}),
    needs_account=False,
    min_interval=15 * 60,
    default_interval=60 * 60,
    unseen=text(
        "Comments, live chats, what is said in the videos, and more than the 15 newest videos."
    ),
)

_FEED = FeedSource()


class YouTubeChannel:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        typed = fields.get("channel", "").strip()
        if _CHANNEL.fullmatch(typed):
            return f"{_FEEDS}?channel_id={typed}"
        key, name = _listed(parts_of(typed if "://" in typed else f"https://{typed}"))
        if not name:
            raise _no_number()
        return f"{_FEEDS}?{key}={name}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        key, name = _listed(parts_of(address))
        return {"channel": _PAGES[key] + name} if name else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        fields = self.fields_of(source.address)
        return fields["channel"] if fields else ""

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        return _FEED.fetch(source, cursor, http, now, cancel)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        result = _FEED.read(source, cursor, answers, now)
        likes = _likes(answers[0])
        videos = tuple(_video(post, likes.get(post.native_id)) for post in result.posts)
        return dataclasses.replace(result, posts=videos, moved_to="")


KIND = YouTubeChannel()


def _listed(parts: SplitResult) -> tuple[str, str]:
    """What of YouTube the address lists and its name; two "" where it tells none without being asked."""
    if parts.hostname not in _HOSTS:
        return "", ""
    asked, words = parse_qs(parts.query), parts.path.strip("/").split("/")
    found = ("", "")
    if parts.path == "/feeds/videos.xml":
        found = next(((key, asked[key][0]) for key in _PAGES if key in asked), found)
    elif words[0] == "playlist":
        found = ("playlist_id", asked.get("list", [""])[0])
    elif len(words) > 1 and words[0] in ("channel", "user"):
        found = ("channel_id" if words[0] == "channel" else "user", words[1])
    return found if _ID.fullmatch(found[1]) else ("", "")


def _video(post: Post, likes: int | None) -> Post:
    """A video is the beginning of a thread: its comments."""
    video = _VIDEO.fullmatch(post.native_id)
    return dataclasses.replace(post, thread_id=video[1] if video else "", likes=likes)


def _likes(answer: HttpResponse) -> Mapping[str, int]:
    """The id of each video -> how many like it: since nobody sees dislikes, all its "star ratings"."""
    found = {}
    for parts in item_parts(answer):
        if "id" in parts and "group" in parts:
            for rated in parts["group"].iter("{*}starRating"):
                count = rated.get("count") or ""
                if count.isascii() and count.isdigit() and len(count) < 16:
                    found[text_of(parts["id"])] = int(count)
    return found


def _no_number() -> BadInput:
    return BadInput(
        text("This address does not tell the channel's number."),
        text("Nothing was added."),
        text(
            "On the channel's page choose “Share channel”, then “Copy channel ID”, and paste that. "
            "It begins with UC."
        ),
    )
