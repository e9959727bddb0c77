"""Which reasons of a verdict to quote in one line, to mark in the text, and to list. All of them stay in the verdict itself. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from monitor.model.verdict import Reason, ReasonKind, Tone, Verdict

_FAINT = 0.15
"""A reason with less than this share of the strongest one's weight explains little."""
_SIGNS = frozenset(("Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Nd", "Sc"))
"""Unicode's punctuation, digits, signs of currency."""
_MOST = 30
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
    said say says year years an année années ans
    c d j l m n qu s t
    aber als am an auch auf aus bei bin bis da das dein deine dem den der des dies diese dieser du
    ein eine einem einen einer er es euch euer für hab habe haben hat hatte ich ihm ihn ihr ihre im in ist
    ja man mein meine meinem meinen meiner mich mir mit nach noch oder sein seine seit sich sie sind so
    über um und uns unser unsere vom von vor waren was wenn wie wir wird zu zum zur
    al con de del desde el ella ellos en era es esa ese eso esta este esto está están fue había han
    hay he la las le les lo los me mi mis más muy nos os para pero por porque que qué se ser si son su
    sus te tu tus un una uno unos y ya yo
    agli ai al alla alle anche c'è che chi ci col con cui da dai dal dalla degli dei del della delle
    di e ed era gli hai hanno ho i il io la le lei lo loro lui ma mi mia mie miei mio nei nel nella
    o per perché più quando quella quello questa questo se si sia sono su sua sue sul sulla suo ti tra tu
    tua tuo un una uno vi voi
    à ao aos as até com como da das de dela dele do dos e é ela ele eles em era essa esse esta este eu
    foi isso isto já lhe mais mas me meu meus minha minhas na nas nos o os ou para pela pelo por
    porque pra pro quando que se ser seu seus sua suas são também te tem tu um uma você vocês
    """.split()
)


def decisive(verdict: Verdict) -> list[Reason]:
    """The reasons that pull the way the verdict went, strongest first, each place once and no two that overlap.

    What has no place in the text, as the rest of a sum, explains nothing a person can see, nor do
    little words alone ("my", "un", "?"). Faint reasons only stand in where there is nothing better.
    """
    sign = {Tone.NEGATIVE: -1, Tone.POSITIVE: 1}.get(verdict.tone, 0)
    pulling = [
        reason
        for reason in verdict.reasons
        if reason.end and (reason.weight * sign > 0 or (not sign and reason.weight))
    ]
    found: list[Reason] = []
    for reason in sorted(pulling, key=lambda reason: -abs(reason.weight)):
        if all(reason.end <= other.start or other.end <= reason.start for other in found):
            found.append(reason)
    if not found:
        return []
    enough = abs(found[0].weight) * _FAINT
    telling = [reason for reason in found if not _says_little(reason)]
    strong = [reason for reason in telling if abs(reason.weight) >= enough]
    return strong or telling


def marked(verdict: Verdict) -> list[Reason]:
    """The reasons worth a mark in the text, either way: not the faint ones, not grammar alone."""
    placed = [reason for reason in verdict.reasons if reason.end > reason.start]
    enough = max((abs(reason.weight) for reason in placed), default=0.0) * _FAINT
    return [
        reason
        for reason in placed
        if not _says_little(reason) and (abs(reason.weight) >= enough or not reason.weight)
    ]


@dataclass(frozen=True, slots=True)
class Listed:
    """A whole explanation: `weighed` strongest first and `rest` sum to what all reasons sum to.

    `rest` is everything else in the text: grammar, signs of the platform, what is too faint to name.
    `risks` inform: they weigh nothing.
    """

    weighed: tuple[Reason, ...]
    rest: float
    risks: tuple[Reason, ...]


def listed(verdict: Verdict) -> Listed:
    """What a person is shown under "All reasons". A place named twice by risks is named once."""
    risks = {
        (one.start, one.end): one for one in verdict.reasons if one.kind is ReasonKind.RISK
    }.values()
    others = [one for one in verdict.reasons if one.kind is not ReasonKind.RISK]
    telling = [one for one in others if one.weight and one.end and not _says_little(one)]
    weighed = sorted(telling, key=lambda one: -abs(one.weight))[:_MOST]
    rest = sum(one.weight for one in verdict.reasons) - sum(one.weight for one in weighed)
    return Listed(tuple(weighed), rest, tuple(risks))


def _says_little(reason: Reason) -> bool:
    """A word of grammar, a bare number, a sign alone or the first letter of a link; a rule or a risk
    is never one."""
    if reason.kind in (ReasonKind.RULE, ReasonKind.RISK):
        return False
    if reason.kind is ReasonKind.EMOJI and reason.what.isalpha():
        return True
    words = reason.what.casefold().replace("’", "'").split()
    return all(word in _LITTLE_WORDS or _is_signs(word) for word in words)


def _is_signs(word: str) -> bool:
    return all(unicodedata.category(char) in _SIGNS for char in word)
