"""`vigie analyse`: one text a line in, one verdict a line out. No profile, no network."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from monitor.analysis.analyser import Analyser
from monitor.analysis.decision import is_flagged, needs_answer
from monitor.analysis.explain import why
from monitor.analysis.matcher import Matcher
from monitor.cli.output import Output
from monitor.cli.rows import verdict_row
from monitor.cli.words import TONES
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.model.brand import Brand, Match
from monitor.model.verdict import Tone, Verdict
from monitor.text import text


def run(args: Namespace, profile: Profile, output: Output) -> int:
    analyser = Analyser()
    # Bytes, so that one line in a wrong encoding is one odd verdict and not the end.
    for line in sys.stdin.buffer:
        asked = _asked(line.decode("utf-8", "replace").rstrip("\r\n"))
        verdict = _verdict(analyser, asked)
        if output.json_lines:
            row = verdict_row(verdict)
            flags = {"flagged": is_flagged(verdict), "needs_answer": needs_answer(verdict)}
            output.row(row | flags)
        else:
            _tell(output, verdict, str(asked["text"]))
    return 0


def _asked(line: str) -> Mapping[str, Any]:
    """A JSON object with `text`, or else the line itself is the text."""
    if line.startswith("{"):
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError):
            asked = None
        if isinstance(asked, dict) and isinstance(asked.get("text"), str):
            return asked
    return {"text": line}


def _verdict(analyser: Analyser, asked: Mapping[str, Any]) -> Verdict:
    words, name = str(asked["text"]), str(asked.get("brand") or "")
    brand = Brand(id=1, name=name) if name else None
    matches = _places(brand, words) if brand else ()
    return analyser.analyse(
        words, declared_language=str(asked.get("language") or ""), brand=brand, matches=matches
    )


def _places(brand: Brand, words: str) -> tuple[Match, ...]:
    """None for a name that nobody can look for: the other lines are judged all the same."""
    try:
        return Matcher([brand]).find(words).get(brand.id, ())
    except BadInput:
        return ()


def _tell(output: Output, verdict: Verdict, words: str) -> None:
    if verdict.tone is Tone.UNKNOWN:
        output.say(why(verdict, words))
        return
    output.say(
        text(
            "{tone} ({percent}%): {reasons}",
            tone=TONES[verdict.tone],
            percent=round(verdict.confidence * 100),
            reasons=why(verdict, words),
        )
    )
