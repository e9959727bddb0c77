"""Polarity lists that teach: one number is learnt per list and side, then goes into the words' weights.

Nothing of the lists themselves is shipped. TextBlob's lists are in the public domain (pattern's, BSD);
vaderSentiment, vaderSentiment-fr and textblob-fr are under the MIT licence; the others are our own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.analysis import lexicon
from monitor.analysis.learned.features import ROLES, in_role
from monitor.analysis.learned.hashing import Hashes
from monitor.analysis.learned.words import known

LISTS = Path(__file__).resolve().parent / "lists"
_LEAST = 0.05
_PATTERN_ROW = re.compile(r'<word form="([^"]+)".*?polarity="([-\d.]+)"')
Scored = tuple[str, float]


class Column(NamedTuple):
    """One learnt number: a list's words of one side, in one role, sorted by their hash there."""

    list: int  # its place among what `sides` gives
    role: int
    hashes: Hashes
    scores: NDArray[np.float64]


class Side(NamedTuple):
    """The single words of one list that blame, or that praise."""

    hashes: Hashes
    scores: NDArray[np.float64]


def sides(language: str) -> list[Side]:
    found = []
    for scored in _lists(language):
        cut = known([word for word, _ in scored], language)
        for sign in (1, -1):
            table = {
                int(hashes[0]): score
                for hashes, (_, score) in zip(cut, scored, strict=True)
                if len(hashes) == 1 and score * sign > 0
            }
            if table:
                keys = sorted(table)
                scores = np.array([table[key] for key in keys])
                found.append(Side(np.array(keys, np.uint64), scores))
    return found


def columns(of: list[Side]) -> list[Column]:
    made = []
    for number, side in enumerate(of):
        for role, (_, salt) in enumerate(ROLES):
            salted = in_role(side.hashes, salt)
            order = np.argsort(salted)
            made.append(Column(number, role, salted[order], side.scores[order]))
    return made


def weights(of: list[Side], learnt: NDArray[np.float64]) -> tuple[Hashes, NDArray[np.float64]]:
    """All words, and what each adds: (labels, ROLES, words), from one number per column."""
    words = np.unique(np.concatenate([side.hashes for side in of]))
    added = np.zeros((len(learnt), len(ROLES), len(words)))
    for place, column in enumerate(columns(of)):
        side = of[column.list]
        at = np.searchsorted(words, side.hashes)
        added[:, column.role, at] += np.outer(learnt[:, place], side.scores)
    return words, added


def _lists(language: str) -> Iterator[list[Scored]]:
    yield [(w, entry.weight / 2) for w, entry in lexicon.words(language).items()]
    if (more := LISTS / f"{language}.tsv").exists():
        yield _own(more)
    yield [(sign, entry.weight / 2) for sign, entry in lexicon.emoji().items()]
    if language == "en":
        yield _vader(_folder("vaderSentiment") / "vader_lexicon.txt", "\t")
        yield _pattern(_folder("textblob") / "en" / "en-sentiment.xml")
    if language == "fr":
        yield _vader(_folder("vaderSentiment_fr") / "fr_lexicon.txt", "->")
        yield _pattern(_folder("textblob_fr") / "fr-sentiment.xml")


def _own(path: Path) -> list[Scored]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(row[0], float(row[1]) / 2) for row in rows if len(row) == 2]


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, f"{package} is not installed: run make model"
    assert spec.origin is not None
    return Path(spec.origin).parent


def _vader(path: Path, between: str) -> list[Scored]:
    """-4..4 made -2..2."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(between)
        try:
            found.append((word.strip(), float(rest.split("\t")[0]) / 2))
        except ValueError:  # a remark
            continue
    return found


def _pattern(path: Path) -> list[Scored]:
    """-1..1, by sense, made one mean of -2..2."""
    senses: dict[str, list[float]] = defaultdict(list)
    for form, polarity in _PATTERN_ROW.findall(path.read_text(encoding="utf-8")):
        senses[form.replace("_", " ")].append(float(polarity))
    means = {form: 2 * sum(values) / len(values) for form, values in senses.items()}
    return [(form, mean) for form, mean in means.items() if abs(mean) >= 2 * _LEAST]
