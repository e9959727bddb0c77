"""The icons: every drawing renders in the colour asked for, sharp at twice the size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from ui.icons import app_icon, icon, pixmap, tray_icon
from ui.resources import resource

DRAWINGS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_has_ink_in_its_colour(qapp: QApplication, name: str) -> None:
    picture = pixmap(name, QColor("#ff0000"), 24, 2.0)
    assert picture.size() == QSize(48, 48)
    assert picture.devicePixelRatio() == 2.0
    if name != "vigie":  # the program's own icon has its own colours
        assert _inks(picture.toImage()) == {"#ff0000"}


@pytest.mark.parametrize("name", [name for name in DRAWINGS if name not in ("vigie", "logo")])
def test_all_drawings_are_of_one_set(name: str) -> None:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in drawing
    assert 'stroke-width="1.6"' in drawing
    assert "currentColor" in drawing


def test_an_unknown_name_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-drawing", "#000000")


def test_the_tray_shows_how_many_wait(qapp: QApplication) -> None:
    pictures = [tray_icon(count).pixmap(QSize(22, 22)).toImage() for count in (0, 1, 7, 12, 120)]
    assert all(not picture.isNull() for picture in pictures)
    assert len({bytes(picture.constBits()) for picture in pictures}) == len(pictures)


def test_a_paused_tray_looks_different(qapp: QApplication) -> None:
    listening, paused = (
        tray_icon(0, paused).pixmap(QSize(22, 22)).toImage() for paused in (False, True)
    )
    assert listening != paused


def test_the_program_icon_is_drawn_large(qapp: QApplication) -> None:
    assert QSize(256, 256) in app_icon().availableSizes()


def test_the_program_icon_is_shipped_as_a_file() -> None:
    assert Path(resource("icons", "vigie.svg")).is_file()


def _inks(image: QImage) -> set[str]:
    """The colours of the opaque points."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colors = (image.pixelColor(x, y) for x, y in points)
    return {color.name() for color in colors if color.alpha() == 255}
