"""What one brand's corrections taught, and how it changes a verdict. Pure: no clock, no file.

Learning is a function of the corrections that are kept and of nothing else, so whoever takes one back and
learns again has the model as if it had never been said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.analysis.base import ToneResult
from monitor.analysis.learning import calibration, not_us, weights
from monitor.analysis.learning.calibration import AS_SHIPPED, Calibration
from monitor.analysis.learning.chances import chances_of, scores_of
from monitor.analysis.learning.example import Example, in_order
from monitor.analysis.learning.not_us import NotUs, NotUsResult
from monitor.analysis.learning.traces import traces
from monitor.analysis.learning.weights import Weights
from monitor.model.brand import Match
from monitor.model.mention import Correction
from monitor.model.verdict import Reason, ReasonKind, Tone

FORMAT = 1
"""Of an exported model. Grows whenever one would mean something else: other fields, other hashes."""

LEARNT = "your corrections"
"""The `what` of the reason that has no place in the text."""


@dataclass(frozen=True, slots=True)
class BasedOn:
    """The ids of the corrected mentions, ascending, and how many were seen and left as they were."""

    corrections: tuple[int, ...] = ()
    tones: int = 0
    not_us: int = 0
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class BrandModel:
    """A part is None until there are enough corrections for it. `created` is UTC."""

    version: int
    created: datetime
    based_on: BasedOn
    calibration: Calibration | None = None
    weights: Weights | None = None
    not_us: NotUs | None = None

    def apply(
        self, result: ToneResult, text: str, language: str, focus: Sequence[Match]
    ) -> ToneResult:
        """What the shipped analysis said, as this brand's people would have it.

        `text` and `focus` are what `result` was made of. The reasons still sum to the score.
        """
        if not result.known or (self.calibration is None and self.weights is None):
            return result
        held = self.calibration or AS_SHIPPED
        negative, positive = held.moved(scores_of(result.p_negative, result.p_positive))
        reasons = [replace(one, weight=one.weight * held.slope) for one in result.reasons]
        if self.weights is not None:
            cut = traces(text, language, focus)
            for i, blame, praise in self.weights.found(cut):
                negative, positive = negative + blame, positive + praise
                start, end = int(cut.start[i]), int(cut.end[i])
                reasons.append(Reason(ReasonKind.WORD, text[start:end], praise - blame, start, end))
        shift = Reason(ReasonKind.RULE, LEARNT, held.positive - held.negative, 0, 0)
        p_negative, p_positive = chances_of(negative, positive)
        return replace(
            result,
            p_negative=p_negative,
            p_positive=p_positive,
            negative_from=min(result.negative_from, held.negative_from),
            reasons=(*sorted(reasons, key=_in_text_order), shift),
        )

    def about(
        self, text: str, matches: Sequence[Match], site: str = "", author: str = ""
    ) -> NotUsResult:
        """Whether `text` (a post's full text) means somebody else of the same name; 0 while nothing is known."""
        if self.not_us is None:
            return NotUsResult(0.0, ())
        return self.not_us.judge(text, matches, site, author)


def learn(
    examples: Iterable[Example], created: datetime, base: BrandModel | None = None
) -> BrandModel:
    """The model of these examples, whatever their order; one example per mention.

    A part for which they are too few is taken from `base` (an imported model), else it is None.
    """
    ordered = in_order(examples)
    of_tone = [one for one in ordered if one.tone is not Tone.UNKNOWN]
    held = calibration.fit(of_tone)
    heavy = weights.fit(of_tone, held or AS_SHIPPED)
    strays = not_us.fit(ordered)
    if base is not None:
        # Weights stand on the calibration they were learnt with: the two are taken together.
        held, heavy = (base.calibration, base.weights) if held is None else (held, heavy)
        strays = base.not_us if strays is None else strays
    return BrandModel(FORMAT, created, _based_on(ordered), held, heavy, strays)


def _based_on(examples: Sequence[Example]) -> BasedOn:
    said = [one for one in examples if one.said is not None]
    strays = sum(one.said is Correction.NOT_US for one in said)
    return BasedOn(
        corrections=tuple(one.id for one in said),
        tones=len(said) - strays,
        not_us=strays,
        confirmed=len(examples) - len(said),
    )


def _in_text_order(reason: Reason) -> tuple[bool, int, int]:
    return reason.end == 0, reason.start, reason.end
