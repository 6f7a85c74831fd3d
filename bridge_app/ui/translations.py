"""The window's language: Qt's own texts, ours, and plurals of the English in the source."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries `i18n/` inside the package (pyproject.toml, force-include); a checkout beside it.
PLACES = (PACKAGE / "_i18n", PACKAGE.parent / "i18n")


class EnglishPlurals(QTranslator):
    """Makes "3 asset(s)" of the source read "3 assets", where no translation is installed."""

    def isEmpty(self) -> bool:
        """Qt: it has something to say."""
        return False

    def translate(
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Qt: the plural or the singular; nothing for all other texts."""
        del context, disambiguation
        if n < 0 or "(s)" not in source:
            return None
        return source.replace("(s)", "" if n == 1 else "s")


def install_translations(app: QApplication, language: str) -> list[QTranslator]:
    """Let `app` speak a language ("de", "ar_EG"; "" is the system's), and read its way.

    Returns the translators, which the caller keeps. Where ours is missing, English is shown.
    """
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    translators: list[QTranslator] = [EnglishPlurals()]
    folders = [QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)]
    folders += [str(place) for place in PLACES]
    ours = False
    for name in ("qtbase", "asset_bridge"):
        for folder in folders:
            found = QTranslator()
            if found.load(locale, name, "_", folder):
                translators.append(found)
                ours = ours or name == "asset_bridge"
    for translator in translators:
        QCoreApplication.installTranslator(translator)
    if ours:
        app.setLayoutDirection(locale.textDirection())
    return translators
