"""Two posts of two tones made one, the focus in either: teaches that the words near a name count."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from model.sets import TONES, Labelled, Spans

_LONGEST = 110
_JOINTS = {
    "en": (" but ", " while ", ". ", "! ", ", whereas ", "; ", ", and "),
    "fr": (" mais ", " alors que ", ". ", "! ", " tandis que ", " ; ", " et "),
}
_WORD = re.compile(r"[^\W\d_]{5,}")


def mixed(rows: Sequence[Labelled], language: str, count: int) -> list[tuple[str, str, Spans]]:
    """`count` times (text, tone of the part with the focus, focus); the same for the same rows."""
    chance = random.Random(1)  # noqa: S311 - chosen to be repeated, not to be secret
    short = [row for row in rows if len(row.text) < _LONGEST]
    by_tone = {tone: [row for row in short if row.tone == tone] for tone in TONES}
    joints = _JOINTS.get(language, (". ", "; ", "! "))
    made: list[tuple[str, str, Spans]] = []
    if not all(by_tone.values()):
        return made
    while len(made) < count:
        tone, other = chance.sample(TONES, 2)
        about = chance.choice(by_tone[tone]).text.rstrip(". ")
        beside = chance.choice(by_tone[other]).text
        joint = chance.choice(joints)
        words = list(_WORD.finditer(about))
        if not words:
            continue
        start, end = chance.choice(words).span()
        if chance.random() < 0.5:
            made.append((about + joint + beside, tone, ((start, end),)))
        else:
            before = beside.rstrip(". ") + joint
            made.append((before + about, tone, ((len(before) + start, len(before) + end),)))
    return made
