"""Google Alerts: the feed of an alert that a person has set up with Google.

Page: https://www.google.com/alerts ("Deliver to: RSS feed"; no documentation of the feed). Limits: the
20 newest finds; half an hour between two checks. Who knows the feed's address can read the alert, so
it is treated like the person's own. Each link leads through Google: the real address stands in it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qs

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.sources.addresses import parts_of
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.feed import FeedSource
from monitor.sources.markup import safe_link
from monitor.text import text

_PAGE = "https://www.google.com/alerts"
_HOST = re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_PATH = re.compile(r"/alerts/feeds/(\d{1,30})/(\d{1,30})/?")

_INFO = SourceInfo(
    kind="googlealerts",
    label=text("Google Alert"),
    fields=(
        Field(
            "address",
            text("Address of the alert's feed"),
            example="https://www.google.com/alerts/feeds/0123/4567",
            hint=text(
                "On google.com/alerts choose “Deliver to: RSS feed”, then copy the address of the "
                "alert's feed symbol."
            ),
        ),
    ),
    capabilities=frozenset({Capability.FEED}),
    needs_account=False,
    min_interval=30 * 60,
    default_interval=30 * 60,
    unseen=text("What Google chose not to report, and more than the 20 newest finds."),
    spacing={"www.google.com": 10.0},
)

_FEED = FeedSource()


class GoogleAlerts:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        typed = fields.get("address", "").strip()
        found = self.fields_of(typed if "://" in typed else f"https://{typed}")
        if found is None:
            raise BadInput(
                text("This is not the address of a Google Alert's feed."),
                text("Nothing was added."),
                text(
                    "On google.com/alerts, edit the alert, choose “Deliver to: RSS feed” and copy "
                    "the address of its feed symbol."
                ),
            )
        return found["address"]

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        feed = _PATH.fullmatch(parts.path)
        if feed is None or not _HOST.fullmatch(parts.hostname or ""):
            return None
        return {"address": f"{_PAGE}/feeds/{feed[1]}/{feed[2]}"}

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return _PAGE

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        return _FEED.fetch(source, cursor, http, now, cancel)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        if answers[0].status == 404:
            raise _deleted()
        result = _FEED.read(source, cursor, answers, now)
        found = tuple(dataclasses.replace(post, url=_own_address(post)) for post in result.posts)
        return dataclasses.replace(result, posts=found, moved_to="")


KIND = GoogleAlerts()


def _own_address(post: Post) -> str:
    """The found page's address out of Google's link; every other link as it is."""
    parts = parts_of(post.url)
    if not _HOST.fullmatch(parts.hostname or "") or parts.path != "/url":
        return post.url
    asked = parse_qs(parts.query)
    return safe_link((asked.get("url") or asked.get("q") or [""])[0]) or post.url


def _deleted() -> SourceError:
    return SourceError(
        text("Google does not know this alert any more (404)."),
        text("Nothing already collected is lost."),
        text(
            "It was probably deleted. Create the alert again, add its new feed, and remove this "
            "source."
        ),
        status=404,
    )
