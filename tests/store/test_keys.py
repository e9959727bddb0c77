"""The list: every filter shows what it should, page after page, from one index and without sorting."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.mention import Correction, Mention, MentionFilter, MentionKey, TriageState, View
from monitor.model.verdict import Intent, Tone
from monitor.store.connection import open_reader
from monitor.store.mention_rows import STORY
from monitor.store.read_keys import keys_statement
from monitor.store.read_mentions import BY_AUTHOR
from monitor.store.reader import Reader
from tests.support.many import NOW, RARE_WORD, SOURCES, fill

STORED = 3_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "vigie.sqlite3"
    fill(path, STORED)
    return path


@dataclass(frozen=True, repr=False)
class Many:
    """What is stored, and a reader of it."""

    reader: Reader
    everything: tuple[Mention, ...]
    copies: set[int]

    def wanted(self, wanted: MentionFilter) -> list[MentionKey]:
        """What the list should show, found the slow way."""
        found = [MentionKey(m.at, m.id) for m in self.everything if belongs(m, wanted, self.copies)]
        return sorted(found, key=lambda key: (key.at, key.id), reverse=True)


@pytest.fixture(scope="module")
def many(path: Path) -> Iterator[Many]:
    with open_reader(path) as connection:
        rows = connection.exec_driver_sql("SELECT id FROM mentions WHERE story_of IS NOT NULL")
        copies = set(rows.scalars())
    reader = Reader(open_reader(path))
    yield Many(reader, reader.mentions(range(1, STORED + 1)), copies)
    reader.close()


def belongs(mention: Mention, wanted: MentionFilter, copies: set[int]) -> bool:
    """The contract of MentionFilter, said plainly."""
    not_us = mention.correction is Correction.NOT_US
    views = {
        View.TO_ANSWER: mention.needs_answer and mention.state is TriageState.OPEN,
        View.ALL: True,
        View.WAITING: mention.state is TriageState.WAITING,
        View.ALERTS: mention.has_alert,
        View.DRAFTS: mention.has_draft,
        View.DONE: mention.state in (TriageState.ANSWERED, TriageState.DONE),
    }
    folded = mention.id in copies and wanted.source_id is None and not wanted.not_us
    words = wanted.text.lower().split()
    text = f"{mention.post.full_text} {mention.post.author.handle}".lower()
    return (
        not_us == wanted.not_us
        and views[wanted.view]
        and not folded
        and wanted.brand_id in (None, mention.brand_id)
        and wanted.source_id in (None, mention.source_id)
        and wanted.tone in (None, mention.tone)
        and wanted.intent in (None, mention.verdict.intent)
        and wanted.language in ("", mention.verdict.language)
        and (wanted.since is None or mention.at >= wanted.since)
        and all(word in text for word in words)
    )


def pages(reader: Reader, wanted: MentionFilter, limit: int) -> Iterator[MentionKey]:
    after: MentionKey | None = None
    while page := reader.keys(wanted, after, limit):
        assert len(page) <= limit
        yield from page
        after = page[-1]


filters = st.builds(
    MentionFilter,
    view=st.sampled_from(View),
    brand_id=st.none() | st.integers(1, 4),
    source_id=st.none() | st.integers(1, SOURCES),
    tone=st.none() | st.sampled_from(Tone),
    intent=st.none() | st.sampled_from(Intent),
    language=st.sampled_from(["", "fr", "en", "de", "xx"]),
    since=st.none() | st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
    text=st.sampled_from(["", "", "café", "refund", RARE_WORD, "panne retard", "author1"]),
).map(lambda wanted: wanted if wanted.view is not View.ALL else replace(wanted, not_us=False))


@settings(max_examples=100, deadline=None)
@given(wanted=filters, limit=st.integers(1, 700))
def test_the_pages_together_are_all_once_and_in_order(
    many: Many, wanted: MentionFilter, limit: int
) -> None:
    expected = many.wanted(wanted)
    # Small pages of a long list only take long.
    limit = max(limit, len(expected) // 20)
    assert list(pages(many.reader, wanted, limit)) == expected


def test_not_about_us_is_listed_apart(many: Many) -> None:
    wanted = MentionFilter(not_us=True)
    assert list(pages(many.reader, wanted, 7)) == many.wanted(wanted) != []


def shapes() -> list[MentionFilter]:
    """Each view with none, one and two filters, from the start and since a day."""
    one = {
        "brand_id": 1,
        "source_id": 1,
        "tone": Tone.NEGATIVE,
        "intent": Intent.COMPLAINT,
        "language": "fr",
        "since": NOW,
    }
    chosen = [dict(pair) for n in range(3) for pair in itertools.combinations(one.items(), n)]
    views = [MentionFilter(view=view, not_us=False) for view in View]
    return [
        replace(base, **values)  # type: ignore[arg-type]  # names and types are those above
        for base in (*views, MentionFilter(not_us=True))
        for values in chosen
    ]


@pytest.mark.parametrize("after", [None, MentionKey(NOW, 5)])
def test_no_shape_of_filter_sorts_or_reads_the_whole_table(
    path: Path, after: MentionKey | None
) -> None:
    with open_reader(path) as connection:
        for wanted in (*shapes(), MentionFilter(text="panne"), MentionFilter(text="a", brand_id=1)):
            statement = keys_statement(wanted, after, 200, "sqlite")
            assert statement is not None
            sql = statement.compile(connection, compile_kwargs={"literal_binds": True})
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
            steps = " / ".join(str(step.detail) for step in plan)
            assert "TEMP B-TREE" not in steps, (wanted, steps)
            assert "INDEX" in steps, (wanted, steps)


def test_stories_and_authors_are_found_through_their_indexes(path: Path) -> None:
    with open_reader(path) as connection:
        for statement, index in ((STORY, "ix_mentions_story"), (BY_AUTHOR, "ix_mentions_author")):
            compiled = statement.compile(connection)
            sql = f"EXPLAIN QUERY PLAN {compiled}"
            plan = connection.exec_driver_sql(sql, (1,) * len(compiled.params)).all()
            assert [str(step.detail).split(" (")[0] for step in plan] == [
                f"SEARCH mentions USING INDEX {index}"
            ]


def test_the_counts_are_those_of_the_lists(many: Many) -> None:
    reader = many.reader
    counts = reader.counts()

    def listed(view: View, brand_id: int | None = None) -> int:
        return len(reader.keys(MentionFilter(view=view, brand_id=brand_id), None, STORED))

    assert counts.to_answer == listed(View.TO_ANSWER) > 0
    assert counts.all == listed(View.ALL)
    assert counts.waiting == listed(View.WAITING) > 0
    assert counts.drafts == listed(View.DRAFTS) > 0
    assert counts.done == listed(View.DONE) > 0
    assert dict(counts.by_brand) == {n: listed(View.TO_ANSWER, n) for n in (1, 2, 3)}
    assert counts.sources == SOURCES


def test_an_export_holds_the_whole_list(many: Many) -> None:
    wanted = MentionFilter(tone=Tone.NEGATIVE)
    exported = [mention.id for mention in many.reader.export(wanted)]
    assert exported == [key.id for key in many.wanted(wanted)]


def test_rows_come_in_the_order_asked_for(many: Many) -> None:
    assert [m.id for m in many.reader.mentions([30, 10, 99_999, 20])] == [30, 10, 20]
    assert many.reader.mentions([]) == ()
