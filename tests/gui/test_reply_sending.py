"""Sending from the reply panel: who answers, the time to take it back, and what became of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from monitor.errors import ProfileError
from monitor.infra.settings import Settings
from monitor.model.account import Account
from monitor.model.events import AccountsChanged, SendingsChanged
from monitor.model.mention import Draft, MentionDetail
from monitor.model.outgoing import AuditEntry, ReplyLimits, Sending, SendingState
from monitor.model.post import Post
from monitor.text import Text, text
from tests.support.fake_service import FakeService, mention_of
from ui.bridge import Bridge
from ui.theme import Theme
from ui.views.reply import ReplyPanel
from ui.views.sent_list import SentList

ACCOUNT = Account(3, "bluesky", "bsky.social", "marque.bsky.social")


class SendingService(FakeService):
    def __init__(self) -> None:
        super().__init__()
        self.answering: tuple[Account, ...] = (ACCOUNT,)
        self.again: Text | None = None
        self.most = 300
        self.sent: list[Sending] = []
        self.taken_back: list[int] = []
        self.looked: list[int] = []
        self._settings = Settings()

    def reply_accounts(self, mention_id: int) -> Future[tuple[Account, ...]]:
        return self._answer(self.answering)

    def reply_limits(self, account: Account, post: Post, words: str) -> ReplyLimits:
        return ReplyLimits(len(words), self.most, least=2, again=self.again)

    def send_reply(
        self, mention_id: int, account_id: int, words: str, language: str
    ) -> Future[Sending]:
        now = datetime.now(UTC)
        due = now + timedelta(seconds=15)
        waiting = SendingState.WAITING
        one = Sending(1, mention_id, account_id, "key", words, language, "{}", waiting, due, now)
        self.sent.insert(0, one)
        return self._answer(one)

    def sendings(self, mention_id: int) -> Future[tuple[Sending, ...]]:
        return self._answer(tuple(self.sent))

    def save_draft(self, mention_id: int, text: str, language: str, template: str) -> Future[Draft]:
        return self._answer(Draft(mention_id, text, language, template, datetime.now(UTC)))

    def audit(self, limit: int) -> Future[tuple[AuditEntry, ...]]:
        entries = (AuditEntry(one, "bluesky", ACCOUNT.handle, "Léa Martin") for one in self.sent)
        return self._answer(tuple(entries))

    def take_back(self, sending_id: int) -> Future[bool]:
        self.taken_back.append(sending_id)
        return self._answer(True)

    def look_again(self, sending_id: int) -> Future[Sending]:
        self.looked.append(sending_id)
        return self._answer(self.sent[0])

    def becomes(self, state: SendingState, **values: object) -> None:
        self.sent[0] = dataclasses.replace(self.sent[0], state=state, **values)  # type: ignore[arg-type]  # the test's own
        self.tell(SendingsChanged((1,)))


@pytest.fixture
def service() -> SendingService:
    return SendingService()


@pytest.fixture
def panel(
    qapp: QApplication, qtbot: QtBot, service: SendingService, theme: Theme
) -> Iterator[ReplyPanel]:
    bridge = Bridge()
    bridge.attach(service)
    panel = ReplyPanel(bridge, theme)
    qtbot.addWidget(panel)
    yield panel
    bridge.detach()


def show(panel: ReplyPanel, reply_to: str = "{}", *, withdrawn: bool = False) -> None:
    mention = mention_of(1, "En panne")
    mention = dataclasses.replace(
        mention,
        post=dataclasses.replace(mention.post, reply_to=reply_to),
        withdrawn=withdrawn,
    )
    panel.show_detail(MentionDetail(mention, (), 0, (), None))
    panel.show()


def sent(qtbot: QtBot, panel: ReplyPanel, service: SendingService) -> None:
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account is not None)
    panel.editor.setPlainText("Bonjour, on regarde.")
    panel.answer()
    qtbot.waitUntil(lambda: "second" in panel.sending.bar.words)


def test_without_an_account_it_is_copied_and_opened_as_ever(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    service.answering = ()
    show(panel)
    qtbot.wait(50)
    assert not panel.sending.isVisible()
    assert (panel.copy_open.key, panel.copy_open.property("role")) == ("Ctrl+↵", "primary")


def test_with_an_account_the_key_sends(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    assert panel.sending.button.text() == "Send as @marque"
    assert panel.copy_open.key == ""
    assert [one.text for one in service.sent] == ["Bonjour, on regarde."]
    assert not panel.sending.button.isEnabled()
    panel.answer()
    assert len(service.sent) == 1


def test_it_can_be_taken_back(qtbot: QtBot, panel: ReplyPanel, service: SendingService) -> None:
    sent(qtbot, panel, service)
    panel.sending.bar._action.click()
    qtbot.waitUntil(lambda: service.taken_back == [1])
    service.becomes(SendingState.CANCELLED)
    qtbot.waitUntil(lambda: panel.sending.bar.words == "Taken back: nothing was sent.")
    assert panel.sending.button.isEnabled()


def test_a_refusal_stands_there_in_the_networks_words(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    service.becomes(SendingState.FAILED, error=text("It says no."), hint=text("Shorten it."))
    qtbot.waitUntil(lambda: panel.sending.bar.words == "Not sent. It says no. Shorten it.")
    assert panel.sending.button.isEnabled()


def test_that_a_second_reply_replaces_the_first_is_said_before(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    service.again = text("Yours takes its place.")
    sent(qtbot, panel, service)
    assert "takes its place" not in panel.says
    service.becomes(SendingState.SENT, sent_at=datetime.now(UTC))
    qtbot.waitUntil(lambda: "Yours takes its place" in panel.says)


def test_whoever_was_chosen_goes_on_answering(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    second = dataclasses.replace(ACCOUNT, id=4, handle="autre.bsky.social")
    service.answering = (ACCOUNT, second)
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account == ACCOUNT)
    panel.sending.choice.setCurrentIndex(1)
    panel.sending.choice.activated.emit(1)
    fresh = dataclasses.replace(second, expires_at=datetime.now(UTC))
    service.answering = (ACCOUNT, fresh)
    service.tell(AccountsChanged())  # as when a login was renewed
    qtbot.waitUntil(lambda: panel.sending.account == fresh)
    panel.show_detail(None)
    assert panel.sending.account is None
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account == fresh)


def test_what_became_of_a_reply_shows_though_the_mention_was_deleted(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    service.becomes(SendingState.UNKNOWN, error=text("No answer."))
    panel.show_detail(None)
    show(panel, withdrawn=True)
    qtbot.waitUntil(lambda: panel.sending.bar.words.startswith("Nobody knows"))
    assert panel.sending.account is None


def test_what_was_sent_is_not_sent_again_by_the_same_key(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    service.becomes(SendingState.SENT, sent_at=datetime.now(UTC))
    qtbot.waitUntil(lambda: panel.sending.bar.words.startswith("Published"))
    panel.answer()
    assert len(service.sent) == 1
    panel.again.click()
    panel.editor.setPlainText("Et encore ceci.")
    assert panel.sending.button.isEnabled()


def test_an_unknown_one_is_looked_for(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    service.becomes(SendingState.UNKNOWN, error=text("No answer."))
    qtbot.waitUntil(lambda: panel.sending.bar.words.startswith("Nobody knows"))
    panel.sending.bar._action.click()
    qtbot.waitUntil(lambda: service.looked == [1])


def test_what_is_too_long_or_too_short_cannot_be_sent(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account is not None)
    panel.editor.setPlainText("a" * 301)
    assert not panel.sending.button.isEnabled()
    assert "301 / 300" in panel._told.text()
    assert "too long for the network" in panel.says
    panel.editor.setPlainText("a")
    assert not panel.sending.button.isEnabled()
    assert "too short for the network" in panel.says
    panel.answer()
    assert service.sent == []


def test_an_empty_list_says_so(qtbot: QtBot, panel: ReplyPanel, service: SendingService) -> None:
    shown = audited(qtbot, service)
    qtbot.waitUntil(shown.empty.isVisible)
    assert not shown.table.isVisible()


def test_a_list_that_cannot_be_read_says_why_in_its_place(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    service.fail_with = ProfileError(text("Damaged."), text("Kept."), text("Restore it."))
    shown = audited(qtbot, service)
    qtbot.waitUntil(shown.empty.isVisible)
    told = [label.text() for label in shown.empty.findChildren(QLabel)]
    assert told == ["Damaged.", "Kept. Restore it."]


def test_the_chosen_one_is_shown_in_full_with_the_networks_reason(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    failed = SendingState.FAILED
    service.becomes(failed, text="First line\nsecond", error=text("No."), hint=text("Wait."))
    shown = audited(qtbot, service)
    told = "@marque.bsky.social → Léa Martin\nFirst line\nsecond\nNo. Wait."
    qtbot.waitUntil(lambda: shown.full.text() == told)


def audited(qtbot: QtBot, service: SendingService) -> SentList:
    bridge = Bridge()
    bridge.attach(service)
    shown = SentList(bridge)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_the_list_says_what_was_sent_to_whom_by_whose_click(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    service.sent[0] = dataclasses.replace(
        service.sent[0], state=SendingState.SENT, sent_at=datetime.now(UTC), clicked_by="alex"
    )
    shown = audited(qtbot, service)
    qtbot.waitUntil(lambda: shown.table.rowCount() == 1)
    cells = [shown.table.item(0, column) for column in range(1, 6)]
    assert [cell.text() for cell in cells if cell is not None] == [
        "@marque.bsky.social",
        "Léa Martin",
        "Bonjour, on regarde.",
        "sent",
        "alex",
    ]


def test_how_long_a_reply_may_be_is_said_as_soon_as_the_server_told(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account is not None)
    assert panel._told.text() == "0 / 300"
    service.most = 5000
    service.tell(SendingsChanged())
    qtbot.waitUntil(lambda: panel._told.text() == "0 / 5,000")


def test_a_key_that_is_faster_than_the_accounts_waits_for_them(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.views.reply.open_in_browser", opened.append)
    show(panel)
    panel.editor.setPlainText("Bonjour")
    panel.answer()
    assert (opened, service.sent) == ([], [])
    qtbot.waitUntil(lambda: len(service.sent) == 1)
    qtbot.waitUntil(lambda: panel.sending.waiting)
    assert opened == []
    assert len(service.sent) == 1
