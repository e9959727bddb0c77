"""`vigie doctor`: what it finds, and what its exit code means."""

from __future__ import annotations

import pytest

from monitor.errors import SecretsUnavailable
from monitor.infra.secrets import Secrets
from monitor.text import text
from tests.e2e.command import Command


def test_doctor_finds_the_database_and_says_what_it_cannot_know(vigie: Command) -> None:
    done = vigie.here("doctor", "--json")
    findings = {row["name"]: row for row in done.rows}
    assert set(findings) == {
        "program",
        "database",
        "disk",
        "network",
        "keyring",
        "tone",
        "notifications",
        "tray",
    }
    assert findings["database"]["ok"] is True
    assert findings["tray"]["ok"] is None
    assert done.code == 0


def test_without_a_keyring_the_program_works_and_the_doctor_says_what_does_not(
    vigie: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_secrets: Secrets) -> str:
        raise SecretsUnavailable(text("No keyring."), text("Kept nowhere."), text("Install one."))

    monkeypatch.setattr(Secrets, "backend", refuse)
    rows = vigie.here("doctor", "--json").rows
    told = vigie.here("doctor")
    (keyring,) = (row for row in rows if row["name"] == "keyring")
    assert (keyring["ok"], keyring["needed"]) == (False, False)
    assert "Until then no account" in keyring["detail"]
    assert told.code == 0
    assert "--  keyring: " in told.out
    assert told.out.splitlines()[-1] == "Vigie works here, without what is marked “--”."


def test_without_its_database_the_doctor_ends_with_an_error(vigie: Command) -> None:
    vigie.profile.mkdir()
    (vigie.profile / "vigie.sqlite3").write_bytes(b"this is no database" * 1000)
    told = vigie.here("doctor")
    assert told.code == 1
    assert "!!  database: " in told.out
    assert told.out.splitlines()[-1].startswith("Vigie cannot work here")
