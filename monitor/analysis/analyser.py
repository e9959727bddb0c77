"""A text in, a verdict out: language, tone, risk, intent, put together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.analysis.base import ToneAnalyser, ToneResult
from monitor.analysis.excerpt import Excerpt, excerpt
from monitor.analysis.intent import intent
from monitor.analysis.language import detect
from monitor.analysis.risk import risks, urgency
from monitor.analysis.tokens import tokenize
from monitor.analysis.tone_english import EnglishTone
from monitor.analysis.tone_french import FrenchTone
from monitor.model.brand import Brand, Match
from monitor.model.verdict import Reason, Tone, Verdict

_NOT_READ = ToneResult(0.0, 0.0, (), False)


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least p_negative and p_positive that name a tone; chosen on dev texts."""

    negative: float = 0.42
    positive: float = 0.42


def _tones() -> Mapping[str, ToneAnalyser]:
    return {"en": EnglishTone(), "fr": FrenchTone()}


@dataclass(frozen=True, slots=True)
class Analyser:
    """Safe from any thread. `tones` has one ToneAnalyser per language that is read."""

    tones: Mapping[str, ToneAnalyser] = field(default_factory=_tones)
    threshold: Threshold = field(default_factory=Threshold)

    def analyse(
        self,
        text: str,
        *,
        declared_language: str = "",
        brand: Brand | None = None,
        matches: Sequence[Match] = (),
    ) -> Verdict:
        """Judge `text` (a post's full text) towards what stands at `matches`.

        `declared_language` is the source's. A language the brand excludes is never the answer. A long
        text is judged by what it says around the brand.
        Never raises on any text; linear in its length.
        """
        part = excerpt(text, matches)
        language = _language(part.text, declared_language, brand)
        tokens = tokenize(part.text)
        reader = self.tones.get(language)
        result = reader.analyse(part.text, language, part.matches) if reader else _NOT_READ
        tone = self._tone(result) if reader else Tone.UNKNOWN
        found = risks(part.text, tokens, language)
        reasons = _strongest_first((*result.reasons, *(danger.reason for danger in found)))
        return Verdict(
            tone=tone,
            p_negative=result.p_negative,
            p_positive=result.p_positive,
            confidence=_confidence(tone, result),
            language=language,
            intent=intent(text, tokens, language, tone, bool(found)),
            urgency=urgency(found),
            reasons=tuple(_placed(reasons, part)),
            to_check=result.to_check,
            risks=tuple(dict.fromkeys(danger.risk for danger in found)),
        )

    def _tone(self, result: ToneResult) -> Tone:
        if result.p_negative >= self.threshold.negative:
            return Tone.NEGATIVE
        if result.p_positive >= self.threshold.positive:
            return Tone.POSITIVE
        return Tone.NEUTRAL


def _language(text: str, declared: str, brand: Brand | None) -> str:
    language, _ = detect(text, declared)
    excluded = brand.excluded_languages if brand else ()
    return "" if language in excluded else language


def _confidence(tone: Tone, result: ToneResult) -> float:
    match tone:
        case Tone.NEGATIVE:
            return result.p_negative
        case Tone.POSITIVE:
            return result.p_positive
        case Tone.NEUTRAL:
            return 1 - result.p_negative - result.p_positive
        case Tone.UNKNOWN:
            return 0.0


def _placed(reasons: Iterable[Reason], part: Excerpt) -> Iterable[Reason]:
    """The reasons with their places in the whole text."""
    for reason in reasons:
        if reason.end:
            start, end = part.place(reason.start), part.place(reason.end - 1) + 1
            yield replace(reason, start=start, end=end)
        else:
            yield reason


def _strongest_first(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.start)))
