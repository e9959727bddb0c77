"""How well the words of risk find what the project's own labelled posts name: per language and kind.

`python packaging/model/risk_report.py [--list] [--part train|dev|both]`: precision and recall on the
train and dev parts. The test part is never read. What the labels do not know (outage, refund) is only
counted. `--list` names the posts that differ.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from model.sets import OWN  # noqa: E402
from model.split import DEV, TRAIN, part_of  # noqa: E402
from monitor.analysis.risk import risks  # noqa: E402
from monitor.analysis.tokens import tokenize  # noqa: E402
from monitor.model.verdict import Risk  # noqa: E402

_LABELS = {"leak": "data"}  # the only name that differs
_NOT_LABELLED = frozenset({Risk.OUTAGE.value, Risk.REFUND.value})
_PARTS = {"train": (TRAIN,), "dev": (DEV,), "both": (TRAIN, DEV)}


def _rows(language: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str, set[str]]]:
    """Id, text and labelled risks of each post of these parts."""
    for path in sorted(OWN.glob(f"{language}_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if part_of(cells[1]) in parts:
                named = set() if cells[5] == "-" else set(cells[5].split(","))
                yield cells[0], cells[1], {_LABELS.get(name, name) for name in named}


def _report(language: str, parts: tuple[str, ...], listed: bool) -> None:
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    any_right = any_extra = any_missed = posts = 0
    for name, text, wanted in _rows(language, parts):
        posts += 1
        dangers = risks(text, tokenize(text), language)
        found = {danger.risk.value for danger in dangers}
        labelled = found - _NOT_LABELLED
        right.update(wanted & found)
        extra.update(found - wanted)
        missed.update(wanted - found)
        any_right += bool(wanted and found)
        any_extra += bool(labelled and not wanted)
        any_missed += bool(wanted and not found)
        if listed and labelled != wanted:
            words = [(danger.risk.value, danger.reason.what) for danger in dangers]
            print(f"{name}\tmissed {sorted(wanted - found)}\tfound {words}\t{text}")
    print(f"{language}: {posts} posts")
    print(f"  {'kind':<16}{'right':>6}{'extra':>6}{'missed':>7}{'precision':>11}{'recall':>8}")
    for kind in Risk:
        if kind.value in _NOT_LABELLED:
            print(f"  {kind.value:<16}{extra[kind]:>6} found, no labels")
        else:
            print(_line(kind.value, right[kind], extra[kind], missed[kind]))
    labelled_kinds = [kind for kind in Risk if kind.value not in _NOT_LABELLED]
    print(_line("all kinds", *(sum(c[k] for k in labelled_kinds) for c in (right, extra, missed))))
    print(_line("any risk", any_right, any_extra, any_missed))


def _line(name: str, right: int, extra: int, missed: int) -> str:
    precision = right / (right + extra) if right + extra else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return f"  {name:<16}{right:>6}{extra:>6}{missed:>7}{precision:>11.3f}{recall:>8.3f}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--list", action="store_true")
    asked.add_argument("--part", choices=_PARTS, default="both")
    options = asked.parse_args()
    for language in ("en", "fr"):
        _report(language, _PARTS[options.part], options.list)


if __name__ == "__main__":
    main()
