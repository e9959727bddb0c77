"""The detail where it is narrowest: nothing stands beyond its edge, in French, with long names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.model.mention import MentionDetail
from monitor.model.post import Author
from tests.gui.test_reply_foot import LONG, REPLY
from tests.gui.test_reply_sending import SendingService, service
from tests.support.fake_service import mention_of
from ui.bridge import Bridge
from ui.theme import Theme
from ui.translations import install
from ui.views.detail import DetailView
from ui.views.inbox import NARROWEST_DETAIL

__all__ = ["service"]


@pytest.fixture
def view(
    qtbot: QtBot, qapp: QApplication, service: SendingService, theme: Theme
) -> Iterator[DetailView]:
    install(qapp, "fr")
    service.answering = (LONG,)
    words = "Une phrase assez longue pour remplir plus d’une ligne de cette vue."
    mention = dataclasses.replace(mention_of(1, words), seen=True)
    author = Author(
        name="Marguerite-Philippine de la Rochefoucauld",
        handle="marguerite_philippine_de_la_rochefoucauld@mastodon.social",
    )
    post = dataclasses.replace(mention.post, author=author, reply_to="{}")
    bridge = Bridge()
    bridge.attach(service)
    view = DetailView(bridge, theme)
    qtbot.addWidget(view)
    view.resize(NARROWEST_DETAIL, 560)
    view.show()
    view._wanted = 1
    view._take(MentionDetail(dataclasses.replace(mention, post=post), (), 0, (), None))
    qtbot.waitUntil(lambda: view.reply.sending.account is not None)
    yield view
    bridge.detach()
    install(qapp, "en")


def test_nothing_stands_beyond_the_edge(qtbot: QtBot, view: DetailView) -> None:
    viewport = view._scroll.viewport()
    content = view._scroll.widget()
    assert content is not None
    qtbot.waitUntil(lambda: 0 < content.width() <= viewport.width())
    assert content.minimumSizeHint().width() <= viewport.width()


def test_the_buttons_of_the_reply_keep_their_height(qtbot: QtBot, view: DetailView) -> None:
    view.reply.editor.setPlainText(REPLY)
    button = view.reply.sending.button
    qtbot.waitUntil(lambda: button.height() >= button.sizeHint().height() > 0)
    other = view.reply.copy_open
    qtbot.waitUntil(lambda: other.height() >= other.sizeHint().height())
