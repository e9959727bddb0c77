"""What one key does to a mention, and how it is taken back. GUI thread; the engine does the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from monitor.model.mention import Correction, Mention, TriageState
from monitor.model.outgoing import Sending
from ui.bridge import Bridge
from ui.words import author_name, correction_word, moment

KEPT = 50
"""Steps that can be taken back."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, and the call that takes it back; a waiting reply until it is due."""

    words: str
    undo: Callable[[], None]
    reply: Sending | None = None


class Triage(QObject):
    """`did` carries a sentence for the person about what just happened; `undone` when taken back."""

    did = Signal(str)
    undone = Signal(str, int)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._steps: list[tuple[int, Step]] = []

    def done(self, mention: Mention) -> None:
        """File it without an answer."""
        words = self.tr("Done: {author}").format(author=author_name(mention))
        self._set_state(mention, TriageState.DONE, None, words)

    def snooze(self, mention: Mention, wake_at: datetime, now: datetime) -> None:
        """Out of the list until `wake_at` (aware)."""
        words = self.tr("{author} comes back {when}").format(
            author=author_name(mention), when=moment(wake_at, now)
        )
        self._set_state(mention, TriageState.WAITING, wake_at, words)

    def answered(self, mention: Mention) -> None:
        """The person published the reply."""
        self._bridge.tell(self._bridge.mark_answered(mention.id))
        words = self.tr("Answered: {author}").format(author=author_name(mention))
        self._remember(mention.id, words, lambda: self._put_back(mention))

    def replied(self, mention: Mention, sending: Sending) -> None:
        """The person pressed Send: until it is due it can be taken back. Said elsewhere."""
        words = self.tr("the reply to {author}").format(author=author_name(mention))
        answer = partial(self._reply_is_back, words, mention.id)
        step = Step(
            words,
            lambda: self._bridge.ask(self._bridge.take_back(sending.id), answer),
            sending,
        )
        self._steps.append((mention.id, step))

    def forget_reply(self, sending_id: int) -> None:
        """It was taken back in another way."""
        self._steps = [
            (mention_id, step)
            for mention_id, step in self._steps
            if step.reply is None or step.reply.id != sending_id
        ]

    def correct(self, mention: Mention, correction: Correction) -> None:
        """Set the person's judgement; the same key again takes it back."""
        wanted = None if mention.correction is correction else correction
        self._bridge.tell(self._bridge.correct(mention.id, wanted))
        if wanted is None:
            words = self.tr("Your correction was taken back")
        else:
            words = self.tr("{author}: {correction}").format(
                author=author_name(mention), correction=correction_word(wanted)
            )
        before = mention.correction
        self._remember(
            mention.id,
            words,
            lambda: self._bridge.tell(self._bridge.correct(mention.id, before)),
        )

    def undo(self) -> None:
        """Take the last step back."""
        if not self.can_undo:
            self.did.emit(self.tr("Nothing to take back"))
            return
        mention_id, step = self._steps.pop()
        step.undo()
        if step.reply is None:
            self._say_undone(step.words, mention_id)

    def _say_undone(self, words: str, mention_id: int) -> None:
        self.undone.emit(self.tr("Taken back: {what}").format(what=words), mention_id)

    def _reply_is_back(self, words: str, mention_id: int, taken: bool) -> None:
        if taken:
            self._say_undone(words, mention_id)
        else:
            self.did.emit(self.tr("Too late: the reply was on its way already."))

    @property
    def can_undo(self) -> bool:
        now = datetime.now(UTC)
        self._steps = [
            one for one in self._steps if one[1].reply is None or one[1].reply.due_at > now
        ]
        return bool(self._steps)

    def _set_state(
        self, mention: Mention, state: TriageState, wake_at: datetime | None, words: str
    ) -> None:
        self._bridge.tell(self._bridge.set_state((mention.id,), state, wake_at))
        self._remember(mention.id, words, lambda: self._put_back(mention))

    def _put_back(self, mention: Mention) -> None:
        self._bridge.tell(self._bridge.set_state((mention.id,), mention.state, mention.wake_at))

    def _remember(self, mention_id: int, words: str, undo: Callable[[], None]) -> None:
        self._steps.append((mention_id, Step(words, undo)))
        del self._steps[:-KEPT]
        self.did.emit(words)
