"""Paints one push: what it is, where it goes, how far it is, and what to do if it failed."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.ui.delegates.row_painter import TILE_PX, TRAILING, RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.models.transfers import TransferRole
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Badge, Theme, Tokens
from bridge_app.ui.wording import amount_text, public_id, state_word

Index = QModelIndex | QPersistentModelIndex
EDGE_PX = 12
LINE_PX = 18
ROW_PX = 56
STATE_PX = 132
ICON_PX = 16
MEASURED = 2000
KIND_ICONS = {"image": "image", "video": "film", "raw": "file"}
STATE_ICONS = {
    JobState.QUEUED: "clock",
    JobState.RUNNING: "cloud-upload",
    JobState.WAITING: "hourglass",
    JobState.DONE: "circle-check",
    JobState.FAILED: "circle-alert",
    JobState.CANCELLED: "ban",
}


class TransferRow(QStyledItemDelegate):
    """A tile, the name over a second line, and the state at the trailing edge."""

    def __init__(
        self, theme: Theme, icons: Icons, thumbs: SmallThumbs, parent: QAbstractItemView
    ) -> None:
        super().__init__(parent)
        self._thumbs = thumbs
        self._theme = theme
        self._icons = icons
        self._view = parent
        self._heights: dict[tuple[str, int], int] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        job: JobRecord = index.data(TransferRole.JOB)
        fraction: float = index.data(TransferRole.FRACTION)
        note: str = index.data(TransferRole.NOTE)
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        row.back()
        self._tile(row, job)
        self._words(row, job, note)
        self._state(row, job, fraction)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as the sentence of a failed push needs."""
        del option  # a list view does not tell the width there is
        job: JobRecord = index.data(TransferRole.JOB)
        width = self._view.viewport().width()
        if job.state is not JobState.FAILED:
            return QSize(width, ROW_PX)
        return QSize(width, self._height(index.data(TransferRole.NOTE), _words_width(width)))

    def _height(self, note: str, width: int) -> int:
        """The height of a row whose note wraps; measured once for each text and width."""
        known = self._heights.get((note, width))
        if known is not None:
            return known
        font = self._theme.font(self._theme.tokens.font_px.small)
        room = QRect(0, 0, max(80, width), 1000)
        needed = QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, note).height()
        if len(self._heights) > MEASURED:
            self._heights.clear()
        height = self._heights[note, width] = max(ROW_PX, ROW_PX - LINE_PX + needed + 2)
        return height

    def _tile(self, row: RowPainter, job: JobRecord) -> None:
        tokens = row.tokens
        tile = row.place(EDGE_PX, (row.rect.height() - TILE_PX) // 2, TILE_PX, TILE_PX)
        # A master of a service is known by its version there.
        content = job.params.get("content") or job.params.get("sha256", "")
        picture = self._thumbs.square(str(content))
        if picture is not None:
            row.picture(tile, picture, radius=tokens.radius.control)
            return
        kind = KIND_ICONS.get(str(job.params.get("resource_type", "")), "folder-plus")
        row.tile(tile, kind, back=tokens.placeholder, ink=tokens.text_muted)

    def _words(self, row: RowPainter, job: JobRecord, note: str) -> None:
        tokens = row.tokens
        x = EDGE_PX + TILE_PX + EDGE_PX
        width = _words_width(row.rect.width())
        name = row.place(x, 9, width, LINE_PX + 2)
        strong = row.font(tokens.font_px.body, strong=True)
        row.line(name, isolated(job.name), font=strong, colour=tokens.text)
        small = row.font(tokens.font_px.small)
        below = row.place(x, 9 + LINE_PX + 2, width, row.rect.height() - 16 - LINE_PX)
        if job.state is JobState.FAILED:
            row.lines(below, note, font=small, colour=tokens.negative.soft_ink)
            return
        below.setHeight(LINE_PX)
        waits = job.state is JobState.WAITING
        text = note if waits else _where(job)
        colour = tokens.warning.soft_ink if waits else tokens.text_muted
        row.line(below, text, font=small, colour=colour, elide=Qt.TextElideMode.ElideMiddle)

    def _state(self, row: RowPainter, job: JobRecord, fraction: float) -> None:
        tokens = row.tokens
        width = row.rect.width()
        small = row.font(tokens.font_px.small, strong=True)
        text = state_word(job, fraction)
        colour = _badge(tokens, job.state).soft_ink
        running = job.state is JobState.RUNNING
        y = 12 if running else (row.rect.height() - LINE_PX) // 2
        words = row.place(width - EDGE_PX - STATE_PX, y, STATE_PX, LINE_PX)
        row.line(words, text, font=small, colour=colour, align=TRAILING)
        taken = min(QFontMetrics(small).horizontalAdvance(text), STATE_PX)
        icon_x = width - EDGE_PX - taken - ICON_PX - 6
        row.icon(row.place(icon_x, y, ICON_PX, LINE_PX), _state_icon(job), colour, size_px=15)
        if running:
            bar = row.place(width - EDGE_PX - STATE_PX, y + LINE_PX + 4, STATE_PX, 6)
            row.bar(bar, fraction, tokens.accent)


def _words_width(row_width: int) -> int:
    return row_width - 4 * EDGE_PX - TILE_PX - STATE_PX - ICON_PX


def _where(job: JobRecord) -> str:
    target = public_id(job)
    size = isolated(amount_text(job))
    return f"{size}  ·  {isolated(one_line(target))}" if target else size


def _state_icon(job: JobRecord) -> str:
    if job.state is JobState.WAITING and job.waiting_for is WaitingFor.NETWORK:
        return "wifi-off"
    return STATE_ICONS[job.state]


def _badge(tokens: Tokens, state: JobState) -> Badge:
    return {
        JobState.QUEUED: tokens.neutral,
        JobState.RUNNING: tokens.info,
        JobState.WAITING: tokens.warning,
        JobState.DONE: tokens.positive,
        JobState.FAILED: tokens.negative,
        JobState.CANCELLED: tokens.neutral,
    }[state]
