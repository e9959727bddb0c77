"""Where "Copy and open" leads."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.model.reply_page import reply_page


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/lea/status/1950000000000000001",
        "https://x.com/i/status/1950000000000000001",
        "https://twitter.com/lea/status/1950000000000000001?s=20",
        "https://mobile.twitter.com/lea/status/1950000000000000001/photo/1",
    ],
)
def test_at_x_the_reply_is_there_already(url: str) -> None:
    page = reply_page(url, "Désolés & merci ?\nOn regarde ☕")
    assert page.startswith("https://x.com/intent/post?")
    assert parse_qs(urlsplit(page).query) == {
        "in_reply_to": ["1950000000000000001"],
        "text": ["Désolés & merci ?\nOn regarde ☕"],
    }


def test_a_text_too_long_for_an_address_is_left_to_the_clipboard() -> None:
    page = reply_page("https://x.com/lea/status/7", "a" * 1001)
    assert page == "https://x.com/intent/post?in_reply_to=7"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://www.reddit.com/r/france/comments/1k0001/titre/",
        "https://x.com/lea",
        "https://x.com.evil.example/lea/status/7",
        "https://evil.example/https://x.com/lea/status/7",
        "https://x.com/lea/status/७",
    ],
)
def test_elsewhere_it_is_the_posts_own_page(url: str) -> None:
    assert reply_page(url, "Bonjour") == url
