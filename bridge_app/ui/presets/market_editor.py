"""Markets and languages typed into a table: what each of them reads and shows."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.localised import LocalisedTableError, Variant, table_rows
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, fact_text, isolated, number_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.cell_table import CellTable
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.presets.market_rows import MarketRows
from bridge_app.ui.theme import Theme
from bridge_app.work.rendition_files import write_whole

WIDTH_PX, HEIGHT_PX = 860, 520
WIDTHS_PX = (84, 84, 124, 124)
"""Of the columns that every table has; the others are as wide as `WIDE_PX`."""
WIDE_PX, NAME_PX = 178, 190
FILE_NAME = "markets.csv"


class MarketEditor(QDialog):
    """`taken` carries the table that is to be in force: (Variant, …)."""

    taken = Signal(object)

    def __init__(
        self,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        table: Sequence[Variant],
        columns: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """`columns` are those that the chosen presets are filled from."""
        super().__init__(parent)
        self._files = Latest(asker, self)
        self.banner = Banner(theme, icons)
        self.rows = MarketRows(theme, self)
        self.view = CellTable()
        self.column = QLineEdit(maxLength=64)
        self.take = QPushButton(self.tr("Use this table"))
        self._buttons = {
            "add": QPushButton(self.tr("Add column"), autoDefault=False),
            "remove": QPushButton(self.tr("Remove lines"), autoDefault=False),
            "save": QPushButton(self.tr("Save as CSV…"), autoDefault=False),
            "close": QPushButton(self.tr("Cancel"), autoDefault=False),
        }
        header, lines = table_rows(table)
        self.rows.take(header, [line for line in lines if any(line)])
        for name in columns:
            if name not in self.rows.header:
                self.rows.add_column(name)
        text = self.tr(
            "A line for each market and language. A preset is made for the lines it serves; texts "
            "and pictures fill its variables."
        )
        head = DialogHead(theme, icons, "globe", title=self.tr("Markets"), text=text)
        self._build(head)
        self._connect()
        self._tell()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._files.forget()
        super().done(result)

    def save_to(self, path: Path) -> None:
        """Write the table; a file that is there was asked about by the system."""
        text = self.rows.text
        words = self.tr("Written to {file}.").format(file=isolated(one_line(path.name)))

        def work() -> None:
            write_whole(path, text.encode("utf-8-sig"), replaces=True, with_folders=False)

        self._files.ask(work, lambda _: self.banner.say(Tone.POSITIVE, words), self._fail)

    def _build(self, head: DialogHead) -> None:
        self.setWindowTitle(self.tr("Markets and languages"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.view.setModel(self.rows)
        self.view.setAccessibleName(self.tr("Markets and languages"))
        self.view.setCornerButtonEnabled(False)
        self._widen()
        self.column.setPlaceholderText(self.tr("headline, or layer:logo"))
        self.column.setMinimumWidth(NAME_PX)
        self.column.setAccessibleName(self.tr("Name of the new column"))
        self.take.setProperty("kind", "primary")
        below = QHBoxLayout()
        below.setSpacing(8)
        for part in (self.column, self._buttons["add"], self._buttons["remove"]):
            below.addWidget(part)
        below.addStretch(1)
        below.addWidget(self._buttons["save"])
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._buttons["close"])
        foot.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.view, 1)
        layout.addLayout(below)
        layout.addLayout(foot)
        self.view.setFocus()

    def _connect(self) -> None:
        self.rows.dataChanged.connect(self._tell)
        self.rows.columnsInserted.connect(self._widen)
        self.column.returnPressed.connect(self._add_column)
        self._buttons["add"].clicked.connect(self._add_column)
        self._buttons["remove"].clicked.connect(self._remove)
        self._buttons["save"].clicked.connect(self._ask_where)
        self._buttons["close"].clicked.connect(self.reject)
        self.take.clicked.connect(self._take)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take.click)

    def _widen(self) -> None:
        for column in range(self.rows.columnCount()):
            is_own = column < len(WIDTHS_PX)
            self.view.setColumnWidth(column, WIDTHS_PX[column] if is_own else WIDE_PX)

    def _tell(self) -> None:
        error = self.rows.error
        if error is None:
            self.banner.hush()
        else:
            self.banner.say(
                Tone.NEGATIVE,
                self.tr("Line {line}: {detail}").format(
                    line=number_text(int(str(error.facts["line"])) - 1),
                    detail=fact_text(str(error.facts["detail"])),
                ),
            )
        self.take.setEnabled(error is None and bool(self.rows.table))

    def _fail(self, error: BridgeError) -> None:
        self.banner.say(Tone.NEGATIVE, error_text(error))

    def _add_column(self) -> None:
        name = self.column.text().strip()
        if not name:
            self.column.setFocus()
            return
        try:
            self.rows.add_column(name)
        except LocalisedTableError as error:
            self.banner.say(Tone.NEGATIVE, fact_text(str(error.facts["detail"])))
        else:
            self.column.clear()

    def _remove(self) -> None:
        chosen = self.view.selectionModel().selectedIndexes()
        self.rows.remove([index.row() for index in chosen])

    def _take(self) -> None:
        if self.rows.table:
            table = self.rows.table
            self.accept()
            self.taken.emit(table)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the table"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Tables (*.csv)")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        open_dialog(dialog)
