"""What masters say, as a table for spreadsheets: which columns, and what separates them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.ui.asker import Asker
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.columns_dialog import ColumnsDialog
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.errand import Errand, Told
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.rendition_files import write_whole
from bridge_app.work.worker import Worker

WIDTH_PX = 480
AT_ONCE = 500
"""Masters that are read before somebody is asked whether it is still wanted."""


class MetadataCsvExportDialog(QDialog):
    """`exported` tells the file that was written, and how many masters are in it.

    `writing` tells the errand that writes it.
    """

    exported = Signal(object, int)  # Path
    writing = Signal(object)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        assets: Sequence[AssetId],
        columns: Sequence[GridColumn],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._looks = looks
        self._assets = tuple(assets)
        self.columns = tuple(columns)
        self._asker = asker
        self._listed = ElidedLabel()
        self.separator = QComboBox()
        self._said = Banner(looks.theme, looks.icons)
        self.act = QPushButton(self.tr("Export…"), default=True)
        title = self.tr("Export the metadata of %Ln master(s)", "", len(self._assets))
        text = self.tr("A table that spreadsheets open. Changed there, it can be imported again.")
        self._build(DialogHead(looks.theme, looks.icons, "download", title=title, text=text))

    def save(self, path: Path) -> None:
        """Write the table there."""
        masters, words, assets = self._worker.masters, self._worker.words, self._assets
        paths = [column.path for column in self.columns]
        separator = str(self.separator.currentData())

        def write(told: Told) -> tuple[Path, int]:
            said: list[SaidMaster] = []
            for start in range(0, len(assets), AT_ONCE):
                told(start, len(assets))
                said += masters.said(assets[start : start + AT_ONCE])
            table = words.table(said, paths, separator=separator)
            told(len(assets), len(assets))
            write_whole(path, table, replaces=True, with_folders=False)
            return path, len(said)

        self.act.setEnabled(False)
        errand = Errand(self._asker, icon="download", title=one_line(path.name), owner=self)
        self.writing.emit(errand)
        errand.carry_out(write, self._is_written, self._fail)

    def _build(self, head: DialogHead) -> None:
        self.setWindowTitle(head.title)
        self.setFixedWidth(WIDTH_PX)
        choose = QPushButton(self.tr("Choose…"), autoDefault=False)
        choose.clicked.connect(self._choose)
        columns = QHBoxLayout()
        columns.addWidget(self._listed, 1)
        columns.addWidget(choose)
        for name, mark in (
            (self.tr("Comma"), ","),
            (self.tr("Semicolon"), ";"),
            (self.tr("Tab"), "\t"),
        ):
            self.separator.addItem(name, mark)
        # Where a comma stands within numbers, spreadsheets expect semicolons between cells.
        self.separator.setCurrentIndex(1 if QLocale().decimalPoint() == "," else 0)
        form = Form()
        form.addRow(self.tr("Columns"), columns)
        form.addRow(self.tr("&Separator"), self.separator)
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        self.act.setProperty("kind", "primary")
        self.act.clicked.connect(self._ask_where)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(head)
        layout.addLayout(form)
        layout.addWidget(self._said)
        layout.addLayout(dialog_foot(cancel, self.act))
        self._show(self.columns)

    def _show(self, columns: Sequence[GridColumn]) -> None:
        self.columns = tuple(columns)
        self._listed.setText(QLocale().createSeparatedList([one.title for one in columns]))

    def _choose(self) -> None:
        dialog = ColumnsDialog(self._looks, self.columns, self)
        dialog.chosen.connect(self._show)
        open_dialog(dialog)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Export metadata"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("metadata.csv")
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        open_dialog(dialog)

    def _is_written(self, answer: tuple[Path, int]) -> None:
        self.accept()
        self.exported.emit(*answer)

    def _fail(self, error: BridgeError) -> None:
        self.act.setEnabled(True)
        self._said.say(Tone.NEGATIVE, error_text(error))
