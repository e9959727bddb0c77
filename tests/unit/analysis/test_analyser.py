"""The whole verdict, decisions made on it, and texts meant to break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.analyser import Analyser
from monitor.analysis.decision import is_flagged, needs_answer
from monitor.analysis.explain import why
from monitor.analysis.learned.intents import intent_by_rules
from monitor.analysis.stories import story_key
from monitor.analysis.tone_english import EnglishTone
from monitor.analysis.tone_french import FrenchTone
from monitor.model.verdict import Intent, ReasonKind, Tone, Urgency

ANALYSER = Analyser()
WORD_LISTS = Analyser({"en": EnglishTone(), "fr": FrenchTone()}, intent_by_rules)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("My order never arrived and your support ignores me", Intent.COMPLAINT),
        ("Ma commande n'est jamais arrivée, service client nul", Intent.COMPLAINT),
        ("What time do you open on Sunday?", Intent.QUESTION),
        ("Quels sont vos horaires le dimanche ?", Intent.QUESTION),
        ("Could you please call me back?", Intent.REQUEST),
        ("Pouvez-vous me recontacter svp", Intent.REQUEST),
        ("I love this shop, wonderful staff", Intent.PRAISE),
        ("J'adore cette boutique, équipe géniale", Intent.PRAISE),
        ("You should add a dark mode", Intent.SUGGESTION),
        ("Vous devriez ajouter un mode sombre", Intent.SUGGESTION),
        ("Where can I buy the blue one?", Intent.PURCHASE),
        ("Où acheter le modèle bleu ?", Intent.PURCHASE),
        ("The company announces quarterly revenue of 3 billion", Intent.NEWS),
        ("Le groupe annonce un chiffre d'affaires de 3 milliards", Intent.NEWS),
        ("Click here for a free giveaway, promo code inside", Intent.SPAM),
        ("Gagnez de l'argent, cliquez ici, code promo", Intent.SPAM),
        ("I walked past the shop", Intent.OTHER),
    ],
)
def test_intents(text: str, intent: Intent) -> None:
    assert WORD_LISTS.analyse(text).intent is intent


def test_who_is_surely_pleased_does_not_complain() -> None:
    judged = ANALYSER.analyse("Super @cafelumen", declared_language="fr")
    assert judged.tone is Tone.POSITIVE
    assert judged.intent is not Intent.COMPLAINT
    assert not needs_answer(judged)


def test_a_complaint_in_a_tone_that_may_be_positive_is_looked_at() -> None:
    judged = ANALYSER.analyse("Le café est arrivé", declared_language="fr")
    assert (judged.tone, judged.intent) == (Tone.POSITIVE, Intent.COMPLAINT)
    assert judged.to_check
    assert needs_answer(judged)


@pytest.mark.parametrize(
    "text",
    [
        "My charger caught fire last night",
        "They refused to refund me",
        "I will see you in court",
        "Your data breach leaked my address",
        "Boycott this brand",
        "Le chargeur a pris feu",
        "Remboursement refusé",
        "Je vais porter plainte",
        "Fuite de données chez vous",
        "Tout le quartier est en panne",
        "C'est une arnaque",
        "je résilie mon abonnement",
    ],
)
def test_risk_words_are_urgent_and_stand_where_they_say(text: str) -> None:
    verdict = ANALYSER.analyse(text)
    risks = [reason for reason in verdict.reasons if reason.kind is ReasonKind.RISK]
    assert verdict.urgency is Urgency.URGENT
    assert all(reason.what == text[reason.start : reason.end] for reason in risks)


@pytest.mark.parametrize(
    "text",
    [
        "This is not a scam, it works",
        "Ce n'est pas une arnaque",
        "aucune fuite de données",
        "no fire hazard",
    ],
)
def test_denied_risks_are_not_urgent(text: str) -> None:
    assert ANALYSER.analyse(text).urgency is Urgency.NONE


def test_a_language_that_is_not_read_is_unknown_but_risk_words_count() -> None:
    verdict = ANALYSER.analyse(
        "Het is echt niet goed, ik ben er klaar mee en het pakket is nog niet aangekomen. Boycott!"
    )
    assert (verdict.tone, verdict.p_negative, verdict.p_positive, verdict.confidence) == (
        Tone.UNKNOWN,
        0,
        0,
        0,
    )
    assert verdict.language == "nl"
    assert verdict.urgency is Urgency.URGENT


def test_reasons_are_strongest_first() -> None:
    weights = [
        abs(r.weight) for r in ANALYSER.analyse("Good coffee, awful and horrible staff!").reasons
    ]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("text", "flagged", "answer"),
    [
        ("My order never arrived, awful service", True, True),
        ("What time do you open?", False, True),
        ("I love this shop", False, False),
        ("I walked past the shop", False, False),
        ("Click here for a free giveaway, promo code, it is no scam", False, False),
        ("The company announces quarterly revenue of 3 billion", False, False),
    ],
)
def test_decisions(text: str, flagged: bool, answer: bool) -> None:
    verdict = WORD_LISTS.analyse(text)
    assert (is_flagged(verdict), needs_answer(verdict)) == (flagged, answer)


def test_the_same_words_are_the_same_story() -> None:
    first = story_key(
        "La Société ouvre un nouvel atelier à Lyon. https://a.example/1", "https://a.example/1"
    )
    assert first == story_key("la societe ouvre un nouvel atelier, à LYON", "https://b.example/2")
    assert first != story_key(
        "La société ferme un atelier à Lyon cette année", "https://a.example/1"
    )


def test_short_texts_are_one_story_at_one_address_only() -> None:
    assert story_key("Thank you!", "") == ""
    assert story_key("Thank you!", "https://a.example") == story_key(
        "thank you", "https://a.example"
    )
    assert story_key("Thank you!", "https://a.example") != story_key(
        "Thank you!", "https://b.example"
    )
    assert story_key("Thank you!", "https://a.example") != story_key(
        "Never again!", "https://a.example"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Awful service, rude staff", "Sounds negative because of “Awful”, “rude”."),
        ("Lovely staff", "Sounds positive because of “Lovely”."),
        ("I walked past the shop", "Sounds neutral: no word of praise or blame."),
        ("包裹还没到", "The tone is unknown: this language is not read yet."),
        ("12", "The tone is unknown: the language was not recognised."),
    ],
)
def test_why(text: str, said: str) -> None:
    assert why(WORD_LISTS.analyse(text), text).render() == said


def test_why_names_risk_and_irony() -> None:
    text = "Bravo, 3 semaines pour un colis, quelle arnaque"
    said = why(ANALYSER.analyse(text), text).render()
    assert "Words of risk: “arnaque”" in said
    assert "perhaps irony" in said


HOSTILE = [
    "",
    "\x00\x01\x02" * 50_000,
    "😡" * 100_000,
    "👩‍💻" * 30_000,
    "\ud800" * 100_000,
    "a" * 1_000_000,
    "!" * 1_000_000,
    ":(" * 50_000,
    "@" * 500_000,
    "a@" * 50_000,
    "a.@" * 50_000,
    "a'" * 50_000,
    "http://" * 100_000,
    "\n" * 500_000,
    " " * 1_000_000,
    "\u0301" * 500_000,
    "not pas mal du tout " * 10_000,
    "aéкא漢ไก\u0301\ud8ff" * 30_000,
    "lichlich" * 100_000,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_end_and_stay_within_bounds(number: int) -> None:
    text = HOSTILE[number]
    for language in ("en", "fr"):
        verdict = ANALYSER.analyse(text, declared_language=language)
        assert 0 <= verdict.p_negative + verdict.p_positive <= 1
        assert len(verdict.reasons) < 200
        why(verdict, text).render()


@given(st.text(alphabet=st.characters()), st.sampled_from(["", "en", "fr", "de"]))
def test_any_text_gets_a_verdict(text: str, language: str) -> None:
    verdict = ANALYSER.analyse(text, declared_language=language)
    assert all(0 <= r.start <= r.end <= len(text) for r in verdict.reasons)
    assert ANALYSER.analyse(text, declared_language=language) == verdict
