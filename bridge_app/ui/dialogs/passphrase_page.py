"""Where no keyring service is: the passphrase of the encrypted file that stands in for it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.secrets import Secret
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme

SHORTEST = 8
"""Characters; below that a copied file can be opened by trying."""


class PassphrasePage(QWidget):
    """Asks once for the passphrase there is, or twice for a new one."""

    entered = Signal(object)  # Secret
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._new = True
        self._busy = False
        self._head = DialogHead(theme, icons, "lock", title="")
        self._trouble = Banner(theme, icons)
        self._first = SecretField(theme, icons)
        self._again = SecretField(theme, icons)
        self._first_label = _label(self.tr("&Passphrase"), self._first)
        self._again_label = _label(self.tr("The same &again"), self._again)
        self._hint = QLabel()
        self._hint.setProperty("tone", "caption")
        self._open = QPushButton(self.tr("Open"), default=True)
        self._open.clicked.connect(self._enter)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(6)
        layout.addWidget(self._head)
        layout.addSpacing(8)
        layout.addWidget(self._trouble)
        layout.addSpacing(6)
        for part in (self._first_label, self._first, self._again_label, self._again, self._hint):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(form_foot(back, self._open))
        for field in (self._first, self._again):
            field.textEdited.connect(self._tell)

    def start(self, *, new: bool) -> None:
        """Ask for a new passphrase (twice), or for the one of an existing file (once)."""
        self.forget()
        self._new = new
        self._again.setVisible(new)
        self._again_label.setVisible(new)
        self._hint.setVisible(new)
        if new:
            self._head.set_title(self.tr("Choose a passphrase"))
            self._head.set_text(
                self.tr(
                    "There is no keyring service here, so secrets are kept in an encrypted "
                    "file. The passphrase is asked for after each start. Nobody can restore it "
                    "for you; if it is lost, you add your accounts again and nothing else is."
                )
            )
            self._open.setText(self.tr("Create the key store"))
        else:
            self._head.set_title(self.tr("Open the key store"))
            self._head.set_text(
                self.tr("There is no keyring service here; secrets are in an encrypted file.")
            )
            self._open.setText(self.tr("Open"))
        self._tell()
        self._first.setFocus()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._first.forget()
        self._again.forget()
        self._trouble.hush()
        self._busy = False

    def show_error(self, error: BridgeError) -> None:
        """Say what was wrong; the passphrase is typed anew."""
        self.forget()
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self._tell()
        self._first.setFocus()

    def _enter(self) -> None:
        if self._reason_against():
            return
        self._busy = True
        self._tell()
        self.entered.emit(Secret(self._first.text()))

    def _tell(self) -> None:
        reason = self._reason_against()
        self._hint.setText(reason)
        self._open.setEnabled(not reason and not self._busy)

    def _reason_against(self) -> str:
        typed, again = self._first.text(), self._again.text()
        if not self._new:
            return "" if typed else self.tr("Type the passphrase")
        if len(typed) < SHORTEST:
            return self.tr("At least %Ln character(s); a few words are best", "", SHORTEST)
        if typed != again:
            return self.tr("Type the same twice, so that a slip of the finger cannot lock you out")
        return ""


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "heading")
    label.setBuddy(buddy)
    return label
