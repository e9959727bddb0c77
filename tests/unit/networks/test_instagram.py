"""An Instagram account over loopback, by both logins: tokens kept alive, replies sent once and found."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.instagram import NETWORK
from tests.support.graph_server import error
from tests.support.instagram_server import BY_PAGE, ME, OF_THE_PAGE, TOKEN, InstagramServer
from tests.support.loopback import LoopbackServer, Reply, reset
from tests.unit.networks.conftest import Make

ACCOUNT = Account(1, "instagram", "", "cafelumen")


@pytest.fixture(params=["graph.instagram.com", "graph.facebook.com"])
def server(
    request: pytest.FixtureRequest, loopback: LoopbackServer, now: datetime
) -> InstagramServer:
    return InstagramServer(loopback, now, request.param)


@pytest.fixture
def own(loopback: LoopbackServer, now: datetime) -> InstagramServer:
    return InstagramServer(loopback, now)


@pytest.fixture
def by_page(loopback: LoopbackServer, now: datetime) -> InstagramServer:
    return InstagramServer(loopback, now, "graph.facebook.com")


def enter(server: InstagramServer, http: HttpClient, now: datetime) -> Login:
    token = TOKEN if server.host == "graph.instagram.com" else OF_THE_PAGE
    return NETWORK.enter({"token": token}, {}, {}, http, now, CancelToken())


@pytest.fixture
def login(server: InstagramServer, http: HttpClient, now: datetime) -> Login:
    return enter(server, http, now)


@pytest.fixture
def comment(server: InstagramServer, now: datetime) -> str:
    medium = server.medium("Nouveau", now - timedelta(days=1))
    return server.comment(medium, "jamais reçu ma commande", now - timedelta(hours=2))


def test_a_login_is_the_account_whichever_token(server: InstagramServer, login: Login) -> None:
    account = login.account
    assert (account.network, account.handle, account.label) == (
        "instagram",
        "cafelumen",
        "cafelumen",
    )
    assert account.url == "https://www.instagram.com/cafelumen/"
    assert login.secret["id"] == ME
    assert login.secret["host"] == server.host


def test_a_page_token_tells_its_rights(
    by_page: InstagramServer, http: HttpClient, now: datetime
) -> None:
    assert enter(by_page, http, now).account.scopes == BY_PAGE
    by_page.tokens[OF_THE_PAGE].scopes = BY_PAGE[:1]
    with pytest.raises(NotLoggedIn, match="instagram_manage_comments, pages_read_engagement"):
        enter(by_page, http, now)


def test_a_token_of_instagram_is_made_to_last_at_once(
    own: InstagramServer, http: HttpClient, now: datetime
) -> None:
    login = enter(own, http, now)
    assert login.secret["token"] == f"{TOKEN}-1"
    assert login.account.expires_at == now + timedelta(days=60)


def test_a_young_token_is_taken_as_it_is(
    own: InstagramServer, http: HttpClient, now: datetime
) -> None:
    own.young = True
    login = enter(own, http, now)
    assert login.secret["token"] == TOKEN
    assert login.account.expires_at == now + timedelta(days=60)


def test_a_token_is_renewed_long_before_it_ends_and_only_then(
    own: InstagramServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    login = enter(own, http, now)
    assert NETWORK.renew(login, http, now + timedelta(days=9), cancel) is login
    later = now + timedelta(days=11)
    fresh = NETWORK.renew(login, http, later, cancel)
    assert fresh.secret["token"] == f"{TOKEN}-2"
    assert fresh.account.expires_at == later + timedelta(days=60)
    own.young = True
    assert NETWORK.renew(login, http, later, cancel) is login
    assert NETWORK.renew(login, http, later, cancel, refused=True) is login
    assert own.renewed == 2


def test_a_network_that_is_out_of_reach_takes_no_login_away(
    own: InstagramServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    loopback: LoopbackServer,
) -> None:
    login = enter(own, http, now)
    for reply in (
        reset(),
        Reply(500),
        Reply(200, {}, b"<html>"),
        Reply(200, {}, b'{"expires_in":5}'),
    ):
        loopback.add("/graph.instagram.com/refresh_access_token", reply)
        assert NETWORK.renew(login, http, now + timedelta(days=55), cancel) is login


def test_the_token_of_a_page_is_not_renewed(
    by_page: InstagramServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    login = enter(by_page, http, now)
    assert NETWORK.renew(login, http, now + timedelta(days=90), cancel) is login


def test_only_professional_accounts(own: InstagramServer, http: HttpClient, now: datetime) -> None:
    own.things[ME]["account_type"] = "PERSONAL"
    with pytest.raises(NotLoggedIn, match="no professional") as caught:
        enter(own, http, now)
    assert "switch to a professional account" in str(caught.value.hint)


def test_a_page_without_an_account(
    by_page: InstagramServer, http: HttpClient, now: datetime
) -> None:
    del by_page.things["111"]["instagram_business_account"]
    with pytest.raises(NotLoggedIn, match="no professional"):
        enter(by_page, http, now)


@pytest.mark.parametrize(("subcode", "words"), [(463, "expired"), (460, "password was changed")])
def test_an_ended_token_says_why(
    own: InstagramServer, http: HttpClient, now: datetime, subcode: int, words: str
) -> None:
    own.tokens[TOKEN].ended = subcode
    with pytest.raises(NotLoggedIn, match=words):
        enter(own, http, now)


def test_a_reply_goes_below_the_comment_with_the_name_in_front(
    server: InstagramServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("nous sommes désolés 😢", server.reply_to(comment))
    assert NETWORK.find(login, sending, http, now, cancel) is None
    sent = NETWORK.send(login, sending, http, now, cancel)
    (reply,) = server.answers(comment)
    assert reply["text"] == "@lea nous sommes désolés 😢"
    assert sent.native_id == reply["id"]
    assert sent.url == "https://www.instagram.com/p/C1/"
    assert NETWORK.find(login, sending, http, now, cancel) == sent


@pytest.mark.parametrize(
    ("words", "to", "published"),
    [
        ("@lea pardon", "lea", "@lea pardon"),
        ("Pardon @Lea.", "lea", "Pardon @Lea."),
        ("Pardon @lean", "lea", "@lea Pardon @lean"),
        ("ecrire a marie@lea.example", "lea", "@lea ecrire a marie@lea.example"),
        ("Merci", "", "Merci"),
        ("Merci", "cafelumen", "Merci"),
    ],
)
def test_the_name_is_there_once(
    own: InstagramServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    words: str,
    to: str,
    published: str,
) -> None:
    login = enter(own, http, now)
    comment = own.comment(own.medium("x", now), "y", now)
    post = Post("1", "", "", "", reply_to=own.reply_to(comment, to))
    limits = NETWORK.limits(login.account, post, words)
    assert limits.used == len(published)
    assert len(limits.notes) == (published != words)
    NETWORK.send(login, make(words, post.reply_to), http, now, cancel)
    assert own.answers(comment)[0]["text"] == published


def test_a_lost_answer_is_unknown_then_found(
    server: InstagramServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Désolés", server.reply_to(comment))
    server.lose_answers = True
    with pytest.raises(NoAnswer):
        NETWORK.send(login, sending, http, now, cancel)
    for number in range(120):  # Instagram lists answers in an order of its own: all are looked at
        server.comment(comment, f"moi aussi {number}", now)
    found = NETWORK.find(login, sending, http, now, cancel)
    assert found is not None
    assert found.native_id == server.answers(comment)[0]["id"]
    early = make("Autre chose", server.reply_to(comment), attempted_at=now)
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, early, http, now, cancel)


def test_hidden_and_deleted_comments_take_no_reply(
    server: InstagramServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Désolés", server.reply_to(comment))
    server.things[comment]["hidden"] = True
    with pytest.raises(Refused, match="not hidden"):
        NETWORK.send(login, sending, http, now, cancel)
    server.delete(comment)
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, sending, http, now, cancel)


def test_an_account_answers_below_its_own_media_alone(
    own: InstagramServer, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    login = enter(own, http, now)
    with pytest.raises(Refused, match="cannot be answered from here"):
        NETWORK.send(login, make("x", '{"account":"5","id":"1"}'), http, now, cancel)


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (error(190, "expired", 463), NotLoggedIn, "expired"),
        (error(10, "(#10) Application has no permission"), NotLoggedIn, "_manage_comments"),
        (error(80002, "limit"), Refused, "no more replies for now"),
        (error(368, "abusive"), Refused, "blocked this account"),
        (error(24, "The requested resource does not exist"), Refused, "not there any more"),
        (error(100, "(#100) all caps"), Refused, "all caps"),
        (error(2, "try again", transient=True), NoAnswer, "fault of its own"),
        (reset(), NoAnswer, "."),
    ],
)
def test_refusals_are_in_metas_words(
    server: InstagramServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply: Reply,
    kind: type[VigieError],
    words: str,
) -> None:
    server.before = lambda request: reply if request.method == "POST" else None
    with pytest.raises(kind, match=words):
        NETWORK.send(login, make("Désolés", server.reply_to(comment)), http, now, cancel)
    assert len([one for one in server.asked if one[0] == "POST"]) == 1


def test_what_instagram_refuses_is_said_before() -> None:
    post = Post("1", "", "", "", reply_to=InstagramServer.reply_to("17", ""))
    assert NETWORK.limits(ACCOUNT, post, "é" * 300).fits
    assert not NETWORK.limits(ACCOUNT, post, "😢" * 151).fits
    words = "#A #B #C #D #E HTTPS://A.EXAMPLE HTTPS://B.EXAMPLE"
    notes = [str(note) for note in NETWORK.limits(ACCOUNT, post, words).notes]
    assert len(notes) == 3
    assert "at most 4 hashtags" in notes[0]
    assert NETWORK.limits(ACCOUNT, Post("1", "", "", "", reply_to="{"), "OK").notes == ()


def test_leaving_asks_nothing(own: InstagramServer, http: HttpClient, now: datetime) -> None:
    login = enter(own, http, now)
    before = own.calls
    NETWORK.leave(login, http, CancelToken())
    assert NETWORK.rules(login, http, CancelToken()) == {}
    assert own.calls == before
