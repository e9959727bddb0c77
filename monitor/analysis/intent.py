"""What a post wants: rules over a table of expressions, first version. Pure.

Separate from tone: a complaint need not sound negative, nor a negative post be a complaint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from monitor.analysis import lexicon
from monitor.analysis.phrases import PhraseIndex
from monitor.analysis.tokens import Token, TokenKind
from monitor.model.verdict import Intent, Tone

LANGUAGES = ("en", "fr")
_SPAM = 4.0
_NEWS = 2.0
_MANY_TAGS = 8
_ARTICLE = 20  # tokens under a title
_Points = Mapping[str, float]


def intent(text: str, tokens: Sequence[Token], language: str, tone: Tone, risky: bool) -> Intent:
    """One intent a text; OTHER when nothing shows. Languages without a table: only ? is read."""
    points = _points(tokens, language)
    asks = any(token.kind is TokenKind.MARKS and "?" in token.key for token in tokens)
    if _is_spam(text, points, tone):
        return Intent.SPAM
    if _is_news(text, tokens, points, asks):
        return Intent.NEWS
    if _is_complaint(tokens, points, tone, risky, asks):
        return Intent.COMPLAINT
    if points["purchase"] and tone is not Tone.NEGATIVE:
        return Intent.PURCHASE
    if points["suggestion"]:
        return Intent.SUGGESTION
    if asks and points["question"] >= points["request"]:
        return Intent.QUESTION
    if points["request"]:
        return Intent.PRAISE if tone is Tone.POSITIVE and not asks else Intent.REQUEST
    if asks and tone is not Tone.POSITIVE:
        return Intent.QUESTION
    return Intent.PRAISE if tone is Tone.POSITIVE else Intent.OTHER


def _is_spam(text: str, points: _Points, tone: Tone) -> bool:
    """Bait, or a wall of tags; a person who complains about a promo code is no spammer."""
    if tone is Tone.NEGATIVE and points["person"]:
        return False
    return points["spam"] >= _SPAM or text.count("#") >= _MANY_TAGS


def _is_news(text: str, tokens: Sequence[Token], points: _Points, asks: bool) -> bool:
    """Told by nobody in particular: no "I", no "you", words of the press or a link."""
    if points["person"] or asks:
        return False
    titled = "\n\n" in text and len(tokens) >= _ARTICLE
    return points["news"] >= _NEWS or (points["news"] > 0 and (titled or _has_link(tokens)))


def _has_link(tokens: Sequence[Token]) -> bool:
    return any(token.kind is TokenKind.ADDRESS and token.key[0] != "@" for token in tokens)


def _is_complaint(
    tokens: Sequence[Token], points: _Points, tone: Tone, risky: bool, asks: bool
) -> bool:
    if tone is Tone.NEGATIVE:  # a bad word beside a link, said by nobody, is a headline
        return bool(points["complaint"] or points["person"] or not _has_link(tokens))
    if tone is Tone.POSITIVE:
        return False
    # A calm customer: three signs of trouble, or one and a danger, without a plain question.
    return points["complaint"] >= (1 if risky else 3) and not asks and bool(points["person"])


def _points(tokens: Sequence[Token], language: str) -> _Points:
    points: dict[str, float] = defaultdict(float)
    if language in LANGUAGES:
        for _, phrase in _table(language).all(tokens):
            for kind, value in phrase.value:
                points[kind] += value
        # Phrases swallow pronouns ("j'ai commandé"): look at every word for the speaker.
        speakers = _speakers(language)
        points["person"] += any(token.key in speakers for token in tokens)
    return points


@cache
def _table(language: str) -> PhraseIndex[tuple[tuple[str, float], ...]]:
    return PhraseIndex(_expressions(language))


def _expressions(language: str) -> Iterator[tuple[str, tuple[tuple[str, float], ...]]]:
    """Each expression with all the intents it is a sign of."""
    signs: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for written, kind, value in lexicon.rows(f"intents_{language}.tsv"):
        signs[written].append((kind, float(value)))
    for written, kinds in signs.items():
        yield written, tuple(kinds)


@cache
def _speakers(language: str) -> frozenset[str]:
    rows = lexicon.rows(f"intents_{language}.tsv")
    return frozenset(lexicon.key_of(written) for written, kind, _ in rows if kind == "person")
