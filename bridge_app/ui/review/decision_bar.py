"""The foot of the stage: the decisions as buttons, and the line that asks why."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from bridge_app.domain.approvals import Approval
from bridge_app.ui.delegates.badges import APPROVAL_ICONS
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.review.keys import Act, tip
from bridge_app.ui.theme import Badge, Theme

ICON_PX = 18
LONGEST = 2000
DECISIONS = (
    (Approval.APPROVED, Act.APPROVE, "positive"),
    (Approval.CHANGES_REQUESTED, Act.REQUEST_CHANGES, "info"),
    (Approval.REJECTED, Act.REJECT, "negative"),
)


class DecisionBar(QFrame):
    """Buttons tell acts; a no asks why in the same place, without a dialog."""

    wanted = Signal(object)  # Act
    explained = Signal(object, str)  # Approval, why
    left = Signal()  # the line was closed

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._asked: Approval | None = None
        self.why = QLineEdit(maxLength=LONGEST)
        self.buttons: dict[Act, QPushButton] = {}
        self.undo = QToolButton()
        self.rest = QPushButton(self.tr("Approve the rest"))
        self._told = ElidedLabel()
        self._told.setProperty("tone", "muted")
        self._question = QLabel()
        self._question.setProperty("tone", "heading")
        self._confirm = QPushButton(self.tr("Reject"))
        self._pages = QStackedLayout(self)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def asks(self) -> bool:
        """Is somebody asked why?"""
        return self._asked is not None

    @property
    def told(self) -> str:
        """The sentence beside the buttons."""
        return self._told.text()

    def ask_why(self, approval: Approval, count: int) -> None:
        """Ask why something is not approved; Enter confirms with or without words."""
        self._asked = approval
        rejects = approval is Approval.REJECTED
        self._question.setText(
            self.tr("Reject %Ln picture(s): why?", "", count)
            if rejects
            else self.tr("Changes to %Ln picture(s): which?", "", count)
        )
        self.why.clear()
        self.why.setPlaceholderText(self.tr("A few words; Enter confirms, Esc leaves it as it is"))
        self.why.setAccessibleName(self._question.text())
        self._confirm.setText(self.tr("Reject") if rejects else self.tr("Request changes"))
        self._confirm.setProperty("kind", "danger" if rejects else "primary")
        self._confirm.style().unpolish(self._confirm)
        self._confirm.style().polish(self._confirm)
        self._pages.setCurrentIndex(1)
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """What happened last."""
        self._told.setText(text)

    def show_rest(self, count: int) -> None:
        """So many wait for a decision."""
        words = self.tr("Approve the rest ({count})").format(count=number_text(count))
        self.rest.setText(with_gap(words))
        self.rest.setEnabled(count > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter confirms, Esc leaves."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._explain()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # Esc and Ctrl+Z are the line's own while it is open
            return True
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Nothing is decided."""
        self._asked = None
        self._pages.setCurrentIndex(0)
        self.left.emit()

    def _build(self) -> None:
        self.setProperty("surface", "bar")
        acts = QWidget()
        line = QHBoxLayout(acts)
        line.setContentsMargins(14, 8, 14, 8)
        line.setSpacing(8)
        words = {
            Act.APPROVE: self.tr("Approve"),
            Act.REQUEST_CHANGES: self.tr("Request changes"),
            Act.REJECT: self.tr("Reject"),
        }
        for _, act, _ in DECISIONS:
            button = QPushButton(with_gap(words[act]), autoDefault=False)
            button.setToolTip(tip(act))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._want, act))
            self.buttons[act] = button
            line.addWidget(button)
        self.undo.setToolTip(tip(Act.UNDO))
        self.undo.setAccessibleName(tip(Act.UNDO))
        self.undo.setEnabled(False)
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.undo.clicked.connect(partial(self._want, Act.UNDO))
        line.addWidget(self.undo)
        line.addWidget(self._told, 1)
        self.rest.setProperty("kind", "quiet")
        self.rest.setAutoDefault(False)
        self.rest.setToolTip(tip(Act.APPROVE_REST))
        self.rest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rest.clicked.connect(partial(self._want, Act.APPROVE_REST))
        line.addWidget(self.rest)
        self._pages.addWidget(acts)
        self._pages.addWidget(self._built_question())

    def _built_question(self) -> QWidget:
        asked = QWidget()
        line = QHBoxLayout(asked)
        line.setContentsMargins(14, 8, 14, 8)
        line.setSpacing(8)
        self._question.setBuddy(self.why)
        self.why.installEventFilter(self)
        self._confirm.setAutoDefault(False)
        self._confirm.clicked.connect(self._explain)
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.leave)
        line.addWidget(self._question)
        line.addWidget(self.why, 1)
        line.addWidget(cancel)
        line.addWidget(self._confirm)
        return asked

    def _want(self, act: Act, *_: bool) -> None:
        self.wanted.emit(act)

    def _explain(self) -> None:
        approval, why = self._asked, self.why.text().strip()
        self.leave()
        if approval is not None:
            self.explained.emit(approval, why)

    def _dress(self) -> None:
        tokens = self._theme.tokens
        for approval, act, token in DECISIONS:
            badge: Badge = getattr(tokens, token)
            icon = self._icons.icon(
                APPROVAL_ICONS[approval], colour=badge.soft_ink, size_px=ICON_PX
            )
            self.buttons[act].setIcon(icon)
        self.undo.setIcon(self._icons.icon("undo-2", size_px=ICON_PX))
        self.rest.setIcon(self._icons.icon("check-check", colour=tokens.link, size_px=ICON_PX))
