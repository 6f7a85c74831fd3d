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
        self._count = 0
        undo.changed.connect(self._look)

    def _look(self) -> None:
        newest, count = self._undo.newest, self._undo.count
        if count < self._count:
            self._toast.hush()
        is_news = newest is not None and newest is not self._told and count >= self._count
        self._count = count
        if newest is None or not is_news:
            self._told = newest
            return
        if not newest.words:
            return  # it is asked for; this is called again
        self._told = newest
        if newest.decided is not None:
            self._toast.say(self._decided(newest.decided), self._act, self.tr("Undo"))
        elif newest.reach > 1:
            self._toast.say(newest.words, self._act, self.tr("Undo"))

    def _decided(self, step: Decided) -> str:
        text = self.tr("{state}: %Ln asset(s).", "", step.count)
        return text.format(state=approval_text(step.approval))
