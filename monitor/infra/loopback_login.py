"""Waits on this computer's own address for the browser to come back from a login. Judges no answer.

Only this computer can reach it, but any page in the browser may try: the path is chance (unless the
network takes only an address that was registered with it), the Host must be ours (a name that was made
to point here is not), a request must be short and complete soon.
"""

from __future__ import annotations

import html
import queue
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.paste_page import BEHIND, paste_page
from monitor.text import Text, text

DEADLINE = 300.0
"""Seconds a person has to agree in the browser."""

_HOST = "127.0.0.1"
_NAMES = (_HOST, "localhost")
_SLICE = 0.2
_REQUEST_SECONDS = 5.0
_LONGEST = 16 * 1024
_MOST_FIELDS = 20
_MOST_AT_ONCE = 16
_OK = "200 OK"
_NOT_FOUND = "404 Not Found"
_PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Vigie</title></head>"
    "<body style='font: 1.2em sans-serif; margin: 4em auto; max-width: 30em'>"
    "<h1>Vigie</h1>{inner}</body></html>"
)
_HEAD = (
    "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
    "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
    "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
)


class LoopbackLogin:
    """A context manager; `redirect` is the address the network must send the browser to. `say` puts
    the page's sentence in the person's language. Belongs to the thread that made it.

    `registered` is the one address a network takes, where it takes no other: on this computer, with
    its port. Raises BadInput for every other one, and where another program has the port.
    """

    def __init__(self, say: Callable[[Text], str], registered: str = "") -> None:
        self._say = say
        self._back: queue.SimpleQueue[Mapping[str, str]] = queue.SimpleQueue()
        self._places = threading.BoundedSemaphore(_MOST_AT_ONCE)
        self._is_secret = not registered
        if registered:
            self._authority, port, self._path = _place(registered)
            self._listener = _listen_at(port)
            self.redirect = registered
        else:
            self._path = f"/{secrets.token_urlsafe(16)}"
            self._listener = socket.create_server((_HOST, 0), backlog=_MOST_AT_ONCE)
            self._authority = f"{_HOST}:{self._listener.getsockname()[1]}"
            self.redirect = f"http://{self._authority}{self._path}"
        self._listener.settimeout(_SLICE)

    def __enter__(self) -> LoopbackLogin:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()

    def wait(self, cancel: CancelToken, deadline: float = DEADLINE) -> Mapping[str, str] | None:
        """The query of the first request for our path; None when nobody came in `deadline` seconds.
        Raises Cancelled."""
        end = time.monotonic() + deadline
        while time.monotonic() < end:
            cancel.check()
            with suppress(queue.Empty):
                return self._back.get_nowait()
            with suppress(OSError):  # nobody in this slice, or gone before we looked
                connection, _ = self._listener.accept()
                self._take(connection)
        return None

    def _take(self, connection: socket.socket) -> None:
        """In a thread of its own: browsers open connections they do not use yet."""
        if not self._places.acquire(blocking=False):
            connection.close()
            return
        threading.Thread(target=self._serve, args=(connection,), name="login", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, suppress(OSError):
                query = self._answer(connection)
                if query is not None:
                    self._back.put(query)
        finally:
            self._places.release()

    def _answer(self, connection: socket.socket) -> Mapping[str, str] | None:
        """The query when the request is the one we wait for; every other one is refused."""
        head = _read_head(connection)
        status, query = _judge(head, self._authority, self._path)
        inner = self._steps(head) if status == _NOT_FOUND else ""
        if inner:
            status = _OK
        else:
            words = _CLOSE if query is not None else _REFUSED
            inner = f"<p>{html.escape(self._say(words))}</p>"
        page = _PAGE.format(inner=inner).encode()
        answer = _HEAD.format(status=status, length=len(page)).encode("ascii") + page
        with suppress(OSError):  # the browser may have gone: what it brought counts all the same
            connection.sendall(answer)
            connection.shutdown(socket.SHUT_WR)
        return query

    def _steps(self, head: bytes) -> str:
        """The page that asks for a code, where it is asked for it; else "". Never at an address that
        others know: they could have it lead anywhere."""
        if not self._is_secret:
            return ""
        asked, _, query = head.decode("latin-1").split(" ")[1].partition("?")
        return paste_page(self._path, query, self._say) if asked == self._path + BEHIND else ""


def _place(registered: str) -> tuple[str, int, str]:
    """Host with port, port and path of an address of this computer. Raises BadInput."""
    try:
        parts = urlsplit(registered)
        port = parts.port or 0
    except ValueError:
        parts, port = urlsplit(""), 0
    ours = parts.scheme == "http" and parts.hostname in _NAMES and "@" not in parts.netloc
    bare = not parts.query and not parts.fragment and registered.isprintable()
    if not ours or not port or not bare or " " in registered:
        raise BadInput(
            text("“{typed}” is not an address of this computer.", typed=registered[:200]),
            text("Nothing was changed."),
            text(
                "Type the one you registered with the network: it begins with http://127.0.0.1: or "
                "http://localhost: and a number."
            ),
        )
    return parts.netloc.lower(), port, parts.path or "/"


def _listen_at(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port), backlog=_MOST_AT_ONCE)
    except OSError as error:
        raise BadInput(
            text("Port {number} of this computer is not free.", number=port),
            text("The browser could not come back from the login. Nothing was changed."),
            text(
                "End the program that uses it, or register another address with the network and "
                "type that one."
            ),
        ) from error


def _read_head(connection: socket.socket) -> bytes:
    """Up to the empty line, b"" when it does not come soon or is too long."""
    end = time.monotonic() + _REQUEST_SECONDS
    read = b""
    while b"\r\n\r\n" not in read:
        left = end - time.monotonic()
        if left <= 0 or len(read) > _LONGEST:
            return b""
        connection.settimeout(left)
        piece = connection.recv(4096)
        if not piece:
            return b""
        read += piece
    return read.partition(b"\r\n\r\n")[0]


def _judge(head: bytes, authority: str, path: str) -> tuple[str, Mapping[str, str] | None]:
    """The status to answer, and the query of the one request that is right."""
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return "400 Bad Request", None
    if words[0] != "GET":
        return "405 Method Not Allowed", None
    hosts = [line[5:].strip() for line in lines if line[:5].lower() == "host:"]
    if hosts != [authority]:
        return "421 Misdirected Request", None
    asked, _, query = words[1].partition("?")
    if asked != path:
        return _NOT_FOUND, None
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return "400 Bad Request", None
    return _OK, dict(reversed(pairs))  # of a field told twice, the first


_CLOSE = text("Vigie has the answer. You can close this page.")
_REFUSED = text("There is nothing to see here.")
