"""How well posts are judged, beside TextBlob, textblob-fr and vaderSentiment: `make evaluate`.

    python packaging/evaluate.py [FOLDER] [--test]

FOLDER holds train/ and dev/ (without it: the labelled texts beside the project). `--test` opens the
test part of our own posts and the held half of the contrasts: only when nothing is tuned any more.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model import report  # noqa: E402 - after the lines above
from model.sets import BESIDE  # noqa: E402
from model.split import DEV, TEST  # noqa: E402
from say import fail  # noqa: E402


def main(folder: Path, part: str) -> None:
    if (folder / "dev").is_dir():
        report.tweets(folder)
        report.targets(folder)
        report.languages(folder)
    report.own_posts(part)
    report.contrasts("held" if part == TEST else "dev")
    report.intents(part)
    report.costs()


if __name__ == "__main__":
    named = [Path(argument) for argument in sys.argv[1:] if argument != "--test"]
    chosen = named[0] if named else BESIDE
    if named and not (chosen / "dev").is_dir():
        fail(f"There are no labelled texts in {chosen}. Name a folder with train/ and dev/.")
    main(chosen, TEST if "--test" in sys.argv else DEV)
