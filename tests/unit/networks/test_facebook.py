"""A Facebook Page over loopback: pasted tokens good and bad, replies sent once and found, refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.facebook import NETWORK
from monitor.networks.registry import networks
from tests.support.facebook_server import OF_A_PERSON, PAGE, SCOPES, TOKEN, FacebookServer
from tests.support.graph_server import APP_SECRET, error, told
from tests.support.loopback import LoopbackServer, Reply, Request, reset
from tests.unit.networks.conftest import Make


@pytest.fixture
def server(loopback: LoopbackServer, now: datetime) -> FacebookServer:
    return FacebookServer(loopback, now)


@pytest.fixture
def login(server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)


@pytest.fixture
def comment(server: FacebookServer, now: datetime) -> str:
    post = server.post("Nouveau café", now - timedelta(days=1))
    return server.comment(post, "Service lamentable", now - timedelta(hours=2))


def only_posts(reply: Reply) -> Any:
    return lambda request: reply if request.method == "POST" else None


def test_a_login_is_the_page(login: Login) -> None:
    assert networks()["facebook"] is NETWORK
    account = login.account
    assert (account.handle, account.name, account.label) == ("cafelumen", "Café Lumen", "cafelumen")
    assert account.url == "https://www.facebook.com/111"
    assert account.scopes == SCOPES
    assert account.expires_at is None
    assert login.secret == {"token": TOKEN, "id": PAGE, "host": "graph.facebook.com"}
    assert TOKEN not in repr(login)


def test_a_page_without_a_username_is_known_by_its_number(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    del server.things[PAGE]["username"]
    assert NETWORK.enter({"token": f" {TOKEN}\n"}, {}, {}, http, now, cancel).account.handle == PAGE


def test_the_first_of_two_ends_is_announced(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    server.tokens[TOKEN].data_ends = 1_800_000_000
    login = NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    assert login.account.expires_at == datetime.fromtimestamp(1_800_000_000, UTC)
    server.tokens[TOKEN].ends = 1_790_000_000
    login = NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    assert login.account.expires_at == datetime.fromtimestamp(1_790_000_000, UTC)
    assert NETWORK.renew(login, http, now, cancel) is login
    assert NETWORK.renew(login, http, now, cancel, refused=True) is login


def test_where_meta_tells_nothing_of_the_token_it_is_taken_all_the_same(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    server.secretive = True
    account = NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel).account
    assert (account.handle, account.scopes, account.expires_at) == ("cafelumen", (), None)


@pytest.mark.parametrize(
    "typed", ["", "password", "EAAG with a space in the middle", "é" * 40, "EAAG" * 600, '"' * 30]
)
def test_what_is_no_token_is_said(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken, typed: str
) -> None:
    with pytest.raises(BadInput, match="not an access token"):
        NETWORK.enter({"token": typed}, {}, {}, http, now, cancel)
    assert server.calls == 0


@pytest.mark.parametrize(
    ("subcode", "words"),
    [
        (463, "expired"),
        (460, "password was changed"),
        (458, "app was taken off"),
        (467, "taken back"),
    ],
)
def test_a_token_that_ended_says_why(
    server: FacebookServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    subcode: int,
    words: str,
) -> None:
    server.tokens[TOKEN].ended = subcode
    with pytest.raises(NotLoggedIn, match=words) as caught:
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    assert "Make a new token" in str(caught.value.hint)


def test_a_wrong_token_is_not_repeated(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    typed = "EAAG-a-token-of-nobody-at-all"
    with pytest.raises(NotLoggedIn, match="Malformed") as caught:
        NETWORK.enter({"token": typed}, {}, {}, http, now, cancel)
    assert typed not in f"{caught.value} {caught.value.title} {caught.value.hint}"


def test_a_persons_token_is_not_the_pages(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    with pytest.raises(NotLoggedIn, match="a person's") as caught:
        NETWORK.enter({"token": OF_A_PERSON}, {}, {}, http, now, cancel)
    assert "User or Page" in str(caught.value.hint)


def test_a_missing_right_is_named(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    token = server.tokens[TOKEN]
    token.scopes = SCOPES[:2]
    with pytest.raises(NotLoggedIn, match=r"lacks a permission: pages_manage_engagement\."):
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    token.scopes = SCOPES
    token.granular = [{"scope": "pages_read_user_content", "target_ids": ["222"]}]
    with pytest.raises(NotLoggedIn, match=r"lacks a permission: pages_read_user_content\."):
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    token.granular[0]["target_ids"].append(PAGE)
    assert NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel).account.scopes == SCOPES


def test_an_app_that_asks_for_its_secret_gets_a_proof(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    server.asks_proof = True
    for given in ({}, {"app_secret": "another"}):
        with pytest.raises(NotLoggedIn, match="asks for its secret"):
            NETWORK.enter({"token": TOKEN, **given}, {}, {}, http, now, cancel)
    login = NETWORK.enter({"token": TOKEN, "app_secret": APP_SECRET}, {}, {}, http, now, cancel)
    assert login.secret["app_secret"] == APP_SECRET
    assert all(APP_SECRET not in str(asked) for _, _, asked in server.asked)


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (Reply(503, {}, b"<html>Sorry</html>"), SourceError, "out of order"),
        (Reply(429), SourceError, "no more requests"),
        (Reply(400, {}, b"<html>"), NotLoggedIn, "refused the login"),
        (Reply(200, {}, b"<html>a page</html>"), NotLoggedIn, "refused the login"),
        (error(4, "(#4) Application request limit reached"), SourceError, "no more requests"),
        (error(2, "Service temporarily unavailable", transient=True), SourceError, "out of order"),
        (told({"error": {"code": 190, "message": "x"}}), NotLoggedIn, "does not accept the token"),
        (told({"id": PAGE, "name": "no category"}), NotLoggedIn, "a person's"),
    ],
)
def test_odd_answers_to_a_login_are_sentences(
    server: FacebookServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    reply: Reply,
    kind: type[VigieError],
    words: str,
) -> None:
    server.before = lambda _request: reply
    with pytest.raises(kind, match=words):
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)


def test_a_reply_is_put_below_the_comment_and_found_there(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make(
        "Bonjour Léa,\nnous sommes désolés & revenons vers vous 😢.", server.reply_to(comment)
    )
    assert NETWORK.find(login, sending, http, now, cancel) is None
    sent = NETWORK.send(login, sending, http, now, cancel)
    (reply,) = server.comments(comment)
    assert reply["message"] == sending.text
    assert reply["parent"] == {"id": comment}
    assert (sent.native_id, sent.url) == (reply["id"], reply["permalink_url"])
    assert NETWORK.find(login, sending, http, now, cancel) == sent
    assert all("access_token" not in asked for _, _, asked in server.asked)


def test_a_visitors_post_is_answered_too(
    server: FacebookServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    post = server.post("Fermé sans prévenir", now - timedelta(hours=3), by="Bo")
    sent = NETWORK.send(login, make("Désolés", server.reply_to(post)), http, now, cancel)
    assert [one["id"] for one in server.comments(post)] == [sent.native_id]


def test_a_lost_answer_is_unknown_then_found_and_never_sent_twice(
    server: FacebookServer,
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
    server.lose_answers = False
    (reply,) = server.comments(comment)
    found = NETWORK.find(login, sending, http, now, cancel)
    assert found is not None
    assert found.native_id == reply["id"]
    assert NETWORK.send(login, sending, http, now, cancel) == found  # refused as a duplicate: 506
    assert len(server.comments(comment)) == 1


def test_the_same_words_of_somebody_else_or_of_long_ago_are_not_ours(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.comment(comment, "Désolés", now, by="Bo")
    old = server.comment(comment, "Désolés", now - timedelta(days=1))
    server.things[old]["from"] = {"id": PAGE, "name": "Café Lumen"}
    sending = make("Désolés", server.reply_to(comment))
    assert NETWORK.find(login, sending, http, now, cancel) is None
    with pytest.raises(Refused, match="published there already"):
        NETWORK.send(login, sending, http, now, cancel)


def test_a_minute_must_pass_and_clocks_may_be_wrong(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Désolés", server.reply_to(comment), attempted_at=now)
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, sending, http, now, cancel)
    server.now = now - timedelta(minutes=40)  # as Meta's clock has it
    NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is not None


def test_a_long_talk_is_looked_through_to_the_attempt(
    server: FacebookServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    post = server.post("Nouveau café", now - timedelta(days=9))
    for number in range(250):
        server.comment(post, f"avis {number}", now - timedelta(days=8, minutes=number))
    sending = make("Désolés", server.reply_to(post))
    NETWORK.send(login, sending, http, now, cancel)
    for number in range(150):
        server.comment(post, f"encore {number}", now + timedelta(seconds=number))
    before = server.calls
    assert NETWORK.find(login, sending, http, now, cancel) is not None
    assert server.calls - before == 2
    assert NETWORK.find(login, make("Autre", server.reply_to(post)), http, now, cancel) is None
    assert server.calls - before == 4


def test_a_mention_that_was_deleted_is_gone(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Désolés", server.reply_to(comment))
    server.delete(comment)
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, sending, http, now, cancel)
    with pytest.raises(NoAnswer):  # Meta says the same of what the token may not see
        NETWORK.find(login, sending, http, now, cancel)


@pytest.mark.parametrize(
    "target", ["", "{", "[]", "{}", '{"page":"111"}', '{"page":"111","id":"../me"}', '{"id":"1_2"}']
)
def test_a_post_of_elsewhere_is_not_answered(
    server: FacebookServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    target: str,
) -> None:
    before = server.calls
    with pytest.raises(Refused, match="cannot be answered from here"):
        NETWORK.send(login, make("Désolés", target), http, now, cancel)
    assert server.calls == before


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (error(190, "expired", 463), NotLoggedIn, "expired"),
        (error(190, "x", 492), NotLoggedIn, "no longer runs this Page"),
        (error(190, "checkpoint", 459), NotLoggedIn, "log in there first"),
        (Reply(401), NotLoggedIn, "does not accept"),
        (error(200, "(#200) Permissions error"), NotLoggedIn, "pages_manage_engagement"),
        (
            error(10, "(#10) requires the 'pages_read_engagement' permission"),
            NotLoggedIn,
            "pages_read",
        ),
        (error(200, "(#200) This post takes no comments"), Refused, "takes no comments"),
        (error(100, "(#100) message is too long"), Refused, "too long"),
        (error(368, "The action looked abusive"), Refused, "blocked this account"),
        (error(1, "x", 1390008), Refused, "blocked this account"),
        (error(4, "limit", transient=True), Refused, "no more replies for now"),
        (error(17, "limit", transient=True), Refused, "no more replies for now"),
        (error(32, "limit"), Refused, "no more replies for now"),
        (error(613, "limit"), Refused, "no more replies for now"),
        (error(80001, "limit"), Refused, "no more replies for now"),
        (Reply(429), Refused, "no more replies for now"),
        (error(506, "(#506) Duplicate status message"), Refused, "published there already"),
        (error(1, "An unknown error occurred", status=500), NoAnswer, "fault of its own"),
        (error(2, "Service temporarily unavailable", transient=True), NoAnswer, "fault of its own"),
        (told({"error": {"code": 100, "message": "inside 200"}}), Refused, "inside 200"),
        (told({"success": True}), NoAnswer, "something else"),
        (Reply(200, {}, b"<html>a check for humans</html>"), NoAnswer, "something else"),
        (Reply(502, {}, b"<html>"), NoAnswer, "fault of its own"),
        (Reply(403, {}, b"<html>"), Refused, "403"),
        (Reply(302, {"Location": "https://www.facebook.com/login"}), Refused, "another address"),
        (reset(), NoAnswer, "."),
    ],
)
def test_refusals_are_in_metas_words(
    server: FacebookServer,
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
    server.before = only_posts(reply)
    with pytest.raises(kind, match=words) as caught:
        NETWORK.send(login, make("Désolés", server.reply_to(comment)), http, now, cancel)
    assert str(caught.value.hint)
    posts = [one for one in server.asked if one[0] == "POST"]
    assert len(posts) == 1


@pytest.mark.parametrize(
    "reply",
    [
        error(4, "limit"),
        error(10, "(#10) no"),
        Reply(500),
        Reply(200, {}, b"{}"),
        Reply(200, {}, b"<html>"),
        reset(),
    ],
)
def test_what_cannot_be_looked_for_stays_unknown(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply: Reply,
) -> None:
    def before(_request: Request) -> Reply:
        return reply

    server.before = before
    with pytest.raises(NoAnswer):
        NETWORK.find(login, make("Désolés", server.reply_to(comment)), http, now, cancel)


def test_looking_with_an_ended_token_says_so(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.tokens[TOKEN].ended = 463
    with pytest.raises(NotLoggedIn, match="expired"):
        NETWORK.find(login, make("Désolés", server.reply_to(comment)), http, now, cancel)


def test_length_is_counted_as_facebook_counts(
    login: Login, server: FacebookServer, http: HttpClient, cancel: CancelToken
) -> None:
    account, post = Account(1, "facebook", "", "cafelumen"), Post("1", "", "", "")
    assert NETWORK.limits(account, post, "é" * 8000).fits
    assert not NETWORK.limits(account, post, "😢" * 4001).fits
    assert NETWORK.limits(account, post, "😢a").used == 3
    assert NETWORK.rules(login, http, cancel) == {}
    before = server.calls
    NETWORK.leave(login, http, cancel)
    assert server.calls == before
