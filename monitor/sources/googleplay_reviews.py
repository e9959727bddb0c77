"""Google Play: the reviews of the person's own app, read with its login, and the answers to them.

Page: developers.google.com/android-publisher/reply-to-reviews. Limits: reviews with words, written or
changed in the last 7 days; 200 requests an hour for the app; a few a check. A review keeps its number when
it is changed. Terms: only apps one publishes. What was brought stays here: Google forgets it in a week.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.networks.google_review import answer_id
from monitor.networks.googleplay import (
    BASE,
    SCOPE,
    app_page,
    package_of,
    review_address,
    review_page,
)
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import Json, moment, number, objects, peek, string
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    Field,
    Share,
    SourceInfo,
    Wanted,
)
from monitor.sources.google_reading import get, object_of
from monitor.sources.markup import any_to_text, one_line, plain_to_text, safe_link, title_to_text
from monitor.sources.posts import language_code, newest_first, usable_id
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.sources.review_marks import marks_of
from monitor.text import text

_MOST_PAGES = 10
_SHOWN = timedelta(days=6)
"""A review that was not changed for so long may leave Google's window: then nothing proves it deleted."""
_LIST = re.compile(r"/androidpublisher/v3/applications/([\w.]+)/reviews")

_INFO = SourceInfo(
    kind="googleplay-reviews",
    label=text("Google Play reviews"),
    fields=(
        ACCOUNT_FIELD,
        Field(
            "package",
            text("Package name of the app"),
            example="com.example.app",
            required=False,
            hint=text("Empty: the app that was named at the login."),
        ),
    ),
    capabilities=frozenset({Capability.FEED, Capability.REPLY}),
    needs_account=True,
    min_interval=30 * 60,
    default_interval=60 * 60,
    unseen=text(
        "Stars without words, reviews older than 7 days before the first check, those of test versions, "
        "and other people's apps."
    ),
    shares={"androidpublisher.googleapis.com": Share(200, 60 * 60)},
    network="googleplay",
    hosts=("play.google.com",),
    own_place=True,
)


class GooglePlayReviews:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        label = account_of(fields)
        package = package_of(fields.get("package", "").strip() or label)
        return f"{BASE}/{package}/reviews#{label}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        found = _LIST.fullmatch(parts.path)
        if parts.hostname == "androidpublisher.googleapis.com" and found and parts.fragment:
            return {ACCOUNT: parts.fragment, "package": found[1]}
        if parts.hostname == "play.google.com" and parts.path == "/store/apps/details":
            try:
                return {"package": package_of(address)}
            except BadInput:
                return None
        return None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        package = _package(source)
        return f"{app_page(package)}&showAllReviews=true" if package else ""

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """Pages back to what was read last time, then some older reviews one by one."""
        marks, package = marks_of(cursor), _package(source)
        back_to = marks.back_to(package, full=False)
        answers: list[HttpResponse] = []
        page = ""
        for _ in range(_MOST_PAGES if back_to else 1):
            query = urlencode({"maxResults": 100} | ({"token": page} if page else {}))
            url = f"{BASE}/{package}/reviews?{query}"
            answers.append(get(url, access.login, SCOPE, http, cancel))
            found = peek(answers[-1])
            page = string(found, "tokenPagination", "nextPageToken")
            changes = [_changed(review, now) for review in objects(found, "reviews")]
            if not page or (back_to and any(one and one < back_to for one in changes)):
                break
        present = {_mark(review) for review in _listed(answers)}
        for mark in marks.looks(present):
            if _is_shown(mark, now):
                url = review_address(package, mark.rpartition("@")[0])
                answers.append(get(url, access.login, SCOPE, http, cancel))
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        marks, package = marks_of(cursor), _package(source)
        pages = [one for one in answers if not _review_asked(one)]
        for page in pages:
            object_of(page, now)
        reviews = {string(one, "reviewId"): one for one in _listed(pages)}
        singles = [one for one in answers if _review_asked(one)]
        reviews |= {string(found, "reviewId"): found for found in map(peek, singles) if found}
        gone = [_review_asked(one) for one in singles if one.status == 404]
        label = account_in(source.address)
        posts = [
            post
            for id_, review in reviews.items()
            if id_
            for post in _posts(review, package, label, now)
        ]
        readable = tuple(post for post in posts if post.full_text)
        changes = [date for one in _listed(pages) if (date := _changed(one, now))]
        fresh = marks.after(
            {package: changes},
            [_mark(one) for one in _listed(pages)],
            [mark for mark in marks.watched if mark.rpartition("@")[0] in _ids(singles)],
            {
                mark
                for mark in marks.watched
                if not _is_shown(mark, now) or mark.rpartition("@")[0] in gone
            },
            None,
        )
        back_to = marks.back_to(package, full=False)
        return FetchResult(
            posts=newest_first(readable),
            cursor=fresh.to_json(),
            skipped=len(posts) - len(readable),
            title=f"Google Play · {package}",
            withdrawn=tuple(usable_id(one) for id_ in gone for one in (id_, answer_id(id_))),
            hole=back_to is not None and len(pages) == _MOST_PAGES and _goes_on(pages[-1]),
        )


KIND = GooglePlayReviews()


def _posts(review: Json, package: str, label: str, now: datetime) -> Iterator[Post]:
    """The review and, where there is one, the answer to it: its own post, by the account."""
    id_ = string(review, "reviewId")
    url = safe_link(review_page(package, id_))
    said = _comment(review, "userComment")
    answered = _comment(review, "developerComment")
    # What stands before the tab is the title of old reviews.
    title, _, words = string(said, "text").rpartition("\t")
    stars = number(said, "starRating") or 0
    yield Post(
        native_id=usable_id(id_),
        url=url,
        title=title_to_text(title),
        text=any_to_text(words),
        author=Author(name=one_line(plain_to_text(string(review, "authorName")))),
        published=_when(said, now),
        language=language_code(string(said, "reviewerLanguage")),
        thread_id=usable_id(id_),
        rating=stars if 1 <= stars <= 5 else None,
        likes=number(said, "thumbsUpCount"),
        reply_to=json.dumps({"package": package, "review": id_, "answered": bool(answered)}),
    )
    if answered:
        yield Post(
            native_id=usable_id(answer_id(id_)),
            url=url,
            title="",
            text=any_to_text(string(answered, "text")),
            # The account is known by the app that was named at its login.
            author=Author(label, label, app_page(label)),
            published=_when(answered, now),
            thread_id=usable_id(id_),
            parent_id=usable_id(id_),
        )


def _comment(review: Json, key: str) -> Json:
    found: dict[str, Any] = {}
    for comment in objects(review, "comments"):
        one = comment.get(key)
        found = one if isinstance(one, dict) else found
    return found


def _when(comment: Json, now: datetime) -> datetime | None:
    """Seconds come as text."""
    seconds = number(comment, "lastModified", "seconds")
    return None if seconds is None else moment({"at": seconds}, "at", now=now)


def _changed(review: Json, now: datetime) -> datetime | None:
    return _when(_comment(review, "userComment"), now)


def _mark(review: Json) -> str:
    """Number and time of the last change, which tells whether Google must still show it."""
    seconds = number(_comment(review, "userComment"), "lastModified", "seconds") or 0
    return f"{string(review, 'reviewId')}@{seconds}"


def _is_shown(mark: str, now: datetime) -> bool:
    seconds = mark.rpartition("@")[2]
    return seconds.isdigit() and int(seconds[:12]) > (now - _SHOWN).timestamp()


def _listed(pages: Answers | list[HttpResponse]) -> Iterator[Json]:
    for page in pages:
        yield from objects(peek(page), "reviews")


def _review_asked(answer: HttpResponse) -> str:
    """The number of the one review that was asked for; "" for a page of them."""
    return unquote(urlsplit(answer.url).path.partition("/reviews/")[2])


def _ids(singles: list[HttpResponse]) -> set[str]:
    return {_review_asked(one) for one in singles if one.status in (200, 404)}


def _goes_on(page: HttpResponse) -> bool:
    return bool(string(peek(page), "tokenPagination", "nextPageToken"))


def _package(source: Source) -> str:
    found = _LIST.fullmatch(parts_of(source.address).path)
    return found[1] if found else ""
