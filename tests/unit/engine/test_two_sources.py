"""Two people's words are two rows of the list, one post that two sources bring is one. Real store and HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.sources.base import ACCOUNT
from tests.support.instagram_server import TOKEN, InstagramServer
from tests.support.loopback import LoopbackServer
from tests.support.memory_keyring import memory_keyring
from tests.support.networks import Networks
from tests.unit.engine.conftest import FAST, WAIT, Running

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def running(tmp_path: Path, server: LoopbackServer) -> Iterator[Running]:
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


def test_short_comments_below_one_picture_are_all_listed(
    running: Running, server: LoopbackServer
) -> None:
    served = InstagramServer(server, NOW)
    medium = served.medium("Nouveau chez nous", NOW - timedelta(days=1))
    said = ("Super !", "Jamais reçu.", "Super !")
    ids = [served.comment(medium, words, NOW - timedelta(hours=1), by="bo") for words in said]
    running.service.login("instagram", {"token": TOKEN}, lambda _url: None).result(WAIT)
    source = running.service.source_of("instagram-comments", {ACCOUNT: "cafelumen"})
    running.check(running.service.add_source(source).result(WAIT).id)
    assert {mention.post.native_id for mention in running.mentions()} == set(ids)
