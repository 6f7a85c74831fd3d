"""The cells of a contact sheet: an asset in each row, a preset in each column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bridge_app.domain.assets import Asset
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import OBSTACLES, Obstacle, RenditionStep
from bridge_app.ui.messages import (
    breach_text,
    bytes_text,
    error_text,
    one_line,
    pixels_text,
    preset_title,
)
from bridge_app.ui.studio.badge import WORDS
from bridge_app.ui.studio.cloud_picture import in_the_way, is_alone
from bridge_app.ui.studio.fidelity_wording import reason_text
from bridge_app.ui.studio.sampling import Made, SampleWish
from bridge_app.work.exchange.departure import RenderedWish
from bridge_app.work.rendition_jobs import item_of

Index = QModelIndex | QPersistentModelIndex
KEPT = 600
"""Pictures in memory; those made longest ago are made again when they are seen again."""


class SheetRole(IntEnum):
    """What the cells hold beside texts."""

    CELL = Qt.ItemDataRole.UserRole + 1  # SheetCell


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What is known of a cell: the rendition, or why there is none; neither: it is being made."""

    made: Made | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudWish:
    """A cell that Cloudinary alone can draw: where it is, and what is asked for."""

    place: tuple[int, int]
    asset: Asset
    preset: RenditionPreset


def preset_words(preset: RenditionPreset) -> str:
    """How a preset is called: its title, or its name where it has none."""
    return preset_title(preset) if preset.title else preset.name


class SheetModel(QAbstractTableModel):
    """GUI thread only. Its rows are the assets, its columns the presets."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._assets: tuple[Asset, ...] = ()
        self._presets: tuple[RenditionPreset, ...] = ()
        self._steps: Mapping[tuple[str, str], RenditionStep] = {}
        self._cells: dict[tuple[int, int], SheetCell] = {}

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Whose renditions are shown."""
        return self._assets

    def fill(
        self,
        assets: Sequence[Asset],
        presets: Sequence[RenditionPreset],
        steps: Sequence[RenditionStep],
    ) -> None:
        """Other renditions; none of them is made yet."""
        self.beginResetModel()
        self._assets, self._presets = tuple(assets), tuple(presets)
        self._steps = {(step.asset, step.preset): step for step in steps}
        self._cells = {}
        self.endResetModel()

    def cell(self, place: tuple[int, int]) -> SheetCell:
        """What is known of the cell in this row and column."""
        step = self._step(place)
        if step is not None and step.obstacle is not None:
            detail = error_text(step.trouble) if step.trouble else step.detail
            return SheetCell(trouble=self._obstacle(step.obstacle, detail))
        return self._cells.get(place, SheetCell())

    def wish(self, place: tuple[int, int]) -> SampleWish | None:
        """What is to be made for a cell; None: it is there, or cannot be made."""
        step, cell = self._step(place), self.cell(place)
        if step is None or cell.trouble or cell.made is not None:
            return None
        return SampleWish(
            place=place,
            asset=self._assets[place[0]],
            transformation=item_of(step).to_render,
        )

    def taken(self, place: tuple[int, int]) -> RenderedWish | None:
        """What a cell is when it is dragged out; None where nothing can be made."""
        step = self._step(place)
        if step is None or self.cell(place).trouble:
            return None
        return RenderedWish(
            asset=self._assets[place[0]],
            transformation=item_of(step).to_render,
            title=self._presets[place[1]].name,
        )

    @property
    def has_alone(self) -> bool:
        """Are there cells that lack what Cloudinary alone can do?"""
        return any(is_alone(cell.made) for cell in self._cells.values())

    def cloud_wish(self, place: tuple[int, int]) -> CloudWish | None:
        """What Cloudinary would be asked for; None where a cell lacks nothing."""
        step = self._step(place)
        if step is None or not is_alone(self.cell(place).made):
            return None
        preset = replace(
            self._presets[place[1]], transformation=step.transformation, format=step.format
        )
        return CloudWish(place=place, asset=self._assets[place[0]], preset=preset)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: cells can be chosen, and dragged out."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def take(self, place: tuple[int, int], cell: SheetCell) -> None:
        """A cell is made, or cannot be."""
        self._cells[place] = cell
        if len(self._cells) > KEPT:
            del self._cells[next(iter(self._cells))]
        index = self.index(*place)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt: a row for each asset."""
        return 0 if parent.isValid() else len(self._assets)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt: a column for each preset."""
        return 0 if parent.isValid() else len(self._presets)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Qt: presets above, names of files beside."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return preset_words(self._presets[section])
        return one_line(self._assets[section].name)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the cell, and in words what it shows."""
        place = (index.row(), index.column())
        if role == SheetRole.CELL:
            return self.cell(place)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            names = (
                one_line(self._assets[place[0]].name),
                preset_words(self._presets[place[1]]),
            )
            return ", ".join(filter(None, (*names, *words_of(self.cell(place)))))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            made, step = self.cell(place).made, self._step(place)
            breaches = map(breach_text, step.breaches) if step else ()
            told = (*breaches, *map(reason_text, made.reasons if made else ()))
            step_next = in_the_way(self._assets[place[0]]) if is_alone(made) else ""
            return "\n".join(filter(None, (*told, step_next)))
        return None

    def _step(self, place: tuple[int, int]) -> RenditionStep | None:
        return self._steps.get((self._assets[place[0]].id, self._presets[place[1]].name))

    def _obstacle(self, obstacle: Obstacle, detail: str) -> str:
        why = QCoreApplication.translate("renditions", OBSTACLES[obstacle])
        if detail:
            why = f"{why} ({one_line(detail)})"
        return self.tr("Not made: {reason}").format(reason=why)


def words_of(cell: SheetCell) -> tuple[str, str]:
    """A cell in words: its facts, or what is in the way; and its fidelity, translated."""
    if cell.made is None:
        return cell.trouble, ""
    parts = [pixels_text(cell.made.size)]
    if cell.made.bytes:
        parts += [cell.made.format.upper(), bytes_text(cell.made.bytes)]
    return "  ·  ".join(parts), QCoreApplication.translate("studio", WORDS[cell.made.fidelity])
