"""From the engine's alerts to one notification per burst, worded for the person.

GUI thread. The engine gathers a burst; this asks for its mentions and says it in one notice.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from monitor.model.events import AlertsRaised, Event, MentionsChanged
from monitor.model.mention import Mention, TriageState
from monitor.model.verdict import Urgency
from ui.bridge import Bridge
from ui.notify import Notice, Notices
from ui.preferences import Preferences
from ui.words import author_name

translate = QCoreApplication.translate
LONGEST_EXCERPT = 160
MOST_QUOTED = 3
SLOT = "alerts"


class AlertNotices(QObject):
    """Listens to the bridge and sends to `notices`, unless the person switched them off."""

    def __init__(
        self,
        bridge: Bridge,
        notices: Notices,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._notices = notices
        self._preferences = preferences
        self._standing: tuple[int, ...] = ()  # mentions of the urgent notice on the screen
        bridge.happened.connect(self._hear)

    def send_test(self) -> None:
        """What the button in Settings does: proves that notices arrive and lead back."""
        title = translate("AlertNotices", "This is how Vigie tells you")
        body = translate("AlertNotices", "A negative mention will look like this one.")
        self._notices.send(Notice(title, body))

    def _hear(self, event: Event) -> None:
        if isinstance(event, AlertsRaised) and self._preferences.settings.notifications:
            self._bridge.ask(self._bridge.mentions(event.mention_ids), self._tell)
        elif isinstance(event, MentionsChanged) and set(self._standing) & set(event.changed_ids):
            standing = self._standing
            self._bridge.ask(self._bridge.mentions(standing), partial(self._look_again, standing))

    def _tell(self, mentions: tuple[Mention, ...]) -> None:
        mentions = tuple(mention for mention in mentions if not mention.withdrawn)
        if mentions:
            notice = notice_for(mentions)
            self._standing = tuple(one.id for one in mentions) if notice.urgent else ()
            self._notices.send(notice)

    def _look_again(self, asked: tuple[int, ...], mentions: tuple[Mention, ...]) -> None:
        """An urgent notice stays until answered: once nothing of it is open, it goes."""
        is_open = any(one.state is TriageState.OPEN and not one.withdrawn for one in mentions)
        if asked == self._standing and not is_open:
            self._standing = ()
            self._notices.withdraw(SLOT)


def notice_for(mentions: tuple[Mention, ...]) -> Notice:
    """One notice for one mention or for many; a click leads to the first of them."""
    first = mentions[0]
    if len(mentions) == 1:
        title = translate("AlertNotices", "Negative mention of {brand}").format(
            brand=first.brand_name
        )
        body = f"{author_name(first)}, {first.source_name}\n{first.post.excerpt(LONGEST_EXCERPT)}"
        return Notice(title, body, first.id, urgent=_is_urgent(mentions), slot=SLOT)
    brands = Counter(mention.brand_name for mention in mentions)
    count = len(mentions)
    if len(brands) == 1:
        title = translate("AlertNotices", "%n negative mention(s) of {brand}", None, count).format(
            brand=first.brand_name
        )
    else:
        title = translate("AlertNotices", "%n negative mention(s)", None, count)
    lines = [
        f"{author_name(mention)}: {mention.post.excerpt(LONGEST_EXCERPT)}"
        for mention in mentions[:MOST_QUOTED]
    ]
    body = "\n".join(line[:LONGEST_EXCERPT] for line in lines)
    return Notice(title, body, first.id, urgent=_is_urgent(mentions), slot=SLOT)


def _is_urgent(mentions: tuple[Mention, ...]) -> bool:
    """Urgent notices stay on the screen until answered: not for every bad word."""
    return any(mention.verdict.urgency is Urgency.URGENT for mention in mentions)
