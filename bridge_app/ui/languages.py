"""The languages that the window speaks."""

from PySide6.QtCore import QLocale

SYSTEM = ""
"""As `Settings.language` has it: whatever the system speaks."""
NATIVE_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ja": "日本語",
    "pt_BR": "Português (Brasil)",
    "zh_CN": "简体中文",
}
"""By the codes of the files in `i18n/`. Each is named in itself, and so not translated:
whoever came upon a language that they cannot read finds their own."""


def chosen_language(language: str) -> str:
    """Which of them a setting means: "de_AT" is "de"; SYSTEM if it is none."""
    wanted = QLocale(language).language()
    found = (code for code in NATIVE_NAMES if language and QLocale(code).language() == wanted)
    return next(found, SYSTEM)
