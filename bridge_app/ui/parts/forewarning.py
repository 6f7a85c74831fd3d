"""What the gate would say to an action, told before somebody chooses it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from bridge_app.domain.errors import BridgeError, GateRefusalError
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import clauses_text, error_text


class Forewarning(QObject):
    """Asks off the GUI thread; what is refused is off, with the reason in a line below it.

    The line is read like any other of its menu; the tool tip says it in a sentence. Whoever acts
    asks the gate again, so nothing depends on an answer that comes late.

    Args:
        also: Actions that are off with it.
    """

    def __init__(
        self, asker: Asker, action: QAction, menu: QMenu, *, also: Sequence[QAction] = ()
    ) -> None:
        super().__init__(menu)
        self._latest = Latest(asker, self)
        self._actions = (action, *also)
        self._tips = [one.toolTip() for one in self._actions]
        self._refused = ""
        for one in self._actions:
            one.changed.connect(self._hold)
        self._line = QAction(menu)
        self._line.setEnabled(False)
        self._line.setVisible(False)
        listed = menu.actions()
        after = listed[listed.index(action) + 1 :]
        menu.insertAction(after[0], self._line) if after else menu.addAction(self._line)
        menu.setToolTipsVisible(True)

    def ask(self, asked: Callable[[], object]) -> None:
        """Have `asked` called, which raises what the gate would refuse with; until then nothing."""
        self.clear()
        self._latest.ask(asked, lambda _: None, self._take)

    def foresee(self, asked: Callable[[], str]) -> None:
        """The same; what `asked` returns is worth knowing, but forbids nothing."""
        self.clear()
        self._latest.ask(asked, self._show, self._take)

    def clear(self) -> None:
        """Nothing is known against it."""
        self._latest.forget()
        self._refused = ""
        self._line.setVisible(False)
        for one, tip in zip(self._actions, self._tips, strict=True):
            one.setToolTip(tip)
            one.setStatusTip("")

    def _take(self, error: BridgeError) -> None:
        """Other trouble is for whoever acts: it may be over by then."""
        if not isinstance(error, GateRefusalError):
            return
        self._show(str(error.facts.get("reasons", "")))
        self._refused = error_text(error)
        self._hold()

    def _hold(self) -> None:
        """What else becomes of the choice while the menu is open changes nothing about it."""
        for one in self._actions if self._refused else ():
            one.setEnabled(False)
            one.setToolTip(self._refused)
            one.setStatusTip(self._refused)

    def _show(self, reasons: str) -> None:
        self._line.setText(clauses_text(reasons).replace("&", "&&"))
        self._line.setVisible(bool(reasons))
