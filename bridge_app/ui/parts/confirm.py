"""Asks before something large or final is done; the answer arrives as a signal."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.theme import Theme

WIDTH_PX = 440


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the act as a question, what is lost and what is kept, and two answers."""

    icon: str
    title: str
    text: str
    act: str
    leave: str


class ConfirmDialog(QDialog):
    """Two answers; Enter and Escape both leave things as they are."""

    confirmed = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        question: Question,
        parent: QWidget | None = None,
        *,
        more: QWidget | None = None,
    ) -> None:
        """`more` is asked as well, above the answers."""
        super().__init__(parent)
        self.setWindowTitle(question.title)
        self.setFixedWidth(WIDTH_PX)
        head = DialogHead(theme, icons, question.icon, title=question.title, text=question.text)
        head.set_icon(question.icon, badge="negative")
        leave = QPushButton(question.leave)
        leave.setDefault(True)
        leave.clicked.connect(self.reject)
        act = QPushButton(question.act, autoDefault=False)
        act.setProperty("kind", "danger")
        act.clicked.connect(self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(20)
        layout.addWidget(head)
        if more is not None:
            layout.addWidget(more)
        layout.addLayout(dialog_foot(act, leave))
        self.act_button, self.leave_button = act, leave
        leave.setFocus()

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit()


def ask_first(
    theme: Theme, icons: Icons, question: Question, parent: QWidget, act: Callable[[], object]
) -> None:
    """Do it once a person has confirmed it; returns at once."""
    dialog = ConfirmDialog(theme, icons, question, parent)
    dialog.confirmed.connect(act)
    open_dialog(dialog)
