"""Stack Exchange over loopback: two requests a page, pauses, errors in any status, deletions."""

from __future__ import annotations

import gzip
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
from monitor.sources.base import FetchResult, Wanted
from monitor.sources.stackexchange import KIND
from monitor.sources.stackexchange_answers import checked
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.unit.sources.recorded.stackexchange import hit, page, whole
from tests.unit.sources.samples import NOW

SEARCH = "/2.3/search/excerpts"
_FIRST = 77_000_000


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def poll(loopback: LoopbackServer, http: HttpClient, cursor: str = "") -> FetchResult:
    address = loopback.url(SEARCH) + "?q=%22Marque%22&site=superuser&pagesize=100"
    source = Source(1, "stackexchange", address, "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


def serve(
    loopback: LoopbackServer,
    hits: list[dict[str, Any]],
    deleted: frozenset[int] = frozenset(),
    backoff: int = 0,
) -> None:
    """As the real one: always compressed, pages of 100, posts by their numbers."""
    more = {"backoff": backoff} if backoff else {}

    def search(request: Request) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        start = 100 * (int(asked["page"][0]) - 1)
        found = [one for one in hits if one["creation_date"] >= int(asked.get("fromdate", "0")[0])]
        shown = found[start : start + 100]
        ids = ";".join(str(one.get("answer_id") or one["question_id"]) for one in shown)
        loopback.add(f"/2.3/posts/{ids}", Reply(body=page(*_wholes(ids, deleted))))
        body = page(*shown, has_more=len(found) > start + 100, **more)
        return Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(body))

    loopback.add(SEARCH, search)


def _wholes(ids: str, deleted: frozenset[int]) -> list[dict[str, Any]]:
    numbers = [_FIRST - int(id_) for id_ in ids.split(";") if id_]
    return [whole(number) for number in numbers if number not in deleted]


def test_it_reads_every_page_to_the_newest_seen_post(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    hits = [hit(number) for number in range(150)]
    serve(loopback, hits)
    first = poll(loopback, http)
    assert (len(first.posts), len(loopback.requests)) == (100, 2)
    hits[:0] = [hit(number) for number in range(-230, 0)]
    again = poll(loopback, http, first.cursor)
    assert {str(_FIRST - number) for number in range(-230, 0)} <= {
        post.native_id for post in again.posts
    }
    assert not again.hole


def test_posts_are_told_whole(http: HttpClient, loopback: LoopbackServer) -> None:
    serve(loopback, [hit(1), hit(3)])
    question, answer = poll(loopback, http).posts
    assert question.title == 'Marque SDK returns 500 "oops" 1'
    assert question.text == "The Marque SDK fails & stops every day, case 1."
    assert (question.author.name, question.author.url) == (
        "Léa & Co",
        "https://stackoverflow.com/users/5/lea",
    )
    assert (question.likes, question.replies, question.parent_id) == (7, 4, "")
    assert question.thread_id == question.native_id == str(_FIRST - 1)
    assert (answer.title, answer.replies) == ("", None)
    assert answer.parent_id == answer.thread_id == "76000000"
    assert answer.reply_to == ""


def test_what_the_site_has_deleted_is_withdrawn(http: HttpClient, loopback: LoopbackServer) -> None:
    serve(loopback, [hit(1), hit(2)], deleted=frozenset({2}))
    result = poll(loopback, http)
    assert [post.native_id for post in result.posts] == [str(_FIRST - 1)]
    assert result.withdrawn == (str(_FIRST - 2),)


def test_backoff_stops_the_paging_and_nothing_is_lost(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    hits = [hit(0)]
    serve(loopback, hits)
    first = poll(loopback, http)
    hits[:0] = [hit(number) for number in range(-150, 0)]
    serve(loopback, hits, backoff=40)
    held = poll(loopback, http, first.cursor)
    assert (len(held.posts), held.hole) == (100, False)
    assert held.wait_until == NOW + timedelta(seconds=40)
    serve(loopback, hits)
    assert len(poll(loopback, http, held.cursor).posts) == 151


def test_a_used_up_share_waits_for_the_next_day(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add(SEARCH, page(quota_remaining=0))
    result = poll(loopback, http)
    assert result.wait_until == datetime(2026, 8, 3, tzinfo=UTC)
    assert result.note is not None


@pytest.mark.parametrize("status", [200, 400])
def test_a_throttle_says_its_seconds(
    status: int, http: HttpClient, loopback: LoopbackServer
) -> None:
    words = "too many requests from this IP, more requests available in 8216 seconds"
    error = {"error_id": 502, "error_message": words, "error_name": "throttle_violation"}
    loopback.add(SEARCH, Reply(status, body=json.dumps(error).encode()))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert caught.value.whole_host
    assert caught.value.retry_at == NOW + timedelta(seconds=8216)


def test_a_wrong_site_says_so(http: HttpClient, loopback: LoopbackServer) -> None:
    words = "No site found for name `nowhere`"
    error = {"error_id": 400, "error_message": words, "error_name": "bad_parameter"}
    loopback.add(SEARCH, Reply(400, body=json.dumps(error).encode()))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert words in str(caught.value.title)
    assert caught.value.action == Action.RETRY


def test_sites_are_known_by_name_and_address() -> None:
    for typed, site in {
        "": "stackoverflow",
        "Cooking": "cooking",
        "https://cooking.stackexchange.com/questions": "cooking",
        "cooking.stackexchange.com": "cooking",
        "es.stackoverflow.com": "es.stackoverflow",
        "superuser.com": "superuser",
    }.items():
        address = KIND.address_of({"words": "Moka", "site": typed})
        assert parse_qs(urlsplit(address).query)["site"] == [site]
    with pytest.raises(BadInput):
        KIND.address_of({"words": "Moka", "site": "not a site!"})
    offered = KIND.offers(Wanted("Moka", ("fr", "es")))
    assert [fields["site"] for fields in offered] == ["stackoverflow", "es.stackoverflow"]
    source = Source(1, "stackexchange", KIND.address_of(offered[1]), "")
    assert KIND.page_of(source) == "https://es.stackoverflow.com/search?q=%22Moka%22&tab=newest"


def test_the_recorded_wrapper_replays(shared: Path) -> None:
    """The search itself was never recorded; its wrapper is that of every call."""
    for file in (shared / "fixtures/stackexchange/tests/mock_objects").iterdir():
        answer = HttpResponse(200, "https://api.stackexchange.com/2.3/x", "", {}, file.read_bytes())
        assert checked(answer, NOW)["items"]
        source = Source(1, "stackexchange", "https://api.stackexchange.com/2.3/x?site=x", "")
        assert KIND.read(source, "", (answer,), NOW).posts == ()
