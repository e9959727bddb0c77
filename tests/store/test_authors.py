"""What the store knows of the people who write."""

from __future__ import annotations

from dataclasses import replace

from monitor.model.post import Author
from tests.store.conftest import Store
from tests.store.samples import NEUTRAL, analysed, found, outcome, post

LEA = Author("Léa", "lea", "https://p.example/lea")
SAM = Author("Sam")


def test_the_language_an_author_mostly_writes_in(store: Store) -> None:
    for number, language in enumerate(("en", "fr", "fr", "")):
        mention = replace(found(store.brand_id), verdict=replace(NEUTRAL, language=language))
        store.writer.apply(outcome(store.source_id, analysed(post(number, author=LEA), mention)))
    usual = store.reader.usual_languages(store.source_id, [LEA, SAM, Author()])
    assert usual == {LEA: "fr"}
    assert store.reader.usual_languages(store.source_id, []) == {}


def test_a_bare_name_is_somebody_only_within_its_source(store: Store) -> None:
    mention = replace(found(store.brand_id), verdict=replace(NEUTRAL, language="it"))
    store.writer.apply(outcome(store.source_id, analysed(post(author=SAM), mention)))
    assert store.reader.usual_languages(store.source_id, [SAM]) == {SAM: "it"}
    assert store.reader.usual_languages(store.source_id + 1, [SAM]) == {}
