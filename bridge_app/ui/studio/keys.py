"""Every key of the studio that can be changed, once."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class StudioKey:
    """What it is kept as, the usual keys, and its words with their context."""

    name: str
    keys: tuple[str, ...]
    words: tuple[str, str]


# The words of review mode, where they are the same.
BACK = ("review keys", QT_TRANSLATE_NOOP("review keys", "Back"))
NEAR = ("review keys", QT_TRANSLATE_NOOP("review keys", "Nearer"))
FAR = ("review keys", QT_TRANSLATE_NOOP("review keys", "Farther"))
ALL = ("review keys", QT_TRANSLATE_NOOP("review keys", "Show everything"))
PIXELS = ("review keys", QT_TRANSLATE_NOOP("review keys", "100 %, and back"))
KEEP = ("studio keys", QT_TRANSLATE_NOOP("studio keys", "Save as a preset"))
SHELF = ("studio keys", QT_TRANSLATE_NOOP("studio keys", "Presets and sets"))
TAKE_BACK = ("studio keys", QT_TRANSLATE_NOOP("studio keys", "Undo"))
DO_AGAIN = ("studio keys", QT_TRANSLATE_NOOP("studio keys", "Redo"))

CLOSE = StudioKey("studio/close", ("Ctrl+W",), BACK)
SAVE = StudioKey("studio/save", ("Ctrl+S",), KEEP)
PRESETS = StudioKey("studio/presets", ("Ctrl+Shift+P",), SHELF)
UNDO = StudioKey("studio/undo", ("Ctrl+Z",), TAKE_BACK)
REDO = StudioKey("studio/redo", ("Ctrl+Shift+Z",), DO_AGAIN)
NEARER = StudioKey("studio/nearer", ("+", "="), NEAR)
FARTHER = StudioKey("studio/farther", ("-",), FAR)
FIT = StudioKey("studio/fit", ("0",), ALL)
ACTUAL = StudioKey("studio/actual", ("1",), PIXELS)

STUDIO_KEYS = (CLOSE, SAVE, PRESETS, UNDO, REDO, NEARER, FARTHER, FIT, ACTUAL)


def words_of(key: StudioKey) -> str:
    """What it does, translated."""
    return QCoreApplication.translate(*key.words)
