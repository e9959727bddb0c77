"""Trains the tables of resources/model from the labelled texts: `make model`. Reproducible to the bit.

    python packaging/train_model.py [FOLDER] [NAME ...]

FOLDER holds train/ and dev/ (without it: the labelled texts beside the project); NAMEs restrict what
is trained: tone_fr, intent_fr ... Needs what packaging/locks/model.lock names.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Before numpy starts: threads would share sums in another order every time.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model import intents, tone  # noqa: E402 - after the lines above
from model.sets import BESIDE, SETS  # noqa: E402
from monitor.analysis.learned.head import Shipped, to_bytes  # noqa: E402
from say import fail, say  # noqa: E402

Train = Callable[[Path, str], Shipped]
OUT = ROOT / "resources" / "model"


def main(folder: Path, names: list[str]) -> None:
    """One file a table; each is written whole or not at all."""
    jobs: dict[str, tuple[Train, str]] = {
        f"tone_{language}": (tone.train, language) for language in SETS
    }
    jobs |= {f"intent_{language}": (intents.train, language) for language in intents.LANGUAGES}
    for name, (train, language) in jobs.items():
        if names and name not in names:
            continue
        started = time.monotonic()
        content = to_bytes(train(folder, language))
        fresh = OUT / f"{name}.new"
        fresh.write_bytes(content)
        fresh.replace(OUT / f"{name}.model")
        say(f"{name:12} {len(content) / 1e6:5.2f} MB  {time.monotonic() - started:4.0f} s")


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if "/" in argument or Path(argument).is_dir()]
    chosen = Path(given[0]) if given else BESIDE
    if not (chosen / "train").is_dir():
        fail(f"There are no labelled texts in {chosen}. Name their folder: make model DATA=FOLDER")
    OUT.mkdir(exist_ok=True)
    main(chosen, [argument for argument in sys.argv[1:] if argument not in given])
