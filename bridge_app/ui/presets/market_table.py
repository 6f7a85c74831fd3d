"""The field for a table of markets: typed here, a file in CSV read off the GUI thread, or none."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QToolButton, QWidget

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.localised import EVERYWHERE, Variant, columns_used, read_table
from bridge_app.domain.presets import RenditionPreset
from bridge_app.libraries.errors import disk_trouble
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import isolated, number_text, one_line
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.presets.market_editor import MarketEditor
from bridge_app.ui.theme import Theme

LARGEST_TABLE = 20_000_000
"""Bytes of CSV."""
NAMED = 6


class MarketTable(QWidget):
    """`changed` tells that another table is in force; `failed` that a file holds none."""

    changed = Signal()
    failed = Signal(object)  # BridgeError

    def __init__(
        self,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        presets: Callable[[], Sequence[RenditionPreset]],
    ) -> None:
        """`presets` are those that are filled from it."""
        super().__init__()
        self._asker = asker
        self._theme = theme
        self._presets = presets
        self._icons = icons
        self._reading = Latest(asker, self)
        self.table: tuple[Variant, ...] = EVERYWHERE
        self.words = ElidedLabel()
        self.edit = QPushButton(self.tr("Edit…"), autoDefault=False)
        self.edit.setAccessibleName(self.tr("Edit markets and languages"))
        self._choose = QPushButton(self.tr("File…"), autoDefault=False)
        self._choose.setAccessibleName(self.tr("Choose a table of markets"))
        self._clear = QToolButton()
        self._clear.setToolTip(self.tr("Without a table"))
        self._clear.setAccessibleName(self._clear.toolTip())
        self.setFocusProxy(self.edit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.words, 1)
        layout.addWidget(self._clear)
        layout.addWidget(self.edit)
        layout.addWidget(self._choose)
        self.edit.clicked.connect(self._open_editor)
        self._choose.clicked.connect(self._ask)
        self._clear.clicked.connect(self.clear)
        theme.changed.connect(self._dress)
        self._dress()
        self._tell("")

    def read(self, path: Path) -> None:
        """Read this file; what was in force stays until that has gone well."""
        self._reading.ask(
            lambda: _read(path), lambda table: self._take(path.name, table), self.failed.emit
        )

    def clear(self) -> None:
        """No table: everything is made once, for everybody."""
        self._reading.forget()
        self.table = EVERYWHERE
        self._tell("")
        self.changed.emit()

    def forget(self) -> None:
        """What is on its way is of no interest any more."""
        self._reading.forget()

    def _open_editor(self) -> None:
        table = () if self.table == EVERYWHERE else self.table
        dialog = MarketEditor(
            self._asker, self._theme, self._icons, table, columns_used(self._presets()), self
        )
        dialog.taken.connect(lambda found: self._take("", found))
        open_dialog(dialog)

    def _take(self, name: str, table: tuple[Variant, ...]) -> None:
        """Have a table in force, that of the file of this name, or one that was typed."""
        self._reading.forget()
        self.table = table
        places = dict.fromkeys("-".join(filter(None, (v.market, v.language))) for v in table)
        shown = ", ".join([*filter(None, places)][:NAMED])
        more = len(places) - NAMED
        shown += f" (+{number_text(more)})" if more > 0 else ""
        lines = self.tr("%Ln line(s)", "", len(table))
        parts = (isolated(one_line(name)) if name else "", lines, isolated(shown))
        self._tell("  ·  ".join(filter(None, parts)))
        self.changed.emit()

    def _tell(self, text: str) -> None:
        self.words.setText(text or self.tr("Made once, for everybody"))
        self.words.setProperty("tone", "" if text else "muted")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self._clear.setVisible(bool(text))

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Table of markets"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Tables (*.csv *.tsv *.txt)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        open_dialog(dialog)

    def _dress(self) -> None:
        self._clear.setIcon(self._icons.icon("x", size_px=16))


def _read(path: Path) -> tuple[Variant, ...]:
    """Raises FileTroubleError, InvalidInputError or LocalisedTableError."""
    with disk_trouble(path):
        if path.stat().st_size > LARGEST_TABLE:
            raise InvalidInputError(
                what=path.name,
                detail=QT_TRANSLATE_NOOP("facts", "it is too large for a table of markets"),
            )
        data = path.read_bytes()
    try:
        return read_table(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            what=path.name, detail=QT_TRANSLATE_NOOP("facts", "it is no text in UTF-8")
        ) from error
