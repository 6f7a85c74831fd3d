"""The list of all that goes on and has ended, above the place that it is opened from."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bridge_app.ui.activity.activities import Activities, Activity
from bridge_app.ui.activity.row import ActivityRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.fitting_scroll import FittingScroll
from bridge_app.ui.theme import Theme

SIZE = QSize(440, 460)
TICK_MS = 1000
GAP_PX = 6
HEAD_PX, LEAST_PX = 84, 150

RowKey = tuple[str, bool, float]


class ActivityPopover(QFrame):
    """Closes with Escape or a click beside it; keeps no other part of the window waiting."""

    def __init__(self, activities: Activities, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._activities = activities
        self._theme = theme
        self._icons = icons
        self._rows: dict[RowKey, ActivityRow] = {}
        self._none = QLabel(
            self.tr("Nothing goes on. What takes longer is listed here, with what came of it."),
            wordWrap=True,
        )
        self.clear = QPushButton(self.tr("Clear list"), autoDefault=False)
        self._list = QVBoxLayout()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tell)
        self._build()
        activities.changed.connect(self._changed)

    @property
    def rows(self) -> list[ActivityRow]:
        """What is listed, as it stands there."""
        shown = [*self._activities.running, *self._activities.over]
        return [self._rows[key] for one in shown if (key := _key(one)) in self._rows]

    def open_above(self, anchor: QWidget) -> None:
        """Show it at the anchor's upper edge, as far as the screen allows."""
        self._tell()
        least_px = max(LEAST_PX, self.minimumSizeHint().height())
        self.resize(SIZE.width(), max(least_px, min(SIZE.height(), self._wanted_px())))
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = anchor.width() - self.width() if right_to_left else 0
        corner = anchor.mapToGlobal(QPoint(left, -self.height() - GAP_PX))
        room = anchor.screen().availableGeometry()
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        corner.setY(max(room.top(), corner.y()))
        self.move(corner)
        self.show()
        first = next((row for row in self.rows if row.stop.isVisible()), None)
        (first.stop if first else self.clear).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a line around it, since it lies above other things."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._theme.tokens.border_button)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: somebody looks."""
        super().showEvent(event)
        self._tell()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody looks any more."""
        super().hideEvent(event)
        self._timer.stop()

    def _build(self) -> None:
        self.setProperty("surface", "panel")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        title = QLabel(self.tr("Activity"))
        title.setProperty("tone", "strong")
        self.setAccessibleName(title.text())
        self.setWindowTitle(title.text())
        self.clear.setProperty("kind", "quiet")
        self.clear.clicked.connect(self._activities.clear)
        self._none.setProperty("tone", "muted")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.clear)
        content = QWidget()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        scroll = FittingScroll(content)
        scroll.setAccessibleName(title.text())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._none)
        layout.addWidget(scroll, 1)

    def _wanted_px(self) -> int:
        rows = sum(row.sizeHint().height() + self._list.spacing() for row in self.rows)
        return HEAD_PX + rows

    def _changed(self) -> None:
        if self.isVisible():
            self._tell()

    def _tell(self) -> None:
        shown = [*self._activities.running, *self._activities.over]
        keys = [_key(one) for one in shown]
        for gone in [key for key in self._rows if key not in keys]:
            row = self._rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, (key, activity) in enumerate(zip(keys, shown, strict=True)):
            if key not in self._rows:
                self._rows[key] = self._made(activity)
                self._list.insertWidget(place, self._rows[key])
            self._rows[key].take(activity, self._activities.now_s)
        self._none.setVisible(not shown)
        self.clear.setEnabled(bool(self._activities.over))

    def _made(self, activity: Activity) -> ActivityRow:
        shows = self._activities.can_show(activity)
        row = ActivityRow(self._theme, self._icons, activity, shows=shows)
        row.stopWanted.connect(self._activities.stop)
        row.showWanted.connect(self._show)
        return row

    def _show(self, activity: Activity) -> None:
        self.hide()
        self._activities.show(activity)


def _key(activity: Activity) -> RowKey:
    return activity.key, activity.course.is_over, activity.begun_s
