"""A text in, a verdict out: language, tone, risk, intent, put together. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.brand import Brand, Match
from monitor.model.verdict import Intent, Reason, ReasonKind, Tone, Urgency, Verdict

_BAD = ("terrible", "scam", "arnaque", "nul", "awful", "horrible", "panne", "refused")


class Analyser:
    """Stateless after construction; safe from any thread."""

    def analyse(
        self,
        text: str,
        *,
        declared_language: str = "",
        brand: Brand | None = None,
        matches: Sequence[Match] = (),
    ) -> Verdict:
        """Judge `text` (a post's full text) towards what stands at `matches`."""
        reasons = [
            Reason(
                ReasonKind.WORD,
                word,
                -1.0,
                text.lower().find(word),
                text.lower().find(word) + len(word),
            )
            for word in _BAD
            if word in text.lower()
        ]
        tone = Tone.NEGATIVE if reasons else Tone.NEUTRAL
        p = 0.8 if reasons else 0.1
        return Verdict(
            tone,
            p,
            0.1,
            0.8,
            declared_language or "en",
            Intent.COMPLAINT if reasons else Intent.OTHER,
            Urgency.NONE,
            tuple(reasons),
        )
