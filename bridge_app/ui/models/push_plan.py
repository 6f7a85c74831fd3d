"""The plan of a push as a tree: what happens, and below it to which assets."""

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.gate import Reason
from bridge_app.domain.push_plan import PushAction, PushPlan, PushStep
from bridge_app.domain.push_policies import LIMITS
from bridge_app.ui.messages import bytes_text, number_text, one_line, reasons_text
from bridge_app.ui.models.step_tree import StepTree

# What is sent first, what needs a person's eye next, what takes care of itself last.
ORDER = (
    PushAction.NEW,
    PushAction.NEW_VERSION,
    PushAction.REFUSED,
    PushAction.TOO_LARGE,
    PushAction.KEPT,
    PushAction.SAME_CONTENT,
    PushAction.ALREADY_QUEUED,
)
TITLES = {
    PushAction.NEW: QT_TRANSLATE_NOOP("plan", "New"),
    PushAction.NEW_VERSION: QT_TRANSLATE_NOOP("plan", "New version"),
    PushAction.REFUSED: QT_TRANSLATE_NOOP("plan", "Not allowed"),
    PushAction.TOO_LARGE: QT_TRANSLATE_NOOP("plan", "Too large"),
    PushAction.KEPT: QT_TRANSLATE_NOOP("plan", "Left as it is"),
    PushAction.SAME_CONTENT: QT_TRANSLATE_NOOP("plan", "Same content"),
    PushAction.ALREADY_QUEUED: QT_TRANSLATE_NOOP("plan", "Already queued"),
}
HINTS = {
    PushAction.NEW: QT_TRANSLATE_NOOP("plan", "added to Cloudinary"),
    PushAction.NEW_VERSION: QT_TRANSLATE_NOOP("plan", "replaces what is delivered now"),
    PushAction.REFUSED: QT_TRANSLATE_NOOP("plan", "held back; nothing of it is sent"),
    PushAction.TOO_LARGE: QT_TRANSLATE_NOOP("plan", "larger than your plan's limit; not sent"),
    PushAction.KEPT: QT_TRANSLATE_NOOP("plan", "an earlier version is delivered and stays"),
    PushAction.SAME_CONTENT: QT_TRANSLATE_NOOP("plan", "there already; not sent again"),
    PushAction.ALREADY_QUEUED: QT_TRANSLATE_NOOP("plan", "on its way; not sent twice"),
}
# Reasons that an approval takes away. Who rejected something or asked for changes has said more
# than that: such an asset is looked at, not waved through with others.
ONLY_UNDECIDED = frozenset({Reason.NOT_APPROVED, Reason.IN_REVIEW, Reason.LAPSED})


class PlanRole(IntEnum):
    """What a row of `PlanTree` tells beyond Qt's own roles."""

    ACTION = Qt.ItemDataRole.UserRole + 1  # PushAction
    STEP = Qt.ItemDataRole.UserRole + 2  # PushStep, None for a group
    COUNT = Qt.ItemDataRole.UserRole + 3  # int, steps of a group
    BYTES = Qt.ItemDataRole.UserRole + 4  # int
    NOTE = Qt.ItemDataRole.UserRole + 5  # str, where it goes or why it does not


class PlanTree(StepTree[PushAction, PushStep]):
    """Steps of a plan under what happens to them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes: dict[PushAction, int] = {}
        self._names: dict[str, str] = {}
        self._group_readers = {
            Qt.ItemDataRole.DisplayRole: self._title,
            Qt.ItemDataRole.AccessibleTextRole: self._group_sentence,
            PlanRole.ACTION: lambda row: self._groups[row][0],
            PlanRole.COUNT: lambda row: len(self._groups[row][1]),
            PlanRole.BYTES: lambda row: self._sizes[self._groups[row][0]],
            PlanRole.NOTE: self._hint,
        }
        self._step_readers = {
            Qt.ItemDataRole.DisplayRole: lambda step: one_line(step.name),
            Qt.ItemDataRole.ToolTipRole: self._step_sentence,
            Qt.ItemDataRole.AccessibleTextRole: self._step_sentence,
            PlanRole.ACTION: lambda step: step.action,
            PlanRole.STEP: lambda step: step,
            PlanRole.BYTES: lambda step: step.bytes,
            PlanRole.NOTE: self._note,
        }

    def take(self, plan: PushPlan | None) -> None:
        """Show this plan; None shows nothing."""
        steps = plan.steps if plan else ()
        by_action: dict[PushAction, list[PushStep]] = {action: [] for action in ORDER}
        for step in steps:
            by_action[step.action].append(step)
        self._sizes = {
            action: sum(step.bytes for step in found) for action, found in by_action.items()
        }
        self._names = {str(step.asset): step.name for step in steps}
        self._show(by_action)

    def group(self, action: PushAction) -> QModelIndex:
        """The row of that group; an invalid index when nothing is in it."""
        for row, (found, _) in enumerate(self._groups):
            if found is action:
                return self.index(row, 0)
        return QModelIndex()

    def _title(self, row: int) -> str:
        return QCoreApplication.translate("plan", TITLES[self._groups[row][0]])

    def _hint(self, row: int) -> str:
        return QCoreApplication.translate("plan", HINTS[self._groups[row][0]])

    def _group_sentence(self, row: int) -> str:
        return QCoreApplication.translate("plan", "{title}, {count}: {hint}").format(
            title=self._title(row),
            count=number_text(len(self._groups[row][1])),
            hint=self._hint(row),
        )

    def _step_sentence(self, step: PushStep) -> str:
        return QCoreApplication.translate("plan", "{name}, {size}: {note}").format(
            name=one_line(step.name), size=bytes_text(step.bytes), note=self._note(step)
        )

    def _note(self, step: PushStep) -> str:
        if step.action is PushAction.REFUSED:
            return reasons_text(step.reasons, step.fields)
        if step.action is PushAction.TOO_LARGE:
            return QCoreApplication.translate(
                "plan", "This file is larger than your plan's limit of {size}"
            ).format(size=bytes_text(step.most_bytes))
        if step.action is PushAction.SAME_CONTENT:
            return QCoreApplication.translate("plan", "same as {other}").format(
                other=one_line(self._names.get(step.like, step.like))
            )
        if step.limits:
            return QCoreApplication.translate(
                "plan", "{public_id} · seen with a token only: {reasons}"
            ).format(public_id=one_line(step.public_id), reasons=_limits_text(step))
        return one_line(step.public_id)


def _limits_text(step: PushStep) -> str:
    return ", ".join(QCoreApplication.translate("limits", LIMITS[one]) for one in step.limits)


def approvable(plan: PushPlan) -> list[AssetId]:
    """The assets that nothing but a missing approval keeps back."""
    return [
        step.asset
        for step in plan.steps
        if step.action is PushAction.REFUSED and ONLY_UNDECIDED.issuperset(step.reasons)
    ]


def still_approvable(shown: PushPlan, now: PushPlan) -> list[AssetId]:
    """Those of them that a later plan finds with the same content, and nothing else against it."""
    contents = {step.asset: step.content for step in shown.steps}
    kept = {step.asset for step in now.steps if step.content == contents.get(step.asset)}
    return [asset for asset in approvable(now) if asset in kept]


def public_folders(ids: Iterable[str]) -> list[str]:
    """The folders in which these public IDs lie, each once, in the order met; no root."""
    folders = (public_id.rpartition("/")[0] for public_id in ids)
    return [folder for folder in dict.fromkeys(folders) if folder]
