"""Reddit: posts that a search finds, asked with the person's own account.

Asking and limits: reddit_account.py. Against the feeds (reddit.py): counts, edits and deletions, several
pages, and no waiting for a turn. The search knows posts, not comments; it shows some 250 finds. Posts are
found late, so it is read an hour further back than the newest one seen; what was found lately is looked
at again in the same check.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import Json, peek, string
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
from monitor.sources.posts import newest_first, usable_id
from monitor.sources.rate_limits import used_up_until
from monitor.sources.reading_account import ACCOUNT_FIELD, account_of
from monitor.sources.reddit_account import (
    HOST,
    MOST_PAGES,
    PAGE,
    asking,
    back_to,
    cursor_of,
    known_of,
    listing_of,
    newest,
    pages_since,
    since_of,
    things,
    unread,
    when,
)
from monitor.sources.reddit_things import is_gone, post_of
from monitor.text import text

_PLACE = "subreddit"
_LATE = timedelta(hours=1)
_MOST_FINDS = 250
_LONGEST_QUERY = 512
_COMMUNITY = re.compile(r"(?i:(?:https?://(?:[a-z]+\.)?reddit\.com)?/?r/)?(\w{2,50})/?", re.ASCII)
_PATH = re.compile(r"(?:/r/(\w{2,50}))?/search", re.ASCII)

_INFO = SourceInfo(
    kind="reddit-search",
    label=text("Reddit: search with your account"),
    fields=(
        Field(search_words.KEY, text("Names to look for"), example="Café Lumen, Moka", words=True),
        Field(
            _PLACE,
            text("Only in the community"),
            example="r/france",
            required=False,
            hint=text("Empty: all of Reddit."),
        ),
        ACCOUNT_FIELD,
    ),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Comments below posts, communities your account may not read, and all but the 250 newest finds."
    ),
    shares={HOST: Share(1000, 600)},
    network="reddit",
)


class RedditSearch:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        query = search_words.any_of(search_words.names(fields))
        if len(query) > _LONGEST_QUERY:
            raise BadInput(
                text("That is too much to look for at once."),
                text("Nothing was added."),
                text("Reddit takes {count} letters: add a second source.", count=_LONGEST_QUERY),
            )
        place = _community(fields.get(_PLACE, ""))
        asked = {"q": query, "sort": "new", "type": "link", "limit": PAGE, "raw_json": 1}
        if place:
            asked["restrict_sr"] = "true"
        path = f"/r/{place}/search" if place else "/search"
        return f"https://{HOST}{path}?{urlencode(asked)}#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        found = _PATH.fullmatch(parts.path) if parts.hostname == HOST else None
        words = search_words.names_in(parse_qs(parts.query).get("q", [""])[0])
        if found is None or not words:
            return None
        answers = {search_words.KEY: words, _PLACE: found[1] or "", ACCOUNT: parts.fragment}
        return {key: answer for key, answer in answers.items() if answer}

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        parts = parts_of(source.address)
        shown = {
            key: said[0]
            for key, said in parse_qs(parts.query).items()
            if key in ("q", "restrict_sr", "sort")
        }
        return f"https://www.reddit.com{parts.path}/?{urlencode(shown)}"

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """Pages back to the newest post seen last time; then what was found lately, once more."""
        ask = asking(access.login, "read", http, cancel)
        url = source.address.partition("#")[0]
        answers = pages_since(ask, url, back_to(since_of(cursor), _LATE), now)
        listed = {string(thing, "name") for page in answers for thing in things(peek(page))}
        again = [name for name in known_of(cursor) if name not in listed]
        if again and answers[-1].status == 200:
            names = urlencode({"raw_json": 1, "id": ",".join(again[:PAGE])})
            answers += (ask(f"https://{HOST}/api/info?{names}"),)
        return answers

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        pages = [answer for answer in answers if not _is_look(answer)]
        found: dict[str, Json] = {}
        skipped = 0
        for answer in pages:
            if "/subreddits/" in urlsplit(answer.url).path:
                raise _no_community()
            listing = listing_of(answer, now)
            skipped += unread(listing)
            found |= {
                name: thing
                for thing in things(listing)
                if (name := string(thing, "name")) and name not in found
            }
        fresh, since = tuple(found), since_of(cursor)
        hole = since is not None and _left_out(list(found.values()), pages, since, now)
        for answer in answers:
            if _is_look(answer):
                for thing in things(peek(answer)):
                    found.setdefault(string(thing, "name"), thing)
        found.pop("", None)
        gone = [name for name, thing in found.items() if is_gone(thing)]
        posts = [post_of(thing, now) for name, thing in found.items() if name not in gone]
        readable = [post for post in posts if post.full_text]
        lately = dict.fromkeys((*fresh, *known_of(cursor)))
        return FetchResult(
            posts=newest_first(readable),
            cursor=cursor_of(
                newest((found[name] for name in fresh), since, now),
                [name for name in lately if name not in gone][:PAGE],
            ),
            wait_until=used_up_until(answers[-1].headers, now) if answers else None,
            skipped=skipped + len(posts) - len(readable),
            title=_title(self.fields_of(source.address) or {}),
            withdrawn=tuple(map(usable_id, gone)),
            hole=hole,
        )


KIND = RedditSearch()


def _is_look(answer: HttpResponse) -> bool:
    """The answer to looking again, not a page of finds."""
    return urlsplit(answer.url).path.endswith("/api/info")


def _left_out(found: list[Json], pages: list[HttpResponse], since: datetime, now: datetime) -> bool:
    """Whether the pages ended before the newest post seen last time."""
    times = [stamp for thing in found if (stamp := when(thing, now))]
    full = len(found) >= _MOST_FINDS or (
        len(pages) == MOST_PAGES and bool(string(peek(pages[-1]), "data", "after"))
    )
    return full and min(times, default=since) > since


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


def _no_community() -> SourceError:
    return SourceError(
        text("There is no community of this name on Reddit."),
        text("Nothing already collected is lost."),
        text("Check the source's settings: write it as Reddit does, for instance r/france."),
        action=Action.PAUSE,
    )


def _title(fields: Mapping[str, str]) -> str:
    place = f"Reddit r/{fields[_PLACE]}" if _PLACE in fields else "Reddit"
    words = fields.get(search_words.KEY, "")
    return f"{place} · {words}" if words else place
