"""The feet of dialogs, and of forms that are a page of their dialog."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton


def form_foot(back: QPushButton, act: QPushButton) -> QHBoxLayout:
    """Back at one end, what is done at the other; `act` is the primary one."""
    act.setProperty("kind", "primary")
    foot = QHBoxLayout()
    foot.setSpacing(8)
    foot.addWidget(back)
    foot.addStretch(1)
    foot.addWidget(act)
    return foot


def dialog_foot(*buttons: QPushButton) -> QHBoxLayout:
    """The foot of a dialog: its buttons in a row at the end."""
    foot = QHBoxLayout()
    foot.setSpacing(8)
    foot.addStretch(1)
    for button in buttons:
        foot.addWidget(button)
    return foot
