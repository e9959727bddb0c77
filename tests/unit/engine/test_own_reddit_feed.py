"""A feed of one's own at Reddit, added as an ordinary feed: its token is in the keyring and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.engine.agenda import Pacing
from monitor.engine.service import Service
from monitor.errors import SecretsUnavailable
from monitor.infra.paths import Profile
from monitor.model.source import Source, SourceState
from tests.support.loopback import LoopbackServer
from tests.support.networks import Networks
from tests.support.one_secret import one_secret
from tests.unit.engine.conftest import WAIT
from tests.unit.sources.recorded.reddit import TOKEN, entry, page

HOST = "www.reddit.com"


@pytest.fixture
def networks(server: LoopbackServer) -> Networks:
    return Networks(server)


@pytest.fixture
def service(tmp_path: Path, networks: Networks) -> Iterator[Service]:
    running = Service(
        Profile(tmp_path / "profile"),
        by_itself=False,
        pacing=lambda host: Pacing(spacing=0.0),
        make_client=networks.client,
    )
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("path", "question", "left"),
    [("/.rss", "", {}), ("/r/france/comments/.rss", "limit=50&", {"limit": ["50"]})],
)
def test_the_token_is_kept_in_the_keyring_alone(
    service: Service,
    networks: Networks,
    tmp_path: Path,
    path: str,
    question: str,
    left: dict[str, list[str]],
) -> None:
    networks.serve(HOST, path, page(entry(1)))
    typed = f"https://{HOST}{path}?{question}feed={TOKEN}&user=ann"
    with one_secret(tmp_path / "secret"):
        added = service.add_source(Source(0, "feed", typed, "Front page")).result(WAIT)
        assert (tmp_path / "secret").read_text("utf-8") == TOKEN
        assert added.address == f"https://ann@{HOST}{path}{'?limit=50' if question else ''}"
        service.check(None).result(WAIT)
        (status,) = service.sources().result(WAIT)
        assert (status.state, status.items) == (SourceState.LISTENING, 1)
    (sent,) = networks.asked(HOST)
    assert parse_qs(urlsplit(sent).query) == left | {"feed": [TOKEN], "user": ["ann"]}
    service.stop()
    kept = [file.read_bytes() for file in (tmp_path / "profile").rglob("*") if file.is_file()]
    assert kept
    assert not [content for content in kept if TOKEN.encode() in content]


def test_an_imported_one_too(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    url = f"https://{HOST}/.rss?feed={TOKEN}&amp;user=ann"
    line = f'<outline type="rss" text="Front page" xmlUrl="{url}"/>'
    file.write_text(f'<opml version="2.0"><body>{line}</body></opml>')
    with one_secret(tmp_path / "secret"):
        assert service.import_opml(file).result(WAIT).added == 1
        assert (tmp_path / "secret").read_text("utf-8") == TOKEN
    (status,) = service.sources().result(WAIT)
    assert status.source.address == f"https://ann@{HOST}/.rss"


def test_without_a_keyring_it_is_not_stored(service: Service, tmp_path: Path) -> None:
    typed = f"https://{HOST}/.rss?feed={TOKEN}&user=ann"
    with (
        one_secret(tmp_path / "secret", refuses=True),
        pytest.raises(SecretsUnavailable),
    ):
        service.add_source(Source(0, "feed", typed, "Front page")).result(WAIT)
    assert service.sources().result(WAIT) == ()


@pytest.mark.parametrize(
    "address",
    [
        f"https://reddit.com.example/.rss?feed={TOKEN}&user=ann",
        f"https://{HOST}/.rss?feed={TOKEN}",
        "https://blog.example/feed?feed=rss2&user=ann",
    ],
)
def test_other_addresses_stay_as_they_are(service: Service, address: str) -> None:
    assert service.add_source(Source(0, "feed", address, "A feed")).result(WAIT).address == address
