"""Publishing renditions of pushed assets: what would be made at Cloudinary, before it is made."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rendition_plan import (
    OBSTACLES,
    RenditionPlan,
    RenditionStep,
    RenditionWish,
)
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, number_text, one_line, preset_title
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 640, 540


class PublishDialog(QDialog):
    """A choice of presets, every rendition with what holds it back, and what it costs."""

    queued = Signal(str, int)  # the batch, how many renditions

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
        self._library = PresetLibrary()
        self.plan: RenditionPlan | None = None
        title = self.tr("Publish renditions of %Ln asset(s)", "", len(self._assets))
        self._head = DialogHead(looks.theme, looks.icons, "send", title=title)
        self._said = Banner(looks.theme, looks.icons)
        self.choice = QComboBox()
        self.lines = LineList(self)
        self.act = QPushButton(self.tr("Publish"), default=True)
        self._build(looks, title)
        self._latest.ask(worker.rendition_presets.library, self._offer, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self, looks: Looks, title: str) -> None:
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        label = QLabel(self.tr("&Renditions"))
        label.setProperty("tone", "heading")
        label.setBuddy(self.choice)
        view = QListView()
        view.setModel(self.lines)
        view.setItemDelegate(TwoLine(looks.theme, looks.icons, view))
        view.setUniformItemSizes(True)
        view.setAccessibleName(self.tr("What will be made"))
        self.choice.activated.connect(self.plan_anew)
        self.act.setProperty("kind", "primary")
        self.act.setEnabled(False)
        self.act.clicked.connect(self._carry_out)
        leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        leave.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(10)
        for part in (self._head, self._said, label, self.choice):
            layout.addWidget(part)
        layout.addWidget(view, 1)
        layout.addLayout(buttons)

    def _offer(self, library: PresetLibrary) -> None:
        self._library = library
        for one in library.sets.values():
            self.choice.addItem(QCoreApplication.translate("presets", one.shown), one.name)
        if self.choice.count():
            self.choice.insertSeparator(self.choice.count())
        for preset in library.presets.values():
            self.choice.addItem(preset_title(preset), preset.name)
        self.plan_anew()

    def plan_anew(self) -> None:
        """Look what the choice would make."""
        name = self.choice.currentData()
        self.plan = None
        self.act.setEnabled(False)
        if name is None:
            return
        desk, library = self._worker.renditions, self._library
        self._latest.ask(
            lambda: desk.plan(self._assets, RenditionWish(presets=library.of_set(name))),
            self._show,
            self._fail,
        )

    def _show(self, plan: RenditionPlan) -> None:
        self.plan = plan
        self._said.hush()
        self.lines.take([self._line(step) for step in plan.steps])
        count = self.tr("%Ln rendition(s) are made at Cloudinary.", "", len(plan.doing))
        cost = self.tr("{new} are new, {there} are there already.").format(
            new=number_text(plan.costs.new), there=number_text(plan.costs.existing)
        )
        self._head.set_text(f"{count} {cost}" if plan.doing else count)
        self.act.setEnabled(bool(plan.doing))

    def _line(self, step: RenditionStep) -> Line:
        why = ""
        if step.obstacle is not None:
            why = QCoreApplication.translate("renditions", OBSTACLES[step.obstacle])
        parts = (step.preset, step.market, step.language, step.channel, why)
        return Line(
            key=f"{step.asset}/{step.preset}/{step.market}/{step.language}",
            icon="image",
            title=one_line(step.name),
            text=one_line("  ·  ".join(filter(None, parts))),
            mark=self.tr("Held back") if why else "",
            tone="warning",
        )

    def _carry_out(self) -> None:
        plan, desk = self.plan, self._worker.renditions
        if plan is None:
            return
        self.act.setEnabled(False)
        count = len(plan.doing)
        self._latest.ask(
            lambda: desk.carry_out(plan), lambda batch: self._is_queued(batch, count), self._fail
        )

    def _is_queued(self, batch: str, count: int) -> None:
        self.accept()
        self.queued.emit(batch, count)

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))
