"""Sources that read with the person's account, through the service: real threads, store and HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.engine.service import Service
from monitor.errors import BadInput, SourceError
from monitor.infra.paths import Profile
from monitor.model.account import Account, AccountState
from monitor.model.source import Source, SourceState
from monitor.networks.registry import networks
from monitor.sources.base import ACCOUNT
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.mastodon_auth import answer
from tests.support.mastodon_server import HOST, MastodonServer
from tests.support.memory_keyring import MemoryKeyring, memory_keyring
from tests.support.networks import Networks
from tests.unit.engine.conftest import WAIT, Running
from tests.unit.engine.test_accounts import log_in

KIND = "mastodon-notifications"
LABEL = f"ann@{HOST}"


def notification(number: int, words: str) -> dict[str, Any]:
    status = {
        "id": str(number),
        "uri": f"https://{HOST}/users/lea/statuses/{number}",
        "url": f"https://{HOST}/@lea/{number}",
        "created_at": "2026-08-01T10:00:00.000Z",
        "account": {"id": "7", "acct": "lea", "display_name": "Léa"},
        "visibility": "public",
        "content": f"<p>{words}</p>",
    }
    return {"id": str(number), "type": "mention", "status": status}


class Server(MastodonServer):
    """With notifications for its one account."""

    def __init__(self, server: LoopbackServer) -> None:
        super().__init__(server)
        self.told = [notification(1, "@ann Café Lumen never answers the phone. Awful.")]
        self.serve("GET", "/api/v1/notifications", self._notifications)
        self.serve("GET", "/api/v1/accounts/1001/statuses", answer([]))

    def _notifications(self, request: Request) -> Reply:
        return self.auth.refuses(request, "read:notifications") or answer(self.told)


@pytest.fixture
def safe() -> Iterator[MemoryKeyring]:
    with memory_keyring() as ours:
        yield ours


@pytest.fixture
def served(server: LoopbackServer) -> Server:
    return Server(server)


@pytest.fixture
def running(tmp_path: Path, server: LoopbackServer, safe: MemoryKeyring) -> Iterator[Running]:
    client = Networks(server).client
    service = Service(Profile(tmp_path / "p"), by_itself=False, make_client=client)
    one = Running(service)
    one.watch()
    yield one
    service.stop()


def add(running: Running, label: str = LABEL) -> Source:
    source = running.service.source_of(KIND, {ACCOUNT: label})
    return running.service.add_source(source).result(WAIT)


def accounts(running: Running) -> tuple[Account, ...]:
    return running.service.accounts().result(WAIT)


def test_it_reads_what_the_account_may_read(running: Running, served: Server) -> None:
    account = log_in(running, served)
    source = add(running, f"@{LABEL.upper()}")
    assert source.account_id == account.id
    running.check(source.id)
    (mention,) = running.mentions()
    assert mention.post.author.handle == f"lea@{HOST}"
    assert running.service.reply_accounts(mention.id).result(WAIT) == (account,)


def test_the_form_offers_the_accounts_of_its_network(running: Running, served: Server) -> None:
    def choices() -> tuple[str, ...] | None:
        forms = {form.kind: form for form in running.service.source_kinds().result(WAIT)}
        assert forms[KIND].network == "mastodon"
        (elsewhere,) = (f.choices for f in forms["bluesky-search"].fields if f.key == ACCOUNT)
        assert elsewhere == ()
        return forms[KIND].fields[0].choices

    assert choices() == ()
    log_in(running, served)
    assert choices() == (LABEL,)


def test_a_trial_reads_with_it_and_stores_nothing(running: Running, served: Server) -> None:
    with pytest.raises(BadInput, match="no account"):
        running.service.test_source(KIND, {ACCOUNT: LABEL}).result(WAIT)
    log_in(running, served)
    trial = running.service.test_source(KIND, {ACCOUNT: LABEL}).result(WAIT)
    assert (trial.posts, trial.naming) == (1, 1)
    assert running.service.sources().result(WAIT) == ()


def test_without_the_account_nothing_is_added(running: Running) -> None:
    with pytest.raises(BadInput, match="no account"):
        add(running)
    assert running.service.sources().result(WAIT) == ()


def test_nobody_else_is_asked_with_the_login(
    running: Running, served: Server, server: LoopbackServer
) -> None:
    log_in(running, served)
    source = add(running)
    turned = replace(source, address=source.address.replace(HOST, "evil.example", 1))
    running.service.update_source(turned).result(WAIT)
    before = len(server.requests)
    running.check(source.id)
    assert len(server.requests) == before
    status = running.status(source.id)
    assert status.state is SourceState.NEEDS_YOU
    assert "nobody else gets the login" in str(status.error)


def test_a_login_taken_back_waits_for_the_person_and_goes_on(
    running: Running, served: Server
) -> None:
    log_in(running, served)
    source = add(running)
    served.auth.revoke_all()
    running.check(source.id)
    status = running.status(source.id)
    assert (status.state, status.next_due) == (SourceState.NEEDS_YOU, None)
    assert "revoked" in str(status.error)
    assert "Log in again" in str(status.hint)
    assert accounts(running)[0].state is AccountState.NEEDS_LOGIN
    log_in(running, served)
    assert running.status(source.id).state is SourceState.NEW
    running.check(source.id)
    assert running.status(source.id).error is None
    assert len(running.mentions()) == 1


def test_a_test_with_a_login_taken_back_says_so(running: Running, served: Server) -> None:
    log_in(running, served)
    served.auth.revoke_all()
    with pytest.raises(SourceError, match="revoked") as told:
        running.service.test_source(KIND, {ACCOUNT: LABEL}).result(WAIT)
    assert str(told.value.message) == "Nothing was added."


def test_an_account_removed_stops_its_sources(running: Running, served: Server) -> None:
    account = log_in(running, served)
    source = add(running)
    running.service.remove_account(account.id).result(WAIT)
    assert running.status(source.id).state is SourceState.NEEDS_YOU
    running.check(source.id)  # asked for all the same
    assert "removed" in str(running.status(source.id).error)


def test_a_source_whose_account_is_gone_can_still_be_changed(
    running: Running, served: Server
) -> None:
    account = log_in(running, served)
    source = add(running)
    running.service.remove_account(account.id).result(WAIT)
    changed = replace(source, name="Our mentions", paused=True)
    running.service.update_source(changed).result(WAIT)
    stored = running.status(source.id).source
    assert (stored.name, stored.paused) == ("Our mentions", True)
    again = log_in(running, served)
    assert running.status(source.id).source.account_id == again.id


def test_a_keyring_that_is_locked_is_tried_again(
    running: Running, served: Server, safe: MemoryKeyring
) -> None:
    log_in(running, served)
    source = add(running)
    safe.locked = True
    running.check(source.id)
    status = running.status(source.id)
    assert status.state is SourceState.WAITING
    safe.locked = False
    running.check(source.id)
    assert running.status(source.id).error is None


def test_a_list_from_another_computer_waits_for_the_login(
    running: Running, served: Server, tmp_path: Path
) -> None:
    account = log_in(running, served)
    add(running)
    path = tmp_path / "sources.opml"
    assert running.service.export_opml(path).result(WAIT) == 1
    assert "token" not in path.read_text(encoding="utf-8")
    (source,) = [status.source for status in running.service.sources().result(WAIT)]
    running.service.remove_source(source.id).result(WAIT)
    running.service.remove_account(account.id).result(WAIT)
    assert running.service.import_opml(path).result(WAIT).added == 1
    running.check()
    (status,) = running.service.sources().result(WAIT)
    assert status.state is SourceState.NEEDS_YOU
    assert LABEL in str(status.error)
    log_in(running, served)
    running.check(status.source.id)
    assert running.status(status.source.id).error is None


def test_a_token_refused_before_its_end_is_renewed_once(
    running: Running, served: Server, safe: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This computer's clock is wrong: it believes a token good that has ended."""
    account = log_in(running, served)
    source = add(running)
    mastodon = networks()["mastodon"]
    fresh = served.auth.new_token("read", "write")
    renewals: list[bool] = []

    def renew(login: Any, *_: object, refused: bool = False) -> Any:
        renewals.append(refused)
        return type(login)(login.account, {**login.secret, "token": fresh}) if refused else login

    monkeypatch.setattr(type(mastodon), "renew", lambda _, *given, **asked: renew(*given, **asked))
    served.auth.revoke_all()
    served.auth.tokens[fresh].revoked = False
    running.check(source.id)
    assert running.status(source.id).error is None
    assert renewals == [False, True]
    assert json.loads(safe.kept[f"account/{account.id}"])["token"] == fresh
