from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.guard import Guard
from monitor.infra.redirect import next_hop, same_site

PUBLIC = "http://93.184.215.14/a"


def hop(here: str, location: str) -> str:
    return urlunsplit(next_hop(urlsplit(here), location, Guard(5, CancelToken())))


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://192.168.1.1/admin", "http://[::1]/", "http://10.0.0.1/"]
)
def test_a_public_site_leads_into_no_private_network(target: str) -> None:
    with pytest.raises(SourceError, match="private network"):
        hop(PUBLIC, target)


def test_a_private_site_may_lead_to_another() -> None:
    assert hop("http://192.168.1.1/a", "http://10.0.0.1/b") == "http://10.0.0.1/b"


def test_relative_targets() -> None:
    assert hop(PUBLIC, "b?c=1#d") == "http://93.184.215.14/b?c=1"


def test_credentials_travel_within_the_site_only() -> None:
    here = "http://ann:pw@93.184.215.14/a"
    assert hop(here, "/b") == "http://ann:pw@93.184.215.14/b"
    assert hop(here, "https://93.184.215.14/b") == "https://ann:pw@93.184.215.14/b"
    assert hop(here, "http://93.184.215.14:81/b") == "http://93.184.215.14:81/b"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.example/x", "http://a.example:80/y", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("http://a.example/", "http://b.example/", False),
    ],
)
def test_same_site(one: str, other: str, same: bool) -> None:
    assert same_site(urlsplit(one), urlsplit(other)) is same
