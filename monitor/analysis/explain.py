"""One sentence that says why a verdict is what it is. Pure."""

from __future__ import annotations

from monitor.model.verdict import Verdict
from monitor.text import Text, text


def why(verdict: Verdict, full_text: str) -> Text:
    """The strongest reasons in a sentence, quoted from the text as written."""
    quotes = ", ".join(f"“{full_text[r.start : r.end]}”" for r in verdict.reasons[:3] if r.end)
    return (
        text("Words that weighed: {words}.", words=quotes) if quotes else text("No word weighed.")
    )
