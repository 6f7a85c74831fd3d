"""Cloudinary accounts: which are known, which is in use, and adding or removing one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.accounts import Account, NewAccount
from bridge_app.domain.errors import BridgeError, NoKeyringError
from bridge_app.domain.jobs import WaitingFor
from bridge_app.storage.secrets import KeyringLockedError, Secret
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.dialogs.account_form import AccountForm
from bridge_app.ui.dialogs.passphrase_page import PassphrasePage
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, isolated
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 540, 520


class AccountDialog(QDialog):
    """A list, a form and, where no keyring service is, a page for the passphrase."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._theme = theme
        self._icons = icons
        self._latest = Latest(asker, self)
        self._new: NewAccount | None = None
        self._lines = LineList(self)
        self._view = QListView()
        self._note = Banner(theme, icons)
        self._form = AccountForm(theme, icons)
        self._passphrase = PassphrasePage(theme, icons)
        self._pages = QStackedWidget()
        self._list_page = self._built_list()
        self._build()
        if worker.accounts():
            self._show_list()
        else:
            self._start_form()

    def done(self, result: int) -> None:
        """Qt: the dialog closes; nothing secret stays in it."""
        self._latest.forget()
        self._new = None
        self._form.forget()
        self._passphrase.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Cloudinary accounts"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        for page in (self._list_page, self._form, self._passphrase):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._form.entered.connect(self._check)
        self._form.backWanted.connect(self._show_list)
        self._passphrase.entered.connect(self._open_key_store)
        self._passphrase.backWanted.connect(self._back_from_passphrase)

    def _built_list(self) -> QWidget:
        page = QWidget()
        head = DialogHead(
            self._theme,
            self._icons,
            "key-round",
            title=self.tr("Cloudinary accounts"),
            text=self.tr("Pushes go to the account in use."),
        )
        self._view.setModel(self._lines)
        self._view.setItemDelegate(TwoLine(self._theme, self._icons, self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(self.tr("Accounts"))
        self._view.selectionModel().currentChanged.connect(self._tell)
        self._view.activated.connect(self._use)
        self._use_button = QPushButton(self.tr("Use this one"), autoDefault=False)
        self._use_button.clicked.connect(self._use)
        self._remove_button = QPushButton(self.tr("Remove…"), autoDefault=False)
        self._remove_button.setProperty("kind", "danger")
        self._remove_button.clicked.connect(self._ask_before_removing)
        self._unlock_button = QPushButton(self.tr("Open key store…"), autoDefault=False)
        self._unlock_button.setProperty("kind", "primary")
        self._unlock_button.clicked.connect(lambda: self._start_passphrase(new=False))
        add = QPushButton(self.tr("Add account…"), autoDefault=False)
        add.clicked.connect(self._start_form)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (add, self._use_button, self._remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._unlock_button)
        buttons.addWidget(close)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self._note)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)
        return page

    def _show_list(self) -> None:
        self._form.forget()
        chosen = self._chosen()
        self._lines.take([self._line(account) for account in self._worker.accounts()])
        rows = range(self._lines.rowCount())
        keys = [self._lines.index(row).data(LineRole.KEY) for row in rows]
        row = keys.index(chosen) if chosen in keys else 0
        self._view.setCurrentIndex(self._lines.index(row))
        self._pages.setCurrentWidget(self._list_page)
        self._view.setFocus()
        self._tell()
        self._tell_if_locked()

    def _tell_if_locked(self) -> None:
        """Pushes that wait for an account that is there wait for its secret."""
        waits = self._worker.summary().waiting_for is WaitingFor.ACCOUNT
        locked = waits and self._worker.current_account() is not None
        self._unlock_button.setVisible(locked)
        if locked:
            self._note.say(
                Tone.WARNING,
                self.tr("Pushes wait, because the key store has not been opened yet."),
                icon="lock",
            )

    def _line(self, account: Account) -> Line:
        label = account.label or account.environment
        name = "" if label == account.environment else account.environment
        key = self.tr("Key {key}").format(key=isolated(account.api_key))
        parts = (name, key, account.upload_prefix or "")
        return Line(
            key=account.environment,
            icon="cloud",
            title=label,
            text="  ·  ".join(part for part in parts if part),
            mark=self.tr("In use") if account.in_use else "",
            tone="positive",
        )

    def _chosen(self) -> str:
        found = self._view.currentIndex().data(LineRole.KEY)
        return found if isinstance(found, str) else ""

    def _tell(self) -> None:
        current = self._worker.current_account()
        chosen = self._chosen()
        in_use = current is not None and current.environment == chosen
        self._use_button.setEnabled(bool(chosen) and not in_use)
        self._remove_button.setEnabled(bool(chosen))

    def _start_form(self) -> None:
        self._note.hush()
        self._form.start(can_go_back=bool(self._worker.accounts()))
        self._pages.setCurrentWidget(self._form)

    def _start_passphrase(self, *, new: bool) -> None:
        self._passphrase.start(new=new)
        self._pages.setCurrentWidget(self._passphrase)

    def _back_from_passphrase(self) -> None:
        if self._new is None:
            self._passphrase.forget()
            self._show_list()
        else:
            self._back_to_form()

    def _back_to_form(self) -> None:
        self._latest.forget()
        self._passphrase.forget()
        self._form.set_busy(on=False)
        self._pages.setCurrentWidget(self._form)

    def _check(self, account: NewAccount) -> None:
        self._new = account
        self._latest.ask(lambda: self._worker.add_account(account), self._saved, self._not_saved)

    def _saved(self, account: Account) -> None:
        first = len(self._worker.accounts()) == 1
        self._new = None
        self._form.forget()
        self._passphrase.forget()
        self._show_list()
        self._note.say(
            Tone.POSITIVE,
            self.tr("{account} answers, and is in use now.").format(
                account=isolated(account.environment)
            ),
        )
        if first:
            self.accept()

    def _not_saved(self, error: BridgeError) -> None:
        if isinstance(error, NoKeyringError) and not isinstance(error, KeyringLockedError):
            # Where no account was added, no encrypted file was made.
            self._start_passphrase(new=not self._worker.accounts())
            return
        self._new = None
        self._back_to_form()
        self._form.show_error(error)

    def _open_key_store(self, passphrase: Secret) -> None:
        self._latest.ask(
            lambda: self._worker.open_key_store(passphrase),
            lambda _: self._go_on(),
            self._passphrase.show_error,
        )

    def _go_on(self) -> None:
        """The key store is open: save what was entered before it was asked for."""
        self._passphrase.forget()
        if self._new is None:
            self.accept()
            return
        self._pages.setCurrentWidget(self._form)
        self._check(self._new)

    def _use(self) -> None:
        chosen = self._chosen()
        if self._use_button.isEnabled():
            self._latest.ask(
                lambda: self._worker.use_account(chosen), lambda _: self._show_list(), self._failed
            )

    def _ask_before_removing(self) -> None:
        chosen = self._chosen()
        question = Question(
            icon="trash-2",
            title=self.tr("Remove {account} from here?").format(account=isolated(chosen)),
            text=self.tr(
                "Its secret is deleted here. What has been delivered stays in "
                "Cloudinary, its history stays here, and pushes that are still queued for it "
                "wait until you add it again."
            ),
            act=self.tr("Remove"),
            leave=self.tr("Keep it"),
        )
        dialog = ConfirmDialog(self._theme, self._icons, question, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(lambda: self._remove(chosen))
        dialog.open()

    def _remove(self, environment: str) -> None:
        self._latest.ask(
            lambda: self._worker.remove_account(environment),
            lambda _: self._removed(),
            self._failed,
        )

    def _removed(self) -> None:
        if self._worker.accounts():
            self._show_list()
        else:
            self._start_form()

    def _failed(self, error: BridgeError) -> None:
        self._note.say(Tone.NEGATIVE, error_text(error))
