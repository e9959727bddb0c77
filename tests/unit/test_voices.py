"""Whose posts are the person's own: by the name on their network, by their public page, by nothing else."""

from __future__ import annotations

import pytest

from monitor.model.account import Account
from monitor.model.post import Author
from monitor.model.voices import Voices, host_of, voices_of

OURS = voices_of(
    (
        Account(
            1, "mastodon", "social.example", "Ann@social.example", url="https://social.example/@ann"
        ),
        Account(
            2, "bluesky", "bsky.social", "lea.bsky.social", url="https://bsky.app/profile/did:plc:1"
        ),
        Account(3, "discourse", "forum.example:8443", "sam"),
        Account(4, "reddit", "", "cafe_lumen"),
        Account(5, "wordpress", "blog.example", "editor", url="https://blog.example/"),
    )
)


@pytest.mark.parametrize(
    ("network", "host", "handle"),
    [
        ("mastodon", "mastodon.social", "ann@social.example"),
        ("mastodon", "mastodon.social", "@Ann@Social.Example"),
        ("mastodon", "social.example", "ann"),
        ("bluesky", "pds.example", "Lea.bsky.social"),
        ("discourse", "forum.example:8443", "Sam"),
        ("reddit", "oauth.reddit.com", "Cafe_Lumen"),
    ],
)
def test_a_handle_counts_on_its_network(network: str, host: str, handle: str) -> None:
    assert OURS.include(Author("Ann", handle), network, host)


@pytest.mark.parametrize(
    ("network", "host", "handle"),
    [
        ("mastodon", "mastodon.social", "ann"),  # of the server that was asked, not of ours
        ("mastodon", "social.example", "ann@mastodon.social"),
        ("mastodon", "social.example", "anne"),
        ("lemmy", "social.example", "ann@social.example"),
        ("discourse", "other.example", "sam"),
        ("", "social.example", "ann@social.example"),
        ("mastodon", "social.example", ""),
        ("reddit", "www.reddit.com", "@"),
    ],
)
def test_anybody_else_is_a_stranger(network: str, host: str, handle: str) -> None:
    assert not OURS.include(Author("Ann", handle), network, host)


PAGES = [
    "https://social.example/@ann",
    "http://www.Social.example/@ann/",
    "https://social.example/@ann#about",
]


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize(
    ("network", "host"),
    [("mastodon", "mastodon.social"), ("", "social.example"), ("", "www.social.example")],
)
def test_the_public_page_counts_on_its_network_and_on_its_site(
    network: str, host: str, url: str
) -> None:
    assert OURS.include(Author("Ann", "", url), network, host)


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize(
    ("network", "host"),
    [("", "blog.example"), ("lemmy", "lemmy.example"), ("", ""), ("", "social"), ("", "bsky.app")],
)
def test_elsewhere_anybody_may_type_it_behind_their_name(network: str, host: str, url: str) -> None:
    """The address of a commenter on a blog, of an author in a feed."""
    assert not OURS.include(Author("Ann", "", url), network, host)


@pytest.mark.parametrize(
    "url",
    [
        "https://social.example/@anne",
        "https://social.example/",
        "https://blog.example/",  # many may write on a site
        "https://blog.example",
        "https://social.example/@ann?page=2",
        "ftp://social.example/@ann",
        "https://[social.example/@ann",
        "",
    ],
)
def test_another_page_does_not(url: str) -> None:
    for host in ("social.example", "blog.example"):
        assert not OURS.include(Author("Ann", "", url), "mastodon", host)


def test_without_accounts_nobody_is_ours() -> None:
    assert not Voices().include(Author("Ann", "ann", "https://social.example/@ann"), "mastodon", "")
    assert voices_of(()) == Voices()


def test_what_changes_with_every_renewal_changes_no_voice() -> None:
    one = Account(1, "reddit", "", "cafe_lumen", daily_cap=5)
    other = Account(9, "reddit", "", "Cafe_Lumen", name="Café")
    assert voices_of((one,)) == voices_of((other,))


def test_a_host_is_told_without_the_name_of_a_user() -> None:
    assert host_of("https://me@Forum.example:8443/latest") == "forum.example:8443"
    assert (host_of("https://[forum/"), host_of("")) == ("", "")
