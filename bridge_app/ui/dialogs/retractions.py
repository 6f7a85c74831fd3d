"""What may not be seen any more: the plan before anything is taken away, and what was done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QListView,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rendition_retractions import RenditionRetraction
from bridge_app.domain.retractions import (
    Act,
    Retraction,
    RetractionPlan,
    RetractionState,
    RetractionStep,
)
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, moment_text, one_line, reasons_text
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 640, 540


class RetractionsDialog(QDialog):
    """Two lists: what has to be done now, with the reasons, and what was done before."""

    queued = Signal(int)  # how many steps

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._environment = environment
        self._latest = Latest(asker, self)
        self._plan: RetractionPlan | None = None
        self._head = DialogHead(
            theme,
            icons,
            "ban",
            title=self.tr("Retractions in {account}").format(account=one_line(environment)),
            text=self.tr("Looking at what is delivered…"),
        )
        self._said = Banner(theme, icons)
        self.tabs = QTabBar()
        self._pages = QStackedWidget()
        self.steps, self.done_before = LineList(self), LineList(self)
        self.act = QPushButton(autoDefault=False)
        self._build(theme, icons)
        self._latest.ask(self._read, self._show, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self, theme: Theme, icons: Icons) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        for lines, title in (
            (self.steps, self.tr("To do")),
            (self.done_before, self.tr("Done")),
        ):
            view = QListView()
            show_lines(view, lines, theme, icons, title)
            self.tabs.addTab(title)
            self._pages.addWidget(view)
        self.tabs.setAccessibleName(self._head.title)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.act.setProperty("kind", "danger")
        self.act.setVisible(False)
        self.act.clicked.connect(self._carry_out)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        self._head.wait_for(self._latest)
        layout.addWidget(self._said)
        layout.addWidget(self.tabs)
        layout.addWidget(self._pages, 1)
        layout.addLayout(dialog_foot(self.act, close))

    def _read(self) -> tuple[RetractionPlan, tuple[Retraction, ...]]:
        desk = self._worker.retractions
        return desk.plan(self._environment), desk.record(self._environment)

    def _show(self, answer: tuple[RetractionPlan, tuple[Retraction, ...]]) -> None:
        plan, record = answer
        self._plan = plan
        steps = [self._step_line(step) for step in plan.steps]
        self.steps.take([*steps, *map(self._rendition_line, plan.renditions)])
        self.done_before.take([self._record_line(one) for one in record])
        count = len(plan.steps) + len(plan.renditions)
        self.tabs.setTabText(0, self.tr("To do (%Ln)", "", count))
        self.tabs.setTabText(1, self.tr("Done (%Ln)", "", len(record)))
        self._tell(plan)

    def _tell(self, plan: RetractionPlan) -> None:
        away, back = len(plan.retracting), len(plan.restoring)
        made = len(plan.renditions)
        parts = []
        if away:
            parts.append(self.tr("%Ln delivered copies may not be seen any more.", "", away))
        if made:
            parts.append(self.tr("%Ln rendition(s) may not be seen any more.", "", made))
        away += made
        if back:
            parts.append(self.tr("%Ln are allowed again.", "", back))
        if not parts:
            parts.append(self.tr("Everything that is delivered may be seen."))
            self.tabs.setCurrentIndex(1)
        self._head.set_text(" ".join(parts))
        if plan.is_large:
            text = self.tr(
                "That is much at once. Nothing is taken away before you have looked at the names."
            )
            self._said.say(Tone.WARNING, text)
        self.act.setText(
            self.tr("Take %Ln away", "", away) if away else self.tr("Give %Ln back", "", back)
        )
        self.act.setVisible(bool(plan.steps or plan.renditions))

    def _step_line(self, step: RetractionStep) -> Line:
        away = step.act is Act.RETRACT
        return Line(
            key=step.copy.asset_id,
            icon="ban" if away else "undo-2",
            title=one_line(step.name),
            text=reasons_text(step.reasons) if away else self.tr("it is allowed again"),
            mark=self.tr("Take away") if away else self.tr("Give back"),
            tone="negative" if away else "positive",
        )

    def _rendition_line(self, one: RenditionRetraction) -> Line:
        name, preset = one_line(one.rendition.name), one_line(one.rendition.preset)
        return Line(
            key=one.rendition.identity,
            icon="ban",
            title=self.tr("{name}, rendition {preset}").format(name=name, preset=preset),
            text=reasons_text(one.reasons),
            mark=self.tr("Take away"),
            tone="negative",
        )

    def _record_line(self, one: Retraction) -> Line:
        mark, tone = self._states()[one.state]
        parts = (moment_text(one.at), reasons_text(one.reasons))
        return Line(
            key=one.asset_id,
            icon="ban" if one.is_withdrawn else "history",
            title=one_line(one.name),
            text="  ·  ".join(filter(None, parts)),
            mark=mark,
            tone=tone,
        )

    def _states(self) -> dict[RetractionState, tuple[str, str]]:
        return {
            RetractionState.BEGUN: (self.tr("Not proven yet"), "warning"),
            RetractionState.RETRACTED: (self.tr("Taken away"), "negative"),
            RetractionState.RESTORED: (self.tr("Given back"), "positive"),
            RetractionState.LEFT_ALONE: (self.tr("Left alone"), "neutral"),
            RetractionState.GONE: (self.tr("Was gone"), "neutral"),
        }

    def _carry_out(self) -> None:
        plan, desk = self._plan, self._worker.retractions
        if plan is None:
            return
        self.act.setEnabled(False)
        count = len(plan.steps) + len(plan.renditions)
        self._latest.ask(lambda: desk.carry_out(plan), lambda _: self._is_queued(count), self._fail)

    def _is_queued(self, count: int) -> None:
        self.accept()
        self.queued.emit(count)

    def _fail(self, error: BridgeError) -> None:
        self.act.setEnabled(True)
        self._said.say(Tone.NEGATIVE, error_text(error))
