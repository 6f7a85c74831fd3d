"""Signing in with the browser: as which application, and the wait until the person comes back."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.photoshelter.browser_sign_in import BrowserSignIn
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme
from bridge_app.work.shelter_browser import return_address


class BrowserPage(QWidget):
    """`wanted` carries a BrowserSignIn; `cancelled` ends the wait."""

    wanted = Signal(object)  # BrowserSignIn
    cancelled = Signal()
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._head = DialogHead(
            theme,
            icons,
            "globe",
            title=self.tr("Sign in with the browser"),
            text=self.tr(
                "Password and code stay between you and the service. An application has to be "
                "registered there, with this address to come back to:"
            ),
        )
        self._note = Banner(theme, icons)
        self.come_back = QLabel(return_address(), textFormat=Qt.TextFormat.PlainText)
        self.address = QLineEdit()
        self.key = SecretField(theme, icons)
        self.client_id = QLineEdit()
        self.client_secret = SecretField(theme, icons)
        self._back = QPushButton(self.tr("Back"), autoDefault=False)
        self._cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        self._go = QPushButton(self.tr("Open the browser"), default=True)
        self._build()
        for field in self._fields():
            field.textEdited.connect(self._tell)

    def start(self, address: str) -> None:
        """Nothing is asked yet."""
        self.address.setText(address)
        self._note.hush()
        self.set_busy(on=False)
        self.key.setFocus()

    def forget(self) -> None:
        """Keep nothing secret of what was typed."""
        self.key.forget()
        self.client_secret.forget()
        self.set_busy(on=False)

    def set_busy(self, *, on: bool) -> None:
        """While the person is in the browser only the wait can be ended."""
        for field in self._fields():
            field.setEnabled(not on)
        self._back.setVisible(not on)
        self._cancel.setVisible(on)
        self._tell()

    def open_page(self, url: str) -> None:
        """Show the person this page in the browser they have."""
        if QDesktopServices.openUrl(QUrl(url, QUrl.ParsingMode.StrictMode)):
            text = self.tr("Go on in your browser. This window waits for you for five minutes.")
            self._note.say(Tone.INFO, text, icon="hourglass")
        else:
            text = self.tr("No browser could be opened here. Choose “Cancel”, and use a password.")
            self._note.say(Tone.WARNING, text)

    def show_error(self, error: BridgeError) -> None:
        """Say why nobody is signed in."""
        self.set_busy(on=False)
        self._note.say(Tone.NEGATIVE, error_text(error))

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.address, self.key, self.client_id, self.client_secret

    def _build(self) -> None:
        self.come_back.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.come_back.setProperty("tone", "strong")
        self._go.setProperty("kind", "primary")
        self._go.clicked.connect(self._wish)
        self._back.clicked.connect(self.backWanted)
        self._cancel.clicked.connect(self.cancelled)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        titles = (
            self.tr("&Address"),
            self.tr("API &key"),
            self.tr("Client &ID"),
            self.tr("Client &secret"),
        )
        for number, (title, field) in enumerate(zip(titles, self._fields(), strict=True)):
            row, column = divmod(number, 2)
            label = QLabel(title)
            label.setProperty("tone", "heading")
            label.setBuddy(field)
            grid.addWidget(label, row * 2, column)
            grid.addWidget(field, row * 2 + 1, column)
            grid.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._back)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self.come_back, self._note):
            layout.addWidget(part)
        layout.addLayout(grid)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _wish(self) -> None:
        self._note.hush()
        self.set_busy(on=True)
        self.wanted.emit(
            BrowserSignIn(
                base_url=self.address.text().strip(),
                api_key=self.key.secret(),
                client_id=self.client_id.text().strip(),
                client_secret=self.client_secret.secret(),
            )
        )

    def _tell(self) -> None:
        filled = all(field.text().strip() for field in self._fields())
        self._go.setEnabled(filled and self.address.isEnabled())
