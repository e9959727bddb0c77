"""Reddit: posts that a search finds, or all new posts of a community, by Reddit's feeds.

Page: https://www.reddit.com/wiki/rss (the interface with keys is for approved programs only). Limits:
since June 2026 about one feed a minute and address on the network, refusals mostly without
Retry-After; so one request in 90 seconds for all sources together, each at most every half hour, and
one source for all brands. 100 posts an answer; a next page would cost another turn, so it is not asked
for. Terms: an honest User-Agent; what its author deletes is deleted here too.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlencode

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import reddit_login, search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import moment, refused, string
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.feed import FeedSource
from monitor.sources.feed_timing import retry_after
from monitor.sources.reddit_post import is_gone, is_post, mended
from monitor.text import text

_HOST = "www.reddit.com"
_PLACE = "subreddit"
_MOST = 100  # posts of one answer
_LONGEST_QUERY = 512
_LEAST_REST = timedelta(seconds=60)
_NAMES = r"([a-zA-Z0-9_]{2,50}(?:\+[a-zA-Z0-9_]{2,50}){0,20})"  # joined ones are asked together
_COMMUNITY = re.compile(rf"(?i:https?://(?:[a-z]+\.)?reddit\.com)?/?(?:r/)?{_NAMES}/?")
_SEARCH_PATH = re.compile(rf"(?:/r/{_NAMES})?/search/?(?:\.rss)?")
_COMMUNITY_PATH = re.compile(rf"/r/{_NAMES}(?:/(?:new|hot))?/?(?:\.rss)?")

_INFO = SourceInfo(
    kind="reddit",
    label=text("Reddit"),
    fields=(
        Field(
            search_words.KEY,
            text("Names to look for"),
            example="Café Lumen, Moka & Co",
            required=False,
            hint=text("Without a name, all new posts of the community are read."),
            words=True,
        ),
        Field(
            _PLACE,
            text("Only in the community"),
            example="r/france",
            required=False,
            hint=text("Empty: all of Reddit."),
        ),
        Field(
            reddit_login.KEY,
            text("Address of a feed of your own"),
            example="https://www.reddit.com/.rss?feed=…&user=…",
            secret=True,
            required=False,
            hint=text(
                "Reddit often refuses programs without one: log in, open reddit.com/prefs/feeds and "
                "copy any address there. Its secret part is kept in this system's keyring."
            ),
        ),
    ),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=False,
    min_interval=30 * 60,
    default_interval=30 * 60,
    unseen=text(
        "Comments below posts, private communities, and what was deleted before it was read."
    ),
    spacing={_HOST: 90.0},
    one_for_all=True,
    network="reddit",
)

_FEED = FeedSource()


class Reddit:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        place = _community(fields.get(_PLACE, ""))
        host = reddit_login.before(_HOST, fields.get(reddit_login.KEY, ""))
        if place and not fields.get(search_words.KEY, "").strip(' ,"'):
            return f"https://{host}/r/{place}/new/.rss?limit={_MOST}"
        query = search_words.any_of(search_words.names(fields))
        if len(query) > _LONGEST_QUERY:
            raise BadInput(
                text("That is too much to look for at once."),
                text("Nothing was added."),
                text("Reddit takes {count} letters: add a second source.", count=_LONGEST_QUERY),
            )
        asked = {"q": query, "restrict_sr": "on"} if place else {"q": query}
        asked |= {"sort": "new", "limit": str(_MOST)}
        return f"https://{host}{f'/r/{place}' if place else ''}/search.rss?{urlencode(asked)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        if not f".{parts.hostname}".endswith(".reddit.com"):
            return None
        found = _SEARCH_PATH.fullmatch(parts.path)
        words = ""
        if found is not None:
            words = search_words.names_in(parse_qs(parts.query).get("q", [""])[0])
            if not words:
                return None
        else:
            found = _COMMUNITY_PATH.fullmatch(parts.path)
        if found is None:
            return None
        answers = {
            search_words.KEY: words,
            _PLACE: found[1] or "",
            reddit_login.KEY: reddit_login.of(parts),
        }
        return {key: answer for key, answer in answers.items() if answer}

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ({search_words.KEY: wanted.name},)

    def page_of(self, source: Source) -> str:
        parts = parts_of(source.address)
        asked = {key: said[0] for key, said in parse_qs(parts.query).items() if key != "limit"}
        path = parts.path.replace(".rss", "").rstrip("/") + "/"
        return f"https://{_HOST}{path}?{urlencode(asked)}" if asked else f"https://{_HOST}{path}"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """One conditional GET. The person's token is added to what is asked, and to nothing that is kept."""
        asked = dataclasses.replace(source, address=reddit_login.asked(source.address))
        answers = _FEED.fetch(asked, _read_cursor(cursor, now)[0], http, now, cancel)
        return tuple(reddit_login.without_question(answer) for answer in answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        (answer,) = answers
        if answer.status in (429, 503):
            raise _busy(answer, now)
        if answer.status >= 400:
            raise refused(answer, now)
        known, seen = _read_cursor(cursor, now)
        result = _FEED.read(source, known, answers, now)
        posts = [mended(post) for post in result.posts if is_post(post)]
        dates = [post.published for post in posts if post.published is not None]
        newest = max((date for date in (*dates, seen) if date is not None), default=None)
        stamp = None if newest is None else int(min(newest, now).timestamp())
        return dataclasses.replace(
            result,
            posts=tuple(post for post in posts if not is_gone(post)),
            withdrawn=tuple(post.native_id for post in posts if is_gone(post)),
            cursor=json.dumps({"v": 1, "feed": result.cursor, "newest": stamp}),
            skipped=result.skipped + len(result.posts) - len(posts),
            title=_title(self.fields_of(source.address)) or result.title,
            hole=seen is not None
            and len(result.posts) >= _MOST
            and min(dates, default=seen) > seen,
        )


KIND = Reddit()


def _community(typed: str) -> str:
    """Its bare name, "" for none. Raises BadInput."""
    typed = typed.strip()
    found = _COMMUNITY.fullmatch(typed)
    if typed and found is None:
        raise BadInput(
            text("“{typed}” is not the name of a community on Reddit.", typed=typed[:100]),
            text("Nothing was added."),
            text("Write it as Reddit does, for instance r/france."),
        )
    return found[1] if found else ""


def _busy(answer: HttpResponse, now: datetime) -> SourceError:
    """Reddit mostly does not say for how long: then the scheduler waits longer each time."""
    wish = retry_after(answer.headers, now)
    return SourceError(
        text("Reddit asks to be left alone for a while ({status}).", status=answer.status),
        text("Nothing already collected is lost."),
        text(
            "All Reddit sources wait and go on by themselves. With the address of a feed of your own "
            "this happens less often."
        ),
        retry_at=None if wish is None else max(wish, now + _LEAST_REST),
        whole_host=True,
        status=answer.status,
    )


def _read_cursor(cursor: str, now: datetime) -> tuple[str, datetime | None]:
    """The feed's own cursor, and the date of the newest post seen."""
    try:
        stored = json.loads(cursor)
    except (ValueError, RecursionError):
        return "", None
    return string(stored, "feed"), moment(stored, "newest", now=now)


def _title(fields: Mapping[str, str] | None) -> str:
    if not fields:
        return ""
    place = f"Reddit r/{fields[_PLACE]}" if _PLACE in fields else "Reddit"
    words = fields.get(search_words.KEY, "")
    return f"{place} · {words}" if words else place
