"""Replying on YouTube: published once, found again, refused in YouTube's own words."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.google_answers import reasons_of, words_of
from monitor.networks.youtube import NETWORK, SCOPE
from tests.support.google_auth import answer, page, refused
from tests.support.loopback import LoopbackServer, Reply, nonsense
from tests.support.networks import RedirectedClient
from tests.support.youtube_server import BASE, CHANNEL, HOST, YouTubeServer
from tests.unit.networks.conftest import Make

ACCOUNT = Account(1, "youtube", "", "marque", scopes=(SCOPE,))
COMMENTS = f"{BASE}/comments"


@pytest.fixture
def served(loopback: LoopbackServer) -> YouTubeServer:
    return YouTubeServer(loopback)


@pytest.fixture
def login(served: YouTubeServer) -> Login:
    return login_of(served, SCOPE)


def login_of(served: YouTubeServer, *scopes: str, channel: str = CHANNEL) -> Login:
    return Login(ACCOUNT, {"token": served.auth.new_token(*scopes), "channel": channel})


def to(thread: str, name: str = "") -> str:
    return json.dumps({"thread": thread, "video": "v1", "to": name})


def test_a_reply_is_published_below_the_thread(
    served: YouTubeServer, login: Login, http: HttpClient, make: Make, now: datetime
) -> None:
    thread = served.add_thread(1)
    sent = NETWORK.send(login, make("Merci, c’est réparé.", to(thread)), http, now, CancelToken())
    (published,) = served.replies[thread]
    assert published["snippet"]["textOriginal"] == "Merci, c’est réparé."
    assert sent.native_id == published["id"]
    assert sent.url == f"https://www.youtube.com/watch?v=v1&lc={published['id']}"
    assert served.units == 50


def test_who_wrote_a_reply_is_named_in_front(
    served: YouTubeServer, login: Login, http: HttpClient, make: Make, now: datetime
) -> None:
    thread = served.add_thread(1)
    reply = make("Bonjour", to(f"{thread}.r000", "pat"))
    NETWORK.send(login, reply, http, now, CancelToken())
    assert served.replies[thread][0]["snippet"]["textOriginal"] == "@pat Bonjour"
    assert NETWORK.find(login, reply, http, now, CancelToken()) is not None
    post = Post("x", "", "", "", reply_to=reply.reply_to)
    limits = NETWORK.limits(ACCOUNT, post, "Bonjour")
    assert (limits.used, limits.most) == (12, 10_000)
    assert [str(note) for note in limits.notes] == ["@pat is added in front."]
    assert not NETWORK.limits(ACCOUNT, post, "Oui @Pat").notes


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("@Pat, merci", True),
        ("Merci @pat.", True),
        ("@patrick, merci", False),
        ("@pat.durand merci", False),
        ("@pat-d merci", False),
    ],
)
def test_another_name_that_begins_alike_is_not_theirs(words: str, named: bool) -> None:
    post = Post("x", "", "", "", reply_to=to("Ugz00001AaABAg.r000", "pat"))
    notes = NETWORK.limits(ACCOUNT, post, words).notes
    assert bool(notes) is not named


def test_the_length_is_counted_as_youtube_counts() -> None:
    post = Post("x", "", "", "", reply_to=to("Ugz00001AaABAg"))
    assert NETWORK.limits(ACCOUNT, post, "é🙂").used == 3
    assert not NETWORK.limits(ACCOUNT, post, "x" * 10_001).fits
    assert NETWORK.limits(ACCOUNT, Post("x", "", "", ""), "ok").used == 2


def test_a_lost_answer_is_looked_for_and_found(
    served: YouTubeServer, login: Login, loopback: LoopbackServer, make: Make, now: datetime
) -> None:
    thread = served.add_thread(1)
    for number in range(130):
        served.add_reply(thread, f"Réponse {number}")
    served.add_reply(thread, "Bonjour", "UCpat")
    served.lose_answers = True
    reply = make("Bonjour", to(thread))
    hasty = RedirectedClient(loopback)
    send = hasty.send
    hasty.send = lambda *a, **k: send(*a, **{**k, "deadline": 0.5})  # type: ignore[method-assign]
    with pytest.raises(NoAnswer):
        NETWORK.send(login, reply, hasty, now, CancelToken())
    served.replies[thread].append(served.replies[thread].pop(0))
    sent = NETWORK.find(login, reply, hasty, now, CancelToken())
    assert sent is not None
    assert sent.native_id == f"{thread}.r131"
    assert NETWORK.find(login, make("Autre", to(thread)), hasty, now, CancelToken()) is None
    hasty.close()


def test_too_early_and_long_ago_are_told_apart(
    served: YouTubeServer, login: Login, http: HttpClient, make: Make, now: datetime
) -> None:
    thread = served.add_thread(1)
    soon = make("Bonjour", to(thread), attempted_at=now - timedelta(seconds=20))
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, soon, http, now, CancelToken())
    served.clock = lambda: now - timedelta(days=2)
    served.add_reply(thread, "Bonjour", CHANNEL)
    assert NETWORK.find(login, make("Bonjour", to(thread)), http, now, CancelToken()) is None
    served.clock = lambda: now - timedelta(minutes=50)  # its clock or ours is wrong
    served.add_reply(thread, "Bonjour", CHANNEL)
    assert NETWORK.find(login, make("Bonjour", to(thread)), http, now, CancelToken()) is not None


def test_below_a_deleted_thread_there_is_no_reply(
    served: YouTubeServer, login: Login, http: HttpClient, make: Make, now: datetime
) -> None:
    thread = served.add_thread(1)
    served.remove(thread)
    assert NETWORK.find(login, make("Bonjour", to(thread)), http, now, CancelToken()) is None
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, make("Bonjour", to(thread)), http, now, CancelToken())


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (refused(403, "X", "Comments are disabled.", "commentsDisabled"), Refused, "are disabled"),
        (refused(403, "X", "Not allowed.", "forbidden"), Refused, "Not allowed"),
        (refused(400, "X", "Too long.", "commentTextTooLong"), Refused, "Too long"),
        (refused(400, "X", "Failed.", "processingFailure"), NoAnswer, "Failed"),
        (refused(403, "X", "Slow down.", "rateLimitExceeded"), Refused, "no more replies"),
        (answer({"error": {"code": 429}}, 429), Refused, "no more replies"),
        (refused(403, "X", "Off.", "accessNotConfigured"), Refused, "not switched on"),
        (page(403), Refused, "refused the reply"),
        (page(502), NoAnswer, "fault of its own"),
        (answer({"error": {"code": 403, "message": "Odd"}}), NoAnswer, "something else"),
        (page(200), NoAnswer, "something else"),
        (nonsense(), NoAnswer, "broke off"),
    ],
)
def test_refusals(
    served: YouTubeServer,
    login: Login,
    http: HttpClient,
    make: Make,
    now: datetime,
    reply: Reply,
    error: type[VigieError],
    words: str,
) -> None:
    thread = served.add_thread(1)
    served.auth.serve("POST", HOST, COMMENTS, reply)
    with pytest.raises(error, match=words) as caught:
        NETWORK.send(login, make("Bonjour", to(thread)), http, now, CancelToken())
    assert str(caught.value.hint)
    assert login.secret["token"] not in str(caught.value)


def test_the_share_of_the_day_is_spent(
    served: YouTubeServer, login: Login, http: HttpClient, make: Make, now: datetime
) -> None:
    served.share = 49
    with pytest.raises(Refused, match="share of today") as caught:
        NETWORK.send(login, make("Bonjour", to(served.add_thread(1))), http, now, CancelToken())
    assert "midnight" in str(caught.value.hint)
    assert "<a" not in str(caught.value)


@pytest.mark.parametrize(
    "scopes", [None, (), ("https://www.googleapis.com/auth/youtube.readonly",)]
)
def test_a_login_that_does_not_do(
    served: YouTubeServer,
    http: HttpClient,
    make: Make,
    now: datetime,
    scopes: tuple[str, ...] | None,
) -> None:
    login = login_of(served, *(scopes or ()))
    if scopes is None:
        served.auth.forget()
    reply = make("Bonjour", to(served.add_thread(1)))
    with pytest.raises(NotLoggedIn):
        NETWORK.send(login, reply, http, now, CancelToken())
    with pytest.raises(NotLoggedIn):
        NETWORK.find(login, reply, http, now, CancelToken())
    assert served.units == 0


@pytest.mark.parametrize("target", ["", "{", "[]", "null", "{}", '{"thread": "../x"}'])
def test_a_post_that_says_nothing_usable(
    login: Login, http: HttpClient, make: Make, now: datetime, target: str
) -> None:
    with pytest.raises(Refused, match="cannot be answered"):
        NETWORK.send(login, make("Bonjour", target), http, now, CancelToken())


@pytest.mark.parametrize("reply", [page(500), page(200), nonsense(), answer([])])
def test_a_look_that_gets_no_answer(
    served: YouTubeServer,
    login: Login,
    http: HttpClient,
    make: Make,
    now: datetime,
    reply: Reply,
) -> None:
    served.auth.serve("GET", HOST, COMMENTS, reply)
    with pytest.raises(NoAnswer):
        NETWORK.find(login, make("Bonjour", to("Ugz00001AaABAg")), http, now, CancelToken())


# -- answers that Google really gave ----------------------------------------------------------
def recorded(shared: Path, name: str) -> bytes:
    return (shared / "fixtures/youtube/testdata" / name).read_bytes()


def test_a_recorded_reply_is_understood(
    shared: Path, served: YouTubeServer, login: Login, http: HttpClient, make: Make, now: datetime
) -> None:
    body = recorded(shared, "apidata/comments/insert_response.json")
    served.auth.serve("POST", HOST, COMMENTS, Reply(200, {}, body))
    thread = "Ugy_CAftKrIUCyPr9GR4AaABAg"
    sent = NETWORK.send(login, make("wow", to(thread)), http, now, CancelToken())
    assert sent.native_id == f"{thread}.9iPXEClD9lW9iPXLqKy_Pt"


def test_recorded_replies_are_looked_through(
    shared: Path, served: YouTubeServer, http: HttpClient, make: Make, now: datetime
) -> None:
    first = recorded(shared, "apidata/comments/comments_by_parent_paged_1.json")
    second = recorded(shared, "apidata/comments/comments_by_parent_paged_2.json")

    served.auth.serve(
        "GET",
        HOST,
        COMMENTS,
        lambda request: Reply(200, {}, second if "pageToken" in request.path else first),
    )
    login = login_of(served, SCOPE, channel="UCNvMBmCASzTNNX8lW3JRMbw")
    thread = "Ugw5zYU6n9pmIgAZWvN4AaABAg"
    then = datetime.fromisoformat("2019-12-01T04:40:00+00:00")
    found = {
        words: NETWORK.find(
            login, make(words, to(thread), created_at=then), http, now, CancelToken()
        )
        for words in ("this is the third reply!", "this is the second reply!", "another")
    }
    ids = {words: sent.native_id if sent else "" for words, sent in found.items()}
    assert ids == {
        "this is the third reply!": f"{thread}.91zT3cYb5B291za6voUoRh",
        "this is the second reply!": f"{thread}.91zT3cYb5B291za5eJxzs1",
        "another": "",
    }


def test_a_recorded_channel_is_the_account(
    shared: Path, served: YouTubeServer, http: HttpClient
) -> None:
    from monitor.networks.youtube import _who

    body = recorded(shared, "apidata/channels/info.json")
    served.auth.serve("GET", HOST, f"{BASE}/channels", Reply(200, {}, body))
    login = _who(login_of(served, SCOPE), http, CancelToken())
    assert (login.account.handle, login.account.name) == ("googledevelopers", "Google Developers")
    assert login.secret["channel"] == "UC_x5XG1OV2P6uZZ5FSM9Ttw"


def test_recorded_refusals_are_told(shared: Path) -> None:
    known = HttpResponse(400, "", "", {}, recorded(shared, "error_response.json"))
    assert (words_of(known), reasons_of(known)) == ("Bad Request", frozenset({"keyInvalid"}))
    simple = HttpResponse(400, "", "", {}, recorded(shared, "error_response_simple.json"))
    assert (words_of(simple), reasons_of(simple)) == ("error message", frozenset())
