"""Stars and counts beside a mention, and a mention that was deleted where it was published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.model.mention import Mention, TriageState, View
from monitor.model.post import Post
from tests.support.fake_service import mention_of
from tests.support.sample_engine import SampleEngine
from ui.bridge import Bridge
from ui.post_words import counts_line, excerpt, spoken_stars, stars
from ui.shortcuts import Command
from ui.theme import Theme
from ui.translations import install
from ui.views.main_window import MainWindow
from ui.views.reply import ReplyPanel
from ui.widgets.chips import chips_of
from ui.widgets.reception import Reception
from ui.words import spoken_mention

GONE = "Deleted by its author or the network"
SHOWN = 5000
NBSP, THIN = "\u00a0", "\u202f"


def told(**values: int) -> Mention:
    mention = mention_of(1, "Deux étoiles.")
    return replace(mention, post=replace(mention.post, **values))  # type: ignore[arg-type]  # the test's own fields


def gone() -> Mention:
    mention = mention_of(1, "")
    return replace(mention, withdrawn=True, flagged=False, needs_answer=False, has_alert=False)


# -- stars and counts ------------------------------------------------------------------------------
def test_stars_are_drawn_and_spoken(qtbot: QtBot, theme: Theme) -> None:
    reception = Reception()
    qtbot.addWidget(reception)
    reception.show_mention(told(rating=2, replies=3, likes=12, shares=1))
    assert reception.stars.text() == "★★☆☆☆"
    assert reception.stars.accessibleName() == "2 of 5 stars"
    assert reception.counts.text() == "3 replies · 12 likes · 1 share"
    assert not reception.isHidden()


def test_what_the_network_does_not_tell_takes_no_room(qtbot: QtBot, theme: Theme) -> None:
    reception = Reception()
    qtbot.addWidget(reception)
    reception.show_mention(told(likes=1))
    assert reception.stars.isHidden()
    assert reception.counts.text() == "1 like"
    reception.show_mention(told(likes=0))
    assert reception.isHidden()
    reception.show_mention(told(rating=5))
    assert not reception.isHidden()


def test_stars_beyond_five_are_five() -> None:
    assert (stars(9), stars(-1)) == ("★★★★★", "☆☆☆☆☆")


def test_in_french_they_have_their_plurals(qapp: QApplication) -> None:
    install(qapp, "fr")
    try:
        one = Post("1", "", "", "", replies=1, likes=1, shares=1)
        many = Post("1", "", "", "", replies=2, likes=2480, shares=3)
        assert counts_line(one) == "1 réponse · 1 j’aime · 1 partage"
        said = counts_line(many).replace(NBSP, " ").replace(THIN, " ")
        assert said == "2 réponses · 2 480 j’aime · 3 partages"
        assert (spoken_stars(1), spoken_stars(2)) == ("1 étoile sur 5", "2 étoiles sur 5")
    finally:
        install(qapp, "en")


# -- a mention that is gone ------------------------------------------------------------------------
def test_its_row_says_so_in_place_of_its_text() -> None:
    assert excerpt(gone(), 80) == GONE
    assert [chip.word for chip in chips_of(gone(), gone().at)] == ["Deleted"]
    spoken = spoken_mention(gone())
    assert GONE in spoken
    assert "Negative" not in spoken


def test_what_was_done_with_it_still_shows() -> None:
    drafted = replace(gone(), has_draft=True)
    done = replace(gone(), state=TriageState.DONE)
    assert [chip.word for chip in chips_of(drafted, drafted.at)] == ["Deleted", "Draft"]
    assert [chip.word for chip in chips_of(done, done.at)] == ["Deleted", "Done"]


@pytest.fixture
def withdrawn(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> tuple[MainWindow, SampleEngine, int]:
    """A mention with a draft was deleted where it was published, and is on screen among all."""
    mention = window.inbox.detail.mention
    assert mention is not None
    engine.service.save_draft(mention.id, "Bonjour Léa,", "fr", "").result(10)
    engine.withdraw(mention.id)
    inbox = window.inbox
    qtbot.waitUntil(lambda: inbox.list.model.row_of(mention.id) < 0, timeout=SHOWN)
    inbox.show_mention(mention.id)
    qtbot.waitUntil(lambda: inbox.list.table.current_id == mention.id, timeout=SHOWN)
    qtbot.waitUntil(inbox.detail.withdrawn.isVisible, timeout=SHOWN)
    return window, engine, mention.id


def test_the_detail_says_what_became_of_it(
    withdrawn: tuple[MainWindow, SampleEngine, int],
) -> None:
    detail = withdrawn[0].inbox.detail
    assert detail.withdrawn.isVisible()
    assert detail.withdrawn.text() == f"{GONE}; what it said is no longer kept."
    assert not detail.body.isVisible()
    assert not detail.why.isVisible()
    assert detail.head.reception.isHidden()


def test_its_reply_is_off_and_the_draft_stays(
    qtbot: QtBot, withdrawn: tuple[MainWindow, SampleEngine, int]
) -> None:
    window, engine, mention_id = withdrawn
    reply = window.inbox.detail.reply
    assert reply.off
    assert reply.editor.isReadOnly()
    assert not reply.copy_open.isEnabled()
    assert reply.says == "The mention was deleted: there is nothing to answer any more."
    reply.begin()
    assert not reply.editor.hasFocus()
    detail = engine.service.detail(mention_id).result(10)
    assert detail is not None
    assert detail.draft is not None
    assert detail.draft.text == "Bonjour Léa,"
    assert [mention.id for mention in engine.list(View.DRAFTS)] == [mention_id]


def test_no_key_judges_what_is_gone(withdrawn: tuple[MainWindow, SampleEngine, int]) -> None:
    window, engine, mention_id = withdrawn
    window.inbox.run(Command.POSITIVE)
    QCoreApplication.processEvents()
    assert not window.inbox.triage.can_undo
    assert engine.mention(mention_id).correction is None


def test_the_reply_is_on_again_for_the_next(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    panel = ReplyPanel(bridge, theme)
    qtbot.addWidget(panel)
    first, second = (engine.service.detail(one.id).result(10) for one in engine.list()[:2])
    assert first is not None
    assert second is not None
    panel.show_detail(replace(first, mention=replace(first.mention, withdrawn=True)))
    assert (panel.off, panel.editor.isReadOnly()) == (True, True)
    assert panel.editor.placeholderText() == ""
    panel.show_detail(second)
    assert (panel.off, panel.editor.isReadOnly()) == (False, False)
    assert panel.editor.placeholderText()
