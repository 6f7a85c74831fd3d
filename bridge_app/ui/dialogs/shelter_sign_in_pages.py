"""What a sign-in may ask besides the password: a code, and which organisation to work in."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.photoshelter.values import Organization
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme

DIGITS = 6
"""Of a code. Source: reference/photoshelter.md, 4.4."""


class CodePage(QWidget):
    """Asks for the code that the person's second factor shows."""

    entered = Signal(str)
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._head = DialogHead(theme, icons, "shield-check", title=self.tr("Enter the code"))
        self._trouble = Banner(theme, icons)
        self.code = QLineEdit()
        self._back = QPushButton(self.tr("Back"), autoDefault=False)
        self._go = QPushButton(self.tr("Go on"), default=True)
        self._build()

    def start(self, email: str) -> None:
        """Nothing is entered yet."""
        text = self.tr("Two-step verification is on for {email}. Enter the six digits it shows.")
        self._head.set_text(text.format(email=isolated(one_line(email))))
        self.forget()
        self.code.setFocus()

    def forget(self) -> None:
        """Empty the field."""
        self.code.setText("")
        self._trouble.hush()
        self.set_busy(on=False)

    def set_busy(self, *, on: bool) -> None:
        """While the service is asked nothing can be changed."""
        self.code.setEnabled(not on)
        self._tell()

    def show_error(self, error: BridgeError) -> None:
        """Say what was wrong; the next code is typed into an empty field."""
        self.forget()
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self.code.setFocus()

    def _build(self) -> None:
        self.code.setMaxLength(DIGITS + 2)
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.code.textEdited.connect(self._tell)
        label = QLabel(self.tr("&Code"))
        label.setProperty("tone", "heading")
        label.setBuddy(self.code)
        layout = _page(self, self._head, self._trouble)
        layout.addWidget(label)
        layout.addWidget(self.code)
        layout.addStretch(1)
        layout.addLayout(form_foot(self._back, self._go))
        self._back.clicked.connect(self.backWanted)
        self._go.clicked.connect(self._enter)

    def _digits(self) -> str:
        """What was typed, without what people put between groups."""
        return re.sub(r"[\s-]", "", self.code.text())

    def _enter(self) -> None:
        self._trouble.hush()
        self.set_busy(on=True)
        self.entered.emit(self._digits())

    def _tell(self) -> None:
        digits = self._digits()
        ready = len(digits) == DIGITS and digits.isdecimal() and self.code.isEnabled()
        self._go.setEnabled(ready)


class OrganizationPage(QWidget):
    """Asks in which of their organisations the person works here."""

    chosen = Signal(str)  # the organisation's ID
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._head = DialogHead(
            theme,
            icons,
            "users",
            title=self.tr("Which organisation?"),
            text=self.tr(
                "A library shows one organisation. Connect again to add another one beside it."
            ),
        )
        self._trouble = Banner(theme, icons)
        self._lines = LineList(self)
        self.view = QListView()
        self.view.setItemDelegate(TwoLine(theme, icons, self.view))
        self._back = QPushButton(self.tr("Back"), autoDefault=False)
        self._go = QPushButton(self.tr("Choose"), default=True)
        self._build()

    def start(self, organizations: Sequence[Organization]) -> None:
        """Offer these."""
        self._trouble.hush()
        self._lines.take(
            [
                Line(key=one.id, icon="users", title=one_line(one.name) or one.id, text=one.id)
                for one in organizations
            ]
        )
        self.view.setCurrentIndex(self._lines.index(0))
        self.set_busy(on=False)
        self.view.setFocus()

    def set_busy(self, *, on: bool) -> None:
        """While the service is asked nothing can be changed."""
        self.view.setEnabled(not on)
        self._tell()

    def show_error(self, error: BridgeError) -> None:
        """Say what was wrong, and let the person choose again."""
        self.set_busy(on=False)
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _build(self) -> None:
        self.view.setModel(self._lines)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(self.tr("Organisations"))
        self.view.activated.connect(self._choose)
        self.view.selectionModel().currentChanged.connect(self._tell)
        layout = _page(self, self._head, self._trouble)
        layout.addWidget(self.view, 1)
        layout.addLayout(form_foot(self._back, self._go))
        self._back.clicked.connect(self.backWanted)
        self._go.clicked.connect(self._choose)

    def _choose(self) -> None:
        key = self.view.currentIndex().data(LineRole.KEY)
        if key is not None and self.view.isEnabled():
            self.set_busy(on=True)
            self.chosen.emit(key)

    def _tell(self) -> None:
        self._go.setEnabled(self.view.isEnabled() and self.view.currentIndex().isValid())


def _page(page: QWidget, head: DialogHead, trouble: Banner) -> QVBoxLayout:
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 24, 24, 20)
    layout.setSpacing(12)
    layout.addWidget(head)
    layout.addWidget(trouble)
    return layout
