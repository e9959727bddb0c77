"""The language of the interface: which one, and the catalogues of Qt and of the program.

GUI thread, at the start and when the person changes the language.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ui.resources import resource

LANGUAGES = ("en", "fr")
SYSTEM = "system"


def language_for(wanted: str) -> str:
    """The language to speak: the wanted one, or the system's, or English where we do not speak it."""
    if wanted in LANGUAGES:
        return wanted
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def install(app: QCoreApplication, language: str) -> None:
    """Speak `language` (one of LANGUAGES) from now on; replaces what was installed before.

    The locale follows too, so dates, numbers and plurals read as they are written there: the
    system's own regional habits are kept when they are of that language.
    """
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    system = QLocale.system()
    same = QLocale(language).language() == system.language()
    QLocale.setDefault(system if same else QLocale(language))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (
        (f"qtbase_{language}", qt_folder),
        (f"vigie_{language}", resource("translations").as_posix()),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
