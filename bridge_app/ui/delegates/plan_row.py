"""Paints the plan of a push."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from bridge_app.domain.push_plan import PushAction, PushStep
from bridge_app.ui.delegates.row_painter import RowPainter
from bridge_app.ui.delegates.step_row import GAP_PX, SIZE_PX, Index, StepRow
from bridge_app.ui.messages import bytes_text, isolated
from bridge_app.ui.models.push_plan import PlanRole
from bridge_app.ui.theme import Badge, Tokens

KIND_ICONS = {"image": "image", "video": "film", "raw": "file"}
ICONS = {
    PushAction.NEW: "circle-arrow-up",
    PushAction.NEW_VERSION: "refresh-cw",
    PushAction.REFUSED: "shield-x",
    PushAction.TOO_LARGE: "triangle-alert",
    PushAction.KEPT: "pause",
    PushAction.SAME_CONTENT: "copy-check",
    PushAction.ALREADY_QUEUED: "clock",
}


class PlanRow(StepRow):
    """A group: sign, title, count, hint and bytes; a step: name, note and bytes."""

    def _paint_group(self, row: RowPainter, painter: QPainter, index: Index) -> None:
        action = PushAction(index.data(PlanRole.ACTION))  # Qt hands a StrEnum back as str
        end = self._paint_heading(
            row,
            painter,
            ICONS[action],
            _badge(row.tokens, action),
            index.data(Qt.ItemDataRole.DisplayRole),
            index.data(PlanRole.COUNT),
        )
        hint: str = index.data(PlanRole.NOTE)
        self._paint_note(row, hint, begin=end, colour=row.tokens.text_muted)
        self._paint_bytes(row, index)

    def _paint_step(self, row: RowPainter, index: Index) -> None:
        tokens = row.tokens
        step: PushStep = index.data(PlanRole.STEP)
        refused = step.action in (PushAction.REFUSED, PushAction.TOO_LARGE)
        end = (row.rect.width() - SIZE_PX - GAP_PX) * 2 // 5
        kind = KIND_ICONS.get(step.resource_type, "file")
        self._paint_name(row, index, content=step.content or step.sha256, kind=kind, end=end)
        note: str = index.data(PlanRole.NOTE)
        self._paint_note(
            row,
            note if refused else isolated(note),
            begin=end,
            colour=tokens.negative.soft_ink if refused else tokens.text_muted,
            elide=Qt.TextElideMode.ElideRight if refused else Qt.TextElideMode.ElideMiddle,
        )
        self._paint_bytes(row, index)

    def _paint_bytes(self, row: RowPainter, index: Index) -> None:
        self._paint_size(row, isolated(bytes_text(index.data(PlanRole.BYTES))))


def _badge(tokens: Tokens, action: PushAction) -> Badge:
    return {
        PushAction.NEW: tokens.positive,
        PushAction.NEW_VERSION: tokens.info,
        PushAction.REFUSED: tokens.negative,
        PushAction.TOO_LARGE: tokens.negative,
        PushAction.KEPT: tokens.neutral,
        PushAction.SAME_CONTENT: tokens.neutral,
        PushAction.ALREADY_QUEUED: tokens.warning,
    }[action]
