"""Connecting a service that another package brings: its questions, then it is a library."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.errors import BridgeError, NoKeyringError
from bridge_app.domain.shelter import kind_of
from bridge_app.libraries.third_parties import LibraryMaker, SignedIn, installed, maker
from bridge_app.storage.secrets import KeyringLockedError, SealedError, Secret
from bridge_app.storage.shelters import ShelterRecord
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.other_service_form import OtherServiceForm
from bridge_app.ui.dialogs.passphrase_page import PassphrasePage
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import one_line
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 520, 560


class OtherServiceDialog(QDialog):
    """A page with the questions; closes when the library is there.

    Args:
        returning: The library whose person signs in again; None connects another one.
    """

    added = Signal(object)  # LibraryRecord
    returned = Signal(str)  # the account that is signed in again

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        returning: ShelterRecord | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._latest = Latest(asker, self)
        self._returning = returning
        self._now = looks.now
        self._kind = ""
        self._makes: LibraryMaker | None = None
        self._signed: SignedIn | None = None
        self.form = OtherServiceForm(looks.theme, looks.icons)
        self._passphrase = PassphrasePage(looks.theme, looks.icons)
        self.pages = QStackedWidget()
        self._build()
        if returning is None:
            self._latest.ask(_packages, self.form.show_kinds, self.form.show_error)
        else:
            self.form.sign_in_again(name=one_line(returning.name))
            kind = kind_of(returning.account)
            self.form.show_kinds({kind: one_line(returning.name)})

    def done(self, result: int) -> None:
        """Qt: the dialog closes; nothing secret stays in it, and nobody is waited for."""
        self._latest.forget()
        self._signed = None
        self.form.forget()
        self._passphrase.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Connect Another Service"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.pages.addWidget(self.form)
        self.pages.addWidget(self._passphrase)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.form.kindChosen.connect(self._choose)
        self.form.entered.connect(self._sign_in)
        self.form.leaveWanted.connect(self.reject)
        self._passphrase.entered.connect(self._open_key_store)
        self._passphrase.backWanted.connect(self._back)

    def _choose(self, kind: str) -> None:
        """Its package is loaded now, and not before."""
        self._kind = kind
        self._latest.ask(lambda: maker(kind), self._loaded, self.form.show_error)

    def _loaded(self, makes: LibraryMaker) -> None:
        self._makes = makes
        self.form.show_questions(makes)

    def _sign_in(self, answers: Mapping[str, Secret]) -> None:
        makes, now = self._makes, self._now
        if makes is not None:
            self._latest.ask(
                lambda: makes.sign_in(answers, now=now), self._keep, self.form.show_error
            )

    def _keep(self, signed: SignedIn) -> None:
        self._signed = signed
        desk, kind, name = self._worker.shelters, self._kind, self.form.name.text()
        only = self._returning.account if self._returning else ""
        self._latest.ask(
            lambda: desk.adopt(kind, signed, name=name, only=only), self._is_kept, self._not_kept
        )

    def _is_kept(self, library: LibraryRecord) -> None:
        self.accept()
        if self._returning is None:
            self.added.emit(library)
        else:
            self.returned.emit(self._returning.account)

    def _not_kept(self, error: BridgeError) -> None:
        if isinstance(error, NoKeyringError) and not isinstance(error, KeyringLockedError):
            self._passphrase.start(new=not isinstance(error, SealedError))
            self.pages.setCurrentWidget(self._passphrase)
            return
        self._back()
        self.form.show_error(error)

    def _back(self) -> None:
        self._latest.forget()
        self._signed = None
        self._passphrase.forget()
        self.form.set_busy(on=False)
        self.pages.setCurrentWidget(self.form)

    def _open_key_store(self, passphrase: Secret) -> None:
        self._latest.ask(
            lambda: self._worker.open_key_store(passphrase),
            lambda _: self._keep_now(),
            self._passphrase.show_error,
        )

    def _keep_now(self) -> None:
        """The key store is open: keep what was signed in before it was asked for."""
        if self._signed is not None:
            self._keep(self._signed)


def _packages() -> dict[str, str]:
    """The package of each kind that is installed."""
    return {
        kind: entry.dist.name if entry.dist is not None else ""
        for kind, entry in installed().items()
    }
