"""Learns the tone of one language: examples, weights, calibration, thresholds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.fit import Example, calibrate, fit, probabilities
from model.lexica import sides
from model.mixed import mixed
from model.pack import pack, scores, warmed
from model.sets import SETS, TONES, Spans, places, posts, read
from model.split import DEV, TRAIN
from monitor.analysis.learned.head import Shipped

NEGATIVE, NEUTRAL, POSITIVE = range(3)  # as in TONES
_MIXED_SET, _OWN_SET = 8, 9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """Chosen on dev texts. `own` is the weight of one of the project's own posts; the same post without
    its target counts `bare` of that."""

    bits: int = 18
    freedom: float = 0.7
    own: float = 1.0
    bare: float = 0.15
    mixed: int = 0
    mixed_weight: float = 0.5


SETTINGS = {
    "en": Settings(bits=19, freedom=0.6, own=3.0, mixed=12_000),
    "fr": Settings(bits=19, freedom=3.0),
}


@dataclass(frozen=True, slots=True)
class Tuned:
    """Dev texts with their places and labels; `group` keeps sources apart."""

    texts: list[str]
    focus: list[Spans]
    labels: NDArray[np.int64]
    group: NDArray[np.int64]


def examples(
    folder: Path, language: str, settings: Settings, without: frozenset[str] = frozenset()
) -> list[Example]:
    """What teaches; `without` names trades whose own posts are left out."""
    made: list[Example] = []
    to_mix = []
    for group, (name, weight) in enumerate(SETS[language]):
        rows = read(folder / "train" / f"{name}.tsv")
        if name.startswith(("mabsa", "kaggle", "umsab")):
            to_mix += rows
        for row in rows:
            focus = places(row.text, row.target) if name.startswith("topic") else ()
            label = TONES.index(row.tone)
            if focus:
                made.append(Example(row.text, label, weight, group, focus))
            made.append(Example(row.text, label, weight / 2 if focus else weight, group))
    for text, tone, focus in mixed(to_mix, language, settings.mixed):
        made.append(Example(text, TONES.index(tone), settings.mixed_weight, _MIXED_SET, focus))
    for post in posts(language, TRAIN):
        if post.trade in without:
            continue
        focus = places(post.text, post.target)
        label = TONES.index(post.tone)
        made.append(Example(post.text, label, settings.own, _OWN_SET, focus))
        if focus and "comparison" not in post.flags:
            made.append(Example(post.text, label, settings.own * settings.bare, _OWN_SET))
    return made


def tuning(folder: Path, language: str) -> Tuned:
    """The dev tweets, and the dev part of our own posts, with and without their target."""
    texts: list[str] = []
    focus: list[Spans] = []
    labels: list[int] = []
    group: list[int] = []
    for row in read(folder / "dev" / f"umsab_{language}.tsv"):
        texts.append(row.text)
        focus.append(())
        labels.append(TONES.index(row.tone))
        group.append(0)
    for post in posts(language, DEV):
        texts.append(post.text)
        focus.append(places(post.text, post.target))
        labels.append(TONES.index(post.tone))
        group.append(1)
    return Tuned(texts, focus, np.array(labels), np.array(group))


def train(folder: Path, language: str, without: frozenset[str] = frozenset()) -> Shipped:
    """The table that is shipped, calibrated, with the thresholds in `about`."""
    settings = SETTINGS.get(language, Settings())
    learnt = fit(
        examples(folder, language, settings, without),
        language,
        bits=settings.bits,
        freedom=settings.freedom,
        lists=sides(language),
    )
    raw = pack(learnt.seen_from(NEUTRAL), (TONES[NEGATIVE], TONES[POSITIVE]), {})
    tuned = tuning(folder, language)
    warmth, offset = calibrate(_three(raw, tuned, language), tuned.labels, tuned.group)
    sides_only = np.delete(offset - offset[NEUTRAL], NEUTRAL)
    warm = warmed(raw, warmth, sides_only, {})
    chances = probabilities(_three(warm, tuned, language))
    negative = _best_f1(chances[:, NEGATIVE], tuned)
    about = {
        "language": language,
        "negative": negative,
        "positive": _best_positive(chances, negative, tuned),
        "alert": _precise(chances[:, NEGATIVE], tuned),
    }
    return replace(warm, about=about)


def _three(shipped: Shipped, tuned: Tuned, language: str) -> Floats:
    """Scores of negative, neutral (nought) and positive."""
    two = scores(shipped, tuned.texts, tuned.focus, language)
    return np.insert(two, NEUTRAL, 0.0, axis=1)


_LEAST_POSITIVE = 0.4  # less is hardly praise, whatever a dev set says
_TRIED = np.round(np.arange(0.32, 0.9, 0.01), 2)  # less flags too many calm questions


def _best_f1(chance: Floats, tuned: Tuned) -> float:
    """The threshold whose F1 of negatives, averaged over the dev sources, is best."""
    return float(_TRIED[int(np.argmax([_mean_f1(chance >= t, tuned) for t in _TRIED]))])


def _best_positive(chances: Floats, negative: float, tuned: Tuned) -> float:
    """The threshold of praise, for texts that are not negative, of best F1 of praise."""
    rest = chances[:, NEGATIVE] < negative
    truth = tuned.labels == POSITIVE

    def f1(least: float) -> float:
        said = rest & (chances[:, POSITIVE] >= least)
        return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))

    tried = _TRIED[_TRIED >= _LEAST_POSITIVE]
    return float(tried[int(np.argmax([f1(t) for t in tried]))])


def _mean_f1(flagged: NDArray[np.bool_], tuned: Tuned) -> float:
    truth = tuned.labels == NEGATIVE
    found = []
    for group in np.unique(tuned.group):
        inside = tuned.group == group
        both = (flagged & truth & inside).sum()
        found.append(2 * both / max(1, (flagged & inside).sum() + (truth & inside).sum()))
    return float(np.mean(found))


def _precise(chance: Floats, tuned: Tuned, least: float = 0.85) -> float:
    """The lowest threshold at which `least` of the alerts are right in every dev source."""
    truth = tuned.labels == NEGATIVE
    for t in _TRIED:
        rights = [truth[(chance >= t) & (tuned.group == group)] for group in np.unique(tuned.group)]
        if all(len(right) and right.mean() >= least for right in rights):
            return float(t)
    return float(_TRIED[-1])
