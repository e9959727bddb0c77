"""The sentence that says why, where there is no tone to explain."""

from __future__ import annotations

import pytest

from monitor.analysis.explain import why
from monitor.model.verdict import Intent, Tone, Urgency, Verdict


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("", "the language was not recognised"),
        ("nl", "this language is not read yet"),
        ("de", "the table of this language cannot be used"),
    ],
)
def test_why_a_tone_is_unknown(language: str, said: str) -> None:
    unknown = Verdict(Tone.UNKNOWN, 0, 0, 0, language, Intent.OTHER, Urgency.NONE)
    assert said in why(unknown, "Das war nichts").template
