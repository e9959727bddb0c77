"""The one IMAP client: reads the folders of one mailbox and changes nothing there. Opens sockets as http.py does.

TLS from the first byte, or nothing: STARTTLS is not spoken, because who stands between could take it
out. Folders are examined, not selected, and messages peeked at, so that nothing is marked as read.
What comes back is hostile: total deadline, caps for lines, messages and the whole, cancellable.
"""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.guard import Guard, GuardedTlsSocket, connect, guarded
from monitor.infra.http_adapter import tls_context
from monitor.infra.http_errors import broken_off, tls_failed
from monitor.infra.imap_errors import (
    LoginRefused,
    no_mail_server,
    not_encrypted,
    not_now,
    refused,
    too_much,
)
from monitor.infra.imap_names import encoded, listed, quoted

PORT = 993
DEADLINE = 60.0
MAX_MESSAGE = 512 * 1024
"""What is asked of one message: no notice is longer, and of what is, the beginning does."""

MAX_BYTES = 24 * 1024 * 1024
"""What one session reads at most."""

_LONGEST_LINE = 1024 * 1024  # the hits of a search come on one line
_LEAST_LINE = 256  # what a line costs at least: millions of short ones fill the memory too
_MOST_FOLDERS = 500
_MOST_UID = 2**32 - 1
_LONGEST_WORDS = 300
_GOODBYE = 2.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# RFC 5530: the login may be good, the server is not able to.
_BUSY = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]|too many|try again|temporar", re.IGNORECASE
)
_CODE = re.compile(r"^\[[^\]]*\]\s*")
_NOT_UNDERSTOOD = (ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class Folder:
    """An examined folder. Messages are numbered in the order they arrive, below `next_uid` (0 where the
    server does not say); the numbers hold as long as `validity` does."""

    validity: int
    next_uid: int


class Mailbox:
    """An open session, for the thread that opened it. Every method raises SourceError or Cancelled."""

    def __init__(self, host: str, wire: _Wire, guard: Guard) -> None:
        self._host = host
        self._wire = wire
        self._guard = guard

    def time_left(self) -> float:
        """Seconds until the session ends, whatever comes."""
        return self._guard.remaining()

    def folders(self) -> tuple[str, ...]:
        """The names of the folders that hold messages, as people write them, at most 500."""
        with _translated(self._host):
            kind, lines = self._wire.list('""', "*")
            if kind != "OK":
                raise refused(self._host, self._wire.shown(lines))
            found = (listed(line) for line in lines[:_MOST_FOLDERS] if line)
            return tuple(sorted(filter(None, found), key=str.casefold))

    def examine(self, folder: str) -> Folder | None:
        """Open it read-only; None where there is no such folder."""
        with _translated(self._host):
            kind, said = self._wire.select(quoted(encoded(folder)), readonly=True)
            validity, following = self._number("UIDVALIDITY"), self._number("UIDNEXT")
        if kind == "OK" and validity:
            return Folder(validity, following)
        there = [name.casefold() for name in self.folders()]
        if kind != "OK" and folder.casefold() not in there:
            return None
        raise refused(self._host, self._wire.shown(said))

    def search(self, sender: str, *, after: int = 0, since: date | None = None) -> list[int]:
        """The uids, rising, of messages whose From holds these words: those above `after`, arrived on
        that day or later."""
        asked = ["UID", f"{after + 1}:*", "FROM", quoted(sender)]
        if since is not None:
            asked += ["SINCE", f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"]
        with _translated(self._host):
            kind, lines = self._wire.uid("SEARCH", *asked)
            if kind != "OK":
                raise refused(self._host, self._wire.shown(lines))
            said = (line for line in lines if isinstance(line, bytes))
            found = {_uid(word) for line in said for word in line.split()}
        # "5:*" names the last message even where its number is lower.
        return sorted(uid for uid in found if uid > after)

    def message(self, uid: int) -> bytes:
        """The message as it came, cut at MAX_MESSAGE; b"" where it is not there any more."""
        with _translated(self._host):
            asked = f"(UID BODY.PEEK[]<0.{MAX_MESSAGE}>)"
            kind, lines = self._wire.uid("FETCH", str(uid), asked)
            if kind != "OK":
                raise refused(self._host, self._wire.shown(lines))
            whole = [line for line in lines if isinstance(line, tuple) and b"BODY[]" in line[0]]
        return bytes(whole[-1][1]) if whole else b""

    def _number(self, name: str) -> int:
        _, said = self._wire.response(name)
        return _uid(said[0]) if said and isinstance(said[0], bytes) else 0


class ImapClient:
    """Stateless; safe from any thread. `authorities` names a file of certificates to trust besides the
    system's, "" for none."""

    def __init__(self, authorities: str = "") -> None:
        self._authorities = authorities

    @contextlib.contextmanager
    def opened(
        self,
        host: str,
        port: int,
        user: str,
        password: str,
        *,
        cancel: CancelToken,
        deadline: float = DEADLINE,
    ) -> Iterator[Mailbox]:
        """Logged in, until the block ends. Blocking, network; `deadline` is in seconds for the whole block.

        Raises LoginRefused, SourceError or Cancelled; no sentence ever holds the password.
        """
        guard = Guard(deadline, cancel)
        guard.check()
        wire = None
        try:
            with guarded(guard):
                wire = self._connected(host, port, password)
                _log_in(wire, host, user, password)
                yield Mailbox(host, wire, guard)
            _say_goodbye(wire, cancel)
        finally:
            if wire is not None:
                wire.shutdown()

    def _connected(self, host: str, port: int, password: str) -> _Wire:
        with _translated(host, port):
            wire = _Wire(host, port, self._tls(), password)
        if wire.state != "NONAUTH":  # somebody is logged in already: nobody knows who
            wire.shutdown()
            raise no_mail_server(host)
        return wire

    def _tls(self) -> ssl.SSLContext:
        if not self._authorities:
            return tls_context()
        context = ssl.create_default_context(cafile=self._authorities)
        context.sslsocket_class = GuardedTlsSocket
        return context


class _Wire(imaplib.IMAP4):
    """imaplib over a guarded TLS socket, with all that is read counted."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext, password: str) -> None:
        self._tls = tls
        self._password = password
        self._left = MAX_BYTES
        super().__init__(host, port)

    def open(self, host: str = "", port: int = PORT, timeout: float | None = None) -> None:  # noqa: ARG002 # inherited
        self.host, self.port = host, port
        self.sock = self._tls.wrap_socket(connect(host, port), server_hostname=host)
        self._incoming = self.sock.makefile("rb")

    def read(self, size: int) -> bytes:
        if size > MAX_MESSAGE:
            raise too_much(self.host)
        self._count(size)
        data = self._incoming.read(size)
        if len(data) < size:
            raise broken_off(self.host)
        return data

    def readline(self) -> bytes:
        line = self._incoming.readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE:
            raise too_much(self.host)
        self._count(max(len(line), _LEAST_LINE))
        return line

    def shutdown(self) -> None:
        with contextlib.suppress(OSError):
            self._incoming.close()
        with contextlib.suppress(OSError):
            self.sock.close()

    def shown(self, said: Any) -> str:
        """The server's own sentence, on one line; "" where it is not fit to be shown."""
        last = said[-1] if isinstance(said, Sequence) and said else said
        raw = last.decode("utf-8", "replace") if isinstance(last, bytes) else str(last or "")
        words = " ".join("".join(sign if sign.isprintable() else " " for sign in raw).split())
        # Some servers repeat what they were told, SASL's base64 too.
        if any(
            _bare(self._password) in _bare(one) for one in (words, *map(_opened, words.split()))
        ):
            return ""
        return _CODE.sub("", words)[:_LONGEST_WORDS]

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise too_much(self.host)


def _log_in(wire: _Wire, host: str, user: str, password: str) -> None:
    """By SASL PLAIN, which knows every letter; by LOGIN where the server has nothing else."""
    both = user + password
    by_plain = "AUTH=PLAIN" in wire.capabilities
    if not (both.isprintable() and (by_plain or both.isascii())):
        raise LoginRefused(host, "")
    with _translated(host):
        try:
            if by_plain:
                plain = f"\0{user}\0{password}".encode()
                wire.authenticate("PLAIN", lambda _: plain)
            else:
                wire.login(quoted(user), password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            words = wire.shown(error.args)
            if _BUSY.search(f"{error}"):
                raise not_now(host, words) from None
            raise LoginRefused(host, words) from None


def _say_goodbye(wire: _Wire, cancel: CancelToken) -> None:
    """Everything was read: nobody waits long for an answer to it."""
    with (
        contextlib.suppress(Exception),  # whatever comes now changes nothing
        guarded(Guard(_GOODBYE, cancel)),
    ):
        wire.logout()


@contextlib.contextmanager
def _translated(host: str, port: int = PORT) -> Iterator[None]:
    """What the library raises, as sentences. Its own words stay out: they may repeat what was sent."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise tls_failed(host, error.verify_message[:100]) from None
    except ssl.SSLError as error:
        reason = error.reason or ""
        if reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"):
            raise not_encrypted(host, port) from None
        raise tls_failed(host, reason[:100]) from None
    except imaplib.IMAP4.error as error:
        raise _ended(host, error) from None
    except OSError:
        raise broken_off(host) from None
    except _NOT_UNDERSTOOD:
        raise no_mail_server(host) from None


def _ended(host: str, error: Exception) -> SourceError:
    """imaplib says by words alone whether the server went away or spoke nonsense."""
    told = str(error)
    if _BUSY.search(told):
        return not_now(host, "")
    went = isinstance(error, imaplib.IMAP4.abort) and "unexpected" not in told
    return broken_off(host) if went else no_mail_server(host)


def _bare(words: str) -> str:
    return "".join(words.replace("\\", "").split())


def _opened(word: str) -> str:
    """What base64 hides, "" for what is none."""
    try:
        return base64.b64decode(word.strip("\"'<>()[].,:;").encode()).decode("utf-8", "replace")
    except ValueError:
        return ""


def _uid(word: bytes) -> int:
    """The number, 0 for what is none."""
    number = int(word) if word.isdigit() and len(word) <= 10 else 0
    return number if number <= _MOST_UID else 0
