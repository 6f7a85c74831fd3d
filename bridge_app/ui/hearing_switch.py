"""The window's switch for hearing of changes at once, and the dialog that says who else does."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.permitting import Permitting
from bridge_app.work.hearing import HearingState
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415


class HearingSwitch(QObject):
    """Keeps `switch` as things are in the environment in use; `list_all` opens the dialog."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        actions: tuple[QAction, QAction],
        permitting: Permitting,
    ) -> None:
        super().__init__(messages)
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._switch, self._list_all = actions
        self._permitting = permitting
        self._switch.triggered.connect(self._switched)
        self._list_all.triggered.connect(self._show)
        self.refresh()

    def take_changes(self, changes: ChangeSet) -> None:
        """Another environment may be in use, or the switch thrown elsewhere."""
        if changes.accounts:
            self.refresh()

    def refresh(self) -> None:
        """Show how things are."""
        environment = self._environment()
        self._list_all.setEnabled(bool(environment))
        state = self._worker.hearing.state(environment)
        self._switch.setChecked(state is not HearingState.OFF)
        self._permitting.enable(self._switch, on=bool(environment))

    def _environment(self) -> str:
        account = self._worker.current_account()
        return account.environment if account else ""

    def _switched(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        environment, hearing = self._environment(), self._worker.hearing

        def work() -> None:
            (hearing.switch_on if on else hearing.switch_off)(environment)

        self._asker.ask(work, lambda _: self.refresh(), self._refused)

    def _refused(self, error: BridgeError) -> None:
        self.refresh()
        text = self.tr("{trouble} Changes made elsewhere are still seen, a few minutes later.")
        self._messages.say(Tone.WARNING, text.format(trouble=error_text(error)))

    def _show(self) -> None:
        from bridge_app.ui.dialogs.triggers import TriggersDialog

        looks = self._looks
        dialog = TriggersDialog(
            self._worker,
            self._asker,
            looks.theme,
            looks.icons,
            self._environment(),
            self._messages.window(),
        )
        dialog.finished.connect(lambda _: self.refresh())
        open_dialog(dialog)
