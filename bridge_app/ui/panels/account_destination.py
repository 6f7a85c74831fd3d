"""Where something goes, always in sight, and a question before it goes to production."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.permissions import Capability
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.environment_looks import account_title, denial_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.environment_badge import EnvironmentBadge
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.theme import Theme
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker


class Destination(QWidget):
    """The head of whatever sends or deletes: which environment, and `then` before the act.

    `learnt` says that the environment has told its limits for the first time: plan again.
    """

    learnt = Signal()

    def __init__(self, worker: Worker, asker: Asker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._theme = theme
        self._icons = icons
        self._account: Account | None = None
        self._looking = Latest(asker, self)
        self._badge = EnvironmentBadge(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._badge)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says."""
        return self._badge.text

    @property
    def why_not(self) -> str:
        """Why nothing can be sent there, as far as is known; "" where nothing speaks against it."""
        if self._account is None:
            return ""
        known = self._worker.environments.permission(Capability.UPLOAD, self._account.environment)
        return denial_text(known)

    def refresh(self) -> None:
        """Show the environment in use; one that nobody looked at yet is looked at."""
        self._account = account = self._worker.current_account()
        self._badge.show_account(account)
        self.setVisible(account is not None)
        online = self._worker.connectivity() is Connectivity.ONLINE
        if account is None or account.folder_mode is not None or not online:
            return
        if not self._looking.waiting:
            environment = account.environment
            self._looking.ask(
                lambda: self._worker.environments.survey(environment),
                lambda _: self.learnt.emit(),
                _leave_it,
            )

    def forget(self) -> None:
        """What is on its way is of no interest any more."""
        self._looking.forget()

    def then(self, act: Callable[[], None]) -> None:
        """Act; in production only once a person has said in this session that they mean it."""
        account = self._account
        if account is None or not self._worker.environments.must_confirm(account.environment):
            act()
            return
        dialog = self._question(account)

        def confirmed() -> None:
            self._worker.environments.confirm(account.environment)
            act()

        dialog.confirmed.connect(confirmed)
        open_dialog(dialog)

    def _question(self, account: Account) -> ConfirmDialog:
        """Is it really production that is meant? Enter and Escape both say no."""
        name, where = account_title(account), one_line(account.environment)
        called = name if name == where else f"{name} ({where})"
        question = Question(
            icon="shield-alert",
            title=self.tr("Go on in production, {name}?").format(name=isolated(called)),
            text=self.tr(
                "What changes there can be seen on live sites at once. You are asked only once "
                "until Asset Bridge is closed."
            ),
            act=self.tr("Go on in production"),
            leave=self.tr("Cancel"),
        )
        return ConfirmDialog(self._theme, self._icons, question, self.window())


def _leave_it(_: BridgeError) -> None:
    """It is looked at the next time; whether the key is good, the sending itself will tell."""
