"""Choosing product environments from the list that an account's own keys open."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.provisioning import AccountKeys, ProductEnvironment
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.environment_facts import Organisation
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme


class AccountEnvironments(QWidget):
    """`listWanted` asks for the list of some keys; `addWanted` carries the entry to add.

    `keptWanted` asks for the list of an account whose keys are kept already.
    """

    listWanted = Signal(object, bool)  # AccountKeys, keep them
    keptWanted = Signal(str)  # account ID
    addWanted = Signal(object, str)  # ProductEnvironment, the API's address or ""
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._found: Sequence[ProductEnvironment] = ()
        self._known: frozenset[str] = frozenset()
        self._kept: dict[str, Organisation] = {}
        self._head = DialogHead(
            theme,
            icons,
            "layers",
            title=self.tr("Choose from your account"),
            text=self.tr(
                "The account’s own keys list all its product environments. Cloudinary shows them "
                "under Settings, Account API Keys."
            ),
        )
        self._note = Banner(theme, icons)
        self._account_id = QLineEdit()
        self._key = QLineEdit()
        self._secret = SecretField(theme, icons)
        self._prefix = QLineEdit()
        self._prefix.setPlaceholderText("https://api.cloudinary.com")
        self._keep = QCheckBox(self.tr("&Keep these keys in the keyring"))
        self._keep.setChecked(True)
        self._list = QPushButton(self.tr("List environments"), autoDefault=False)
        self._lines = LineList(self)
        self._view = QListView()
        self._add = QPushButton(self.tr("Add this one"), default=True)
        self._build(theme, icons)
        self._connect()

    def start(self, organisations: Sequence[Organisation], known: Sequence[str]) -> None:
        """Offer the first account whose keys are kept; mark the environments known already."""
        self.forget()
        self._known = frozenset(known)
        self._kept = {one.account_id: one for one in organisations}
        if organisations:
            first = organisations[0]
            self._account_id.setText(first.account_id)
            self._key.setText(first.api_key)
            self._prefix.setText(first.upload_prefix or "")
            self._secret.setPlaceholderText(self.tr("In the keyring"))
        else:
            self._secret.setPlaceholderText("")
        self._account_id.setFocus()
        self._tell()

    def forget(self) -> None:
        """Keep nothing of what was typed or told, least of all secrets."""
        for field in (self._account_id, self._key, self._prefix):
            field.setText("")
        self._secret.forget()
        self._found = ()
        self._lines.take([])
        self._note.hush()
        self.set_busy(on=False)

    def set_busy(self, *, on: bool) -> None:
        """While the service is asked nothing can be changed."""
        for part in (self._account_id, self._key, self._secret, self._prefix, self._keep):
            part.setEnabled(not on)
        self._list.setText(self.tr("Asking…") if on else self.tr("List environments"))
        self._list.setEnabled(not on)
        self._tell()

    def show_list(self, found: Sequence[ProductEnvironment]) -> None:
        """Show what the account has."""
        self._secret.forget()
        self.set_busy(on=False)
        self._found = found
        self._lines.take([self._line(one) for one in found])
        self._note.hush()
        if found:
            self._view.setCurrentIndex(self._lines.index(0))
            self._view.setFocus()
        else:
            self._note.say(Tone.INFO, self.tr("This account has no product environments yet."))
        self._tell()

    def show_error(self, error: BridgeError) -> None:
        """Say what was wrong, and let the person go on where they were."""
        self.set_busy(on=False)
        self._note.say(Tone.NEGATIVE, error_text(error))

    def _build(self, theme: Theme, icons: Icons) -> None:
        show_lines(self._view, self._lines, theme, icons, self.tr("Product environments"))
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(6)
        named = (
            (self.tr("Account &ID"), self._account_id),
            (self.tr("AP&I address"), self._prefix),
            (self.tr("Account &key"), self._key),
            (self.tr("Account &secret"), self._secret),
        )
        for number, (text, field) in enumerate(named):
            row, column = divmod(number, 2)
            label = QLabel(text)
            label.setProperty("tone", "heading")
            label.setBuddy(field)
            fields.addWidget(label, row * 2, column)
            fields.addWidget(field, row * 2 + 1, column)
            fields.setColumnStretch(column, 1)
        asking = QHBoxLayout()
        asking.addWidget(self._keep, 1)
        asking.addWidget(self._list)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self._note):
            layout.addWidget(part)
        layout.addLayout(fields)
        layout.addLayout(asking)
        layout.addWidget(self._view, 1)
        layout.addLayout(form_foot(back, self._add))

    def _connect(self) -> None:
        self._list.clicked.connect(self._ask)
        self._secret.returnPressed.connect(self._ask)
        self._add.clicked.connect(self._add_chosen)
        self._view.activated.connect(self._add_chosen)
        self._view.selectionModel().currentChanged.connect(self._tell)

    def _ask(self) -> None:
        account_id = self._account_id.text().strip()
        kept = self._kept.get(account_id)
        if kept is not None and not self._secret.text() and kept.api_key == self._key.text():
            self.set_busy(on=True)
            self.keptWanted.emit(account_id)
            return
        try:
            keys = AccountKeys(
                account_id=account_id,
                api_key=self._key.text().strip(),
                secret=self._secret.secret(),
                upload_prefix=self._prefix.text().strip() or None,
            )
        except BridgeError as error:
            self._note.say(Tone.NEGATIVE, error_text(error))
            return
        self.set_busy(on=True)
        self.listWanted.emit(keys, self._keep.isChecked())

    def _add_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._add.isEnabled():
            self.addWanted.emit(chosen, self._prefix.text().strip())

    def _chosen(self) -> ProductEnvironment | None:
        key = self._view.currentIndex().data(LineRole.KEY)
        return next((one for one in self._found if one.cloud_name == key), None)

    def _tell(self) -> None:
        chosen = self._chosen()
        self._add.setEnabled(chosen is not None and chosen.enabled and self._list.isEnabled())

    def _line(self, one: ProductEnvironment) -> Line:
        mark = self.tr("Added") if one.cloud_name in self._known else ""
        key = self.tr("Key {key}").format(key=isolated(one.api_key or ""))
        opens = key if one.secret is not None else self.tr("Its key has to be entered")
        return Line(
            key=one.cloud_name,
            icon="cloud" if one.enabled else "cloud-off",
            title=one_line(one.name),
            text="  ·  ".join((one_line(one.cloud_name), opens)),
            mark=mark if one.enabled else self.tr("Switched off"),
            tone="positive" if one.enabled else "neutral",
        )
