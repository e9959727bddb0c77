"""App Store: the public reviews of one app in one country.

Page: https://itunes.apple.com/fr/rss/customerreviews/... (not documented, no account). Limits: 50 reviews
a page, ten pages; an hour between two checks of a country; some pages come back empty and are whole
an hour later. Only the app's maker answers, in App Store Connect. Terms: for people's own use, not to
be published again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import (
    JSON_ONLY,
    Json,
    json_of,
    moment,
    number,
    objects,
    peek,
    string,
)
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.feed_cursor import Cursor
from monitor.sources.feed_timing import next_allowed
from monitor.sources.markup import any_to_text, safe_link, title_to_text
from monitor.sources.posts import MAX_ID, newest_first
from monitor.text import text

_HOSTS = ("apps.apple.com", "itunes.apple.com")
_APP_PAGE = re.compile(r"/(?:([a-z]{2})/)?app/(?:[^/]+/)?id(\d{5,15})", re.IGNORECASE)
_REVIEWS = re.compile(r"/([a-z]{2})/rss/customerreviews/(?:[^/]+/)*?id=(\d{5,15})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:id)?(\d{5,15})", re.IGNORECASE)
_COUNTRY = re.compile(r"[a-z]{2}")
_MOST_PAGES = 10

_INFO = SourceInfo(
    kind="appstore",
    label=text("App Store reviews"),
    fields=(
        Field(
            "app",
            text("Address or number of the app"),
            example="https://apps.apple.com/fr/app/id123456789",
        ),
        Field(
            "country",
            text("Country"),
            example="fr",
            required=False,
            hint=text("Two letters. Each country has its own reviews; empty: the address's own."),
        ),
    ),
    capabilities=frozenset({Capability.FEED}),
    needs_account=False,
    min_interval=60 * 60,
    default_interval=2 * 60 * 60,
    unseen=text(
        "Stars without words, the maker's answers, more than the 500 newest reviews, and other "
        "countries. New reviews may appear hours late."
    ),
    spacing={"itunes.apple.com": 3.0},
    own_place=True,
)


class AppStore:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        typed = fields.get("app", "").strip()
        pasted = self.fields_of(typed if "://" in typed else f"https://{typed}") or {}
        bare = _NUMBER.fullmatch(typed)
        app = bare[1] if bare else pasted.get("app", "")
        country = fields.get("country", "").strip().lower() or pasted.get("country", "")
        if not app:
            raise _unusable_app()
        if not country:
            raise _no_country()
        if not _COUNTRY.fullmatch(country):
            raise _unusable_country()
        reviews = f"https://itunes.apple.com/{country}/rss/customerreviews"
        return f"{reviews}/id={app}/sortBy=mostRecent/json"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        if parts.hostname not in _HOSTS:
            return None
        found = _REVIEWS.match(parts.path) or _APP_PAGE.match(parts.path)
        return {"app": found[2], "country": (found[1] or "us").lower()} if found else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        fields = self.fields_of(source.address)
        if fields is None:
            return ""
        return f"https://apps.apple.com/{fields['country']}/app/id{fields['app']}?see-all=reviews"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Pages until a review seen last time: one page where nothing was ever read."""
        seen = _seen(cursor)
        asked: set[str] = set()
        answers = []
        for page in range(1, _MOST_PAGES + 1 if seen else 2):
            url = source.address.replace("/customerreviews/", f"/customerreviews/page={page}/", 1)
            answers.append(http.get(url, cancel=cancel, headers=JSON_ONLY))
            shown = set(_states(peek(answers[-1])))
            if shown <= asked or not seen.isdisjoint(shown):
                break
            asked |= shown
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        pages = [json_of(answer, now) for answer in answers]
        reviews: dict[str, Json] = {}
        for page in reversed(
            pages
        ):  # what slid to the next page while we read: the newer page counts
            reviews |= {string(one, "id", "label"): one for one in _reviews(page)}
        base = self.page_of(source)
        posts = [
            _post(review, base, now) for own, review in reviews.items() if 0 < len(own) <= MAX_ID
        ]
        readable = tuple(post for post in posts if post.full_text)
        seen, first = _seen(cursor), _states(pages[0])
        met = any(not seen.isdisjoint(_states(page)) for page in pages)
        # A page that came back empty is asked for again: the last seen review stays the old one.
        broken_off = bool(seen) and not met and not _states(pages[-1])
        return FetchResult(
            posts=newest_first(readable),
            cursor=json.dumps({"v": 1, "seen": sorted(seen) if broken_off else first}),
            wait_until=next_allowed(answers[0].headers, Cursor(), now),
            skipped=len(reviews) - len(readable),
            title=_title(self.fields_of(source.address)),
            hole=bool(seen) and not met and len(pages) == _MOST_PAGES,
            note=None
            if reviews
            else text(
                "The App Store shows no review of this app in this country just now. It sometimes "
                "leaves them out for hours."
            ),
        )


KIND = AppStore()


def _reviews(found: Any) -> Iterator[Json]:
    """The reviews of a page. A single one stands there without a list; the app itself may come first."""
    feed = found.get("feed") if isinstance(found, dict) else None
    one = feed.get("entry") if isinstance(feed, dict) else None
    for entry in [one] if isinstance(one, dict) else objects(feed, "entry"):
        if string(entry, "im:rating", "label"):
            yield entry


def _states(found: Any) -> list[str]:
    """Each review of a page with the time of its last edit: an edited review is a new one here."""
    return [
        f"{string(one, 'id', 'label')[:40]}@{string(one, 'updated', 'label')[:40]}"
        for one in _reviews(found)
    ]


def _post(review: Json, page: str, now: datetime) -> Post:
    own = string(review, "id", "label")
    rating = number(review, "im:rating", "label") or 0
    # No review has a page of its own; with its number the address is its own all the same.
    link = page or safe_link(string(review, "link", "attributes", "href"))
    return Post(
        native_id=own,
        url=f"{link}#{own}" if link and own.isalnum() else link,
        title=title_to_text(string(review, "title", "label")),
        text=any_to_text(string(review, "content", "label")),
        author=Author(
            name=title_to_text(string(review, "author", "name", "label")),
            url=safe_link(string(review, "author", "uri", "label")),
        ),
        published=moment(review, "updated", "label", now=now),
        rating=rating if 1 <= rating <= 5 else None,
        likes=number(review, "im:voteSum", "label"),
    )


def _seen(cursor: str) -> frozenset[str]:
    try:
        stored = json.loads(cursor).get("seen")
        return frozenset(stored) if isinstance(stored, list) else frozenset()
    except (ValueError, RecursionError, AttributeError, TypeError):
        return frozenset()


def _title(fields: Mapping[str, str] | None) -> str:
    return f"App Store {fields['country'].upper()} · {fields['app']}" if fields else ""


def _unusable_app() -> BadInput:
    return BadInput(
        text("This is not the address of an app in the App Store."),
        text("Nothing was added."),
        text("Open the app's page at apps.apple.com and paste its address."),
    )


def _no_country() -> BadInput:
    return BadInput(
        text("The country whose reviews to read is missing: a number alone does not tell it."),
        text("Nothing was added."),
        text("Answer the country with two letters, as fr, or paste the address of the app's page."),
    )


def _unusable_country() -> BadInput:
    return BadInput(
        text("The country is not written in two letters."),
        text("Nothing was added."),
        text("Write for instance fr, be or gb."),
    )
