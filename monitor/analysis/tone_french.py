"""The tone of French texts, from the project's own lexicon. Pure."""

from __future__ import annotations

from functools import cache

from monitor.analysis import lexicon
from monitor.analysis.base import ToneResult
from monitor.analysis.score import Scale, judge
from monitor.analysis.weigh import Vocabulary
from monitor.model.brand import Match

SCALE = Scale(slope=1.0, low=-0.9, high=1.0)


class FrenchTone:
    """A ToneAnalyser for French."""

    def analyse(
        self,
        text: str,
        language: str,  # noqa: ARG002 - the protocol's; this one reads a single language
        focus: tuple[Match, ...],
    ) -> ToneResult:
        return judge(text, focus, _vocabulary(), SCALE)


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(
        lexicon.words("fr"), lexicon.phrases("fr"), lexicon.emoji(), lexicon.cues("fr")
    )
