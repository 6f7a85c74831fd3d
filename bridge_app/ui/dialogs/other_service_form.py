"""Signing in at a service that another package brings: which one, and what that asks."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.shelter import BETWEEN, service_name
from bridge_app.libraries.third_parties import LibraryMaker, Question
from bridge_app.storage.secrets import Secret
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme


class OtherServiceForm(QWidget):
    """A field for each question; `entered` carries the answers by the names of the questions."""

    kindChosen = Signal(str)
    entered = Signal(object)  # dict[str, Secret]
    leaveWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._busy = False
        self._questions: dict[str, tuple[Question, QLineEdit]] = {}
        self._head = DialogHead(
            theme,
            icons,
            "library",
            title=self.tr("Connect Another Service"),
            text=self.tr(
                "A package that you installed beside Asset Bridge brings it. Secrets are kept in "
                "this computer’s keyring, never in plain text."
            ),
        )
        self._trouble = Banner(theme, icons)
        self.kind = QComboBox()
        self.name = QLineEdit(placeholderText=self.tr("The name that the service tells"))
        self._fields = QFormLayout(rowWrapPolicy=QFormLayout.RowWrapPolicy.WrapAllRows)
        self._leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        self._go = QPushButton(self.tr("Sign in"), default=True)
        self._go.setProperty("kind", "primary")
        self._build()

    def show_kinds(self, packages: Mapping[str, str]) -> None:
        """What is installed: the package of each kind."""
        self.kind.clear()
        for kind, package in packages.items():
            called = isolated(service_name(f"{kind}{BETWEEN}"))
            self.kind.addItem(f"{called} · {isolated(one_line(package))}", kind)
        if not packages:
            text = self.tr(
                "No package that brings another kind of library is installed. The documentation "
                "of libraries says what such a package provides."
            )
            self._trouble.say(Tone.INFO, text)
        self.kind.setEnabled(len(packages) > 1)
        self._tell()
        if packages:
            self.kindChosen.emit(self.kind.currentData())

    def show_questions(self, makes: LibraryMaker) -> None:
        """What this kind asks; what was typed for another one is forgotten."""
        self._clear()
        for question in makes.questions:
            field = SecretField(self._theme, self._icons) if question.is_secret else QLineEdit()
            field.setPlaceholderText(one_line(question.usual))
            field.textEdited.connect(self._tell)
            label = self._label(one_line(question.label), field)
            self._fields.insertRow(self._fields.rowCount() - 1, label, field)
            self._questions[question.name] = (question, field)
        for _, field in self._questions.values():
            field.setFocus()
            break
        self._tell()

    def sign_in_again(self, *, name: str) -> None:
        """The session of a library that is here has ended: only its person signs in again."""
        self._head.set_title(self.tr("Sign in to {library} again").format(library=name))
        self.name.setVisible(False)
        self._name_label.setVisible(False)

    def set_busy(self, *, on: bool) -> None:
        """While the service is asked nothing can be changed."""
        fields = [field for _, field in self._questions.values()]
        for part in (*fields, self.name):
            part.setEnabled(not on)
        self.kind.setEnabled(not on and self.kind.count() > 1)
        self._go.setText(self.tr("Signing in…") if on else self.tr("Sign in"))
        self._busy = on
        self._tell()

    def show_error(self, error: BridgeError) -> None:
        """Say what was wrong, and let the person go on where they were."""
        self.set_busy(on=False)
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def forget(self) -> None:
        """Keep nothing of what was typed, least of all secrets."""
        self._clear()
        self.name.clear()

    def _build(self) -> None:
        self.kind.activated.connect(lambda _: self.kindChosen.emit(self.kind.currentData()))
        self._fields.setVerticalSpacing(6)
        self._fields.addRow(self._label(self.tr("&Service"), self.kind), self.kind)
        self._name_label = self._label(self.tr("&Name in Asset Bridge"), self.name)
        self._fields.addRow(self._name_label, self.name)
        buttons = QHBoxLayout()
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addLayout(self._fields)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self._leave.clicked.connect(self.leaveWanted)
        self._go.clicked.connect(self._enter)
        self._tell()

    def _label(self, text: str, field: QWidget) -> QLabel:
        label = QLabel(text)
        label.setProperty("tone", "heading")
        label.setBuddy(field)
        return label

    def _clear(self) -> None:
        self._trouble.hush()
        for _, field in self._questions.values():
            field.clear()
            self._fields.removeRow(field)
        self._questions.clear()
        self._tell()

    def _enter(self) -> None:
        self._trouble.hush()
        answers = {
            name: Secret(field.text() or question.usual)
            for name, (question, field) in self._questions.items()
        }
        self.set_busy(on=True)
        self.entered.emit(answers)

    def _tell(self) -> None:
        answered = all(field.text() or one.usual for one, field in self._questions.values())
        self._go.setEnabled(not self._busy and bool(self._questions) and answered)
