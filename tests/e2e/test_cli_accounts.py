"""`vigie account`, as a person types it; the network is on loopback, the browser is the test."""

from __future__ import annotations

import webbrowser
from datetime import UTC, datetime
from functools import partial
from urllib.request import urlopen

import pytest

from monitor.cli import session
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.account import Account
from tests.e2e.command import Command
from tests.support.loopback import LoopbackServer
from tests.support.mastodon_server import HOST, MastodonServer
from tests.support.memory_keyring import memory_keyring
from tests.support.networks import Networks


def test_an_account_is_added_listed_and_removed(
    vigie: Command, loopback: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = MastodonServer(loopback)

    def agree(url: str) -> bool:
        with urlopen(served.auth.authorize(url), timeout=60) as answer:
            answer.read()
        return True

    monkeypatch.setattr(webbrowser, "open", agree)
    make_client = Networks(loopback).client
    monkeypatch.setattr(session, "Service", partial(Service, make_client=make_client))
    with memory_keyring() as safe:
        added = vigie.here("account", "add", "mastodon", f"server={HOST}", "--json")
        assert added.code == 0, added.err
        (row,) = added.rows
        assert set(row) == {
            "type",
            "id",
            "network",
            "server",
            "handle",
            "name",
            "url",
            "scopes",
            "state",
            "expires_at",
            "daily_cap",
            "monthly_cap",
        }
        assert (row["handle"], row["state"]) == (f"ann@{HOST}", "ready")
        assert vigie.here("account", "list", "--json").rows == [row]
        assert f"ready\tmastodon\tann@{HOST}" in vigie.here("account", "list").out
        assert safe.kept
        (capped,) = vigie.here("account", "cap", f"ann@{HOST}", "7", "--json").rows
        assert capped == row | {"daily_cap": 7}
        assert vigie.here("account", "list", "--json").rows == [capped]
        assert vigie.here("account", "cap", f"ann@{HOST}", "5000").code == 1
        (removed,) = vigie.here("account", "remove", f"@ann@{HOST}", "--json").rows
        assert removed == {
            "type": "removed",
            "id": row["id"],
            "handle": f"ann@{HOST}",
            "note": None,
        }
        assert not safe.kept
    assert all(token.revoked for token in served.auth.tokens.values())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "nowhere"), "There is no network “nowhere”"),
        (("add", "mastodon"), "is missing"),
        (("add", "mastodon", "server"), "no answer to what is asked"),
        (("add", "bluesky", "password=s3cret"), "never given in the command"),
        (("add", "facebook", "token=s3cret"), "never given in the command"),
        (("add", "facebook", "token=s3cret"), "account add facebook`; the rest is asked for"),
        (("add", "facebook", "words"), "account add facebook`; the rest is asked for"),
        (("add",), "The networks are: bluesky, "),
        (("remove", "ann"), "There is no account “ann”"),
    ],
)
def test_what_cannot_be_done_is_told(vigie: Command, words: tuple[str, ...], told: str) -> None:
    ended = vigie.here("account", *words)
    assert ended.code == 1
    assert told in ended.err
    assert "s3cret" not in ended.err


def test_nothing_to_list_is_said(vigie: Command) -> None:
    assert "No account yet" in vigie.here("account", "list").err


def test_a_secret_without_a_terminal_is_a_sentence(
    vigie: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_terminal(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", no_terminal)
    refused = vigie.here("account", "add", "bluesky", "handle=ann.example")
    assert refused.code == 1
    assert "only be typed in a terminal" in refused.err
    told = refused.err.splitlines()
    assert "Add one and copy it: it is shown once." in told
    assert "Where to find this: https://bsky.app/settings/app-passwords" in told
    assert refused.out == ""


@pytest.mark.parametrize(
    ("kind", "network", "handle"),
    [
        ("googleplay-reviews", "googleplay", "com.example.app"),
        ("trustpilot-mail", "mail", "ann@mail.example"),
    ],
)
def test_where_every_answer_may_be_left_out_none_is_asked_for(
    vigie: Command, kind: str, network: str, handle: str
) -> None:
    own = Account(0, network, "", handle)
    with session.opened(Profile(vigie.profile)) as service:
        added = service._store.write(lambda writer: writer.add_account(own, datetime.now(UTC)))
        session.answer(added)
    ended = vigie.here("source", "add", "--kind", kind)
    assert ended.code == 0, ended.err


def test_a_source_that_reads_with_an_account_takes_the_only_one(
    vigie: Command, loopback: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = MastodonServer(loopback)

    def agree(url: str) -> bool:
        with urlopen(served.auth.authorize(url), timeout=60) as answer:
            answer.read()
        return True

    monkeypatch.setattr(webbrowser, "open", agree)
    make_client = Networks(loopback).client
    monkeypatch.setattr(session, "Service", partial(Service, make_client=make_client))
    add = ("source", "add", "--kind", "mastodon-notifications")
    with memory_keyring():
        refused = vigie.here(*add)
        assert refused.code == 1
        assert "account add mastodon" in refused.err
        vigie.here("account", "add", "mastodon", f"server={HOST}")
        added = vigie.here(*add)
        assert added.code == 0, added.err
        assert "--about BRAND" in added.err  # nobody knows yet whose place it is
        (row,) = vigie.here("source", "list", "--json").rows
        assert (row["account"], row["about"]) == (f"ann@{HOST}", None)
        served.auth.username = "bea"
        vigie.here("account", "add", "mastodon", f"server={HOST}")
        several = vigie.here(*add)
        assert several.code == 1
        assert f"account= and one of: ann@{HOST}, bea@{HOST}" in several.err
        (brand,) = vigie.here("brand", "add", "Café Lumen", "--json").rows
        named = (*add, f"account=bea@{HOST}", "--about", "Café Lumen", "--json")
        (row,) = vigie.here(*named).rows
        assert (row["account"], row["about"]) == (f"bea@{HOST}", brand["id"])
