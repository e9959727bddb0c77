"""Networks on loopback, and sendings to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.outgoing import Sending, SendingState
from tests.support.loopback import LoopbackServer
from tests.support.networks import Networks

Make = Callable[..., Sending]


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def cancel() -> CancelToken:
    return CancelToken()


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = Networks(loopback).client()
    yield client
    client.close()


@pytest.fixture
def make(now: datetime) -> Make:
    def sending(words: str, reply_to: str, **fields: object) -> Sending:
        given: dict[str, object] = {
            "id": 1,
            "mention_id": 1,
            "account_id": 1,
            "key": "key-1",
            "text": words,
            "language": "fr",
            "reply_to": reply_to,
            "state": SendingState.SENDING,
            "due_at": now,
            "created_at": now - timedelta(minutes=5),
            "attempted_at": now - timedelta(minutes=5),
        }
        return Sending(**given | fields)  # type: ignore[arg-type]  # the test's own fields

    return sending
