"""Bluesky: posts that mention, answer or quote the person's account, read with that account.

Page: https://docs.bsky.app/docs/api/app-bsky-notification-list-notifications, through the account's own
server. Limits: 3,000 requests in five minutes for an address. Newest first, read back to the newest seen
one by the network's cursor. Notifications have no counts: the posts themselves are asked for, which
also tells the deleted ones. The account's own newest replies tell what is answered already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.api_answers import Json, entries, objects, peek, refused, string, unexpected
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    SourceInfo,
    Wanted,
)
from monitor.sources.bluesky_account import SERVICE, Pairs, asking, method_of, told
from monitor.sources.bluesky_pages import (
    MOST_PAGES,
    PAGE,
    after,
    ask_again,
    followers_in,
    goes_on,
    looked_at,
    pages,
    read_cursor,
    write_cursor,
)
from monitor.sources.bluesky_post import post_of
from monitor.sources.posts import newest_first
from monitor.sources.rate_limits import used_up_until
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.text import text

_METHOD = "app.bsky.notification.listNotifications"
_LIST = "notifications"
_OWN = "app.bsky.feed.getAuthorFeed"
_OWN_POSTS = 50
_REASONS = ("mention", "reply", "quote")
_ASKED = re.compile(rf"^{re.escape(SERVICE + _METHOD)}#(.+)$")

_INFO = SourceInfo(
    kind="bluesky-notifications",
    label=text("Bluesky: mentions of your account"),
    fields=(ACCOUNT_FIELD,),
    capabilities=frozenset({Capability.FEED, Capability.REPLY}),
    needs_account=True,
    min_interval=2 * 60,
    default_interval=5 * 60,
    unseen=text(
        "What names the brand without mentioning, answering or quoting the account, and people the account has blocked or muted."
    ),
    network="bluesky",
    own_place=True,
)


class BlueskyNotifications:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        return f"{SERVICE}{_METHOD}#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        found = _ASKED.match(address)
        return {ACCOUNT: found[1]} if found else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()  # an account, not a name

    def page_of(self, source: Source) -> str:
        return "https://bsky.app/notifications" if source.address else ""

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """Pages back to what was read; the posts themselves; their authors; the account's own posts."""
        known, ask = read_cursor(cursor), asking(access.login, http, cancel)
        asked = [*(("reasons", reason) for reason in _REASONS), ("limit", str(PAGE))]

        def page(mark: str) -> HttpResponse:
            more: Pairs = [("cursor", mark)] if mark else []
            return ask(_METHOD, [*asked, *more])

        answers = pages(page, _LIST, known, now)
        if peek(answers[0]) is None:
            return tuple(answers)
        found = _notices(answers)
        authors = (string(one, "author", "did") for one in found.values())
        answers += ask_again(ask, list(found), known, authors)
        own = [("actor", access.login.secret["did"]), ("filter", "posts_with_replies")]
        answers.append(ask(_OWN, [*own, ("limit", str(_OWN_POSTS))]))
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known = read_cursor(cursor)
        first, *others = answers
        newest_page = told(first, now)
        if not isinstance(newest_page, dict) or _LIST not in newest_page:
            raise unexpected(first)
        shown = [first, *(answer for answer in others if method_of(answer) == _METHOD)]
        found = _notices(shown)
        there, lost = looked_at(others)
        followers = followers_in(others)
        # As the posts stand now, with their counts, where the network told; else as it noticed them.
        views = {uri: one for uri, one in {**found, **there}.items() if uri not in lost}
        views |= _own_replies(others)
        posts = [post_of(view, followers, now) for view in views.values()]
        refusal = next((answer for answer in shown if peek(answer) is None), None)
        noticed = [post_of(one, {}, now).published for one in found.values()]
        dates = [date for date in (*noticed, known.since) if date]
        since = known.since if refusal else max(dates, default=None)
        kept, gone = after(known, since, found, there, lost)
        more = len(shown) >= MOST_PAGES and goes_on(shown[-1], _LIST, known, now)
        burst = bool(cursor) and not known.since and entries(newest_page, _LIST) >= PAGE
        unread = sum(
            not string(one, "uri") for answer in shown for one in objects(peek(answer), _LIST)
        )
        return FetchResult(
            posts=newest_first([post for post in posts if post.full_text]),
            cursor=write_cursor(kept),
            wait_until=refused(refusal, now).retry_at
            if refusal
            else used_up_until(answers[-1].headers, now),
            skipped=unread + sum(not post.full_text for post in posts),
            title=f"@{account_in(source.address)}",
            withdrawn=gone,
            hole=more or burst,
        )


KIND = BlueskyNotifications()


def _notices(answers: Iterable[HttpResponse]) -> dict[str, Json]:
    """The notifications of what we listen to, by the post's uri: servers may send all kinds."""
    return {
        string(one, "uri"): one
        for answer in answers
        for one in objects(peek(answer), _LIST)
        if string(one, "uri") and string(one, "reason") in _REASONS
    }


def _own_replies(answers: Iterable[HttpResponse]) -> dict[str, Json]:
    """The account's own answers: to these posts, and to what a search found."""
    found: dict[str, Json] = {}
    for answer in answers:
        if method_of(answer) == _OWN:
            own = parse_qs(urlsplit(answer.url).query).get("actor", [""])[0]
            for item in objects(peek(answer), "feed"):
                post = item.get("post")
                parent = string(post, "record", "reply", "parent", "uri")
                if isinstance(post, dict) and parent and string(post, "author", "did") == own:
                    found[string(post, "uri")] = post
    return found
