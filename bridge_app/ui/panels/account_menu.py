"""The menu that says which product environment is in use, and switches to another one."""

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from bridge_app.delivery.accounts import Account
from bridge_app.domain.environments import Stage
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.environment_looks import account_title, stage_text, swatch
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

MOST_DIGITS = 9


class AccountMenu(QMenu):
    """Lists the environments anew whenever it opens; below them stand the `actions` given.

    The first nine are chosen by a digit.
    """

    chosen = Signal(str)  # environment

    def __init__(self, worker: Worker, theme: Theme, *actions: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._worker = worker
        self._theme = theme
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
        number = 0
        ordered = in_reading_order(self._worker.accounts(), lambda one: one.owner)
        for owner, accounts in groupby(ordered, key=lambda one: one.owner):
            self.addSeparator()
            if owner:
                heading = self.addAction(one_line(owner).replace("&", "&&"))
                heading.setEnabled(False)
            for account in accounts:
                number += 1
                in_use = current is not None and account.environment == current.environment
                self._add(account, number, in_use=in_use)
        self.addSeparator()
        for action in self._below:
            self.addAction(action)

    def _add(self, account: Account, number: int, *, in_use: bool) -> None:
        title = account_title(account).replace("&", "&&")
        if account.stage is not Stage.NONE:
            title = self.tr("{name} – {stage}").format(name=title, stage=stage_text(account.stage))
        text = f"&{number}  {title}" if number <= MOST_DIGITS else title
        action = self.addAction(swatch(account.hue, self._theme.tokens, ticked=in_use), text)
        action.setCheckable(True)
        action.setChecked(in_use)
        action.setToolTip(one_line(account.environment))
        action.setData(account.environment)
        action.triggered.connect(self._choose)
        self._group.addAction(action)

    def _choose(self) -> None:
        chosen = self._group.checkedAction()
        if chosen is not None:
            self.chosen.emit(str(chosen.data()))
