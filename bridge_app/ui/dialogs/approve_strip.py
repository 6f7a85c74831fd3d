"""Approving from the push sheet what nothing but a missing approval keeps back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from bridge_app.domain.approvals import Approval
from bridge_app.domain.push_plan import PushPlan, PushTarget
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.push_plan import approvable, still_approvable
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

ICON_PX = 18


def approve_shown(
    worker: Worker, shown: PushPlan, target: PushTarget, comment: str, initiator: object
) -> None:
    """In a thread: approve what a plan shows to lack that alone, unless it is otherwise by now.

    A plan is looked at for a while: what somebody refused meanwhile stays refused, and a new
    version was not looked at. Raises BridgeError.
    """
    assets = still_approvable(shown, worker.plan_push(approvable(shown), target))
    if assets:
        worker.decide(assets, Approval.APPROVED, comment=comment, initiator=initiator)


class ApproveStrip(QFrame):
    """A comment and one button; hidden when there is nothing to approve."""

    approved = Signal(str)  # the comment

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self.setProperty("banner", "warning")
        self._icon = QLabel()
        self._comment = QLineEdit()
        self._comment.setPlaceholderText(self.tr("Comment for the history (optional)"))
        self._comment.setAccessibleName(self.tr("Comment for the history"))
        self._comment.returnPressed.connect(self._approve)
        self._button = QPushButton(autoDefault=False)
        self._button.clicked.connect(self._approve)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addWidget(self._comment, 1)
        layout.addWidget(self._button)
        theme.changed.connect(self._dress)
        self._dress()
        self.setVisible(False)

    def offer(self, count: int) -> None:
        """Offer to approve so many; 0 takes the offer away."""
        self._button.setText(self.tr("Approve and include %Ln", "", count))
        self.set_busy(on=False)
        self.setVisible(count > 0)

    def set_busy(self, *, on: bool) -> None:
        """While the approval is being written nothing can be pressed."""
        self._button.setEnabled(not on)
        self._comment.setEnabled(not on)

    def _approve(self) -> None:
        if self._button.isEnabled():
            self.approved.emit(self._comment.text().strip())
            self._comment.clear()

    def _dress(self) -> None:
        ink = self._theme.tokens.warning.soft_ink
        dpr = self.devicePixelRatioF()
        self._icon.setPixmap(self._icons.pixmap("shield-check", ink, ICON_PX, dpr))
