"""The icon in the system's tray: what is transferred, and the window when it is put away."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QSystemTrayIcon

from bridge_app.domain.jobs import TransferSummary
from bridge_app.ui.icons import Icons
from bridge_app.ui.window_core import Core
from bridge_app.work.events import Connectivity

APPEARS_MS = 1000


class Tray(QObject):
    """GUI thread only. Where there is no tray nothing is shown, and closing means leaving.

    Args:
        show: Brings the window to the front.
    """

    leaving = Signal()  # the window is closed, and not put away

    def __init__(
        self, window: QMainWindow, core: Core, icons: Icons, *, show: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._core = core
        self._show = show
        actions = core.actions
        self.state = QAction(self)
        self.state.setEnabled(False)
        self.pause = QAction(self.tr("&Pause Transfers"), self, checkable=True)
        opens = QAction(self.tr("&Open Asset Bridge"), self)
        self.menu = QMenu(window)
        self.menu.addActions([opens, self.state])
        self.menu.addSeparator()
        self.menu.addActions([self.pause, actions.work_offline])
        self.menu.addSeparator()
        self.menu.addAction(actions.quit)
        self.icon = QSystemTrayIcon(icons.app_icon(), self)
        self.icon.setContextMenu(self.menu)
        opens.triggered.connect(show)
        self.pause.triggered.connect(self._pause)
        self.icon.activated.connect(self._activated)
        core.bridge.summary.connect(self.take_summary)
        core.bridge.connectivity.connect(self._take_connectivity)
        keeps = actions.exchange.stay
        keeps.setChecked(core.remembering.settings.keeps_running)
        keeps.triggered.connect(self._keep)
        window.installEventFilter(self)
        core.remembering.changed.connect(self._follow)
        core.remembering.isFirst.connect(self._appear)
        self.take_summary(core.worker.summary())
        keeps.setEnabled(keeps.isChecked())
        # The bus is asked whether there is a tray: the window need not wait for that.
        QTimer.singleShot(APPEARS_MS, self, self._appear)

    @property
    def is_there(self) -> bool:
        """Is there a tray that shows the icon?"""
        return self.icon.isVisible()

    def take_summary(self, summary: TransferSummary) -> None:
        """Say how far the transfers are."""
        if summary.paused:
            text = self.tr("Transfers are paused")
        elif summary.active:
            text = self.tr("%Ln transfer(s) to go", "", summary.active)
        elif summary.failed:
            text = self.tr("%Ln transfer(s) failed", "", summary.failed)
        else:
            text = self.tr("Nothing is being transferred")
        self.state.setText(text)
        self.pause.setChecked(summary.paused)
        self.icon.setToolTip(f"{QApplication.applicationDisplayName()}\n{text}")

    def tell(self, title: str, text: str) -> None:
        """Show a balloon, where nobody else shows notices."""
        if self.is_there:
            self.icon.showMessage(title, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the window is closed by its own button: put it away, if that is wished."""
        if event.type() is not QEvent.Type.Close or watched is not self._window:
            return False
        remembering = self._core.remembering
        keeps = remembering.settings.keeps_running and self.is_there and remembering.is_alone
        # To quit, a language and the end of the session close it as well, but not by its button.
        if not (keeps and event.spontaneous()):
            self.icon.hide()
            self.leaving.emit()
            return False
        event.ignore()
        QApplication.setQuitOnLastWindowClosed(False)
        self._window.hide()
        return True

    def _appear(self) -> None:
        # Of several windows one has the icon.
        if QSystemTrayIcon.isSystemTrayAvailable() and self._core.remembering.is_first:
            self.icon.show()
        self._core.actions.exchange.stay.setEnabled(self.is_there)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._show()

    def _pause(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        worker = self._core.worker
        if on:
            worker.pause()
        else:
            worker.resume()

    def _keep(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, keeps_running=on))

    def _follow(self) -> None:
        """Another window may have been told whether to stay."""
        self._core.actions.exchange.stay.setChecked(self._core.remembering.settings.keeps_running)

    def _take_connectivity(self, connectivity: Connectivity) -> None:
        self.state.setVisible(connectivity is not Connectivity.WORK_OFFLINE)
