"""Logging in at Google: the way that works at its three networks, and every way in which it does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import google.auth.exceptions
import pytest
from google.auth.transport.requests import AuthorizedSession, Request
from google_auth_oauthlib.flow import Flow

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.networks import googlebusiness, googleplay, youtube
from monitor.networks.base import Network, NotLoggedIn
from monitor.networks.registry import networks
from tests.support.google_auth import (
    CLIENT_ID,
    CLIENT_SECRET,
    OAUTH,
    WEEK,
    GoogleAuth,
    answer,
    oauth_error,
    page,
    refused,
)
from tests.support.googlereviews_server import PACKAGE, BusinessServer, PlayServer
from tests.support.loopback import LoopbackServer, Reply, nonsense
from tests.support.youtube_server import CHANNEL, HOST, YouTubeServer

BACK = "http://127.0.0.1:9/back"
NOW = datetime(2026, 8, 1, 10, tzinfo=UTC)
CLIENT = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "package": PACKAGE}
TUBE = youtube.NETWORK


@pytest.fixture
def tube(loopback: LoopbackServer) -> YouTubeServer:
    return YouTubeServer(loopback)


def logged_in(auth: GoogleAuth, http: HttpClient, network: Network = TUBE) -> Login:
    door = network.open(CLIENT, BACK, http, CancelToken())
    back = dict(parse_qsl(urlsplit(auth.authorize(door.url)).query))
    return network.enter(CLIENT, back, door.kept, http, NOW, CancelToken())


def test_they_are_found() -> None:
    assert networks()["youtube"] is TUBE
    assert networks()["googleplay"] is googleplay.NETWORK
    assert networks()["googlebusiness"] is googlebusiness.NETWORK


def test_a_channel_is_the_account_of_youtube(tube: YouTubeServer, http: HttpClient) -> None:
    login = logged_in(tube.auth, http)
    assert login.account == Account(
        0,
        "youtube",
        "",
        "marque",
        name="Marque",
        url=f"https://www.youtube.com/channel/{CHANNEL}",
        scopes=(youtube.SCOPE,),
    )
    assert login.secret["channel"] == CHANNEL
    assert login.secret["token"] not in repr(login)
    assert login.secret["refresh"] not in repr(login)
    assert TUBE.renew(login, http, NOW, CancelToken()) is login


def test_an_app_is_the_account_of_play(loopback: LoopbackServer, http: HttpClient) -> None:
    served = PlayServer(loopback)
    login = logged_in(served.auth, http, googleplay.NETWORK)
    assert (login.account.handle, login.account.label) == (PACKAGE, PACKAGE)
    assert login.account.url == f"https://play.google.com/store/apps/details?id={PACKAGE}"
    assert login.account.scopes == (googleplay.SCOPE,)


def test_the_person_is_the_account_of_business(loopback: LoopbackServer, http: HttpClient) -> None:
    served = BusinessServer(loopback)
    account = logged_in(served.auth, http, googlebusiness.NETWORK).account
    assert (account.handle, account.name) == ("Léa Martin (1)", "Léa Martin")
    assert account.scopes == (googlebusiness.SCOPE,)


def test_the_address_asks_for_one_right_and_hides_the_rest(http: HttpClient) -> None:
    door = TUBE.open(CLIENT, BACK, http, CancelToken())
    asked = dict(parse_qsl(urlsplit(door.url).query))
    assert door.url.startswith("https://accounts.google.com/o/oauth2/v2/auth?")
    assert asked["scope"] == "https://www.googleapis.com/auth/youtube.force-ssl"
    assert (asked["access_type"], asked["code_challenge_method"]) == ("offline", "S256")
    assert "include_granted_scopes" not in asked
    for hidden in ("verifier", "client_secret"):
        assert door.kept[hidden] not in door.url
        assert door.kept[hidden] not in repr(door)


def test_a_project_in_testing_ends_the_login_in_a_week(
    tube: YouTubeServer, http: HttpClient
) -> None:
    assert logged_in(tube.auth, http).account.expires_at is None
    tube.auth.testing = True
    login = logged_in(tube.auth, http)
    assert login.account.expires_at == NOW + timedelta(seconds=WEEK)
    assert any("7 days" in str(step) for step in TUBE.info.steps)


def test_a_token_is_refreshed_when_it_ends_soon_or_was_refused(
    tube: YouTubeServer, http: HttpClient
) -> None:
    login = logged_in(tube.auth, http)
    later = NOW + timedelta(minutes=56)
    fresh = TUBE.renew(login, http, later, CancelToken())
    assert fresh.secret["token"] != login.secret["token"]
    assert fresh.secret["refresh"] == login.secret["refresh"]
    assert (fresh.account, fresh.secret["channel"]) == (login.account, CHANNEL)
    assert TUBE.renew(fresh, http, later, CancelToken()) is fresh
    # A clock that lies: Google refused what should have been good.
    again = TUBE.renew(fresh, http, later, CancelToken(), refused=True)
    assert again.secret["token"] not in (fresh.secret["token"], login.secret["token"])


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (None, NotLoggedIn, "expired or revoked"),
        (oauth_error(401, "deleted_client", "The OAuth client was deleted."), NotLoggedIn, "delet"),
        (page(502), SourceError, "out of order"),
        (answer({"error": "rate"}, 429), SourceError, "no more requests"),
        (answer({}), NotLoggedIn, "does not accept"),
        (page(200), SourceError, "out of order"),
        (page(403), SourceError, "out of order"),
        (Reply(200, {}, b'{"access_token": "ya29.ab'), SourceError, "out of order"),
        (nonsense(), SourceError, "broke off"),
    ],
)
def test_a_login_that_cannot_be_refreshed(
    tube: YouTubeServer,
    http: HttpClient,
    reply: Reply | None,
    error: type[VigieError],
    words: str,
) -> None:
    login = logged_in(tube.auth, http)
    tube.auth.forget()
    if reply is not None:
        tube.auth.serve("POST", OAUTH, "/token", reply)
    with pytest.raises(error, match=words) as caught:
        TUBE.renew(login, http, NOW + timedelta(days=8), CancelToken())
    assert str(caught.value.hint)
    assert login.secret["refresh"] not in str(caught.value)
    if reply is None:
        assert "Testing" in str(caught.value.hint)


def test_leaving_takes_all_back_and_never_fails(tube: YouTubeServer, http: HttpClient) -> None:
    login = logged_in(tube.auth, http)
    TUBE.leave(login, http, CancelToken())
    assert tube.auth.revoked == 1
    assert not tube.auth.refreshing
    TUBE.leave(login, http, CancelToken())
    tube.auth.serve("POST", OAUTH, "/revoke", nonsense())
    TUBE.leave(login, http, CancelToken())


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"client_id": CLIENT_ID},
        {"client_id": "1234", "client_secret": "x"},
        {"client_id": "a b.apps.googleusercontent.com", "client_secret": "x"},
        {"client_id": "lea@gmail.com", "client_secret": "password"},
    ],
)
def test_what_is_no_client(typed: Mapping[str, str], http: HttpClient) -> None:
    with pytest.raises(BadInput, match="not the client"):
        TUBE.open(typed, BACK, http, CancelToken())


@pytest.mark.parametrize(
    ("back", "words"),
    [
        ({}, "does not belong to this login"),
        ({"code": "x", "state": "other"}, "does not belong to this login"),
        ({"error": "access_denied", "state": "STATE"}, "did not agree at Google"),
        ({"error": "admin_policy_enforced", "state": "STATE"}, "admin_policy_enforced"),
        ({"code": "wrong", "state": "STATE"}, "Malformed auth code"),
    ],
)
def test_what_comes_back_wrong_is_no_login(
    tube: YouTubeServer, http: HttpClient, back: Mapping[str, str], words: str
) -> None:
    door = TUBE.open(CLIENT, BACK, http, CancelToken())
    told = {key: door.kept["state"] if value == "STATE" else value for key, value in back.items()}
    with pytest.raises(NotLoggedIn, match=words):
        TUBE.enter(CLIENT, told, door.kept, http, NOW, CancelToken())


def test_a_wrong_secret_is_told_as_such(tube: YouTubeServer, http: HttpClient) -> None:
    wrong = {**CLIENT, "client_secret": "GOCSPX-other"}
    door = TUBE.open(wrong, BACK, http, CancelToken())
    back = dict(parse_qsl(urlsplit(tube.auth.authorize(door.url)).query))
    with pytest.raises(NotLoggedIn, match="client secret is invalid") as caught:
        TUBE.enter(wrong, back, door.kept, http, NOW, CancelToken())
    assert "GOCSPX" not in str(caught.value)


def test_a_right_that_was_left_out_is_named_and_ends_no_other_login(
    tube: YouTubeServer, http: HttpClient
) -> None:
    tube.auth.unticked = frozenset({youtube.SCOPE})
    with pytest.raises(NotLoggedIn) as caught:
        logged_in(tube.auth, http)
    assert youtube.SCOPE in str(caught.value.message)
    assert tube.auth.revoked == 0


def test_an_account_without_a_channel(tube: YouTubeServer, http: HttpClient) -> None:
    tube.has_channel = False
    with pytest.raises(NotLoggedIn, match="no YouTube channel"):
        logged_in(tube.auth, http)


def test_an_interface_that_is_switched_off(tube: YouTubeServer, http: HttpClient) -> None:
    tube.auth.off = True
    with pytest.raises(NotLoggedIn, match="not switched on") as caught:
        logged_in(tube.auth, http)
    assert "Enable it" in str(caught.value.hint)


def test_a_share_that_is_spent(tube: YouTubeServer, http: HttpClient) -> None:
    tube.share = 0
    with pytest.raises(NotLoggedIn, match="share of today") as caught:
        logged_in(tube.auth, http)
    assert "exceeded your quota" in str(caught.value)
    assert "<a" not in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (page(503), SourceError, "out of order"),
        (page(403), NotLoggedIn, r"refused the login \(403\)"),
        (page(200), NotLoggedIn, r"refused the login \(200\)"),
        (refused(403, "X", "Slow.", "rateLimitExceeded"), SourceError, "no more requests"),
        (refused(403, "X", "Account closed.", "forbidden"), NotLoggedIn, "Account closed"),
    ],
)
def test_a_login_that_fails_half_way(
    tube: YouTubeServer, http: HttpClient, reply: Reply, error: type[VigieError], words: str
) -> None:
    tube.auth.serve("GET", HOST, "/youtube/v3/channels", reply)
    with pytest.raises(error, match=words):
        logged_in(tube.auth, http)


def test_an_app_of_somebody_else(loopback: LoopbackServer, http: HttpClient) -> None:
    served = PlayServer(loopback)
    served.allowed = False
    with pytest.raises(NotLoggedIn, match="may not read the reviews") as caught:
        logged_in(served.auth, http, googleplay.NETWORK)
    assert "reply to reviews" in str(caught.value.hint)


def test_an_app_nobody_knows(loopback: LoopbackServer, http: HttpClient) -> None:
    served = PlayServer(loopback)
    network = googleplay.NETWORK
    door = network.open({**CLIENT, "package": "com.example.other"}, BACK, http, CancelToken())
    back = dict(parse_qsl(urlsplit(served.auth.authorize(door.url)).query))
    with pytest.raises(NotLoggedIn, match=r"knows no app .* com\.example\.other"):
        network.enter({}, back, door.kept, http, NOW, CancelToken())
    with pytest.raises(BadInput, match="not the package name"):
        network.open({**CLIENT, "package": "my app"}, BACK, http, CancelToken())


def test_a_project_that_google_has_not_let_in(loopback: LoopbackServer, http: HttpClient) -> None:
    served = BusinessServer(loopback)
    served.approved = False
    with pytest.raises(NotLoggedIn, match="not opened") as caught:
        logged_in(served.auth, http, googlebusiness.NETWORK)
    assert "form" in str(caught.value.hint)
    served.approved, served.accounts = True, []
    with pytest.raises(NotLoggedIn, match="looks after no business"):
        logged_in(served.auth, http, googlebusiness.NETWORK)


# -- our stand-in, proved by Google's own libraries ---------------------------------------------
@pytest.fixture
def flow(loopback: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> Flow:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    client = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "auth_uri": "https://accounts.google.com/o/oauth2/v2/auth",
        "token_uri": loopback.url(f"/{OAUTH}/token"),
    }
    return Flow.from_client_config(
        {"installed": client},
        [youtube.SCOPE],
        redirect_uri=BACK,
        autogenerate_code_verifier=True,
    )


def test_googles_library_logs_in_refreshes_and_is_refused(tube: YouTubeServer, flow: Flow) -> None:
    url, _state = flow.authorization_url(access_type="offline", prompt="consent")
    back = dict(parse_qsl(urlsplit(tube.auth.authorize(url)).query))
    flow.fetch_token(code=back["code"])
    known = flow.credentials
    assert known.refresh_token in tube.auth.refreshing
    first = known.token
    known.refresh(Request())
    assert known.token != first
    session = AuthorizedSession(known)
    mine = session.get(f"{tube.base}channels?part=snippet&mine=true").json()
    assert mine["items"][0]["id"] == CHANNEL
    # It refreshes by itself after a 401, and says so where that fails.
    tube.auth.tokens.clear()
    assert session.get(f"{tube.base}channels?part=snippet&mine=true").status_code == 200
    tube.auth.forget()
    with pytest.raises(google.auth.exceptions.RefreshError, match="expired or revoked"):
        session.get(f"{tube.base}channels?part=snippet&mine=true")


def test_googles_library_cannot_use_a_code_twice(tube: YouTubeServer, flow: Flow) -> None:
    url, _state = flow.authorization_url()
    back = dict(parse_qsl(urlsplit(tube.auth.authorize(url)).query))
    flow.fetch_token(code=back["code"])
    with pytest.raises(Exception, match="invalid_grant"):
        flow.fetch_token(code=back["code"])
