"""The tables are well-formed, and the forms made by rule are those people write."""

from __future__ import annotations

import pytest

from monitor.analysis import lexicon
from monitor.analysis.inflect import forms


@pytest.mark.parametrize("language", ["en", "fr"])
def test_tables_are_readable_and_large_enough(language: str) -> None:
    own = list(lexicon.rows(f"words_{language}.tsv"))
    assert len(own) + len(list(lexicon.rows(f"phrases_{language}.tsv"))) >= 900
    assert all(-4 <= float(row[1]) <= 4 for row in own)
    names = [row[0].partition("/")[0] for row in own]
    assert sorted({n for n in names if names.count(n) > 1}) == []


@pytest.mark.parametrize(
    ("word", "mark", "language", "form"),
    [
        ("nul", "a", "fr", "nulle"),
        ("honteux", "a", "fr", "honteuses"),
        ("décevant", "a", "fr", "décevantes"),
        ("agressif", "a", "fr", "agressive"),
        ("cher", "a", "fr", "chère"),
        ("arnaquer", "v", "fr", "arnaqués"),
        ("rappeler", "v", "fr", "rappelle"),
        ("réussir", "v", "fr", "réussissent"),
        ("panne", "n", "fr", "pannes"),
        ("dirty", "a", "en", "dirtier"),
        ("lie", "v", "en", "lies"),
        ("crash", "v", "en", "crashes"),
        ("annoy", "v", "en", "annoyed"),
        ("refuse", "v", "en", "refusing"),
    ],
)
def test_forms(word: str, mark: str, language: str, form: str) -> None:
    assert form in forms(word, mark, language)


def test_a_word_without_mark_has_one_form() -> None:
    assert forms("bof", "", "fr") == {"bof"}
