"""A network that takes money, through the service: X from the login to the month's end. Real threads,
store, HTTP and a registered address to come back to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from monitor.engine.service import Service
from monitor.engine.spending import Spending
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.model.account import Account
from monitor.model.source import SourceState
from monitor.sources.base import ACCOUNT
from tests.support.loopback import LoopbackServer, Reply, Request, reset
from tests.support.memory_keyring import MemoryKeyring, memory_keyring
from tests.support.networks import Networks
from tests.support.x_server import CLIENT, ME, XServer
from tests.unit.engine.conftest import FAST, WAIT, Running

CENT = 10_000


@pytest.fixture
def safe() -> Iterator[MemoryKeyring]:
    with memory_keyring() as ours:
        yield ours


@pytest.fixture
def served(server: LoopbackServer) -> XServer:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    served = XServer(server, datetime.now(UTC))
    served.redirect = f"http://127.0.0.1:{port}/vigie"
    return served


@pytest.fixture
def running(tmp_path: Path, server: LoopbackServer, safe: MemoryKeyring) -> Iterator[Running]:
    client = Networks(server).client
    service = Service(
        Profile(tmp_path / "p"), by_itself=False, make_client=client, pacing=lambda _host: FAST
    )
    one = Running(service)
    one.watch("marque")
    yield one
    service.stop()


def log_in(running: Running, served: XServer, cap: str = "1") -> Account:
    def agree(url: str) -> None:
        back = urlencode(served.authorize(url))
        with urlopen(f"{served.redirect}?{back}", timeout=WAIT) as answer:
            answer.read()

    answers = {"client_id": CLIENT, "redirect": served.redirect, "cap": cap}
    return running.service.login("x", answers, agree).result(WAIT)


def left(running: Running, account: Account) -> int:
    accounts = running.service._accounts
    return Spending(accounts._store, accounts._clock, account.id).left()


def listen(running: Running) -> int:
    source = running.service.source_of("x-search", {"words": "@marque", ACCOUNT: ME})
    return running.service.add_source(source).result(WAIT).id


def test_a_login_comes_back_at_the_registered_address(running: Running, served: XServer) -> None:
    account = log_in(running, served, "12.5")
    assert (account.handle, account.monthly_cap) == (ME, 12_500_000)
    assert left(running, account) == 12_500_000
    again = log_in(running, served, "20")
    assert (again.id, again.monthly_cap) == (account.id, 20_000_000)


def test_a_port_that_is_taken_is_said(running: Running, served: XServer) -> None:
    port = int(served.redirect.rpartition(":")[2].partition("/")[0])
    with socket.create_server(("127.0.0.1", port)), pytest.raises(BadInput, match="is not free"):
        log_in(running, served)


def test_reading_stops_at_the_cap_and_says_so(running: Running, served: XServer) -> None:
    account = log_in(running, served)
    source = listen(running)
    at_login = served.billed
    for number in range(300):
        served.add(number, minutes=400 - number, user=f"u{number}")
    polls = 0
    while (told := running.status(source)).note is None and polls < 20:
        for number in range(300 + 40 * polls, 340 + 40 * polls):
            served.add(number, minutes=60 - polls - number / 2000, user=f"u{number}")
        running.check(source)
        polls += 1
    assert "of this month's $1.00 are spent" in str(told.note)
    assert told.state is SourceState.LISTENING
    assert served.billed - at_login == 100 * CENT - left(running, account)
    assert left(running, account) < 15 * CENT
    before = served.billed
    running.check(source)
    assert served.billed == before
    log_in(running, served, "2")  # the person allows more
    running.check(source)
    assert served.billed > before + CENT


def test_a_lost_answer_stays_booked_and_the_source_goes_on(
    running: Running, served: XServer
) -> None:
    account = log_in(running, served)
    source = listen(running)
    served.add(1)

    def lose(_request: Request, _reply: Reply) -> Reply:
        return reset()

    served.fault = lose
    running.check(source)
    assert running.status(source).error is not None
    assert left(running, account) == 85 * CENT
    served.fault = lambda _request, reply: reply
    running.check(source)
    assert running.status(source).error is None
    assert len(running.mentions()) == 1
    assert left(running, account) == 85 * CENT - 15_000
