"""Meta answers nonsense: a sentence comes of it, never a crash, and never "published" without proof."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.networks.base import Network
from monitor.networks.facebook import NETWORK as FACEBOOK
from monitor.networks.instagram import NETWORK as INSTAGRAM
from tests.support.facebook_server import FacebookServer
from tests.support.instagram_server import InstagramServer
from tests.support.loopback import LoopbackServer, Reply
from tests.unit.networks.conftest import Make

TOKEN = "EAAG-SECRET-token-of-somebody"
ODD: tuple[Any, ...] = (
    None, True, -1, 1.5, 10**400, float("nan"), "", "\ud800", "\x00\u202e", "x" * 5000, "../..",
    "9" * 5000, "190", [], [None], {}, {"id": 1}, {"error": {}},
)  # fmt: skip
SHAPES: tuple[Any, ...] = (
    {"id": "111", "name": "Lumen", "username": "cafelumen", "category": "Shop", "user_id": "111",
     "instagram_business_account": {"id": "17", "username": "cafelumen", "name": "Lumen"}},
    {"data": {"is_valid": True, "scopes": ["pages_read_engagement"], "expires_at": 0,
              "granular_scopes": [{"scope": "pages_read_engagement", "target_ids": ["1"]}]}},
    {"data": [{"id": "1_2", "message": "Bonjour", "text": "Bonjour", "username": "cafelumen",
               "from": {"id": "111"}, "created_time": "2026-08-01T10:00:00+0000",
               "permalink_url": "https://www.facebook.com/1"}],
     "paging": {"next": "https://graph.facebook.com/v26.0/1/comments?after=QV"}},
    {"error": {"message": "no", "code": 100, "error_subcode": 33, "is_transient": False}},
    {"access_token": "IGAA", "expires_in": 5184000},
)  # fmt: skip


def changed(found: Any) -> Iterator[Any]:
    """The same with one value after the other replaced by each of the odd ones."""
    yield from ODD
    if isinstance(found, dict):
        for key, value in found.items():
            yield {name: inner for name, inner in found.items() if name != key}
            for other in changed(value):
                yield found | {key: other}
    if isinstance(found, list) and found:
        for other in changed(found[0]):
            yield [other]


@pytest.mark.parametrize("network", [FACEBOOK, INSTAGRAM], ids=["facebook", "instagram"])
@pytest.mark.parametrize("status", [200, 400])
def test_no_answer_breaks_anything(
    network: Network,
    status: int,
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    make: Make,
) -> None:
    name = network.info.network
    login = Login(
        Account(1, name, "", "cafelumen"),
        {"token": TOKEN, "id": "111", "host": "graph.facebook.com", "app_secret": "SECRET"},
    )
    target = (
        FacebookServer.reply_to("1_1") if network is FACEBOOK else InstagramServer.reply_to("1")
    )
    sending = make("Bonjour", target.replace("17841400000000001", "111"))
    for shape in SHAPES:
        for found in changed(shape):
            loopback.add("*", Reply(status, {}, json.dumps(found).encode()))
            with contextlib.suppress(VigieError):
                entered = network.enter({"token": TOKEN}, {}, {}, http, now, CancelToken())
                assert entered.account.handle.isprintable()
                assert len(entered.account.handle) <= 200
            for sent in _asked(network, login, sending, http, now):
                assert sent.native_id.isascii()
                assert len(sent.native_id) <= 100
                assert len(sent.url) <= 1000
                sent.url.encode()


def _asked(
    network: Network, login: Login, sending: Any, http: HttpClient, now: datetime
) -> Iterator[Any]:
    refused: list[VigieError] = []
    for ask in (network.send, network.find):
        try:
            sent = ask(login, sending, http, now, CancelToken())
            if sent is not None:
                yield sent
        except VigieError as error:
            refused.append(error)
    assert all(str(error.hint) and "SECRET" not in str(error) for error in refused)
