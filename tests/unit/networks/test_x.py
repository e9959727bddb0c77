"""X over loopback: logging in with one's own project, what a month may cost, and every refusal."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import REDIRECT as REDIRECT_KEY
from monitor.networks.base import NotLoggedIn, Refused
from monitor.networks.x import NETWORK, SCOPES, cap_of
from tests.support.loopback import LoopbackServer, Reply, nonsense, reset
from tests.support.x_server import API, CLIENT, ME, REDIRECT, XServer, problem, said
from tests.unit.networks.conftest import Make

ANSWERS = {"client_id": CLIENT, REDIRECT_KEY: REDIRECT, "cap": "12,50"}
TOKENS = f"/{API}/2/oauth2/token"


@pytest.fixture
def server(loopback: LoopbackServer, now: datetime) -> XServer:
    return XServer(loopback, now)


def entered(server: XServer, http: HttpClient, now: datetime, **back: str) -> Login:
    door = NETWORK.open(ANSWERS, REDIRECT, http, CancelToken())
    brought = server.authorize(door.url) | back
    return NETWORK.enter(ANSWERS, brought, door.kept, http, now, CancelToken())


@pytest.fixture
def login(server: XServer, http: HttpClient, now: datetime) -> Login:
    return entered(server, http, now)


def test_a_login_has_the_account_what_opens_it_and_the_cap(
    server: XServer, login: Login, now: datetime
) -> None:
    assert login.account == Account(
        0,
        "x",
        "",
        ME,
        name="La Marque",
        url=f"https://x.com/{ME}",
        scopes=SCOPES,
        monthly_cap=12_500_000,
    )
    assert set(login.secret) == {"client_id", "token", "refresh", "ends"}
    assert login.secret["ends"] == (now + timedelta(hours=2)).isoformat()
    assert "SECRET" not in repr(login)
    assert server.billed == 10_000  # told in the form


def test_the_question_hides_the_proof(http: HttpClient, cancel: CancelToken) -> None:
    door = NETWORK.open(ANSWERS, REDIRECT, http, cancel)
    asked = dict(parse_qsl(urlsplit(door.url).query))
    assert door.url.startswith("https://x.com/i/oauth2/authorize?")
    assert asked["scope"].split() == list(SCOPES)
    assert asked["redirect_uri"] == REDIRECT
    assert door.kept["verifier"] not in door.url
    assert not NETWORK.info.sends


@pytest.mark.parametrize(
    ("typed", "micros"),
    [
        ("10", 10_000_000),
        (" $10 ", 10_000_000),
        ("10.55 $", 10_550_000),
        ("2,5", 2_500_000),
        ("1", 1_000_000),
        ("10000", 10_000_000_000),
        ("3.1415926535", 3_141_592),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, micros: int) -> None:
    assert cap_of({"cap": typed}) == micros


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        "0.99",
        "-5",
        "ten",
        "10001",
        "1e9",
        "nan",
        "inf",
        "-inf",
        "10 000",
        "1.2.3",
        "5\x00",
    ],
)
def test_what_is_no_amount_opens_no_browser(
    http: HttpClient, cancel: CancelToken, typed: str
) -> None:
    with pytest.raises(BadInput, match="no amount to spend"):
        NETWORK.open({**ANSWERS, "cap": typed}, REDIRECT, http, cancel)


@pytest.mark.parametrize(
    ("back", "words"),
    [
        ({"state": "other"}, "does not belong to this login"),
        ({"code": "wrong"}, "authorization code was invalid"),
        ({"code": "", "error": "temporarily_unavailable"}, "temporarily_unavailable"),
    ],
)
def test_what_comes_back_wrong_is_no_login(
    server: XServer, http: HttpClient, now: datetime, back: dict[str, str], words: str
) -> None:
    with pytest.raises(NotLoggedIn, match=words):
        entered(server, http, now, **back)


def test_who_does_not_agree_is_not_in(server: XServer, http: HttpClient, now: datetime) -> None:
    server.denies = True
    with pytest.raises(NotLoggedIn, match="did not agree"):
        entered(server, http, now)


def test_a_code_that_somebody_else_asked_for_is_no_login(
    server: XServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    mine, theirs = (NETWORK.open(ANSWERS, REDIRECT, http, cancel) for _ in range(2))
    stolen = server.authorize(theirs.url) | {"state": mine.kept["state"]}
    with pytest.raises(NotLoggedIn):
        NETWORK.enter(ANSWERS, stolen, mine.kept, http, now, cancel)


def test_fewer_rights_are_no_login_and_are_given_back(
    server: XServer, http: HttpClient, now: datetime
) -> None:
    server.withheld = frozenset({"offline.access", "users.read"})
    with pytest.raises(NotLoggedIn) as caught:
        entered(server, http, now)
    assert "offline.access, users.read" in str(caught.value.message)
    assert [grant.revoked for grant in server.grants] == [True]
    assert server.billed == 0


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (
            said({"error": "unauthorized_client", "error_description": "Missing header"}, 401),
            NotLoggedIn,
            "does not know this client ID",
        ),
        (Reply(503, {}, b"<html>Over capacity</html>"), SourceError, "out of order"),
        (said({"title": "Too Many Requests", "status": 429}, 429), SourceError, "no more requests"),
        (Reply(200, {}, b"<html>Please verify</html>"), NotLoggedIn, "refused the login"),
        (nonsense(), SourceError, "broke off"),
    ],
)
def test_a_network_that_gives_no_tokens(
    server: XServer,
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    answer: Reply,
    error: type[VigieError],
    words: str,
) -> None:
    loopback.add(TOKENS, answer)
    with pytest.raises(error, match=words):
        entered(server, http, now)


@pytest.mark.parametrize(
    "answer",
    [
        problem(403, "Forbidden", "The account is suspended.", "about:blank"),
        said({"data": {"username": "<b>"}}),
        said({"data": []}),
        Reply(200, {}, b"<html>"),
    ],
)
def test_an_account_that_does_not_say_who_it_is_is_left(
    server: XServer, loopback: LoopbackServer, http: HttpClient, now: datetime, answer: Reply
) -> None:
    loopback.add(f"/{API}/2/users/me", answer)
    with pytest.raises(NotLoggedIn):
        entered(server, http, now)
    assert all(grant.revoked for grant in server.grants)


def test_a_project_without_credits_is_told(
    server: XServer, http: HttpClient, now: datetime
) -> None:
    server.credits = False
    with pytest.raises(NotLoggedIn, match="refused the login"):
        entered(server, http, now)


def test_tokens_rotate(
    server: XServer, login: Login, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    assert NETWORK.renew(login, http, now, cancel) is login
    fresh = NETWORK.renew(login, http, now + timedelta(minutes=116), cancel)
    assert fresh.account == login.account
    assert fresh.secret["refresh"] != login.secret["refresh"]
    again = NETWORK.renew(fresh, http, now, cancel, refused=True)
    assert again.secret["token"] != fresh.secret["token"]
    with pytest.raises(NotLoggedIn, match="token was invalid"):
        NETWORK.renew(login, http, now, cancel, refused=True)
    assert server.billed == 10_000


@pytest.mark.parametrize(
    "answer",
    [Reply(502, {}, b"<html>"), Reply(403, {}, b"<html>"), reset(), said({"status": 429}, 429)],
)
def test_only_a_clear_no_ends_a_login(
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    answer: Reply,
) -> None:
    loopback.add(TOKENS, answer)
    with pytest.raises(SourceError) as caught:
        NETWORK.renew(login, http, now, cancel, refused=True)
    assert "SECRET" not in str(caught.value)


def test_leaving_takes_the_permission_back_and_never_fails(
    server: XServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
) -> None:
    NETWORK.leave(login, http, cancel)
    assert [grant.revoked for grant in server.grants] == [True]
    with pytest.raises(NotLoggedIn):
        NETWORK.renew(login, http, now, cancel, refused=True)
    loopback.add(f"/{API}/2/oauth2/revoke", nonsense())
    NETWORK.leave(login, http, cancel)


def test_nothing_is_ever_sent(
    login: Login,
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    asked = len(loopback.requests)
    with pytest.raises(Refused, match="cannot be answered from here"):
        NETWORK.send(login, make("Bonjour", "{}"), http, now, cancel)
    assert NETWORK.find(login, make("Bonjour", "{}"), http, now, cancel) is None
    assert len(loopback.requests) == asked


@pytest.mark.parametrize(
    ("words", "fits"), [("é" * 280, True), ("é" * 281, False), ("漢" * 141, False)]
)
def test_length_is_counted_as_x_does(login: Login, words: str, fits: bool) -> None:
    assert NETWORK.limits(login.account, Post("1", "", "", ""), words).fits is fits
