"""The parts of the detail panel that meet strangers' text, and the words beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from monitor.model.brand import Match
from monitor.model.mention import Mention
from monitor.model.verdict import Reason, ReasonKind, Tone, Verdict
from tests.support.sample_engine import SampleEngine
from ui.links import addresses, host_of, open_in_browser
from ui.reply_checks import checks
from ui.text_positions import utf16_length, utf16_span
from ui.theme import Theme
from ui.why_words import why_line
from ui.widgets.avatar import initials
from ui.widgets.body_text import BodyText
from ui.widgets.chips import chips_of
from ui.widgets.cover import Cover
from ui.widgets.snippet import cut
from ui.widgets.snooze_menu import next_monday, next_morning
from ui.widgets.why_bar import WeightBar, WhyBar


def written(mention: Mention, text: str, matches: tuple[Match, ...] = ()) -> Mention:
    return replace(mention, post=replace(mention.post, title="", text=text), matches=matches)


@pytest.fixture
def sample(engine: SampleEngine) -> Mention:
    return engine.list()[0]


def test_markup_in_a_text_is_shown_not_obeyed(qtbot: QtBot, theme: Theme, sample: Mention) -> None:
    body = BodyText(theme)
    qtbot.addWidget(body)
    text = '<b>bold</b> <img src="https://spy.example/x.png"> &amp; <script>1</script>'
    body.show_mention(written(sample, text))
    assert body.toPlainText() == text


def test_marks_stand_where_the_engine_says_even_after_emoji(
    qtbot: QtBot, theme: Theme, sample: Mention
) -> None:
    body = BodyText(theme)
    qtbot.addWidget(body)
    text = "🔥🔥 Café Lumen"
    body.show_mention(written(sample, text, (Match(3, 13, "Café Lumen"),)))
    cursor = QTextCursor(body.document())
    cursor.setPosition(6)
    assert cursor.charFormat().background().color() == theme.color("brand_mark")
    cursor.setPosition(5)
    assert cursor.charFormat().background().color() != theme.color("brand_mark")


def test_positions_past_the_end_are_harmless(qtbot: QtBot, theme: Theme, sample: Mention) -> None:
    body = BodyText(theme)
    qtbot.addWidget(body)
    body.show_mention(written(sample, "court", (Match(3, 900, "x"),)))
    assert body.toPlainText() == "court"


def test_only_web_addresses_are_links() -> None:
    text = (
        "voir https://a.example/x?y=1. ou javascript:alert(1) (http://b.example/) ftp://c.example"
    )
    assert [address for _, _, address in addresses(text)] == [
        "https://a.example/x?y=1",
        "http://b.example/",
    ]


def test_a_host_that_only_looks_like_another_is_told() -> None:
    assert host_of("https://аpple.com/x").startswith("xn--")
    assert host_of("https://user@evil.example/") == "evil.example"
    assert host_of("file:///etc/passwd") == ""
    assert host_of("https://[bad") == ""
    assert not open_in_browser("javascript:alert(1)")


def test_utf16_positions() -> None:
    assert utf16_length("a🔥b") == 4
    assert utf16_span("a🔥bc", 2, 4) == (3, 2)


def test_the_why_quotes_the_words_and_escapes_them(sample: Mention) -> None:
    text = "un <i>scam</i>"
    verdict = Verdict(
        tone=Tone.NEGATIVE,
        p_negative=0.9,
        p_positive=0.0,
        confidence=0.9,
        language="fr",
        intent=sample.verdict.intent,
        urgency=sample.verdict.urgency,
        reasons=(Reason(ReasonKind.WORD, "scam", -0.9, 3, 14),),
    )
    line = why_line(replace(written(sample, text), verdict=verdict), "#b3261e")
    assert "&lt;i&gt;scam&lt;/i&gt;" in line
    assert "<i>" not in line


def test_a_late_brand_name_is_still_in_the_snippet(sample: Mention) -> None:
    text = "mot " * 100 + "Café Lumen est en panne"
    start = text.index("Café")
    snippet, spans = cut(written(sample, text, (Match(start, start + 10, "Café Lumen"),)))
    begin, end = spans[0]
    assert snippet[begin:end] == "Café Lumen"


def test_the_snippet_keeps_the_name_when_title_and_text_are_joined(sample: Mention) -> None:
    post = replace(sample.post, title="Rappel", text="Café Lumen rappelle")
    mention = replace(sample, post=post, matches=(Match(8, 18, "Café Lumen"),))
    snippet, spans = cut(mention)
    assert snippet == "Rappel · Café Lumen rappelle"
    assert [snippet[a:b] for a, b in spans] == ["Café Lumen"]


def test_initials() -> None:
    assert initials("Léa Martin") == "LM"
    assert initials("sam.bsky.social") == "SS"
    assert initials("🔥") == "?"
    assert initials("") == "?"


def test_snooze_times_are_nine_in_the_morning() -> None:
    now = datetime(2026, 11, 23, 15, tzinfo=ZoneInfo("Europe/Paris")).astimezone()
    assert next_morning(now) - now < timedelta(days=2)
    assert next_morning(now).hour == 9
    assert next_monday(now).weekday() == 0
    assert timedelta(0) < next_monday(now) - now <= timedelta(days=7)


def test_checks_see_what_should_not_be_published() -> None:
    assert all(check.fine for check in checks("Bonjour Léa, c’est réparé.", "fr", "fr"))
    assert not all(check.fine for check in checks("Bonjour", "en", "fr"))
    for risky in (
        "lea@mail.example",
        "06 12 34 56 78",
        "4111 1111 1111 1111",
        "Bonjour {order}",
        "[votre réponse ici]",
    ):
        assert not all(check.fine for check in checks(risky, "fr", "fr")), risky
    assert all(check.fine for check in checks("En 2026, 3 jours, 189 €, n° 48213.", "fr", "fr"))


def test_an_abusive_text_is_covered_until_it_is_asked_for(
    qtbot: QtBot, theme: Theme, sample: Mention
) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    column = QVBoxLayout(panel)
    body = BodyText(theme)
    cover = Cover(body)
    column.addWidget(cover)
    column.addWidget(body)
    panel.show()
    rude = replace(sample, verdict=replace(sample.verdict, abusive=True))
    cover.show_mention(rude)
    assert cover.isVisible()
    assert not body.isVisible()
    cover.button.click()
    assert body.isVisible()
    assert not cover.isVisible()
    cover.show_mention(replace(rude, edited=True))  # the same mention, written anew
    assert body.isVisible()
    cover.show_mention(replace(sample, id=sample.id + 1))
    assert body.isVisible()
    assert not cover.isVisible()
    cover.show_mention(rude)
    assert cover.isVisible()
    assert not body.isVisible()


def test_an_abusive_mention_has_a_chip(sample: Mention) -> None:
    rude = replace(sample, verdict=replace(sample.verdict, abusive=True))
    now = sample.first_seen
    assert "Abusive" in [chip.word for chip in chips_of(rude, now)]
    assert "Abusive" not in [chip.word for chip in chips_of(sample, now)]


def test_the_why_has_a_line_of_its_own_where_space_is_short(
    qtbot: QtBot, theme: Theme, sample: Mention
) -> None:
    bar = WhyBar(theme)
    qtbot.addWidget(bar)
    bar.show_mention(sample)
    bar.resize(900, 80)
    bar.show()
    bar._column.activate()
    assert bar._line.y() < bar._more.geometry().bottom()
    bar.resize(400, 120)
    bar._column.activate()
    assert bar._line.y() > bar._more.geometry().bottom()
    assert bar._line.width() > 350


def test_all_reasons_end_with_a_grey_rest_and_name_risks_without_a_bar(
    qtbot: QtBot, theme: Theme, sample: Mention
) -> None:
    text = "ma panne 😤 et le feu"
    reasons = (
        Reason(ReasonKind.WORD, "ma", -3.0, 0, 2),
        Reason(ReasonKind.EMOJI, "😤", -2.0, 9, 10),
        Reason(ReasonKind.WORD, "panne", -1.0, 3, 8),
        Reason(ReasonKind.RISK, "feu", 0.0, 17, 20),
        Reason(ReasonKind.RULE, "rest", -4.0, 0, 0),
    )
    mention = written(sample, text)
    bar = WhyBar(theme)
    qtbot.addWidget(bar)
    bar.show_mention(
        replace(mention, verdict=replace(mention.verdict, tone=Tone.NEGATIVE, reasons=reasons))
    )
    bar._more.setChecked(True)
    said = [label.text() for label in bar._reasons.findChildren(QLabel)]
    assert said == [
        *("emoji", "😤", "word", "“panne”"),
        *("everything else in the text", "Words of risk: “feu”"),
    ]
    bars = bar._reasons.findChildren(WeightBar)
    assert [one.accessibleName() for one in bars] == ["-2.0", "-1.0", "-7.0"]
    assert [one._grey for one in bars] == [False, False, True]
    assert [round(one._share, 2) for one in bars] == [-1.0, -0.5, -1.0]
