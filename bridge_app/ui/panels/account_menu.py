"""The menu that says which product environment is in use, and switches to another one."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from bridge_app.ui.messages import one_line
from bridge_app.work.worker import Worker


class AccountMenu(QMenu):
    """Lists the accounts anew whenever it opens; below them stand the `actions` given."""

    chosen = Signal(str)  # environment

    def __init__(self, worker: Worker, *actions: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._worker = worker
        self._below = actions
        self._group = QActionGroup(self)
        self.setTitle(self.tr("&Use Account"))
        self.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for old in self._group.actions():
            self._group.removeAction(old)
        current = self._worker.current_account()
        for account in self._worker.accounts():
            action = self.addAction(one_line(account.label or account.environment))
            action.setCheckable(True)
            action.setChecked(current is not None and account.environment == current.environment)
            action.setData(account.environment)
            action.triggered.connect(self._choose)
            self._group.addAction(action)
        self.addSeparator()
        for action in self._below:
            self.addAction(action)

    def _choose(self) -> None:
        chosen = self._group.checkedAction()
        if chosen is not None:
            self.chosen.emit(str(chosen.data()))
