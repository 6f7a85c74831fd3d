"""Opens the policies of the environment in use."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415


class PolicyErrands(QObject):
    """What the window does about policies."""

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

    def serve(self, actions: Actions, selection: AssetSelection) -> None:
        """Carry out what the actions stand for, with what is chosen then."""
        actions.policies.triggered.connect(self.show_policies)
        actions.let_pass.triggered.connect(lambda: self.let_pass(selection.ids))

    def let_pass(self, assets: Sequence[AssetId]) -> None:
        """Ask why these are let pass in spite of their review, and have it recorded."""
        from bridge_app.ui.dialogs.let_pass import LetPassDialog

        dialog = LetPassDialog(self._worker, self._asker, self._looks, assets, self._window)
        dialog.passed.connect(self._tell_passed)
        dialog.heldBack.connect(self._tell_held_back)
        open_dialog(dialog)

    def show_policies(self) -> None:
        """Show them, to be looked at and changed; without an account there are none."""
        from bridge_app.ui.dialogs.policies import PoliciesDialog

        account = self._worker.current_account()
        if account is None:
            text = self.tr("Policies are those of a Cloudinary account. Add one first.")
            self._messages.say(Tone.INFO, text)
            return
        dialog = PoliciesDialog(
            self._worker.policies, self._asker, self._looks, account.environment, self._window
        )
        open_dialog(dialog)

    def _tell_held_back(self, count: int) -> None:
        text = self.tr("%Ln asset(s) are held back again, on the record.", "", count)
        self._messages.say(Tone.INFO, text)

    def _tell_passed(self, count: int) -> None:
        text = self.tr("%Ln asset(s) were let pass, on the record.", "", count)
        self._messages.say(Tone.INFO, text)
