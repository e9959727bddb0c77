"""Reads the word tables of resources/lexicons, once each. No I/O but these packaged files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from monitor.analysis.fold import fold
from monitor.analysis.inflect import forms
from monitor.analysis.phrases import PhraseIndex
from monitor.analysis.tokens import cut_repeats


@dataclass(frozen=True, slots=True)
class Entry:
    """A word's weight, and the one it takes when negated (None: made from `weight` by rule)."""

    weight: float
    negated: float | None = None


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The tab-separated rows of one table, without comments and empty lines."""
    table = (files("resources") / "lexicons" / name).read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


@cache
def words(language: str) -> Mapping[str, Entry]:
    """Folded word form -> its entry. A form written out in the table wins over one made by rule."""
    written: dict[str, Entry] = {}
    made: dict[str, Entry] = {}
    for row in rows(f"words_{language}.tsv"):
        word, _, mark = row[0].partition("/")
        entry = Entry(float(row[1]), float(row[2]) if len(row) > 2 else None)
        written[key_of(word)] = entry
        for form in forms(word, mark, language):
            made.setdefault(key_of(form), entry)
    return {**made, **written}


def expressions(language: str) -> Iterator[tuple[str, float]]:
    """Fixed expressions as written, with their weight."""
    for row in rows(f"phrases_{language}.tsv"):
        yield row[0], float(row[1])


@cache
def phrases(language: str) -> PhraseIndex[float]:
    """Fixed expressions with their weight."""
    return PhraseIndex(expressions(language))


@cache
def emoji() -> Mapping[str, Entry]:
    return {row[0].replace("\ufe0f", ""): Entry(float(row[1])) for row in rows("emoji.tsv")}


@cache
def cues(language: str) -> Mapping[str, Mapping[str, float]]:
    """Section name -> word -> number, from cues_<language>.tsv (rows: section, word, number)."""
    sections: dict[str, dict[str, float]] = defaultdict(dict)
    for section, word, number in rows(f"cues_{language}.tsv"):
        sections[section][key_of(word)] = float(number)
    return dict(sections)


def key_of(word: str) -> str:
    return cut_repeats(fold(word))
