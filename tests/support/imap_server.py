"""A mail server on loopback: IMAP4rev1 over TLS, as far as a reader of folders needs it, and its vices.

It speaks like Dovecot, which the same tests are run against where it is installed. A command can be
given another answer (`instead`): whatever bytes, for as long as the server lives.
"""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType

Vice = Callable[[str, threading.Event], Iterable[bytes]]
"""(the command's tag, set when the server ends) -> what is sent instead of an answer; no answer follows."""

CAPABILITIES = "IMAP4rev1 SASL-IR AUTH=PLAIN"


@dataclass
class Box:
    """A folder. `messages`: uid -> (the message, the day it arrived)."""

    validity: int = 1
    next_uid: int = 1
    messages: dict[int, tuple[bytes, date]] = field(default_factory=dict)

    def put(self, raw: bytes, day: date = date(2026, 8, 1)) -> int:
        uid = self.next_uid
        self.messages[uid] = (raw, day)
        self.next_uid += 1
        return uid

    def renumber(self) -> None:
        """As after a restored backup: other numbers, another validity."""
        kept = list(self.messages.values())
        self.validity += 1
        self.messages.clear()
        self.next_uid = 1
        for raw, day in kept:
            self.put(raw, day)


class ImapServer:
    """Use as a context manager. `commands` is everything that was asked, without the tags and without
    what logs in; `marked` are the commands that would have changed something in the mailbox."""

    def __init__(self, certificate: Path, *, tls: bool = True) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._tls = tls
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self.greeting = b"* OK [CAPABILITY " + CAPABILITIES.encode() + b"] ready.\r\n"
        self.capabilities = CAPABILITIES
        self.users = {"lea@example.org": "app pass"}
        self.refusal = "NO [AUTHENTICATIONFAILED] Authentication failed."
        self.boxes: dict[str, Box] = {"INBOX": Box()}
        self.instead: dict[str, Vice] = {}
        self.commands: list[str] = []
        self.marked: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="imap", daemon=True).start()

    def __enter__(self) -> ImapServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

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
                connection = self._context.wrap_socket(connection, server_side=True)
            self._open.add(connection)
            try:
                with connection, connection.makefile("rwb") as wire:
                    _Session(self, wire, self._ended).run()
            finally:
                self._open.discard(connection)


class _Session:
    def __init__(self, server: ImapServer, wire: object, ended: threading.Event) -> None:
        self._server = server
        self._wire = wire
        self._ended = ended
        self._user = ""
        self._box: Box | None = None

    def run(self) -> None:
        self._say(self._server.greeting)
        while line := self._line():
            tag, _, command = line.partition(" ")
            name = " ".join(
                command.upper().split()[: 2 if command.upper().startswith("UID") else 1]
            )
            shown = name if name in ("LOGIN", "AUTHENTICATE") else command
            self._server.commands.append(shown)
            if vice := self._server.instead.get(name):
                for piece in vice(tag, self._ended):
                    self._say(piece)
                return
            words = command[len(name) :].strip()
            answers: Mapping[str, Callable[[str], Iterable[bytes | str]]] = {
                "CAPABILITY": self._capability,
                "LOGIN": self._login,
                "AUTHENTICATE": self._authenticate,
                "LIST": self._list,
                "EXAMINE": self._examine,
                "UID SEARCH": self._search,
                "UID FETCH": self._fetch,
                "LOGOUT": self._logout,
            }
            if name not in answers:
                self._server.marked.append(shown)
                self._say(f"{tag} BAD Unknown command.\r\n".encode())
                continue
            *untagged, end = answers[name](words)
            # In one piece: two would wait 40 ms for each other (Nagle, delayed ACK).
            lines = [b"* " + _bytes(one) for one in untagged] + [tag.encode() + b" " + _bytes(end)]
            self._say(b"".join(line + b"\r\n" for line in lines))
            if name == "LOGOUT":
                return

    def _say(self, what: bytes) -> None:
        self._wire.write(what)  # type: ignore[attr-defined] # a buffered socket file
        self._wire.flush()  # type: ignore[attr-defined] # as above

    def _line(self) -> str:
        return str(self._wire.readline(65536).decode("utf-8", "replace")).rstrip("\r\n")  # type: ignore[attr-defined] # as above

    def _capability(self, _: str) -> Iterable[str]:
        yield f"CAPABILITY {self._server.capabilities}"
        yield "OK Capability completed."

    def _login(self, words: str) -> Iterable[str]:
        user, password = (_unquoted(word) for word in re.findall(r'"(?:\\.|[^"])*"|\S+', words)[:2])
        yield self._enter(user, password)

    def _authenticate(self, words: str) -> Iterable[str]:
        self._say(b"+ \r\n")
        _, user, password = base64.b64decode(self._line()).decode().split("\0")
        yield self._enter(user, password)

    def _enter(self, user: str, password: str) -> str:
        if self._server.users.get(user) != password:
            return self._server.refusal
        self._user = user
        return "OK Logged in."

    def _list(self, _: str) -> Iterable[str]:
        yield from (f'LIST (\\HasNoChildren) "/" {_listed(name)}' for name in self._server.boxes)
        yield 'LIST (\\Noselect \\HasChildren) "/" "Only a branch"'
        yield "OK List completed."

    def _examine(self, words: str) -> Iterable[str]:
        name = _unquoted(words)
        self._box = self._server.boxes.get("INBOX" if name.upper() == "INBOX" else name)
        if self._box is None:
            yield "NO [NONEXISTENT] Mailbox doesn't exist."
            return
        yield f"{len(self._box.messages)} EXISTS"
        yield f"OK [UIDVALIDITY {self._box.validity}] UIDs valid"
        yield f"OK [UIDNEXT {self._box.next_uid}] Predicted next UID"
        yield "OK [READ-ONLY] Examine completed."

    def _search(self, words: str) -> Iterable[str]:
        assert self._box is not None
        found = re.fullmatch(r'UID (\d+):\* FROM "([^"]*)"(?: SINCE (\d+-\w+-\d+))?', words)
        assert found, words
        last = max(self._box.messages, default=0)
        # RFC 3501: "5:*" holds the last message, however low its number is.
        least = min(int(found[1]), last)
        hits = [
            str(uid)
            for uid, (raw, day) in self._box.messages.items()
            if uid >= least
            and found[2].lower() in _from_line(raw).lower()
            and (not found[3] or day >= _day(found[3]))
        ]
        yield " ".join(["SEARCH", *hits])
        yield "OK Search completed."

    def _fetch(self, words: str) -> Iterable[bytes | str]:
        assert self._box is not None
        found = re.fullmatch(r"(\d+) \(UID BODY\.PEEK\[\]<0\.(\d+)>\)", words)
        if not found:
            self._server.marked.append(words)
            yield "BAD"
            return
        uid = int(found[1])
        if uid in self._box.messages:
            raw = self._box.messages[uid][0][: int(found[2])]
            yield b"7 FETCH (UID %d BODY[]<0> {%d}\r\n" % (uid, len(raw)) + raw + b")"
        yield "OK Fetch completed."

    def _logout(self, _: str) -> Iterable[str]:
        yield "BYE Logging out"
        yield "OK Logout completed."


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _listed(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') else word


def _from_line(raw: bytes) -> str:
    found = re.search(rb"(?im)^from:(.*(?:\r?\n[ \t].*)*)", raw.partition(b"\r\n\r\n")[0])
    return found[1].decode("utf-8", "replace") if found else ""


def _day(written: str) -> date:
    day, month, year = written.split("-")
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return date(int(year), months.index(month) + 1, int(day))


# -- vices ------------------------------------------------------------------------------------
def hang(_tag: str, ended: threading.Event) -> Iterable[bytes]:
    """Never a byte."""
    ended.wait()
    yield b""


def drip(_tag: str, ended: threading.Event) -> Iterable[bytes]:
    """A byte now and then, never a line."""
    while not ended.wait(0.05):
        yield b"*"


def endless_line(_tag: str, ended: threading.Event) -> Iterable[bytes]:
    yield b"* "
    while not ended.is_set():
        yield b"x" * 65536


def endless_lines(_tag: str, ended: threading.Event) -> Iterable[bytes]:
    while not ended.is_set():
        yield b"* 1 EXISTS\r\n" * 1000


def huge_literal(_tag: str, ended: threading.Event) -> Iterable[bytes]:
    yield b"* 1 FETCH (UID 1 BODY[]<0> {99999999999}\r\n"
    while not ended.is_set():
        yield b"x" * 65536


def garbage(_tag: str, _ended: threading.Event) -> Iterable[bytes]:
    yield b"\x00\xff\x80 * ( { \r\n\xfe\r\n"


def hang_up(_tag: str, _ended: threading.Event) -> Iterable[bytes]:
    return ()


def answer(words: str) -> Vice:
    """These words, with the command's tag for TAG; then the connection ends."""
    return lambda tag, _: [words.replace("TAG", tag).encode()]
