"""Connecting a PhotoShelter-style service: sign in, code, organisation; then it is a library."""

import threading

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.errors import BridgeError, NoKeyringError
from bridge_app.libraries.photoshelter.browser_sign_in import BrowserSignIn
from bridge_app.libraries.photoshelter.sign_in import SignIn, Step
from bridge_app.storage.secrets import KeyringLockedError, SealedError, Secret
from bridge_app.storage.shelters import ShelterRecord
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.passphrase_page import PassphrasePage
from bridge_app.ui.dialogs.shelter_sign_in_browser import BrowserPage
from bridge_app.ui.dialogs.shelter_sign_in_form import ShelterSignInForm
from bridge_app.ui.dialogs.shelter_sign_in_pages import CodePage, OrganizationPage
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import one_line
from bridge_app.work.shelter_browser import sign_in_with_browser
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 600, 560


class ShelterSignInDialog(QDialog):
    """One page for each thing the service asks; closes when the library is there.

    Args:
        returning: The library whose person signs in again; None connects another one.
    """

    added = Signal(object)  # LibraryRecord
    returned = Signal(str)  # the account that is signed in again
    _pageShown = Signal(str)  # the address for the browser, from another thread

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        returning: ShelterRecord | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme, icons = looks.theme, looks.icons
        self._worker = worker
        self._latest = Latest(asker, self)
        self._returning = returning
        self._step: Step | None = None
        self._name = ""
        self.form = ShelterSignInForm(theme, icons)
        self.code = CodePage(theme, icons)
        self.organization = OrganizationPage(theme, icons)
        self.browser = BrowserPage(theme, icons)
        self._passphrase = PassphrasePage(theme, icons)
        self._wait_over = threading.Event()
        self._now = looks.now
        self.pages = QStackedWidget()
        self._build()
        self._connect()
        if returning is not None:
            self.form.sign_in_again(
                name=one_line(returning.name), address=returning.base_url, email=returning.email
            )

    def done(self, result: int) -> None:
        """Qt: the dialog closes; nothing secret stays in it, and nobody is waited for."""
        self._latest.forget()
        self._wait_over.set()
        self._step = None
        self.form.forget()
        self.browser.forget()
        self.code.forget()
        self._passphrase.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Connect PhotoShelter"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        pages = (self.form, self.browser, self.code, self.organization, self._passphrase)
        for page in pages:
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _connect(self) -> None:
        self.form.entered.connect(self._begin)
        self.form.leaveWanted.connect(self.reject)
        self.form.browserWanted.connect(self._start_browser)
        self.browser.wanted.connect(self._in_browser)
        self.browser.cancelled.connect(lambda: self._wait_over.set())  # noqa: PLW0108 - a new one
        self.browser.backWanted.connect(self._back)
        self._pageShown.connect(self.browser.open_page, Qt.ConnectionType.QueuedConnection)
        self.code.entered.connect(self._with_code)
        self.organization.chosen.connect(self._in_organization)
        self._passphrase.entered.connect(self._open_key_store)
        for page in (self.code, self.organization, self._passphrase):
            page.backWanted.connect(self._back)

    def _back(self) -> None:
        self._latest.forget()
        self._step = None
        self.code.forget()
        self._passphrase.forget()
        self.form.set_busy(on=False)
        self.pages.setCurrentWidget(self.form)

    def _begin(self, wish: SignIn) -> None:
        self._name = self.form.name.text().strip()
        self._latest.ask(
            lambda: self._worker.shelters.begin_sign_in(wish), self._go_on, self.form.show_error
        )

    def _start_browser(self) -> None:
        self.browser.start(self.form.address.text())
        self.pages.setCurrentWidget(self.browser)

    def _in_browser(self, wish: BrowserSignIn) -> None:
        self._name = self.form.name.text().strip()
        self._wait_over = over = threading.Event()
        show, now = self._pageShown.emit, self._now
        self._latest.ask(
            lambda: sign_in_with_browser(wish, show=show, cancelled=over, now=now),
            self._go_on,
            self.browser.show_error,
        )

    def _with_code(self, code: str) -> None:
        step = self._step
        if step is not None:
            self._latest.ask(lambda: step.with_code(code), self._go_on, self.code.show_error)

    def _in_organization(self, organization: str) -> None:
        step = self._step
        if step is not None:
            self._latest.ask(
                lambda: step.in_organization(organization),
                self._go_on,
                self.organization.show_error,
            )

    def _go_on(self, step: Step) -> None:
        """What the service wants next; nothing more: it becomes a library."""
        self._step = step
        if step.needs == "code":
            self.code.start(self.form.email.text())
            self.pages.setCurrentWidget(self.code)
        elif step.needs == "organization":
            self.organization.start(step.organizations)
            self.pages.setCurrentWidget(self.organization)
        else:
            self._keep(step)

    def _keep(self, step: Step) -> None:
        shelters, returning, name = self._worker.shelters, self._returning, self._name
        if returning is not None:
            account = returning.account
            self._latest.ask(
                lambda: shelters.sign_in_again(account, step),
                lambda _: self._is_back(account),
                self._not_kept,
            )
        else:
            self._latest.ask(lambda: shelters.add(step, name=name), self._is_added, self._not_kept)

    def _is_added(self, library: LibraryRecord) -> None:
        self.accept()
        self.added.emit(library)

    def _is_back(self, account: str) -> None:
        self.accept()
        self.returned.emit(account)

    def _not_kept(self, error: BridgeError) -> None:
        if isinstance(error, NoKeyringError) and not isinstance(error, KeyringLockedError):
            self._passphrase.start(new=not isinstance(error, SealedError))
            self.pages.setCurrentWidget(self._passphrase)
            return
        self._back()
        self.form.show_error(error)

    def _open_key_store(self, passphrase: Secret) -> None:
        self._latest.ask(
            lambda: self._worker.open_key_store(passphrase),
            lambda _: self._keep_now(),
            self._passphrase.show_error,
        )

    def _keep_now(self) -> None:
        """The key store is open: keep what was signed in before it was asked for."""
        if self._step is not None:
            self._keep(self._step)
