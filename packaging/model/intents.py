"""Learns what posts want, from the project's own posts."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model.fit import Example, calibrate, fit
from model.pack import pack, scores, warmed
from model.sets import INTENTS, places, posts
from model.split import DEV, TRAIN
from monitor.analysis.learned.head import Shipped

LANGUAGES = ("en", "fr")
BITS = 17
FREEDOM = 16.0
# Their target is a part of a thing or a person: what the post wants was not asked of their writers.
NOT_ASKED = frozenset({"aspects", "people", "tweets"})


def train(_folder: Path, language: str, without: frozenset[str] = frozenset()) -> Shipped:
    """Calibrated on the dev part; `without` names trades that are left out."""
    examples = [
        Example(post.text, INTENTS.index(post.intent), 1.0, 0, places(post.text, post.target))
        for post in posts(language, TRAIN)
        if post.trade not in without | NOT_ASKED
    ]
    learnt = fit(examples, language, bits=BITS, freedom=FREEDOM)
    raw = pack(learnt, INTENTS, {})
    tuned = [post for post in posts(language, DEV) if post.trade not in NOT_ASKED]
    texts = [post.text for post in tuned]
    found = scores(raw, texts, [places(post.text, post.target) for post in tuned], language)
    truth = np.array([INTENTS.index(post.intent) for post in tuned])
    warmth, offset = calibrate(found, truth)
    return warmed(raw, warmth, offset * 0, {"language": language})
