"""How networks count a text: graphemes, links at a fixed length, X's weights. Pure."""

from __future__ import annotations

import unicodedata

import regex

_GRAPHEME = regex.compile(r"\X")
# Stops at what ends a sentence; a closing bracket belongs to the link only with its opening one.
_URL = regex.compile(
    r"(?<![\w@./])https?://[^\s<>\"“”«»]+?(?=[.,;:!?'’)\]]*(?:[\s<>\"“”«»]|$))", regex.IGNORECASE
)
# Possessive: a name may be as long as a foreign server likes.
_FEDIVERSE = regex.compile(r"(?<![\w/])@([a-z0-9_]++(?:[.-]++[a-z0-9_]++)*+)@[\w.-]*\w", regex.I)

# X's configuration 3: what a link counts, and the signs that count once; every other counts twice.
# Without http:// only what ends like a well-known domain is a link.
_X_LINK = 23
_X_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_X_LABEL = r"[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?"
_X_TLD = (
    r"(?:com|net|org|info|biz|edu|gov|mil|int|name|pro|app|dev|shop|blog|online|site|store|tech"
    r"|paris|bzh|alsace|corsica|[a-z]{2})"
)
_X_LINKS = regex.compile(
    rf"(?<![\w@#$./-])(?:https?://(?P<host>(?:{_X_LABEL}\.)+\p{{L}}{{2,}})"
    rf"|(?P<host>(?:{_X_LABEL}\.)+{_X_TLD}))(?![\w@-])"
    r"(?P<rest>(?::\d+)?(?:[/?](?:[^\s<>\"“”«»]*[\w/=#&+-])?)?)",
    regex.IGNORECASE,
)
_X_EMOJI = regex.compile(
    r"\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3"
    r"|\p{Extended_Pictographic}[\uFE0F\p{EMod}]?[\U000E0020-\U000E007F]*"
    r"(?:\u200D\p{Extended_Pictographic}[\uFE0F\p{EMod}]?)*"
)
_LONGEST_HOST, _LONGEST_LABEL = 253, 63


def graphemes(text: str) -> int:
    """What a reader takes for one sign counts once; every line end is one."""
    return len(_GRAPHEME.findall(text.replace("\r\n", "\n")))


def mastodon_length(text: str, link: int) -> int:
    """Graphemes; each http(s) link counts `link`, @user@domain as @user."""
    text = _URL.sub("x" * link, text)
    return graphemes(_FEDIVERSE.sub(lambda found: f"@{found.group(1)}", text))


def links_in(text: str) -> list[tuple[int, int]]:
    """Where http(s) links begin and end, the marks that end a sentence left out."""
    return [_without_bracket(text, *found.span()) for found in _URL.finditer(text)]


def x_length(text: str) -> int:
    """The weighted length of X (at most 280): NFC, links 23, an emoji 2, other signs 1 or 2."""
    text = unicodedata.normalize("NFC", text)
    total, at = 0, 0
    for found in _X_LINKS.finditer(text):
        if found.start() < at or not _is_host(found["host"]):
            continue
        total += _x_words(text[at : found.start()]) + _X_LINK
        at = found.end()
    return total + _x_words(text[at:])


def _x_words(text: str) -> int:
    total, at = 0, 0
    for found in _X_EMOJI.finditer(text):
        total += _x_signs(text[at : found.start()]) + 2
        at = found.end()
    return total + _x_signs(text[at:])


def _x_signs(text: str) -> int:
    return sum(
        1 if any(first <= ord(sign) <= last for first, last in _X_LIGHT) else 2 for sign in text
    )


def _is_host(host: str) -> bool:
    try:
        labels = [label.encode("idna") for label in host.split(".")]
    except UnicodeError:  # a label that is too long
        return False
    return all(len(label) <= _LONGEST_LABEL for label in labels) and len(host) <= _LONGEST_HOST


def _without_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """A link in brackets ends before the closing one; one with brackets of its own keeps them."""
    opened = text.count("(", start, end) - text.count(")", start, end)
    while opened > 0 and end < len(text) and text[end] == ")":
        end, opened = end + 1, opened - 1
    return start, end
