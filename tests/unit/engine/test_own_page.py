"""One's own Facebook Page through the service: read, answered, recognised. Real threads, store, HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.account import Account, AccountState
from monitor.model.mention import TriageState
from monitor.model.source import SourceState
from monitor.sources.base import ACCOUNT
from tests.support.facebook_server import PAGE, TOKEN, FacebookServer
from tests.support.loopback import LoopbackServer
from tests.support.memory_keyring import memory_keyring
from tests.support.networks import Networks
from tests.unit.engine.conftest import FAST, WAIT, Running

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def served(server: LoopbackServer) -> FacebookServer:
    return FacebookServer(server, NOW)


@pytest.fixture
def running(tmp_path: Path, server: LoopbackServer, served: FacebookServer) -> Iterator[Running]:
    with memory_keyring():
        service = Service(
            Profile(tmp_path / "p"),
            by_itself=False,
            pacing=lambda _host: FAST,
            make_client=Networks(server).client,
        )
        one = Running(service)
        one.watch()
        yield one
        service.stop()


def log_in(running: Running) -> Account:
    return running.service.login("facebook", {"token": TOKEN}, lambda _url: None).result(WAIT)


def listen(running: Running) -> int:
    source = running.service.source_of("facebook-page", {ACCOUNT: "cafelumen"})
    return running.service.add_source(source).result(WAIT).id


def test_comments_are_mentions_and_the_pages_answer_is_none(
    running: Running, served: FacebookServer
) -> None:
    post = served.post("Café Lumen opens at seven now.", NOW - timedelta(days=1))
    bad = served.comment(post, "Awful service, never again.", NOW - timedelta(hours=3))
    account = log_in(running)
    source = listen(running)
    running.check(source)
    (mention,) = running.mentions()  # though it names nobody; and not what the Page wrote
    assert mention.post.native_id == bad
    assert running.service.reply_accounts(mention.id).result(WAIT) == (account,)
    reply = served.comment(bad, "We are sorry.", NOW - timedelta(hours=1))
    served.things[reply]["from"] = {"id": PAGE, "name": "Café Lumen"}
    running.check(source)
    (mention,) = running.mentions()
    assert mention.state is TriageState.ANSWERED


def test_a_token_that_ended_waits_for_the_person(running: Running, served: FacebookServer) -> None:
    log_in(running)
    source = listen(running)
    served.tokens[TOKEN].ended = 463
    running.check(source)
    status = running.status(source)
    assert status.state is SourceState.NEEDS_YOU
    assert "expired" in str(status.error)
    (account,) = running.service.accounts().result(WAIT)
    assert account.state is AccountState.NEEDS_LOGIN


def test_our_answer_in_a_thread_answers_what_stands_in_it_before(
    running: Running, served: FacebookServer
) -> None:
    """Facebook hangs it on the comment at the top, whomever it was written to."""
    post = served.post("Café Lumen opens at seven now.", NOW - timedelta(days=1))
    top = served.comment(post, "Awful service, never again.", NOW - timedelta(hours=9))
    below = served.comment(top, "Same here, nobody answers.", NOW - timedelta(hours=8), by="Bo")
    other = served.comment(post, "Still closed on Sunday?", NOW - timedelta(hours=7), by="Max")
    reply = served.comment(below, "We are sorry.", NOW - timedelta(hours=6))
    served.things[reply]["from"] = {"id": PAGE, "name": "Café Lumen"}
    late = served.comment(reply, "Sorry is not enough.", NOW - timedelta(hours=5))
    log_in(running)
    running.check(listen(running))
    states = {one.post.native_id: one.state for one in running.mentions()}
    answered, still_open = TriageState.ANSWERED, TriageState.OPEN
    assert states == {top: answered, below: answered, other: still_open, late: still_open}
