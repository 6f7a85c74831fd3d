"""The plan of renditions as a tree: what happens, and below it to which renditions."""

from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rendition_plan import OBSTACLES, Obstacle, RenditionPlan, RenditionStep
from bridge_app.ui.messages import (
    breach_text,
    error_text,
    isolated,
    number_text,
    one_line,
    pixels_text,
    reasons_text,
)
from bridge_app.ui.models.step_tree import StepTree
from bridge_app.ui.presets.wording import DOT

MADE, REPLACED = "made", "replaced"
"""Groups of what is done; what is held back is grouped by its obstacle."""
DONE_TITLES = {
    MADE: QT_TRANSLATE_NOOP("renditions", "Will be made"),
    REPLACED: QT_TRANSLATE_NOOP("renditions", "Take the place of a file that is there"),
}


class RenditionRole(IntEnum):
    """What a row of `RenditionTree` tells beyond Qt's own roles."""

    GROUP = Qt.ItemDataRole.UserRole + 1  # str: a group of what is done, or an obstacle
    STEP = Qt.ItemDataRole.UserRole + 2  # RenditionStep, None for a group
    COUNT = Qt.ItemDataRole.UserRole + 3  # int, steps of a group
    NOTE = Qt.ItemDataRole.UserRole + 4  # str: what it is of, or why it is not made
    SIZE = Qt.ItemDataRole.UserRole + 5  # str: its pixels


class RenditionTree(StepTree[str, RenditionStep]):
    """Steps of a plan under what happens to them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._group_readers = {
            Qt.ItemDataRole.DisplayRole: self._title,
            Qt.ItemDataRole.AccessibleTextRole: self._group_sentence,
            RenditionRole.GROUP: lambda row: self._groups[row][0],
            RenditionRole.COUNT: lambda row: len(self._groups[row][1]),
        }
        self._step_readers = {
            Qt.ItemDataRole.DisplayRole: lambda step: one_line(step.name),
            Qt.ItemDataRole.ToolTipRole: _sentence,
            Qt.ItemDataRole.AccessibleTextRole: _sentence,
            RenditionRole.GROUP: group_of,
            RenditionRole.STEP: lambda step: step,
            RenditionRole.NOTE: note,
            RenditionRole.SIZE: _size,
        }

    @property
    def groups(self) -> list[tuple[str, int]]:
        """What happens, and to how many."""
        return [(name, len(steps)) for name, steps in self._groups]

    def take(self, plan: RenditionPlan | None) -> None:
        """Show this plan; None shows nothing."""
        found: dict[str, list[RenditionStep]] = {MADE: [], REPLACED: []}
        found |= {one.value: [] for one in Obstacle}
        for step in plan.steps if plan else ():
            found[group_of(step)].append(step)
        self._show(found)

    def _title(self, row: int) -> str:
        name = self._groups[row][0]
        if name in DONE_TITLES:
            return QCoreApplication.translate("renditions", DONE_TITLES[name])
        why = QCoreApplication.translate("renditions", OBSTACLES[Obstacle(name)])
        return QCoreApplication.translate("renditions", "Held back: {reason}").format(reason=why)

    def _group_sentence(self, row: int) -> str:
        return f"{self._title(row)}, {number_text(len(self._groups[row][1]))}"


def group_of(step: RenditionStep) -> str:
    """What happens to a step."""
    if step.obstacle is not None:
        return step.obstacle.value
    return REPLACED if step.in_place else MADE


def note(step: RenditionStep) -> str:
    """Which rendition it is, with what speaks against it or where it goes."""
    where = isolated(" ".join(filter(None, (step.market, step.language))))
    parts = [isolated(step.preset), where if step.market or step.language else ""]
    if step.obstacle is Obstacle.GATE:
        parts.append(reasons_text(step.reasons, step.fields))
    elif step.trouble is not None:
        parts.append(isolated(one_line(error_text(step.trouble))))
    elif step.obstacle is not None:
        parts.append(isolated(one_line(step.detail)) if step.detail else "")
    else:
        parts += [
            isolated(one_line(step.file)) if step.file else "",
            *map(breach_text, step.breaches),
        ]
    return DOT.join(filter(None, parts))


def _size(step: RenditionStep) -> str:
    return pixels_text((step.width, step.height)) if step.width and step.height else ""


def _sentence(step: RenditionStep) -> str:
    parts = (one_line(step.name), note(step), _size(step), step.transformation)
    return ", ".join(filter(None, parts))
