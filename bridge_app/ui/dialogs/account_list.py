"""The page that lists the product environments: which is in use, and what can be done with one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.delivery.accounts import Account
from bridge_app.domain.environments import Login, Stage
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.environment_looks import STAGE_BADGES, account_title, stage_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker


class AccountList(QWidget):
    """Tells by signals what a person wants done with the row that is chosen."""

    addWanted = Signal()
    useWanted = Signal(str)  # environment
    nameWanted = Signal(str)
    logOutWanted = Signal(str)
    unlockWanted = Signal()
    closeWanted = Signal()

    def __init__(self, worker: Worker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._theme = theme
        self._icons = icons
        self._lines = LineList(self)
        self._view = QListView()
        self.note = Banner(theme, icons)
        self._use_button = QPushButton(self.tr("Use this one"), autoDefault=False)
        self._name_button = QPushButton(self.tr("Edit…"), autoDefault=False)
        self._log_out_button = QPushButton(self.tr("Log out…"), autoDefault=False)
        self._unlock_button = QPushButton(self.tr("Open key store…"), autoDefault=False)
        self._build()
        self._connect()

    @property
    def chosen(self) -> str:
        """The environment of the row that is chosen; "" if there is none."""
        found = self._view.currentIndex().data(LineRole.KEY)
        return found if isinstance(found, str) else ""

    def refresh(self, choose: str = "") -> None:
        """Show the accounts as they are now, and give the keyboard to the list."""
        current = self._worker.current_account()
        wanted = choose or self.chosen or (current.environment if current else "")
        self._lines.take([self._line(account) for account in self._worker.accounts()])
        rows = range(self._lines.rowCount())
        keys = [self._lines.index(row).data(LineRole.KEY) for row in rows]
        row = keys.index(wanted) if wanted in keys else 0
        self._view.setCurrentIndex(self._lines.index(row))
        self._view.setFocus()
        self._tell()

    def show_key_store(self, is_closed: bool) -> None:  # noqa: FBT001 - an answer
        """Offer to open it, whether or not anything waits for it already."""
        self._unlock_button.setVisible(is_closed)
        if is_closed:
            self.note.say(
                Tone.WARNING, self.tr("Pushes wait until the key store is opened."), icon="lock"
            )

    def _build(self) -> None:
        head = DialogHead(
            self._theme,
            self._icons,
            "key-round",
            title=self.tr("Cloudinary accounts"),
            text=self.tr("Pushes go to the account in use."),
        )
        show_lines(self._view, self._lines, self._theme, self._icons, self.tr("Accounts"))
        self._log_out_button.setProperty("kind", "danger")
        self._unlock_button.setProperty("kind", "primary")
        self._unlock_button.setVisible(False)
        add = QPushButton(self.tr("Add account…"), autoDefault=False)
        add.clicked.connect(self.addWanted)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.closeWanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (add, self._use_button, self._name_button, self._log_out_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._unlock_button)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self.note)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self._view.selectionModel().currentChanged.connect(self._tell)
        self._view.activated.connect(self._use)
        self._use_button.clicked.connect(self._use)
        self._name_button.clicked.connect(lambda: self.nameWanted.emit(self.chosen))
        self._log_out_button.clicked.connect(lambda: self.logOutWanted.emit(self.chosen))
        self._unlock_button.clicked.connect(self.unlockWanted)

    def _use(self) -> None:
        if self._use_button.isEnabled():
            self.useWanted.emit(self.chosen)

    def _tell(self) -> None:
        current = self._worker.current_account()
        chosen = self.chosen
        in_use = current is not None and current.environment == chosen
        self._use_button.setEnabled(bool(chosen) and not in_use)
        self._name_button.setEnabled(bool(chosen))
        self._log_out_button.setEnabled(bool(chosen))

    def _line(self, account: Account) -> Line:
        name = "" if account.label == account.environment else one_line(account.environment)
        if account.login is Login.OAUTH:
            opens = self.tr("Logged in with the browser")
        else:
            opens = self.tr("Key {key}").format(key=isolated(account.api_key))
        parts = (name, one_line(account.owner), opens, account.upload_prefix or "")
        marks = []
        if account.stage is not Stage.NONE:
            marks.append(stage_text(account.stage))
        if account.in_use:
            marks.append(self.tr("In use"))
        return Line(
            key=account.environment,
            icon="cloud-check" if account.in_use else "cloud",
            title=account_title(account),
            text="  ·  ".join(part for part in parts if part),
            mark="  ·  ".join(marks),
            tone=STAGE_BADGES[account.stage] if account.stage is not Stage.NONE else "positive",
            hue=account.hue,
        )
