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
BITS = 16
FREEDOM = 8.0


def train(_folder: Path, language: str, without: frozenset[str] = frozenset()) -> Shipped:
    """Calibrated on the dev part; `without` names trades that are left out."""
    examples = [
        Example(post.text, INTENTS.index(post.intent), 1.0, 0, places(post.text, post.target))
        for post in posts(language, TRAIN)
        if post.trade not in without
    ]
    raw = pack(fit(examples, language, bits=BITS, freedom=FREEDOM), INTENTS, {})
    tuned = list(posts(language, DEV))
    texts = [post.text for post in tuned]
    found = scores(raw, texts, [places(post.text, post.target) for post in tuned], language)
    truth = np.array([INTENTS.index(post.intent) for post in tuned])
    warmth, offset = calibrate(found, truth, np.zeros(len(truth), np.int64))
    return warmed(raw, warmth, offset * 0, {"language": language})
