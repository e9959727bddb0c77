"""Facebook: what people write on one's own Page, and posts that tag it.

Pages: developers.facebook.com/docs/graph-api/reference/page (feed, tagged, ratings), .../object/comments.
Limits: 4,800 requests a day for each person active on the Page; the counters of every answer are obeyed
before they are full. One request brings the newest posts with the newest comments below them; where more
came, each post's comments are followed back to what was seen. Facebook sorts posts by when they were
made: those of the last fourteen days, and the 25 newest, are looked at. Nobody can search Facebook by a
program. Terms: data of the own Page only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.networks.facebook import READS, READS_PEOPLE
from monitor.networks.graph import FACEBOOK, place_of
from monitor.networks.graph_replies import is_id, next_page
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import Json, objects, string
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    SourceInfo,
    Wanted,
)
from monitor.sources.facebook_post import (
    Page,
    comment_of,
    identity,
    post_of,
    review_of,
    story_of,
)
from monitor.sources.graph_answers import is_closed, is_gone, look, page_of, rest_until
from monitor.sources.graph_walk import (
    MOST_CHECKS,
    Asking,
    Known,
    Listing,
    goes_on,
    known_after,
    listed,
    missing,
    page_in,
    read_cursor,
    withdrawn,
    write_cursor,
)
from monitor.sources.posts import newest_first
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.text import Text, text

_WHEN = "created_time"
_RIGHTS = f"{READS}, {READS_PEOPLE}"
_COMMENT = (
    "id,message,from,created_time,like_count,comment_count,parent{id},permalink_url,"
    "attachment{title,description},can_comment"
)
_COMMENTS = {"fields": _COMMENT, "filter": "stream", "order": "reverse_chronological"}
_FEED = {
    "fields": "id,message,from,created_time,permalink_url,shares,"
    "reactions.summary(total_count).limit(0),"
    "comments.filter(stream).order(reverse_chronological).summary(true).limit(25)"
    f"{{{_COMMENT}}}",
    "limit": "25",
}
_TAGGED = {"fields": "id,message,from,created_time,permalink_url", "limit": "25"}
_RATINGS = {
    "fields": "created_time,recommendation_type,rating,review_text,reviewer{id,name},"
    "open_graph_story{id}",
    "limit": "25",
}
_BESIDES = {"tagged": _TAGGED, "ratings": _RATINGS}
_PAGE = re.compile(r"/([\w.-]{2,100})/?$")
_NO_PAGES = ("groups", "events", "watch", "login", "help", "marketplace", "pages", "people")

_INFO = SourceInfo(
    kind="facebook-page",
    label=text("Facebook: your Page"),
    fields=(ACCOUNT_FIELD,),
    capabilities=frozenset({Capability.FEED, Capability.REPLY}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Everything outside your own Page, private messages, stories, advertisements, comments on posts "
        "older than 14 days that are not among the 25 newest, stickers and pictures without words, and "
        "the names of people who hide them."
    ),
    spacing={FACEBOOK: 1.0},
    network="facebook",
    hosts=("facebook.com", "fb.com"),
    own_place=True,
)


class FacebookPage:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        return f"https://{FACEBOOK}/me/feed#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        if parts.hostname == FACEBOOK and parts.path == "/me/feed" and parts.fragment:
            return {ACCOUNT: parts.fragment}
        found = _PAGE.fullmatch(parts.path)
        if parts.hostname not in ("www.facebook.com", "facebook.com", "m.facebook.com"):
            return None
        if found is None or found[1].lower() in _NO_PAGES or found[1].endswith(".php"):
            return None
        return {ACCOUNT: found[1]}

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        handle = account_in(source.address)
        return f"https://www.facebook.com/{handle}" if handle else ""

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The newest posts with their newest comments, back to fourteen days; comments, recommendations
        and posts that tag, back to what was seen; entries that are missing, one by one."""
        known, asking = read_cursor(cursor), Asking(access.login, http, cancel)
        page = access.login.secret["id"]
        feeds = asking.newest(
            f"{page}/feed", _FEED, _WHEN, now, lambda answer: look(answer, _RIGHTS)
        )
        if not feeds:
            return tuple(asking.answers)
        besides = [
            (f"{page}/{edge}", asked, asking.ask(f"{page}/{edge}", asked))
            for edge, asked in _BESIDES.items()
        ]
        comments = [
            (f"{string(post, 'id')}/comments", {**_COMMENTS, "limit": "100"}, post.get("comments"))
            for feed in feeds
            for post in objects(feed, "data")
            if is_id(string(post, "id"))
        ]
        first = len(asking.answers)
        for path, asked, start in [*comments, *besides]:
            found = start
            while goes_on(found, known.since, _WHEN, now) and asking.room(first):
                found = asking.ask(path, {**asked, **next_page(found)})
        for id_ in missing(known, _listings(tuple(asking.answers), now))[:MOST_CHECKS]:
            if is_id(id_):
                asking.ask(id_, {"fields": "id"})
        return tuple(asking.answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known, asked = read_cursor(cursor), []
        posts: dict[str, Post] = {}
        notes: list[Text] = []
        checks: list[HttpResponse] = []
        number, _ = place_of(answers[0])
        page = Page(number, account_in(source.address))
        for answer in answers:
            id_, edge = place_of(answer)
            if not edge:
                checks.append(answer)
                asked.append(id_)
            elif edge == "comments" and is_gone(answer):
                continue  # its post was deleted meanwhile
            elif edge in _BESIDES and is_closed(answer):
                notes.append(_not_shown(edge))
            else:
                for post in _posts(id_, edge, page_of(answer, now), page, now):
                    posts.setdefault(post.native_id, post)
        listings = _listings(answers, now)
        named = [post for post in posts.values() if post.native_id]
        readable = [post for post in named if post.full_text]
        return FetchResult(
            posts=newest_first(readable),
            cursor=write_cursor(known_after(known, listings, asked, {}, now)),
            wait_until=rest_until(answers, now),
            skipped=len(posts) - len(named),
            title=f"Facebook · {page.handle}",
            withdrawn=withdrawn(known, checks),
            hole=_is_cut(answers, known, now),
            note=notes[0] if notes else None,
        )


KIND = FacebookPage()


def _posts(id_: str, edge: str, found: Json, page: Page, now: datetime) -> Iterator[Post]:
    """What a page of a list holds, the comments within its posts too."""
    for one in objects(found, "data"):
        if edge == "comments":
            yield comment_of(one, id_, page, now)
        elif edge == "ratings":
            yield review_of(one, page, now)
        else:
            yield post_of(one, page, now, answerable=edge == "feed")
            for comment in objects(one, "comments", "data"):
                yield comment_of(comment, identity(one), page, now)


def _listings(answers: Answers, now: datetime) -> dict[str, Listing]:
    """What was read of each list: the Page's by their names, comments by their post."""
    listings: dict[str, Listing] = {}
    for answer in answers:
        id_, edge = place_of(answer)
        found = page_in(answer)
        if not edge or not isinstance(found, dict):
            continue
        if edge == "comments":
            listed(listings, id_, found, identity, _WHEN, now)
            continue
        listed(listings, edge, found, story_of if edge == "ratings" else identity, _WHEN, now)
        for post in objects(found, "data"):
            if isinstance(post.get("comments"), dict):
                listed(listings, identity(post), post["comments"], identity, _WHEN, now)
    return listings


def _is_cut(answers: Answers, known: Known, now: datetime) -> bool:
    """True where a list has more that is new than was read."""
    last: dict[str, Any] = {}
    for answer in answers:
        id_, edge = place_of(answer)
        found = page_in(answer)
        if edge and (found is not None or is_gone(answer)):
            last[id_ if edge == "comments" else edge] = found
            for post in objects(found, "data"):
                last[identity(post)] = post.get("comments")
    return any(goes_on(found, known.since, _WHEN, now) for found in last.values())


def _not_shown(edge: str) -> Text:
    if edge == "ratings":
        return text("Facebook does not show this Page's recommendations.")
    return text("Facebook does not show the posts that tag this Page.")
