"""The small rounded labels of a mention: which ones, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap, QPixmapCache

from monitor.model.mention import Correction, Mention, TriageState
from monitor.model.verdict import Tone, Urgency
from ui.icons import pixmap
from ui.theme import Theme
from ui.widgets.tone_shape import draw_tone_shape
from ui.words import correction_word, intent_word, moment, state_word, tone_word

GAP = 5
PADDING = 7
SHAPE = 8
ICON = 13


@dataclass(frozen=True, slots=True)
class Chip:
    """`front` and `ground` are palette tokens; `tone` draws its shape, `icon` a drawing, before the word."""

    word: str
    front: str
    ground: str
    tone: Tone | None = None
    icon: str = ""


def chips_of(mention: Mention, now: datetime) -> list[Chip]:
    """What a row says about a mention, most telling first. Of a withdrawn one only what was done."""
    translate = QCoreApplication.translate
    chips = [_plain(translate("Words", "Deleted"))] if mention.withdrawn else _judged(mention)
    if mention.correction is Correction.NOT_US:
        chips.insert(0, _plain(correction_word(Correction.NOT_US)))
    if mention.state is TriageState.WAITING and mention.wake_at is not None:
        chips.append(Chip(moment(mention.wake_at, now), "neutral", "neutral_soft", icon="snooze"))
    if word := state_word(mention.state):
        chips.append(Chip(word, "positive", "positive_soft", icon="tick"))
    if mention.has_draft and mention.state is TriageState.OPEN:
        chips.append(
            Chip(translate("Words", "Draft"), "accent_strong", "neutral_soft", icon="drafts")
        )
    if mention.edited and not mention.withdrawn:
        chips.append(_plain(translate("Words", "Edited")))
    return chips


def _judged(mention: Mention) -> list[Chip]:
    chips = [_tone_chip(mention)]
    if word := intent_word(mention.verdict.intent):
        chips.append(_plain(word))
    if mention.verdict.urgency is Urgency.URGENT:
        urgent = QCoreApplication.translate("Words", "Urgent")
        chips.append(Chip(urgent, "warning", "warning_soft"))
    if mention.verdict.abusive:
        abusive = QCoreApplication.translate("Words", "Abusive")
        chips.append(Chip(abusive, "warning", "warning_soft"))
    return chips


def draw_chips(painter: QPainter, chips: list[Chip], box: QRectF, theme: Theme) -> None:
    """Draw them from the left of `box`, as many as fit. The painter's font is theirs."""
    metrics = QFontMetricsF(painter.font())
    left = box.left()
    for chip in chips:
        mark = SHAPE + 4.0 if chip.tone is not None else 16.0 if chip.icon else 0.0
        width = metrics.horizontalAdvance(chip.word) + mark + 2 * PADDING
        if left + width > box.right() and left > box.left():
            return
        place = QRectF(left, box.top(), width, box.height())
        _draw(painter, chip, place, mark, theme)
        left += width + GAP


def _draw(painter: QPainter, chip: Chip, place: QRectF, mark: float, theme: Theme) -> None:
    front = theme.color(chip.front)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(chip.ground))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    left, middle = place.left() + PADDING, place.center().y()
    if chip.tone is not None:
        draw_tone_shape(painter, chip.tone, QRectF(left, middle - SHAPE / 2, SHAPE, SHAPE), front)
    elif chip.icon:
        picture = _picture(chip.icon, front, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(left - 1, middle - ICON / 2), picture)
    painter.setPen(front)
    painter.drawText(
        place.adjusted(PADDING + mark, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, chip.word
    )


def _picture(name: str, color: QColor, ratio: float) -> QPixmap:
    """The drawing, rendered once: rows are painted sixty times a second."""
    key = f"{name} {color.name()} {ratio}"
    kept = QPixmap()
    if not QPixmapCache.find(key, kept):
        kept = pixmap(name, color, ICON, ratio)
        QPixmapCache.insert(key, kept)
    return kept


def _tone_chip(mention: Mention) -> Chip:
    word = tone_word(mention.tone)
    if mention.verdict.to_check and mention.correction is None:
        word = QCoreApplication.translate("Words", "{tone}, to check").format(tone=word)
    front = mention.tone.value if mention.tone is not Tone.UNKNOWN else "neutral"
    return Chip(word, front, f"{front}_soft", tone=mention.tone)


def _plain(word: str) -> Chip:
    return Chip(word, "neutral", "neutral_soft")
