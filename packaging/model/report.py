"""Each part of the report, printed as it is measured: tone, target, languages, contrasts, intent, costs."""

from __future__ import annotations

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from model import judges
from model.intents import NOT_ASKED
from model.metrics import macro_f1, tone_figures
from model.sets import INTENTS, SETS, Labelled, places, posts, read
from monitor.analysis.analyser import Analyser
from monitor.analysis.language import detect
from monitor.analysis.learned import store
from monitor.analysis.learned.tone import judge_many
from monitor.model.brand import Match
from say import say

HERE = Path(__file__).resolve().parent
TWEETS = ("tweeteval_en", "umsab_en", "kaggle_tse_en", "umsab_fr", "mabsa_fr")
TARGETS = ("absa_se14_restaurants_en", "absa_se14_laptops_en", "absa_dong_twitter_en", "absa_mams_en")  # fmt: skip
DETECTED = ("ar", "de", "en", "es", "fr", "hi", "it", "pt")
_MOST = 2500
_BATCH = 512


def compare(name: str, rows: Sequence[Labelled], language: str, *, focused: bool) -> None:
    """One line a judge."""
    texts = [row.text for row in rows]
    focus = [places(row.text, row.target) if focused else () for row in rows]
    truth = [row.tone for row in rows]
    for judge_name, judge in judges.peers(language).items():
        said, chance = judge(texts, focus, language)
        say(f"{name:26} {judge_name:14} {tone_figures(truth, said, chance)}")


def tweets(folder: Path) -> None:
    say("\nTone of whole texts, dev parts")
    for name in (*TWEETS, *(f"umsab_{language}" for language in SETS if language not in "enfr")):
        path = folder / "dev" / f"{name}.tsv"
        if path.exists():
            compare(name, read(path), name[-2:], focused=False)


def targets(folder: Path) -> None:
    """Sets that teach nothing of what is shipped."""
    say("\nTone towards the named target")
    for name in TARGETS:
        path = folder / "train" / f"{name}.tsv"
        if path.exists():
            compare(name, read(path)[:_MOST], "en", focused=True)


def own_posts(part: str) -> None:
    for language in ("en", "fr"):
        say(f"\nOur own posts, {language}, part {part}")
        rows = list(posts(language, part))
        compare("all", rows, language, focused=True)
        compare("all, target not given", rows, language, focused=False)
        by_source = defaultdict(list)
        for row in rows:
            by_source[row.source].append(row)
        for source, some in sorted(by_source.items()):
            if len(some) >= 20:
                compare(f"source {source}", some, language, focused=True)
        calm = [
            row
            for row in rows
            if row.tone == "neu" and row.intent in ("question", "request", "purchase", "news")
        ]
        said, _ = judges.vigie(
            [r.text for r in calm], [places(r.text, r.target) for r in calm], language
        )
        if calm:
            say(
                f"calm questions and announcements flagged: {said.count('neg') / len(calm):.3f} of {len(calm)}"
            )


def contrasts(part: str) -> None:
    """Right answers of the whole analyser, by kind."""
    for language in ("en", "fr"):
        rows = []
        for line in (HERE / f"contrast_{language}.tsv").read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 6 and cells[5] == part:
                rows.append(cells)
        texts, focus = [r[1] for r in rows], [places(r[1], r[3]) for r in rows]
        say(f"\nContrasts, {language}, part {part}: {len(rows)}")
        said, _ = judges.whole(texts, focus, language)
        right: Counter[str] = Counter()
        for row, tone in zip(rows, said, strict=True):
            right[row[4]] += tone == row[2]
        total = Counter(row[4] for row in rows)
        say(
            f"Vigie {sum(right.values()) / max(1, len(rows)):.3f}: "
            + ", ".join(f"{k} {right[k]}/{n}" for k, n in sorted(total.items()))
        )
        for name, judge in judges.peers(language).items():
            if name != "Vigie":
                said, _ = judge(texts, focus, language)
                hits = sum(tone == row[2] for row, tone in zip(rows, said, strict=True))
                say(f"{name} {hits / max(1, len(rows)):.3f}")


def intents(part: str) -> None:
    analyser = Analyser()
    for language in ("en", "fr"):
        truth, said = [], []
        for row in posts(language, part):
            if row.trade in NOT_ASKED:
                continue
            matches = [Match(a, b, row.text[a:b]) for a, b in places(row.text, row.target)]
            verdict = analyser.analyse(row.text, declared_language=language, matches=matches)
            truth.append(row.intent)
            said.append(verdict.intent.value)
        if truth:
            each = ", ".join(f"{label} {_f1(truth, said, label):.2f}" for label in INTENTS)
            say(
                f"\nIntent, {language}, part {part}: macro-F1 {macro_f1(truth, said, INTENTS):.3f} of {len(truth)}: {each}"
            )


def _f1(truth: Sequence[str], said: Sequence[str], label: str) -> float:
    both = sum(a == b == label for a, b in zip(truth, said, strict=True))
    return 2 * both / max(1, truth.count(label) + said.count(label))


def languages(folder: Path) -> None:
    say("\nLanguage of short posts")
    try:
        import py3langid

        py3langid.set_languages(DETECTED)
    except ImportError:
        py3langid = None
    texts, truth = [], []
    for language in DETECTED:
        path = folder / "dev" / f"umsab_{language}.tsv"
        for line in path.read_text(encoding="utf-8").splitlines():
            texts.append(line.split("\t")[0])
            truth.append(language)
    ours = [detect(text, allowed=DETECTED)[0] for text in texts]
    _languages("Vigie", truth, ours)
    if py3langid is not None:
        _languages("py3langid", truth, [py3langid.classify(text)[0] for text in texts])


def _languages(name: str, truth: Sequence[str], said: Sequence[str]) -> None:
    right = np.array(truth) == np.array(said)
    each = ", ".join(f"{x} {right[np.array(truth) == x].mean():.3f}" for x in DETECTED)
    latin = np.array([x != "hi" for x in truth])
    say(f"{name:10} {right.mean():.4f}, without romanised Hindi {right[latin].mean():.4f}: {each}")


def costs() -> None:
    """Speed in turns of a few seconds on one core, size on disk, memory added."""
    texts = [row.text for row in posts("en") if row.text][:_BATCH] or ["nothing here"] * _BATCH
    texts = (texts * _BATCH)[:_BATCH]
    judge_many(texts, "en", [()] * _BATCH)
    best = min(_seconds(lambda: judge_many(texts, "en", [()] * _BATCH)) for _ in range(20))
    one = Analyser()
    single = [
        _seconds(lambda t=text: one.analyse(t, declared_language="en")) for text in texts[:200]
    ]
    size = sum(path.stat().st_size for path in (HERE.parents[1] / "resources" / "model").iterdir())
    say(
        f"\nSpeed: {_BATCH / best:,.0f} texts/s in batches of {_BATCH}; one text with all its reasons {np.median(single) * 1e3:.2f} ms"
    )
    say(
        f"Size on disk: {size / 1e6:.2f} MB; memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    say(f"Tables that cannot be used: {', '.join(store.missing()) or 'none'}")


def _seconds(job) -> float:  # type: ignore[no-untyped-def]  # any call
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
