"""Which ready-made reply suits, and what it says once filled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.engine.greeting import first_name
from monitor.engine.replies import fill, load_templates, suggest, templates_for
from monitor.model.mention import Mention, TriageState
from monitor.model.post import Author, Post
from monitor.model.reply import ReplyTemplate
from monitor.model.verdict import Intent, Risk, Tone, Urgency, Verdict
from tests.unit.engine.fake_clock import START

VARIABLES = {"{first_name}", "{brand}", "{sender}", "{signature}"}


def mention(
    author: Author | None = None, intent: Intent = Intent.COMPLAINT, language: str = "en"
) -> Mention:
    return Mention(
        id=1,
        brand_id=1,
        brand_name="Café Lumen",
        source_id=1,
        source_name="A feed",
        source_kind="feed",
        post=Post("1", "https://example.org/1", "", "words", author or Author(name="Léa Martin")),
        at=START,
        first_seen=START,
        matches=(),
        verdict=Verdict(Tone.NEGATIVE, 0.9, 0.0, 0.9, language, intent, Urgency.NONE),
        tone=Tone.NEGATIVE,
        flagged=True,
        needs_answer=True,
        correction=None,
        state=TriageState.OPEN,
        wake_at=None,
        seen=False,
        edited=False,
        outlets=1,
        has_alert=False,
        has_draft=False,
    )


def filled(words: str, author: Author | None = None, sender: str = "", signature: str = "") -> str:
    template = ReplyTemplate("key", "en", "Title", (), words)
    return fill(template, mention(author), sender, signature)


def test_variables_are_filled() -> None:
    words = "Hello {first_name}, from {brand}. {sender} {signature}"
    assert filled(words, None, "Ada", "Ada, support") == (
        "Hello Léa, from Café Lumen. Ada Ada, support"
    )


def test_an_unknown_variable_stays_visible() -> None:
    assert filled("Order {order_number}, please.") == "Order {order_number}, please."


def test_what_is_not_known_leaves_no_hole() -> None:
    assert filled("Hello {first_name}, thanks. {signature}", Author()) == "Hello, thanks."
    assert filled("On it. {sender}, {brand}") == "On it. Café Lumen"
    assert filled("Bye. {signature}", None, sender="Ada") == "Bye. Ada"


def test_a_name_that_is_no_persons_is_not_greeted() -> None:
    assert filled("Hello {first_name}!", Author("Pat31", "pat31")) == "Hello @pat31!"
    assert filled("Bonjour {first_name}, merci.", Author("Éco Matin")) == "Bonjour, merci."


def test_an_author_without_a_name_is_greeted_by_handle() -> None:
    assert filled("Hello {first_name}!", Author(handle="lea")) == "Hello @lea!"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Hélène P.", "Hélène"),
        ("Mme Rousselet", "Mme Rousselet"),
        ("", ""),
        ("Dr. No", "Dr. No"),
        ("Maître Corbeau", "Maître Corbeau"),
        ("Pierre-Yves", "Pierre-Yves"),
        ("Sinéad O’Neil", "Sinéad"),
        ("Jan van der Berg", "Jan"),
        ("LÉA MARTIN", "LÉA"),
        ("Léa 🌸", "Léa"),
        ("李明", "李明"),
        ("Éco Matin", ""),
        ("Rédaction", ""),
        ("Courrier des lecteurs", ""),
        ("Le Courrier du Val", ""),
        ("S. Oumarou", ""),
        ("Pat31", ""),
        ("steamedUp", ""),
        ("hexkey", ""),
        ("sylvette_b", ""),
        ("buy cheap shoes", ""),
        ("🔥🔥", ""),
    ],
)
def test_first_names(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "intent", [Intent.COMPLAINT, Intent.QUESTION, Intent.PRAISE, Intent.SUGGESTION]
)
def test_a_template_in_the_mentions_language_is_suggested(language: str, intent: Intent) -> None:
    template = suggest(replace(mention(intent=intent, language=language), tone=Tone.NEUTRAL))
    assert template is not None
    assert template.language == language
    assert intent in template.intents


def test_other_languages_are_answered_in_english() -> None:
    assert {template.language for template in templates_for("de")} == {"en"}


def test_both_languages_have_the_same_templates_with_the_same_variables() -> None:
    english, french = load_templates()["en"], load_templates()["fr"]
    assert [one.key for one in english] == [one.key for one in french]
    for one, other in zip(english, french, strict=True):
        assert one.intents == other.intents
        used = {variable for variable in VARIABLES if variable in one.text}
        assert used == {variable for variable in VARIABLES if variable in other.text}


def with_risk(*risks: Risk, intent: Intent = Intent.COMPLAINT) -> Mention:
    of = mention(intent=intent)
    return replace(of, verdict=replace(of.verdict, risks=risks))


def test_a_danger_gets_the_reply_for_danger() -> None:
    suggested = suggest(with_risk(Risk.LEGAL, Risk.FIRE, intent=Intent.QUESTION))
    assert suggested is not None
    assert suggested.key == "safety"


@pytest.mark.parametrize("risks", [(), (Risk.CHURN,)])
def test_the_reply_for_danger_suits_nothing_else(risks: tuple[Risk, ...]) -> None:
    suggested = suggest(with_risk(*risks))
    assert suggested is not None
    assert suggested.key == "looking"


def about(words: str, language: str = "en", tone: Tone = Tone.NEGATIVE, **changed: object) -> str:
    """The key of what is suggested for a complaint in these words; "" for nothing."""
    of = mention(language=language)
    post = replace(of.post, text=words)
    verdict = replace(of.verdict, tone=tone, **changed)  # type: ignore[arg-type]  # fields of it
    suggested = suggest(replace(of, post=post, verdict=verdict, tone=tone))
    return suggested.key if suggested is not None else ""


@pytest.mark.parametrize(
    ("key", "language", "words"),
    [
        ("billing", "fr", "Facturé deux fois pour la même machine"),
        ("billing", "fr", "Impossible de résilier l’abonnement"),
        ("billing", "en", "Charged twice for one subscription"),
        ("refund", "fr", "Remboursement refusé, alors que la machine fuit"),
        ("refund", "en", "They won't refund me"),
        ("delivery", "fr", "Toujours pas reçu mon colis, le suivi ne bouge plus"),
        ("delivery", "en", "My parcel never arrived"),
        ("fault", "fr", "Ma machine est en panne"),
        ("fault", "en", "It stopped working after a week"),
        ("staff", "fr", "La vendeuse était désagréable"),
        ("staff", "en", "Rude staff at the counter"),
        ("safety", "fr", "La prise devient brûlante et ça sent le plastique"),
        ("safety", "en", "There is a burning smell"),
        ("looking", "fr", "Quelle déception"),
        ("looking", "en", "What a letdown"),
        ("looking", "de", "Was für eine Enttäuschung"),
    ],
)
def test_trouble_gets_the_template_whose_words_it_says(key: str, language: str, words: str) -> None:
    assert about(words, language) == key


def test_a_word_within_another_calls_for_nothing() -> None:
    assert about("Debugged the stafford warrantyless parcelling") == "looking"


def test_the_press_is_not_answered_with_a_template() -> None:
    assert about("Café Lumen recalls", intent=Intent.NEWS, risks=(Risk.SAFETY,)) == ""
    article = replace(with_risk(Risk.SAFETY), source_kind="googlenews")
    assert suggest(article) is None


def test_praise_that_sounds_bad_or_contradicts_itself_is_not_thanked() -> None:
    praise = Intent.PRAISE
    assert about("Great. Paid for next-day, it is day nine", intent=praise) == "delivery"
    assert about("Merci pour les trois newsletters", "fr", intent=praise) == "looking"
    assert about("Bravo", "fr", Tone.POSITIVE, intent=praise, to_check=True) == "looking"
    assert about("Bravo", "fr", Tone.POSITIVE, intent=praise) == "thanks-praise"


def test_a_question_about_a_price_gets_the_price() -> None:
    question = Intent.QUESTION
    assert about("How much is the Duo?", tone=Tone.NEUTRAL, intent=question) == "price"
    assert about("Is it loud?", tone=Tone.NEUTRAL, intent=question) == "answer"
