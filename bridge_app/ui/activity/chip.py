"""The status line below the places: what goes on just now, how far, and what waits offline."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.activity.activities import Activities, Activity, Course, time_left
from bridge_app.ui.activity.popover import ActivityPopover
from bridge_app.ui.activity.row import note_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.theme import Theme
from bridge_app.ui.wording import duration_text
from bridge_app.work.events import Connectivity

SHOW_AFTER_MS = 500
"""What is over sooner need not flicker."""
TICK_MS = 1000
HEIGHT_PX = 34
ICON_PX = 18
STEPS = 1000


class ActivityChip(QWidget):
    """A card for what goes on, and a line that opens the list; no room while there is neither.

    Args:
        opens: Opens the list from the menu and by its keys.
    """

    def __init__(
        self, activities: Activities, theme: Theme, icons: Icons, *, opens: QAction
    ) -> None:
        super().__init__()
        self._activities = activities
        self._theme = theme
        self._icons = icons
        self._offline = Connectivity.ONLINE
        self._waiting = 0
        self._popover: ActivityPopover | None = None
        self.button = QToolButton()
        self._card = QFrame()
        self._title = ElidedLabel()
        self.bar = QProgressBar(textVisible=False)
        self._numbers = ElidedLabel()
        self.stop = QToolButton()
        self._shown: Activity | None = None
        self._timer = QTimer(self, interval=SHOW_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._tell)
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self._tell)
        self._build(opens)
        activities.changed.connect(self._soon)
        theme.changed.connect(self._tell)
        self._opens = opens
        opens.triggered.connect(self._open_or_close)
        self._tell()

    @property
    def words(self) -> str:
        """What the line says."""
        return self.button.text().strip()

    @property
    def told(self) -> str:
        """How far what the card is about is, or how long it waits; "" where there is no card."""
        return "" if self._card.isHidden() else self._numbers.text()

    @property
    def popover(self) -> ActivityPopover:
        """The list; made when somebody first opens it."""
        if self._popover is None:
            self._popover = ActivityPopover(self._activities, self._theme, self._icons, self)
            self._popover.addAction(self._opens)  # its keys close it, too
        return self._popover

    def _open_or_close(self) -> None:
        if self._popover is not None and self._popover.isVisible():
            self._popover.hide()
        else:
            self.open_list()

    def open_list(self) -> None:
        """Show everything that goes on and has ended."""
        popover = self.popover
        self._tell()  # the line is there from now on
        around = self.parentWidget()
        layout = around.layout() if around is not None else None
        if layout is not None:
            layout.activate()  # once it has its place, the list knows its own
        popover.open_above(self)

    def show_connectivity(self, connectivity: Connectivity) -> None:
        """The delivery side can be reached, or not, or is not to be."""
        self._offline = connectivity
        self._tell()

    def show_waiting(self, count: int) -> None:
        """So many jobs wait for the connection."""
        self._waiting = count
        self._tell()

    def _build(self, opens: QAction) -> None:
        self._card.setProperty("surface", "card")
        self._numbers.setProperty("tone", "caption")
        self.stop.setIconSize(QSize(14, 14))
        self.stop.setToolTip(self.tr("Stop; what was done stays"))
        self.stop.clicked.connect(self._stop)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self.stop)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(10, 6, 6, 10)
        inside.setSpacing(3)
        inside.addLayout(head)
        inside.addWidget(self.bar)
        inside.addWidget(self._numbers)
        inside.setAlignment(self.bar, Qt.AlignmentFlag(0))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(ICON_PX, ICON_PX))
        self.button.setFixedHeight(HEIGHT_PX)
        self.button.setProperty("line", "true")
        self.button.setToolTip(opens.toolTip())
        self.button.clicked.connect(self.open_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._card)
        layout.addWidget(self.button)

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _stop(self) -> None:
        if self._shown is not None:
            self._activities.stop(self._shown)

    def _tell(self) -> None:
        running = self._activities.running
        active = [one for one in running if one.course is Course.RUNNING]
        timed = [one for one in running if one.until_s is not None]
        self._shown = next(iter((*active, *timed)), None)
        self._ticks.start() if timed and not active else self._ticks.stop()
        self._card.setVisible(self._shown is not None)
        if self._shown is not None:
            self._show_card(self._shown)
        icon, words = self._line(len(running))
        self.button.setText(with_gap(words, wide=True))
        self.button.setAccessibleName(words)
        self.button.setIcon(self._icons.icon(icon, size_px=ICON_PX))
        self.button.setVisible(bool(words))
        self.setVisible(bool(words) or self._shown is not None)

    def _show_card(self, activity: Activity) -> None:
        self._title.setText(activity.title)
        share, waits = activity.share, activity.until_s is not None
        self.bar.setRange(0, STEPS if share is not None or waits else 0)
        self.bar.setValue(round((share or 0) * STEPS))
        self._numbers.setText(self._so_far(activity))
        note = note_text(activity, self._activities.now_s)
        self._card.setToolTip(note)
        self.bar.setAccessibleName(f"{activity.title}, {note or self._numbers.text()}")
        self.stop.setVisible(activity.can_stop)
        self.stop.setAccessibleName(self.tr("Stop: {what}").format(what=activity.title))
        self.stop.setIcon(self._icons.icon("x", size_px=14))

    def _so_far(self, activity: Activity) -> str:
        now_s = self._activities.now_s
        until_s = activity.until_s
        left_s = time_left(activity, now_s) if until_s is None else max(0.0, until_s - now_s)
        if left_s is None:
            return activity.amount
        left = isolated(duration_text(left_s))
        return f"{activity.amount}  ·  {left}" if activity.amount else left

    def _line(self, running: int) -> tuple[str, str]:
        """The icon and the words of the line that opens the list; "" where there is none."""
        if self._offline is not Connectivity.ONLINE:
            is_wish = self._offline is Connectivity.WORK_OFFLINE
            icon = "cloud-off" if is_wish else "wifi-off"
            if self._waiting:
                return icon, self.tr("Offline – %Ln waiting", "", self._waiting)
            return icon, self.tr("Offline – nothing waits")
        if running > 1:
            return "activity", self.tr("%Ln activities", "", running)
        failed = sum(one.course is Course.FAILED for one in self._activities.over)
        if failed:
            return "circle-alert", self.tr("Activity – %Ln with trouble", "", failed)
        was_asked_for = self._popover is not None
        is_known = running or self._activities.over or was_asked_for
        return "activity", self.tr("Activity") if is_known else ""
