"""Tool tips with a stranger's words in them."""

from __future__ import annotations

import html


def plain_tip(words: str) -> str:
    """A tool tip that shows these words as they are: Qt would take markup in them for its own."""
    return f"<qt>{html.escape(words)}</qt>"
