"""What was typed into cells and is not on disk yet, or cannot be kept: with why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError

Cell = tuple[AssetId, FieldPath]
"""A cell by what it is about; rows and columns only say where it is shown just now."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that stands in a cell instead of what the master says.

    `fault` is why it cannot be kept; None while it is on its way to the disk. `kept_at` is the
    number of the first reading that will show it as the master's own; None before it is on disk.
    """

    text: str
    fault: BridgeError | None = None
    kept_at: int | None = None


class Drafts:
    """The drafts of a grid, by cell."""

    def __init__(self) -> None:
        self._drafts: dict[AssetId, dict[FieldPath, Draft]] = {}

    def get(self, cell: Cell) -> Draft | None:
        """What stands in the cell for the time being."""
        return self._drafts.get(cell[0], {}).get(cell[1])

    @property
    def faulty(self) -> tuple[Cell, ...]:
        """The cells with a text that cannot be kept, oldest first."""
        return tuple(
            (asset, path)
            for asset, drafts in self._drafts.items()
            for path, draft in drafts.items()
            if draft.fault is not None
        )

    def put(self, texts: Mapping[Cell, str]) -> None:
        """These were typed; they are on their way."""
        for cell, text in texts.items():
            self._set(cell, Draft(text))

    def refuse(self, faults: Mapping[Cell, tuple[str, BridgeError]]) -> None:
        """These texts cannot be kept."""
        for cell, (text, fault) in faults.items():
            self._set(cell, Draft(text, fault))

    def settle(self, cells: Iterable[Cell], reading: int) -> None:
        """These are on disk; readings from that number on show them."""
        for cell in cells:
            draft = self.get(cell)
            if draft is None:
                continue
            if draft.fault is None:
                self._set(cell, replace(draft, kept_at=reading))
            else:
                self.drop((cell,))

    def read(self, asset: AssetId, reading: int) -> None:
        """The master was read anew: what was kept before that is its own by now."""
        kept = [
            (asset, path)
            for path, draft in self._drafts.get(asset, {}).items()
            if draft.kept_at is not None and draft.kept_at <= reading
        ]
        self.drop(kept)

    def drop(self, cells: Iterable[Cell]) -> None:
        """Somebody gave these up, or they are on disk."""
        for asset, path in cells:
            drafts = self._drafts.get(asset, {})
            drafts.pop(path, None)
            if not drafts:
                self._drafts.pop(asset, None)

    def _set(self, cell: Cell, draft: Draft) -> None:
        self._drafts.setdefault(cell[0], {})[cell[1]] = draft
