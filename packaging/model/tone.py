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
TWEETS, OWN = 0, 1  # the dev sources
_RIGHT = 0.75  # share of alerts that shall be right: a wrong one costs a look
_FEWEST = 300  # dev posts of our own below which they have no calibration of their own
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
        group.append(TWEETS)
    for post in posts(language, DEV):
        texts.append(post.text)
        focus.append(places(post.text, post.target))
        labels.append(TONES.index(post.tone))
        group.append(OWN)
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
    warm = _calibrated(raw, tuned, language)
    chances = probabilities(_three(warm, tuned, language))
    negative, positive = _best(chances, tuned)
    about = warm.about | {
        "language": language,
        "negative": negative,
        "positive": positive,
        "alert": _precise(chances[:, NEGATIVE], tuned),
    }
    return replace(warm, about=about)


def _calibrated(raw: Shipped, tuned: Tuned, language: str) -> Shipped:
    """Texts without a named brand by the dev tweets, those with one by our own dev posts."""
    found = _three(raw, tuned, language)

    def of(group: int) -> tuple[float, Floats]:
        inside = tuned.group == group
        warmth, offset = calibrate(found[inside], tuned.labels[inside])
        return warmth, np.delete(offset - offset[NEUTRAL], NEUTRAL)

    warmth, offset = of(TWEETS)
    warm = warmed(raw, warmth, offset, {})
    if (tuned.group == OWN).sum() < _FEWEST:
        return warm
    named, moved = of(OWN)
    ratio = named / warmth
    told = (ratio, *(moved - offset * ratio))
    return replace(warm, about={"named": [round(float(value), 6) for value in told]})


def _three(shipped: Shipped, tuned: Tuned, language: str) -> Floats:
    """Scores of negative, neutral (nought) and positive."""
    two = scores(shipped, tuned.texts, tuned.focus, language)
    return np.insert(two, NEUTRAL, 0.0, axis=1)


_LEAST_POSITIVE = 0.4  # less is hardly praise, whatever a dev set says
_MOST = 0.6  # more would hardly ever flag or praise
_TRIED = np.round(np.arange(0.32, 0.9, 0.01), 2)  # less flags too many calm questions


def _best(chances: Floats, tuned: Tuned) -> tuple[float, float]:
    """The thresholds (negative, positive) of best F1 of negatives and macro-F1, both counted alike,
    on average over the dev sources."""
    praise = _TRIED[_TRIED >= _LEAST_POSITIVE]
    best, found = -1.0, (float(_TRIED[0]), float(praise[0]))
    for negative in _TRIED[_TRIED <= _MOST]:
        for positive in praise[praise <= _MOST]:
            worth = _worth(chances, float(negative), float(positive), tuned)
            if worth > best:
                best, found = worth, (float(negative), float(positive))
    return found


def _worth(chances: Floats, negative: float, positive: float, tuned: Tuned) -> float:
    blamed = chances[:, NEGATIVE] >= negative
    praised = ~blamed & (chances[:, POSITIVE] >= positive)
    said = np.where(blamed, NEGATIVE, np.where(praised, POSITIVE, NEUTRAL))
    found, weight = [], []
    for group in np.unique(tuned.group):
        inside = tuned.group == group
        each = [_f1(said[inside] == tone, tuned.labels[inside] == tone) for tone in range(3)]
        found.append(each[NEGATIVE] + float(np.mean(each)))
        weight.append(min(_FEWEST, int(inside.sum())))
    return float(np.average(found, weights=weight))


def _f1(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))


def _precise(chance: Floats, tuned: Tuned) -> float:
    """The lowest threshold at which so many alerts are right among our own dev posts (where these are
    few: among all dev texts)."""
    own = tuned.group == OWN
    asked = own if own.sum() >= _FEWEST else np.ones(len(own), bool)
    truth = tuned.labels[asked] == NEGATIVE
    for t in _TRIED:
        right = truth[chance[asked] >= t]
        if len(right) and right.mean() >= _RIGHT:
            return float(t)
    return float(_TRIED[-1])
