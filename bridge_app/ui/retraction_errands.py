"""What the window does about what may not be seen any more: tells, shows the plan, has it done."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bridge_app.domain.changes import ChangeSet
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415


class RetractionErrands(QObject):
    """A large retraction waits for a person's word; the message bar says so, once for each."""

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages

    def take_changes(self, changes: ChangeSet) -> None:
        """Something may wait for a word."""
        if changes.retractions:
            for plan in self._worker.retractions.waiting():
                self._tell(plan.environment, len(plan.retracting))

    def show(self) -> None:
        """Show what has to be taken away in the environment in use, and what was."""
        account = self._worker.current_account()
        if account is None:
            self._messages.say(Tone.INFO, self.tr("There is no account yet. Add one first."))
        else:
            self._show(account.environment)

    def _tell(self, environment: str, count: int) -> None:
        look = QAction(self.tr("Look…"), self)
        look.triggered.connect(lambda: self._show(environment))
        text = self.tr(
            "%Ln delivered copies may not be seen any more. They are taken away when you have "
            "looked at them.",
            "",
            count,
        )
        self._messages.say(Tone.WARNING, text, action=look)

    def _show(self, environment: str) -> None:
        from bridge_app.ui.dialogs.retractions import RetractionsDialog

        looks = self._looks
        dialog = RetractionsDialog(
            self._worker, self._asker, looks.theme, looks.icons, environment, self._window
        )
        dialog.queued.connect(self._is_queued)
        open_dialog(dialog)

    def _is_queued(self, count: int) -> None:
        text = self.tr("What may be seen of %Ln delivered copies is being changed.", "", count)
        self._messages.say(Tone.INFO, text)
