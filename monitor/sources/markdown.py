"""Markdown -> the words a reader would see. Pure and total; HTML inside it is hostile as everywhere.

Links and pictures become their words, emphasis and headings lose their signs; lists and quotations stay
as people read them in plain text. What is no Markdown comes out as it went in.
"""

from __future__ import annotations

import re

from monitor.model.post import MAX_TEXT
from monitor.sources.markup import html_to_text, looks_like_html, plain_to_text

_MAX_MARKDOWN = 5 * MAX_TEXT  # signs take less room than tags
_HIDDEN = 0xE000  # an escaped sign hides among the private letters until all others are read

# Every expression is bounded, so no text of any network can make one try for long.
_TARGET = r"\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)"
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[^`\n]{0,100}$", re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\[\]\n]{0,500})\]" + _TARGET)
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:" + _TARGET + r"|\[[^\[\]\n]{0,200}\])")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*\S{1,2000}.{0,500}$", re.MULTILINE)
_BARE_LINK = re.compile(r"<(https?://[^\s<>]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,200})>")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.{0,1000}?)[ \t]*#{0,6}$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:[*_-][ \t]*){3,80}$", re.MULTILINE)
_SPOILER = re.compile(r"^:::[ \t]*(?:spoiler[ \t]*)?(.{0,500})$", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|~~|(?<!\w)__)(?=\S)([^\n]{1,300}?)(?<=\S)\1(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^\n*_]{1,300}?)(?<=\S)\1(?!\w)")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,1000})\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

_SHOWN = re.compile("[\ue021-\ue07e]")


def markdown_to_text(markdown: str) -> str:
    """At most MAX_TEXT code points."""
    words = _SHOWN.sub("", markdown[:_MAX_MARKDOWN]).replace("\r\n", "\n")
    words = _ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found[1])), words)
    words = _BARE_LINK.sub(r"\1", words)
    for sign in (_FENCE, _DEFINITION, _RULE):
        words = sign.sub("", words)
    words = _PICTURE.sub(r"\1", words)
    words = _LINK.sub(r"\1", words)
    for sign in (_HEADING, _SPOILER):
        words = sign.sub(r"\1", words)
    for _ in range(2):  # one inside another: **_both_**
        for sign in (_STRONG, _EMPHASIS):
            words = sign.sub(r"\2", words)
    words = _SHOWN.sub(lambda found: chr(ord(found[0]) - _HIDDEN), _CODE.sub(r"\2", words))
    if looks_like_html(words):
        return html_to_text(words.replace("\n", "<br>"))
    return plain_to_text(words)
