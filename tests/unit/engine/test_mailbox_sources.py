"""A mailbox as the way to a network, through the service: log in, test, add, listen, log in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.engine.service import Service
from monitor.errors import SourceError
from monitor.infra import http_adapter
from monitor.infra.paths import Profile
from monitor.model.account import Account, AccountState
from monitor.model.source import SourceState
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import ACCOUNT
from tests.support.certificate import self_signed
from tests.support.imap_server import Box, ImapServer
from tests.support.memory_keyring import memory_keyring
from tests.unit.engine.conftest import WAIT, Running
from tests.unit.sources.recorded.mail import letter, linkedin_plain, trustpilot_plain

USER, PASSWORD = "lea@example.org", "app pass"


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    """A mail server whose certificate this computer trusts."""
    certificate = self_signed(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    http_adapter._load_context.cache_clear()
    with ImapServer(certificate) as server:
        server.boxes["Notices"] = Box()
        yield server
    http_adapter._load_context.cache_clear()


@pytest.fixture
def running(tmp_path: Path, mail: ImapServer) -> Iterator[Running]:
    with memory_keyring():
        service = Service(Profile(tmp_path / "p"), by_itself=False)
        one = Running(service)
        one.watch()
        yield one
        service.stop()


def log_in(running: Running, mail: ImapServer, password: str = PASSWORD) -> Account:
    answers = {"user": USER, "password": password, "server": "127.0.0.1", "port": str(mail.port)}
    return running.service.login("mail", answers, print).result(WAIT)


def fields(folder: str = "Notices") -> dict[str, str]:
    return {ACCOUNT: USER, "folder": folder}


def test_notices_become_mentions_nobody_can_answer_from_here(
    running: Running, mail: ImapServer
) -> None:
    account = log_in(running, mail)
    assert account.label == USER
    mail.boxes["Notices"].put(linkedin_plain())
    mail.boxes["Notices"].put(trustpilot_plain())
    for kind in ("linkedin-mail", "trustpilot-mail"):
        source = running.service.source_of(kind, fields())
        running.check(running.service.add_source(source).result(WAIT).id)
    mentions = running.mentions()
    assert {mention.post.author.name for mention in mentions} == {"Léa Martin", "Hélène D."}
    assert {mention.post.rating for mention in mentions} == {None, 1}
    for mention in mentions:
        assert running.service.reply_accounts(mention.id).result(WAIT) == ()
    assert mail.marked == []


def test_a_test_names_the_folders_there_are(running: Running, mail: ImapServer) -> None:
    log_in(running, mail)
    with pytest.raises(SourceError) as caught:
        running.service.test_source("linkedin-mail", fields("Notises")).result(WAIT)
    assert "no folder “Notises”" in str(caught.value.title)
    assert "“INBOX”, “Notices”" in str(caught.value.hint)
    mail.boxes["Notices"].put(letter("notifications-noreply@linkedin.com", "New", "Café Lumen"))
    trial = running.service.test_source("linkedin-mail", fields()).result(WAIT)
    assert (trial.posts, trial.naming) == (1, 1)


def test_a_wrong_password_keeps_nothing(running: Running, mail: ImapServer) -> None:
    with pytest.raises(NotLoggedIn, match="does not accept this user name and password"):
        log_in(running, mail, "wrong")
    assert running.service.accounts().result(WAIT) == ()


def test_a_password_taken_back_waits_for_the_person(running: Running, mail: ImapServer) -> None:
    log_in(running, mail)
    source = running.service.source_of("linkedin-mail", fields())
    source = running.service.add_source(source).result(WAIT)
    mail.users[USER] = "another"
    running.check(source.id)
    status = running.status(source.id)
    assert status.state is SourceState.NEEDS_YOU
    assert "refused the login" in str(status.error)
    (account,) = running.service.accounts().result(WAIT)
    assert account.state is AccountState.NEEDS_LOGIN
    log_in(running, mail, "another")
    running.check(source.id)
    assert running.status(source.id).state is SourceState.LISTENING
