"""The feet of dialogs, and of forms that are a page of their dialog."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton


def form_foot(back: QPushButton, act: QPushButton) -> QHBoxLayout:
    """Back at one end, what is done at the other; `act` is the primary one."""
    act.setProperty("kind", "primary")
    return split_foot((back,), (act,))


def dialog_foot(*buttons: QPushButton) -> QHBoxLayout:
    """The foot of a dialog: its buttons in a row at the end."""
    return split_foot((), buttons)


def split_foot(left: Sequence[QPushButton], right: Sequence[QPushButton]) -> QHBoxLayout:
    """Buttons at the beginning and at the end of a line."""
    foot = QHBoxLayout()
    foot.setSpacing(8)
    for button in left:
        foot.addWidget(button)
    foot.addStretch(1)
    for button in right:
        foot.addWidget(button)
    return foot
