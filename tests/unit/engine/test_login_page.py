"""The page a browser shows after a login speaks as the window does: as chosen in Settings, else as the system."""

from __future__ import annotations

import queue
from urllib.request import urlopen

import pytest

from monitor.infra.settings import Settings
from tests.support.mastodon_server import HOST, MastodonServer
from tests.unit.engine.conftest import WAIT, Running
from tests.unit.engine.test_accounts import running, safe, served

__all__ = ["running", "safe", "served"]
ENGLISH, FRENCH = "You can close this page.", "Vous pouvez fermer cette page."


@pytest.mark.parametrize(
    ("chosen", "system", "words"),
    [
        ("fr", "en_GB.UTF-8", FRENCH),
        ("en", "fr_FR.UTF-8", ENGLISH),
        ("", "fr_FR.UTF-8", FRENCH),
        ("", "de_DE.UTF-8", ENGLISH),
    ],
)
def test_the_page_speaks_as_chosen(
    running: Running,
    served: MastodonServer,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    system: str,
    words: str,
) -> None:
    monkeypatch.setenv("LC_ALL", system)
    running.service.use_settings(Settings(language=chosen))
    seen: queue.SimpleQueue[str] = queue.SimpleQueue()

    def browser(url: str) -> None:
        with urlopen(served.auth.authorize(url), timeout=WAIT) as answer:
            seen.put(answer.read().decode())

    running.service.login("mastodon", {"server": HOST}, browser).result(WAIT)
    assert words in seen.get(timeout=WAIT)
