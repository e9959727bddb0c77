"""GitHub: issues and their comments that name a brand, or all of one repository.

Page: https://docs.github.com/rest (read without an account). Limits: 10 searches a minute, 60 other
requests an hour and address; the search shows 1,000 hits at most and lags a little. Asked is for what
was touched since the last check, so edits come too. The search tells of issues whose comments name the
brand; comments are then read, a few issues at a time, the longest untouched first, so that a busy day is
caught up with. Terms: no spam; texts belong to their authors.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import github_query as query
from monitor.sources import search_words
from monitor.sources.api_answers import Json, number, peek, string
from monitor.sources.base import Answers, Capability, FetchResult, Field, Share, SourceInfo, Wanted
from monitor.sources.github_answers import checked, is_comments, listed, posts_of, touched
from monitor.sources.link_header import linked
from monitor.sources.posts import newest_first
from monitor.sources.rate_limits import used_up_until
from monitor.text import text

_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_MOST_PAGES = 5  # ten searches a minute are all that strangers get, for all sources together
_MOST_THREADS = 5  # issues whose comments are read in one fetch
_LAG = timedelta(minutes=5)  # by which the index of the search may be late
_FIRST_LOOK = timedelta(days=30)

_INFO = SourceInfo(
    kind="github-issues",
    label=text("GitHub issues"),
    fields=(
        Field(
            search_words.KEY,
            text("Name to look for"),
            example="Café Lumen",
            required=False,
            words=True,
            hint=text("Without a name all issues of the repository are read."),
        ),
        Field(
            query.REPOSITORY,
            text("Repository"),
            example="octocat/hello-world",
            required=False,
            hint=text("Without a repository all public ones are searched."),
        ),
    ),
    capabilities=frozenset({Capability.SEARCH, Capability.FEED}),
    needs_account=False,
    min_interval=10 * 60,
    default_interval=30 * 60,
    unseen=text("Private repositories, discussions, pull requests, and deleted comments."),
    spacing={"api.github.com": 7.0},
    shares={"api.github.com": Share(60, 3600)},
    network="github",
)


class GitHub:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        repository = query.repository_of(fields.get(query.REPOSITORY, ""))
        if repository and not fields.get(search_words.KEY, "").strip(" ,"):
            return query.issues_of(repository)
        return query.search_for(search_words.one_name(fields), repository)

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        return query.fields_of(address)

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ({search_words.KEY: wanted.name},)

    def page_of(self, source: Source) -> str:
        if repository := query.repository_at(source.address):
            return f"https://github.com/{repository}/issues"
        asked = {"q": query.query_of(source.address), "type": "issues", "s": "updated", "o": "desc"}
        return f"https://github.com/search?{urlencode(asked)}"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Issues touched since the last check, and comments: of the repository, or of the hits."""
        since = _since(cursor)
        asked = query.newer(source.address, since) if since else source.address
        answers = _pages(asked, since, http, cancel)
        if query.repository_at(source.address):
            comments = query.comments_of_repository(asked)
            return (*answers, *_pages(comments, since, http, cancel))
        issues = [one for answer in answers for one in listed(peek(answer))]
        look_back = query.written((since or now - _FIRST_LOOK) - _LAG)
        searched = len(answers)
        for issue in _to_open(issues, source.address, since, now)[:_MOST_THREADS]:
            asked = urlencode({"per_page": query.PAGE, "since": look_back})
            url = f"{_comments_of(issue, source.address)}?{asked}"
            try:
                answers.append(http.get(url, cancel=cancel, headers=_HEADERS))
            except SourceError:
                if len(answers) == searched:
                    raise
                break  # the next check goes on here
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        since = _since(cursor)
        pages, held = _until_a_fault(answers, now)
        issues = [one for page, of_comments in pages if not of_comments for one in listed(page)]
        comments = [one for page, of_comments in pages if of_comments for one in listed(page)]
        posts = posts_of(issues, comments, now)
        readable = [post for post in posts if post.full_text]
        in_repository = bool(query.repository_at(source.address))
        if in_repository:
            done = _done([*issues, *comments], now)
        else:
            threads = _to_open(issues, source.address, since, now) if since else []
            count = sum(of_comments for _, of_comments in pages)
            done = _opened(issues, threads, count, now)
        if done is None or any(_is_incomplete(page) for page, _ in pages):
            done = since
        waits = [wish for answer in answers if (wish := used_up_until(answer.headers, now))]
        waits += [held] if held else []
        return FetchResult(
            posts=newest_first(readable),
            cursor=json.dumps(
                {"v": 1, "since": max(done, since or done).isoformat() if done else ""}
            ),
            wait_until=max(waits, default=None),
            skipped=len(posts) - len(readable),
            title=_title(source),
            hole=bool(since) and any(_is_cut(answers, of_comments=of) for of in (False, True)),
        )


KIND = GitHub()


def _pages(
    url: str, since: datetime | None, http: HttpClient, cancel: CancelToken
) -> list[HttpResponse]:
    """One page where nothing was ever read, else all that the network links."""
    answers: list[HttpResponse] = []
    for _ in range(_MOST_PAGES if since else 1):
        answers.append(http.get(url, cancel=cancel, headers=_HEADERS))
        url = linked(answers[-1], "next")
        if not url:
            break
    return answers


def _is_cut(answers: Answers, *, of_comments: bool) -> bool:
    """True when the network has more pages of this list than were read."""
    pages = [
        answer
        for answer in answers
        if is_comments(answer) is of_comments and not _is_of_one_issue(answer)
    ]
    return len(pages) == _MOST_PAGES and bool(linked(pages[-1], "next"))


def _is_of_one_issue(answer: HttpResponse) -> bool:
    path = urlsplit(answer.url).path.removesuffix("/comments")
    return path.rpartition("/")[2].isdigit()


def _to_open(
    issues: Sequence[Json], address: str, since: datetime | None, now: datetime
) -> list[Json]:
    """The issues whose comments are to be read: the newest ones at first, then the longest untouched."""
    dated = [(date, issue) for issue in issues if (date := touched(issue, now))]
    fresh = [(date, issue) for date, issue in dated if since is None or date > since]
    fresh.sort(key=lambda one: one[0], reverse=since is None)
    return [
        issue for _, issue in fresh if number(issue, "comments") and _comments_of(issue, address)
    ]


def _until_a_fault(
    answers: Answers, now: datetime
) -> tuple[list[tuple[Any, bool]], datetime | None]:
    """Each page, with True for one of comments. Raises SourceError; but what was opened before a fault
    counts, or a busy name would never be read to its end. Then also until when the network rests."""
    pages: list[tuple[Any, bool]] = []
    opened = False
    for answer in answers:
        try:
            pages.append((checked(answer, now), is_comments(answer)))
        except SourceError as error:
            if not opened:
                raise
            return pages, error.retry_at
        opened = is_comments(answer) and _is_of_one_issue(answer)
    return pages, None


def _opened(
    issues: Sequence[Json], threads: Sequence[Json], count: int, now: datetime
) -> datetime | None:
    """The moment up to which the hits and their comments were read, so many of the threads."""
    last = _done(threads[:count], now)
    unread = [date for one in threads[count:] if (date := touched(one, now))]
    return last if last and max(unread, default=last) > last else _done(issues, now)


def _done(read: Sequence[Json], now: datetime) -> datetime | None:
    """The newest date, but nothing of the last minutes, which the index may not hold yet."""
    dates = [date for one in read if (date := touched(one, now))]
    return min(max(dates), now - _LAG) if dates else None


def _is_incomplete(page: Any) -> bool:
    """True where the search ran out of time."""
    return isinstance(page, dict) and page.get("incomplete_results") is True


def _comments_of(issue: Json, asked: str) -> str:
    """Where the comments of a hit are; "" where the network names another site than the one asked."""
    address = string(issue, "comments_url")
    try:
        same = urlsplit(address)[:2] == urlsplit(asked)[:2]
    except ValueError:
        return ""
    return address if same and "?" not in address and address.endswith("/comments") else ""


def _title(source: Source) -> str:
    asked = query.query_of(source.address)
    about = query.words_in(asked) or query.repository_at(source.address)
    return f"GitHub · {about}" if about else ""


def _since(cursor: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(string(json.loads(cursor), "since"))
    except (ValueError, RecursionError):
        return None
    return found if found.tzinfo else None
