"""A login whose network shows a code instead of sending the browser back, through the service. The browser
is the test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urljoin
from urllib.request import urlopen

import pytest

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.networks.base import NotLoggedIn
from tests.support.discourse_server import HOST, DiscourseServer
from tests.support.loopback import LoopbackServer
from tests.support.memory_keyring import MemoryKeyring, memory_keyring
from tests.support.networks import Networks
from tests.unit.engine.conftest import WAIT, Running


@pytest.fixture
def safe() -> Iterator[MemoryKeyring]:
    with memory_keyring() as ours:
        yield ours


@pytest.fixture
def service(tmp_path: Path, server: LoopbackServer, safe: MemoryKeyring) -> Iterator[Service]:
    one = Service(Profile(tmp_path / "p"), by_itself=False, make_client=Networks(server).client)
    yield Running(one).service
    one.stop()


def read(url: str) -> str:
    with urlopen(url, timeout=WAIT) as answer:
        return str(answer.read().decode())


class Person:
    """Follows our page's link, agrees at the forum, pastes its code into our page's form."""

    def __init__(self, forum: DiscourseServer, spoilt: str = "") -> None:
        self.forum = forum
        self.spoilt = spoilt

    def opens(self, url: str) -> None:
        page = read(url)
        link, form = re.search("href='([^']+)'", page), re.search("action='([^']+)'", page)
        assert link is not None
        assert form is not None
        code = self.forum.approve(unescape(link[1])) + self.spoilt
        read(f"{urljoin(url, form[1])}?{urlencode({'payload': code})}")


def test_a_code_that_is_pasted_opens_the_forum_and_the_forum_forgets_it_again(
    service: Service, server: LoopbackServer, safe: MemoryKeyring
) -> None:
    forum = DiscourseServer(server)
    account = service.login("discourse", {"server": HOST}, Person(forum).opens).result(WAIT)
    assert (account.handle, account.server) == ("marque", HOST)
    assert list(safe.kept) == [f"account/{account.id}"]
    assert len(forum.keys) == 1
    assert service.remove_account(account.id).result(WAIT) is None
    assert (forum.keys, safe.kept) == ({}, {})


def test_a_spoilt_code_opens_nothing(
    service: Service, server: LoopbackServer, safe: MemoryKeyring
) -> None:
    forum = DiscourseServer(server)
    spoilt = Person(forum, "and more").opens
    with pytest.raises(NotLoggedIn, match="not the code of this login"):
        service.login("discourse", {"server": HOST}, spoilt).result(WAIT)
    assert safe.kept == {}
    assert service.accounts().result(WAIT) == ()
