"""A table that comes back from a spreadsheet: what it would change is shown, then said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.grid_edits import CellChange, cell_changes
from bridge_app.domain.metadata_csv import Fault
from bridge_app.storage.database import storage_errors
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text
from bridge_app.ui.panels.metadata_changes import MetadataChanges
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 680, 620


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What a table would do."""

    changes: Mapping[AssetId, Sequence[Change]]
    cells: tuple[CellChange, ...]
    faults: tuple[Fault, ...]


class MetadataCsvImportDialog(QDialog):
    """Nothing is said before Apply; `applied` tells the batch and how many fields it has."""

    applied = Signal(str, int)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        assets: Sequence[AssetId],
        path: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._assets = tuple(assets)
        self._path = path
        self._latest = Latest(asker, self)
        self._looked: _Looked | None = None
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "upload",
            title=self.tr("Import metadata"),
            text=self.tr("Reading {name}…").format(name=path.name),
        )
        self._said = Banner(looks.theme, looks.icons)
        self.list = MetadataChanges(looks)
        self.clear_empty = QCheckBox(self.tr("An empty cell empties its field"))
        self.act = QPushButton(self.tr("Apply"), autoDefault=False)
        self._build()
        self._look()

    @property
    def note(self) -> str:
        """What went wrong; "" if nothing did."""
        return self._said.text

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.clear_empty.clicked.connect(lambda _: self._look())
        self.act.setProperty("kind", "primary")
        self.act.setEnabled(False)
        self.act.clicked.connect(self._apply)
        cancel = QPushButton(self.tr("Cancel"), default=True)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.clear_empty)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self._said):
            layout.addWidget(part)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def _look(self) -> None:
        masters, words, assets, path = (
            self._worker.masters,
            self._worker.words,
            self._assets,
            self._path,
        )
        clear_empty = self.clear_empty.isChecked()

        def look() -> _Looked:
            with storage_errors(path):
                data = path.read_bytes()
            said = masters.said(assets)
            diff = words.table_diff(data, said, clear_empty=clear_empty)
            return _Looked(
                changes=diff.changes,
                cells=tuple(cell_changes(said, diff.changes)),
                faults=diff.faults,
            )

        self.act.setEnabled(False)
        self._latest.ask(look, self._show, self._fail)

    def _show(self, looked: _Looked) -> None:
        self._looked = looked
        cells, assets = len(looked.cells), len({one.asset for one in looked.cells})
        self._said.hush()
        self.list.show_changes(looked.cells, (self._fault(one) for one in looked.faults))
        if cells:
            text = self.tr("%Ln master(s) would say something else.", "", assets)
        else:
            text = self.tr("The table says nothing that is not said already.")
        self._head.set_text(f"{self._path.name}  ·  {text}")
        self.act.setEnabled(cells > 0)

    def _fault(self, fault: Fault) -> tuple[str, str]:
        title = self.tr("Line {line}").format(line=fault.line)
        return (f"{title}  ·  {fault.column}" if fault.column else title), fault.detail

    def _apply(self) -> None:
        looked, masters = self._looked, self._worker.masters
        if looked is None:
            return
        self.act.setEnabled(False)
        count = len(looked.cells)

        def applied(batch: str) -> None:
            self.accept()
            self.applied.emit(batch, count)

        self._latest.ask(lambda: masters.say_each(looked.changes), applied, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._head.set_text(self._path.name)
        self._said.say(Tone.NEGATIVE, error_text(error))
