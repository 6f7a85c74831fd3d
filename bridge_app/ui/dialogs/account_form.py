"""Adding a product environment: three fields, or one address that holds all three."""

from contextlib import suppress

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.environments import Naming, Stage
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.dialogs.account_naming import StageBox
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme

SEPARATOR = "://"


class AccountForm(QWidget):
    """What a person enters; `entered` carries it as a NewAccount that is still to be checked."""

    entered = Signal(object)  # NewAccount
    backWanted = Signal()
    loginWanted = Signal()
    choiceWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._typed = ""
        self._busy = False
        self._trouble = Banner(theme, icons)
        self._url = SecretField(theme, icons, can_reveal=False)
        self._url.setPlaceholderText(self.tr("cloudinary://…"))
        self._cloud_name = QLineEdit()
        self._api_key = QLineEdit()
        self._secret = SecretField(theme, icons)
        self._stage = StageBox()
        self._stage_is_chosen = False
        self._more = QPushButton(self.tr("Advanced"), autoDefault=False)
        self._more.setCheckable(True)
        self._more.setProperty("kind", "quiet")
        self._advanced = QFrame()
        self._prefix = QLineEdit()
        self._prefix.setPlaceholderText("https://api.cloudinary.com")
        self._cname = QLineEdit()
        self._cname.setPlaceholderText("res.cloudinary.com")
        self._login = QPushButton(self.tr("Log in with the browser…"), autoDefault=False)
        self._choice = QPushButton(self.tr("Choose from your account…"), autoDefault=False)
        self._back = QPushButton(self.tr("Back"), autoDefault=False)
        self._save = QPushButton(self.tr("Check and save"), default=True)
        self._save.setProperty("kind", "primary")
        self._build()
        self._connect()
        theme.changed.connect(self._dress)
        self._dress()
        self._tell()

    def start(self, *, can_go_back: bool) -> None:
        """Empty fields and the keyboard in the first."""
        self.forget()
        self._back.setVisible(can_go_back)
        self._url.setFocus()

    def prefill(self, cloud_name: str) -> None:
        """Only the key is missing."""
        self._cloud_name.setText(cloud_name)
        self._guess_stage()
        self._api_key.setFocus()

    def forget(self) -> None:
        """Keep nothing of what was typed, least of all the secret."""
        for field in (self._cloud_name, self._api_key, self._prefix, self._cname):
            field.setText("")
        self._secret.forget()
        self._clear_url()
        self._trouble.hush()
        self._more.setChecked(False)
        self._stage_is_chosen = False
        self._stage.choose(Stage.NONE)
        self.set_busy(on=False)

    def set_busy(self, *, on: bool) -> None:
        """While the service is asked nothing can be changed."""
        for part in (self._url, self._cloud_name, self._api_key, self._secret, self._advanced):
            part.setEnabled(not on)
        for other in (self._stage, self._login, self._choice):
            other.setEnabled(not on)
        self._save.setText(self.tr("Checking…") if on else self.tr("Check and save"))
        self._busy = on
        self._tell()

    def show_error(self, error: BridgeError) -> None:
        """Say what was wrong, and let the person go on where they were."""
        self.set_busy(on=False)
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _build(self) -> None:
        head = DialogHead(
            self._theme,
            self._icons,
            "key-round",
            title=self.tr("Add a Cloudinary account"),
            text=self.tr(
                "Cloudinary shows all of this under Settings, API Keys. The secret is kept in "
                "this computer’s keyring, never in plain text."
            ),
        )
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(6)
        _put(fields, 0, self.tr("&Paste a CLOUDINARY_URL"), self._url)
        hint = QLabel(self.tr("It is taken apart and removed from here at once."))
        hint.setProperty("tone", "caption")
        fields.addWidget(hint, 2, 0, 1, 2)
        fields.setRowMinimumHeight(3, 10)
        _put(fields, 4, self.tr("&Cloud name"), self._cloud_name, columns=1)
        _put(fields, 4, self.tr("API &key"), self._api_key, column=1, columns=1)
        fields.setRowMinimumHeight(6, 6)
        _put(fields, 7, self.tr("API &secret"), self._secret, columns=1)
        _put(fields, 7, self.tr("S&tage"), self._stage, column=1, columns=1)
        more = QGridLayout(self._advanced)
        more.setContentsMargins(0, 0, 0, 0)
        more.setHorizontalSpacing(14)
        more.setVerticalSpacing(6)
        _put(more, 0, self.tr("AP&I address"), self._prefix, columns=1)
        _put(more, 0, self.tr("&Delivery host"), self._cname, column=1, columns=1)
        self._advanced.setVisible(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addLayout(self._other_ways())
        layout.addWidget(self._trouble)
        layout.addLayout(fields)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._advanced)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _other_ways(self) -> QHBoxLayout:
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for way in (self._login, self._choice):
            way.setProperty("kind", "quiet")
            ways.addWidget(way)
        ways.addStretch(1)
        return ways

    def _connect(self) -> None:
        self._url.textEdited.connect(self._take_url_if_pasted)
        self._url.editingFinished.connect(self._take_url)
        for field in (self._cloud_name, self._api_key, self._secret):
            field.textEdited.connect(self._tell)
        self._cloud_name.textEdited.connect(self._guess_stage)
        self._stage.activated.connect(self._stage_chosen)
        self._login.clicked.connect(self.loginWanted)
        self._choice.clicked.connect(self.choiceWanted)
        self._more.toggled.connect(self._advanced.setVisible)
        self._more.toggled.connect(self._dress)
        self._back.clicked.connect(self.backWanted)
        self._save.clicked.connect(self._enter)

    def _take_url_if_pasted(self, text: str) -> None:
        """More than one character at a time, and it may be whole: nobody types like that.

        What is typed fills the fields below as soon as it can be read.
        """
        pasted = len(text) - len(self._typed) > 1
        self._typed = text
        if pasted and SEPARATOR in text:
            self._take_url()
        elif SEPARATOR in text and text.rpartition("@")[2]:
            with suppress(BridgeError):
                self._fill(NewAccount.from_url(text))

    def _take_url(self) -> None:
        text = self._url.text()
        if not text.strip():
            return
        self._clear_url()
        try:
            account = NewAccount.from_url(text)
        except BridgeError as error:
            self._trouble.say(Tone.NEGATIVE, error_text(error))
            return
        self._fill(account)
        self._save.setFocus()

    def _fill(self, account: NewAccount) -> None:
        self._trouble.hush()
        self._cloud_name.setText(account.cloud_name)
        self._api_key.setText(account.api_key)
        self._secret.setText(account.secret.reveal())
        self._prefix.setText(account.upload_prefix or "")
        self._cname.setText(account.cname or "")
        self._more.setChecked(bool(account.upload_prefix or account.cname))
        self._guess_stage()
        self._tell()

    def _clear_url(self) -> None:
        self._typed = ""
        self._url.forget()

    def _enter(self) -> None:
        try:
            account = NewAccount(
                cloud_name=self._cloud_name.text().strip(),
                api_key=self._api_key.text().strip(),
                secret=self._secret.secret(),
                upload_prefix=self._prefix.text().strip() or None,
                cname=self._cname.text().strip() or None,
                naming=Naming(label=self._cloud_name.text().strip(), stage=self._stage.stage),
            )
        except BridgeError as error:
            self._trouble.say(Tone.NEGATIVE, error_text(error))
            return
        self._trouble.hush()
        self.set_busy(on=True)
        self.entered.emit(account)

    def _guess_stage(self) -> None:
        """What the name suggests, until the person has said otherwise."""
        if not self._stage_is_chosen:
            self._stage.choose(Stage.guessed(self._cloud_name.text()))

    def _stage_chosen(self) -> None:
        self._stage_is_chosen = True

    def _tell(self) -> None:
        fields = (self._cloud_name, self._api_key, self._secret)
        self._save.setEnabled(not self._busy and all(field.text().strip() for field in fields))

    def _dress(self) -> None:
        if self._more.isChecked():
            icon = "chevron-down"
        else:
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            icon = "chevron-left" if rtl else "chevron-right"
        self._more.setIcon(
            self._icons.icon(icon, on_colour=self._theme.tokens.text_muted, size_px=16)
        )


def _put(
    grid: QGridLayout, row: int, text: str, field: QWidget, *, column: int = 0, columns: int = 2
) -> None:
    label = QLabel(text)
    label.setProperty("tone", "heading")
    label.setBuddy(field)
    grid.addWidget(label, row, column, 1, columns)
    grid.addWidget(field, row + 1, column, 1, columns)
