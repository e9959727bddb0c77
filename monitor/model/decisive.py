"""Which reasons of a verdict to quote in one line, and which to mark in the text. All of them stay in the verdict itself. Pure."""

from __future__ import annotations

import unicodedata

from monitor.model.verdict import Reason, ReasonKind, Tone, Verdict

_FAINT = 0.15
"""A reason with less than this share of the strongest one's weight explains little."""
_LITTLE_WORDS = frozenset(
    """
    a about after all am an and any are as at be been but by can could did do does for from had has
    have he her him his how i i'm if in into is it it's its just me my of on or our out she should so
    since some that the their them then there these they this those to up was we were what when where which
    who will with would you your
    à au aux avec c'est ce ces cet cette chez comme dans de depuis des du elle elles en es est et était été
    eu il ils j'ai je la là le les leur leurs lui ma mais me mes mon nos notre nous on ont ou où par
    pour qu que quand qui quoi sa se ses si son sont suis sur ta te tes ton tu un une va vos votre
    vous y ai as avait avez avons ont aussi alors car cela ça dit donc fait fais même puis tous tout toute
    said say says
    """.split()
)


def decisive(verdict: Verdict) -> list[Reason]:
    """The reasons that pull the way the verdict went, strongest first, each place once.

    What has no place in the text, as the rest of a sum, explains nothing a person can see. Faint
    reasons and little words alone ("my", "un", "?") only stand in where there is nothing better, and
    never for a neutral tone: no word decided that.
    """
    sign = {Tone.NEGATIVE: -1, Tone.POSITIVE: 1}.get(verdict.tone, 0)
    kept: dict[tuple[int, int], Reason] = {}
    for reason in verdict.reasons:
        if reason.end and (reason.weight * sign > 0 or (not sign and reason.weight)):
            kept.setdefault((reason.start, reason.end), reason)
    found = sorted(kept.values(), key=lambda reason: -abs(reason.weight))
    if not found:
        return []
    enough = abs(found[0].weight) * _FAINT
    telling = [reason for reason in found if not _says_little(reason)]
    strong = [reason for reason in telling if abs(reason.weight) >= enough]
    return strong or telling or (found if sign else [])


def marked(verdict: Verdict) -> list[Reason]:
    """The reasons worth a mark in the text, either way: not the faint ones, not grammar alone."""
    placed = [reason for reason in verdict.reasons if reason.end > reason.start]
    enough = max((abs(reason.weight) for reason in placed), default=0.0) * _FAINT
    return [
        reason
        for reason in placed
        if not _says_little(reason) and (abs(reason.weight) >= enough or not reason.weight)
    ]


def _says_little(reason: Reason) -> bool:
    """A word of grammar or a sign alone; a rule or a risk is never one."""
    if reason.kind in (ReasonKind.RULE, ReasonKind.RISK):
        return False
    words = reason.what.casefold().replace("’", "'").split()
    return all(word in _LITTLE_WORDS or _is_signs(word) for word in words)


def _is_signs(word: str) -> bool:
    return all(unicodedata.category(char)[0] == "P" for char in word)
