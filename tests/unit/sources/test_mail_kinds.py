"""The kinds that read a mailbox, over IMAP: the contract of all kinds, and folders in every state."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Action, Cancelled, SourceError
from monitor.infra import imap as imap_client
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.infra.imap import ImapClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources import linkedin_mail, trustpilot_mail
from monitor.sources.base import AccountKind, FetchResult
from monitor.sources.mail_folder import FIRST
from monitor.sources.mail_kind import MailKind
from monitor.sources.mail_letter import letter_of
from monitor.sources.registry import kinds
from tests.support import imap_server as vices
from tests.support.certificate import self_signed
from tests.support.dovecot import PROGRAM, dovecot, put
from tests.support.imap_server import Box, ImapServer
from tests.unit.sources.recorded.mail import (
    LINKEDIN,
    LOGIN,
    RECORDED,
    TRUSTPILOT,
    letter,
    linkedin_html,
    linkedin_plain,
    trustpilot_plain,
)
from tests.unit.sources.samples import NOW, access
from tests.unit.sources.test_contract import check

FOLDER = "R&AOk-seaux/Notices"
NOTICES = {"linkedin-mail": linkedin_mail, "trustpilot-mail": trustpilot_mail}


@pytest.fixture(params=sorted(NOTICES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def server(certificate: Path) -> Iterator[ImapServer]:
    with ImapServer(certificate) as running:
        running.users[LOGIN.secret["user"]] = LOGIN.secret["password"]
        running.boxes[FOLDER] = Box()
        yield running


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


class Reader:
    """One source, polled again and again with the cursor it left."""

    def __init__(self, kind: str, port: int, certificate: Path, http: HttpClient) -> None:
        plain = NOTICES[kind].KIND
        self.kind = MailKind(plain.info, plain._notices, ImapClient(str(certificate)))
        self.source = Source(1, kind, RECORDED[kind].address, "")
        self.login = Login(LOGIN.account, {**LOGIN.secret, "port": str(port)})
        self.http = http
        self.cursor = ""

    def poll(self, day: int = 0, cancel: CancelToken | None = None) -> FetchResult:
        now = NOW + timedelta(days=day)
        answers = self.kind.fetch_as(
            self.source, self.cursor, access(self.login), self.http, now, cancel or CancelToken()
        )
        packed = pickle.dumps((self.source, self.cursor, answers, now))
        assert b"SECRET" not in packed
        result = self.kind.read(*pickle.loads(packed))  # noqa: S301 # our own
        self.cursor = result.cursor
        assert "SECRET" not in self.cursor
        assert not result.withdrawn
        return result

    def ids(self, day: int = 0) -> list[str]:
        return [post.native_id.partition(".")[0] for post in self.poll(day).posts]


@pytest.fixture
def reader(kind: str, server: ImapServer, certificate: Path, http: HttpClient) -> Reader:
    return Reader(kind, server.port, certificate, http)


@pytest.fixture
def linkedin(server: ImapServer, certificate: Path, http: HttpClient) -> Reader:
    return Reader("linkedin-mail", server.port, certificate, http)


def notice(number: int) -> bytes:
    """Later ones have later dates."""
    day, minute = divmod(number, 1440)
    hour, minute = divmod(minute, 60)
    moment = f"Sat, {1 + day:02} Aug 2026 {hour:02}:{minute:02}:00 +0000"
    return linkedin_plain(said=f"Cas {number} chez Café Lumen", number=number, date=moment)


# -- the contract -------------------------------------------------------------------------------
def test_the_registry_finds_them(kind: str) -> None:
    assert isinstance(kinds()[kind], AccountKind)
    assert kinds()[kind] is NOTICES[kind].KIND


def test_a_folder_becomes_posts(kind: str, reader: Reader, server: ImapServer) -> None:
    server.boxes[FOLDER].put(RECORDED[kind].full)
    result = reader.poll()
    (post,) = result.posts
    check(post)
    assert post.published is not None
    assert post.title
    assert post.author.name
    assert post.reply_to == ""
    assert (result.hole, result.skipped, result.note) == (False, 0, None)
    assert "Réseaux/Notices · lea@example.org" in result.title
    assert server.marked == []
    again = reader.poll()
    assert again.not_modified
    assert again.posts == ()


def test_nothing_there(reader: Reader) -> None:
    assert reader.poll().posts == ()
    assert reader.poll().posts == ()


def test_a_damaged_cursor_means_from_the_start(
    kind: str, reader: Reader, server: ImapServer
) -> None:
    server.boxes[FOLDER].put(RECORDED[kind].full)
    for cursor in ("{", "null", "[]", '{"v":0}', '{"v":1}', "x", '{"validity":-1,"uid":0}'):
        reader.cursor = cursor
        assert len(reader.poll().posts) == 1


def test_hostile_markup_becomes_words(kind: str, reader: Reader, server: ImapServer) -> None:
    server.boxes[FOLDER].put(RECORDED[kind].hostile)
    (post,) = reader.poll().posts
    check(post)
    assert "Bonjour Marque" in post.text
    assert "fin" in post.text
    for trace in ("<", "steal", "alert", "javascript", "display", "evil.example"):
        assert trace not in post.text


def test_a_missing_date_is_none(kind: str, reader: Reader, server: ImapServer) -> None:
    server.boxes[FOLDER].put(RECORDED[kind].undated)
    (post,) = reader.poll().posts
    assert post.published is None


def test_malformed_letters_bring_posts_or_nothing(
    kind: str, reader: Reader, server: ImapServer
) -> None:
    start = RECORDED[kind].full.partition(b"\n\n")[0] + b"\r\n"
    for body in (b"", b"\x00\xff", b"\r\n<", b"\r\n" + b"<div>" * 50_000, b"\r\n\x80" * 1000):
        server.boxes[FOLDER].put(start + body)
    server.boxes[FOLDER].put(RECORDED[kind].malformed)
    for post in reader.poll().posts:
        check(post)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_letter(body: bytes) -> None:
    head = b"From: a@linkedin.com\r\nSubject: L\xc3\xa9a Martin a comment\xc3\xa9\r\n"
    for raw in (body, head + body, head + b"Content-Type: text/html\r\n\r\n" + body):
        found = letter_of(raw)
        linkedin_mail.understood(found)
        trustpilot_mail.understood(found)


def test_answers_that_are_none(kind: str) -> None:
    source = Source(1, kind, RECORDED[kind].address, "")
    for odd in ({}, {"validity": "x", "uid": "1"}, {"validity": "1"}):
        with pytest.raises(SourceError):
            kinds()[kind].read(source, "", (HttpResponse(200, "imaps://x", "", odd, b""),), NOW)


def test_cancel_is_heard(reader: Reader) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        reader.poll(cancel=token)


def test_a_refused_login_names_the_way_out(reader: Reader, server: ImapServer) -> None:
    server.users.clear()
    with pytest.raises(NotLoggedIn) as caught:
        reader.poll()
    assert "Authentication failed" in str(caught.value.title)
    assert "app password" in str(caught.value.hint)
    assert "SECRET" not in str(caught.value)


def test_a_crowded_server_rests(reader: Reader, server: ImapServer) -> None:
    server.refusal = "NO [LIMIT] Too many connections"
    server.users.clear()
    with pytest.raises(SourceError) as caught:
        reader.poll()
    assert (caught.value.action, caught.value.whole_host) == (Action.RETRY, True)


# -- folders ------------------------------------------------------------------------------------
def test_a_folder_that_is_not_there_tells_those_that_are(
    reader: Reader, server: ImapServer
) -> None:
    server.boxes = {"INBOX": Box(), "LinkedIn": Box(), "Amis &- famille": Box()}
    with pytest.raises(SourceError) as caught:
        reader.poll()
    error = caught.value
    assert error.action is Action.PAUSE
    assert str(error.title) == "The mailbox has no folder “Réseaux/Notices”."
    assert "“Amis & famille”, “INBOX”, “LinkedIn”" in str(error.hint)
    server.boxes.clear()
    with pytest.raises(SourceError, match="shows no folder at all"):
        reader.poll()


def test_a_folder_that_is_there_but_closed_is_no_missing_one(
    reader: Reader, server: ImapServer
) -> None:
    server.instead["EXAMINE"] = vices.answer(
        'TAG NO [NOPERM] Denied.\r\n* LIST () "/" "R&AOk-seaux/Notices"\r\n'
    )
    with pytest.raises(SourceError) as caught:
        reader.poll()
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


# -- whose letters ------------------------------------------------------------------------------
def test_forged_letters_are_left_out_and_told(linkedin: Reader, server: ImapServer) -> None:
    box = server.boxes[FOLDER]
    box.put(linkedin_plain(number=1, checks="mx; dkim=fail header.d=linkedin.com; spf=fail"))
    box.put(letter("linkedin@evil.example", "Léa Martin mentioned you", "x", number=2))
    box.put(linkedin_plain(number=3, checks=None))
    result = linkedin.poll()
    assert [post.native_id.partition(".")[0] for post in result.posts] == ["3"]
    assert str(result.note).startswith("Messages left out that name LinkedIn as their sender")
    assert str(result.note).endswith(": 2.")


@pytest.mark.parametrize(
    "sender",
    [
        "security-noreply@linkedin.com",
        "jobs-noreply@linkedin.com",
        "jobalerts-noreply@linkedin.com",
        "invitations@linkedin.com",
        "messaging-digest-noreply@linkedin.com",
        "inmail-hit-reply@linkedin.com",
        "billing-noreply@linkedin.com",
    ],
)
def test_letters_about_no_post_are_left_out(
    linkedin: Reader, server: ImapServer, sender: str
) -> None:
    server.boxes[FOLDER].put(letter(sender, "Your code is 123456", "123456"))
    result = linkedin.poll()
    assert (result.posts, result.note) == ((), None)


def test_private_messages_are_left_out(linkedin: Reader, server: ImapServer) -> None:
    server.boxes[FOLDER].put(letter(LINKEDIN, "Léa Martin sent you a message", "Between us"))
    assert linkedin.poll().posts == ()


def test_what_is_not_understood_is_shown_with_subject_and_text(
    linkedin: Reader, server: ImapServer
) -> None:
    body = (
        "Something quite new about Café Lumen.\n"
        "Look: https://www.linkedin.com/comm/new?otpToken=MTIzNDU2 and https://lumen.example\n"
    )
    server.boxes[FOLDER].put(letter(LINKEDIN, "A new kind of notice", body))
    (post,) = linkedin.poll().posts
    assert post.title == "A new kind of notice"
    assert post.text == ("Something quite new about Café Lumen.\nLook: and https://lumen.example")
    assert (post.url, post.author.name, post.rating) == ("", "", None)


def test_stars_and_links_reach_the_post(
    server: ImapServer, certificate: Path, http: HttpClient
) -> None:
    server.boxes[FOLDER].put(trustpilot_plain())
    (post,) = Reader("trustpilot-mail", server.port, certificate, http).poll().posts
    assert (post.rating, post.author.name) == (1, "Hélène D.")
    assert post.url.startswith("https://www.trustpilot.com/reviews/")
    assert post.title == "Nouvel avis 1 étoile pour Café Lumen, de Hélène D."


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
