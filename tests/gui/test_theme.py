"""The colours can be read, the style sheet fills, and the system's choice is followed."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from monitor.model.verdict import Tone
from ui.palette import AVATAR_COLORS, DARK, LIGHT, Palette
from ui.theme import Scheme, Theme, set_role

AA = 4.5
"""Least contrast of text, WCAG 2.2 level AA."""


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(palette: Palette) -> list[tuple[str, str]]:
    """Every pair of letters and ground that the program draws."""
    grounds = (palette.panel, palette.side, palette.background, palette.accent_soft)
    pairs = [(letters, ground) for letters in (palette.text, palette.muted) for ground in grounds]
    for name in ("negative", "positive", "neutral", "warning"):
        front = getattr(palette, name)
        pairs += [(front, getattr(palette, f"{name}_soft")), (front, palette.panel)]
    pairs += [(palette.text, palette.tone(tone)[1]) for tone in Tone]
    pairs += [(palette.text, palette.brand_mark), (palette.on_accent, palette.accent)]
    pairs += [(palette.muted, palette.tone(tone)[1]) for tone in Tone]
    return [
        *pairs,
        (palette.accent_strong, palette.accent_soft),
        (palette.accent_strong, palette.neutral_soft),
        (palette.negative, palette.side),
    ]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(palette: Palette) -> None:
    faint = [(a, b, round(contrast(a, b), 2)) for a, b in readable(palette) if contrast(a, b) < AA]
    assert faint == []


@pytest.mark.parametrize(("ground", "letters"), AVATAR_COLORS)
def test_initials_can_be_read(ground: str, letters: str) -> None:
    assert contrast(ground, letters) >= AA


def test_the_style_sheet_fills_in_both_schemes(qapp: QApplication) -> None:
    theme = Theme(qapp, Scheme.LIGHT)
    theme.dress()
    light = qapp.styleSheet()
    theme.set_scheme(Scheme.DARK)
    dark = qapp.styleSheet()
    assert light != dark
    assert "$" not in light + dark
    assert theme.dark
    assert theme.color("panel").name() == DARK.panel


def test_every_token_of_the_palette_is_a_colour() -> None:
    for palette in (LIGHT, DARK):
        for value in dataclasses.asdict(palette).values():
            assert len(value) == 7
            int(value[1:], 16)


def test_a_role_changes_the_look(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.ensurePolished()
    set_role(label, "error")
    assert label.palette().windowText().color() == theme.color("negative")


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of any list
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_last_choice_of_a_list_is_whole(qtbot: QtBot, theme: Theme, count: int) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["English", "Français", "As this computer"][:count])
    box.show()
    box.showPopup()
    view = box.view()
    last = view.visualRect(box.model().index(count - 1, 0))
    assert last.bottom() < view.viewport().height()
    assert last.right() < view.viewport().width()
