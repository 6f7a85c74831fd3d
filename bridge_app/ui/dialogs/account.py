"""Cloudinary accounts: which are known, which is in use, and adding, naming or leaving one."""

import threading
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.delivery.accounts import Account, NewAccount
from bridge_app.delivery.oauth import LoginWish
from bridge_app.delivery.provisioning import AccountKeys, ProductEnvironment
from bridge_app.domain.environments import Naming, Stage
from bridge_app.domain.errors import BridgeError, NoKeyringError
from bridge_app.storage.secrets import KeyringLockedError, SealedError, Secret
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.account_environments import AccountEnvironments
from bridge_app.ui.dialogs.account_form import AccountForm
from bridge_app.ui.dialogs.account_list import AccountList
from bridge_app.ui.dialogs.account_log_out import LogOutDialog
from bridge_app.ui.dialogs.account_login import AccountLogin
from bridge_app.ui.dialogs.account_naming import AccountNaming
from bridge_app.ui.dialogs.passphrase_page import PassphrasePage
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, isolated
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.theme import Theme
from bridge_app.work.environment_desk import LoggedOut
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 620, 560


class AccountDialog(QDialog):
    """A list, the ways to add an environment, and a page for the passphrase where one is needed."""

    _loginShown = Signal(str)  # the address for the browser, from another thread

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
        self._closed = Latest(asker, self)
        self._new: NewAccount | None = None
        self._login_over = threading.Event()
        self._list = AccountList(worker, theme, icons)
        self._form = AccountForm(theme, icons)
        self._login = AccountLogin(theme, icons)
        self._choice = AccountEnvironments(theme, icons)
        self._naming = AccountNaming(theme, icons)
        self._passphrase = PassphrasePage(theme, icons)
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        if worker.accounts():
            self._show_list()
        else:
            self._start_form()

    def done(self, result: int) -> None:
        """Qt: the dialog closes; nothing secret stays in it, and nobody is waited for."""
        self._latest.forget()
        self._closed.forget()
        self._login_over.set()
        self._new = None
        self._form.forget()
        self._choice.forget()
        self._passphrase.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Cloudinary accounts"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        pages = (self._list, self._form, self._login, self._choice, self._naming, self._passphrase)
        for page in pages:
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _connect(self) -> None:
        self._list.addWanted.connect(self._start_form)
        self._list.useWanted.connect(self._use)
        self._list.nameWanted.connect(self._start_naming)
        self._list.logOutWanted.connect(self._ask_before_log_out)
        self._list.unlockWanted.connect(lambda: self._start_passphrase(new=False))
        self._list.closeWanted.connect(self.accept)
        self._form.entered.connect(self._check)
        self._form.backWanted.connect(self._show_list)
        self._form.loginWanted.connect(self._start_login)
        self._form.choiceWanted.connect(self._start_choice)
        self._login.wanted.connect(self._log_in)
        self._login.cancelled.connect(self._end_login)
        self._login.backWanted.connect(self._start_form)
        self._loginShown.connect(self._login.open_page, Qt.ConnectionType.QueuedConnection)
        self._choice.listWanted.connect(self._ask_for_list)
        self._choice.keptWanted.connect(self._ask_for_kept_list)
        self._choice.addWanted.connect(self._add_chosen)
        self._choice.backWanted.connect(self._start_form)
        self._naming.named.connect(self._name)
        self._naming.backWanted.connect(self._show_list)
        self._passphrase.entered.connect(self._open_key_store)
        self._passphrase.backWanted.connect(self._back_from_passphrase)

    def _show_list(self) -> None:
        self._latest.forget()
        self._form.forget()
        self._choice.forget()
        self._list.refresh()
        self._pages.setCurrentWidget(self._list)
        self._closed.ask(
            self._worker.environments.is_key_store_closed, self._list.show_key_store, self._failed
        )

    def _say(self, tone: Tone, text: str) -> None:
        self._list.note.say(tone, text)

    def _failed(self, error: BridgeError) -> None:
        self._say(Tone.NEGATIVE, error_text(error))

    # With an API key

    def _start_form(self) -> None:
        self._latest.forget()
        self._list.note.hush()
        self._choice.forget()
        self._form.start(can_go_back=bool(self._worker.accounts()))
        self._pages.setCurrentWidget(self._form)

    def _check(self, account: NewAccount) -> None:
        """A new key for an environment that is known leaves its names, but for the stage."""
        known = [a for a in self._worker.accounts() if a.environment == account.cloud_name]
        if known and account.naming is not None:
            naming = replace(known[0].naming, stage=account.naming.stage)
            account = replace(account, naming=naming)
        self._new = account
        self._latest.ask(lambda: self._worker.add_account(account), self._saved, self._not_saved)

    def _saved(self, account: Account) -> None:
        first = len(self._worker.accounts()) == 1
        from_list = self._pages.currentWidget() is self._choice
        self._new = None
        self._form.forget()
        self._passphrase.forget()
        self._answers(account, name_it=from_list)
        if first and not from_list:
            self.accept()

    def _answers(self, account: Account, *, name_it: bool) -> None:
        """It is in use now; one that nobody has named yet is named next."""
        self._show_list()
        self._list.refresh(account.environment)
        name = isolated(account.environment)
        self._say(
            Tone.POSITIVE, self.tr("{account} answers, and is in use now.").format(account=name)
        )
        if name_it and account.stage is Stage.NONE:
            self._guess_stage(account)

    def _guess_stage(self, account: Account) -> None:
        """What its name suggests holds at once: it is in use, and one may leave without naming."""
        guessed = replace(account.naming, stage=Stage.guessed(account.environment))
        self._latest.ask(
            lambda: self._worker.environments.name(account.environment, guessed),
            lambda named: self._start_naming(named.environment),
            self._failed,
        )

    def _not_saved(self, error: BridgeError) -> None:
        if isinstance(error, NoKeyringError) and not isinstance(error, KeyringLockedError):
            self._start_passphrase(new=not isinstance(error, SealedError))
            return
        self._new = None
        if self._pages.currentWidget() is self._choice:
            self._choice.show_error(error)
            return
        self._back_to_form()
        self._form.show_error(error)

    def _back_to_form(self) -> None:
        self._latest.forget()
        self._passphrase.forget()
        self._form.set_busy(on=False)
        self._pages.setCurrentWidget(self._form)

    # With a login in the browser

    def _start_login(self) -> None:
        self._login.start()
        self._pages.setCurrentWidget(self._login)

    def _log_in(self, wish: LoginWish) -> None:
        self._login_over = over = threading.Event()
        show = self._loginShown.emit
        self._latest.ask(
            lambda: self._worker.environments.log_in(wish, show=show, cancelled=over),
            lambda account: self._answers(account, name_it=True),
            self._login.show_error,
        )

    def _end_login(self) -> None:
        self._login_over.set()

    # From an account's list

    def _start_choice(self) -> None:
        known = [account.environment for account in self._worker.accounts()]
        self._pages.setCurrentWidget(self._choice)
        self._latest.ask(
            self._worker.environments.organisations,
            lambda found: self._choice.start(found, known),
            self._choice.show_error,
        )

    def _ask_for_list(self, keys: AccountKeys, keep: bool) -> None:  # noqa: FBT001 - a signal's
        self._latest.ask(
            lambda: self._worker.environments.product_environments(keys, keep=keep),
            self._choice.show_list,
            self._choice.show_error,
        )

    def _ask_for_kept_list(self, account_id: str) -> None:
        desk = self._worker.environments
        self._latest.ask(
            lambda: desk.product_environments(desk.account_keys(account_id), keep=False),
            self._choice.show_list,
            self._choice.show_error,
        )

    def _add_chosen(self, chosen: ProductEnvironment, upload_prefix: str) -> None:
        naming = Naming(label=chosen.name)
        new = chosen.account(naming, upload_prefix=upload_prefix or None)
        if new is None:
            self._start_form()
            self._form.prefill(chosen.cloud_name)
            return
        self._choice.set_busy(on=True)
        known = any(a.environment == new.cloud_name for a in self._worker.accounts())
        self._check(replace(new, naming=None) if known else new)

    # What is called how

    def _start_naming(self, environment: str) -> None:
        known = [a for a in self._worker.accounts() if a.environment == environment]
        if known:
            self._naming.start(known[0])
            self._pages.setCurrentWidget(self._naming)

    def _name(self, environment: str, naming: Naming) -> None:
        self._latest.ask(
            lambda: self._worker.environments.name(environment, naming),
            lambda _: self._show_list(),
            self._naming.show_error,
        )

    # The key store

    def _start_passphrase(self, *, new: bool) -> None:
        self._passphrase.start(new=new)
        self._pages.setCurrentWidget(self._passphrase)

    def _back_from_passphrase(self) -> None:
        if self._new is None:
            self._passphrase.forget()
            self._show_list()
        else:
            self._back_to_form()

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

    # Using and leaving

    def _use(self, environment: str) -> None:
        self._latest.ask(
            lambda: self._worker.use_account(environment),
            lambda _: self._show_list(),
            self._failed,
        )

    def _ask_before_log_out(self, environment: str) -> None:
        question = Question(
            icon="log-out",
            title=self.tr("Log out of {account}?").format(account=isolated(environment)),
            text=self.tr(
                "Its secret and its login are deleted here. What has been delivered stays in "
                "Cloudinary, your decisions and its history stay here, and pushes that are still "
                "queued for it wait until you add it again."
            ),
            act=self.tr("Log out"),
            leave=self.tr("Stay"),
        )
        dialog = LogOutDialog(self._theme, self._icons, question, self)
        dialog.confirmed.connect(lambda: self._log_out(environment, with_cache=dialog.with_cache))
        open_dialog(dialog)

    def _log_out(self, environment: str, *, with_cache: bool) -> None:
        desk = self._worker.environments
        self._latest.ask(
            lambda: desk.log_out(environment, with_cache=with_cache), self._is_out, self._failed
        )

    def _is_out(self, out: LoggedOut) -> None:
        if self._worker.accounts():
            self._show_list()
        else:
            self._start_form()
        if not out.service_told:
            text = self.tr(
                "The login is deleted here, but Cloudinary could not be told. End it there too, "
                "under your connected applications."
            )
            self._say(Tone.WARNING, text)
