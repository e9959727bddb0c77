"""The logins of accounts in a real Secret Service, where the system has one to start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_LOGIN = """
from monitor.engine.account_secrets import AccountSecrets
from monitor.model.account import Account, Login
secrets = AccountSecrets()
secrets.check()
ann = Account(7, "mastodon", "social.example", "ann@social.example")
assert secrets.login_of(ann) is None
secrets.keep(Login(ann, {"token": "t\\u00f6ken", "id": "1"}))
assert AccountSecrets().login_of(ann).secret == {"token": "t\\u00f6ken", "id": "1"}
secrets.forget(7)
secrets.forget(7)
assert secrets.login_of(ann) is None
"""
_REFUSED = """
from monitor.engine.account_secrets import AccountSecrets
from monitor.errors import SecretsUnavailable
try:
    AccountSecrets().check()
except SecretsUnavailable as error:
    print(error.hint)
else:
    raise SystemExit("nobody refused")
"""


LINUX = sys.platform == "linux"


def run(code: str, folder: Path, *before: str, bus: str = "") -> subprocess.CompletedProcess[str]:
    """Run `code` behind the words of `before`, on the session bus at `bus`."""
    file = folder / "code.py"
    file.write_text(code, encoding="utf-8")
    environment = {
        **os.environ,
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
    }
    return subprocess.run(
        [*before, sys.executable, str(file)],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs gnome-keyring and dbus-run-session",
)
def test_a_login_is_kept_read_and_forgotten(tmp_path: Path) -> None:
    unlock = "echo -n pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
    session = ("dbus-run-session", "--", "sh", "-c", f'{unlock}; exec "$@"', "sh")
    done = run(_LOGIN, tmp_path, *session)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not LINUX, reason="the Secret Service is Linux's")
def test_a_system_without_a_keyring_is_refused_in_words(tmp_path: Path) -> None:
    done = run(_REFUSED, tmp_path, bus=f"unix:path={tmp_path}/none")
    assert done.returncode == 0, done.stderr
    assert "Install or unlock the keyring" in done.stdout
