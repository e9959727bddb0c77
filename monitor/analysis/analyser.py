"""A text in, a verdict out: language, tone, risk, intent, put together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.analysis.abuse import abuse
from monitor.analysis.base import ToneAnalyser, ToneResult
from monitor.analysis.comparison import about_us
from monitor.analysis.excerpt import Excerpt, excerpt
from monitor.analysis.intent import intent
from monitor.analysis.language import detect
from monitor.analysis.learned.intents import IntentJudge, learned_intent
from monitor.analysis.learned.tone import LANGUAGES, LearnedTone
from monitor.analysis.risk import risks, urgency
from monitor.analysis.tokens import tokenize
from monitor.analysis.tone_english import EnglishTone
from monitor.analysis.tone_french import FrenchTone
from monitor.model.brand import Match
from monitor.model.verdict import Intent, Reason, Tone, Verdict

_SURELY_PLEASED = 0.8
"""From this chance of a positive tone on, what the table takes for a complaint is none. On the dev posts 11
of 4,053 are so, four of them complaints; of the 78 less sure ones 24 are, which a person looks at."""

_NOT_READ = ToneResult(0.0, 0.0, (), False, known=False)


def _tones() -> Mapping[str, ToneAnalyser]:
    """Learnt tables, with the word lists in their place where a table cannot be used."""
    instead: Mapping[str, ToneAnalyser] = {"en": EnglishTone(), "fr": FrenchTone()}
    return {language: LearnedTone(language, instead.get(language)) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Analyser:
    """Safe from any thread. `tones` has one ToneAnalyser per language that is read."""

    tones: Mapping[str, ToneAnalyser] = field(default_factory=_tones)
    intent_of: IntentJudge = learned_intent

    def analyse(
        self,
        text: str,
        *,
        declared_language: str = "",
        usual_language: str = "",
        matches: Sequence[Match] = (),
    ) -> Verdict:
        """Judge `text` (a post's full text) towards what stands at `matches`.

        `declared_language` is the source's, `usual_language` the author's. A long text is
        judged by what it says around the brand.
        Never raises on any text; linear in its length.
        """
        part = excerpt(text, matches)
        language, _ = detect(part.text, declared_language, usual=usual_language)
        tokens = tokenize(part.text)
        reader = self.tones.get(language)
        said_of_us = about_us(part.text, part.matches, language)
        result = reader.analyse(said_of_us, language, part.matches) if reader else _NOT_READ
        tone = _tone(result)
        found = risks(part.text, tokens, language)
        reasons = _strongest_first((*result.reasons, *(danger.reason for danger in found)))
        pleased = tone is Tone.POSITIVE and not found
        wanted = self.intent_of(
            part.text,
            language,
            part.matches,
            pleased and result.p_positive >= _SURELY_PLEASED,
            lambda: intent(part.text, tokens, language, tone, bool(found)),
        )
        return Verdict(
            tone=tone,
            p_negative=result.p_negative,
            p_positive=result.p_positive,
            confidence=_confidence(tone, result),
            language=language,
            intent=wanted,
            urgency=urgency(found),
            reasons=tuple(_placed(reasons, part)),
            # A complaint in a positive tone contradicts itself: a third of them is one.
            to_check=result.to_check or (pleased and wanted is Intent.COMPLAINT),
            risks=tuple(dict.fromkeys(danger.risk for danger in found)),
            abusive=bool(abuse(part.text, tokens, language)),
        )


def _tone(result: ToneResult) -> Tone:
    if not result.known:
        return Tone.UNKNOWN
    if result.p_negative >= result.negative_from:
        return Tone.NEGATIVE
    if result.p_positive >= result.positive_from:
        return Tone.POSITIVE
    return Tone.NEUTRAL


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
    """What has no place in the text, as the rest of a sum, comes last however much it weighs."""

    def order(reason: Reason) -> tuple[bool, float, int]:
        return reason.end == 0, -abs(reason.weight), reason.start

    return tuple(sorted(reasons, key=order))
