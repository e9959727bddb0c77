"""Any address a person types -> the feeds at it or on its page.

The rules, in this order: the site's known rule, the address itself, Link headers, <link>, <a>, guesses.
Every feed offered has been read. An address typed by the person may be private; one found on a
public page may not lead into a private network.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.errors import Action, BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import FoundFeed
from monitor.sources import feed_errors
from monitor.sources.addresses import (
    channel_in_page,
    guesses,
    is_private,
    known_feed,
    profile_feed,
    typed_addresses,
)
from monitor.sources.charset import decode
from monitor.sources.feed_parse import parse_feed
from monitor.sources.page_links import MAX_PAGE, links_in_header, links_in_page
from monitor.text import text

DEADLINE = 15.0
MAX_CANDIDATES = 6
SAMPLES = 3
MOST_TEXTS = 100
LONGEST_TEXT = 2_000

_OK = (200, 203, 226)


def discover(
    address: str, http: HttpClient, cancel: CancelToken, now: datetime
) -> tuple[FoundFeed, ...]:
    """The feeds found, best first, at least one. Blocking, network.

    Raises BadInput (no address, nothing there, a page without feeds), SourceError (the site cannot
    be read) or Cancelled.
    """
    try:
        return _Search(http, cancel, now).run(typed_addresses(address))
    except SourceError as error:
        raise _not_added(error) from error


class _Search:
    """One search: what it needs everywhere, and nothing it found."""

    def __init__(self, http: HttpClient, cancel: CancelToken, now: datetime) -> None:
        self._http = http
        self._cancel = cancel
        self._now = now

    def run(self, addresses: tuple[str, ...]) -> tuple[FoundFeed, ...]:
        certain = filter(None, (known_feed(addresses[0]), profile_feed(addresses[0])))
        if found := self._first(certain):
            return found
        asked, answer = self._open(addresses)
        if answer.status not in _OK:
            raise _unusable(answer, self._now)
        if feed := self._feed(asked, answer):
            return (feed,)
        return self._on_page(answer)

    def _on_page(self, answer: HttpResponse) -> tuple[FoundFeed, ...]:
        page = decode(answer.body[:MAX_PAGE], answer.headers.get("content-type", ""))
        declared, linked = links_in_page(page, answer.url)
        declared = [*links_in_header(answer.headers.get("link", ""), answer.url), *declared]
        channel = channel_in_page(answer.url, page)
        for candidates in (declared, [channel] if channel else [], linked):
            allowed = [c for c in candidates if is_private(answer.url) or not is_private(c)]
            if found := self._all(allowed):
                return found
        if found := self._first(guesses(answer.url)):
            return found
        if feed_errors.is_login(answer, page):
            raise feed_errors.no_feed(answer)
        raise _without_feed()

    def _open(self, addresses: tuple[str, ...]) -> tuple[str, HttpResponse]:
        """The first address that answers; the failure of the first when none does."""
        failure: SourceError | None = None
        for address in addresses:
            try:
                return address, self._http.get(address, cancel=self._cancel, deadline=DEADLINE)
            except SourceError as error:
                failure = failure or error
        raise failure or _without_feed()

    def _all(self, candidates: Iterable[str]) -> tuple[FoundFeed, ...]:
        """Every candidate that is a feed, each feed once though it may have several addresses."""
        found: dict[tuple[str, tuple[str, ...]], FoundFeed] = {}
        for candidate in list(dict.fromkeys(candidates))[:MAX_CANDIDATES]:
            if feed := self._try(candidate):
                found.setdefault((feed.title, feed.samples or (feed.address,)), feed)
        return tuple(found.values())

    def _first(self, candidates: Iterable[str]) -> tuple[FoundFeed, ...]:
        for candidate in candidates:
            if feed := self._try(candidate):
                return (feed,)
        return ()

    def _try(self, address: str) -> FoundFeed | None:
        try:
            answer = self._http.get(address, cancel=self._cancel, deadline=DEADLINE)
        except SourceError:
            return None
        return self._feed(address, answer) if answer.status in _OK else None

    def _feed(self, asked: str, answer: HttpResponse) -> FoundFeed | None:
        content_type = answer.headers.get("content-type", "")
        parsed = parse_feed(answer.body, content_type, answer.url, self._now)
        if parsed is None:
            return None
        titles = (post.title or post.text[:80] for post in parsed.posts[:SAMPLES])
        return FoundFeed(
            kind="feed",
            address=answer.permanent_url or asked,
            title=parsed.title,
            language=parsed.language,
            items=len(parsed.posts),
            samples=tuple(titles),
            texts=tuple(post.excerpt(LONGEST_TEXT) for post in parsed.posts[:MOST_TEXTS]),
        )


def _unusable(answer: HttpResponse, now: datetime) -> VigieError:
    if answer.status in (404, 410):
        return BadInput(
            text("There is no page at this address ({status}).", status=answer.status),
            text("Nothing was added."),
            text("Check the address for typing errors, or open it in the browser first."),
        )
    return feed_errors.refused(answer, now)


def _not_added(error: SourceError) -> SourceError:
    """The same failure for what is no source yet: nothing was gathered, nobody tries again by itself."""
    hint = error.hint
    if error.action is Action.RETRY:
        hint = text("Check the address, or try again later.")
    return SourceError(
        error.title,
        text("Nothing was added."),
        hint,
        action=error.action,
        retry_at=error.retry_at,
        whole_host=error.whole_host,
        status=error.status,
    )


def _without_feed() -> BadInput:
    return BadInput(
        text("No feed was found on this page."),
        text("Nothing was added."),
        text("Try the page of its news or blog, or look there for “RSS”."),
    )
