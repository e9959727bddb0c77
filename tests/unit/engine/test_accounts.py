"""Accounts through the service: in, out, again, ending, lost, and without a keyring. Real threads,
store and HTTP; the browser is the test."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest

from monitor.engine.accounts import Accounts
from monitor.engine.service import Service
from monitor.errors import BadInput, SecretsUnavailable, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.paths import Profile
from monitor.model.account import Account, AccountState, Login
from monitor.model.account_form import AccountForm
from monitor.model.events import AccountsChanged, Problem, SourcesChanged
from monitor.model.source import SourceState
from monitor.networks.base import NotLoggedIn
from monitor.networks.registry import networks
from monitor.text import text
from tests.support.feed_text import rss
from tests.support.google_auth import CLIENT_ID, CLIENT_SECRET
from tests.support.loopback import LoopbackServer
from tests.support.mastodon_auth import page
from tests.support.mastodon_server import HOST, MastodonServer
from tests.support.memory_keyring import MemoryKeyring, memory_keyring
from tests.support.networks import Networks
from tests.support.youtube_server import YouTubeServer
from tests.unit.engine.conftest import WAIT, Running

_WORDS = text("Over.")


@pytest.fixture
def safe() -> Iterator[MemoryKeyring]:
    with memory_keyring() as ours:
        yield ours


@pytest.fixture
def served(server: LoopbackServer) -> MastodonServer:
    return MastodonServer(server)


@pytest.fixture
def running(tmp_path: Path, server: LoopbackServer, safe: MemoryKeyring) -> Iterator[Running]:
    networks_ = Networks(server)
    service = Service(Profile(tmp_path / "p"), by_itself=False, make_client=networks_.client)
    one = Running(service)
    yield one
    service.stop()


def browser(served: MastodonServer) -> Callable[[str], object]:
    """A person who agrees at once."""

    def open_(url: str) -> None:
        with urlopen(served.auth.authorize(url), timeout=WAIT) as answer:
            answer.read()

    return open_


def log_in(running: Running, served: MastodonServer) -> Account:
    asked = running.service.login("mastodon", {"server": HOST}, browser(served))
    return asked.result(WAIT)


def stored(running: Running) -> tuple[Account, ...]:
    return running.service.accounts().result(WAIT)


def accounts_of(running: Running) -> Accounts:
    return running.service._accounts


def login_of(running: Running, account: Account, http: HttpClient) -> Login:
    return accounts_of(running).login_of(account.id, http, CancelToken())


def test_a_login_is_stored_with_its_secret_in_the_keyring_alone(
    running: Running, served: MastodonServer, safe: MemoryKeyring, tmp_path: Path
) -> None:
    account = log_in(running, served)
    assert stored(running) == (account,)
    assert (account.handle, account.state) == (f"ann@{HOST}", AccountState.READY)
    assert list(safe.kept) == [f"account/{account.id}"]
    secret = json.loads(safe.kept[f"account/{account.id}"])
    running.heard.wait_for(AccountsChanged)
    running.service.stop()
    for file in (tmp_path / "p").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert secret["token"].encode() not in content
            assert secret["client_secret"].encode() not in content


def test_the_forms_are_those_of_the_networks(running: Running) -> None:
    forms = {form.network: form for form in running.service.network_forms().result(WAIT)}
    assert list(forms) == list(networks())
    mastodon = forms["mastodon"]
    assert isinstance(mastodon, AccountForm)
    assert mastodon.in_browser
    assert [field.key for field in mastodon.fields] == ["server"]


def test_a_second_login_takes_the_place_of_the_first(
    running: Running, served: MastodonServer, safe: MemoryKeyring
) -> None:
    first = log_in(running, served)
    before = json.loads(safe.kept[f"account/{first.id}"])["token"]
    again = log_in(running, served)
    assert again == first
    assert stored(running) == (first,)
    after = json.loads(safe.kept[f"account/{first.id}"])["token"]
    assert served.auth.tokens[before].revoked
    assert not served.auth.tokens[after].revoked


def test_a_second_login_does_not_end_with_the_first_where_one_grant_holds_both(
    running: Running, server: LoopbackServer
) -> None:
    """Google takes back all logins of a person in a project, whichever token it is given."""
    youtube = YouTubeServer(server)

    def agree(url: str) -> None:
        with urlopen(youtube.auth.authorize(url), timeout=WAIT) as answer:
            answer.read()

    client = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    for _ in range(2):
        running.service.login("youtube", client, agree).result(WAIT)
    (account,) = stored(running)
    assert (account.label, youtube.auth.revoked) == ("marque", 0)
    running.service.remove_account(account.id).result(WAIT)
    assert youtube.auth.revoked == 1


def test_a_removed_account_is_revoked_forgotten_and_stops_its_sources(
    running: Running, served: MastodonServer, safe: MemoryKeyring, server: LoopbackServer
) -> None:
    account = log_in(running, served)
    source = running.listen(server.add("/feed", rss([])))
    read_with(running, source.id, account.id)
    running.heard.events.clear()
    assert running.service.remove_account(account.id).result(WAIT) is None
    assert stored(running) == ()
    assert safe.kept == {}
    assert all(token.revoked for token in served.auth.tokens.values())
    status = running.status(source.id)
    assert status.state is SourceState.NEEDS_YOU
    assert status.error is not None
    assert f"ann@{HOST}" in status.error.render()
    running.heard.wait_for(SourcesChanged, lambda event: source.id in event.ids)
    again = log_in(running, served)
    assert again.id == account.id
    assert running.status(source.id).state is SourceState.NEW
    assert running.service.remove_account(99).result(WAIT) is None


def test_a_network_that_is_away_keeps_nobody_from_leaving(
    running: Running, served: MastodonServer, safe: MemoryKeyring
) -> None:
    account = log_in(running, served)
    served.serve("POST", "/oauth/revoke", page(502))
    assert running.service.remove_account(account.id).result(WAIT) is None
    assert (stored(running), safe.kept) == ((), {})


def test_leaving_with_a_locked_keyring_says_what_is_left_to_do(
    running: Running, served: MastodonServer, safe: MemoryKeyring
) -> None:
    account = log_in(running, served)
    safe.locked = True
    note = running.service.remove_account(account.id).result(WAIT)
    assert note is not None
    assert "Take Vigie’s permission back" in note.render()
    assert stored(running) == ()


def test_without_a_keyring_nobody_is_asked_and_nothing_is_stored(
    running: Running, served: MastodonServer, safe: MemoryKeyring
) -> None:
    safe.locked = True
    opened: list[str] = []
    asked = running.service.login("mastodon", {"server": HOST}, opened.append)
    with pytest.raises(SecretsUnavailable, match="keyring cannot be used"):
        asked.result(WAIT)
    assert (opened, stored(running), served.asked("/api/v1/apps")) == ([], (), [])


def test_a_keyring_that_takes_nothing_leaves_no_trace(
    running: Running, served: MastodonServer, safe: MemoryKeyring, tmp_path: Path
) -> None:
    safe.refuses = True
    with pytest.raises(SecretsUnavailable):
        log_in(running, served)
    assert stored(running) == ()
    assert all(token.revoked for token in served.auth.tokens.values())
    running.service.stop()
    with closing(sqlite3.connect(Profile(tmp_path / "p").database)) as driver:
        assert driver.execute("SELECT count(*) FROM accounts").fetchone() == (0,)


def test_a_wait_for_the_browser_can_be_cancelled(running: Running, served: MastodonServer) -> None:
    asked = running.service.login("mastodon", {"server": HOST}, lambda url: asked.cancel())
    with pytest.raises(CancelledError):
        asked.result(WAIT)
    assert stored(running) == ()


def test_a_server_that_cannot_be_reached_says_what_to_do(running: Running) -> None:
    """Nobody tries a login again by itself."""
    with pytest.raises((SourceError, BadInput)) as caught:
        running.service.login("mastodon", {"server": HOST}, print).result(WAIT)
    assert "again by itself" not in str(caught.value)
    with pytest.raises(BadInput, match="no network"):
        running.service.login("nowhere", {}, print).result(WAIT)


# -- for those who read and send -----------------------------------------------------------------
def test_a_login_is_handed_out(running: Running, served: MastodonServer) -> None:
    account = log_in(running, served)
    login = login_of(running, account, HttpClient())
    assert login.account == account
    assert login.secret["token"] in served.auth.tokens


def test_a_login_that_is_gone_needs_the_person(
    running: Running, served: MastodonServer, safe: MemoryKeyring
) -> None:
    account = log_in(running, served)
    for kept in ("", "no json", "[1]"):
        safe.kept[f"account/{account.id}"] = kept
        with pytest.raises(NotLoggedIn, match="not in the keyring"):
            login_of(running, account, HttpClient())
    assert stored(running)[0].state is AccountState.NEEDS_LOGIN
    assert log_in(running, served).state is AccountState.READY
    assert stored(running)[0].state is AccountState.READY
    with pytest.raises(NotLoggedIn, match="removed"):
        accounts_of(running).login_of(99, HttpClient(), CancelToken())


def test_a_refused_login_needs_the_person(running: Running, served: MastodonServer) -> None:
    account = log_in(running, served)
    running.heard.events.clear()
    accounts_of(running).lost_login(account.id)
    accounts_of(running).lost_login(account.id)
    accounts_of(running).lost_login(99)
    assert stored(running)[0].state is AccountState.NEEDS_LOGIN
    assert len(running.heard.of(AccountsChanged)) == 1


def test_a_renewed_login_is_kept(
    running: Running,
    served: MastodonServer,
    safe: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = log_in(running, served)
    end = datetime.now(UTC) + timedelta(days=2)

    def renew(login: Login, *_: object) -> Login:
        return Login(replace(login.account, expires_at=end), {**login.secret, "token": "new"})

    monkeypatch.setattr(
        type(networks()["mastodon"]), "renew", lambda _, *given, **__: renew(*given)
    )
    assert login_of(running, account, HttpClient()).secret["token"] == "new"
    assert json.loads(safe.kept[f"account/{account.id}"])["token"] == "new"
    assert stored(running)[0].state is AccountState.ENDING
    assert stored(running)[0].expires_at == end

    def refuse(*_: object, **__: object) -> Login:
        raise NotLoggedIn(_WORDS, _WORDS, _WORDS)

    monkeypatch.setattr(type(networks()["mastodon"]), "renew", refuse)
    with pytest.raises(NotLoggedIn):
        login_of(running, account, HttpClient())
    assert stored(running)[0].state is AccountState.NEEDS_LOGIN


def test_a_renewed_login_waits_for_the_keyring(
    running: Running,
    served: MastodonServer,
    safe: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A refresh token is good for one use: the new one must not be lost with a keyring that is locked."""
    account = log_in(running, served)
    renewals = []

    def renew(login: Login, *_: object) -> Login:
        if login.secret["token"] != "new":
            renewals.append(login)
        return Login(login.account, {**login.secret, "token": "new"})

    monkeypatch.setattr(
        type(networks()["mastodon"]), "renew", lambda _, *given, **__: renew(*given)
    )
    safe.refuses = True
    for _ in range(2):
        with pytest.raises(SecretsUnavailable):
            login_of(running, account, HttpClient())
    safe.refuses = False
    assert login_of(running, account, HttpClient()).secret["token"] == "new"
    assert json.loads(safe.kept[f"account/{account.id}"])["token"] == "new"
    assert len(renewals) == 1


def test_what_another_process_renewed_meanwhile_counts(
    running: Running,
    served: MastodonServer,
    safe: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A refresh token is good for one use: whoever comes second is refused."""
    account = log_in(running, served)

    def renew(*_: object, **__: object) -> Login:
        safe.kept[f"account/{account.id}"] = json.dumps({"token": "theirs"})
        raise NotLoggedIn(_WORDS, _WORDS, _WORDS)

    monkeypatch.setattr(type(networks()["mastodon"]), "renew", renew)
    assert login_of(running, account, HttpClient()).secret == {"token": "theirs"}
    assert stored(running)[0].state is AccountState.READY


def test_a_login_that_lacks_something_can_be_removed(
    running: Running, safe: MemoryKeyring, server: LoopbackServer
) -> None:
    asked = Account(0, "lemmy", "lemmy.example", "lea@lemmy.example")
    write = running.service._store.write
    account, _ = write(lambda w: w.add_account(asked, datetime.now(UTC))).result(WAIT)
    safe.kept[f"account/{account.id}"] = "{}"
    assert running.service.remove_account(account.id).result(WAIT) is None
    assert (stored(running), safe.kept) == ((), {})


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (timedelta(days=8), AccountState.READY, ""),
        (timedelta(days=2), AccountState.ENDING, "ends in a few days"),
        (timedelta(seconds=-1), AccountState.NEEDS_LOGIN, "has ended"),
    ],
)
def test_the_end_is_announced_once(
    running: Running, served: MastodonServer, left: timedelta, state: AccountState, words: str
) -> None:
    account = log_in(running, served)
    end = datetime.now(UTC) + left
    ends(running, account, end)
    for _ in range(2):
        accounts_of(running).look_at_ends(stored(running))
        running.service._store.write(lambda _writer: None).result(WAIT)  # what it began is written
    assert stored(running)[0].state is state
    told = [event.title.render() for event in running.heard.of(Problem)]
    assert len(told) == bool(words)
    assert all(words in title for title in told)


def ends(running: Running, account: Account, end: datetime) -> None:
    running.service._store.write(
        lambda writer: writer.set_account_state(account.id, AccountState.READY, end)
    ).result(WAIT)


def read_with(running: Running, source_id: int, account_id: int) -> None:
    """What a source that needs an account has."""
    running.service._store.write(
        lambda writer: writer._connection.exec_driver_sql(
            "UPDATE sources SET account_id = ? WHERE id = ?", (account_id, source_id)
        ).connection.commit()
    ).result(WAIT)


def test_the_most_replies_a_day_are_kept(running: Running, served: MastodonServer) -> None:
    account = log_in(running, served)
    running.service.set_daily_cap(account.id, 7).result(WAIT)
    assert stored(running)[0].daily_cap == 7
    for cap in (0, 1001):
        with pytest.raises(BadInput):
            running.service.set_daily_cap(account.id, cap).result(WAIT)
    with pytest.raises(NotLoggedIn):
        running.service.set_daily_cap(99, 7).result(WAIT)
    log_in(running, served)
    assert stored(running)[0].daily_cap == 7
