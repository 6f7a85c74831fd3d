"""When rights begin and end: a month with its days marked, and the list of what is next."""

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rights_calendar import RightsEdge
from bridge_app.domain.rights_times import Edge
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, moment_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.reachable_calendar import AFTER, BEFORE, lead_from_the_top, make_reachable
from bridge_app.ui.rights_wording import edge_text
from bridge_app.work.rights import RightsDesk

WIDTH_PX, HEIGHT_PX = 760, 520
CALENDAR_PX = 300, 250
AHEAD_DAYS = 92
"""So far the list goes on from the first day of the month that is shown."""
SOON_DAYS = 30


class RightsCalendar(QDialog):
    """Days are this computer's. `showWanted` and `editWanted` carry assets."""

    showWanted = Signal(object)  # tuple[AssetId, ...]
    editWanted = Signal(object)  # tuple[AssetId, ...]

    def __init__(
        self, desk: RightsDesk, asker: Asker, looks: Looks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looks = looks
        self._latest = Latest(asker, self)
        self._edges: list[RightsEdge] = []
        self._steps: dict[str, QToolButton] = {}
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "calendar-clock",
            title=self.tr("Rights calendar"),
            text=self.tr("What begins and ends next, by the files and by what is claimed."),
        )
        self._said = Banner(looks.theme, looks.icons)
        self.calendar = QCalendarWidget()
        self.begins = QCheckBox(self.tr("What &begins, too"))
        self.lines = LineList(self)
        self.view = QListView()
        self.show_them = QPushButton(self.tr("Show in the Library"), autoDefault=False)
        self.edit = QPushButton(self.tr("Rights…"), autoDefault=False)
        self._build()
        self._read()

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._build_calendar()
        self.begins.setChecked(True)
        self.begins.toggled.connect(lambda _: self._list())
        show_lines(
            self.view,
            self.lines,
            self._looks.theme,
            self._looks.icons,
            self.tr("What begins and ends"),
        )
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(self._follow)
        self.view.doubleClicked.connect(self.edit.click)
        self.show_them.clicked.connect(self._show_chosen)
        self.edit.clicked.connect(self._edit_chosen)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        beside = QVBoxLayout()
        beside.addWidget(self.calendar)
        beside.addWidget(self.begins)
        beside.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(beside)
        middle.addWidget(self.view, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.show_them, self.edit):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self._said)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)
        self._looks.theme.changed.connect(self._mark)
        self._mark()
        self._follow()

    def _build_calendar(self) -> None:
        no_header = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        self.calendar.setVerticalHeaderFormat(no_header)
        self.calendar.setFixedSize(*CALENDAR_PX)
        make_reachable(self.calendar, self._head.title)
        lead_from_the_top(self.calendar)
        today = _local_day(self._looks.now())
        self.calendar.setSelectedDate(QDate(today.year, today.month, today.day))
        self.calendar.currentPageChanged.connect(lambda *_: self._read())
        for chosen in (self.calendar.clicked, self.calendar.activated):
            chosen.connect(self._go_to)
        for name, icon in ((BEFORE, "chevron-left"), (AFTER, "chevron-right")):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                self._steps[icon] = button

    def _read(self) -> None:
        first = date(self.calendar.yearShown(), self.calendar.monthShown(), 1)
        since = datetime.combine(first, time()).astimezone(UTC)
        desk = self._desk
        self._latest.ask(
            lambda: desk.edges(since, since + timedelta(days=AHEAD_DAYS)), self._take, self._fail
        )

    def _take(self, edges: list[RightsEdge]) -> None:
        self._edges = edges
        self._list()

    def _list(self) -> None:
        shown = self._shown()
        now = self._looks.now()
        self.lines.take([_line(one, now) for one in shown])
        self._begin_with_next()
        if shown:
            self._said.hush()
        else:
            text = self.tr("Nothing begins or ends in these three months.")
            self._said.say(Tone.INFO, text)
        self._mark()
        self._follow()

    def _begin_with_next(self) -> None:
        """What was earlier this month stays to be read, above what comes next."""
        now = self._looks.now()
        row = next((row for row, one in enumerate(self._shown()) if one.at >= now), None)
        if row is not None:
            self.view.scrollTo(self.lines.index(row, 0), QListView.ScrollHint.PositionAtTop)

    def _shown(self) -> list[RightsEdge]:
        both = self.begins.isChecked()
        return [one for one in self._edges if both or one.edge is Edge.ENDS]

    def _mark(self) -> None:
        """Colour the days on which something is."""
        tokens = self._looks.theme.tokens
        for name, button in self._steps.items():
            button.setIcon(self._looks.icons.icon(name, size_px=16))
        plain = QTextCharFormat()
        plain.setForeground(tokens.text_muted)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, plain)
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        shown = self._shown()
        for edge, badge in ((Edge.BEGINS, tokens.positive), (Edge.ENDS, tokens.negative)):
            look = QTextCharFormat()
            look.setBackground(badge.soft)
            look.setForeground(badge.soft_ink)
            look.setFontWeight(700)
            look.setFontUnderline(edge is Edge.ENDS)
            for day in {_day(one) for one in shown if one.edge is edge}:
                self.calendar.setDateTextFormat(QDate(day.year, day.month, day.day), look)

    def _go_to(self, chosen: QDate) -> None:
        """Choose what is on a day; else what comes next."""
        days = [_day(one) for one in self._shown()]
        wanted = date(chosen.year(), chosen.month(), chosen.day())
        rows = [row for row, day in enumerate(days) if day == wanted]
        later = [row for row, day in enumerate(days) if day > wanted]
        self.view.clearSelection()
        for row in rows or later[:1]:
            index = self.lines.index(row, 0)
            select = QItemSelectionModel.SelectionFlag.Select
            self.view.selectionModel().select(index, select)
            self.view.scrollTo(index)

    def _chosen(self) -> tuple[AssetId, ...]:
        keys = (str(one.data(LineRole.KEY)) for one in self.view.selectedIndexes())
        return tuple(dict.fromkeys(AssetId(key) for key in keys))

    def _follow(self) -> None:
        for button in (self.show_them, self.edit):
            button.setEnabled(bool(self.view.selectionModel().selectedIndexes()))

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.accept()
        self.showWanted.emit(chosen)

    def _edit_chosen(self) -> None:
        if chosen := self._chosen():
            self.accept()
            self.editWanted.emit(chosen)

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))


def _local_day(moment: datetime) -> date:
    """The day of a moment on this computer."""
    return moment.astimezone().date()


def _day(one: RightsEdge) -> date:
    """Its first or its last day; an end is the first moment without rights."""
    return _local_day(one.at - timedelta(seconds=1) if one.edge is Edge.ENDS else one.at)


def _when(one: RightsEdge) -> str:
    """The day where it counts whole, else the moment."""
    at = one.at.astimezone()
    return moment_text((_day(one) if at.time() == time.min else at).isoformat())


def _line(one: RightsEdge, now: datetime) -> Line:
    ends = one.edge is Edge.ENDS
    soon = ends and one.at - now <= timedelta(days=SOON_DAYS)
    return Line(
        key=one.asset,
        icon="calendar-x" if ends else "calendar",
        title=isolated(one_line(one.name)),
        text=isolated(_when(one)),
        mark=edge_text(one.edge),
        tone=("negative" if one.at <= now else "warning" if soon else "neutral")
        if ends
        else "positive",
    )
