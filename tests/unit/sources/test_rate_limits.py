"""Headers that say when to ask again, in every network's own way; and where the next page is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.infra.http import HttpResponse
from monitor.sources.link_header import linked
from monitor.sources.rate_limits import held_until, used_up_until
from tests.unit.sources.samples import NOW

_EPOCH = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2026-08-02T12:05:00.976542Z", 300),
        (str(_EPOCH + 90), 90),
        ("45", 45),
        (str(_EPOCH - 5), None),
        ("", None),
        ("soon", None),
        ("9" * 40, 86_400),
        ("²", None),
    ],
)
def test_resets_of_every_form(value: str, seconds: int | None) -> None:
    expected = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert held_until({"x-ratelimit-reset": value}, NOW) == expected
    left = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": value}
    assert used_up_until(left, NOW) == expected
    assert used_up_until(left | {"x-ratelimit-remaining": "0.0"}, NOW) == expected
    assert used_up_until(left | {"x-ratelimit-remaining": "1"}, NOW) is None
    assert used_up_until(left | {"x-ratelimit-remaining": "0.5"}, NOW) is None


def test_names_without_an_x() -> None:
    headers = {"ratelimit-remaining": "0", "ratelimit-reset": str(_EPOCH + 60)}
    assert used_up_until(headers, NOW) == NOW + timedelta(seconds=60)
    assert used_up_until(headers | {"ratelimit-remaining": "2"}, NOW) is None


@pytest.mark.parametrize("reset", ["2026-08-02T10:01:00Z", str(_EPOCH - 7200 + 60)])
def test_a_reset_is_by_the_servers_clock(reset: str) -> None:
    """Ours is two hours ahead: the reset is not over, it is in a minute."""
    headers = {"date": "Sun, 02 Aug 2026 10:00:00 GMT", "x-ratelimit-reset": reset}
    assert held_until(headers, NOW) == NOW + timedelta(seconds=60)
    far = headers | {"date": "Sun, 02 Aug 2020 10:00:00 GMT"}
    assert held_until(far, NOW) is None


def test_retry_after_is_the_nearer_word() -> None:
    headers = {"retry-after": "7", "x-ratelimit-reset": "900"}
    assert held_until(headers, NOW) == NOW + timedelta(seconds=7)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('<https://a.example/x?page=2>; rel="next", <https://a.example/x?page=9>; rel="last"', "2"),
        ('<https://a.example/x?page=9>; rel="last" , </x?page=3> ;title="a, b"; REL=next', "3"),
        ("<https://b.example/x?page=2>; rel=next", None),
        ('<http://a.example/x?page=2>; rel="next"', None),
        ("<http://[>; rel=next", None),
        ("nonsense", None),
        ("", None),
    ],
)
def test_the_next_page_is_on_the_same_site(header: str, expected: str | None) -> None:
    answer = HttpResponse(200, "https://a.example/x?q=1", "", {"link": header}, b"")
    wanted = f"https://a.example/x?page={expected}" if expected else ""
    assert linked(answer, "next") == wanted
