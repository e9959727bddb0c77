"""Full-text search: what is typed is never syntax, and finds what a person expects."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql

from monitor.model.mention import MentionFilter, MentionKey
from monitor.model.post import Author
from monitor.store.read_keys import keys_statement
from monitor.store.search import MAX_WORDS, wanted_words
from tests.store.conftest import Store
from tests.store.samples import NOW, analysed, found, outcome, post

TEXT = "L’Oréal & C&A : « Décu » du cafe\u0301 à 3,50 €, 東京タワー हिन्दी 😡"


def search(store: Store, typed: str) -> int:
    return len(store.reader.keys(MentionFilter(text=typed), None, 10))


@pytest.fixture
def filled(store: Store) -> Store:
    written = post(title="Un titre", text=TEXT, author=Author("Zoé Müller", "zoe_m"))
    store.writer.apply(outcome(store.source_id, analysed(written, found(store.brand_id))))
    return store


@pytest.mark.parametrize(
    "typed",
    [
        "l'oréal",
        "OREAL",
        "oréal déçu",
        "café",
        "cafe\u0301",
        "C&A",
        "3,50",
        "titre",
        "zoe",
        "muller",
        "zoe_m",
        "हिन्दी",
        "東京",
        "déç",
        "ca",
        "c",
        "  cafe  ",
        '"oreal"',
        "oreal*",
        "😡 cafe",
    ],
)
def test_finds(filled: Store, typed: str) -> None:
    assert search(filled, typed) == 1


@pytest.mark.parametrize("typed", ["thé", "cafe thé", "afe", "😡", "*", '"', "A&C", "-", "()"])
def test_finds_nothing(filled: Store, typed: str) -> None:
    assert search(filled, typed) == 0


@pytest.mark.parametrize(
    "typed",
    [
        '" OR 1',
        "NEAR(a b, 3)",
        "body: x",
        "^a",
        "a AND",
        "NOT",
        "a\x00b",
        "'; DROP TABLE posts",
        "-cafe",
        "(",
        '"""',
        "{a b}: c",
        "a + b",
        "\ud800",
        "*" * 5000,
        "a " * 5000,
        "x" * 100_000,
        "\\",
        "%",
    ],
)
def test_hostile_queries_never_raise(filled: Store, typed: str) -> None:
    assert search(filled, typed) in (0, 1)


def test_nothing_typed_raises(filled: Store) -> None:
    @settings(max_examples=300, deadline=None)
    @given(typed=st.text(max_size=30))
    def check(typed: str) -> None:
        assert search(filled, typed) in (0, 1)

    check()


def test_posts_that_name_no_brand_are_not_indexed(store: Store) -> None:
    store.writer.apply(outcome(store.source_id, analysed(post(1))))
    count = store.reader._connection.exec_driver_sql("SELECT count(*) FROM mention_words")
    assert count.scalar_one() == 0


def test_a_search_pages_newest_first_however_the_posts_came(store: Store) -> None:
    for number in (5, 1, 9, 3, 7):
        store.writer.apply(outcome(store.source_id, analysed(post(number), found(store.brand_id))))
    after: MentionKey | None = None
    seen: list[str] = []
    while page := store.reader.keys(MentionFilter(text="panne"), after, 2):
        after = page[-1]
        seen += [m.post.native_id for m in store.reader.mentions([key.id for key in page])]
    assert seen == ["post-1", "post-3", "post-5", "post-7", "post-9"]
    recent = MentionFilter(text="panne", since=NOW - timedelta(minutes=5))
    assert len(store.reader.keys(recent, None, 9)) == 3


def test_a_removed_brand_leaves_no_words(filled: Store) -> None:
    filled.writer.remove_brand(filled.brand_id)
    count = filled.reader._connection.exec_driver_sql(
        "SELECT count(*) FROM mention_words WHERE mention_words MATCH 'cafe'"
    )
    assert count.scalar_one() == 0


def test_only_so_many_words_count() -> None:
    assert len(wanted_words("mot " * 100)) == MAX_WORDS


def test_postgresql_gets_its_own_words() -> None:
    statement = keys_statement(MentionFilter(text="café pan", brand_id=1), None, 10, "postgresql")
    assert statement is not None
    sql = str(statement.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]  # SQLAlchemy's
    assert "to_tsvector" in sql
    assert "mention_words" not in sql
