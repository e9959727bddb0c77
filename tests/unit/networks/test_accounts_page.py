"""docs/accounts.md says of every network what its login form says; and the forms' own pages are safe."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.networks import (
    discourse,
    facebook,
    googlebusiness,
    googleplay,
    instagram,
    mastodon,
    reddit,
    x,
    youtube,
)
from monitor.networks.base import NetworkInfo, Way
from monitor.networks.registry import networks

DOCS = Path(__file__).resolve().parents[3] / "docs"
TITLE = re.compile(r"^### (.+): `([\w-]+)`$", re.MULTILINE)
POINT = re.compile(
    r"^- (Needs|Asked|Way|Rights|Sends|Costs|Lasts|Taking it back|Does not work): (.+)$",
    re.MULTILINE,
)
WAYS = {Way.BROWSER: "in the browser", Way.SECRET: "pasted"}
RIGHTS = {
    "bluesky": (),
    "discourse": discourse.SCOPES,
    "facebook": facebook.SCOPES,
    "github": ("public_repo",),
    "googlebusiness": (googlebusiness.SCOPE.rpartition("/")[2],),
    "googleplay": (googleplay.SCOPE.rpartition("/")[2],),
    "instagram": (*instagram.OWN_SCOPES, *instagram.SCOPES),
    "lemmy": (),
    "mail": (),
    "mastodon": mastodon.SCOPES,
    "reddit": reddit.SCOPES,
    "x": x.SCOPES,
    "youtube": (youtube.SCOPE.rpartition("/")[2],),
}


def page() -> str:
    """Each point on one line."""
    return re.sub(r"\n  (?=\S)", " ", (DOCS / "accounts.md").read_text("utf-8"))


def sections() -> dict[str, tuple[str, str]]:
    """Network -> its label and its section."""
    parts = TITLE.split(page())[1:]
    return {parts[at + 1]: (parts[at], parts[at + 2]) for at in range(0, len(parts), 3)}


def infos() -> dict[str, NetworkInfo]:
    return {name: network.info for name, network in networks().items()}


def test_every_network_is_there_once() -> None:
    assert sorted(sections()) == sorted(networks()) == sorted(RIGHTS)
    assert len(TITLE.findall(page())) == len(networks())


@pytest.mark.parametrize("name", sorted(networks()))
def test_the_page_says_what_the_form_asks(name: str) -> None:
    info = infos()[name]
    label, section = sections()[name]
    points = dict(POINT.findall(section))
    assert label == str(info.label)
    assert points["Way"].startswith(WAYS[info.way])
    asked = [re.escape(f"“{question.label}”") for question in info.questions]
    assert re.match(r".*?".join(asked), points["Asked"]), points["Asked"]
    assert points["Asked"].count("“") == len(asked)
    assert set(RIGHTS[name]) == set(re.findall(r"`([^`]+)`", points["Rights"]))
    assert points["Sends"].startswith("yes" if info.sends else "no")
    assert {"Needs", "Lasts", "Taking it back", "Does not work"} <= set(points)
    if info.page:
        assert f"<{info.page}>" in section


@pytest.mark.parametrize("name", sorted(networks()))
def test_the_network_s_own_page_is_one_of_the_web_s_encrypted_ones(name: str) -> None:
    info = infos()[name]
    if not info.page:
        assert info.network in {"discourse", "lemmy", "mail", "mastodon"}  # every server its own
        return
    parts = urlsplit(info.page)
    assert (parts.scheme, parts.query, parts.fragment) == ("https", "", "")
    assert parts.hostname == parts.netloc
    assert info.page.isascii()
