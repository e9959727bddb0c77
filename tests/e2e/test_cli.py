"""The command line as other programs use it: keys, exit codes, words."""

from __future__ import annotations

import base64
import csv
import io
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from tests.e2e.command import ROOT, WAIT, Command
from tests.support.feed_text import BAD, GOOD, rss
from tests.support.loopback import LoopbackServer, Reply, hang
from tests.support.one_secret import one_secret

VERDICT = {
    "tone",
    "p_negative",
    "p_positive",
    "confidence",
    "language",
    "intent",
    "urgency",
    "risks",
    "to_check",
    "abusive",
    "reasons",
    "flagged",
    "needs_answer",
}
MENTION = VERDICT | {
    "type",
    "id",
    "brand",
    "source",
    "source_kind",
    "url",
    "author",
    "published",
    "first_seen",
    "title",
    "text",
    "state",
    "wake_at",
    "correction",
    "edited",
    "outlets",
    "rating",
    "withdrawn",
}
SOURCE = {
    "type",
    "id",
    "kind",
    "address",
    "name",
    "folder",
    "state",
    "items",
    "mentions",
    "last_success",
    "next_due",
    "error",
    "hint",
    "note",
    "account",
    "about",
}


def listen(vigie: Command, server: LoopbackServer, *texts: str) -> None:
    url = server.add("/feed", rss((str(n), words) for n, words in enumerate(texts)))
    assert vigie.here("brand", "add", "Café Lumen", "--alias", "CafeLumen").code == 0
    added = vigie.here("source", "add", url)
    assert added.code == 0, added.err


def test_check_tells_mentions_sources_and_a_summary(vigie: Command, server: LoopbackServer) -> None:
    listen(vigie, server, BAD, GOOD)
    checked = vigie.run("check", "--json")
    assert checked.code == 0, checked.err
    mention, source, summary = checked.rows
    assert set(mention) == MENTION | {"new"}
    assert mention["type"] == "mention"
    assert (mention["brand"], mention["flagged"], mention["new"]) == ("Café Lumen", True, True)
    assert mention["tone"] == "negative"
    assert mention["text"] == BAD
    assert set(source) == SOURCE | {"new"}
    assert (source["kind"], source["state"], source["new"]) == ("feed", "listening", 2)
    assert source["error"] is None
    assert summary == {
        "type": "summary",
        "sources": 1,
        "failed": 0,
        "failing": 0,
        "put_off": 0,
        "mentions": 1,
        "flagged": 1,
    }
    again = vigie.here("check", "--json")
    assert [row["type"] for row in again.rows] == ["summary"]
    words = vigie.here("check", "--all")
    assert words.code == 0
    assert "Sources checked: 1" in words.out


def test_a_failing_source_is_exit_code_3(vigie: Command, server: LoopbackServer) -> None:
    listen(vigie, server, BAD)
    server.add("/feed", Reply(status=500))
    checked = vigie.here("check", "--json")
    assert checked.code == 3
    assert checked.rows[0]["state"] == "waiting"
    assert checked.rows[0]["error"]
    assert checked.rows[0]["hint"]
    assert checked.rows[-1]["failed"] == 1


def test_a_source_that_waits_after_a_failure_is_named(
    vigie: Command, server: LoopbackServer
) -> None:
    listen(vigie, server, BAD)
    server.add("/feed", Reply(status=500))
    assert vigie.here("check").code == 3
    again = vigie.here("check", "--json")
    assert again.code == 3
    source, summary = again.rows
    assert (source["state"], source["new"]) == ("waiting", None)
    assert source["next_due"]
    assert (summary["sources"], summary["failed"], summary["failing"]) == (0, 0, 1)
    told = vigie.here("check")
    assert told.code == 3
    name, time, counts, waiting = told.out.splitlines()
    assert "500" in name
    assert "It is tried again at 2" in time
    assert counts.startswith("Sources checked: 0, failed: 0.")
    assert waiting == "Sources that fail and were not tried now: 1."
    assert len(server.asked("/feed")) == 2  # once when it was added


def test_a_source_that_needs_the_person_is_named_at_every_check(
    vigie: Command, server: LoopbackServer
) -> None:
    listen(vigie, server, BAD)
    server.add("/feed", Reply(status=410))
    assert vigie.here("check").code == 3
    assert vigie.here("check", "--json").rows[0]["state"] == "gone"
    assert vigie.here("check").code == 3


def test_a_name_proposes_its_sources_and_adds_nothing(vigie: Command) -> None:
    said = vigie.here("brand", "add", "Café Lumen", "--propose", "--json", language="fr_BE.UTF-8")
    assert said.code == 0
    assert {row["type"] for row in said.rows} == {"proposal"}
    assert "hackernews" in {row["kind"] for row in said.rows}
    assert all(row["address"].startswith("https://") for row in said.rows)
    assert len({row["address"] for row in said.rows}) == len(said.rows)
    ticked = {(row["kind"], row["language"]) for row in said.rows if row["chosen"]}
    assert {language for _, language in ticked} <= {"", "fr", "en"}
    assert {row["country"] for row in said.rows if row["chosen"] and row["language"] == "fr"} <= {
        "BE"
    }
    assert vigie.here("brand", "list", "--json").rows == []
    assert vigie.here("source", "list", "--json").rows == []
    lines = vigie.here("brand", "add", "Café Lumen", "--propose")
    assert "Nothing was added." in lines.err
    assert len(lines.out.splitlines()) >= 1


def test_a_brand_is_added_with_its_sources(vigie: Command) -> None:
    proposed = vigie.here("brand", "add", "Moka", "--propose", "--json").rows
    added = vigie.here("brand", "add", "Moka", "--with-sources", "--json")
    assert added.code == 0
    assert [row["type"] for row in added.rows][:2] == ["brand", "source"]
    listed = {row["address"] for row in vigie.here("source", "list", "--json").rows}
    assert listed == {row["address"] for row in proposed if row["chosen"]}
    again = vigie.here("brand", "add", "Moka", "--propose", "--json").rows
    assert {row["address"] for row in again if row["there"]} == listed
    assert not [row for row in again if row["chosen"]]
    both = vigie.here("brand", "add", "Moka", "--propose", "--with-sources")
    assert both.code == 2


def test_a_brand_is_found_in_what_is_stored(vigie: Command, server: LoopbackServer) -> None:
    assert vigie.here("source", "add", server.add("/feed", rss([("1", BAD)]))).code == 0
    assert vigie.here("check").code == 0
    assert vigie.here("brand", "add", "Café Lumen", "--json").rows[0]["found"] == 1


def test_sources_are_added_listed_and_removed(vigie: Command, server: LoopbackServer) -> None:
    feed = server.add("/feed", rss([("1", GOOD)], title="News"))
    page = server.add("/", f'<link rel="alternate" type="application/rss+xml" href="{feed}">')
    (added,) = vigie.here("source", "add", page, "--json").rows
    assert (added["address"], added["name"], added["kind"]) == (feed, "News", "feed")
    (listed,) = vigie.here("source", "list", "--json").rows
    assert set(listed) == SOURCE
    assert vigie.here("source", "add", page).code == 1
    assert vigie.here("source", "remove", feed).code == 0
    assert vigie.here("source", "list", "--json").rows == []


def test_a_page_without_a_feed_is_an_error_in_words(vigie: Command, server: LoopbackServer) -> None:
    for address in (server.add("/", "<html><p>Hello</p></html>"), "not a url", server.url("/404")):
        failed = vigie.here("source", "add", address)
        assert failed.code == 1
        assert len(failed.err.splitlines()) == 3, failed.err
        assert "Traceback" not in failed.err


def test_search_and_export_give_mentions_with_their_state(
    vigie: Command, server: LoopbackServer
) -> None:
    listen(vigie, server, BAD, "=HYPERLINK(1) says Café Lumen", "-1 for Café Lumen")
    assert vigie.here("check").code == 0
    found = vigie.here("search", "refund", "--json").rows
    assert [row["text"] for row in found] == [BAD]
    assert set(found[0]) == MENTION
    assert found[0]["state"] == "open"
    assert len(vigie.here("search", "lumen", "--json", "--limit", "2").rows) == 2
    exported = vigie.here("export", "--format", "json").rows
    assert len(exported) == 3
    table = list(csv.DictReader(io.StringIO(vigie.here("export", "--format", "csv").out)))
    assert len(table) == 3
    assert set(table[0]) == MENTION - {"type", "reasons"}
    cells = {row["text"] for row in table}
    assert "'=HYPERLINK(1) says Café Lumen" in cells
    assert "'-1 for Café Lumen" in cells


def test_opml_in_and_out(vigie: Command, server: LoopbackServer) -> None:
    assert vigie.here("source", "add", server.add("/feed", rss([("1", GOOD)]))).code == 0
    file = str(vigie.profile / "feeds.opml")
    assert vigie.here("source", "export", file, "--json").rows[0]["sources"] == 1
    imported = vigie.here("source", "import", file, "--json").rows[0]
    assert (imported["added"], imported["known"], imported["unusable"]) == (0, 1, [])
    assert vigie.here("source", "import", "/no/such/file").code == 1


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("brand",), ("export",), ("check", "--nonsense")]
)
def test_wrong_usage_is_exit_code_2(vigie: Command, words: tuple[str, ...]) -> None:
    assert vigie.here(*words).code == 2


def test_french_is_spoken_when_the_system_speaks_it(vigie: Command) -> None:
    assert "Il n’y a pas" in vigie.run("brand", "remove", "x", language="fr_FR.UTF-8").err
    assert "Il n’y a pas" in vigie.here("--language", "fr", "brand", "remove", "x").err
    assert "There is no" in vigie.here("brand", "remove", "x", "--language", "en").err


def test_a_damaged_database_is_told_and_nothing_is_lost(vigie: Command) -> None:
    vigie.profile.mkdir()
    database = vigie.profile / "vigie.sqlite3"
    database.write_bytes(b"this is no database" * 1000)
    failed = vigie.run("check")
    assert failed.code == 1
    assert "Traceback" not in failed.err
    assert len(failed.err.splitlines()) >= 3
    kept = [path for path in vigie.profile.rglob("*") if path.is_file()]
    assert any(path.read_bytes().startswith(b"this is no database") for path in kept)


def test_a_newer_database_is_refused(vigie: Command) -> None:
    assert vigie.here("brand", "list").code == 0
    with closing(sqlite3.connect(vigie.profile / "vigie.sqlite3")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    failed = vigie.here("brand", "list")
    assert failed.code == 1
    assert "newer" in failed.err.lower()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_a_check_cleanly(vigie: Command, server: LoopbackServer) -> None:
    listen(vigie, server, BAD)
    arrived = threading.Event()

    def route(_request: object) -> Reply:
        arrived.set()
        return hang()

    server.add("/feed", route)
    with closing(sqlite3.connect(vigie.profile / "vigie.sqlite3")) as database:
        before = database.execute("SELECT cursor FROM sources").fetchall()
    process = vigie.start("check")
    assert arrived.wait(WAIT)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=WAIT)
    assert process.returncode == 130
    assert b"Traceback" not in err
    with closing(sqlite3.connect(vigie.profile / "vigie.sqlite3")) as database:
        assert database.execute("SELECT cursor FROM sources").fetchall() == before
        assert database.execute("SELECT lease_owner FROM sources").fetchall() == [(None,)]


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX pipe")
def test_a_reader_that_has_enough_is_no_error(vigie: Command, server: LoopbackServer) -> None:
    listen(vigie, server, *(f"{BAD} {n} {'long ' * 1000}" for n in range(60)))
    assert vigie.here("check").code == 0
    process = vigie.start("export", "--format", "json")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(WAIT) == 0


def test_no_window_library_is_loaded(vigie: Command) -> None:
    code = (
        "import sys; from monitor.cli import main; main(['brand', 'list']);"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=vigie.environment("C"),
        cwd=ROOT,
        timeout=WAIT,
        check=True,
    )
    assert done.stdout.decode().strip() == "[]"


def test_a_planted_secret_is_nowhere_in_profile_output_or_export(
    vigie: Command, server: LoopbackServer
) -> None:
    """A password typed in a source's address is in the keyring, sent to its site, and nowhere else."""
    secret = "hunter2-planted-secret"
    entry = "<item><title>Café Lumen is a scam</title><link>/post</link></item>"
    url = server.add("/feed", f"<rss><channel>{entry}</channel></rss>")
    address = url.replace("http://", f"http://user:{secret}@")
    opml = vigie.profile.parent / "in.opml"
    opml.write_text(
        f'<opml version="2.0"><body><outline type="rss" xmlUrl="{address}"/></body></opml>'
    )
    assert vigie.here("brand", "add", "Café Lumen").code == 0
    with one_secret(vigie.profile.parent / "keyring"):
        assert vigie.here("source", "import", str(opml)).code == 0
        said = [vigie.here("check", "--json"), vigie.here("source", "list", "--json")]
        assert vigie.here("source", "remove", "1").code == 0
    assert not (vigie.profile.parent / "keyring").exists()
    assert base64.b64decode(server.asked("/feed")[0].headers["authorization"].split()[1]) == (
        f"user:{secret}".encode()
    )
    assert vigie.here("source", "export", str(vigie.profile / "out.opml")).code == 0
    said.append(vigie.here("export", "--format", "json"))
    assert f'"{url.removesuffix("/feed")}/post"' in said[-1].out
    assert not [one for one in said if secret in one.out + one.err]
    kept = [file for file in vigie.profile.rglob("*") if file.is_file()]
    assert not [file for file in kept if secret.encode() in file.read_bytes()]
    assert "vigie.sqlite3" in {file.name for file in kept}


def test_without_a_keyring_a_password_is_kept_nowhere(
    vigie: Command, server: LoopbackServer
) -> None:
    url = server.add("/feed", "<rss><channel><item><title>x</title></item></channel></rss>")
    with one_secret(vigie.profile.parent / "keyring", refuses=True):
        refused = vigie.here("source", "add", url.replace("http://", "http://user:pw@"))
    assert refused.code == 1
    assert "keyring" in refused.err
    assert vigie.here("source", "list").out == ""
