"""The features of a single text, kept for the judges that ask one after another. Pure."""

from __future__ import annotations

from functools import lru_cache

from monitor.analysis.learned.codes import Span
from monitor.analysis.learned.features import Features, features


@lru_cache(maxsize=4)  # tone, intent and learning ask for the same text in a row
def features_of(text: str, language: str, focus: tuple[Span, ...]) -> Features:
    """Nobody may change what is returned."""
    return features([text], language, [focus])
