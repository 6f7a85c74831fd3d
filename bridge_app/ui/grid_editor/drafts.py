"""What was typed into cells and is not on disk yet, or cannot be kept: with why."""

from collections.abc import Container, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import count

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError

Cell = tuple[AssetId, FieldPath]
"""A cell by what it is about; rows and columns only say where it is shown just now."""
Faults = Mapping[Cell, tuple[str, BridgeError]]
"""Texts that could not be kept, each with why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that stands in a cell instead of what the master says.

    `write` is the number of the write it came with. `fault` is why it cannot be kept; None while
    it is on its way to the disk. `kept_at` is the number of the first reading that will show it as
    the master's own; None before it is on disk.
    """

    text: str
    write: int
    fault: BridgeError | None = None
    kept_at: int | None = None


class Sheet:
    """The texts of one large step, as drafts; made in another thread, then of the GUI thread.

    What is done with all of them takes as long as with one.
    """

    def __init__(self, texts: Mapping[Cell, str], write: int) -> None:
        self.write = write
        self._texts: dict[AssetId, dict[FieldPath, str]] = {}
        for (asset, path), text in texts.items():
            self._texts.setdefault(asset, {})[path] = text
        self._fault: BridgeError | None = None
        self._kept_at: int | None = None

    @property
    def is_empty(self) -> bool:
        """Has all of it been read back, or been given up?"""
        return not self._texts

    @property
    def masters(self) -> Set[AssetId]:
        """Of whom it has texts."""
        return self._texts.keys()

    @property
    def faulty(self) -> Iterator[Cell]:
        """Its cells if they cannot be kept."""
        if self._fault is not None:
            for asset, texts in self._texts.items():
                for path in texts:
                    yield asset, path

    def get(self, cell: Cell) -> Draft | None:
        """What stands in the cell for the time being."""
        text = self._texts.get(cell[0], {}).get(cell[1])
        return None if text is None else Draft(text, self.write, self._fault, self._kept_at)

    def refuse(self, fault: BridgeError) -> None:
        """None of it can be kept."""
        self._fault = fault

    def settle(self, seen: Container[AssetId], reading: int) -> None:
        """It is on disk; only of masters that are read something else would be shown."""
        self._kept_at = reading
        self._texts = {asset: one for asset, one in self._texts.items() if asset in seen}

    def read(self, asset: AssetId, reading: int) -> None:
        """The master was read anew."""
        if self._kept_at is not None and self._kept_at <= reading:
            self._texts.pop(asset, None)

    def drop(self, cell: Cell) -> None:
        """Something else stands in the cell, or somebody gave it up."""
        texts = self._texts.get(cell[0], {})
        texts.pop(cell[1], None)
        if not texts:
            self._texts.pop(cell[0], None)


class Drafts:
    """The drafts of a grid, by cell; of a cell the newest alone.

    What becomes of a write may be known long after something else was written into its cells:
    that is left alone.
    """

    def __init__(self) -> None:
        self._writes = count(1)
        self._drafts: dict[AssetId, dict[FieldPath, Draft]] = {}
        self._sheets: list[Sheet] = []

    def begin(self) -> int:
        """The number of a write that is asked for now."""
        return next(self._writes)

    def get(self, cell: Cell) -> Draft | None:
        """What stands in the cell for the time being."""
        draft = self._drafts.get(cell[0], {}).get(cell[1])
        if draft is not None:
            return draft
        found = (sheet.get(cell) for sheet in reversed(self._sheets))
        return next((one for one in found if one is not None), None)

    @property
    def faulty(self) -> tuple[Cell, ...]:
        """The cells with a text that cannot be kept, oldest first."""
        single = [
            (asset, path)
            for asset, drafts in self._drafts.items()
            for path, draft in drafts.items()
            if draft.fault is not None
        ]
        return (*single, *(cell for sheet in self._sheets for cell in sheet.faulty))

    def lay(self, sheet: Sheet) -> None:
        """So much was written at once, and is on its way; large steps are laid in their order."""
        typed = [
            ((asset, path), draft.write)
            for asset, drafts in self._drafts.items()
            for path, draft in drafts.items()
        ]
        for cell, write in typed:
            if write > sheet.write:
                sheet.drop(cell)
            elif sheet.get(cell) is not None:
                self.drop((cell,))
        # What a faulty one says would come back when this one is read.
        covered = [cell for one in self._sheets for cell in one.faulty if sheet.get(cell)]
        self.drop(covered)
        self._sheets.append(sheet)

    def put(self, texts: Mapping[Cell, str], write: int) -> None:
        """These were typed; they are on their way."""
        for cell, text in texts.items():
            self._set(cell, Draft(text, write))

    def refuse(self, faults: Faults, write: int) -> None:
        """These texts of that write cannot be kept."""
        for cell, (text, fault) in faults.items():
            draft = self.get(cell)
            if draft is None or draft.write <= write:
                self._set(cell, Draft(text, write, fault))

    def settle(self, cells: Iterable[Cell], write: int, reading: int) -> None:
        """These of that write, all typed, are on disk; readings from that number on show them."""
        for cell in cells:
            draft = self._drafts.get(cell[0], {}).get(cell[1])
            if draft is not None and draft.write == write:
                self._set(cell, replace(draft, kept_at=reading))

    def read(self, asset: AssetId, reading: int) -> None:
        """The master was read anew: what was kept before that is its own by now."""
        kept = [
            (asset, path)
            for path, draft in self._drafts.get(asset, {}).items()
            if draft.kept_at is not None and draft.kept_at <= reading
        ]
        self.drop(kept)
        for sheet in self._sheets:
            sheet.read(asset, reading)
        self._sheets = [sheet for sheet in self._sheets if not sheet.is_empty]

    def drop(self, cells: Iterable[Cell]) -> None:
        """Somebody gave these up, or they are on disk."""
        for asset, path in cells:
            drafts = self._drafts.get(asset, {})
            drafts.pop(path, None)
            if not drafts:
                self._drafts.pop(asset, None)
            for sheet in self._sheets:
                sheet.drop((asset, path))

    def _set(self, cell: Cell, draft: Draft) -> None:
        for sheet in self._sheets:
            sheet.drop(cell)
        self._drafts.setdefault(cell[0], {})[cell[1]] = draft
