"""Any value in any place of a network's JSON: posts that can be stored and shown, or a sentence."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.infra.http_errors import broken_off
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import AccountKind
from monitor.sources.registry import kinds
from tests.unit.sources.samples import NOW, access
from tests.unit.sources.test_contract import RECORDED, check

_ODD: tuple[Any, ...] = (
        None, True, -1, 1e308, float("inf"), 10**400, "", "\ud800\x00\u202e", "x" * 3000, "<b>",
        "https://[", "2026-99-99", "²", [], {}, [None], {"a": 1})  # fmt: skip


def _json_kinds() -> list[str]:
    return sorted(kind for kind, one in RECORDED.items() if one.full[:1] in b"[{")


def _short(found: Any) -> Any:
    """Two of everything are enough."""
    if isinstance(found, dict):
        return {key: _short(value) for key, value in found.items()}
    return [_short(value) for value in found[:2]] if isinstance(found, list) else found


def _changed(found: Any) -> Iterator[Any]:
    """The same with one value after the other replaced by each of the odd ones."""
    yield from _ODD
    if isinstance(found, dict):
        for key, value in found.items():
            yield {name: inner for name, inner in found.items() if name != key}
            for other in _changed(value):
                yield found | {key: other}
    if isinstance(found, list) and found:
        for other in _changed(found[0]):
            yield [other, *found[1:]]


def _check_storable(post: Post) -> None:
    check(post)
    told = (post.native_id, post.thread_id, post.parent_id, post.reply_to, post.author.name)
    for words in (*told, post.author.handle, post.author.url):
        words.encode()
        assert "\x00" not in words
        assert "\u202e" not in words
    for count in (post.likes, post.replies, post.shares, post.author.followers):
        assert count is None or abs(count) < 2**63


@pytest.mark.parametrize("kind", [one for one in _json_kinds() if not RECORDED[one].login])
def test_no_value_breaks_a_kind(kind: str) -> None:
    address = RECORDED[kind].address
    source = Source(1, kind, address, "")
    for changed in _changed(_short(json.loads(RECORDED[kind].full))):
        body = json.dumps(changed).encode()
        answers = (HttpResponse(200, address, "", {}, body),)
        with contextlib.suppress(SourceError):
            result = kinds()[kind].read(source, "", answers, NOW)
            for post in result.posts:
                _check_storable(post)
            kinds()[kind].read(source, result.cursor, answers, NOW)


class _Same(HttpClient):
    """Whatever is asked, the same answer; after a few the network is gone."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self._body = body

    def get(self, url: str, **_: Any) -> HttpResponse:
        assert url.isascii()
        self.sent += 1
        if self.sent > 8:
            raise broken_off("network.example")
        return HttpResponse(200, url, "", {}, self._body)

    def send(self, method: str, url: str, **_: Any) -> HttpResponse:
        return self.get(url)


@pytest.mark.parametrize("kind", [one for one in _json_kinds() if RECORDED[one].login])
def test_no_value_breaks_a_kind_with_an_account(kind: str) -> None:
    recorded, known = RECORDED[kind], kinds()[kind]
    assert isinstance(known, AccountKind)
    assert recorded.login is not None
    source = Source(1, kind, recorded.address, "", fields=recorded.fields, account_id=1)
    whole = _short(json.loads(recorded.full))
    for changed in _changed(whole):
        cursor = ""
        for found in (changed, whole, changed):
            http = _Same(json.dumps(found).encode())
            with contextlib.suppress(SourceError, NotLoggedIn):
                answers = known.fetch_as(
                    source, cursor, access(recorded.login), http, NOW, CancelToken()
                )
                result = known.read(source, cursor, answers, NOW)
                cursor = result.cursor
                for post in result.posts:
                    _check_storable(post)
