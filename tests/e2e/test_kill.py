"""The real process is killed again and again during a real poll: nothing is lost, nothing doubled."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from tests.e2e.command import WAIT, Command
from tests.support.feed_text import BAD, GOOD, rss
from tests.support.loopback import LoopbackServer, Reply, Request

FEEDS = 24
POSTS = 30
EVERY = 3
"""One post in so many names the brand."""

KILLS = (1, 2, 5, 9, 14, 20, 23, 3)
"""After how many answers of the server the process is killed, in each round."""


def feed(number: int) -> bytes:
    return rss(
        (f"{number}-{post}", f"{BAD if post % EVERY == 0 else GOOD} Number {number}, {post}.")
        for post in range(POSTS)
    )


def test_a_killed_poll_loses_nothing_and_doubles_nothing(
    vigie: Command, server: LoopbackServer
) -> None:
    answered = threading.Semaphore(0)

    def route(request: Request) -> Reply:
        answered.release()
        return Reply(body=feed(int(request.path[1:])))

    assert vigie.here("brand", "add", "Café Lumen").code == 0
    opml = vigie.profile / "feeds.opml"
    lines = "".join(
        f'<outline type="rss" text="{n}" xmlUrl="{server.add(f"/{n}", route)}"/>'
        for n in range(FEEDS)
    )
    opml.write_text(f'<opml version="2.0"><head/><body>{lines}</body></opml>', "utf-8")
    assert vigie.here("source", "import", str(opml)).code == 0

    for kills_after in KILLS:
        process = vigie.start("check", "--all")
        for _ in range(kills_after):
            assert answered.acquire(timeout=WAIT)
        process.kill()
        process.communicate(timeout=WAIT)
        let_leases_run_out(vigie.profile)
        while answered.acquire(blocking=False):
            pass

    ended = vigie.run("check", "--all", "--json")
    assert ended.code == 0, ended.err
    assert ended.rows[-1]["sources"] == FEEDS
    assert counted(vigie.profile, "posts", "source_id || ' ' || native_id") == [FEEDS * POSTS] * 2
    wanted = FEEDS * POSTS // EVERY
    assert counted(vigie.profile, "mentions", "post_id || ' ' || brand_id") == [wanted] * 2
    exported = vigie.here("export", "--format", "json").rows
    assert len({row["id"] for row in exported}) == len(exported) == wanted


def let_leases_run_out(profile: Path) -> None:
    """A killed process keeps its sources for 90 seconds; a test does not wait for that."""
    with closing(sqlite3.connect(profile / "vigie.sqlite3")) as database, database:
        database.execute("UPDATE sources SET lease_until = 0 WHERE lease_owner IS NOT NULL")


def counted(profile: Path, table: str, identity: str) -> list[int]:
    with closing(sqlite3.connect(profile / "vigie.sqlite3")) as database:
        statement = f"SELECT count(*), count(DISTINCT {identity}) FROM {table}"  # noqa: S608
        return list(database.execute(statement).fetchone())
