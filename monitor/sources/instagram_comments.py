"""Instagram: comments on one's own media, and media that tag the account.

Pages: developers.facebook.com/docs/instagram-platform (media, comments, replies, tags). Limits: 4,800
requests a day for each thousand views of the account, in effect; the counters of every answer are obeyed
before they are full. One request brings the newest media with their newest comments and the answers
below; where more came, comments are followed back to what was seen. Answers below older comments have no
order of their own: they are looked for where a medium's count grew by more than was found. Terms: what
belongs to the own account only.
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
from monitor.networks import instagram
from monitor.networks.graph import FACEBOOK, INSTAGRAM, place_of
from monitor.networks.graph_replies import is_id, next_page
from monitor.sources.addressed import addressed
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import Json, moment, number, objects, string
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    SourceInfo,
    Wanted,
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
from monitor.sources.instagram_post import Account, Medium, comment_of, identity, medium_of
from monitor.sources.posts import newest_first
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.text import Text, text

_WHEN = "timestamp"
_REPLY = "id,text,timestamp,username,from,like_count,hidden"
_COMMENT = f"{_REPLY},parent_id,replies.limit(50){{{_REPLY}}}"
_COMMENTS = {"fields": _COMMENT, "limit": "50"}
_MEDIA = {
    "fields": "id,caption,permalink,timestamp,username,like_count,comments_count,"
    f"comments.limit(50){{{_COMMENT}}}",
    "limit": "25",
}
_TAGS = {
    "fields": "id,caption,permalink,timestamp,username,like_count,comments_count",
    "limit": "25",
}
_PAGE = re.compile(r"/([A-Za-z0-9_.]{1,30})/?")
_NO_PAGES = ("p", "reel", "reels", "explore", "stories", "accounts", "tv", "direct")

_INFO = SourceInfo(
    kind="instagram-comments",
    label=text("Instagram: your comments"),
    fields=(ACCOUNT_FIELD,),
    capabilities=frozenset({Capability.FEED, Capability.REPLY}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Comments on other people's media, names in captions and comments elsewhere, stories, private "
        "messages, comments of private or restricted accounts, and comments on media older than 14 days "
        "that are not among the 25 newest."
    ),
    spacing={FACEBOOK: 1.0, INSTAGRAM: 1.0},
    network="instagram",
    hosts=("instagram.com",),
    own_place=True,
)


class InstagramComments:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        return f"https://{INSTAGRAM}/me/media#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        if parts.hostname == INSTAGRAM and parts.path == "/me/media" and parts.fragment:
            return {ACCOUNT: parts.fragment}
        found = _PAGE.fullmatch(parts.path)
        if parts.hostname not in ("www.instagram.com", "instagram.com") or found is None:
            return None
        return None if found[1].lower() in _NO_PAGES else {ACCOUNT: found[1].lower()}

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        handle = account_in(source.address)
        return f"https://www.instagram.com/{handle}/" if handle else ""

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The newest media with their newest comments, back to fourteen days; comments, answers and
        media that tag, back to what was seen; entries that are missing, one by one."""
        known, asking = read_cursor(cursor), Asking(access.login, http, cancel)
        secret = access.login.secret
        by_page = secret["host"] == FACEBOOK
        rights = ", ".join(instagram.SCOPES if by_page else instagram.OWN_SCOPES)
        pages = asking.newest(
            f"{secret['id']}/media", _MEDIA, _WHEN, now, lambda answer: look(answer, rights)
        )
        if not pages:
            return tuple(asking.answers)
        tags = f"{secret['id']}/tags"
        tagging = asking.ask(tags, _TAGS) if by_page else None
        first = len(asking.answers)
        for page in pages:
            for medium in objects(page, "data"):
                if is_id(string(medium, "id")):
                    _walk(asking, first, medium, known, now)
        while goes_on(tagging, known.since, _WHEN, now) and asking.room(first):
            tagging = asking.ask(tags, {**_TAGS, **next_page(tagging)})
        for id_ in missing(known, _listings(tuple(asking.answers), now))[:MOST_CHECKS]:
            if is_id(id_):
                asking.ask(id_, {"fields": "id"})
        return tuple(asking.answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known, asked = read_cursor(cursor), []
        posts: dict[str, Post] = {}
        notes: list[Text] = []
        checks: list[HttpResponse] = []
        account = Account(place_of(answers[0])[0], account_in(source.address))
        places = _places(answers)
        counts: dict[str, int] = {}
        for answer in answers:
            id_, edge = place_of(answer)
            if not edge:
                checks.append(answer)
                asked.append(id_)
            elif edge in ("comments", "replies") and is_gone(answer):
                continue  # what it hung on was deleted meanwhile
            elif edge == "tags" and is_closed(answer):
                notes.append(text("Instagram does not show the media that tag this account."))
            else:
                found = page_of(answer, now)
                counts |= _counts(found) if edge == "media" else {}
                for post in _posts(edge, found, places.get(id_), account, now):
                    posts.setdefault(post.native_id, post)
        named = [post for post in posts.values() if post.native_id]
        listings = _listings(answers, now)
        return FetchResult(
            posts=newest_first([post for post in named if post.full_text]),
            cursor=write_cursor(known_after(known, listings, asked, counts, now)),
            wait_until=rest_until(answers, now),
            skipped=len(posts) - len(named),
            title=f"Instagram · {account.handle}",
            withdrawn=withdrawn(known, checks),
            hole=_is_cut(answers, known, now),
            note=notes[0] if notes else None,
        )


KIND = InstagramComments()


def _walk(asking: Asking, first: int, medium: Json, known: Known, now: datetime) -> None:
    """Ask for the comments of a medium that are new and were not on its first page, then for answers."""
    id_, found = string(medium, "id"), medium.get("comments")
    grown = _growth(medium, known)
    fresh = _fresh(found, known, now)
    pages = [found]
    while next_page(found) and asking.room(first):
        if not goes_on(found, known.since, _WHEN, now) and fresh >= grown:
            break
        found = asking.ask(f"{id_}/comments", {**_COMMENTS, **next_page(found)})
        pages.append(found)
        fresh += _fresh(found, known, now)
    for comment in (one for page in pages for one in objects(page, "data")):
        answers = comment.get("replies")
        while fresh < grown and next_page(answers) and asking.room(first):
            asked = {"fields": _REPLY, "limit": "50", **next_page(answers)}
            answers = asking.ask(f"{string(comment, 'id')}/replies", asked)
            fresh += _fresh(answers, known, now)


def _growth(medium: Json, known: Known) -> int:
    """How many comments came to a medium since the last check; 0 for one that is seen first."""
    id_, count = string(medium, "id"), number(medium, "comments_count") or 0
    return count - known.counts[id_] if id_ in known.counts else 0


def _fresh(found: Any, known: Known, now: datetime) -> int:
    """How many comments and answers of a page are newer than what was seen."""
    things = [*objects(found, "data")]
    things += [reply for one in things for reply in objects(one, "replies", "data")]
    dates = [date for one in things if (date := moment(one, _WHEN, now=now))]
    return sum(known.since is None or date > known.since for date in dates)


def _posts(
    edge: str, found: Json, place: Medium | None, account: Account, now: datetime
) -> Iterator[Post]:
    """What a page of a list holds, comments within media and answers within comments too."""
    for one in objects(found, "data"):
        if edge in ("media", "tags"):
            yield medium_of(one, account, now, tags=edge == "tags")
            below = _medium(one)
            for comment in objects(one, "comments", "data"):
                yield from _with_answers(comment, below, account, now)
        elif place is not None:
            yield from _with_answers(one, place, account, now)


def _with_answers(comment: Json, below: Medium, account: Account, now: datetime) -> Iterator[Post]:
    above = Medium(below.id, below.url, identity(comment))
    answers = (comment_of(one, above, account, now) for one in objects(comment, "replies", "data"))
    yield from addressed((comment_of(comment, below, account, now), *answers), account.handle)


def _places(answers: Answers) -> dict[str, Medium]:
    """Id of a medium or of a comment -> where what hangs below it belongs."""
    places: dict[str, Medium] = {}
    for answer in answers:
        id_, edge = place_of(answer)
        for one in objects(page_in(answer), "data"):
            if edge == "media":
                below = places[identity(one)] = _medium(one)
                for comment in objects(one, "comments", "data"):
                    name = identity(comment)
                    places.setdefault(name, Medium(below.id, below.url, name))
            elif edge == "comments" and id_ in places:
                below, name = places[id_], identity(one)
                places.setdefault(name, Medium(below.id, below.url, name))
    return places


def _listings(answers: Answers, now: datetime) -> dict[str, Listing]:
    """What was read of each list: the account's by their names, others by what they hang on."""
    listings: dict[str, Listing] = {}
    for answer in answers:
        id_, edge = place_of(answer)
        found = page_in(answer)
        if not edge or not isinstance(found, dict):
            continue
        name = edge if edge in ("media", "tags") else id_
        listed(listings, name, found, identity, _WHEN, now)
        for one in objects(found, "data"):
            if isinstance(comments := one.get("comments"), dict):
                listed(listings, identity(one), comments, identity, _WHEN, now)
            for comment in (one, *objects(one, "comments", "data")):
                if isinstance(replies := comment.get("replies"), dict):
                    listed(listings, identity(comment), replies, identity, _WHEN, now)
    return listings


def _counts(found: Json) -> dict[str, int]:
    return {
        identity(one): count
        for one in objects(found, "data")
        if (count := number(one, "comments_count")) is not None
    }


def _is_cut(answers: Answers, known: Known, now: datetime) -> bool:
    """True where a list has more that is new than was read."""
    last: dict[str, Any] = {}
    for answer in answers:
        id_, edge = place_of(answer)
        found = page_in(answer)
        if edge in ("media", "tags", "comments") and (found is not None or is_gone(answer)):
            last[id_ if edge == "comments" else edge] = found
            for one in objects(found, "data") if edge == "media" else ():
                last[identity(one)] = one.get("comments")
    return any(goes_on(found, known.since, _WHEN, now) for found in last.values())


def _medium(one: Json) -> Medium:
    link = string(one, "permalink")
    return Medium(identity(one), link if link.startswith("https://www.instagram.com/") else "")
