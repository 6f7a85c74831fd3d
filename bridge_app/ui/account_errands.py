"""What the window has done about accounts: switching, looking at what they use, keeping fresh."""

from datetime import timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bridge_app.domain.environments import Usage
from bridge_app.domain.errors import BridgeError, TransientError
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415

FRESH = timedelta(hours=6)
"""How old what an environment told of itself may be when it is used again."""


class AccountErrands(QObject):
    """Carries out what the window's actions about accounts stand for."""

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

    def show_accounts(self) -> None:
        """Show the product environments."""
        from bridge_app.ui.dialogs.account import AccountDialog

        looks = self._looks
        dialog = AccountDialog(self._worker, self._asker, looks.theme, looks.icons, self._window)
        open_dialog(dialog)

    def show_usage(self) -> None:
        """Show what the environment in use has used, and what its plan takes."""
        from bridge_app.ui.dialogs.account_usage import UsageDialog

        account = self._worker.current_account()
        if account is None:
            self._messages.say(Tone.INFO, self.tr("There is no account yet. Add one first."))
            return
        dialog = UsageDialog(
            self._worker, self._asker, self._looks, account.environment, self._window
        )
        open_dialog(dialog)

    def use(self, environment: str) -> None:
        """Switch to another product environment; what is old about it is asked anew afterwards."""
        self._asker.ask(
            lambda: self._worker.use_account(environment),
            lambda _: self._look_if_old(environment),
            self._messages.show_error,
        )

    def _look_if_old(self, environment: str) -> None:
        if self._worker.connectivity() is not Connectivity.ONLINE:
            return

        def look(usage: Usage | None) -> None:
            if usage is None or self._looks.now() - usage.read_at >= FRESH:
                self._asker.ask(
                    lambda: self._worker.environments.survey(environment),
                    lambda _: None,
                    self._could_not_look,
                )

        self._asker.ask(
            lambda: self._worker.environments.usage(environment), look, self._messages.show_error
        )

    def _could_not_look(self, error: BridgeError) -> None:
        """What ends by itself is told elsewhere; a key that is not accepted has to be seen."""
        if not isinstance(error, TransientError):
            self._messages.show_error(error)
