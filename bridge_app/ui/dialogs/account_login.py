"""Logging in with the browser: where to, and the wait until the person comes back."""

from PySide6.QtCore import QUrl, Signal
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

from bridge_app.delivery.oauth import CLIENT_ID, LoginWish, authorization_server
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme


class AccountLogin(QWidget):
    """`wanted` carries a LoginWish; `cancelled` ends the wait."""

    wanted = Signal(object)  # LoginWish
    cancelled = Signal()
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._url = ""
        self._head = DialogHead(
            theme,
            icons,
            "globe",
            title=self.tr("Log in with the browser"),
            text=self.tr(
                "Cloudinary asks you in your browser which product environment Asset Bridge may "
                "use. What it gives is kept in this computer’s keyring, never in plain text."
            ),
        )
        self._note = Banner(theme, icons)
        self._prefix = QLineEdit()
        self._prefix.setPlaceholderText("https://api.cloudinary.com")
        self._client_id = QLineEdit()
        self._client_id.setPlaceholderText(CLIENT_ID)
        self._back = QPushButton(self.tr("Back"), autoDefault=False)
        self._again = QPushButton(self.tr("Open the page again"), autoDefault=False)
        self._cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        self._go = QPushButton(self.tr("Open the browser"), default=True)
        self._build()

    def start(self) -> None:
        """Nothing is asked yet."""
        self._note.hush()
        self.set_busy(on=False)
        self._go.setFocus()

    def set_busy(self, *, on: bool) -> None:
        """While the person is in the browser only the wait can be ended."""
        self._url = self._url if on else ""
        for part in (self._prefix, self._client_id, self._go):
            part.setEnabled(not on)
        self._back.setVisible(not on)
        self._cancel.setVisible(on)
        self._again.setVisible(on and bool(self._url))

    def open_page(self, url: str) -> None:
        """Show the person this page in the browser they have."""
        self._url = url
        self.set_busy(on=True)
        if QDesktopServices.openUrl(QUrl(url, QUrl.ParsingMode.StrictMode)):
            text = self.tr("Go on in your browser. This window waits for you for five minutes.")
            self._note.say(Tone.INFO, text, icon="hourglass")
        else:
            text = self.tr("No browser could be opened here. Choose “Back”, and use an API key.")
            self._note.say(Tone.WARNING, text)

    def show_error(self, error: BridgeError) -> None:
        """Say why nobody is logged in."""
        self.set_busy(on=False)
        self._note.say(Tone.NEGATIVE, error_text(error))

    def _build(self) -> None:
        self._go.setProperty("kind", "primary")
        self._go.clicked.connect(self._wish)
        self._back.clicked.connect(self.backWanted)
        self._cancel.clicked.connect(self.cancelled)
        self._again.clicked.connect(lambda: self.open_page(self._url))
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(6)
        named = ((self.tr("AP&I address"), self._prefix), (self.tr("Client &ID"), self._client_id))
        for column, (text, field) in enumerate(named):
            label = QLabel(text)
            label.setProperty("tone", "heading")
            label.setBuddy(field)
            fields.addWidget(label, 0, column)
            fields.addWidget(field, 1, column)
        hint = QLabel(self.tr("Only where your company says so; otherwise leave both empty."))
        hint.setProperty("tone", "caption")
        hint.setWordWrap(True)
        fields.addWidget(hint, 2, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._back)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._again)
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._note)
        layout.addLayout(fields)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _wish(self) -> None:
        wish = LoginWish(
            upload_prefix=self._prefix.text().strip() or None,
            client_id=self._client_id.text().strip() or CLIENT_ID,
        )
        try:
            authorization_server(wish.upload_prefix)
        except BridgeError as error:
            self._note.say(Tone.NEGATIVE, error_text(error))
            return
        self._note.hush()
        self.set_busy(on=True)
        self.wanted.emit(wish)
