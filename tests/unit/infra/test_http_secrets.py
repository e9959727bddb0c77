"""What opens an account, in the HTTP client: it stays on its site and comes back in no answer."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from tests.support import loopback as routes
from tests.support.loopback import LoopbackServer, Reply


@pytest.fixture
def client() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def get(client: HttpClient, url: str, **options: object) -> HttpResponse:
    return client.get(url, cancel=CancelToken(), **options)  # type: ignore[arg-type] # each test knows its options


def failure(client: HttpClient, url: str, **options: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        get(client, url, **options)
    return caught.value


def test_credentials_stay_on_their_site(client: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/there", b"ok")
    loopback.add("/other", routes.redirect(loopback.url("/there", host="127.0.0.2")))
    url = loopback.url("/other").replace("//", "//ann:s3cret@")
    loopback.add("/same", routes.redirect("/other"))
    get(client, url.replace("/other", "/same"), headers={"Cookie": "a=b"})
    first, second, third = loopback.requests
    assert first.headers["authorization"] == "Basic " + base64.b64encode(b"ann:s3cret").decode()
    assert second.headers["authorization"] == first.headers["authorization"]
    assert third.host == "127.0.0.2"
    assert not {"authorization", "cookie"} & third.headers.keys()


def test_no_header_that_opens_an_account_leaves_its_site(
    client: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add("/there", b"ok")
    target = routes.redirect(loopback.url("/there", host="127.0.0.2"))
    said = {"User-Api-Key": "s3cret", "User-Api-Client-Id": "1", "Authorization": "Bearer s3cret"}
    harmless = {"Accept": "application/json", "If-None-Match": '"1"', "User-Agent": "Vigie"}
    get(client, loopback.add("/a", target), headers=said | harmless)
    here, there = loopback.requests
    assert here.headers["user-api-key"] == "s3cret"
    assert there.host == "127.0.0.2"
    assert {
        name.lower(): value for name, value in harmless.items()
    }.items() <= there.headers.items()
    assert not {"user-api-key", "user-api-client-id", "authorization"} & there.headers.keys()


@pytest.mark.parametrize("opener", ["Authorization", "User-Api-Key"])
def test_what_opens_an_account_comes_back_in_no_answer(
    client: HttpClient, loopback: LoopbackServer, opener: str
) -> None:
    """Bodies are kept, and the words of refusals are shown."""
    word = "s3cret-s3cret-s3cret"
    said = {opener: f"Bearer {word}" if opener == "Authorization" else word, "Accept": "text/plain"}
    told = Reply(403, {"X-Why": f"no {word}"}, f"not {word}, text/plain".encode())
    url = loopback.add("/a", told)
    asked = get(client, url, headers=said)
    sent = client.send("POST", url, cancel=CancelToken(), headers=said)
    for answer in (asked, sent):
        assert answer.body == b"not ***, text/plain"
        assert answer.headers["x-why"] == "no ***"
    loopback.add("/a", Reply(body=word.encode()))  # a server may give the same one again
    assert client.send("POST", url, cancel=CancelToken(), headers=said).body == word.encode()


@pytest.mark.parametrize("token", ["to\nken", "tok…en", "\ud800", "\n"])
def test_a_login_that_no_request_can_carry_is_told(
    client: HttpClient, loopback: LoopbackServer, token: str
) -> None:
    url, said = loopback.add("/a", b"ok"), {"Authorization": f"Bearer {token}"}
    errors = [failure(client, url, headers=said)]
    with pytest.raises(SourceError) as caught:
        client.send("POST", url, cancel=CancelToken(), headers=said)
    for error in (*errors, caught.value):
        assert error.title.template == "The login for {host} holds signs that no request can carry."
        assert not error.left
    assert loopback.requests == []


def test_a_redirect_cannot_bring_credentials(client: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/there", b"ok")
    target = loopback.url("/there", host="127.0.0.2").replace("//", "//x:y@")
    get(client, loopback.add("/a", routes.redirect(target)))
    assert "authorization" not in loopback.requests[1].headers


def test_cookies_live_for_one_request(client: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/b", b"ok")
    url = loopback.add("/a", Reply(302, {"Location": "/b", "Set-Cookie": "k=v"}))
    get(client, url)
    get(client, url)
    assert [request.headers.get("cookie") for request in loopback.requests] == [
        None,
        "k=v",
        None,
        "k=v",
    ]


def test_netrc_is_left_alone(
    client: HttpClient, loopback: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    get(client, loopback.add("/a", b""))
    assert "authorization" not in loopback.requests[0].headers
