"""Writing polls, and reading pages of 100,000 stored mentions, through the store's own door.

The floor of writing is the driver alone with one table and one full-text index, a transaction a poll.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from monitor.infra.paths import Profile
from monitor.model.brand import Brand
from monitor.model.mention import MentionFilter, View
from monitor.model.verdict import Tone
from monitor.store.connection import open_reader
from monitor.store.reader import Reader
from tests.bench.figure import Beside, Figure, Target
from tests.bench.full_profile import POSTS_A_POLL, fill, polls, source

WRITTEN, STORED, PAGE, RUNS = 10_000, 100_000, 100, 20
A_FRAME = Target("value", "at most", 16)
A_BLINK = Target("value", "at most", 100)


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield writing(Path(folder))
        full = Profile(Path(folder, "full"))
        fill(full.root, STORED)
        reader = Reader(open_reader(full.database))
        yield from reading(reader)
        reader.close()


def writing(folder: Path) -> Figure:
    began = time.perf_counter()
    fill(folder / "written", WRITTEN)
    ours = WRITTEN / (time.perf_counter() - began)
    floor = Beside("sqlite3, one table and its full-text index", plain_writing(folder / "plain"))
    how = f"{WRITTEN} posts with a mention each, {POSTS_A_POLL} a poll, posts made on the way"
    return Figure("store: write polls", ours, "posts/s", floor, None, how)


def plain_writing(path: Path) -> float:
    """Posts a second of the driver alone; the posts are made on the way here too."""
    sources = [source(number) for number in range(40)]
    began = time.perf_counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, url, title, body)")
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, body)")
        for outcome in polls(Brand(1, "Café Lumen"), sources, WRITTEN):
            rows = [(p.post.url, p.post.title, p.post.text) for p in outcome.posts]
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO posts (url, title, body) VALUES (?, ?, ?)", rows)
            connection.executemany(
                "INSERT INTO words (title, body) VALUES (?, ?)", [r[1:] for r in rows]
            )
            connection.execute("COMMIT")
    return WRITTEN / (time.perf_counter() - began)


def reading(reader: Reader) -> Iterator[Figure]:
    """The reads behind the list, its navigation and its search; median of twenty, warm."""
    everything = reader.keys(MentionFilter(), None, STORED)
    middle = everything[len(everything) // 2]
    filters = {
        "the newest page": MentionFilter(),
        "the newest page of negative ones": MentionFilter(tone=Tone.NEGATIVE),
        "the newest page to answer": MentionFilter(view=View.TO_ANSWER),
        "a search for one frequent word": MentionFilter(text="refund"),
        "a search for two words": MentionFilter(text="refund équipe"),
    }
    for name, wanted in filters.items():
        target = A_BLINK if wanted.text else A_FRAME
        yield timed(name, partial(reader.keys, wanted, None, PAGE), target)
    yield timed(
        "a page in the middle", partial(reader.keys, MentionFilter(), middle, PAGE), A_FRAME
    )
    rows = [key.id for key in everything[:PAGE]]
    yield timed("100 rows", partial(reader.mentions, rows), A_FRAME)
    yield timed("the counts", reader.counts, A_BLINK)


def timed(name: str, read: Callable[[], object], target: Target) -> Figure:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        read()
        times.append((time.perf_counter() - began) * 1000)
    how = f"{STORED} mentions, pages of {PAGE}, median of {RUNS}, warm; in the reader thread"
    return Figure(f"store: {name}", statistics.median(times), "ms", None, target, how)
