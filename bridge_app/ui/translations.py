"""The window's language: Qt's own texts, ours, and plurals of the English in the source.

Every translator is a compiled file. One written in Python would be called by Qt's image readers
from any thread while they hold a lock of Qt's, and wait there for the interpreter for ever.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries `i18n/` inside the package (pyproject.toml, force-include); a checkout beside it.
OURS = "asset_bridge"
ENGLISH = QLocale(QLocale.Language.English)
PLACES = (PACKAGE / "_i18n", PACKAGE.parent / "i18n")


def install_translations(app: QApplication, language: str) -> list[QTranslator]:
    """Let `app` speak a language ("de", "ar_EG"; "" is the system's), and read its way.

    Returns the translators, which the caller keeps. Where ours is missing, English is shown,
    for which a file of its own makes "3 asset(s)" of the source read "3 assets".
    """
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    translators: list[QTranslator] = []
    folders = [QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)]
    folders += [str(place) for place in PLACES]
    ours = False
    for spoken, name in ((ENGLISH, OURS), (locale, "qtbase"), (locale, OURS)):
        for folder in folders:
            found = QTranslator()
            if found.load(spoken, name, "_", folder):
                translators.append(found)
                ours = ours or (name == OURS and spoken is locale)
    for translator in translators:
        QCoreApplication.installTranslator(translator)
    if ours:
        app.setLayoutDirection(locale.textDirection())
    return translators
