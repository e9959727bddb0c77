"""The HTTP client against a server that lies, hangs, drips and bombs."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.errors import Action, Cancelled, SourceError
from monitor.infra import http_adapter
from monitor.infra.cancel import CancelToken
from monitor.infra.http import USER_AGENT, HttpClient, HttpResponse
from tests.support import loopback as routes
from tests.support.certificate import self_signed
from tests.support.loopback import LoopbackServer, Reply, Request


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


def test_an_answer_is_returned_whole(client: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/a", Reply(headers={"ETag": '"x"', "X-Odd": "1"}, body=b"hello"))
    answer = get(client, url)
    assert (answer.status, answer.url, answer.permanent_url) == (200, url, "")
    assert answer.body == b"hello"
    assert answer.headers["etag"] == '"x"'
    assert answer.headers["x-odd"] == "1"


def test_the_request_is_honest(client: HttpClient, loopback: LoopbackServer) -> None:
    get(client, loopback.add("/a", b""), headers={"If-None-Match": 'W/"1"'})
    sent = loopback.requests[0].headers
    assert sent["user-agent"] == USER_AGENT
    assert sent["user-agent"].startswith("Vigie/")
    assert sent["accept"].startswith("application/atom+xml")
    assert sent["accept-encoding"] == "gzip, deflate"
    assert sent["if-none-match"] == 'W/"1"'
    assert "cookie" not in sent


@pytest.mark.parametrize("status", [204, 304, 400, 404, 410, 429, 500, 503, 599])
def test_every_status_is_an_answer(
    client: HttpClient, loopback: LoopbackServer, status: int
) -> None:
    assert get(client, loopback.add("/s", Reply(status))).status == status


def test_gzip_is_unpacked(client: HttpClient, loopback: LoopbackServer) -> None:
    assert get(client, loopback.add("/z", routes.gzipped(b"x" * 5000))).body == b"x" * 5000


@pytest.mark.parametrize("route", [routes.hang(), routes.drip(), routes.slow_headers()])
def test_the_deadline_counts_everything(
    client: HttpClient, loopback: LoopbackServer, route: Reply
) -> None:
    error = failure(client, loopback.add("/slow", route), deadline=0.4)
    assert error.title.template == "The server did not answer within {seconds} seconds."
    assert error.action is Action.RETRY


@pytest.mark.parametrize(
    "route", [routes.hang(), routes.drip(interval=0.05), routes.slow_headers()]
)
def test_cancel_ends_any_wait(client: HttpClient, loopback: LoopbackServer, route: Reply) -> None:
    token = CancelToken()

    def cancel_and_wait(_: Request) -> Reply:
        threading.Timer(0.1, token.cancel).start()
        return route

    url = loopback.add("/slow", cancel_and_wait)
    with pytest.raises(Cancelled):
        client.get(url, cancel=token)


def test_a_cancelled_token_asks_nobody(client: HttpClient, loopback: LoopbackServer) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        client.get(loopback.add("/a", b""), cancel=token)
    assert loopback.requests == []


@pytest.mark.parametrize("route", [routes.endless(), routes.gzip_bomb(50), Reply(length=10**9)])
def test_size_is_capped_after_unpacking(
    client: HttpClient, loopback: LoopbackServer, route: Reply
) -> None:
    error = failure(client, loopback.add("/big", route), max_bytes=1024 * 1024)
    assert error.title.template == "The answer is larger than {megabytes} MB."


@pytest.mark.parametrize("route", [routes.truncated(), routes.reset(), routes.nonsense()])
def test_a_broken_answer_is_no_answer(
    client: HttpClient, loopback: LoopbackServer, route: Reply
) -> None:
    error = failure(client, loopback.add("/broken", route))
    assert "broke off" in error.title.template


def test_bytes_that_are_not_gzip(client: HttpClient, loopback: LoopbackServer) -> None:
    route = Reply(headers={"Content-Encoding": "gzip"}, body=b"not gzip at all")
    assert "garbled" in failure(client, loopback.add("/g", route)).title.template


def test_a_connection_closed_while_idle_is_opened_again(
    client: HttpClient, loopback: LoopbackServer
) -> None:
    answers = iter([Reply(body=b"1"), Reply(raw_head=lambda _: iter(())), Reply(body=b"2")])
    url = loopback.add("/a", lambda _: next(answers))
    assert get(client, url).body == b"1"
    assert get(client, url).body == b"2"


def test_unknown_host(client: HttpClient) -> None:
    error = failure(client, "http://nowhere.invalid/feed")
    assert str(error.title) == "The server nowhere.invalid was not found."


def test_refused_connection(client: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.url("/")
    loopback.close()
    assert "does not accept connections" in failure(client, url).title.template


def test_what_is_sent_once_says_whether_it_left(
    client: HttpClient, loopback: LoopbackServer
) -> None:
    url = loopback.add("/broken", Reply(raw_head=lambda _: iter(())))
    with pytest.raises(SourceError) as caught:
        client.send("POST", url, cancel=CancelToken())
    assert caught.value.left
    loopback.close()
    for nowhere in (loopback.url("/"), "http://nowhere.invalid/"):
        with pytest.raises(SourceError) as caught:
            client.send("POST", nowhere, cancel=CancelToken())
        assert not caught.value.left


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nothing",
        "file:///etc/hosts",
        "ftp://a.example/",
        "http://",
        "http://[::1",
        "http://a:99999/",
    ],
)
def test_what_is_no_web_address(client: HttpClient, url: str) -> None:
    error = failure(client, url)
    assert error.title.template == "“{url}” is not a web address."
    assert error.action is Action.PAUSE


def test_permanent_redirects_are_told(client: HttpClient, loopback: LoopbackServer) -> None:
    end = loopback.add("/end", b"here")
    loopback.add("/b", routes.redirect("/end", 308))
    url = loopback.add("/a", routes.redirect("/b", 301))
    answer = get(client, url)
    assert (answer.url, answer.permanent_url, answer.body) == (end, end, b"here")


def test_every_request_counts(client: HttpClient, loopback: LoopbackServer) -> None:
    end = loopback.add("/end", b"here")
    get(client, loopback.add("/a", routes.redirect("/end", 301)))
    assert client.sent == 2
    client.send("POST", end, cancel=CancelToken(), body=b"{}")
    assert client.sent == 3
    failure(client, loopback.add("/reset", Reply(raw_head=lambda _: iter([b""]))))
    assert client.sent == len(loopback.requests) == 5


def test_a_temporary_redirect_ends_the_permanent_way(
    client: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add("/end", b"here")
    middle = loopback.add("/b", routes.redirect("/end", 302))
    answer = get(client, loopback.add("/a", routes.redirect("/b", 301)))
    assert answer.permanent_url == middle
    assert get(client, middle).permanent_url == ""


def test_redirects_are_bounded(client: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/loop", routes.redirect("/loop"))
    assert "redirected more than" in failure(client, url).title.template
    assert len(loopback.requests) == 11


@pytest.mark.parametrize(
    "target", ["ftp://a.example/", "javascript:alert(1)", "http://[", "file:///"]
)
def test_redirects_lead_to_the_web_only(
    client: HttpClient, loopback: LoopbackServer, target: str
) -> None:
    assert (
        "which is not"
        in failure(client, loopback.add("/a", routes.redirect(target))).title.template
    )


def test_an_endless_redirect_body_is_not_read(client: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/end", b"here")
    endless = routes.endless()
    moved = Reply(302, {"Location": "/end"}, pieces=endless.pieces)
    assert get(client, loopback.add("/a", moved)).body == b"here"


def test_raw_utf8_in_a_redirect(client: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/caf%C3%A9", b"here")
    moved = Reply(302, {"Location": "/café".encode().decode("latin-1")})
    assert get(client, loopback.add("/a", moved)).body == b"here"


def test_the_system_proxy_is_used(
    client: HttpClient, loopback: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback.add("http://far.invalid/feed", b"through the proxy")
    monkeypatch.setenv("http_proxy", loopback.url(""))
    monkeypatch.setenv("no_proxy", "")
    assert get(client, "http://far.invalid/feed").body == b"through the proxy"


def test_all_clients_share_one_tls_context() -> None:
    assert http_adapter.tls_context() is http_adapter.tls_context()
    assert http_adapter.tls_context().verify_mode is ssl.CERT_REQUIRED


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def secure(certificate: Path) -> Iterator[LoopbackServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with LoopbackServer(context) as server:
        yield server


def test_an_unknown_authority_is_refused(client: HttpClient, secure: LoopbackServer) -> None:
    error = failure(client, secure.add("/a", b"x"))
    assert "The secure connection to {host} failed" in error.title.template
    assert secure.requests == []


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpClient]:
    """A client that trusts the loopback certificate, as REQUESTS_CA_BUNDLE may ask for."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    http_adapter._load_context.cache_clear()
    client = HttpClient()
    yield client
    client.close()
    http_adapter._load_context.cache_clear()


def test_tls_keeps_deadline_and_cancel(trusting: HttpClient, secure: LoopbackServer) -> None:
    assert get(trusting, secure.add("/a", b"safe")).body == b"safe"
    slow = secure.add("/slow", routes.drip())
    assert "did not answer" in failure(trusting, slow, deadline=0.4).title.template


def test_a_handshake_that_never_ends(client: HttpClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"https://127.0.0.1:{mute.getsockname()[1]}/"
        assert "did not answer" in failure(client, url, deadline=0.4).title.template


def test_no_way_down_from_https(
    trusting: HttpClient, secure: LoopbackServer, loopback: LoopbackServer
) -> None:
    url = secure.add("/a", routes.redirect(loopback.add("/b", b"plain")))
    assert "insecure" in failure(trusting, url).title.template
    assert loopback.requests == []


def test_many_hosts_and_threads(loopback: LoopbackServer) -> None:
    loopback.add("/a", b"ok")
    bodies: list[bytes] = []

    def work(first: int) -> None:
        client = HttpClient()
        for host in range(first, first + 5):
            bodies.append(get(client, loopback.url("/a", host=f"127.0.0.{host}")).body)
        client.close()

    threads = [threading.Thread(target=work, args=(start,)) for start in (2, 10, 20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [b"ok"] * 20
