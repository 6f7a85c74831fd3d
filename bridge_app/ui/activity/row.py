"""One activity in the list: what, how far, how long, a way to stop it, what came of it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from bridge_app.ui.activity.activities import Activity, Course, time_left
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.sign import Sign
from bridge_app.ui.theme import Theme
from bridge_app.ui.wording import duration_text

SIGN_PX = 32
STEPS = 1000
BADGES = {Course.DONE: "positive", Course.FAILED: "negative", Course.WAITING: "warning"}
ICONS = {Course.DONE: "circle-check", Course.FAILED: "circle-alert", Course.STOPPED: "ban"}


def note_text(activity: Activity, now_s: float) -> str:
    """Why it waits and how long, what came of it, or what went wrong."""
    if activity.until_s is None:
        return activity.note
    left_s = max(0.0, activity.until_s - now_s)
    return activity.note.format(time=isolated(duration_text(left_s)))


class ActivityRow(QFrame):
    """Made once for each activity, and told how it stands."""

    stopWanted = Signal(object)  # Activity
    showWanted = Signal(object)  # Activity

    def __init__(self, theme: Theme, icons: Icons, activity: Activity, *, shows: bool) -> None:
        super().__init__()
        self._icons = icons
        self.activity = activity
        self._sign = Sign(theme, icons, activity.icon, edge_px=SIGN_PX)
        self._title = ElidedLabel(activity.title)
        self.bar = QProgressBar(textVisible=False)
        self._amount = ElidedLabel()
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.stop = QToolButton()
        self.show_it = QPushButton(self.tr("Show"), autoDefault=False)
        self.show_it.setVisible(shows)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()
        self.take(activity, activity.begun_s)

    def take(self, activity: Activity, now_s: float) -> None:
        """How it stands now."""
        self.activity = activity
        course, share = activity.course, activity.share
        self._sign.set_icon(ICONS.get(course, activity.icon), badge=BADGES.get(course, ""))
        if not course.is_over:
            self.bar.setRange(0, 0 if share is None and course is Course.RUNNING else STEPS)
            self.bar.setValue(round((share or 0) * STEPS))
        self.bar.setVisible(not course.is_over)
        amount = "" if course.is_over else self._so_far(activity, now_s)
        self._amount.setText(amount)
        self._amount.setVisible(bool(amount))
        note = note_text(activity, now_s)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.stop.setVisible(activity.can_stop)
        told = ", ".join(part for part in (activity.title, amount, note) if part)
        self.setAccessibleName(told)
        self.bar.setAccessibleName(told)

    def _so_far(self, activity: Activity, now_s: float) -> str:
        left_s = time_left(activity, now_s)
        if left_s is None:
            return activity.amount
        left = self.tr("about {time} left").format(time=isolated(duration_text(left_s)))
        return f"{activity.amount}  ·  {left}" if activity.amount else left

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self._title.setProperty("tone", "strong")
        for label in (self._amount, self.note):
            label.setProperty("tone", "caption")
        title = self.activity.title
        self.stop.setIconSize(QSize(14, 14))
        self.stop.setToolTip(self.tr("Stop"))
        self.stop.setAccessibleName(self.tr("Stop: {what}").format(what=title))
        self.stop.clicked.connect(lambda: self.stopWanted.emit(self.activity))
        self.show_it.setProperty("kind", "quiet")
        self.show_it.setAccessibleName(self.tr("Show: {what}").format(what=title))
        self.show_it.clicked.connect(lambda: self.showWanted.emit(self.activity))
        words = QVBoxLayout()
        words.setSpacing(3)
        for part in (self._title, self.bar, self._amount, self.note):
            words.addWidget(part)
        words.setAlignment(self.bar, Qt.AlignmentFlag(0))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 10)
        layout.setSpacing(10)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.show_it, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)

    def _dress(self) -> None:
        self.stop.setIcon(self._icons.icon("x", size_px=14))
