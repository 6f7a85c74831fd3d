"""Find and replace: what was found is shown with what it would become, before anything is said."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
)

from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.grid_edits import Search
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.frame import Frame
from bridge_app.ui.grid_editor.saying import MasterWords, Match, found_in
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.panels.metadata_changes import before_after
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.clearing import let_clear

WIDTH_PX = 370
LOOK_MS = 250
MOST_SHOWN = 500
BEFORE, MOST_LETTERS = 5, 18
"""Of a long text so much is shown, and so much of it before what was found."""


class FindPanel(QFrame):
    """Looks through the masters themselves, whether their rows are read or not.

    Signals:
        cellWanted: The person looks at a match; its cell.
        replaceWanted: Replace it in these cells: a sequence of Cell, and the Search.
        closeWanted: Back to the cells.
    """

    cellWanted = Signal(object)
    replaceWanted = Signal(object, object)
    closeWanted = Signal()

    def __init__(self, masters: MasterWords, asker: Asker, looks: Looks) -> None:
        super().__init__()
        self._masters = masters
        self._looking = Latest(asker, self)
        self._frame = Frame(ids=(), columns=())
        self._matches: tuple[Match, ...] = ()
        self.what, self.instead = QLineEdit(), QLineEdit()
        self.case = QCheckBox(self.tr("Capital letters matter"))
        self.whole = QCheckBox(self.tr("Whole words only"))
        self.where = QComboBox()
        self.lines = LineList(self)
        self.view = QListView()
        self._count = QLabel()
        self._trouble = Banner(looks.theme, looks.icons)
        self.one = QPushButton(self.tr("Replace"), autoDefault=False)
        self.all = QPushButton(self.tr("Replace All"), autoDefault=False)
        self._soon = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._build(looks)
        self._connect()
        self._tell()

    @property
    def matches(self) -> tuple[Match, ...]:
        """What was found last."""
        return self._matches

    @property
    def is_looking(self) -> bool:
        """Is an answer on its way?"""
        return self._looking.waiting or self._soon.isActive()

    def look_at(self, frame: Frame) -> None:
        """Search this table."""
        titles = [column.title for column in frame.columns if column.field.editable]
        if titles != [self.where.itemText(place) for place in range(1, self.where.count())]:
            self.where.clear()
            self.where.addItem(self.tr("All columns"))
            for column in frame.columns:
                if column.field.editable:
                    self.where.addItem(column.title, column)
        if frame != self._frame:
            self._frame = frame
            self.look_again()

    def look_again(self) -> None:
        """Something may be different."""
        if self.isVisible():
            self._soon.start()

    def focus(self) -> None:
        """Begin to type."""
        self.what.setFocus()
        self.what.selectAll()
        self._soon.start()

    def _build(self, looks: Looks) -> None:
        self.setProperty("surface", "bar")
        self.setMinimumWidth(WIDTH_PX)
        self.what.setPlaceholderText(self.tr("Find"))
        self.instead.setPlaceholderText(self.tr("Replace with"))
        for field in (self.what, self.instead):
            field.setAccessibleName(field.placeholderText())
            let_clear(field)
        self.where.setAccessibleName(self.tr("Where to look"))
        show_lines(self.view, self.lines, looks.theme, looks.icons, self.tr("What was found"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._count.setProperty("tone", "muted")
        self._count.setWordWrap(True)
        self.all.setProperty("kind", "primary")
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.closeWanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(close)
        buttons.addStretch(1)
        buttons.addWidget(self.one)
        buttons.addWidget(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        for part in (self.what, self.instead, self.where, self.case, self.whole, self._count):
            layout.addWidget(part)
        layout.addWidget(self._trouble)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._look)
        for field in (self.what, self.instead):
            field.textEdited.connect(lambda _: self._soon.start())
        self.what.textChanged.connect(lambda text: None if text else self._soon.start())
        for box in (self.case, self.whole):
            box.clicked.connect(lambda _: self._soon.start())
        self.where.activated.connect(lambda _: self._soon.start())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.view.selectionModel().currentChanged.connect(lambda now, _: self._show(now.row()))
        self.what.returnPressed.connect(self._step)
        self.one.clicked.connect(self._replace_chosen)
        self.all.clicked.connect(self._replace_all)

    def _search(self) -> Search:
        return Search(
            what=self.what.text(),
            instead=self.instead.text(),
            case=self.case.isChecked(),
            whole=self.whole.isChecked(),
        )

    def _paths(self) -> list[FieldPath]:
        chosen = self.where.currentData()
        columns = (chosen,) if isinstance(chosen, GridColumn) else self._frame.columns
        return [column.path for column in columns if column.field.editable]

    def _look(self) -> None:
        search, ids, paths, masters = self._search(), self._frame.ids, self._paths(), self._masters
        if not search.what:
            self._looking.forget()
            self._take([])
            return
        self._looking.ask(lambda: found_in(masters, ids, paths, search), self._take, self._fail)

    def _take(self, matches: Sequence[Match]) -> None:
        self._trouble.hush()
        self._matches = tuple(matches)
        titles = {column.path: column.title for column in self._frame.columns}
        self.lines.take([self._line(one, titles) for one in self._matches[:MOST_SHOWN]])
        self._tell()

    def _line(self, match: Match, titles: Mapping[FieldPath, str]) -> Line:
        before = one_line(_around(match.before, self.what.text()))
        after = one_line(_around(match.after, self.instead.text()))
        differs = match.before != match.after
        return Line(
            key="\0".join((match.cell[0], str(match.cell[1]))),
            icon="pencil-line" if differs else "search",
            title=f"{isolated(one_line(match.name))}  ·  {titles.get(match.cell[1], '')}",
            text=before_after(before, after) if differs else before,
        )

    def _tell(self) -> None:
        found = len(self._matches)
        text = self.tr("%Ln cell(s) found.", "", found) if self.what.text() else ""
        if found > MOST_SHOWN:
            text = self.tr("%Ln cells found; the first ones are shown.", "", found)
        self._count.setText(text)
        self.all.setEnabled(any(one.before != one.after for one in self._matches))
        self.one.setEnabled(any(one.before != one.after for one in self._chosen()))

    def _chosen(self) -> list[Match]:
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self._matches[row] for row in rows if row < len(self._matches)]

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._matches):
            self.cellWanted.emit(self._matches[row].cell)

    def _step(self) -> None:
        """Enter in the field: the next match."""
        count = self.lines.rowCount()
        if count:
            row = (self.view.currentIndex().row() + 1) % count
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(self.lines.index(row, 0), flag)

    def _replace_chosen(self) -> None:
        self._replace(self._chosen())

    def _replace_all(self) -> None:
        self._replace(self._matches)

    def _replace(self, matches: Sequence[Match]) -> None:
        cells = [one.cell for one in matches if one.before != one.after]
        self.replaceWanted.emit(cells, self._search())

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))


def _around(text: str, what: str) -> str:
    """The part of a long text in which the word stands first."""
    place = text.casefold().find(what.casefold()) if what else -1
    first = max(0, place - BEFORE) if len(text) > MOST_LETTERS else 0
    last = first + MOST_LETTERS
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
