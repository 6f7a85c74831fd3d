"""The words that go with a decision: why it was approved, sent back or rejected."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.approvals import Approval
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import approval_text
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme

WIDTH_PX = 460
COMMENT_PX = 110
ICONS = {
    Approval.APPROVED: ("badge-check", "positive"),
    Approval.CHANGES_REQUESTED: ("message-square", "info"),
    Approval.REJECTED: ("circle-x", "negative"),
}


class DecideDialog(QDialog):
    """Asks for a comment; `decided` carries it, and it may be empty.

    Args:
        approval: What is decided.
        count: Of how many assets.
    """

    decided = Signal(str)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        approval: Approval,
        count: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._approval = approval
        self._count = count
        self.setMinimumWidth(WIDTH_PX)
        title, act, hint = self._words()
        icon, badge = ICONS.get(approval, ("pencil-line", "neutral"))
        head = DialogHead(
            theme, icons, icon, title=title, text=self.tr("The comment stays in the history.")
        )
        head.set_icon(icon, badge=badge)
        self.setWindowTitle(title)
        self._comment = QPlainTextEdit()
        self._comment.setPlaceholderText(hint)
        self._comment.setTabChangesFocus(True)
        self._comment.setFixedHeight(COMMENT_PX)
        label = QLabel(self.tr("&Comment"))
        label.setProperty("tone", "heading")
        label.setBuddy(self._comment)
        keys = QLabel(self.tr("Ctrl+Enter confirms"), wordWrap=True)
        keys.setProperty("tone", "caption")
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        self._act = QPushButton(act, autoDefault=False)
        self._act.setProperty("kind", "danger" if approval is Approval.REJECTED else "primary")
        self._act.clicked.connect(self._decide)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(keys, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addSpacing(6)
        layout.addWidget(label)
        layout.addWidget(self._comment)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        # Not a shortcut: the window behind has one on the same keys.
        self._comment.installEventFilter(self)
        self._comment.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Ctrl+Enter in the comment confirms."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            confirms = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if confirms and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._decide()
                return True
        return super().eventFilter(watched, event)

    @property
    def comment(self) -> str:
        """What is written so far, without blanks around it."""
        return self._comment.toPlainText().strip()

    def _words(self) -> tuple[str, str, str]:
        """Title, button and hint."""
        match self._approval:
            case Approval.APPROVED:
                return (
                    self.tr("Approve %Ln asset(s)", "", self._count),
                    self.tr("Approve"),
                    self.tr("Optional: what this is approved for"),
                )
            case Approval.REJECTED:
                return (
                    self.tr("Reject %Ln asset(s)", "", self._count),
                    self.tr("Reject"),
                    self.tr("Why? A few words save the next person from asking"),
                )
            case Approval.CHANGES_REQUESTED:
                return (
                    self.tr("Request changes to %Ln asset(s)", "", self._count),
                    self.tr("Request changes"),
                    self.tr("What should be different?"),
                )
        title = self.tr("Mark %Ln asset(s): {state}", "", self._count)
        state = approval_text(self._approval)
        return title.format(state=state), self.tr("Mark"), self.tr("Optional")

    def _decide(self) -> None:
        comment = self.comment
        self.accept()
        self.decided.emit(comment)
