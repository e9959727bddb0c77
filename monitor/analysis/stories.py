"""The same text in several places is one story: its key. Pure."""

from __future__ import annotations

import hashlib
import re

from monitor.analysis.fold import fold

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 5
_FEWEST_SPACELESS = 12  # letters, for scripts without spaces


def story_key(post_text: str, url: str) -> str:
    """Equal for posts that say the same words, whatever their case, accents, links and punctuation.

    A text too short to be a story ("Thank you!") is the same only at the same address: two feeds
    that carry one post. "" when it has no address either: then it is nobody's copy. Other words at that
    address are another story: many feeds give all their entries one link.
    """
    words = _WORD.findall(fold(_LINK.sub(" ", post_text)))
    letters = "".join(words)
    if len(words) >= _FEWEST_WORDS or (not letters.isascii() and len(letters) >= _FEWEST_SPACELESS):
        return _digest("words:" + letters)
    return _digest(f"address:{url} {letters}") if url else ""


def _digest(of: str) -> str:
    return hashlib.blake2b(of.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
