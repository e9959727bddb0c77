"""Which ready-made reply suits, and what it says once filled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.engine.replies import fill, first_name, load_templates, suggest, templates_for
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


def test_an_author_without_a_name_is_greeted_by_handle() -> None:
    assert filled("Hello {first_name}!", Author(handle="lea")) == "Hello @lea!"


@pytest.mark.parametrize(
    ("name", "first"),
    [("Hélène P.", "Hélène"), ("Mme Rousselet", "Mme Rousselet"), ("", ""), ("Dr. No", "Dr. No")],
)
def test_first_names(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "intent", [Intent.COMPLAINT, Intent.QUESTION, Intent.PRAISE, Intent.SUGGESTION]
)
def test_a_template_in_the_mentions_language_is_suggested(language: str, intent: Intent) -> None:
    template = suggest(mention(intent=intent, language=language))
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
    assert suggested.key == "fault"
