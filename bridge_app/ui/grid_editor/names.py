"""The frozen column: each row's picture and name, beside the cells however far they scroll."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.ui.delegates.asset_cell import draw_fitted
from bridge_app.ui.delegates.badges import KIND_ICONS
from bridge_app.ui.grid_editor.model import GridModel
from bridge_app.ui.grid_editor.texts import CutTexts
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import one_line

ROW_PX = 34
WIDTH_PX = 230
PICTURE = QSize(38, 26)
MARGIN = 10
ICON_PX = 16
MIDDLE = QPoint(ICON_PX // 2 - 1, ICON_PX // 2 - 1)
FOCUS_PX = 3


class NameColumn(QHeaderView):
    """A vertical header, so that a click chooses the row as in any spreadsheet."""

    def __init__(self, model: GridModel, looks: Looks, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._rows = model
        self._looks = looks
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW_PX)
        self.setMinimumSectionSize(ROW_PX)
        self.setHighlightSections(True)
        self.setAccessibleName(self.tr("Names"))
        looks.pixels.arrived.connect(self._pictured)
        looks.theme.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        """Qt: room for a picture and a name."""
        return QSize(WIDTH_PX, ROW_PX)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Qt: draw one row's picture and name."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(self.layoutDirection())
        self._ground(painter, rect, logical_index)
        line = self._rows.line(logical_index)
        if line is not None:
            self._asset(painter, rect.adjusted(MARGIN, 0, -MARGIN, 0), line.said.asset)
        painter.restore()

    def _pictured(self, _: object) -> None:
        self.viewport().update()

    def _dress(self) -> None:
        font = self._looks.theme.font(self._looks.theme.tokens.font_px.body)
        self._texts = CutTexts(font, Qt.TextElideMode.ElideMiddle)
        self.viewport().update()

    def _ground(self, painter: QPainter, rect: QRect, row: int) -> None:
        tokens, selection = self._looks.theme.tokens, self.selectionModel()
        chosen = selection.rowIntersectsSelection(row)
        painter.fillRect(rect, tokens.hover if chosen else tokens.panel)
        if selection.currentIndex().row() == row:
            bar = QRect(rect.left(), rect.top(), FOCUS_PX, rect.height())
            painter.fillRect(
                QStyle.visualRect(self.layoutDirection(), rect, bar), tokens.selection_border
            )
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.border)
        edge = QRect(rect.right(), rect.top(), 1, rect.height())
        painter.fillRect(QStyle.visualRect(self.layoutDirection(), rect, edge), tokens.border)

    def _asset(self, painter: QPainter, place: QRect, asset: Asset) -> None:
        theme, direction = self._looks.theme, self.layoutDirection()
        dpr = painter.device().devicePixelRatioF()
        box = QRect(place.topLeft(), PICTURE)
        box.moveTop(place.top() + (place.height() - box.height()) // 2)
        box = QStyle.visualRect(direction, place, box)
        pixmap = self._looks.pixels.thumb(asset, PICTURE * dpr)
        if pixmap is not None and not pixmap.isNull():
            draw_fitted(painter, pixmap, box, theme)
        else:
            ink = theme.tokens.text_muted
            sign = self._looks.icons.pixmap(KIND_ICONS[asset.kind], ink, ICON_PX, dpr)
            painter.drawPixmap(box.center() - MIDDLE, sign)
        words = place.adjusted(PICTURE.width() + MARGIN, 0, 0, 0)
        words = QStyle.visualRect(direction, place, words)
        painter.setPen(theme.tokens.text)
        self._texts.draw(painter, words, one_line(asset.name))
