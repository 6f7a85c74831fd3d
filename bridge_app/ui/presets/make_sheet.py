"""Make renditions: what is made of the chosen assets, where, and what stands in the way."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.localised import EVERYWHERE
from bridge_app.domain.rendition_plan import RenditionPlan, RenditionWish
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, number_text
from bridge_app.ui.panels.account_destination import Destination
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.presets.make_target import MakeTarget
from bridge_app.ui.presets.market_table import MarketTable
from bridge_app.ui.presets.preset_choice import PresetChoice
from bridge_app.ui.presets.rendition_row import RenditionRow
from bridge_app.ui.presets.rendition_tree import RenditionTree
from bridge_app.ui.presets.wording import DOT, costs_text
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 860, 700
PLAN_AFTER_MS = 250
OPENED_AT_MOST = 2000
"""Renditions; laying out more of them at once would be felt. They open on request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeWish:
    """Which assets, and where renditions were written the last time.

    `of` names the set or the preset that is chosen at first; "" is the first set.
    """

    assets: tuple[AssetId, ...]
    folder: str = ""
    template: str = ""
    in_cloud: bool = False
    of: str = ""


class MakeSheet(QDialog):
    """Shows the plan that the worker carries out, and hands exactly that plan over.

    `queued` carries the batch and how many renditions it makes, once that is on disk;
    `targetRemembered` folder and template to offer the next time.
    """

    queued = Signal(str, int)
    targetRemembered = Signal(str, str)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        wish: MakeWish,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._looks = looks
        self._assets = wish.assets
        self._first = wish.of
        self._opening = Latest(asker, self)
        self._planning = Latest(asker, self)
        self._acting = Latest(asker, self)
        self._is_busy = False
        self.plan: RenditionPlan | None = None
        theme, icons = looks.theme, looks.icons
        self._head = DialogHead(theme, icons, "images", title=self._title())
        self._head.wait_for(self._planning)
        self.banner = Banner(theme, icons)
        self._note = Banner(theme, icons)
        self.choice = PresetChoice()
        self.table = MarketTable(asker, looks.theme, looks.icons, lambda: self.choice.chosen)
        self.target = MakeTarget(folder=wish.folder, template=wish.template, in_cloud=wish.in_cloud)
        self.where = Destination(worker, asker, theme, icons)
        self.tree = RenditionTree(self)
        self._thumbs = SmallThumbs(asker, self)
        self.view = QTreeView()
        self.totals = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.why_not = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.act = QPushButton(autoDefault=False)
        self._timer = QTimer(self, interval=PLAN_AFTER_MS, singleShot=True)
        self._build()
        self._connect()
        self._tell()
        self._opening.ask(worker.rendition_presets.library, self._offer, self._fail)

    def done(self, result: int) -> None:
        """Qt: the sheet closes; what is still to come is of no interest any more."""
        for one in (self._opening, self._planning, self.table, self.where):
            one.forget()
        self._timer.stop()
        super().done(result)

    def reject(self) -> None:
        """Qt: Escape; not while the renditions are being written down, which takes a moment."""
        if not self._is_busy:
            super().reject()

    # How it is put together

    def _title(self) -> str:
        return self.tr("Make renditions of %Ln asset(s)", "", len(self._assets))

    def _build(self) -> None:
        self.setWindowTitle(self._title())
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.view.setModel(self.tree)
        self.view.setItemDelegate(
            RenditionRow(self._looks.theme, self._looks.icons, self._thumbs, self.view)
        )
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(22)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(self.tr("What will happen"))
        self.totals.setProperty("tone", "muted")
        self.why_not.setProperty("tone", "muted")
        self.act.setProperty("kind", "primary")
        what = QGridLayout()
        what.setHorizontalSpacing(14)
        what.setVerticalSpacing(4)
        what.addWidget(label(self.tr("&Renditions"), self.choice.sets), 0, 0)
        what.addWidget(self.choice, 1, 0)
        what.addWidget(label(self.tr("Markets and languages"), self.table), 0, 1)
        what.addWidget(self.table, 1, 1)
        what.setColumnStretch(0, 1)
        what.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.banner)
        layout.addLayout(what)
        for part in (self.target, self.where, self._note):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.totals)
        words.addWidget(self.why_not)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addLayout(words, 1)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.act, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def _connect(self) -> None:
        self.table.changed.connect(self._name_markets)
        for changed in (self.choice.changed, self.table.changed, self.target.changed):
            changed.connect(self._plan_soon)
        self.table.failed.connect(self._fail)
        self.where.learnt.connect(self._plan_soon)
        self._timer.timeout.connect(self._plan_anew)
        self._thumbs.arrived.connect(self.view.viewport().update)
        self.act.clicked.connect(self._ask_then_make)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.act.click)

    # What is planned

    def _offer(self, library: PresetLibrary) -> None:
        self.choice.offer(library)
        self.choice.choose(self._first)
        self._plan_soon()

    def _name_markets(self) -> None:
        self.target.name_markets(on=self.table.table != EVERYWHERE)

    def _plan_soon(self) -> None:
        self._planning.forget()
        self.plan = None
        self._tell()
        self._timer.start()

    def _wish(self) -> RenditionWish:
        return RenditionWish(
            presets=self.choice.chosen,
            table=self.table.table,
            folder=self.target.folder_path,
            template=self.target.template.text().strip(),
            replaces=self.target.replaces.isChecked(),
        )

    def _plan_anew(self) -> None:
        self.banner.hush()
        if self.target.in_cloud:
            self.where.refresh()
        else:
            self.where.setVisible(False)
        self._tell_connection()
        wish = self._wish()
        if not wish.presets or wish.folder == "":
            self.tree.take(None)
            self._tell()
            return
        desk = self._worker.renditions
        self._planning.ask(lambda: desk.plan(self._assets, wish), self._show, self._fail)

    def _show(self, plan: RenditionPlan) -> None:
        self.plan = plan
        self.tree.take(plan)
        for row, (_, count) in enumerate(self.tree.groups):
            if count <= OPENED_AT_MOST:
                self.view.expand(self.tree.index(row, 0))
        self.target.show_example(next((step.file for step in plan.doing), ""))
        self._tell()

    def _fail(self, error: BridgeError) -> None:
        self._is_busy = False
        self.tree.take(self.plan)
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self._tell()

    # What is told

    def _tell(self) -> None:
        plan = self.plan
        count = len(plan.doing) if plan else 0
        against = self._reason_against()
        self.act.setEnabled(count > 0 and not against)
        words = self.tr("Make %Ln rendition(s)", "", count) if count else self.tr("Make")
        self.act.setText(words)
        self.why_not.setText(against)
        self.why_not.setVisible(bool(against))
        self.totals.setText(self._sums(plan) if plan else "")
        self.totals.setVisible(plan is not None)
        self._head.set_text(self._summary(plan) if plan else "")

    def _summary(self, plan: RenditionPlan) -> str:
        held = len(plan.steps) - len(plan.doing)
        if not held:
            return self.tr("All of %Ln rendition(s) will be made.", "", len(plan.steps))
        parts = self.tr("{count} of %Ln rendition(s) will be made", "", len(plan.steps))
        back = self.tr("%Ln held back", "", held)
        return DOT.join((parts.format(count=number_text(len(plan.doing))), back))

    def _sums(self, plan: RenditionPlan) -> str:
        if plan.wish.folder is None:
            return costs_text(plan.costs)
        parts = [self.tr("%Ln file(s)", "", len(plan.doing))]
        replaced = sum(step.in_place for step in plan.doing)
        if replaced:
            parts.append(self.tr("%Ln of them replace one", "", replaced))
        barred = len({step.asset for step in plan.doing if step.reasons})
        if barred:
            words = self.tr("%Ln of the assets may not be delivered now", "", barred)
            parts.append(words)
        return DOT.join(parts)

    def _reason_against(self) -> str:
        if self._is_busy:
            return self.tr("Writing down what is to be made…")
        if not self.choice.chosen:
            return self.tr("Choose a set, or presets")
        if self.target.folder_path == "":
            return self.tr("Choose the folder for the files")
        if self.target.in_cloud and self.where.why_not:
            return self.where.why_not
        return self._planned_against()

    def _planned_against(self) -> str:
        plan = self.plan
        if plan is None:
            return "" if self.banner.text else self.tr("Looking what that makes…")
        if not plan.steps:
            return self.tr("No preset is for a market and language of the table")
        return "" if plan.doing else self.tr("Each of them is held back")

    def _tell_connection(self) -> None:
        offline = self._worker.connectivity() is not Connectivity.ONLINE
        if self.target.in_cloud and offline:
            text = self.tr("You are offline: these are made when the connection is back.")
            self._note.say(Tone.INFO, text, icon="wifi-off")
        else:
            self._note.hush()

    # What is done

    def _ask_then_make(self) -> None:
        plan = self.plan
        if plan is None or not plan.doing or self._is_busy:
            return
        if plan.wish.folder is None:
            self.where.then(self._make)
            return
        replaced = sum(step.in_place for step in plan.doing)
        if not replaced:
            self._make()
            return
        question = Question(
            icon="refresh-cw",
            title=self.tr("Replace %Ln file(s)?", "", replaced),
            text=self.tr("What they hold now is gone then; files that are the same stay."),
            act=self.tr("Replace"),
            leave=self.tr("Go back"),
        )
        ask_first(self._looks.theme, self._looks.icons, question, self, self._make)

    def _make(self) -> None:
        plan = self.plan
        if plan is None or self._is_busy:
            return
        self._is_busy = True
        self._tell()
        desk, count = self._worker.renditions, len(plan.doing)
        self._acting.ask(
            lambda: desk.carry_out(plan), lambda batch: self._is_queued(batch, count), self._fail
        )

    def _is_queued(self, batch: str, count: int) -> None:
        self._is_busy = False
        folder = self.target.folder_path
        if folder is not None:
            template = self.target.template.text().strip()
            self.targetRemembered.emit(str(Path(folder)), template)
        self.accept()
        self.queued.emit(batch, count)
