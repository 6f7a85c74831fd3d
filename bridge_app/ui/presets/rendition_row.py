"""Paints the plan of renditions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from bridge_app.domain.rendition_plan import RenditionStep
from bridge_app.ui.delegates.row_painter import RowPainter
from bridge_app.ui.delegates.step_row import GAP_PX, SIZE_PX, Index, StepRow
from bridge_app.ui.presets.rendition_tree import MADE, REPLACED, RenditionRole
from bridge_app.ui.theme import Badge, Tokens

ICONS = {MADE: "circle-arrow-up", REPLACED: "refresh-cw"}


class RenditionRow(StepRow):
    """A group: sign, title and count; a rendition: its master, what it is, and its pixels."""

    def _paint_group(self, row: RowPainter, painter: QPainter, index: Index) -> None:
        group = str(index.data(RenditionRole.GROUP))
        self._paint_heading(
            row,
            painter,
            ICONS.get(group, "shield-x"),
            _badge(row.tokens, group),
            index.data(Qt.ItemDataRole.DisplayRole),
            index.data(RenditionRole.COUNT),
        )

    def _paint_step(self, row: RowPainter, index: Index) -> None:
        tokens = row.tokens
        step: RenditionStep = index.data(RenditionRole.STEP)
        end = (row.rect.width() - SIZE_PX - GAP_PX) // 3
        self._paint_name(row, index, content=step.sha256, kind="image", end=end)
        warns = tokens.warning.soft_ink if step.breaches else tokens.text_muted
        self._paint_note(
            row,
            index.data(RenditionRole.NOTE),
            begin=end,
            colour=tokens.negative.soft_ink if step.obstacle is not None else warns,
        )
        self._paint_size(row, index.data(RenditionRole.SIZE))


def _badge(tokens: Tokens, group: str) -> Badge:
    return {MADE: tokens.positive, REPLACED: tokens.warning}.get(group, tokens.negative)
