"""The kinds that read a mailbox, over IMAP: the contract of all kinds, and whose letters are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Action, Cancelled, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources import linkedin_mail, trustpilot_mail
from monitor.sources.base import AccountKind
from monitor.sources.mail_letter import letter_of
from monitor.sources.registry import kinds
from tests.support.certificate import self_signed
from tests.support.imap_server import ImapServer
from tests.unit.sources.mailbox import FOLDER, KINDS, Reader, prepare
from tests.unit.sources.recorded.mail import (
    LINKEDIN,
    RECORDED,
    letter,
    linkedin_plain,
    trustpilot_plain,
)
from tests.unit.sources.samples import NOW
from tests.unit.sources.test_contract import check


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


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
def reader(kind: str, server: ImapServer, certificate: Path, http: HttpClient) -> Reader:
    return Reader(kind, server.port, certificate, http)


@pytest.fixture
def linkedin(server: ImapServer, certificate: Path, http: HttpClient) -> Reader:
    return Reader("linkedin-mail", server.port, certificate, http)


# -- the contract -------------------------------------------------------------------------------
def test_the_registry_finds_them(kind: str) -> None:
    assert isinstance(kinds()[kind], AccountKind)
    assert kinds()[kind] is KINDS[kind]


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
