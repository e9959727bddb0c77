"""The IMAP client against servers that lie, hang, drip and flood; and against Dovecot, where it is installed."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.errors import Action, Cancelled, SourceError, VigieError
from monitor.infra import imap
from monitor.infra.cancel import CancelToken
from monitor.infra.imap import Folder, ImapClient
from monitor.infra.imap_errors import LoginRefused
from monitor.infra.imap_names import decoded, encoded, listed, quoted
from tests.support import imap_server as vices
from tests.support.certificate import self_signed
from tests.support.imap_server import Box, ImapServer, Vice

USER, PASSWORD = "lea@example.org", "app pass"
MAIL = b"From: LinkedIn <notifications-noreply@linkedin.com>\r\nSubject: a\r\n\r\nhello\r\n"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def server(certificate: Path) -> Iterator[ImapServer]:
    with ImapServer(certificate) as running:
        yield running


@pytest.fixture
def client(certificate: Path) -> ImapClient:
    return ImapClient(str(certificate))


def tour(
    client: ImapClient,
    server: ImapServer,
    password: str = PASSWORD,
    deadline: float = 20,
    cancel: CancelToken | None = None,
) -> bytes:
    """Everything that can be asked, once."""
    token = cancel or CancelToken()
    with client.opened(
        "127.0.0.1", server.port, USER, password, cancel=token, deadline=deadline
    ) as mailbox:
        mailbox.folders()
        assert mailbox.examine("INBOX")
        mailbox.search("linkedin")
        return mailbox.message(1)


def failure(client: ImapClient, server: ImapServer, **options: float) -> VigieError:
    with pytest.raises((SourceError, LoginRefused)) as caught:
        tour(client, server, deadline=options.get("deadline", 20))
    return caught.value


def test_a_folder_is_read_and_nothing_in_it_changed(client: ImapClient, server: ImapServer) -> None:
    server.boxes["R&AOk-seaux/LinkedIn"] = box = Box(validity=77)
    for day in (1, 2, 3):
        box.put(MAIL + b"%d" % day, date(2026, 8, day))
    box.put(b"From: a@example.org\r\n\r\nlinkedin\r\n")
    with client.opened("127.0.0.1", server.port, USER, PASSWORD, cancel=CancelToken()) as mailbox:
        assert mailbox.folders() == ("INBOX", "Réseaux/LinkedIn")
        assert mailbox.examine("nowhere") is None
        assert mailbox.examine("Réseaux/LinkedIn") == Folder(77, 5)
        assert mailbox.search("linkedin") == [1, 2, 3]
        assert mailbox.search("linkedin", after=2) == [3]
        assert mailbox.search("linkedin", after=9) == []
        assert mailbox.search("linkedin", since=date(2026, 8, 2)) == [2, 3]
        assert mailbox.message(2) == MAIL + b"2"
        assert mailbox.message(99) == b""
        assert 0 < mailbox.time_left() <= imap.DEADLINE
    assert server.marked == []
    assert server.commands[-1] == "LOGOUT"


def test_a_long_message_is_cut(
    client: ImapClient, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MAX_MESSAGE", 100)
    server.boxes["INBOX"].put(MAIL + b"x" * 1000)
    assert tour(client, server) == (MAIL + b"x" * 1000)[:100]


def test_login_without_sasl(client: ImapClient, server: ImapServer) -> None:
    server.capabilities = "IMAP4rev1"
    server.users[USER] = 'a "quoted" \\ one'
    server.boxes["INBOX"].put(MAIL)
    assert tour(client, server, 'a "quoted" \\ one') == MAIL
    assert "LOGIN" in server.commands
    with pytest.raises(LoginRefused):
        tour(client, server, "été")
    with pytest.raises(LoginRefused):
        tour(client, server, 'x"\r\nA1 DELETE INBOX')
    assert server.marked == []


def test_a_password_of_any_letters(client: ImapClient, server: ImapServer) -> None:
    server.users[USER] = "été 🔑"
    server.boxes["INBOX"].put(MAIL)
    assert tour(client, server, "été 🔑") == MAIL


def test_a_wrong_password_in_the_servers_words(client: ImapClient, server: ImapServer) -> None:
    with pytest.raises(LoginRefused) as caught:
        tour(client, server, "wrong")
    assert caught.value.words == "Authentication failed."
    server.capabilities = "IMAP4rev1"
    with pytest.raises(LoginRefused, match="It says: “Authentication failed"):
        tour(client, server, "wrong")


@pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4rev1 AUTH=PLAIN"])
def test_a_server_that_repeats_the_password(
    client: ImapClient, server: ImapServer, capabilities: str
) -> None:
    server.capabilities = capabilities
    server.refusal = "NO bad password se\\\\cr et"
    with pytest.raises(LoginRefused) as caught:
        tour(client, server, "se\\cr et")
    error: BaseException | None = caught.value
    assert caught.value.words == ""
    assert "cr et" not in str(error)
    assert error is not None
    assert error.__cause__ is None
    assert error.__suppress_context__


def test_a_server_that_repeats_what_it_was_sent(client: ImapClient, server: ImapServer) -> None:
    """SASL's base64 hides nothing."""
    server.capabilities = "IMAP4rev1 AUTH=PLAIN"
    sent = base64.b64encode(f"\0{USER}\0a very good one".encode()).decode()
    server.refusal = f"NO cannot understand '{sent}'"
    with pytest.raises(LoginRefused) as caught:
        tour(client, server, "a very good one")
    assert caught.value.words == ""
    assert sent not in str(caught.value)


@pytest.mark.parametrize(
    "refusal", ["NO [UNAVAILABLE] later", "NO Too many simultaneous connections. (Failure)"]
)
def test_a_server_that_is_busy_is_no_wrong_password(
    client: ImapClient, server: ImapServer, refusal: str
) -> None:
    server.refusal = refusal
    with pytest.raises(SourceError, match="takes no one in") as caught:
        tour(client, server, "wrong")
    assert caught.value.whole_host


@pytest.mark.parametrize(
    ("greeting", "words"),
    [
        (b"* BYE Too many connections\r\n", "takes no one in"),
        (b"* PREAUTH welcome\r\n", "does not answer as a mail server"),
        (b"220 mail.example ESMTP\r\n", "does not answer as a mail server"),
        (b"\x00\xff\r\n", "does not answer as a mail server"),
        (b"* OK half a li", "did not answer"),
        (b"", "did not answer"),
    ],
)
def test_greetings(client: ImapClient, server: ImapServer, greeting: bytes, words: str) -> None:
    server.greeting = greeting
    deadline = 0.4 if words == "did not answer" else 20
    assert words in str(failure(client, server, deadline=deadline).title)


@pytest.mark.parametrize(
    "command", ["CAPABILITY", "AUTHENTICATE", "LIST", "EXAMINE", "UID SEARCH", "UID FETCH"]
)
@pytest.mark.parametrize(
    ("vice", "words"),
    [
        (vices.hang, "did not answer"),
        (vices.drip, "did not answer"),
        (vices.hang_up, "broke off"),
        (vices.garbage, "does not answer as a mail server"),
        (vices.answer("* OK [X \xe9\r\nTAG BAD no\r\n"), ""),
        (vices.answer("TAG NO [UNAVAILABLE] out of order\r\n"), ""),
        (vices.answer("* BYE gone\r\n"), "broke off"),
        (vices.answer("* BYE too many\r\n"), ""),
        (vices.answer("* SEARCH x {3}\r\nabc\r\n* LIST\r\n* 1 FETCH\r\nTAG OK\r\n"), ""),
        (vices.answer("wrong OK tag\r\n"), "does not answer as a mail server"),
    ],
)
def test_vices_end_in_a_sentence(
    client: ImapClient, server: ImapServer, command: str, vice: Vice, words: str
) -> None:
    server.instead[command] = vice
    server.boxes["INBOX"].put(MAIL)
    slow = words == "did not answer"
    assert words in str(failure(client, server, deadline=0.4 if slow else 20).title)


@pytest.mark.parametrize("command", ["CAPABILITY", "LIST", "EXAMINE"])
def test_an_ok_without_what_was_asked(client: ImapClient, server: ImapServer, command: str) -> None:
    server.instead[command] = vices.answer("TAG OK fine\r\n")
    failure(client, server)


@pytest.mark.parametrize(
    "vice", [vices.endless_line, vices.endless_lines, vices.huge_literal], ids=lambda v: v.__name__
)
@pytest.mark.parametrize("command", ["CAPABILITY", "LIST", "UID FETCH"])
def test_floods_are_not_read_to_their_end(
    client: ImapClient,
    server: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    vice: Vice,
) -> None:
    monkeypatch.setattr(imap, "MAX_BYTES", 4 * 1024 * 1024)
    server.instead[command] = vice
    error = failure(client, server)
    assert "sends more than was asked for" in str(error.title)


def test_cancel_is_heard(client: ImapClient, server: ImapServer) -> None:
    token = CancelToken()

    def hang(tag: str, ended: threading.Event) -> Iterator[bytes]:
        threading.Timer(0.1, token.cancel).start()
        ended.wait()
        yield b""

    server.instead["UID SEARCH"] = hang
    with pytest.raises(Cancelled):
        tour(client, server, cancel=token)
    asked = len(server.commands)
    with pytest.raises(Cancelled):
        tour(client, server, cancel=token)
    assert len(server.commands) == asked


def test_a_server_that_never_says_goodbye_costs_nothing(
    client: ImapClient, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "_GOODBYE", 0.3)
    server.instead["LOGOUT"] = vices.hang
    server.boxes["INBOX"].put(MAIL)
    assert tour(client, server) == MAIL


# -- who it is --------------------------------------------------------------------------------
def test_a_certificate_nobody_vouches_for(server: ImapServer) -> None:
    error = failure(ImapClient(), server)
    assert "The secure connection to 127.0.0.1 failed" in str(error.title)
    assert server.commands == []


def test_a_certificate_of_somebody_else(tmp_path: Path) -> None:
    other = self_signed(tmp_path, address="127.0.0.9")
    with ImapServer(other) as server:
        error = failure(ImapClient(str(other)), server)
        assert "The secure connection" in str(error.title)
        assert server.commands == []


def test_an_expired_certificate(tmp_path: Path) -> None:
    old = self_signed(tmp_path, expired=True)
    with ImapServer(old) as server:
        error = failure(ImapClient(str(old)), server)
        assert "expired" in str(error.title)
        assert "date" in str(error.hint)


def test_nothing_is_said_without_encryption(certificate: Path) -> None:
    with ImapServer(certificate, tls=False) as server:
        error = failure(ImapClient(str(certificate)), server)
        assert isinstance(error, SourceError)
        assert error.action is Action.PAUSE
        assert "does not speak TLS on port" in str(error.title)
        assert not [command for command in server.commands if "LOGIN" in command]


def test_nobody_there(client: ImapClient, certificate: Path) -> None:
    with ImapServer(certificate) as server:
        pass
    assert "does not accept connections" in str(failure(client, server).title)
    with (
        pytest.raises(SourceError, match="was not found"),
        client.opened("imap.nowhere.invalid", 993, USER, PASSWORD, cancel=CancelToken()),
    ):
        pass


# -- names ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("folder", "written"),
    [
        ("INBOX", "INBOX"),
        ("Réseaux/LinkedIn", "R&AOk-seaux/LinkedIn"),
        ("Boîte & Cie", "Bo&AO4-te &- Cie"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("🙂", "&2D3eQg-"),
        ("a\r\nb", "a&AA0ACg-b"),
    ],
)
def test_folders_in_modified_utf_7(folder: str, written: str) -> None:
    assert encoded(folder) == written
    assert decoded(written) == folder


def test_odd_names() -> None:
    assert decoded("a&!!!-b&AA-&-") == "a&!!!-b&AA-&"
    assert encoded("\ud800") == "?"
    assert quoted('a"\\') == '"a\\"\\\\"'
    with pytest.raises(ValueError, match="printable"):
        quoted("a\r\nb")


def test_lines_of_a_list() -> None:
    assert listed(b'(\\HasNoChildren) "/" INBOX') == "INBOX"
    assert listed(b'() NIL "a \\"b\\" c"') == 'a "b" c'
    assert listed((b'(\\Marked) "." {5}', b"Amis&")) == "Amis&"
    for none in (b"", b"(", b'(\\NoSelect) "/" x', b'() "/" "a\x07b"', b"\xff" * 9000):
        assert listed(none) == ""
