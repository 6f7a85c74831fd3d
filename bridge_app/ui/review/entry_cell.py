"""One picture of the filmstrip or the contact sheet, as it is painted; and a section's heading."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bridge_app.domain.approvals import Approval
from bridge_app.domain.marks import Label
from bridge_app.ui.delegates.badges import Sign, Stamp, approval_sign
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.review.entries import Entry, EntryRole, rendition_name
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.subjects import Subject
from bridge_app.ui.theme import Theme, Tokens

Index = QModelIndex | QPersistentModelIndex
STRIP_PX = QSize(104, 76)
SHEET_PX = QSize(196, 190)
HEADING_PX = 38
PADDING = 5
WORDS_PX = 38
SIGN_PX = 18
LABEL_PX = 9
NARROW_PX = 80
"""In a narrower picture sign and label would cover one another, and it."""
LABEL_BADGES = {
    Label.RED: "negative",
    Label.YELLOW: "warning",
    Label.GREEN: "positive",
    Label.BLUE: "info",
    Label.PURPLE: "neutral",
}


class EntryDelegate(QStyledItemDelegate):
    """Pictures of one size; with `words` their names stand below them."""

    def __init__(
        self, theme: Theme, icons: Icons, sitting: Sitting, view: QListView, *, words: bool
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._sitting = sitting
        self._view = view
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: a heading has a line of its own."""
        del option
        entry = index.data(EntryRole.ENTRY)
        if isinstance(entry, Entry) and entry.subject is None:
            room = self._view.viewport().width() - 2 * self._view.spacing() - 2
            return QSize(max(1, room), HEADING_PX)
        return SHEET_PX if self._words else STRIP_PX

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: one entry."""
        entry = index.data(EntryRole.ENTRY)
        if not isinstance(entry, Entry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.subject is None:
            self._draw_heading(painter, option.rect, entry)
        else:
            picture = index.data(EntryRole.PICTURE)
            self._draw_cell(painter, option, entry.subject, picture)
        painter.restore()

    def _draw_heading(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(tokens.font_px.strong, QFont.Weight.DemiBold))
        painter.setPen(tokens.text)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        taken = painter.boundingRect(place, flags, entry.heading)
        painter.drawText(place, flags, entry.heading)
        painter.setFont(self._theme.font(tokens.font_px.small, tabular=True))
        painter.setPen(tokens.text_muted)
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        gap = taken.width() + 10
        after = place.adjusted(0, 1, -gap, 0) if mirrored else place.adjusted(gap, 1, 0, 0)
        painter.drawText(after, flags, number_text(entry.count))

    def _draw_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, subject: Subject, picture: object
    ) -> None:
        tokens, cell = self._theme.tokens, option.rect.adjusted(2, 2, -2, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        here = self._sitting.subject
        is_current = here is not None and here.key == subject.key
        if chosen or is_current:
            painter.setPen(QPen(tokens.selection_border, 2 if is_current else 1))
            painter.setBrush(tokens.selection)
            painter.drawRoundedRect(QRectF(cell), tokens.radius.control, tokens.radius.control)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover)
            painter.drawRoundedRect(QRectF(cell), tokens.radius.control, tokens.radius.control)
        inner = cell.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        if self._words:
            words = QRect(inner.left(), inner.bottom() - WORDS_PX + 4, inner.width(), WORDS_PX)
            inner.setBottom(words.top() - 4)
            self._draw_words(painter, words, subject)
        drawn = _draw_picture(painter, picture, inner, tokens).intersected(inner)
        self._draw_marks(painter, drawn if drawn.width() >= NARROW_PX else inner, drawn, subject)

    def _draw_words(self, painter: QPainter, place: QRect, subject: Subject) -> None:
        tokens = self._theme.tokens
        half = place.height() // 2
        lines = (
            (rendition_name(subject), tokens.text, QFont.Weight.Medium),
            (str(subject.asset.name), tokens.text_muted, QFont.Weight.Normal),
        )
        for number, (text, ink, weight) in enumerate(lines):
            line = QRect(place.left(), place.top() + number * half, place.width(), half)
            painter.setFont(self._theme.font(tokens.font_px.small, weight))
            painter.setPen(ink)
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideMiddle, line.width()
            )
            painter.drawText(line, int(Qt.AlignmentFlag.AlignHCenter), shown)

    def _draw_marks(
        self, painter: QPainter, place: QRect, picture: QRect, subject: Subject
    ) -> None:
        """How it stands in the leading corner, its label in the other, its stars at the foot."""
        stamp = Stamp(painter, self._theme, self._icons, dpr=painter.device().devicePixelRatioF())
        direction = painter.layoutDirection()
        sign = self._sign(subject)
        if sign is not None:
            corner = QRect(place.left() + 4, place.top() + 4, SIGN_PX, SIGN_PX)
            stamp.pill(
                sign,
                QStyle.visualRect(direction, place, corner),
                ink=sign.badge.ink,
                fill=sign.badge.fill,
                words=False,
            )
        mark = self._sitting.mark(subject)
        if mark.label is not Label.NONE:
            badge = getattr(self._theme.tokens, LABEL_BADGES[mark.label])
            dot = QRect(place.right() - LABEL_PX - 6, place.top() + 8, LABEL_PX, LABEL_PX)
            painter.setPen(QPen(self._theme.tokens.overlay_text, 1.5))
            painter.setBrush(badge.fill)
            painter.drawEllipse(QStyle.visualRect(direction, place, dot))
        if mark.rating:
            stamp.stars_on_picture(mark.rating, picture)

    def _sign(self, subject: Subject) -> Sign | None:
        """Nothing while nobody has decided: most pictures of a sitting are at that."""
        state = self._sitting.state(subject)
        if state is None or (state.approval is Approval.DRAFT and not state.lapsed):
            return None
        return approval_sign(state.approval, self._theme.tokens, lapsed=state.lapsed)


def _draw_picture(painter: QPainter, picture: object, place: QRect, tokens: Tokens) -> QRect:
    """In the middle, as large as fits; where it is, or where it will be."""
    if not isinstance(picture, QImage) or picture.isNull():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.placeholder)
        painter.drawRoundedRect(QRectF(place), tokens.radius.small, tokens.radius.small)
        return place
    size = picture.size()
    if size.width() > place.width() or size.height() > place.height():
        size = size.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(0, 0, max(1, size.width()), max(1, size.height()))
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, picture)
    return target
