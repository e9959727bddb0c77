"""A password typed in an address leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.errors import SecretsUnavailable
from monitor.infra.logins import (
    forget_password,
    has_password,
    keep_password,
    login_of,
    without_login,
)
from monitor.infra.secrets import Secrets
from tests.support.one_secret import one_secret


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Secrets]:
    with one_secret(tmp_path / "secret"):
        yield Secrets()


def test_the_password_comes_back_for_the_address_without_it(secrets: Secrets) -> None:
    kept = keep_password("https://a%40b:p%3Aw@site.example:81/feed?x=1", secrets)
    assert kept == "https://a%40b@site.example:81/feed?x=1"
    assert login_of(urlsplit(kept), secrets) == ("a@b", "p:w")


@pytest.mark.parametrize(
    "address",
    ["https://site.example/a:b@c", "https://ann@site.example/", "no address", "http://[", ""],
)
def test_an_address_without_password_stays_as_it_is(address: str, secrets: Secrets) -> None:
    assert not has_password(address)
    assert keep_password(address, secrets) == address


def test_a_typed_password_goes_before_the_kept_one(secrets: Secrets) -> None:
    keep_password("https://ann:old@site.example/", secrets)
    assert login_of(urlsplit("https://ann:new@site.example/"), secrets) == ("ann", "new")
    assert login_of(urlsplit("https://site.example/"), secrets) == ("", "")


def test_links_carry_no_login() -> None:
    assert without_login("https://ann:pw@site.example/a@b") == "https://site.example/a@b"
    assert without_login("https://site.example/a@b") == "https://site.example/a@b"
    assert without_login("http://[") == "http://["


def test_without_a_keyring_the_password_has_no_place(tmp_path: Path) -> None:
    with one_secret(tmp_path / "secret", refuses=True), pytest.raises(SecretsUnavailable):
        keep_password("https://ann:pw@site.example/", Secrets())


def test_a_password_is_forgotten_with_the_last_address_of_its_login(secrets: Secrets) -> None:
    kept = keep_password("https://ann:pw@site.example/feed", secrets)
    forget_password(kept, ["https://ann@site.example/other"], secrets)
    assert login_of(urlsplit(kept), secrets) == ("ann", "pw")
    forget_password("https://site.example/feed", [], secrets)
    assert login_of(urlsplit(kept), secrets) == ("ann", "pw")
    forget_password(kept, ["https://bob@site.example/other", "http://["], secrets)
    assert login_of(urlsplit(kept), secrets) == ("ann", "")
