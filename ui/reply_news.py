"""What became of replies while the person was already at another mention. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from monitor.model.events import Event, SendingsChanged
from monitor.model.outgoing import Sending, SendingState
from ui.bridge import Bridge


class ReplyNews(QObject):
    """`told` carries the mention's id, what happened in words, and whether all went well. Beside the reply
    itself it is said in more words: the one who listens leaves out the mention that is on screen."""

    told = Signal(int, str, bool)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._awaited: dict[int, tuple[int, str]] = {}  # sending -> mention, who is answered
        bridge.happened.connect(self._happened)

    def follow(self, sending: Sending, author: str) -> None:
        """Tell how this one ends."""
        self._awaited[sending.id] = (sending.mention_id or 0, author)

    def _happened(self, event: Event) -> None:
        if isinstance(event, SendingsChanged):
            awaited = {mention_id for mention_id, _ in self._awaited.values()}
            for mention_id in awaited.intersection(event.mention_ids):
                self._bridge.ask(self._bridge.sendings(mention_id), self._take)

    def _take(self, sendings: tuple[Sending, ...]) -> None:
        for sending in sendings:
            if sending.id in self._awaited and sending.state not in _UNDER_WAY:
                mention_id, author = self._awaited.pop(sending.id)
                self._tell(mention_id, author, sending)

    def _tell(self, mention_id: int, author: str, sending: Sending) -> None:
        reason = self._bridge.say(sending.error) if sending.error is not None else ""
        match sending.state:
            case SendingState.SENT:
                words = self.tr("The reply to {author} is published.")
            case SendingState.FAILED:
                words = self.tr("The reply to {author} was not sent. {reason}")
            case SendingState.UNKNOWN:
                words = self.tr("Nobody knows whether the reply to {author} was published.")
            case _:
                return
        words = words.format(author=author, reason=reason).strip()
        self.told.emit(mention_id, words, sending.state is SendingState.SENT)


_UNDER_WAY = (SendingState.WAITING, SendingState.SENDING)
