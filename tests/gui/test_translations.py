"""The interface in French and English: nothing missing, nothing left over, compiled as written."""

from __future__ import annotations

import re
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from ui.resources import resource
from ui.translations import install, language_for

ROOT = Path(__file__).resolve().parents[2]
translate = QCoreApplication.translate


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, speaking English again afterwards."""
    before = QLocale()
    yield qapp
    install(qapp, "en")
    QLocale.setDefault(before)


def pairs() -> Iterator[tuple[str, str]]:
    """English and French of every sentence, each plural form apart."""
    catalogue = ET.parse(resource("translations", "vigie_fr.ts"))  # noqa: S314  a file of ours
    for message in catalogue.iter("message"):
        source = message.findtext("source", "")
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        for french in forms or [translation.text or ""]:
            yield source, french


def test_the_catalogues_are_complete_and_compiled() -> None:
    checked = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "translations.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_placeholders_are_the_same() -> None:
    def named(words: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(words) if name}

    wrong = [(english, french) for english, french in pairs() if named(english) != named(french)]
    assert not wrong


def test_french_typography() -> None:
    for _, french in pairs():
        assert not re.search(r" [:;!?»]", french.replace(";;", "")), french
        assert "« " not in french, french
        assert "'" not in french, french


def test_french_is_spoken(app: QApplication) -> None:
    install(app, "fr")
    assert translate("FirstStartView", "What is your brand called?") == (
        "Comment s’appelle votre marque\u202f?"
    )
    assert translate("Sources", "%n brand(s)", None, 1) == "1 marque"
    assert translate("Sources", "%n brand(s)", None, 2) == "2 marques"
    assert QLocale().language() == QLocale.Language.French


def test_qt_itself_speaks_french(app: QApplication) -> None:
    install(app, "fr")
    assert translate("QPlatformTheme", "Cancel") == "Annuler"


def test_english_has_plurals(app: QApplication) -> None:
    install(app, "en")
    assert translate("Sources", "%n brand(s)", None, 1) == "1 brand"
    assert translate("Sources", "%n brand(s)", None, 2) == "2 brands"


def test_the_language_can_change_and_change_back(app: QApplication) -> None:
    install(app, "fr")
    install(app, "en")
    assert translate("FirstStartView", "What is your brand called?") == "What is your brand called?"


@pytest.mark.parametrize(("wanted", "spoken"), [("fr", "fr"), ("en", "en")])
def test_a_wanted_language_is_spoken(wanted: str, spoken: str) -> None:
    assert language_for(wanted) == spoken


def test_without_a_wish_one_of_ours_is_spoken() -> None:
    assert language_for("") in ("en", "fr")
