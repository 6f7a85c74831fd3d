"""Signing in at a PhotoShelter-style service: its address, the API key, and who it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.photoshelter.sign_in import SignIn
from bridge_app.storage.secrets import Secret
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme

PHOTOSHELTER = "https://www.photoshelter.com"
"""Where the service itself is; a stand-in has another address."""


class ShelterSignInForm(QWidget):
    """What a person enters; `entered` carries it as a SignIn that is still to be tried."""

    entered = Signal(object)  # SignIn
    browserWanted = Signal()
    leaveWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._busy = False
        self._head = DialogHead(
            theme,
            icons,
            "library",
            title=self.tr("Connect PhotoShelter"),
            text=self.tr(
                "Its collections appear at the left, and originals stay there until you want "
                "one. Key and password are kept in this computer’s keyring, never in plain text."
            ),
        )
        self._trouble = Banner(theme, icons)
        self.address = QLineEdit()
        self.key = SecretField(theme, icons)
        self.email = QLineEdit()
        self.password = SecretField(theme, icons)
        self.name = QLineEdit()
        self.keeps = QCheckBox(self.tr("&Stay signed in"))
        self.browser = QPushButton(self.tr("Sign in with the browser…"), autoDefault=False)
        self.browser.setProperty("kind", "quiet")
        self.browser.clicked.connect(self.browserWanted)
        self._leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        self._go = QPushButton(default=True)
        self._go.setProperty("kind", "primary")
        self._build()
        for field in (self.address, self.key, self.email, self.password):
            field.textEdited.connect(self._tell)
        self._leave.clicked.connect(self.leaveWanted)
        self._go.clicked.connect(self._enter)
        self.start()

    def start(self, *, address: str = PHOTOSHELTER, email: str = "") -> None:
        """Empty fields, but for what is known, and the keyboard in the first that is empty."""
        self.forget()
        self.address.setText(address)
        self.email.setText(email)
        self.key.setFocus()
        self._tell()

    def sign_in_again(self, *, name: str, address: str, email: str) -> None:
        """The session of a library that is here has ended: only its person signs in again."""
        self.start(address=address, email=email)
        self.address.setEnabled(False)
        self.name.setVisible(False)
        self._name_label.setVisible(False)
        self._head.set_title(self.tr("Sign in to {library} again").format(library=name))

    def forget(self) -> None:
        """Keep nothing of what was typed, least of all secrets."""
        for field in (self.address, self.email, self.name):
            field.setText("")
        self.forget_secrets()
        self._trouble.hush()
        self.keeps.setChecked(True)
        self.set_busy(on=False)

    def forget_secrets(self) -> None:
        """Empty key and password."""
        self.key.forget()
        self.password.forget()

    def set_busy(self, *, on: bool) -> None:
        """While the service is asked nothing can be changed."""
        for part in (self.key, self.email, self.password, self.name, self.keeps, self.browser):
            part.setEnabled(not on)
        self.address.setEnabled(not on and not self.name.isHidden())
        self._go.setText(self.tr("Signing in…") if on else self.tr("Sign in"))
        self._busy = on
        self._tell()

    def show_error(self, error: BridgeError) -> None:
        """Say what was wrong, and let the person go on where they were."""
        self.set_busy(on=False)
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self.password.setFocus()

    def _build(self) -> None:
        self.address.setPlaceholderText(PHOTOSHELTER)
        self.name.setPlaceholderText(self.tr("The organisation’s name"))
        for field in (self.address, self.email):
            field.setInputMethodHints(Qt.InputMethodHint.ImhNoAutoUppercase)
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(6)
        _put(fields, 0, 0, self.tr("&Address"), self.address)
        _put(fields, 0, 1, self.tr("API &key"), self.key)
        _put(fields, 3, 0, self.tr("&E-mail"), self.email)
        _put(fields, 3, 1, self.tr("&Password"), self.password)
        self._name_label = _put(fields, 6, 0, self.tr("&Name in Asset Bridge"), self.name)
        fields.addWidget(self.keeps, 7, 1, Qt.AlignmentFlag.AlignVCenter)
        for row in (2, 5):
            fields.setRowMinimumHeight(row, 6)
        hint = QLabel(
            self.tr(
                "The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the "
                "password is not kept, and you are asked for it when the session ends."
            ),
            wordWrap=True,
        )
        hint.setProperty("tone", "caption")
        buttons = QHBoxLayout()
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addLayout(fields)
        layout.addWidget(hint)
        layout.addWidget(self.browser, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _enter(self) -> None:
        self._trouble.hush()
        self.set_busy(on=True)
        self.entered.emit(
            SignIn(
                base_url=self.address.text().strip(),
                api_key=self.key.secret(),
                email=self.email.text().strip(),
                # A password may begin or end with a blank.
                password=Secret(self.password.text()),
                keeps_password=self.keeps.isChecked(),
            )
        )

    def _tell(self) -> None:
        fields = (self.address, self.key, self.email, self.password)
        self._go.setEnabled(not self._busy and all(field.text().strip() for field in fields))


def _put(grid: QGridLayout, row: int, column: int, text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "heading")
    label.setBuddy(field)
    grid.addWidget(label, row, column)
    grid.addWidget(field, row + 1, column)
    grid.setColumnStretch(column, 1)
    return label
