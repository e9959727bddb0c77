"""X: posts of the last seven days that name a brand, by recent search, never above the account's cap.

Page: https://docs.x.com/x-api/posts/recent-search. Limits: 300 requests in 15 minutes; 512 letters of a
query; ids to go on from must be younger than seven days. X takes money for each post it shows and for its
author (x_prices.py), nothing for a search that finds nothing: so it is asked for what is newer than the
newest post seen, and not for counts before, which cost as much as a post and need another kind of login.
The first page holds ten posts, the fewest X allows: an answer that is lost has cost no more. Replies and
posts that are quoted are not asked for: each would cost as much as a find. Terms: show author and link;
what was deleted must go within 24 hours: what was found is looked up once a day, while more than half of
the month's money is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import Json, json_of, objects, peek, string, unexpected, words_of
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
from monitor.sources.posts import newest_first
from monitor.sources.rate_limits import used_up_until
from monitor.sources.reading_account import ACCOUNT_FIELD, account_of
from monitor.sources.x_account import (
    API,
    Mark,
    asking,
    check_login,
    mark_of,
    named,
    newest_id,
    refusal,
    spent_of,
    stopped,
    stored,
    usable_since,
)
from monitor.sources.x_post import is_repost, post_of, usable_id
from monitor.sources.x_prices import FIND, POST, paid
from monitor.text import text

_SEARCH = f"{API}/tweets/search/recent"
_LOOK_UP = f"{API}/tweets"
_LANGUAGE = "lang"
_LEAST, _MOST = 10, 100  # posts of one answer
_MOST_PAGES = 5
_LONGEST_QUERY = 512
_FIELDS = {
    "tweet.fields": "created_at,lang,author_id,conversation_id,referenced_tweets,public_metrics,"
    "entities,note_tweet,edit_history_tweet_ids",
    "expansions": "author_id",
    "user.fields": "username,name,public_metrics",
}
_GONE = ("resource-not-found", "not-authorized-for-resource")

_INFO = SourceInfo(
    kind="x-search",
    label=text("X: search (costs money)"),
    fields=(
        Field(
            search_words.KEY,
            text("Names to look for"),
            example="Café Lumen, @cafelumen",
            words=True,
        ),
        Field(
            _LANGUAGE,
            text("Only in the language"),
            example="fr",
            required=False,
            hint=text("Empty: every language. Fewer finds cost less."),
        ),
        ACCOUNT_FIELD,
    ),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=True,
    min_interval=15 * 60,
    default_interval=30 * 60,
    unseen=text(
        "Reposts, protected accounts, what is older than seven days, and everything once the month's "
        "money is spent."
    ),
    shares={"api.x.com": Share(300, 900)},
    network="x",
    hosts=("x.com", "twitter.com"),
)


class XSearch:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        names = search_words.names(fields)
        language = fields.get(_LANGUAGE, "").strip().lower()
        if language and not (language.isascii() and language.isalpha() and len(language) == 2):
            raise BadInput(
                text("“{typed}” is not the code of a language.", typed=language[:40]),
                text("Nothing was added."),
                text("Type two letters, for instance fr, or nothing."),
            )
        query = f"({' OR '.join(map(_wanted, names))}) -is:retweet"
        query += f" lang:{language}" if language else ""
        if len(query) > _LONGEST_QUERY:
            raise BadInput(
                text("That is too much to look for at once."),
                text("Nothing was added."),
                text("X takes {count} letters: add a second source.", count=_LONGEST_QUERY),
            )
        return f"{_SEARCH}?{urlencode({'query': query})}#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        if not address.startswith(f"{_SEARCH}?"):
            return None
        words, _, more = _query(address).removeprefix("(").partition(") -is:retweet")
        found = search_words.names_in(words)
        answers = {
            search_words.KEY: found,
            _LANGUAGE: more.strip().removeprefix("lang:"),
            ACCOUNT: parts_of(address).fragment,
        }
        return {key: answer for key, answer in answers.items() if answer} if found else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return f"https://x.com/search?{urlencode({'q': _query(source.address), 'f': 'live'})}"

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """Pages back to the newest post seen last time (one without), each paid for before it is asked
        for; where the money ends, the last answer is our own and says so."""
        ask, budget, mark = asking(access.login, http, cancel), access.budget, mark_of(cursor)
        since, token = usable_since(mark, now), ""
        answers: list[HttpResponse] = []
        while len(answers) < (_MOST_PAGES if since else 1):
            size = _affordable(budget.left()) if answers else _LEAST
            url = _page(source, since, token, size)
            cancel.check()
            answer = paid(budget, size * FIND, partial(ask, url))
            if answer is None:
                return (*answers, stopped(access))
            check_login(answer)
            if answer.status == 400 and since and not answers:
                since = ""  # older than X takes, by its own clock
                continue
            answers.append(answer)
            token = string(peek(answer), "meta", "next_token")
            if not token.isalnum():
                break
        again = mark.to_look_up(now)
        half = access.login.account.monthly_cap // 2
        if again and answers[-1].status == 200 and budget.left() > half:
            url = f"{_LOOK_UP}?{urlencode({'ids': ','.join(again)})}"
            cancel.check()
            with suppress(SourceError):  # what was found, and paid, counts all the same
                answer = paid(budget, len(again) * POST, partial(ask, url))
                answers += [answer] if answer is not None else []
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        mark = mark_of(cursor)
        note, looks, pages = spent_of(answers), [], []
        for answer in answers:
            path = urlsplit(answer.url).path
            looks += [answer] if path.endswith("/2/tweets") else []
            pages += [answer] if path.endswith("/search/recent") else []
        found: dict[str, Post] = {}
        newest, skipped = mark.since, 0
        for answer in pages:
            tweets, authors, seen = _page_of(answer, now)
            newest = newest_id((newest, seen, *(string(tweet, "id") for tweet in tweets)), now)
            for tweet in tweets:
                if is_repost(tweet):
                    continue
                post = post_of(tweet, authors, now)
                usable = bool(post.native_id and post.full_text)
                skipped += not usable
                if usable:
                    found.setdefault(post.native_id, post)
        withdrawn = _withdrawn(looks, mark)
        posts = [post for name, post in found.items() if name not in withdrawn]
        kept = Mark(
            since=newest,
            known=tuple(dict.fromkeys((*found, *mark.known))),
            looked=now.date().isoformat() if looks else mark.looked,
        )
        return FetchResult(
            posts=newest_first(posts),
            cursor=stored(kept, withdrawn, now) if pages else cursor,
            wait_until=used_up_until(named(pages[-1]).headers, now) if pages else None,
            skipped=skipped,
            title=f"X · {(self.fields_of(source.address) or {}).get(search_words.KEY, '')}",
            withdrawn=withdrawn,
            hole=bool(pages) and bool(mark.since) and _left_out(pages),
            note=note,
        )


KIND = XSearch()


def _wanted(name: str) -> str:
    """A phrase; @names and #tags stand as they are."""
    bare = name[:1] in "@#" and name[1:].replace("_", "").isalnum()
    return name if bare else search_words.quoted(name)


def _query(address: str) -> str:
    return parse_qs(parts_of(address).query).get("query", [""])[0]


def _affordable(left: int) -> int:
    """So many posts fit into what is left, as far as X allows a page of them."""
    return max(_LEAST, min(_MOST, left // FIND))


def _page(source: Source, since: str, token: str, size: int) -> str:
    asked = {"max_results": str(size), **_FIELDS}
    asked |= {"since_id": since} if since else {}
    asked |= {"next_token": token} if token else {}
    return f"{source.address.partition('#')[0]}&{urlencode(asked)}"


def _page_of(answer: HttpResponse, now: datetime) -> tuple[list[Json], dict[str, Json], str]:
    """Posts, people by id, and the newest id it tells. Raises SourceError. An answer may hold errors
    beside what was found; one with errors alone is a refusal."""
    if answer.status != 200:
        raise refusal(answer, now)
    found = json_of(answer, now)
    if not isinstance(found, dict) or ("meta" not in found and "data" not in found):
        raise refusal(answer, now) if words_of(answer) else unexpected(answer)
    people = {string(one, "id"): one for one in objects(found, "includes", "users")}
    return list(objects(found, "data")), people, usable_id(string(found, "meta", "newest_id"))


def _withdrawn(looks: list[HttpResponse], mark: Mark) -> tuple[str, ...]:
    """What X says of known posts: not there, or not to be seen any more."""
    return tuple(
        dict.fromkeys(
            name
            for look in looks
            for error in objects(peek(look), "errors")
            if (name := string(error, "resource_id") or string(error, "value")) in mark.known
            and string(error, "type").endswith(_GONE)
        )
    )


def _left_out(pages: list[HttpResponse]) -> bool:
    """Whether X had more, or was not asked from where we stood because that was too long ago."""
    more = bool(string(peek(pages[-1]), "meta", "next_token"))
    return more or "since_id" not in parse_qs(urlsplit(pages[0].url).query)
