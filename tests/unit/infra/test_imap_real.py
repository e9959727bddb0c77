"""The IMAP client at a real mail server. Skipped where Dovecot is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.infra.cancel import CancelToken
from monitor.infra.imap import ImapClient
from monitor.infra.imap_errors import LoginRefused
from tests.support.certificate import self_signed
from tests.support.dovecot import PROGRAM, dovecot, put

USER, PASSWORD = "lea@example.org", "clé d’app"

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def running(certificate: Path) -> Iterator[tuple[int, Path]]:
    with dovecot(certificate, USER, PASSWORD) as found:
        yield found


def test_a_folder_is_read_and_nothing_in_it_changed(
    certificate: Path, running: tuple[int, Path]
) -> None:
    port, mail = running
    raw = "From: LinkedIn <a@linkedin.com>\nSubject: été\n\nDéçu\n".encode()
    for number in range(3):
        put(mail, "R&AOk-seaux", raw, number)
    put(mail, "R&AOk-seaux", b"From: b@example.org\n\nlinkedin\n", 3)
    client = ImapClient(str(certificate))
    with client.opened("127.0.0.1", port, USER, PASSWORD, cancel=CancelToken()) as mailbox:
        assert mailbox.folders() == ("INBOX", "Réseaux")
        assert mailbox.examine("nowhere") is None
        folder = mailbox.examine("Réseaux")
        assert folder is not None
        assert folder.next_uid == 5
        assert mailbox.search("linkedin") == [1, 2, 3]
        assert mailbox.search("linkedin", after=2) == [3]
        assert mailbox.search("linkedin", after=3) == []
        assert mailbox.search("linkedin", since=date(2026, 1, 1)) == [1, 2, 3]
        assert mailbox.search("linkedin", since=date(2100, 1, 1)) == []
        assert mailbox.message(2) == raw.replace(b"\n", b"\r\n")
        assert mailbox.message(99) == b""
    files = [file.name for file in (mail / ".R&AOk-seaux").glob("*/*.loopback*")]
    assert len(files) == 4
    assert not [name for name in files if "S" in name.partition(":2,")[2]]  # marked as read


def test_a_wrong_password_and_a_stranger(certificate: Path, running: tuple[int, Path]) -> None:
    port, _ = running
    client = ImapClient(str(certificate))
    with (
        pytest.raises(LoginRefused) as caught,
        client.opened("127.0.0.1", port, USER, "wrong", cancel=CancelToken()),
    ):
        pass
    assert caught.value.words == "Authentication failed."
