"""What a brand gains by correcting: measured on trades whose posts taught the tables nothing.

    python packaging/model/learning_report.py [FOLDER] [--tables FOLDER]

FOLDER holds train/ and dev/ (without it: the labelled texts beside the project). Trains one table per
language and quarter of the trades, on the other three quarters: about ten minutes. `--tables` keeps
these for the next time. A quarter of the trades plays one brand. Our own test part is not opened.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

import numpy as np  # noqa: E402 - after the lines above

from model.metrics import calibration_error, precision_recall_f1  # noqa: E402
from model.sets import BESIDE, Labelled, Post, places, posts, read  # noqa: E402
from model.split import DEV, TRAIN  # noqa: E402
from monitor.analysis.base import ToneResult  # noqa: E402
from monitor.analysis.learned import store  # noqa: E402
from monitor.analysis.learned.head import Head, from_bytes, to_bytes  # noqa: E402
from monitor.analysis.learned.tone import judge  # noqa: E402
from monitor.analysis.learning.brand_model import BrandModel, learn  # noqa: E402
from monitor.analysis.learning.example import Example  # noqa: E402
from monitor.analysis.learning.not_us import PUT_ASIDE  # noqa: E402
from monitor.model.brand import Match  # noqa: E402
from monitor.model.mention import Correction  # noqa: E402
from monitor.model.verdict import Tone  # noqa: E402
from say import say  # noqa: E402

PARTS = 4
LABELLED = (30, 50, 200)
STRAYS = (3, 5, 10)
ROUNDS = 5  # orders in which the posts arrive
SAID = {"neg": Correction.NEGATIVE, "neu": Correction.NEUTRAL, "pos": Correction.POSITIVE}
# Brands that are not spoken of as the training texts: which posts are kept one in four.
MIXES: dict[str, Callable[[Correction], bool]] = {
    "mostly complaints": lambda said: said is not Correction.NEGATIVE,
    "few complaints": lambda said: said is Correction.NEGATIVE,
}
NOW = datetime(2000, 1, 1, tzinfo=UTC)


def main(folder: Path, tables: Path | None) -> None:
    for language in ("en", "fr"):
        rows = list(posts(language, TRAIN, DEV))
        trades = sorted({row.trade for row in rows})
        brands = []
        for part in range(PARTS):
            held = frozenset(trades[part::PARTS])
            head = _table(folder, language, part, held, tables)
            own = [row for row in rows if row.trade in held and "lookalike" not in row.flags]
            brands.append(_seen(own, language, head))
        tones(f"own posts, {language}, unseen trades", brands)
        for mix, few in MIXES.items():
            other = [_mixed(brand, few, language) for brand in brands]
            tones(f"own posts, {language}, unseen trades, {mix}", other)
    real = folder / "train" / "brands_sxsw_en.tsv"
    shipped = store.head("tone_en")
    if real.exists() and shipped is not None:
        named = [row for row in read(real) if row.target]
        tones("real tweets about two brands, en", [_seen(named[:1500], "en", shipped)])
    for language in ("en", "fr"):
        strays(language)


def _table(
    folder: Path, language: str, part: int, held: frozenset[str], tables: Path | None
) -> Head:
    kept = tables / f"{language}_{part}.model" if tables else None
    if kept is not None and kept.exists():
        return Head(from_bytes(kept.read_bytes()))
    from model.tone import train

    shipped = train(folder, language, held)
    if kept is not None:
        kept.write_bytes(to_bytes(shipped))
    return Head(shipped)


Seen = tuple[Example, ToneResult, Correction]


def _seen(rows: Sequence[Labelled], language: str, head: Head) -> list[Seen]:
    """Each post as the program judged it, and what a person would say of it."""
    made = []
    for number, row in enumerate(rows):
        spans = places(row.text, row.target)
        matches = tuple(Match(start, end, row.text[start:end]) for start, end in spans)
        result = judge(row.text, head, language, matches)
        one = Example(
            id=number,
            text=row.text,
            language=language,
            matches=matches,
            p_negative=result.p_negative,
            p_positive=result.p_positive,
            shown=_tone(result),
            said=None,
        )
        made.append((one, result, SAID[row.tone]))
    return made


def _mixed(brand: Sequence[Seen], few: Callable[[Correction], bool], language: str) -> list[Seen]:
    drawn = random.Random(language)  # noqa: S311 - a sample, no secret
    return [seen for seen in brand if not few(seen[2]) or drawn.random() < 0.25]


def _tone(result: ToneResult) -> Tone:
    if result.p_negative >= result.negative_from:
        return Tone.NEGATIVE
    return Tone.POSITIVE if result.p_positive >= result.positive_from else Tone.NEUTRAL


def tones(name: str, brands: Sequence[Sequence[Seen]]) -> None:
    """F1 of negatives before and after, on the posts that come after those that were read."""
    say(
        f"\n{name}: {len(brands)} brands of {min(map(len, brands))} to {max(map(len, brands))} posts"
    )
    for protocol, draw in (
        ("every post read is labelled", _every),
        ("only mistakes are", _mistakes),
    ):
        for count in LABELLED:
            before, after, reads = [], [], []
            for brand in brands:
                for order in range(ROUNDS):
                    arrived = list(brand)
                    random.Random(order).shuffle(arrived)  # noqa: S311 - an order, no secret
                    examples = draw(arrived, count)
                    rest = arrived[len(examples) :]
                    if examples and len(rest) >= 40:
                        before.append(_figures(rest, None))
                        after.append(_figures(rest, learn(examples, NOW)))
                        reads.append(len(examples))
            if before:
                (f1, error), (new_f1, new_error) = np.mean(before, axis=0), np.mean(after, axis=0)
                gains = np.array(after)[:, 0] - np.array(before)[:, 0]
                say(
                    f"  {protocol:27} {count:3} ({np.mean(reads):3.0f} read): F1 {f1:.3f} -> {new_f1:.3f} "
                    f"(worst {gains.min():+.3f}, {len(gains)} runs), ECE {error:.3f} -> {new_error:.3f}"
                )


def _every(arrived: Sequence[Seen], count: int) -> list[Example]:
    return [_say(*seen) for seen in arrived[:count]]


def _mistakes(arrived: Sequence[Seen], count: int) -> list[Example]:
    """Read on until so many were wrong; what was right is left as it is. [] when they run out."""
    made = []
    for one, result, truth in arrived:
        right = one.shown.value == truth.value
        made.append(one if right else _say(one, result, truth))
        count -= not right
        if not count:
            return made
    return []


def _say(one: Example, _result: ToneResult, said: Correction) -> Example:
    return replace(one, said=said)


def _figures(rest: Sequence[Seen], model: BrandModel | None) -> tuple[float, float]:
    """F1 and calibration error of negatives."""
    results = [
        model.apply(result, one.text, one.language, one.matches) if model else result
        for one, result, _ in rest
    ]
    flagged = np.array([_tone(result) is Tone.NEGATIVE for result in results])
    truth = np.array([said is Correction.NEGATIVE for _, _, said in rest])
    chances = np.array([result.p_negative for result in results])
    return precision_recall_f1(truth, flagged)[2], calibration_error(truth, chances)


def strays(language: str) -> None:
    """Look-alikes of all our brands taken for those of one: no two mean the same thing, the hardest case."""
    rows = list(posts(language, TRAIN, DEV))
    alike = [row for row in rows if "lookalike" in row.flags]
    ours = [row for row in rows if "lookalike" not in row.flags and places(row.text, row.target)]
    say(f"\nNot about us, {language}: {len(alike)} look-alikes, {len(ours)} posts about the brands")
    for count in STRAYS:
        put, right, reached, wrong = 0, 0, 0, 0
        for order in range(ROUNDS * 4):
            shuffled, known = list(alike), list(ours)
            random.Random(order).shuffle(shuffled)  # noqa: S311 - an order, no secret
            random.Random(order).shuffle(known)  # noqa: S311 - the same
            model = learn(
                [
                    *_known(shuffled[:count], Correction.NOT_US, language),
                    *_known(known[:60], None, language),
                ],
                NOW,
            )
            hits = sum(_put_aside(model, row) for row in shuffled[count:])
            errors = sum(_put_aside(model, row) for row in known[60:360])
            put, right = put + hits + errors, right + hits
            reached, wrong = reached + len(shuffled) - count, wrong + errors
        say(
            f"  after {count:2} and 60 of ours read: recall {right / reached:.3f}, "
            f"posts about us put aside {wrong / (300 * ROUNDS * 4):.4f}, "
            f"precision at these shares {right / max(1, put):.3f} (nothing: recall 0)"
        )


def _known(rows: Sequence[Post], said: Correction | None, language: str) -> Iterator[Example]:
    for number, row in enumerate(rows):
        yield Example(number, row.text, language, _matches(row), 0.3, 0.3, Tone.NEUTRAL, said)


def _put_aside(model: BrandModel, row: Post) -> bool:
    return model.about(row.text, _matches(row)).p_not_us >= PUT_ASIDE


def _matches(row: Post) -> tuple[Match, ...]:
    spans = places(row.text, row.target)
    return tuple(Match(start, end, row.text[start:end]) for start, end in spans)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", nargs="?", type=Path, default=BESIDE)
    asked.add_argument("--tables", type=Path)
    given = asked.parse_args()
    main(given.folder, given.tables)
