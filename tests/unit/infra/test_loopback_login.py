"""The browser's way back: the one right request, and everything else that may knock."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from monitor.errors import BadInput, Cancelled
from monitor.infra.cancel import CancelToken
from monitor.infra.catalogue import load_catalogue
from monitor.infra.loopback_login import LoopbackLogin
from monitor.infra.paste_page import FIELD, paste_address

WAIT = 30.0


class Waiting:
    """A login that waits in a thread; `back` is what it got in the end."""

    def __init__(self) -> None:
        self.login = LoopbackLogin(lambda words: words.render(load_catalogue("fr")))
        self.cancel = CancelToken()
        self.back: Mapping[str, str] | None = None
        self.error: Exception | None = None
        self.thread = threading.Thread(target=self._run)
        parts = urlsplit(self.login.redirect)
        self.authority, self.path = parts.netloc, parts.path
        self.port = parts.port

    def _run(self) -> None:
        with self.login as login:
            try:
                self.back = login.wait(self.cancel, WAIT)
            except Cancelled as error:
                self.error = error

    def ended(self) -> Mapping[str, str] | None:
        self.thread.join(WAIT)
        assert not self.thread.is_alive()
        return self.back

    def say(self, request: str) -> str:
        """The answer's first line to this raw request; "" when it just closed."""
        with socket.create_connection(("127.0.0.1", self.port), WAIT) as connection:
            connection.sendall(request.encode("latin-1"))
            read = b""
            while piece := connection.recv(4096):
                read += piece
        return read.decode().partition("\r\n")[0]

    def ask(self, target: str, host: str = "", method: str = "GET") -> str:
        return self.say(f"{method} {target} HTTP/1.1\r\nHost: {host or self.authority}\r\n\r\n")


@contextmanager
def waiting() -> Iterator[Waiting]:
    one = Waiting()
    one.thread.start()
    try:
        yield one
    finally:
        one.cancel.cancel()
        one.thread.join(WAIT)


def test_the_browser_comes_back_and_reads_a_page_in_the_persons_language() -> None:
    with waiting() as one:
        url = f"{one.login.redirect}?code=a%26b&state=%C3%A9&code=other"
        with urlopen(url, timeout=WAIT) as answer:
            page = answer.read().decode()
            headers = answer.headers
        assert one.ended() == {"code": "a&b", "state": "é"}
    assert "Vous pouvez fermer cette page" in page
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_code_that_a_network_shows_is_pasted_in_a_page_of_ours() -> None:
    with waiting() as one:
        url = "https://forum.example/new?a=1&b='<x>"
        with urlopen(paste_address(one.login.redirect, url), timeout=WAIT) as answer:
            page = answer.read().decode()
        assert "https://forum.example/new?a=1&amp;b=&#x27;&lt;x&gt;" in page
        assert f"action='{one.path}'" in page
        assert "Collez-le ici." in page
        assert " 404 " in one.ask(f"{one.path}/paste?to=javascript:alert(1)")
        assert " 404 " in one.ask(f"{one.path}/paste")
        assert " 404 " in one.ask("/paste?to=https://forum.example/")
        assert " 421 " in one.ask(
            f"{one.path}/paste?to=https://forum.example/", host="evil.example"
        )
        assert one.thread.is_alive()
        assert " 200 " in one.ask(f"{one.path}?{FIELD}=a%2Bb%0A")
        assert one.ended() == {FIELD: "a+b\n"}


def test_everything_else_is_refused_and_the_wait_goes_on() -> None:
    with waiting() as one:
        right = f"{one.path}?code=evil"
        assert " 404 " in one.ask("/favicon.ico")
        assert " 404 " in one.ask(f"{one.path}/?code=evil")
        assert " 404 " in one.ask(f"http://{one.authority}{right}")
        assert " 421 " in one.ask(right, host="evil.example")
        assert " 421 " in one.ask(right, host=f"localhost:{one.port}")
        assert " 421 " in one.say(f"GET {right} HTTP/1.1\r\n\r\n")
        twice = f"Host: {one.authority}\r\nHost: evil.example\r\n"
        assert " 421 " in one.say(f"GET {right} HTTP/1.1\r\n{twice}\r\n")
        assert " 405 " in one.ask(right, method="POST")
        assert " 405 " in one.ask(right, method="HEAD")
        assert " 400 " in one.say("\x16\x03\x01\x00\r\n\r\n")
        assert " 400 " in one.say(f"GET {right}\r\n\r\n")
        fields = "&".join(f"f{n}=1" for n in range(50))
        assert " 400 " in one.ask(f"{one.path}?{fields}")
        assert one.thread.is_alive()
        assert " 200 " in one.ask(f"{one.path}?code=good")
        assert one.ended() == {"code": "good"}


def test_a_line_without_end_is_given_up() -> None:
    with waiting() as one:
        with pytest.raises(OSError, match=r"."):  # reset or broken pipe, as the system likes
            flood(one.port)
        assert " 200 " in one.ask(f"{one.path}?code=good")
        assert one.ended() == {"code": "good"}


def flood(port: int | None) -> None:
    """Send a line without end until we are thrown out."""
    with socket.create_connection(("127.0.0.1", port), WAIT) as connection:
        while True:
            connection.sendall(b"x" * 65536)


def test_connections_that_say_nothing_stop_nobody() -> None:
    with waiting() as one:
        silent = [socket.create_connection(("127.0.0.1", one.port), WAIT) for _ in range(5)]
        assert " 200 " in one.ask(f"{one.path}?code=good")
        assert one.ended() == {"code": "good"}
        for connection in silent:
            connection.close()


def test_the_wait_is_cancelled() -> None:
    with waiting() as one:
        one.cancel.cancel()
        assert one.ended() is None
        assert isinstance(one.error, Cancelled)


def test_nobody_comes_back() -> None:
    with LoopbackLogin(str) as login:
        assert login.wait(CancelToken(), deadline=0.0) is None


def test_two_logins_wait_at_places_of_their_own() -> None:
    with LoopbackLogin(str) as one, LoopbackLogin(str) as other:
        assert urlsplit(one.redirect).port != urlsplit(other.redirect).port
        assert urlsplit(one.redirect).path != urlsplit(other.redirect).path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    "place", ["127.0.0.1:{port}", "localhost:{port}/", "localhost:{port}/back"]
)
def test_a_registered_address_is_kept_to_the_letter(place: str) -> None:
    registered = "http://" + place.format(port=free_port())
    with LoopbackLogin(str, registered) as login:
        assert login.redirect == registered
        back: list[Mapping[str, str] | None] = []
        thread = threading.Thread(target=lambda: back.append(login.wait(CancelToken(), WAIT)))
        thread.start()
        with urlopen(f"{registered}?code=good", timeout=WAIT) as answer:
            assert answer.status == 200
        thread.join(WAIT)
    assert back == [{"code": "good"}]


@pytest.mark.parametrize(
    "registered",
    [
        "https://127.0.0.1:8934/",
        "http://127.0.0.1/",
        "http://evil.example:8934/",
        "http://127.0.0.1@evil.example:8934/",
        "http://ann@127.0.0.1:8934/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:8934/?a=1",
        "http://127.0.0.1:8934/a b",
        "http://[::1",
        "8934",
    ],
)
def test_an_address_elsewhere_is_none_to_come_back_to(registered: str) -> None:
    with pytest.raises(BadInput, match="not an address of this computer"):
        LoopbackLogin(str, registered)


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(BadInput, match=f"Port {port} of this computer is not free"):
            LoopbackLogin(str, f"http://127.0.0.1:{port}/")


def test_no_page_of_ours_leads_anywhere_from_an_address_that_others_know() -> None:
    with LoopbackLogin(str, f"http://127.0.0.1:{free_port()}/vigie") as login:
        token, answers = CancelToken(), []

        def ask() -> None:
            with pytest.raises(HTTPError) as refused:
                urlopen(paste_address(login.redirect, "https://evil.example/"), timeout=WAIT)
            with refused.value as answer:
                answers.append((answer.code, answer.read()))
            token.cancel()

        asking = threading.Thread(target=ask)
        asking.start()
        with pytest.raises(Cancelled):
            login.wait(token, WAIT)
        asking.join(WAIT)
    ((code, page),) = answers
    assert code == 404
    assert b"evil" not in page
