"""GitHub over loopback: linked pages, comments of hits, a repository, its limits, recorded answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.github import KIND
from tests.support.loopback import LoopbackServer, Reply, Request, redirect, reset
from tests.unit.sources.recorded.github import at, comment, issue, page
from tests.unit.sources.samples import NOW

SEARCH = "/search/issues"
LIST = "/repos/lumen/sdk/issues"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def poll(
    loopback: LoopbackServer, http: HttpClient, cursor: str = "", path: str = SEARCH
) -> FetchResult:
    query = "q=%22Marque%22+is%3Aissue" if path == SEARCH else "state=all"
    source = Source(1, "github-issues", f"{loopback.url(path)}?{query}&per_page=100", "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


def serve(loopback: LoopbackServer, path: str, found: list[dict[str, Any]]) -> None:
    """Pages of a hundred with links, what was touched since; the test changes `found`."""

    def answer(request: Request) -> Reply:
        url = urlsplit(request.path)
        asked = parse_qs(url.query)
        since = asked.get("since", [""])[0] or asked.get("q", [""])[0].partition(">=")[2]
        touched = [one for one in found if one["updated_at"] >= since]
        touched.sort(key=lambda one: str(one["updated_at"]), reverse=True)
        number = int(asked.get("page", ["1"])[0])
        shown = touched[100 * (number - 1) : 100 * number]
        link = {}
        if len(touched) > 100 * number:
            base = loopback.url(request.path).partition("&page=")[0]
            link = {"Link": f'<{base}&page={number + 1}>; rel="next", <{base}&page=9>; rel="last"'}
        return Reply(
            headers=link, body=page(*shown) if path == SEARCH else json.dumps(shown).encode()
        )

    loopback.add(path, answer)


def ids(result: FetchResult) -> set[str]:
    return {post.native_id for post in result.posts}


def test_the_search_follows_its_links_to_what_was_seen(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    issues = [issue(number) for number in range(500, 700)]
    serve(loopback, SEARCH, issues)
    first = poll(loopback, http)
    assert (len(first.posts), len(loopback.requests)) == (100, 1)
    issues += [issue(number) for number in range(230)]
    again = poll(loopback, http, first.cursor)
    assert {f"issue-{1_308_970_000 - number}" for number in range(230)} <= ids(again)
    assert not again.hole
    issues += [issue(number) for number in range(-1300, 0)]
    for one in issues[-1300:]:
        one["updated_at"] = at(-1)
    assert poll(loopback, http, again.cursor).hole


def test_issues_and_comments_are_told_whole(http: HttpClient, loopback: LoopbackServer) -> None:
    site = loopback.url("")
    thread = issue(3, site, comments=1, locked=True)
    serve(loopback, SEARCH, [issue(2, user=None), thread])
    serve(loopback, f"{LIST}/9997/comments", [comment(1, below=3)])
    below, other, post = poll(loopback, http).posts
    assert (post.title, post.text) == (
        "Marque SDK crashes, case 3",
        "It always fails.\n\n- on Linux",
    )
    assert (post.likes, post.replies, post.thread_id) == (2, 1, "lumen/sdk#9997")
    assert (post.author.name, post.author.url) == ("lea", "https://github.com/lea")
    assert post.reply_to == ""  # nobody may write there any more
    assert (other.author.name, other.parent_id) == ("", "")
    assert json.loads(other.reply_to) == {
        "repository": "lumen/sdk",
        "number": 9998,
        "comment": "",
    }
    assert (below.title, below.text) == ("", "Marque is no better, case 1")
    assert (below.parent_id, below.thread_id) == ("", post.thread_id)
    assert below.url.endswith("#issuecomment-1188439999")


def test_comments_of_many_hits_are_caught_up_with(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    site = loopback.url("")
    serve(loopback, SEARCH, [issue(900, site)])
    cursor = poll(loopback, http).cursor
    issues = [issue(number, site, comments=1) for number in range(1, 13)]
    serve(loopback, SEARCH, issues)
    for number in range(1, 13):
        serve(loopback, f"{LIST}/{10_000 - number}/comments", [comment(number, below=number)])
    seen: set[str] = set()
    for _ in range(3):
        result = poll(loopback, http, cursor)
        cursor, seen = result.cursor, seen | ids(result)
    assert {f"comment-{1_188_440_000 - number}" for number in range(1, 13)} <= seen
    asked = len(loopback.requests)
    poll(loopback, http, cursor)
    assert len(loopback.requests) == asked + 1


@pytest.mark.parametrize(
    "broken", [Reply(502, body=b"<html>"), reset(), Reply(429, {"Retry-After": "60"}, b"{}")]
)
def test_what_was_opened_before_a_fault_counts(
    http: HttpClient, loopback: LoopbackServer, broken: Reply
) -> None:
    site = loopback.url("")
    serve(loopback, SEARCH, [issue(900, site)])
    cursor = poll(loopback, http).cursor
    serve(loopback, SEARCH, [issue(number, site, comments=1) for number in range(1, 4)])
    for number in range(1, 4):
        serve(loopback, f"{LIST}/{10_000 - number}/comments", [comment(number, below=number)])
    loopback.add(f"{LIST}/9998/comments", broken)
    first = poll(loopback, http, cursor)
    assert {"comment-1188439997"} == {name for name in ids(first) if name.startswith("comment")}
    assert (first.wait_until is not None) == (broken.status == 429)
    with pytest.raises(SourceError):
        poll(loopback, http, first.cursor)  # nothing could be opened
    serve(loopback, f"{LIST}/9998/comments", [comment(2, below=2)])
    again = ids(poll(loopback, http, first.cursor))
    assert {"comment-1188439998", "comment-1188439999"} <= again


def test_a_hit_of_another_site_is_not_followed(http: HttpClient, loopback: LoopbackServer) -> None:
    serve(loopback, SEARCH, [issue(1, "https://evil.example", comments=2)])
    assert len(poll(loopback, http).posts) == 1
    assert len(loopback.requests) == 1


def test_a_repository_is_read_with_its_comments(http: HttpClient, loopback: LoopbackServer) -> None:
    issues = [issue(number) for number in range(50)]
    issues.append(issue(60, pull_request={"url": "x"}))
    comments = [comment(number, below=number) for number in range(20)]
    comments.append(comment(70, below=1, html_url="https://github.com/lumen/sdk/pull/3#x"))
    serve(loopback, LIST, issues)
    serve(loopback, f"{LIST}/comments", comments)
    first = poll(loopback, http, path=LIST)
    assert len(first.posts) == 70
    assert "state" not in loopback.requests[-1].path
    issues += [issue(number) for number in range(-150, 0)]
    comments += [comment(number, below=1) for number in range(-150, 0)]
    issues[7] |= {"body": "Mended.", "updated_at": at(-10)}
    again = poll(loopback, http, first.cursor, LIST)
    assert len([one for one in again.posts if one.published and one.published > NOON]) == 300
    assert "Mended." in {post.text for post in again.posts}
    assert not again.hole


NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def test_a_renamed_repository_is_followed(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add(LIST, redirect("/repositories/515/issues?state=all", 301))
    loopback.add(f"{LIST}/comments", redirect("/repositories/515/issues/comments", 301))
    serve(loopback, "/repositories/515/issues", [issue(1)])
    serve(loopback, "/repositories/515/issues/comments", [comment(1, below=1)])
    assert len(poll(loopback, http, path=LIST).posts) == 2


RESET = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(NOW.timestamp()) + 1800)}


@pytest.mark.parametrize("status", [403, 429])
def test_both_limits_hold_back_the_host(
    status: int, http: HttpClient, loopback: LoopbackServer
) -> None:
    secondary = b'{"message":"You have exceeded a secondary rate limit. Please wait."}'
    for headers, body, pause in (
        (RESET, b'{"message":"API rate limit exceeded for 10.0.0.1."}', timedelta(minutes=30)),
        ({"Retry-After": "60"}, secondary, timedelta(minutes=1)),
        ({}, secondary, timedelta(minutes=10)),
    ):
        loopback.add(SEARCH, Reply(status, headers, body))
        with pytest.raises(SourceError) as caught:
            poll(loopback, http)
        assert caught.value.whole_host
        assert caught.value.retry_at == NOW + pause


def test_a_used_up_share_waits_for_its_reset(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add(SEARCH, Reply(headers=RESET, body=page(issue(1))))
    assert poll(loopback, http).wait_until == NOW + timedelta(minutes=30)


def test_an_incomplete_search_is_asked_again(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add(SEARCH, page(issue(5)))
    first = poll(loopback, http)
    loopback.add(SEARCH, page(issue(1), incomplete_results=True))
    assert poll(loopback, http, first.cursor).cursor == first.cursor


def test_refusals_tell_the_network_s_words(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add(SEARCH, Reply(422, body=b'{"message":"Validation Failed","errors":[{}]}'))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert "Validation Failed" in str(caught.value.title)
    loopback.add(LIST, Reply(410, body=b'{"message":"Issues are disabled for this repo"}'))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http, path=LIST)
    assert caught.value.action == Action.DISABLE


def test_the_form_takes_a_name_a_repository_or_both() -> None:
    listed = "https://api.github.com/repos/lumen/sdk/issues?state=all&sort=updated&direction=desc&per_page=100"
    for typed in ("lumen/sdk", "https://github.com/lumen/sdk.git", "github.com/lumen/sdk/issues/3"):
        assert KIND.address_of({"repository": typed}) == listed
    assert KIND.page_of(Source(1, "x", listed, "")) == "https://github.com/lumen/sdk/issues"
    for fields in (
        {"repository": "nowhere"},
        {"words": "x" * 190, "repository": "a/" + "b" * 60},
        {"words": "x" * 210},
    ):
        with pytest.raises(BadInput):
            KIND.address_of(fields)
    assert KIND.fields_of("https://github.com/lumen/sdk") is None
    assert KIND.fields_of("https://github.com/search?q=moka&type=code") is None


def test_recorded_answers_replay(shared: Path) -> None:
    read = refused = 0
    folder = shared / "fixtures/github/scenarios/api.github.com"
    for file in sorted(folder.glob("*/*-fixture.json")):
        for one in json.loads(file.read_text("utf-8")):
            path = urlsplit(one["path"]).path
            if one["method"] != "get" or not path.endswith("/issues"):
                continue
            raw = one.get("rawHeaders") or {}
            headers = raw if isinstance(raw, dict) else dict(zip(raw[::2], raw[1::2], strict=True))
            url = "https://api.github.com" + one["path"]
            known = {name.lower(): str(value) for name, value in headers.items()}
            body = json.dumps(one["response"]).encode()
            answer = HttpResponse(one["status"], url, "", known, body)
            source = Source(1, "github-issues", url, "")
            if one["status"] != 200:
                refused += 1
                with pytest.raises(SourceError):
                    KIND.read(source, "", (answer,), NOW)
                continue
            result = KIND.read(source, "", (answer,), NOW)
            found = one["response"]
            listed = found["items"] if isinstance(found, dict) else found
            assert len(result.posts) + result.skipped == len({issue["id"] for issue in listed})
            read += len(result.posts)
    assert read > 10
