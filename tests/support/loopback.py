"""A hostile web server on loopback, for every test that needs a network.

One thread per connection on an ephemeral port, reachable as 127.0.0.1, 127.0.0.2... (many hosts,
one server; Linux only, elsewhere only 127.0.0.1 answers). A route is a function from Request to
Reply; the ready ones below lie, hang, drip and bomb. Nothing waits in a test: `LoopbackServer.close`
wakes every hanging route.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived. Header names are lower-case. `host` is the address the client spoke to."""

    method: str
    path: str
    headers: Mapping[str, str]
    host: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent. `pieces` replaces `body` and is sent as it comes, without a Content-Length.

    `length` lies about the body's length. `reset` ends the connection hard after what was sent.
    `raw_head` replaces status line and headers altogether.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    pieces: Callable[[threading.Event], Iterator[bytes]] | None = None
    length: int | None = None
    reset: bool = False
    raw_head: Callable[[threading.Event], Iterator[bytes]] | None = None


Route = Callable[[Request], Reply]


class LoopbackServer:
    """Use as a context manager. `requests` is everything that was asked so far, in order of arrival."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._routes: dict[str, Route] = {}
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.requests: list[Request] = []
        self._listener = socket.create_server(("0.0.0.0", 0), backlog=512)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="loopback", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def add(self, path: str, route: Route | Reply | bytes | str) -> str:
        """Serve `path` (replacing what was there) and return its URL on 127.0.0.1. "*" is every other."""
        if isinstance(route, str):
            route = route.encode()
        if isinstance(route, bytes):
            route = Reply(body=route)
        if isinstance(route, Reply):
            fixed = route
            self._routes[path] = lambda _: fixed
        else:
            self._routes[path] = route
        return self.url(path)

    def asked(self, path: str) -> list[Request]:
        """The requests for this path so far."""
        return [request for request in self.requests if request.path == path]

    # -- the server's threads ---------------------------------------------------------------
    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with self._lock:
                self._open.add(connection)
            try:
                with connection, connection.makefile("rb") as incoming:
                    while not self._ended.is_set():
                        request = _read_request(incoming, connection.getsockname()[0])
                        if request is None or not self._answer(connection, request):
                            return
            finally:
                with self._lock:
                    self._open.discard(connection)

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        """Send the reply; True when the connection may be used again."""
        with self._lock:
            self.requests.append(request)
        path = request.path.partition("?")[0]
        routes = (self._routes.get(one) for one in (request.path, path, "*"))
        route = next((one for one in routes if one), None)
        reply = route(request) if route else Reply(404, body=b"not here")
        if reply.raw_head:
            for piece in reply.raw_head(self._ended):
                connection.sendall(piece)
            return False
        # Head and body in one piece: two would wait 40 ms for each other (Nagle, delayed ACK).
        connection.sendall(_head(reply) + (b"" if reply.pieces else reply.body))
        for piece in reply.pieces(self._ended) if reply.pieces else ():
            connection.sendall(piece)
        if reply.reset:
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            connection.close()
        return not reply.reset and reply.pieces is None and reply.length is None


def _read_request(incoming: object, host: str) -> Request | None:
    readline = incoming.readline  # type: ignore[attr-defined] # a buffered socket file
    first = readline(65536).decode("latin-1").split()
    if len(first) < 2:
        return None
    headers: dict[str, str] = {}
    while (line := readline(65536).decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = headers.get("content-length", "0")
    body = incoming.read(int(length)) if length.isdecimal() else b""  # type: ignore[attr-defined] # as above
    return Request(first[0], first[1], headers, host, body)


def _head(reply: Reply) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} x"]
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    if reply.pieces is None:
        length = len(reply.body) if reply.length is None else reply.length
        if reply.status != 304:
            lines.append(f"Content-Length: {length}")
    else:
        lines.append("Connection: close")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


# -- ready routes -----------------------------------------------------------------------------
def conditional(body: bytes, content_type: str = "application/xml") -> Route:
    """Answers 304 to the ETag or Last-Modified it gave out, like a good server."""
    etag = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
    modified = "Sat, 01 Aug 2026 10:00:00 GMT"
    headers = {"ETag": etag, "Last-Modified": modified, "Content-Type": content_type}

    def route(request: Request) -> Reply:
        known = request.headers.get("if-none-match") == etag or (
            "if-none-match" not in request.headers
            and request.headers.get("if-modified-since") == modified
        )
        return Reply(304, headers) if known else Reply(200, headers, body)

    return route


def redirect(target: str, status: int = 302) -> Reply:
    return Reply(status, {"Location": target}, b"moved")


def too_many(retry_after: str = "", status: int = 429) -> Reply:
    """`retry_after` is seconds or an HTTP date, sent as it is."""
    return Reply(status, {"Retry-After": retry_after} if retry_after else {}, b"slow down")


def hang() -> Reply:
    """Accepts, reads the request, never answers."""
    return Reply(raw_head=lambda ended: _forever(ended, b"", 3600))


def slow_headers(interval: float = 0.1) -> Reply:
    """A header line now and then, for ever."""
    return Reply(raw_head=_after(b"HTTP/1.1 200 OK\r\n", b"X-Wait: 1\r\n", interval))


def drip(piece: bytes = b"x", interval: float = 0.1) -> Reply:
    """Headers at once, then a byte now and then, for ever."""
    return Reply(pieces=lambda ended: _forever(ended, piece, interval))


def endless(piece: bytes = b"x" * 65536) -> Reply:
    """A body that never ends, as fast as it is read."""
    return Reply(pieces=lambda ended: _forever(ended, piece, 0))


def gzip_bomb(megabytes: int = 200) -> Reply:
    """A small body that unpacks to many megabytes of spaces."""
    return Reply(headers={"Content-Encoding": "gzip"}, body=_bomb(megabytes))


def gzipped(body: bytes) -> Reply:
    return Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(body))


def truncated(body: bytes = b"<rss>") -> Reply:
    """Promises more bytes than it sends, then closes."""
    return Reply(body=body, length=len(body) + 1000)


def reset() -> Reply:
    """Breaks the connection hard in the middle of the body."""
    return Reply(body=b"<rss", length=1000, reset=True)


def nonsense() -> Reply:
    """Not HTTP at all."""
    return Reply(raw_head=lambda ended: iter([b"\x00\xff\x00 SSH-2.0-hello\r\n\r\n"]))


def _after(
    first: bytes, piece: bytes, interval: float
) -> Callable[[threading.Event], Iterator[bytes]]:
    def pieces(ended: threading.Event) -> Iterator[bytes]:
        yield first
        yield from _forever(ended, piece, interval)

    return pieces


def _forever(ended: threading.Event, piece: bytes, interval: float) -> Iterator[bytes]:
    while not ended.is_set():
        if piece:
            yield piece
        if interval and ended.wait(interval):
            return


def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1024 * 1024)
    return b"".join([packer.compress(block) for _ in range(megabytes)] + [packer.flush()])
