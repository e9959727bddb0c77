"""`vigie analyse`: one text a line in, one verdict a line out. No profile, no network.

A line that begins with "{" must be JSON: where it is none the others are judged, and the end is an error.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping

from monitor.analysis.analyser import Analyser
from monitor.analysis.decision import is_flagged, needs_answer
from monitor.analysis.explain import why
from monitor.analysis.matcher import Matcher
from monitor.cli.output import Output
from monitor.cli.rows import verdict_row
from monitor.cli.words import INTENTS, TONES
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.model.brand import Brand, Match
from monitor.model.verdict import Tone, Verdict
from monitor.text import Text, text

_EXAMPLE = '{"text": "…", "language": "en", "brand": "…"}'


def run(args: Namespace, profile: Profile, output: Output) -> int:
    """0, or 1 when a line could not be understood."""
    analyser, code = Analyser(), 0
    # Bytes, so that one line in a wrong encoding is one odd verdict and not the end.
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            asked = _asked(line.decode("utf-8", "replace").rstrip("\r\n"), number)
        except BadInput as error:
            code = 1
            _refuse(output, error, number)
            continue
        verdict = _verdict(analyser, asked)
        if output.json_lines:
            row = verdict_row(verdict)
            flags = {"flagged": is_flagged(verdict), "needs_answer": needs_answer(verdict)}
            output.row(row | flags)
        else:
            _tell(output, verdict, asked["text"])
    return code


def _asked(line: str, number: int) -> Mapping[str, str]:
    """`text`, `language` and `brand` of a JSON object; any other line is the text itself. Raises
    BadInput."""
    if not line.startswith("{"):
        return {"text": line}
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise _unusable(number, text("it is no complete JSON object")) from None
    said = {key: asked.get(key) for key in ("text", "language", "brand")}
    if said["text"] is None:
        raise _unusable(number, text("it has no “{key}”", key="text"))
    for key, value in said.items():
        if not isinstance(value, str | None):
            raise _unusable(number, text("its “{key}” is no text", key=key))
    return {key: value or "" for key, value in said.items()}


def _unusable(number: int, why: Text) -> BadInput:
    return BadInput(
        text("Line {number} cannot be judged: {why}.", number=number, why=why),
        text("The other lines are judged."),
        text("Write one object a line, as in {example}, or the text alone.", example=_EXAMPLE),
    )


def _refuse(output: Output, error: BadInput, number: int) -> None:
    """In the place of the verdict, so that there is one object out for each line in."""
    if output.json_lines:
        told = {"error": output.words(error.title), "hint": output.words(error.hint)}
        output.row({"type": "error", "line": number, **told})
    else:
        output.error(error)


def _verdict(analyser: Analyser, asked: Mapping[str, str]) -> Verdict:
    words, name = asked["text"], asked.get("brand", "")
    brand = Brand(id=1, name=name) if name else None
    matches = _places(brand, words) if brand else ()
    return analyser.analyse(words, declared_language=asked.get("language", ""), matches=matches)


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
            "{tone} ({percent}%), {intent}: {reasons}",
            tone=TONES[verdict.tone],
            percent=round(verdict.confidence * 100),
            intent=INTENTS[verdict.intent],
            reasons=why(verdict, words),
        )
    )
