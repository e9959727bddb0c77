"""One's own Page over loopback: limits, tokens that ended, faults, and that no secret is kept."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import FetchResult
from monitor.sources.facebook_page import KIND
from tests.support.facebook_server import PAGE, SCOPES, TOKEN, FacebookServer
from tests.support.graph_server import APP_SECRET, error
from tests.support.loopback import LoopbackServer, Reply
from tests.support.networks import RedirectedClient
from tests.unit.sources import samples
from tests.unit.sources.samples import NOW

SOURCE = Source(
    1, "facebook-page", "https://graph.facebook.com/me/feed#cafelumen", "", account_id=1
)
LOGIN = Login(
    Account(1, "facebook", "", "cafelumen", url=f"https://www.facebook.com/{PAGE}"),
    {"token": TOKEN, "id": PAGE, "host": "graph.facebook.com"},
)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


@pytest.fixture
def served(loopback: LoopbackServer) -> FacebookServer:
    return FacebookServer(loopback, NOW)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def poll(
    http: HttpClient, cursor: str = "", now: datetime = NOW, login: Login = LOGIN
) -> FetchResult:
    answers = KIND.fetch_as(SOURCE, cursor, samples.access(login), http, now, CancelToken())
    assert TOKEN.encode() not in pickle.dumps(answers)
    result = KIND.read(SOURCE, cursor, answers, now)
    assert TOKEN not in result.cursor
    return result


def by_id(result: FetchResult) -> dict[str, Post]:
    return {post.native_id: post for post in result.posts}


def test_it_slows_down_before_a_limit_is_reached(served: FacebookServer, http: HttpClient) -> None:
    served.post("Nouveau café", ago(days=2))
    served.allowed = 8
    assert poll(http).wait_until is None  # three of eight
    assert poll(http).wait_until == NOW + timedelta(hours=1)  # six of eight: 75 percent
    with pytest.raises(SourceError, match="left alone") as caught:
        poll(http)
    fault = caught.value
    assert (fault.action, fault.whole_host) == (Action.RETRY, True)
    assert fault.retry_at == NOW + timedelta(minutes=42)


@pytest.mark.parametrize("code", [4, 17, 32, 613])
def test_a_limit_without_a_time_is_an_hour(
    served: FacebookServer, http: HttpClient, code: int
) -> None:
    served.before = lambda _request: error(code, "limit", transient=True, status=403)
    with pytest.raises(SourceError) as caught:
        poll(http)
    assert caught.value.whole_host
    assert caught.value.retry_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("subcode", "words"),
    [(463, "expired"), (460, "password was changed"), (458, "app was taken off")],
)
def test_an_ended_token_needs_the_person(
    served: FacebookServer, http: HttpClient, subcode: int, words: str
) -> None:
    served.tokens[TOKEN].ended = subcode
    with pytest.raises(NotLoggedIn, match=words) as caught:
        poll(http)
    assert "Nothing already collected is lost." in str(caught.value.message)


def test_a_missing_right_is_named(served: FacebookServer, http: HttpClient) -> None:
    served.tokens[TOKEN].scopes = SCOPES[1:]
    with pytest.raises(NotLoggedIn, match=r"lacks a permission: pages_read_engagement\."):
        poll(http)
    served.before = lambda _request: error(200, "(#200) no")
    with pytest.raises(NotLoggedIn, match="pages_read_engagement, pages_read_user_content"):
        poll(http)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (error(2, "Service temporarily unavailable", status=500), "error 2"),
        (error(100, "(#100) odd"), r"error 100\. It says: “\(#100\) odd”"),
        (error(368, "abusive"), "blocked this account"),
        (Reply(200, {}, b'{"error":{"code":1,"message":"inside 200"}}'), "inside 200"),
        (Reply(200, {}, b"<html>a check for humans</html>"), "something else"),
        (Reply(200, {}, b'{"data":"x"}'), "something else"),
        (Reply(400, {}, b"<html>"), "400"),
    ],
)
def test_odd_answers_are_sentences(
    served: FacebookServer, http: HttpClient, reply: Reply, words: str
) -> None:
    served.before = lambda _request: reply
    with pytest.raises(SourceError, match=words):
        poll(http)


def test_a_fault_in_the_middle_loses_nothing(served: FacebookServer, http: HttpClient) -> None:
    post = served.post("Nouveau café", ago(days=3))
    served.comment(post, "avis", ago(days=2))
    cursor = poll(http).cursor
    many = {served.comment(post, f"encore {n}", ago(hours=10, minutes=-n)) for n in range(60)}
    served.before = lambda request: error(1, "x") if "/comments" in request.path else None
    with pytest.raises(SourceError):
        poll(http, cursor)
    served.before = lambda _request: None
    assert many <= set(by_id(poll(http, cursor)))


def test_a_post_deleted_while_it_is_read(served: FacebookServer, http: HttpClient) -> None:
    post = served.post("Nouveau café", ago(days=3))
    served.comment(post, "avis", ago(days=2))
    cursor = poll(http).cursor
    for number in range(60):
        served.comment(post, f"encore {number}", ago(hours=10, minutes=-number))
    served.before = lambda request: (
        error(100, "gone", 33) if "/comments" in request.path.partition("?")[0] else None
    )
    result = poll(http, cursor)
    assert (len(result.posts), result.hole) == (26, False)


def test_a_proof_goes_with_each_question_and_stays_out_of_the_answers(
    served: FacebookServer, http: HttpClient
) -> None:
    served.asks_proof = True
    served.post("Nouveau café", ago(days=3))
    login = Login(LOGIN.account, {**LOGIN.secret, "app_secret": APP_SECRET})
    answers = KIND.fetch_as(SOURCE, "", samples.access(login), http, NOW, CancelToken())
    assert all(len(asked["appsecret_proof"]) == 64 for _, _, asked in served.asked)
    assert b"appsecret_proof" not in pickle.dumps(answers)
    assert len(KIND.read(SOURCE, "", answers, NOW).posts) == 1


def test_a_token_that_meta_repeats_stays_out_of_the_answers(
    served: FacebookServer, http: HttpClient
) -> None:
    served.post("Nouveau café", ago(days=3))
    served.before = lambda request: (
        error(2, f"No luck with {TOKEN}", transient=True) if "/ratings" in request.path else None
    )
    answers = KIND.fetch_as(SOURCE, "", samples.access(LOGIN), http, NOW, CancelToken())
    packed = pickle.dumps(answers)
    assert TOKEN.encode() not in packed
    assert packed.count(b"No luck with ***") == 2
    with pytest.raises(SourceError, match="No luck with") as caught:
        KIND.read(SOURCE, "", answers, NOW)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/groups/123/",
        "https://www.facebook.com/login",
        "https://www.facebook.com/profile.php?id=5",
        "https://www.facebook.com/cafelumen/posts/12",
        "https://graph.facebook.com/me/feed",
        "https://www.facebook.com/",
    ],
)
def test_other_pages_of_facebook_are_no_source(address: str) -> None:
    assert KIND.fields_of(address) is None
