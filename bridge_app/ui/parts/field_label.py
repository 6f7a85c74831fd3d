"""The heading that stands above a field."""

from PySide6.QtWidgets import QLabel, QWidget


def label(text: str, field: QWidget) -> QLabel:
    """A heading above a field, whose key leads to it."""
    made = QLabel(text)
    made.setProperty("tone", "heading")
    made.setBuddy(field)
    return made
