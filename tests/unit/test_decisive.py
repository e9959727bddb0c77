"""Which reasons the one-line Why quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model.decisive import decisive, listed, marked
from monitor.model.verdict import Intent, Reason, ReasonKind, Tone, Urgency, Verdict


def verdict(tone: Tone, *weighed: tuple[str, float], rest: float = 0.0) -> Verdict:
    reasons = [
        Reason(ReasonKind.WORD, word, weight, 10 * at, 10 * at + len(word))
        for at, (word, weight) in enumerate(weighed)
    ]
    reasons.append(Reason(ReasonKind.RULE, "rest", rest, 0, 0))
    return Verdict(tone, 0.5, 0.1, 0.5, "fr", Intent.OTHER, Urgency.NONE, tuple(reasons))


def quoted(tone: Tone, *weighed: tuple[str, float], rest: float = 0.0) -> list[str]:
    return [reason.what for reason in decisive(verdict(tone, *weighed, rest=rest))]


def test_only_what_pulls_the_way_it_went_strongest_first() -> None:
    assert quoted(Tone.NEGATIVE, ("late", -1), ("nice", 2), ("broken", -3)) == ["broken", "late"]
    assert quoted(Tone.POSITIVE, ("late", -1), ("nice", 2)) == ["nice"]
    assert quoted(Tone.NEUTRAL, ("late", -1), ("nice", 2)) == ["nice", "late"]


def test_the_rest_of_a_sum_is_no_word() -> None:
    assert quoted(Tone.NEGATIVE, rest=-4.0) == []
    assert quoted(Tone.NEGATIVE, ("late", -1), rest=-4.0) == ["late"]


def test_little_words_and_signs_give_way_to_better_ones() -> None:
    assert quoted(Tone.NEGATIVE, ("mon", -3), ("?", -2), ("panne", -1)) == ["panne"]
    assert quoted(Tone.NEGATIVE, ("Un", -3), ("that", -2)) == []
    assert quoted(Tone.NEUTRAL, ("Le", -0.4)) == []


def test_what_an_apostrophe_left_and_the_little_words_of_six_languages_say_little() -> None:
    for word in ("j", "l", "qu", "mio", "mi", "meu", "mein", "der", "don't"):
        assert quoted(Tone.NEUTRAL, (word, -0.4)) == ([word] if word == "don't" else []), word


def test_what_weighs_little_beside_the_strongest_is_left_out() -> None:
    assert quoted(Tone.POSITIVE, ("superbe", 5), ("train", 0.4)) == ["superbe"]


def test_one_place_is_quoted_once() -> None:
    twice = (
        Reason(ReasonKind.PHRASE, "en panne", -2, 0, 8),
        Reason(ReasonKind.RISK, "outage", -1, 0, 8),
    )
    told = Verdict(Tone.NEGATIVE, 0.9, 0, 0.9, "fr", Intent.OTHER, Urgency.NONE, twice)
    assert decisive(told) == [twice[0]]


def test_of_two_that_overlap_the_stronger_is_quoted() -> None:
    overlapping = (
        Reason(ReasonKind.PHRASE, "asco de", -1, 4, 11),
        Reason(ReasonKind.PHRASE, "Qué asco", -2, 0, 8),
        Reason(ReasonKind.WORD, "mal", -1, 20, 23),
    )
    told = Verdict(Tone.NEGATIVE, 0.9, 0, 0.9, "es", Intent.OTHER, Urgency.NONE, overlapping)
    assert decisive(told) == [overlapping[1], overlapping[2]]


def test_a_bare_number_or_a_price_sign_gives_way() -> None:
    assert quoted(Tone.NEGATIVE, ("3", -3), ("£", -2), ("late", -1)) == ["late"]
    assert quoted(Tone.NEUTRAL, ("45", -0.4), ("€", 0.4)) == []
    assert quoted(Tone.POSITIVE, ("❤", 3), ("nice", 2)) == ["❤", "nice"]


def test_marked_are_the_telling_words_of_both_sides() -> None:
    weighed = verdict(Tone.NEGATIVE, ("panne", -3), ("merci", 1), ("Ma", 2), ("train", 0.2))
    assert [reason.what for reason in marked(weighed)] == ["panne", "merci"]


def test_a_risk_is_marked_though_it_weighs_nothing() -> None:
    named = Reason(ReasonKind.RISK, "avocat", 0, 0, 6)
    weighed = Verdict(Tone.NEUTRAL, 0, 0, 1, "fr", Intent.OTHER, Urgency.URGENT, (named,))
    assert marked(weighed) == [named]


def test_what_no_reader_could_see_is_listed_as_the_rest_and_the_sum_stays() -> None:
    signs = (
        Reason(ReasonKind.NEGATION, "depuis", -0.5, 200, 206),
        Reason(ReasonKind.EMOJI, "@", -0.9, 210, 211),
        Reason(ReasonKind.EMOJI, "h", -0.9, 220, 221),
        Reason(ReasonKind.EMOJI, "😤", -1.2, 230, 231),
    )
    words = verdict(Tone.NEGATIVE, ("ma", -3), ("panne", -1), ("merci", 0.4), rest=-2.0)
    told = listed(replace(words, reasons=(*words.reasons, *signs)))
    assert [reason.what for reason in told.weighed] == ["😤", "panne", "merci"]
    assert told.rest == pytest.approx(-2.0 - 3 - 0.5 - 0.9 - 0.9)


def test_risks_are_listed_apart_and_each_place_once() -> None:
    risks = [Reason(ReasonKind.RISK, "feu", 0, at, at + 3) for at in (0, 0, 9)]
    words = verdict(Tone.NEGATIVE, ("panne", -1))
    told = listed(replace(words, reasons=(*words.reasons, *risks)))
    assert [reason.start for reason in told.risks] == [0, 9]
    assert [reason.what for reason in told.weighed] == ["panne"]


def test_of_hundreds_of_reasons_the_strongest_are_listed_and_the_sum_stays() -> None:
    told = listed(verdict(Tone.NEGATIVE, *((f"mot{at}x", -1 - at) for at in range(100)), rest=1.0))
    assert len(told.weighed) == 30
    assert told.weighed[0].weight == -100
    assert sum(r.weight for r in told.weighed) + told.rest == pytest.approx(1 - 5050)
