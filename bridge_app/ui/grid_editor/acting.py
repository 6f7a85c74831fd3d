"""What a person does to cells: typed, pasted, filled, emptied, replaced; each is one undo step."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QLocale, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.grid_edits import Area, Place, Search, filled_down, in_order, spread
from bridge_app.domain.grid_tables import Block, block_of, html_of, tsv_of
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.asker import Asker
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.drafts import Cell, Faults, Sheet
from bridge_app.ui.grid_editor.frame import Frame, MakeWish, Wish, places_in, size_of
from bridge_app.ui.grid_editor.model import GridModel
from bridge_app.ui.grid_editor.saying import (
    MasterWords,
    Spoken,
    in_chunks,
    replacement,
    say_texts,
    values_of,
)
from bridge_app.ui.latest import Latest
from bridge_app.ui.panels.metadata_undo import EditUndo

SHOWN_AT_ONCE = 400
"""So many cells show what was typed in the same turn; more of them as soon as it is made."""
Texts = Mapping[Place, str]
Unkept = Callable[[Faults, BridgeError], None]
"""Hears what could not be kept once the grid is closed: the texts, if there are any, and why."""


class Acting(QObject):
    """GUI thread only; whatever grows with the number of cells is done elsewhere.

    Signals:
        kept: So many cells are on disk with what was written.
        refused: So many texts cannot be kept; their cells say why.
        left: So many places could not take what was meant for them.
        copied: So many cells are on the clipboard.
        busied: Whether something is under way may be different.
        failed: BridgeError; nothing was kept.
    """

    kept = Signal(int)
    refused = Signal(int)
    left = Signal(int)
    copied = Signal(int)
    busied = Signal()
    failed = Signal(object)

    def __init__(
        self,
        model: GridModel,
        masters: MasterWords,
        asker: Asker,
        undo: EditUndo,
        unkept: Unkept,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._masters = masters
        self._asker = asker
        self._undo = undo
        self._unkept = unkept
        self._under_way = 0
        self._closed = False
        self._sorting = Latest(asker, self)
        model.typed.connect(self.write)

    @property
    def is_busy(self) -> bool:
        """Is something being kept or copied?"""
        return self._under_way > 0

    def close(self) -> None:
        """Nobody looks any more; what is under way is finished."""
        self._closed = True

    def write(self, texts: Mapping[Cell, str]) -> None:
        """Write these texts into their cells, as one step."""
        self._write(lambda: Wish(texts=texts), len(texts))

    def write_everywhere(self, text: str, areas: Sequence[Area]) -> None:
        """Write one text into all chosen cells that can be written."""
        frame = self._model.frame
        self._write(lambda: frame.everywhere(areas, text), size_of(areas))

    def empty(self, areas: Sequence[Area]) -> None:
        """Let the chosen cells say nothing."""
        self.write_everywhere("", areas)

    def fill_down(self, areas: Sequence[Area]) -> None:
        """Let each chosen cell say what the topmost chosen one of its column says."""
        frame, masters = self._model.frame, self._masters
        tops = _tops(areas)
        known = self._known(tops)

        def make() -> Wish:
            texts = known or _read(masters, frame, tops)
            sources = filled_down(places_in(areas))
            filled = {place: texts[top] for place, top in sources.items() if top in texts}
            return frame.wish(filled)

        # What has to be read first cannot be made at once.
        self._write(make, size_of(areas) if known else SHOWN_AT_ONCE + 1)

    def paste(self, areas: Sequence[Area]) -> None:
        """Write what lies on the clipboard from the first chosen cell on."""
        mime = QGuiApplication.clipboard().mimeData()
        text, html = mime.text(), mime.html() if mime.hasHtml() else ""
        frame = self._model.frame
        if not areas or not (text or html):
            return

        def make() -> Wish:
            block = block_of(text, html)
            size = {"rows": len(frame.ids), "columns": len(frame.columns)}
            found = spread(block, areas[0], **size)
            return frame.wish(found.texts, left=found.outside)

        self._write(make, max(size_of(areas), len(text), len(html)))

    def copy(self, areas: Sequence[Area], *, then: Callable[[], None] | None = None) -> None:
        """Put the rectangle around what is chosen on the clipboard, for spreadsheets too."""
        frame, masters = self._model.frame, self._masters

        def gather() -> Block:
            places = list(places_in(areas))
            texts = _read(masters, frame, places)
            rows = sorted({row for row, _ in places})
            columns = sorted({column for _, column in places})
            return tuple(tuple(texts.get((row, one), "") for one in columns) for row in rows)

        def put(block: Block) -> None:
            put_on_clipboard(block)
            if self._is_closed:
                return
            self._end()
            self.copied.emit(sum(map(len, block)))
            if then is not None:
                then()

        self._start()
        self._asker.ask(gather, put, self._fail)

    def cut(self, areas: Sequence[Area]) -> None:
        """Copy, then empty."""
        self.copy(areas, then=lambda: self.empty(areas))

    def replace(self, cells: Sequence[Cell], search: Search) -> None:
        """Replace what was found in these cells, in what they say by then."""
        masters = self._masters
        self._write(lambda: replacement(masters, cells, search), SHOWN_AT_ONCE + 1)

    def sort(self, column: GridColumn, *, descending: bool) -> None:
        """Order the rows by what they say there now."""
        ids, masters = self._model.frame.ids, self._masters
        language = QLocale().name()

        def order() -> tuple[int, ...]:
            said: dict[AssetId, tuple[str, FieldValue]] = {
                one.asset.id: (one.asset.name, one.record().get(column.path))
                for one in in_chunks(masters, ids)
            }
            values = [said.get(asset, ("", None)) for asset in ids]
            return in_order(values, descending=descending, language=language)

        def show(rows: tuple[int, ...]) -> None:
            if ids == self._model.frame.ids:
                self._model.show_order(rows)

        self._sorting.ask(order, show, self.failed.emit)

    def _write(self, make: MakeWish, size: int) -> None:
        """Have a wish carried out; a small one is made and shown at once."""
        if size > SHOWN_AT_ONCE:
            self._send_much(make)
            return
        wish = make()
        if wish.texts or wish.left:
            self._send(wish, self._model.begin(wish.texts))

    def _send(self, wish: Wish, write: int) -> None:
        masters, texts = self._masters, wish.texts
        self._start()
        self._undo.expect()

        def done(spoken: Spoken) -> None:
            # It is said, also where the grid was closed meanwhile.
            self._undo.note(spoken.batch)
            self._undo.met()
            if self._is_closed:
                self._tell_unkept(spoken.faults)
                return
            self._end()
            self._model.end(texts, write, spoken.faults)
            self._tell(wish, spoken)

        def fail(error: BridgeError) -> None:
            self._undo.met()
            faults = {cell: (text, error) for cell, text in texts.items()}
            if self._is_closed:
                self._tell_unkept(faults)
                return
            self._model.refuse(write, faults)
            self._fail(error)

        # Of two texts for a cell the later one stays.
        self._asker.ask_in_turn(lambda: say_texts(masters, texts), done, fail)

    def _send_much(self, make: MakeWish) -> None:
        """Both are asked at once, so that it is kept if the window closes; shown in between."""
        masters, write = self._masters, self._model.drafts.begin()
        made: list[tuple[Wish, Sheet]] = []
        self._start()
        self._undo.expect()

        def prepare() -> Sheet:
            wish = make()
            sheet = Sheet(wish.texts, write)
            made.append((wish, sheet))
            return sheet

        def say() -> Spoken | None:
            return say_texts(masters, made[0][0].texts) if made else None

        def show(sheet: Sheet) -> None:
            if not self._is_closed:
                self._model.begin_much(sheet)

        def not_made(error: BridgeError) -> None:
            if self._is_closed:
                self._unkept({}, error)
            else:
                self.failed.emit(error)

        def done(spoken: Spoken | None) -> None:
            if spoken is not None:
                self._undo.note(spoken.batch)
            self._undo.met()
            if self._is_closed:
                self._tell_unkept(spoken.faults if spoken is not None else {})
                return
            self._end()
            if spoken is not None:
                wish, sheet = made[0]
                self._model.end_much(sheet, spoken.faults)
                self._tell(wish, spoken)

        def fail(error: BridgeError) -> None:
            self._undo.met()
            wish, sheet = made[0]
            if self._is_closed:
                self._tell_unkept({cell: (text, error) for cell, text in wish.texts.items()})
                return
            self._model.refuse_much(sheet, error)
            self._fail(error)

        self._asker.ask_in_turn(prepare, show, not_made)
        self._asker.ask_in_turn(say, done, fail)

    def _tell_unkept(self, faults: Faults) -> None:
        """Nobody looks at the cells any more: elsewhere, as far as there is something to tell."""
        first = next(iter(faults.values()), None)
        if first is not None:
            self._unkept(faults, first[1])

    @property
    def _is_closed(self) -> bool:
        return self._closed or not isValid(self)

    def _tell(self, wish: Wish, spoken: Spoken) -> None:
        if spoken.faults:
            self.refused.emit(len(spoken.faults))
        elif wish.left:
            self.left.emit(wish.left)
        elif spoken.batch:
            self.kept.emit(spoken.cells)

    def _known(self, places: Sequence[Place]) -> dict[Place, str]:
        """The texts of places if all of them are here; else none."""
        texts = {place: self._model.known_text(*place) for place in places}
        known = {place: text for place, text in texts.items() if text is not None}
        return known if len(known) == len(texts) else {}

    def _fail(self, error: BridgeError) -> None:
        self._end()
        self.failed.emit(error)

    def _start(self) -> None:
        self._under_way += 1
        self.busied.emit()

    def _end(self) -> None:
        self._under_way -= 1
        self.busied.emit()


def put_on_clipboard(block: Block) -> None:
    """Offer a table as text and as HTML."""
    mime = QMimeData()
    mime.setText(tsv_of(block))
    mime.setHtml(html_of(block))
    QGuiApplication.clipboard().setMimeData(mime)


def _tops(areas: Sequence[Area]) -> list[Place]:
    """The topmost chosen place of each column."""
    tops: dict[int, int] = {}
    for area in areas:
        for column in range(area.left, area.right + 1):
            tops[column] = min(area.top, tops.get(column, area.top))
    return [(row, column) for column, row in tops.items()]


def _read(masters: MasterWords, frame: Frame, places: Sequence[Place]) -> dict[Place, str]:
    """The texts of these places, as the masters say them now."""
    cells = {place: frame.cell(place) for place in places}
    found = values_of(masters, tuple(cells.values()))
    return {place: found[cell] for place, cell in cells.items() if cell in found}
