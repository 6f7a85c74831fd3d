"""Keys as they are kept, and as people read them."""

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeySequence

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText


def portable(keys: QKeySequence) -> str:
    """One combination of keys as it is kept: "Ctrl+K". Of a series, the first."""
    return QKeySequence(first_of(keys)).toString(PORTABLE) if keys.count() else ""


def native(key: str) -> str:
    """The same as this system writes it."""
    return QKeySequence(key).toString(NATIVE)


def first_of(keys: QKeySequence) -> QKeyCombination:
    """Of a series of combinations, the first."""
    found: QKeyCombination = keys[0]  # type: ignore[index]
    return found
