"""The keyring: in memory, missing, locked, silent, and the real one where the system has it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from monitor.errors import SecretsUnavailable
from monitor.infra.secrets import Secrets


class InMemory(KeyringBackend):
    """A keyring as the library defines one, that forgets at the end of the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # the library's own
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("none")
        del self.kept[service, username]


class Locked(InMemory):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the collection is locked")


class Silent(InMemory):
    """Waits for a person who does not come."""

    def __init__(self) -> None:
        super().__init__()
        self.end = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.end.wait()
        return None


@pytest.fixture(autouse=True)
def _usual_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_secret_comes_back_until_deleted() -> None:
    keyring.set_keyring(InMemory())
    secrets = Secrets()
    assert secrets.get("source/1") is None
    secrets.set("source/1", "pässword")
    assert secrets.get("source/1") == "pässword"
    secrets.delete("source/1")
    secrets.delete("source/1")
    assert secrets.get("source/1") is None
    assert secrets.backend()


def test_without_a_keyring_there_is_no_fallback() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call] # the library's own
    with pytest.raises(SecretsUnavailable) as caught:
        Secrets().set("source/1", "s3cret")
    assert "s3cret" not in str(caught.value)
    assert "This system has none." in caught.value.message.render()


def test_a_locked_keyring_says_so() -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(SecretsUnavailable, match="locked"):
        Secrets().get("source/1")


def test_a_silent_keyring_is_given_up() -> None:
    silent = Silent()
    keyring.set_keyring(silent)
    with pytest.raises(SecretsUnavailable, match="did not answer"):
        Secrets(deadline=0.2).get("source/1")
    silent.end.set()


_REAL = """
import sys
from monitor.infra.secrets import Secrets
secrets = Secrets(deadline=20)
secrets.set("test", "s3cret")
assert secrets.get("test") == "s3cret"
secrets.delete("test")
assert secrets.get("test") is None
print(secrets.backend())
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs gnome-keyring and dbus-run-session",
)
def test_the_real_keyring_of_a_private_session(tmp_path: Path) -> None:
    unlock = "echo -n pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
    environment = {
        **{k: v for k, v in os.environ.items() if k != "DBUS_SESSION_BUS_ADDRESS"},
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{unlock} \"{sys.executable}\" -c '{_REAL}'"],
        env=environment,
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
