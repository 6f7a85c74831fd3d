"""A contact sheet: the renditions of a set, of all chosen assets at once; and their export."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionPlan, RenditionWish
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, number_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.chip import StayingMenu
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.studio.sampling import Made, Sampling
from bridge_app.ui.studio.sheet_cell import CELL_PX, SheetCellDelegate
from bridge_app.ui.studio.sheet_cloud import SheetCloud
from bridge_app.ui.studio.sheet_model import SheetCell, SheetModel, preset_words
from bridge_app.ui.studio.sheet_table import SheetTable
from bridge_app.ui.studio.window import Seat

SIZE_PX = QSize(1180, 800)
LOOK_MS = 60
NAMES_PX = 160


class ContactSheet(QWidget):
    """A window of its own. `closed` tells that it is gone; nothing more is made for it then."""

    closed = Signal()
    studioWanted = Signal(object)  # Asset
    exported = Signal(object)  # RenditionPlan, queued
    dragWanted = Signal(object, object)  # QWidget, list[RenderedWish]

    def __init__(
        self, seat: Seat, assets: Sequence[AssetId], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._worker, self._asker = seat.worker, seat.asker
        self._ids = tuple(assets)
        self._library = PresetLibrary()
        self._found: list[Asset] = []
        self._ticks: dict[str, QAction] = {}
        self._planning = Latest(seat.asker, self)
        self._opening = Latest(seat.asker, self)
        self._exporting = Latest(seat.asker, self)
        self.sampling = Sampling(seat.worker, seat.asker, self)
        self.model = SheetModel(self)
        self.sets = QComboBox()
        self.presets = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export_button = QPushButton(self.tr("Export…"))
        self.table = SheetTable()
        self.banner = Banner(seat.looks.theme, seat.looks.icons)
        self._look = QTimer(self, interval=LOOK_MS, singleShot=True)
        self.table.setModel(self.model)
        self.cloud = SheetCloud(seat.worker.rendition, seat.asker, self.model, self.table)
        self._build(seat)
        self._connect()
        self._open()

    @property
    def chosen(self) -> tuple[RenditionPreset, ...]:
        """The presets that are ticked, in the order of the library or of the set."""
        shown = self.sets.currentData()
        first = self._library.sets[shown].presets if shown in self._library.sets else ()
        names = dict.fromkeys((*first, *self._ticks))
        return tuple(
            self._library.presets[name]
            for name in names
            if name in self._ticks and self._ticks[name].isChecked()
        )

    def choose_set(self, name: str) -> None:
        """Show the renditions of a set."""
        self.sets.setCurrentIndex(self.sets.findData(name))

    def choose_presets(self, *names: str) -> None:
        """Show the renditions of these presets."""
        for name, tick in self._ticks.items():
            tick.setChecked(name in names)
        self._plan()

    def export_to(self, folder: Path) -> None:
        """Queue the files that can be made; nothing in the folder is replaced."""
        wish = RenditionWish(presets=self.chosen, folder=str(folder))
        renditions = self._worker.renditions

        def work() -> RenditionPlan:
            plan = renditions.plan(self._ids, wish)
            if plan.doing:
                renditions.carry_out(plan)
            return plan

        self.export_button.setEnabled(False)
        self._exporting.ask(work, partial(self._exported, folder), self._refused)

    def sizeHint(self) -> QSize:
        """Qt: four presets and three assets."""
        return SIZE_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more cells may be on the screen."""
        super().resizeEvent(event)
        self._look.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: give up what is not made yet."""
        self._look.stop()
        self.sampling.forget()
        self.cloud.forget()
        for asked in (self._opening, self._planning, self._exporting):
            asked.forget()
        super().closeEvent(event)
        self.closed.emit()

    # How it is put together

    def _build(self, seat: Seat) -> None:
        self.setWindowTitle(self.tr("Contact sheet"))
        self.setObjectName("contact-sheet")
        self.setAutoFillBackground(True)
        self.sets.setAccessibleName(self.tr("Rendition set"))
        self.sets.setToolTip(self.sets.accessibleName())
        self.sets.setPlaceholderText(self.sets.accessibleName())
        self.sets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.presets.setText(self.tr("Presets"))
        self.presets.setProperty("chip", "true")
        self.export_button.setProperty("kind", "primary")
        self.export_button.setEnabled(False)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setItemDelegate(
            SheetCellDelegate(seat.looks.theme, seat.looks.icons, self.table)
        )
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        for header, size in (
            (self.table.horizontalHeader(), CELL_PX.width()),
            (self.table.verticalHeader(), CELL_PX.height()),
        ):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(size)
        self.table.verticalHeader().setFixedWidth(NAMES_PX)
        self.table.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        head = QHBoxLayout()
        for part in (self.sets, self.presets):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.cloud.button)
        head.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.export_button.clicked.connect(self._ask_where)
        self.table.doubleClicked.connect(self._open_studio)
        self.cloud.refused.connect(lambda text: self.banner.say(Tone.NEGATIVE, text))
        self.table.dragWanted.connect(self._drag)
        for bar in (self.table.horizontalScrollBar(), self.table.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: self._look.start())
        self._look.timeout.connect(self._make_seen)
        self.sampling.made.connect(self._made)
        self.sampling.failed.connect(self._failed)
        close = QShortcut(QKeySequence("Ctrl+W"), self)
        close.activated.connect(self.close)
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), self.table)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(lambda: self._open_studio(self.table.currentIndex()))

    # What is read

    def _open(self) -> None:
        """Read the library of presets, and then the assets."""
        self._opening.ask(self._worker.rendition_presets.library, self._opened, self._refused)

    def _opened(self, library: PresetLibrary) -> None:
        self._library = library
        account = self._worker.current_account()
        environment = account.environment if account is not None else None

        def read(reader: CatalogReader) -> list[Asset]:
            return reader.assets(self._ids, environment=environment)

        self._opening.read(read, self._read, self._refused)

    def _read(self, found: list[Asset]) -> None:
        self._found = found
        menu = StayingMenu(self)
        for preset in self._library.presets.values():
            tick = menu.addAction(preset_words(preset))
            tick.setCheckable(True)
            tick.triggered.connect(self._plan)
            self._ticks[preset.name] = tick
        self.presets.setMenu(menu)
        for one in self._library.sets.values():
            self.sets.addItem(QCoreApplication.translate("presets", one.shown), one.name)
        self.sets.currentIndexChanged.connect(self._set_chosen)
        self.sets.setCurrentIndex(0)

    def _set_chosen(self) -> None:
        shown = self.sets.currentData()
        if shown in self._library.sets:
            self.choose_presets(*self._library.sets[shown].presets)

    def _name_set(self) -> None:
        """No set is named as soon as other presets than its own are ticked."""
        shown = self.sets.currentData()
        ticked = {preset.name for preset in self.chosen}
        if shown in self._library.sets and ticked != set(self._library.sets[shown].presets):
            self.sets.setCurrentIndex(-1)

    def _plan(self) -> None:
        """What the chosen presets make of the assets; the newest choice counts."""
        self._name_set()
        # Whether a file is there already is asked when the folder is known.
        chosen = self.chosen
        wish = RenditionWish(presets=chosen, folder=str(Path.home()), replaces=True)
        self.sampling.forget()
        self.export_button.setEnabled(bool(chosen))
        self._planning.ask(
            lambda: self._worker.renditions.plan(self._ids, wish),
            partial(self._planned, chosen),
            self._refused,
        )

    def _planned(self, chosen: Sequence[RenditionPreset], plan: RenditionPlan) -> None:
        self.sampling.forget()  # what was asked for after a scroll meanwhile is of the old cells
        self.model.fill(self._found, chosen, plan.steps)
        self._make_seen()

    # What is made

    def _make_seen(self) -> None:
        """Have the cells made that are on the screen, from the top."""
        places = [(row, column) for row in self._rows() for column in self._columns()]
        self.sampling.want([wish for place in places if (wish := self.model.wish(place))])

    def _rows(self) -> range:
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        count = self.model.rowCount()
        return range(max(first, 0), count if last < 0 else last + 1)

    def _columns(self) -> range:
        header, width = self.table.horizontalHeader(), self.table.viewport().width()
        ends = sorted((header.logicalIndexAt(0), header.logicalIndexAt(width - 1)))
        # Outside of all columns there is none: in a language from the right the space is left.
        return range(max(ends[0], 0), self.model.columnCount() if ends[0] < 0 else ends[1] + 1)

    def _made(self, place: tuple[int, int], made: Made) -> None:
        self.model.take(place, SheetCell(made=made))

    def _failed(self, place: tuple[int, int], error: BridgeError) -> None:
        self.model.take(place, SheetCell(trouble=error_text(error)))

    # What a person does

    def _open_studio(self, index: QModelIndex) -> None:
        if index.isValid():
            self.studioWanted.emit(self.model.assets[index.row()])

    def _drag(self) -> None:
        """The chosen cells that can be made are dragged out as files."""
        places = [(one.row(), one.column()) for one in self.table.selectedIndexes()]
        wishes = [wish for place in sorted(places) if (wish := self.model.taken(place))]
        if wishes:
            self.dragWanted.emit(self.table, wishes)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.export_to(Path(folder)))
        open_dialog(dialog)

    def _exported(self, folder: Path, plan: RenditionPlan) -> None:
        self.export_button.setEnabled(True)
        self.banner.say(
            Tone.POSITIVE if len(plan.doing) == len(plan.steps) else Tone.WARNING,
            self.tr(
                "Being written to {folder}: {count} of %Ln rendition(s).", "", len(plan.steps)
            ).format(count=number_text(len(plan.doing)), folder=one_line(folder.name)),
        )
        self.exported.emit(plan)

    def _refused(self, error: BridgeError) -> None:
        self.export_button.setEnabled(bool(self.chosen))
        self.banner.say(Tone.NEGATIVE, error_text(error))
