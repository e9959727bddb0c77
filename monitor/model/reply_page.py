"""Where a person writes a reply in the browser. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlencode

_X = re.compile(
    r"https://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w{1,20}/status/(\d{1,19})(?:[/?#].*)?",
    re.ASCII,
)
_LONGEST = 1000  # letters that an address carries; the clipboard has them all


def reply_page(url: str, words: str) -> str:
    """The post's own page; at X the page that answers it, with the words already there."""
    found = _X.fullmatch(url)
    if found is None:
        return url
    asked = {"in_reply_to": found[1]} | ({"text": words} if len(words) <= _LONGEST else {})
    return f"https://x.com/intent/post?{urlencode(asked)}"
