"""The field mapping: shown as a table, edited row by row, checked, and tried out."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.custom_fields import CustomFields
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.field_mapping import FieldMapping, Leads, MappingRow
from bridge_app.domain.field_sync import SyncChange
from bridge_app.domain.mapping_checks import validate
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.field_mapping_row import FieldMappingRow
from bridge_app.ui.dialogs.field_mapping_run import FieldMappingRun
from bridge_app.ui.dialogs.field_mapping_sync import FieldMappingSync
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.models.mapping_rows import MappingColumn, MappingRows
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import split_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.governance import DryRun, MappingCheck
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 940, 640
ROW_PX = 30
WIDTHS = {
    MappingColumn.SOURCE: 190,
    MappingColumn.WAY: 44,
    MappingColumn.TARGETS: 260,
    MappingColumn.LEADS: 130,
}


class FieldMappingDialog(QDialog):
    """Nothing is used before Save; the check and the dry run take the table as it is shown.

    A sync takes what is saved. `synced` tells its batch, "" if nothing was different.

    Args:
        environment: The product environment that is asked; "" where there is none.
        assets: The masters that the dry run shows.
    """

    synced = Signal(str)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: tuple[Theme, Icons],
        *,
        environment: str,
        assets: Sequence[AssetId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._desk = worker.governance
        self._environment = environment
        self._assets = tuple(assets)
        self._latest, self._asking = Latest(asker, self), Latest(asker, self)
        self._saved = self._mapping = default_mapping()
        self._custom: CustomFields = {}
        self._check: MappingCheck | None = None
        theme, icons = looks
        self._rows = MappingRows(theme, self)
        self._table = QTableView()
        self._note = Banner(theme, icons)
        self._form = FieldMappingRow(theme, icons)
        self._run = FieldMappingRun(theme, icons)
        self.sync_page = FieldMappingSync(theme, icons)
        self._pages = QStackedWidget()
        self._change = self._button(self.tr("Change…"))
        self._remove = self._button(self.tr("Remove"))
        self._reset = self._button(self.tr("As Delivered"))
        self._ask = self._button(self.tr("Check"))
        self._create = self._button(self.tr("Define Missing Fields"))
        self._try = self._button(self.tr("Dry Run"))
        self._sync = self._button(self.tr("S&ync…"))
        self._save = self._button(self.tr("Save"))
        self._page = self._built(DialogHead(theme, icons, "git-compare", title="", text=""))
        self._build()
        self._read()
        self._asking.ask(worker.shelters.custom_fields.anywhere, self._take_custom, self._fail)

    def _take_custom(self, fields: CustomFields) -> None:
        self._custom = fields

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        self._asking.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Field mapping"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        for page in (self._page, self._form, self._run, self.sync_page):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._form.entered.connect(self._enter)
        self._form.leadsChosen.connect(self._lead)
        self.sync_page.syncWanted.connect(self._do_sync)
        for page in (self._form, self._run, self.sync_page):
            page.backWanted.connect(lambda: self._pages.setCurrentWidget(self._page))
        self._change.clicked.connect(self._edit)
        self._remove.clicked.connect(self._take_out)
        self._reset.clicked.connect(lambda: self._show(default_mapping()))
        self._ask.clicked.connect(self._ask_service)
        self._create.clicked.connect(self._define)
        self._try.clicked.connect(self._try_out)
        self._sync.clicked.connect(self._try_sync)
        self._save.clicked.connect(self._keep)
        self._tell()

    def _built(self, head: DialogHead) -> QWidget:
        head.set_title(self.tr("What a master says at Cloudinary"))
        head.set_text(
            self.tr(
                "Each row carries a part of a master’s record to its copies. What cannot come "
                "back as it was is named at the end."
            )
        )
        self._build_table()
        self._save.setProperty("kind", "primary")
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self._note)
        layout.addWidget(self._table, 1)
        layout.addLayout(self._built_buttons())
        return page

    def _built_buttons(self) -> QVBoxLayout:
        add = self._button(self.tr("New Row…"))
        add.clicked.connect(lambda: self._show_form(None))
        cancel = self._button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        lines = QVBoxLayout()
        lines.setSpacing(8)
        for left, right in (
            ((add, self._change, self._remove, self._reset), ()),
            ((self._ask, self._create, self._try, self._sync), (cancel, self._save)),
        ):
            lines.addLayout(split_foot(left, right))
        return lines

    def _build_table(self) -> None:
        table = self._table
        table.setModel(self._rows)
        table.setProperty("rows", "plain")
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(self.tr("Field mapping"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(MappingColumn.NOTE, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, width)
        table.selectionModel().currentRowChanged.connect(self._tell)
        table.activated.connect(self._edit)

    def _button(self, text: str) -> QPushButton:
        return QPushButton(text, autoDefault=False)

    def _read(self) -> None:
        def known(mapping: FieldMapping) -> None:
            self._saved = mapping
            self._show(mapping)

        self._latest.ask(self._desk.mapping, known, self._fail)

    def _show(self, mapping: FieldMapping, *, row: int = 0) -> None:
        """This mapping from now on, checked by itself."""
        # Whoever leads for a row goes with it.
        mapping = mapping.without_strays()
        self._mapping, self._check = mapping, None
        self._rows.take(mapping, validate(mapping), environment=self._environment)
        self._table.selectRow(row)
        self._tell()

    def _tell(self) -> None:
        """What can be done now."""
        chosen = self._row() is not None
        self._change.setEnabled(chosen)
        self._remove.setEnabled(chosen)
        self._reset.setEnabled(self._mapping != default_mapping())
        self._ask.setEnabled(bool(self._environment))
        self._create.setVisible(self._check is not None and bool(self._check.missing))
        self._try.setEnabled(bool(self._assets))
        can_sync = bool(self._assets) and bool(self._environment)
        self._sync.setEnabled(can_sync and self._mapping == self._saved)
        self._sync.setToolTip(
            self.tr("Bring the chosen masters and their copies together, after a look at it")
        )
        wrong = any(not fault.is_warning for fault in validate(self._mapping))
        self._save.setEnabled(self._mapping != self._saved and not wrong)

    def _row(self) -> int | None:
        index = self._table.currentIndex()
        return index.row() if index.isValid() else None

    def _edit(self) -> None:
        row = self._row()
        if row is not None:
            self._show_form(self._mapping.rows[row])

    def _show_form(self, row: MappingRow | None) -> None:
        self._form.show_row(row, self._mapping, environment=self._environment, custom=self._custom)
        self._pages.setCurrentWidget(self._form)

    def _enter(self, entered: MappingRow, before: MappingRow | None) -> None:
        rows = list(self._mapping.rows)
        place = rows.index(before) if before in rows else len(rows)
        rows[place : place + 1] = [entered]
        self._pages.setCurrentWidget(self._page)
        self._show(replace(self._mapping, rows=tuple(rows)), row=place)
        self._table.setFocus()

    def _lead(self, source: str, leads: Leads | None) -> None:
        """Another side leads for a source in this environment, or the same as everywhere."""
        if not self._environment:
            return
        here = dict(self._mapping.leads_in.get(self._environment, {}))
        if leads is None:
            here.pop(source, None)
        else:
            here[source] = leads
        others = {
            name: some for name, some in self._mapping.leads_in.items() if name != self._environment
        }
        own = {self._environment: here} if here else {}
        self._mapping = replace(self._mapping, leads_in={**others, **own})

    def _take_out(self) -> None:
        row = self._row()
        if row is not None:
            rows = (*self._mapping.rows[:row], *self._mapping.rows[row + 1 :])
            self._show(replace(self._mapping, rows=rows), row=min(row, len(rows) - 1))

    def _ask_service(self) -> None:
        desk, mapping, environment = self._desk, self._mapping, self._environment
        self._latest.ask(
            lambda: desk.check(mapping, environment=environment), self._show_check, self._fail
        )

    def _show_check(self, check: MappingCheck) -> None:
        self._check = check
        row = self._row() or 0
        self._rows.take(self._mapping, check.faults, environment=self._environment)
        self._table.selectRow(row)
        missing = len(check.missing)
        if check.too_many:
            text = self.tr("“{name}” cannot have so many fields.")
            self._note.say(Tone.NEGATIVE, text.format(name=check.environment))
        elif missing:
            text = self.tr("“{name}” lacks %Ln field(s), or values of their lists.", "", missing)
            self._note.say(Tone.WARNING, text.format(name=check.environment))
        elif check.is_usable:
            text = self.tr("All of it fits “{name}”.")
            self._note.say(Tone.POSITIVE, text.format(name=check.environment))
        else:
            self._note.say(Tone.NEGATIVE, self.tr("Some rows cannot be used as they are."))
        self._tell()

    def _define(self) -> None:
        desk, mapping, check = self._desk, self._mapping, self._check
        if check is None:
            return

        def defined() -> MappingCheck:
            desk.create_fields(check.environment, check.missing)
            return desk.check(mapping, environment=check.environment)

        self._latest.ask(defined, self._show_check, self._fail)

    def _try_out(self) -> None:
        desk, mapping, environment = self._desk, self._mapping, self._environment
        self._latest.ask(
            lambda: desk.dry_run(self._assets, environment=environment, mapping=mapping),
            self._show_runs,
            self._fail,
        )

    def _show_runs(self, runs: Sequence[DryRun]) -> None:
        if not runs:
            text = self.tr("None of the chosen assets is a master at a service.")
            self._note.say(Tone.INFO, text)
            return
        self._run.show_runs(runs)
        self._pages.setCurrentWidget(self._run)

    def _try_sync(self) -> None:
        """What a sync would change, before anything is."""
        assets, environment, desk = self._assets, self._environment, self._worker.field_sync
        self._latest.ask(
            lambda: desk.dry_run(assets, environment=environment), self._show_sync, self._fail
        )

    def _show_sync(self, changes: Sequence[SyncChange]) -> None:
        self.sync_page.show_changes(changes)
        self._pages.setCurrentWidget(self.sync_page)

    def _do_sync(self) -> None:
        assets, environment, desk = self._assets, self._environment, self._worker.field_sync
        self._latest.ask(
            lambda: desk.sync(assets, environment=environment), self._show_synced, self._fail
        )

    def _show_synced(self, batch: str) -> None:
        self._pages.setCurrentWidget(self._page)
        self._note.say(Tone.POSITIVE, self.tr("What was different is being delivered."))
        self.synced.emit(batch)

    def _keep(self) -> None:
        desk, mapping = self._desk, self._mapping
        is_default = mapping == default_mapping()
        save = desk.reset if is_default else (lambda: desk.save(mapping))
        self._latest.ask(save, lambda _: self.accept(), self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._note.say(Tone.NEGATIVE, error_text(error))
        self._tell()
