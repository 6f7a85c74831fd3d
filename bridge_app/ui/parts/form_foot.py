"""The foot of a form that is a page of its dialog: back at one end, what is done at the other."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton


def form_foot(back: QPushButton, act: QPushButton) -> QHBoxLayout:
    """Both buttons in a row; `act` is the primary one."""
    act.setProperty("kind", "primary")
    foot = QHBoxLayout()
    foot.setSpacing(8)
    foot.addWidget(back)
    foot.addStretch(1)
    foot.addWidget(act)
    return foot
