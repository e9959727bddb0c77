"""Sockets that end on time: every wait is cut into slices between which deadline and cancel are checked.

Why not a plain timeout: it counts anew with each received byte, so a server that sends one byte a
second holds a thread for ever, and nobody can interrupt it. Closing the socket from another thread
does not wake a connect or a name look-up. Slices work for all of them, with TLS and through proxies.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from typing import Any

from urllib3.util.wait import wait_for_write

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http_errors import no_connection, timed_out, unknown_host
from monitor.infra.system_words import told
from monitor.text import Text, text

SLICE = 0.2
"""Longest wait between two looks at the deadline and the cancel token, in seconds."""

Address = tuple[int, tuple[Any, ...]]
"""Address family, and the socket address in that family's form."""


class Guard:
    """The time left for one request. Belongs to the thread that made it."""

    def __init__(self, seconds: float, cancel: CancelToken) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._cancel = cancel

    def check(self) -> None:
        """Raise Cancelled, or SourceError once the time is over."""
        self._cancel.check()
        if time.monotonic() >= self._end:
            raise timed_out(self._seconds)

    def remaining(self) -> float:
        return max(0.0, self._end - time.monotonic())


# The TLS handshake runs inside SSLSocket's constructor, where no argument of ours arrives. A client
# works in one thread, so the thread knows the guard of its running request.
_running = threading.local()


@contextlib.contextmanager
def guarded(guard: Guard) -> Iterator[None]:
    """Everything this thread receives inside the block is bound to `guard`."""
    _running.guard = guard
    try:
        yield
    finally:
        del _running.guard


class GuardedSocket(socket.socket):
    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        while True:
            _running.guard.check()
            with contextlib.suppress(TimeoutError):
                return super().recv_into(*args, **kwargs)


class GuardedTlsSocket(ssl.SSLSocket):
    def do_handshake(self, block: bool = False) -> None:
        self.settimeout(SLICE)
        try:
            while True:
                _running.guard.check()
                with contextlib.suppress(TimeoutError):
                    return super().do_handshake(block)
        except BaseException:
            # The constructor that called us closes the socket for errors of the system only.
            self.close()
            raise

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        while True:
            _running.guard.check()
            with contextlib.suppress(TimeoutError):
                return super().recv_into(*args, **kwargs)


def connect(host: str, port: int) -> socket.socket:
    """A connected TCP socket, trying every address of the host; raises SourceError (nothing left this
    computer then) or Cancelled."""
    try:
        return _connected_to(host, port, _running.guard)
    except SourceError as error:
        error.left = False
        raise


def _connected_to(host: str, port: int, guard: Guard) -> socket.socket:
    addresses = resolve(host, port, guard)
    failure: OSError | None = None
    for place, (family, address) in enumerate(addresses):
        share = guard.remaining() / (len(addresses) - place)
        try:
            return _connect_to(family, address, guard, share)
        except OSError as error:
            failure = error
    guard.check()
    raise no_connection(host, _reason(failure)) from failure


def resolve(host: str, port: int, guard: Guard) -> list[Address]:
    """The addresses of a host name. The system's look-up cannot be interrupted: a thread waits for it."""
    literal = _literal(host, port)
    if literal is not None:
        return [literal]
    answers: queue.SimpleQueue[list[Address] | OSError | UnicodeError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([(entry[0], entry[4]) for entry in found])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    while True:
        guard.check()
        with contextlib.suppress(queue.Empty):
            answer = answers.get(timeout=min(SLICE, guard.remaining()))
            if isinstance(answer, list):
                return answer
            raise unknown_host(host) from answer


def _literal(host: str, port: int) -> Address | None:
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError):
            socket.inet_pton(family, host)
            return family, (host, port)
    return None


def _connect_to(family: int, address: tuple[Any, ...], guard: Guard, share: float) -> socket.socket:
    sock = GuardedSocket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            sock.connect(address)
        end = time.monotonic() + share
        while not _connected(sock):
            guard.check()
            if time.monotonic() >= end:
                raise TimeoutError("timed out")
        sock.settimeout(SLICE)
    except BaseException:
        sock.close()
        raise
    return sock


def _connected(sock: socket.socket) -> bool:
    """Wait one slice for the connection. Raises OSError when it was refused."""
    if not wait_for_write(sock, SLICE):
        return False
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))
    return True


def _reason(error: OSError | None) -> Text:
    return told(error) if error else text("it has no address")
