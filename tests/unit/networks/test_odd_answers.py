"""Networks that answer nonsense: a sentence comes of it, never a crash, and never "published" without proof."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.infra.paste_page import FIELD
from monitor.infra.rsa_key import new_pair
from monitor.model.account import Account, Login
from monitor.networks.base import Network, NoAnswer, Sent
from monitor.networks.discourse import NETWORK as DISCOURSE
from monitor.networks.github import NETWORK as GITHUB
from monitor.networks.lemmy import NETWORK as LEMMY
from tests.unit.networks.conftest import Make

ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**400,
    1.5,
    float("nan"),
    "",
    "\ud800",
    "\x00\u202e",
    "x" * 100_000,
    "../..",
    "9" * 5000,
    [],
    [None],
    [[]],
    {},
    {"": ""},
)
SHAPES: tuple[Any, ...] = (
    {
        "id": 1,
        "login": "a",
        "url": "https://api.github.com/repos/a/b/issues/1",
        "html_url": "https://x",
        "user": {"login": "marque"},
        "body": "Bonjour",
    },
    [{"id": 1, "user": {"login": "marque"}, "body": "Bonjour", "html_url": "https://x"}],
    {
        "current_user": {"username": "a", "name": "b"},
        "id": 1,
        "topic_id": 7,
        "post_number": 2,
        "raw": "Bonjour",
        "pending_posts": [{"id": 1, "topic_id": 7, "raw_text": "Bonjour"}],
    },
    [{"id": 1, "topic_id": 7, "reply_to_post_number": 1, "created_at": ""}],
    {
        "version": "0.19.3",
        "jwt": "a.b.c",
        "my_user": {
            "local_user_view": {"person": {"id": 1, "name": "a", "actor_id": "https://x/u/a"}}
        },
        "comment_view": {
            "comment": {"id": 1, "post_id": 7, "ap_id": "https://x/1", "path": "0.1"},
            "creator": {},
            "post": {"id": 7},
        },
        "comments": [
            {"comment": {"content": "Bonjour", "path": "0.1.2", "post_id": 7, "published": "2026"}}
        ],
        "next_page": "x",
    },
)
TARGETS = {
    GITHUB: {"repository": "a/b", "number": 1, "comment": ""},
    DISCOURSE: {"server": "https://forum.example", "topic_id": "7", "post_number": "1"},
    LEMMY: {"server": "lemmy.example", "post_id": "7", "parent_id": "1", "uri": "https://x/1"},
}
SECRET = {"token": "t", "key": "k", "client_id": "c", "jwt": "j", "api": "v3", "id": "1"}


def spoilt(shape: Any) -> Iterator[Any]:
    """The shape with each of its values replaced by each odd one, in turn."""
    yield from ODD
    for key in shape if isinstance(shape, dict) else range(len(shape)):
        inner = shape[key]
        for odd in spoilt(inner) if isinstance(inner, dict | list) else ODD:
            copy = dict(shape) if isinstance(shape, dict) else list(shape)
            copy[key] = odd
            yield copy


class Same(HttpClient):
    """Answers everything alike."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = HttpResponse(200, "https://x/", "", {}, b"")

    def get(self, url: str, **_more: Any) -> HttpResponse:
        assert url.startswith("https://")
        return self.answer

    def send(self, method: str, url: str, **_more: Any) -> HttpResponse:
        return self.answer


def answers() -> Iterator[HttpResponse]:
    head = {"link": '<https://api.github.com/x>; rel="next"', "auth-api-version": "4"}
    for shape in SHAPES:
        for told in spoilt(shape):
            yield HttpResponse(200, "https://x/", "", head, json.dumps(told).encode())
    for status in (201, 204, 301, 400, 401, 403, 404, 410, 418, 422, 429, 500, 599):
        for body in (b"", b"\xff\xfe", b"[" * 100_000, b'{"errors": {"a": 1}, "error": []}'):
            yield HttpResponse(status, "https://x/", "", {"retry-after": "soon"}, body)


@pytest.mark.parametrize("network", TARGETS)
def test_nonsense_is_no_crash_and_no_proof(
    network: Network, now: datetime, cancel: CancelToken, make: Make
) -> None:
    server = {LEMMY: "lemmy.example", DISCOURSE: "forum.example"}.get(network, "")
    login = Login(Account(1, network.info.network, server, "marque"), SECRET)
    sending = make("Bonjour", json.dumps(TARGETS[network]))
    typed = {"token": "t" * 40, "server": "lemmy.example", "name": "a", "password": "b"}
    kept = {"server": "x", "nonce": "n", "client_id": "c", "private": new_pair()[0]}
    client = Same()
    said: list[str] = []
    for answer in answers():
        client.answer = answer
        for attempt in (
            lambda: network.enter(typed, {FIELD: "x"}, kept, client, now, cancel),
            lambda: network.send(login, sending, client, now, cancel),
            lambda: network.find(login, sending, client, now, cancel),
            lambda: network.rules(login, client, cancel),
            lambda: network.leave(login, client, cancel),
        ):
            try:
                said += _words(attempt())
            except VigieError as error:
                said.append(str(error))
    for words in said:
        words.encode()
        assert "\u202e" not in words
        assert "\x00" not in words
        assert len(words) <= 2000
    client.answer = HttpResponse(500, "https://x/", "", {}, b"")
    with pytest.raises(NoAnswer):
        network.find(login, sending, client, now, cancel)


def _words(told: Login | Sent | Mapping[str, int] | None) -> list[str]:
    """What would be stored and shown."""
    if isinstance(told, Login):
        return [told.account.handle, told.account.name, told.account.url, told.account.label]
    return [told.native_id, told.url] if isinstance(told, Sent) else []
