"""Letting assets pass in spite of their review: what holds them back, why, and until when."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, lifts_text, one_line, reasons_text
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.day_fields import MomentEdit
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.reachable_calendar import make_reachable
from bridge_app.work.approvals import OverrideWish
from bridge_app.work.policies import Checked
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 600, 520
REASON_PX = 80
USUAL_DAYS = 7


class LetPassDialog(QDialog):
    """Says what holds each asset back and what would lift it; `passed` tells how many passed.

    Those that somebody lets pass already can be held back again: `heldBack` tells how many.
    """

    passed = Signal(int)
    heldBack = Signal(int)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        assets: Sequence[AssetId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._assets = tuple(assets)
        self._latest = Latest(asker, self)
        self.said = Banner(looks.theme, looks.icons)
        self.lines = LineList(self)
        self.reason = QPlainTextEdit()
        self.ends = QCheckBox(self.tr("It &ends"))
        self.until = MomentEdit(QDateTime.currentDateTime().addDays(USUAL_DAYS))
        self.act = QPushButton(self.tr("&Let Pass"), autoDefault=False)
        self.back = QPushButton(self.tr("&Take Back"), autoDefault=False)
        self._build(looks)
        self._latest.ask(self._check, self._show, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _build(self, looks: Looks) -> None:
        head = DialogHead(
            looks.theme,
            looks.icons,
            "lock-open",
            title=self.tr("Let %Ln asset(s) pass", "", len(self._assets)),
            text=self.tr(
                "A policy says which roles may do so. It is recorded with your name, and lifts a "
                "review that is not finished: never a rejection, and never rights."
            ),
        )
        self.setWindowTitle(head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        view = QListView()
        show_lines(view, self.lines, looks.theme, looks.icons, self.tr("What holds them back"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(self.said)
        layout.addWidget(view, 1)
        layout.addWidget(self._labelled_reason())
        layout.addWidget(self.reason)
        layout.addLayout(self._built_buttons())
        self._tell()

    def _labelled_reason(self) -> QLabel:
        label = QLabel(self.tr("&Why"))
        label.setProperty("tone", "heading")
        label.setBuddy(self.reason)
        self.reason.setAccessibleName(self.tr("Why"))
        self.reason.setPlaceholderText(self.tr("Who asked for it, and who knows of it?"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(REASON_PX)
        self.reason.textChanged.connect(self._tell)
        return label

    def _built_buttons(self) -> QHBoxLayout:
        self.until.setCalendarPopup(True)
        self.until.setAccessibleName(self.tr("When it ends"))
        make_reachable(self.until.calendarWidget(), self.until.accessibleName())
        self.ends.toggled.connect(self._tell)
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        self.act.setProperty("kind", "danger")
        self.act.clicked.connect(self._let_pass)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.ends)
        buttons.addWidget(self.until)
        buttons.addStretch(1)
        self.back.setToolTip(self.tr("End what lets these pass; whoever may ask for more care"))
        self.back.setVisible(False)
        self.back.clicked.connect(self._take_back)
        buttons.addWidget(cancel)
        buttons.addWidget(self.back)
        buttons.addWidget(self.act)
        return buttons

    def _check(self) -> list[Checked]:
        return self._worker.policies.check(self._assets)

    def _show(self, found: list[Checked]) -> None:
        self.lines.take([self._line(one) for one in found])
        self.back.setVisible(any(one.verdict.overridden for one in found))

    def _line(self, one: Checked) -> Line:
        against = one.verdict.against
        lifts = " ".join(lifts_text(reason) for reason in against)
        why = reasons_text(against, one.verdict.fields)
        passing = reasons_text(one.verdict.overridden)
        if passing and not against:
            lifts = self.tr("Somebody lets it pass, although {reasons}.").format(reasons=passing)
        return Line(
            key=one.asset,
            icon="lock" if against else "lock-open",
            title=one_line(f"{one.name}: {why}" if against else one.name),
            text=lifts or self.tr("Nothing holds it back."),
        )

    def _tell(self) -> None:
        self.until.setEnabled(self.ends.isChecked())
        for button in (self.act, self.back):
            button.setEnabled(bool(self.reason.toPlainText().strip()))

    def _wish(self) -> OverrideWish:
        seconds = self.until.dateTime().toSecsSinceEpoch()
        until = datetime.fromtimestamp(seconds, UTC) if self.ends.isChecked() else None
        return OverrideWish(reason=self.reason.toPlainText(), until=until)

    def _let_pass(self) -> None:
        wish, desk = self._wish(), self._worker.approvals
        self.act.setEnabled(False)
        self._latest.ask(lambda: desk.override(self._assets, wish), self._done, self._fail)

    def _take_back(self) -> None:
        reason, desk = self.reason.toPlainText(), self._worker.approvals
        self.back.setEnabled(False)
        self._latest.ask(
            lambda: desk.take_back(self._assets, reason), self._is_held_back, self._fail
        )

    def _is_held_back(self, count: int) -> None:
        self.accept()
        self.heldBack.emit(count)

    def _done(self, count: int) -> None:
        self.accept()
        self.passed.emit(count)

    def _fail(self, error: BridgeError) -> None:
        self._tell()
        self.said.say(Tone.NEGATIVE, error_text(error))
