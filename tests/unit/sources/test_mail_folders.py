"""Folders of a mailbox in every state: missing, crowded, numbered anew, emptied; and at a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.errors import Action, SourceError
from monitor.infra import imap as imap_client
from monitor.infra.http import HttpClient
from monitor.sources import linkedin_mail, trustpilot_mail
from monitor.sources.mail_folder import FIRST
from tests.support import imap_server as vices
from tests.support.certificate import self_signed
from tests.support.dovecot import PROGRAM, dovecot, put
from tests.support.imap_server import Box, ImapServer
from tests.unit.sources.mailbox import FOLDER, Reader, notice, prepare
from tests.unit.sources.recorded.mail import (
    LOGIN,
    TRUSTPILOT,
    letter,
    linkedin_html,
    trustpilot_plain,
)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def server(certificate: Path) -> Iterator[ImapServer]:
    with ImapServer(certificate) as running:
        prepare(running)
        yield running


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


@pytest.fixture
def linkedin(server: ImapServer, certificate: Path, http: HttpClient) -> Reader:
    return Reader("linkedin-mail", server.port, certificate, http)


def test_a_folder_that_is_not_there_tells_those_that_are(
    linkedin: Reader, server: ImapServer
) -> None:
    server.boxes = {"INBOX": Box(), "LinkedIn": Box(), "Amis &- famille": Box()}
    with pytest.raises(SourceError) as caught:
        linkedin.poll()
    error = caught.value
    assert error.action is Action.PAUSE
    assert str(error.title) == "The mailbox has no folder “Réseaux/Notices”."
    assert "“Amis & famille”, “INBOX”, “LinkedIn”" in str(error.hint)
    server.boxes.clear()
    with pytest.raises(SourceError, match="shows no folder at all"):
        linkedin.poll()


def test_a_folder_that_is_there_but_closed_is_no_missing_one(
    linkedin: Reader, server: ImapServer
) -> None:
    server.instead["EXAMINE"] = vices.answer(
        'TAG NO [NOPERM] Denied.\r\n* LIST () "/" "R&AOk-seaux/Notices"\r\n'
    )
    with pytest.raises(SourceError) as caught:
        linkedin.poll()
    assert caught.value.action is Action.RETRY


def test_the_inbox_by_any_case() -> None:
    address = linkedin_mail.KIND.address_of
    assert address({"account": "a@b.example"}) == address(
        {"account": "a@b.example", "folder": "Inbox"}
    )
    assert linkedin_mail.KIND.fields_of(address({"account": "a@b.example", "folder": "A/b?#"})) == {
        "account": "a@b.example",
        "folder": "A/b?#",
    }
    assert trustpilot_mail.KIND.fields_of(address({"account": "a@b.example"})) is None


def test_the_first_look_is_at_the_newest_and_later_ones_leave_nothing_out(
    linkedin: Reader, server: ImapServer
) -> None:
    box = server.boxes[FOLDER]
    for number in range(70):
        box.put(notice(number))
    first = linkedin.ids()
    assert first == [str(number) for number in range(69, 69 - FIRST, -1)]
    for number in range(70, 320):
        box.put(notice(number))
    found, notes = [], []
    for _ in range(3):
        result = linkedin.poll()
        found += [post.native_id.partition(".")[0] for post in result.posts]
        notes.append(str(result.note or ""))
    assert sorted(found, key=int) == [str(number) for number in range(70, 320)]
    assert "150" in notes[0]
    assert notes[2] == ""
    assert linkedin.poll().not_modified


def test_only_this_networks_letters_leave_the_server(linkedin: Reader, server: ImapServer) -> None:
    box = server.boxes[FOLDER]
    box.put(letter("ann@example.org", "Private", "about linkedin.com", name="Ann"))
    box.put(notice(1))
    box.put(trustpilot_plain())
    assert linkedin.ids() == ["1"]
    assert [one for one in server.commands if one.startswith("UID FETCH")] == [
        f"UID FETCH 2 (UID BODY.PEEK[]<0.{imap_client.MAX_MESSAGE}>)"
    ]


def test_a_folder_numbered_anew_is_read_again_without_doubles(
    linkedin: Reader, server: ImapServer
) -> None:
    box = server.boxes[FOLDER]
    for number in range(60):
        box.put(notice(number), date(2026, 7, 1))
    box.put(notice(60), date(2026, 8, 2))
    known = {post.native_id for post in linkedin.poll().posts}
    for number in range(61, 64):
        box.put(notice(number), date(2026, 8, 2))
    box.renumber()
    result = linkedin.poll(day=1)
    fresh = [post.native_id for post in result.posts if post.native_id not in known]
    assert [one.partition(".")[0] for one in fresh] == ["63", "62", "61"]
    # What is known keeps its name: the store sees that it has it.
    assert len(result.posts) == 4
    assert json.loads(result.cursor)["validity"] == 2
    assert linkedin.poll(day=1).not_modified


def test_deleted_notices_withdraw_nothing(linkedin: Reader, server: ImapServer) -> None:
    box = server.boxes[FOLDER]
    box.put(notice(1))
    box.put(notice(2))
    assert linkedin.ids() == ["2", "1"]
    box.messages.clear()
    assert linkedin.poll().not_modified
    box.put(notice(3))
    assert linkedin.ids() == ["3"]


def test_the_same_letter_twice_is_one_post(linkedin: Reader, server: ImapServer) -> None:
    server.boxes[FOLDER].put(notice(1))
    server.boxes[FOLDER].put(notice(1))
    assert linkedin.ids() == ["1"]


def test_a_slow_server_is_read_a_part_at_a_time(
    linkedin: Reader, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = server.boxes[FOLDER]
    linkedin.poll()
    for number in range(4):
        box.put(notice(number))
    left = iter([60.0, 60.0, 1.0])
    monkeypatch.setattr(imap_client.Mailbox, "time_left", lambda _: next(left, 60.0))
    assert linkedin.ids() == ["1", "0"]
    assert linkedin.ids() == ["3", "2"]


# -- a real server ------------------------------------------------------------------------------
@pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed")
def test_at_dovecot(certificate: Path, http: HttpClient) -> None:
    user, password = LOGIN.secret["user"], LOGIN.secret["password"]
    with dovecot(certificate, user, password) as (port, mail):
        reader = Reader("linkedin-mail", port, certificate, http)
        with pytest.raises(SourceError, match="Its folders are “INBOX”"):
            reader.poll()
        # Dovecot's own name for a folder within a folder: a dot.
        put(mail, "R&AOk-seaux.Notices", linkedin_html(number=1), 1)
        put(mail, "R&AOk-seaux.Notices", letter(TRUSTPILOT, "x", "y"), 2)
        (post,) = reader.poll().posts
        assert post.text == "Toujours pas de réponse du SAV de Café Lumen.\nTrois semaines !"
        assert post.author.url == "https://www.linkedin.com/in/lea-martin-42"
        put(mail, "R&AOk-seaux.Notices", notice(3), 3)
        assert reader.ids() == ["3"]
        assert reader.poll().not_modified
        # Its numbers are kept in these files: without them they begin anew, under another validity.
        for kept in (mail / ".R&AOk-seaux.Notices").glob("dovecot*"):
            kept.unlink()
        put(mail, "R&AOk-seaux.Notices", notice(4), 4)
        validity = json.loads(reader.cursor)["validity"]
        assert {"1", "3", "4"} >= set(reader.ids()) >= {"4"}
        assert json.loads(reader.cursor)["validity"] != validity
