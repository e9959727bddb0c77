"""Reddit: comments that answer the person's account or name it, asked with that account.

Asking and limits: reddit_account.py. Three lists are read: mentions of u/NAME, answers to one's comments,
answers to one's posts. Private messages are never asked for. The account's own newest comments (right
history) tell what is answered already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import Json, peek, string
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    SourceInfo,
    Wanted,
)
from monitor.sources.posts import newest_first, usable_id
from monitor.sources.rate_limits import used_up_until
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.sources.reddit_account import (
    HOST,
    MOST_PAGES,
    PAGE,
    asking,
    back_to,
    cursor_of,
    listing_of,
    newest,
    pages_since,
    since_of,
    things,
    unread,
)
from monitor.sources.reddit_things import is_gone, post_of
from monitor.text import text

_LISTS = ("mentions", "comments", "selfreply")
_LATE = timedelta(hours=1)
_OWN = "history"
_COMMENTS = re.compile(r"/user/[^/]+/comments$")

_INFO = SourceInfo(
    kind="reddit-inbox",
    label=text("Reddit: answers and mentions of your account"),
    fields=(ACCOUNT_FIELD,),
    capabilities=frozenset({Capability.FEED}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text("Private messages, and answers to others that do not name your account."),
    network="reddit",
    own_place=True,
)


class RedditInbox:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        return f"https://{HOST}/message/mentions?limit={PAGE}&raw_json=1#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        ours = parts.hostname == HOST and parts.path == "/message/mentions"
        return {ACCOUNT: parts.fragment} if ours and parts.fragment else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return "https://www.reddit.com/message/inbox/"

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The pages of each list back to the newest comment seen last time; the account's own newest."""
        ask = asking(access.login, "privatemessages", http, cancel)
        since = back_to(since_of(cursor), _LATE)
        answers: tuple[HttpResponse, ...] = ()
        for name in _LISTS:
            url = f"https://{HOST}/message/{name}?limit={PAGE}&raw_json=1"
            answers += pages_since(ask, url, since, now)
            if answers[-1].status != 200:
                return answers
        if _OWN in access.login.account.scopes:
            who = quote(access.login.account.handle, safe="")
            asked = f"limit={PAGE}&sort=new&raw_json=1"
            answers += (ask(f"https://{HOST}/user/{who}/comments?{asked}"),)
        return answers

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        found: dict[str, Json] = {}
        skipped = 0
        own = [answer for answer in answers if _is_own(answer)]
        inbox = [answer for answer in answers if answer not in own]
        for answer in inbox:
            listing = listing_of(answer, now)
            skipped += unread(listing)
            for thing in things(listing):
                if name := string(thing, "name"):
                    found.setdefault(name, thing)
        since = since_of(cursor)
        until = newest(found.values(), since, now)
        found |= {string(one, "name"): one for one in _things(own) if string(one, "name")}
        gone = [name for name, thing in found.items() if is_gone(thing)]
        posts = [post_of(thing, now) for name, thing in found.items() if name not in gone]
        readable = [post for post in posts if post.full_text]
        return FetchResult(
            posts=newest_first(readable),
            cursor=cursor_of(until),
            wait_until=used_up_until(answers[-1].headers, now) if answers else None,
            skipped=skipped + len(posts) - len(readable),
            title=f"Reddit · u/{account_in(source.address)}",
            withdrawn=tuple(map(usable_id, gone)),
            hole=since is not None and any(_ended_early(answers, name) for name in _LISTS),
        )


KIND = RedditInbox()


def _is_own(answer: HttpResponse) -> bool:
    return _COMMENTS.search(urlsplit(answer.url).path) is not None


def _things(pages: list[HttpResponse]) -> Iterator[Json]:
    for page in pages:
        yield from things(peek(page))


def _ended_early(answers: Answers, name: str) -> bool:
    """Whether so many pages were read of a list that there must be more."""
    pages = [one for one in answers if urlsplit(one.url).path.endswith(f"/message/{name}")]
    return len(pages) == MOST_PAGES and bool(string(peek(pages[-1]), "data", "after"))
