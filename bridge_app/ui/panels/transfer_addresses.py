"""The addresses of what transfers delivered: whether they may be known, and copied."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from bridge_app.domain.assets import AssetId
from bridge_app.domain.jobs import JobRecord
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.forewarning import Forewarning
from bridge_app.ui.wording import is_delivered
from bridge_app.work.worker import Worker


class TransferAddresses(QObject):
    """GUI thread only; the gate is asked off it, before somebody copies and at that moment."""

    failed = Signal(object)  # BridgeError
    foretold = Signal(str)  # why these could not be copied, "" if they can

    def __init__(self, worker: Worker, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._looking = Latest(asker, self)

    def look(self, jobs: Sequence[JobRecord]) -> None:
        """Foretell what the gate has against the addresses of these: keys open no menu."""
        assets = _delivered(jobs)
        if not assets:
            self._looking.forget()
            self.foretold.emit("")
            return
        desk, environment = self._worker.places, self._environment
        self._looking.ask(
            lambda: desk.check_masters(assets, environment),
            lambda _: self.foretold.emit(""),
            lambda error: self.foretold.emit(error_text(error)),
        )

    def forewarn(self, jobs: Sequence[JobRecord], action: QAction, menu: QMenu) -> None:
        """Say in `menu` why `action` could not copy the addresses of these."""
        assets = _delivered(jobs)
        if not assets:
            return
        warning = Forewarning(self._asker, action, menu)
        desk, environment = self._worker.places, self._environment
        warning.ask(lambda: desk.check_masters(assets, environment))
        menu.aboutToHide.connect(warning.clear)

    def copy(self, jobs: Sequence[JobRecord]) -> None:
        """Copy the addresses; the worker asks the gate for each at this moment."""
        assets = _delivered(jobs)
        if assets:
            self._asker.ask(
                lambda: self._handed_out(assets),
                lambda urls: QGuiApplication.clipboard().setText("\n".join(urls)),
                self.failed.emit,
            )

    @property
    def _environment(self) -> str:
        account = self._worker.current_account()
        return account.environment if account else ""

    def _handed_out(self, assets: Sequence[AssetId]) -> list[str]:
        """The addresses, on record as places that somebody has; blocking."""
        worker = self._worker
        urls = {asset: worker.original_url(asset) for asset in assets}
        worker.places.copied_masters(urls, self._environment)
        return list(urls.values())


def _delivered(jobs: Sequence[JobRecord]) -> list[AssetId]:
    return [AssetId(job.asset) for job in jobs if is_delivered(job) and job.asset]
