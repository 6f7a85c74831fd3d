"""Keys as they are kept, and as people read them."""

import re

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
LETTER_BEHIND = re.compile(r"\s?\(&[^&)]\)")
"""Where words have no Latin letters, the letter that chooses them stands behind them."""


def portable(keys: QKeySequence) -> str:
    """One combination of keys as it is kept: "Ctrl+K". Of a series, the first."""
    return QKeySequence(first_of(keys)).toString(PORTABLE) if keys.count() else ""


def native(key: str) -> str:
    """The same as this system writes it."""
    return left_to_right(QKeySequence(key).toString(NATIVE))


def left_to_right(keys: str) -> str:
    """Keys keep their order among words of the other one, which would make "++Ctrl" of "Ctrl++"."""
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"{LEFT_TO_RIGHT}{keys}{END}" if mirrored and keys else keys


def bare(keys: str) -> str:
    """Keys that are read, without what keeps their order."""
    return keys.replace(LEFT_TO_RIGHT, "").replace(END, "")


def unmarked(words: str) -> str:
    """Words of a menu or a form without the mark of the letter that chooses them."""
    plain = LETTER_BEHIND.sub("", words)
    return plain.replace("&&", "\0").replace("&", "").replace("\0", "&")


def first_of(keys: QKeySequence) -> QKeyCombination:
    """Of a series of combinations, the first."""
    found: QKeyCombination = keys[0]  # type: ignore[index]
    return found
