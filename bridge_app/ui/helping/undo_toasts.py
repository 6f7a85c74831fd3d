"""Says what was just done and can be taken back: decisions, and edits of several assets."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from bridge_app.ui.decision_step import Decided
from bridge_app.ui.messages import approval_text
from bridge_app.ui.panels.metadata_undo import EditUndo, Step
from bridge_app.ui.parts.toast import Toast


class UndoToasts(QObject):
    """Follows what undo would take back. An edit of one field of one asset is seen where it is."""

    def __init__(self, undo: EditUndo, toast: Toast, act: QAction) -> None:
        super().__init__(toast)
        self._undo = undo
        self._toast = toast
        self._act = act
        self._told: Step | None = undo.newest
        self._offered: Step | None = None
        self._count = 0
        undo.changed.connect(self._look)

    def _look(self) -> None:
        newest, count = self._undo.newest, self._undo.count
        if newest is not self._offered:
            self._toast.withdraw()  # its button would take back what it does not name
            self._offered = None
        is_news = newest is not None and newest is not self._told and count >= self._count
        self._count = count
        if newest is None or not is_news:
            self._told = newest
            return
        if not newest.words:
            return  # it is asked for; this is called again
        self._told = newest
        if newest.decided is not None:
            self._offer(newest, self._decided(newest.decided))
        elif newest.reach > 1:
            self._offer(newest, newest.words)

    def _offer(self, step: Step, text: str) -> None:
        self._offered = step
        self._toast.say(text, self._act, self.tr("Undo"))

    def _decided(self, step: Decided) -> str:
        text = self.tr("{state}: %Ln asset(s).", "", step.count)
        return text.format(state=approval_text(step.approval))
