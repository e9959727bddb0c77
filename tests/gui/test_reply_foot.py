"""The foot of the reply panel: nothing is squeezed or cut, however narrow the panel."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from monitor.model.account import Account
from tests.gui.test_reply_sending import ACCOUNT, SendingService, panel, service, show
from ui.views.inbox import NARROWEST_DETAIL
from ui.views.reply import ReplyPanel

__all__ = ["panel", "service"]
LONG = dataclasses.replace(ACCOUNT, id=9, handle="cafe_lumen_lyon_presquile@mastodon.social")
REPLY = "Bonjour, écrivez à contact@lumen.example et indiquez [votre numéro de commande]."


def shown(
    qtbot: QtBot,
    panel: ReplyPanel,
    service: SendingService,
    accounts: tuple[Account, ...],
    width: int,
) -> None:
    service.answering = accounts
    show(panel)
    qtbot.waitUntil(lambda: (panel.sending.account is not None) == bool(accounts))
    panel.editor.setPlainText(REPLY)
    panel.resize(width, 320)
    qtbot.waitUntil(lambda: panel.width() == width)


def left(panel: ReplyPanel, widget: QWidget) -> int:
    return widget.mapTo(panel, widget.rect().topLeft()).x()


@pytest.mark.parametrize("accounts", [(), (ACCOUNT,), (LONG,), (ACCOUNT, LONG)])
@pytest.mark.parametrize("width", [NARROWEST_DETAIL, 592, 640, 900])
def test_nothing_is_squeezed_or_cut(
    qtbot: QtBot,
    panel: ReplyPanel,
    service: SendingService,
    accounts: tuple[Account, ...],
    width: int,
) -> None:
    shown(qtbot, panel, service, accounts, width)

    def fits() -> None:
        assert panel.minimumSizeHint().width() <= width
        assert panel._checks.width() >= 270
        assert panel._checks.height() >= panel._checks.heightForWidth(panel._checks.width())
        for button in (panel.copy_open, panel.sending.button):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width()
                assert 0 <= left(panel, button) <= width - button.width()

    qtbot.waitUntil(fits)


def test_where_one_chooses_who_answers_the_button_does_not_say_it_again(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    shown(qtbot, panel, service, (ACCOUNT, LONG), 640)
    assert panel.sending.button.text() == "Send"


def test_a_long_name_does_not_make_the_button_longer_than_the_panel(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    shown(qtbot, panel, service, (LONG,), 640)
    assert panel.sending.button.text() == "Send as @cafe_lumen_lyon_pre…"
    assert LONG.handle in panel.sending.button.toolTip()
