"""Google Business Profile: the reviews of the person's own places, read with its login, and the answers.

Page: developers.google.com/my-business/content/review-data. Limits: 300 requests a minute for a project
that Google has let in. One request a place at most checks. Pages behind the first may leave reviews out
(known since June 2026), so once a week everything is read again, back to where the listening began. Terms:
only places one manages; not to be shown elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.networks.google_answers import is_too_fast, is_used_up, words_of
from monitor.networks.google_review import answer_id
from monitor.networks.googlebusiness import ACCOUNTS, PAGE, REVIEWS, SCOPE
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import Json, objects, peek, string
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
from monitor.sources.googlebusiness_review import Place, changed, posts_of
from monitor.sources.markup import one_line, plain_to_text
from monitor.sources.posts import newest_first, usable_id
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.sources.review_marks import Marks, marks_of
from monitor.text import Text, text

_PLACES = "https://mybusinessbusinessinformation.googleapis.com/v1"
Asked = Mapping[str, str | int]

_MOST_PLACES = 50
_MOST_PAGES = 20
_FEW_PAGES = 5
_WEEK = timedelta(days=7)
_WANTED = "place"
_ACCOUNT = re.compile(r"/v1/(accounts/[\w-]+)/locations$")
_LOCATION = re.compile(r"locations/[\w-]+", re.ASCII)
_LIST = re.compile(r"/v4/(accounts/[\w-]+/locations/[\w-]+)/reviews$")
_ONE = re.compile(r"/v4/(accounts/[\w-]+/locations/[\w-]+/reviews/[^/]+)$")

_INFO = SourceInfo(
    kind="googlebusiness-reviews",
    label=text("Google Business reviews"),
    fields=(
        ACCOUNT_FIELD,
        Field(
            _WANTED,
            text("Place"),
            example="Café Lumen Nantes",
            required=False,
            hint=text("A part of its name, where not all your places are wanted."),
        ),
    ),
    capabilities=frozenset({Capability.FEED, Capability.REPLY}),
    needs_account=True,
    min_interval=30 * 60,
    default_interval=60 * 60,
    unseen=text(
        "Stars without words, places you do not manage, questions and answers, and reviews older than "
        "the 50 newest of each place at the first check."
    ),
    shares={"mybusiness.googleapis.com": Share(300, 60)},
    network="googlebusiness",
    hosts=("business.google.com",),
    own_place=True,
)


class GoogleBusinessReviews:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        wanted = fields.get(_WANTED, "").strip()
        query = f"?{urlencode({_WANTED: wanted})}" if wanted else ""
        return f"{REVIEWS}/reviews{query}#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        label = account_in(address)
        if not address.startswith(f"{REVIEWS}/reviews") or not label:
            return None
        return {ACCOUNT: label, _WANTED: _wanted(address)}

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return PAGE

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The accounts, their places, the newest reviews of each, then some older ones one by one."""
        marks = marks_of(cursor)
        reading = _Reading(access, http, cancel)
        reading.pages(ACCOUNTS, {}, _FEW_PAGES)
        for account in list(_listed(reading.answers, "accounts")):
            url = f"{_PLACES}/{string(account, 'name')}/locations"
            reading.pages(url, {"readMask": "name,title,metadata", "pageSize": 100}, _FEW_PAGES)
        whole = _is_due(marks, now)
        for name in list(_places(reading.answers, _wanted(source.address)))[:_MOST_PLACES]:
            back_to = marks.back_to(name, full=whole)
            asked: Asked = {"pageSize": 50, "orderBy": "updateTime desc"}
            most = _MOST_PAGES if back_to else 1
            reading.pages(f"{REVIEWS}/{name}/reviews", asked, most, back_to, now)
        present = {string(one, "name") for one in _listed(reading.answers, "reviews")}
        for review in marks.looks(present):
            reading.ask(f"{REVIEWS}/{review}")
        return tuple(reading.answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        marks, label = marks_of(cursor), account_in(source.address)
        singles = [one for one in answers if _one(one)]
        refused = [one for one in answers if not _one(one) and _is_closed(one)]
        lists = [one for one in answers if _list(one) and one not in refused]
        for answer in answers:
            # One place that Google refuses, an unverified one, does not silence the others.
            if not _one(answer) and not (lists and answer in refused):
                object_of(answer, now)
        places = _places(answers, _wanted(source.address))
        reviews = {string(one, "name"): one for one in _listed(lists, "reviews")}
        found = {string(one, "name"): one for one in map(peek, singles) if isinstance(one, dict)}
        gone = [_one(one) for one in singles if one.status == 404]
        posts = [
            post
            for name, review in (reviews | found).items()
            for post in posts_of(review, places.get(name.partition("/reviews/")[0]), label, now)
        ]
        changes: dict[str, list[datetime]] = {}
        for answer in lists:
            moments = (changed(one, now) for one in objects(peek(answer), "reviews"))
            changes.setdefault(_list(answer), []).extend(one for one in moments if one)
        fresh = marks.after(
            changes,
            [name for name in reviews if name],
            [name for one in singles if (name := _one(one)) and one.status in (200, 404)],
            gone,
            now if _is_due(marks, now) or marks.full is None else marks.full,
        )
        return FetchResult(
            posts=newest_first(posts),
            cursor=fresh.to_json(),
            title=f"Google Business · {_wanted(source.address) or label}",
            withdrawn=tuple(usable_id(one) for name in gone for one in (name, answer_id(name))),
            hole=any(_is_cut(marks, name, lists, now) for name in changes),
            note=_note(places, refused),
        )


KIND = GoogleBusinessReviews()


class _Reading:
    """The requests of one fetch."""

    def __init__(self, access: Access, http: HttpClient, cancel: CancelToken) -> None:
        self._access = access
        self._http = http
        self._cancel = cancel
        self.answers: list[HttpResponse] = []

    def ask(self, url: str) -> HttpResponse:
        answer = get(url, self._access.login, SCOPE, self._http, self._cancel)
        self.answers.append(answer)
        return answer

    def pages(
        self,
        url: str,
        asked: Asked,
        most: int,
        back_to: datetime | None = None,
        now: datetime | None = None,
    ) -> None:
        """At most so many, back to a review that was changed before `back_to`."""
        page = ""
        for _ in range(most):
            query = urlencode({**asked, **({"pageToken": page} if page else {})})
            found = peek(self.ask(f"{url}?{query}" if query else url))
            page = string(found, "nextPageToken")
            if not page or (back_to and now and _reaches(found, back_to, now)):
                return


def _reaches(found: object, back_to: datetime, now: datetime) -> bool:
    moments = (changed(review, now) for review in objects(found, "reviews"))
    return any(moment is not None and moment < back_to for moment in moments)


def _is_cut(marks: Marks, name: str, lists: list[HttpResponse], now: datetime) -> bool:
    """Whether there was more of this place than was asked for."""
    back_to = marks.back_to(name, full=_is_due(marks, now))
    pages = [peek(one) for one in lists if _list(one) == name]
    goes_on = bool(pages and string(pages[-1], "nextPageToken"))
    return back_to is not None and goes_on and not _reaches(pages[-1], back_to, now)


def _is_closed(answer: HttpResponse) -> bool:
    """Refused for what was asked, not for how often or by whom."""
    return answer.status in (400, 403, 404) and not is_too_fast(answer) and not is_used_up(answer)


def _is_due(marks: Marks, now: datetime) -> bool:
    """Whether all is read again."""
    return marks.full is not None and now - marks.full >= _WEEK


def _places(answers: Sequence[HttpResponse], wanted: str) -> dict[str, Place]:
    """By name, those whose title has the wanted words; a place of two accounts once."""
    found: dict[str, Place] = {}
    seen: set[str] = set()
    for answer in answers:
        account = _ACCOUNT.search(urlsplit(answer.url).path)
        for place in objects(peek(answer), "locations") if account else ():
            name, title = string(place, "name"), one_line(plain_to_text(string(place, "title")))
            if (
                _LOCATION.fullmatch(name)
                and name not in seen
                and wanted.casefold() in title.casefold()
            ):
                seen.add(name)
                whole = f"{account[1]}/{name}" if account else ""
                found[whole] = Place(whole, title, string(place, "metadata", "mapsUri"))
    return found


def _listed(answers: Sequence[HttpResponse], key: str) -> Iterator[Json]:
    for answer in answers:
        yield from objects(peek(answer), key)


def _note(places: Mapping[str, Place], refused: list[HttpResponse]) -> Text | None:
    if not places:
        return text("This account manages no such place at Google.")
    if len(places) > _MOST_PLACES:
        return text(
            "Only the first {most} places are read. Add a source for the others, by their name.",
            most=_MOST_PLACES,
        )
    if refused:
        return text(
            "Google refuses the reviews of {count} places. It says: “{words}”.",
            count=len(refused),
            words=words_of(refused[0]) or str(refused[0].status),
        )
    return None


def _list(answer: HttpResponse) -> str:
    """The place whose reviews were asked for."""
    found = _LIST.search(urlsplit(answer.url).path)
    return found[1] if found else ""


def _one(answer: HttpResponse) -> str:
    """The one review that was asked for."""
    found = _ONE.search(urlsplit(answer.url).path)
    return found[1] if found else ""


def _wanted(address: str) -> str:
    return parse_qs(parts_of(address).query).get(_WANTED, [""])[0]
