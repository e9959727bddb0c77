"""Logging in to a mailbox: what is asked, what is wrong with it, and that nothing else happens there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.imap import ImapClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import NotLoggedIn, Refused
from monitor.networks.mail import NETWORK, Mail, mailbox_of
from monitor.networks.registry import networks
from tests.support.certificate import self_signed
from tests.support.imap_server import ImapServer
from tests.unit.networks.conftest import Make


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def server(certificate: Path) -> Iterator[ImapServer]:
    with ImapServer(certificate) as running:
        yield running


@pytest.fixture
def imap(certificate: Path) -> ImapClient:
    return ImapClient(str(certificate))


def answers(running: ImapServer, **changed: str) -> dict[str, str]:
    given = {
        "user": "lea@example.org",
        "password": "app pass",
        "server": "127.0.0.1",
        "port": str(running.port),
    }
    return given | changed


def enter(imap: ImapClient, given: dict[str, str], http: HttpClient, now: datetime) -> Login:
    return Mail(imap).enter(given, {}, {}, http, now, CancelToken())


def test_the_registry_finds_it() -> None:
    assert networks()["mail"] is NETWORK
    assert not NETWORK.info.sends


def test_logging_in(imap: ImapClient, server: ImapServer, http: HttpClient, now: datetime) -> None:
    login = enter(imap, answers(server), http, now)
    assert login.account == Account(0, "mail", "example.org", "lea@example.org")
    assert login.account.label == "lea@example.org"
    assert "app pass" not in repr(login)
    assert server.commands == ["CAPABILITY", "AUTHENTICATE", 'LIST "" *', "LOGOUT"]
    network = Mail(imap)
    assert network.renew(login, http, now, CancelToken(), refused=True) is login
    assert network.rules(login, http, CancelToken()) == {}
    network.leave(login, http, CancelToken())
    assert len(server.commands) == 4


def test_a_user_name_that_is_no_address(
    imap: ImapClient, server: ImapServer, http: HttpClient, now: datetime
) -> None:
    server.users["lea"] = "app pass"
    login = enter(imap, answers(server, user=" lea "), http, now)
    assert login.account.label == "lea@127.0.0.1"


def test_ways_to_write_the_server(
    imap: ImapClient, server: ImapServer, http: HttpClient, now: datetime
) -> None:
    for typed in (
        f"127.0.0.1:{server.port}",
        f" IMAPS://127.0.0.1:{server.port}/ ",
        "https://127.0.0.1",
    ):
        login = enter(imap, answers(server, server=typed), http, now)
        assert login.secret["host"] == "127.0.0.1"


def test_a_wrong_password(
    imap: ImapClient, server: ImapServer, http: HttpClient, now: datetime
) -> None:
    server.refusal = "NO [ALERT] Application-specific password required (Failure)"
    with pytest.raises(NotLoggedIn) as caught:
        enter(imap, answers(server, password="wrong-one"), http, now)
    error = caught.value
    assert "Application-specific password required" in str(error.title)
    assert "app password" in str(error.hint)
    assert "Nothing was changed." in str(error.message)
    assert "wrong-one" not in str(error)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"server": ""}, "is not the name of a mail server"),
        ({"server": "imap example.org"}, "is not the name of a mail server"),
        ({"server": "a..b"}, "is not the name of a mail server"),
        ({"server": "x" * 300}, "is not the name of a mail server"),
        ({"port": "imap"}, "is not a port"),
        ({"port": "0"}, "is not a port"),
        ({"port": "99999999999"}, "is not a port"),
        ({"user": ""}, "cannot be a user name"),
        ({"user": "a\r\nA1 DELETE INBOX"}, "cannot be a user name"),
        ({"user": "a#b"}, "cannot be a user name"),
        ({"password": ""}, "cannot be the password"),
        ({"password": "a\x00b"}, "cannot be the password"),
    ],
)
def test_answers_that_cannot_be(
    imap: ImapClient,
    server: ImapServer,
    http: HttpClient,
    now: datetime,
    changed: dict[str, str],
    words: str,
) -> None:
    with pytest.raises(BadInput) as caught:
        enter(imap, answers(server, **changed), http, now)
    assert words in str(caught.value.title)
    assert server.commands == []


def test_what_is_no_mail_server(
    imap: ImapClient, server: ImapServer, certificate: Path, http: HttpClient, now: datetime
) -> None:
    server.greeting = b"220 smtp.example ESMTP\r\n"
    with pytest.raises(SourceError, match="does not answer as a mail server"):
        enter(imap, answers(server), http, now)
    with ImapServer(certificate, tls=False) as plain:
        with pytest.raises(SourceError, match="does not speak TLS"):
            enter(imap, answers(plain), http, now)
        assert not {"LOGIN", "AUTHENTICATE"} & set(plain.commands)


def test_a_login_that_ended(
    imap: ImapClient, server: ImapServer, http: HttpClient, now: datetime
) -> None:
    login = enter(imap, answers(server), http, now)
    server.users.clear()
    with pytest.raises(NotLoggedIn) as caught, mailbox_of(login, imap, CancelToken()):
        pass
    assert "new app password" in str(caught.value.hint)
    assert "app pass" not in f"{caught.value.title}{caught.value.message}"


def test_nothing_is_ever_sent(http: HttpClient, now: datetime, make: Make) -> None:
    login = Login(Account(1, "mail", "example.org", "lea@example.org"), {})
    with pytest.raises(Refused):
        NETWORK.send(login, make("Bonjour", ""), http, now, CancelToken())
    assert NETWORK.find(login, make("Bonjour", ""), http, now, CancelToken()) is None
    assert not NETWORK.limits(login.account, Post("1", "", "", "x"), "Bonjour").fits
    with pytest.raises(NotImplementedError):
        NETWORK.open({}, "http://127.0.0.1/", http, CancelToken())
