"""A process that applies polls is killed again and again: nothing is lost, nothing is doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.model.brand import Brand
from monitor.store.connection import open_reader, open_writer
from monitor.store.prepare import prepare
from monitor.store.reader import Reader
from monitor.store.writer import Writer
from tests.store.samples import analysed, feed, found, outcome, post

HERE = Path(__file__).parents[2]
KILLS = 12
POSTS_A_POLL = 20
FROM_ONE_TO_THE_NEXT = 15
"""Each answer of the feed still holds five posts of the one before, as real feeds do."""


def poll_for_ever(path: Path) -> None:
    """Read the cursor, apply the next window of an endless feed, say so; until killed."""
    writer, reader = Writer(open_writer(path)), Reader(open_reader(path))
    while True:
        state = reader.polling_state(1)
        assert state is not None
        first = int(state.cursor or 0)
        window = range(first, first + POSTS_A_POLL)
        known = reader.known_hashes(1, [f"post-{number}" for number in window])
        posts = [
            analysed(post(number), *([found(1)] if number % 5 == 0 else []))
            for number in window
            if f"post-{number}" not in known
        ]
        writer.apply(outcome(1, *posts, next_cursor=str(first + FROM_ONE_TO_THE_NEXT)))
        print(first, flush=True)


@pytest.mark.skipif(sys.platform == "win32", reason="killing is POSIX")
def test_killed_at_any_moment_cursor_and_posts_agree(database: Path) -> None:
    writer = Writer(open_writer(database))
    writer.save_brand(Brand(0, "Café Lumen"))
    writer.add_source(feed())
    writer.close()
    chance = random.Random(8)
    said: list[int] = []
    for _ in range(KILLS):
        said += killed_after(database, chance.randrange(1, 20), chance.randrange(200_000))
        assert_whole(database, said)
    assert len(said) >= KILLS


def killed_after(database: Path, polls: int, moment: int) -> list[int]:
    """Let it apply so many polls, kill it somewhere in the next; what it said it had applied.

    `moment` is counted, not slept: up to some milliseconds, as long as a poll takes.
    """
    arguments = [sys.executable, "-m", "tests.store.test_kill", str(database)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=HERE) as process:
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(polls)]
        for _ in range(moment):
            pass
        process.send_signal(signal.SIGKILL)
        return said + [int(line) for line in process.stdout if line.endswith("\n")]


def assert_whole(database: Path, said: list[int]) -> None:
    prepare(database, database.parent / "backups")
    with open_reader(database) as connection:
        (cursor,) = connection.exec_driver_sql("SELECT cursor FROM sources").one()
        stored = connection.exec_driver_sql("SELECT native_id FROM posts").scalars().all()
        named = connection.exec_driver_sql(
            "SELECT native_id FROM mentions JOIN posts ON posts.id = post_id"
        )
        words = connection.exec_driver_sql(
            "SELECT count(*) FROM mention_words WHERE mention_words MATCH 'panne'"
        ).scalar_one()
        alerts = connection.exec_driver_sql("SELECT count(*) FROM alerts").scalar_one()
        (items,) = connection.exec_driver_sql("SELECT items FROM sources").one()
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        mentioned = set(named.scalars())
    # What was said to be applied is there; of the poll in the middle, all or nothing.
    assert int(cursor) >= said[-1] + FROM_ONE_TO_THE_NEXT
    reached = int(cursor) - FROM_ONE_TO_THE_NEXT + POSTS_A_POLL
    assert sorted(stored) == sorted(f"post-{number}" for number in range(reached))
    assert mentioned == {f"post-{number}" for number in range(0, reached, 5)}
    assert words == alerts == len(mentioned)
    assert items == reached


if __name__ == "__main__":
    poll_for_ever(Path(sys.argv[1]))
