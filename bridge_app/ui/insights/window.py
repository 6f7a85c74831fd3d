"""The insights window: questions at the left, the answer at the right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.reports import (
    WHOLE,
    Behind,
    Exported,
    ExportFormat,
    Report,
    ReportKind,
    ReportScope,
    SavedReport,
)
from bridge_app.ui import window_state
from bridge_app.ui.asker import Asker
from bridge_app.ui.insights.acting import InsightsActs, Shown
from bridge_app.ui.insights.answer_panel import AnswerPanel
from bridge_app.ui.insights.answers import Remedy
from bridge_app.ui.insights.head_bar import HeadBar
from bridge_app.ui.insights.question_list import Entry, QuestionList
from bridge_app.ui.insights.questions import question_text, title_text
from bridge_app.ui.insights.reading import cell_of
from bridge_app.ui.insights.scope_bar import ScopeBar
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, moment_text, one_line
from bridge_app.ui.panels.empty_state import EmptyWords
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.opening import fit_window
from bridge_app.ui.remembering import Remembering
from bridge_app.work.insights import InsightsDesk

SIZE_PX = (1240, 820)
SETTLE_MS = 60
"""With the arrow keys one passes questions by; what rests is asked."""
PATIENCE_MS = 250
"""An answer that takes longer is announced."""
FROM_SERVICE = frozenset({ReportKind.USAGE, ReportKind.TREND})
"""Asking these again asks the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightsSeat:
    """What the window of reports needs of the one that opens it."""

    desk: InsightsDesk
    asker: Asker
    looks: Looks
    remembering: Remembering
    libraries: Callable[[], Sequence[LibraryRecord]]


class InsightsWindow(QWidget):
    """A window of its own.

    Signals:
        closed: It is gone.
        showWanted: What stands behind the chosen rows is to be shown in the library: Behind.
        accountsWanted: An account is to be connected.
    """

    closed = Signal()
    showWanted = Signal(object)
    accountsWanted = Signal()

    def __init__(self, seat: InsightsSeat, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._seat = seat
        self._desk = seat.desk
        looks, asker = seat.looks, seat.asker
        self._asking, self._refreshing = Latest(asker, self), Latest(asker, self)
        self._listing = Latest(asker, self)
        self._scopes: dict[str, ReportScope] = {}
        self.questions = QuestionList(looks.theme, looks.icons)
        self.head = HeadBar(looks.theme, looks.icons)
        self.scope_bar = ScopeBar(looks.theme, looks.icons, now=looks.now)
        self.banner = Banner(looks.theme, looks.icons)
        self.answer = AnswerPanel(looks)
        self.acts = InsightsActs(self, seat.desk, asker, looks)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._build()
        self._connect()
        self._restore()

    @property
    def shown(self) -> Shown | None:
        """What is asked; None while nothing is chosen."""
        entry = self.questions.entry
        if entry is None or entry.kind is None:
            return None
        return Shown(
            kind=entry.kind,
            scope=self.scope_bar.scope,
            saved=entry.saved,
            about=self.scope_bar.text,
            digest=self._log_digest(),
        )

    def ask(self) -> None:
        """Ask what is chosen in the list, of what the chips say."""
        shown = self.shown
        if shown is not None:
            self._patience.start()
            self._asking.ask(
                lambda: self._desk.report(shown.kind, shown.scope), self._show, self._fail
            )

    def sizeHint(self) -> QSize:
        """Qt: a chart with its table."""
        return QSize(*SIZE_PX)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: the window is found again as it was."""
        for timer in (self._patience, self._settle):
            timer.stop()
        for latest in (self._asking, self._refreshing, self._listing):
            latest.forget()
        entry, remembering = self.questions.entry, self._seat.remembering
        remembering.keep(
            replace(
                remembering.settings,
                insights_geometry=window_state.geometry_text(self.saveGeometry()),
                insights_report=entry.key if entry else "",
            )
        )
        super().closeEvent(event)
        self.closed.emit()

    # How it is put together

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Insights"))
        self.setObjectName("insights")
        self.setAutoFillBackground(True)
        side = _surface("sidebar")
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.questions)
        page = _surface("panel")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        chips = QVBoxLayout()
        chips.setContentsMargins(24, 0, 24, 10)
        chips.setSpacing(10)
        chips.addWidget(self.scope_bar)
        chips.addWidget(self.banner)
        layout.addWidget(self.head)
        layout.addLayout(chips)
        layout.addWidget(self.answer, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(side)
        splitter.addWidget(page)
        splitter.setStretchFactor(1, 1)
        self.questions.show_entries(self._desk.kinds(), ())
        wide = self.questions.sizeHint().width() + 16
        splitter.setSizes([wide, SIZE_PX[0] - wide])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _connect(self) -> None:
        head, acts = self.head, self.acts
        self.questions.chosen.connect(self._choose)
        self.scope_bar.changed.connect(self._rescope)
        self.answer.remedyWanted.connect(self._cure)
        self.answer.table.opened.connect(self._open)
        self.answer.table.movedOn.connect(self._follow)
        self._patience.timeout.connect(self._announce)
        self._settle.timeout.connect(self.ask)
        head.again.triggered.connect(self._ask_again)
        head.show_them.triggered.connect(self._open)
        head.copy.triggered.connect(self.answer.table.copy)
        head.import_log.triggered.connect(acts.choose_log)
        head.keep.triggered.connect(lambda: self._with_shown(acts.keep))
        head.forget.triggered.connect(lambda: self._with_shown(acts.forget))
        head.forget_log.triggered.connect(lambda: self._with_shown(acts.forget_log))
        head.exportWanted.connect(self._ask_where)
        acts.imported.connect(self.ask)
        acts.written.connect(self._is_written)
        acts.kept.connect(self._is_kept)
        acts.gone.connect(self._is_gone)
        acts.failed.connect(self._refuse)
        close = QShortcut(QKeySequence("Ctrl+W"), self)
        close.activated.connect(self.close)

    def _restore(self) -> None:
        kept = self._seat.remembering.settings
        geometry = window_state.geometry(kept.insights_geometry)
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            fit_window(self, QSize(*SIZE_PX))
        self.scope_bar.offer(self._seat.libraries())
        self._list(then=kept.insights_report)
        self.questions.setFocus()

    # What is asked

    def _list(self, then: str = "") -> None:
        """Read what was saved, and choose `then`; the first question where there is no such."""

        def listed(saved: tuple[SavedReport, ...]) -> None:
            self.questions.show_entries(self._desk.kinds(), saved)
            if then or self.questions.entry is None:
                self.questions.choose(then)

        self._listing.ask(self._desk.saved, listed, self._refuse)

    def _choose(self, entry: Entry) -> None:
        """Another question: with the scope it had last, or the one that is saved with it."""
        if entry.kind is None:
            return
        self.banner.hush()
        saved = entry.saved.scope if entry.saved else WHOLE
        self.scope_bar.show_scope(entry.kind, self._scopes.get(entry.key, saved))
        if entry.saved and entry.saved.trouble:
            text = self.tr("It could not be written the last time: {why}")
            self.banner.say(Tone.NEGATIVE, text.format(why=error_text(entry.saved.trouble)))
        self._void()
        self._settle.start()

    def _rescope(self, scope: ReportScope) -> None:
        entry = self.questions.entry
        if entry is not None:
            self._scopes[entry.key] = scope
        self._void()
        self.ask()

    def _void(self) -> None:
        """What is shown, or on its way, is no answer to what is asked now."""
        self._patience.stop()
        self._asking.forget()
        self.answer.show_nothing()
        self._name(None)
        self._follow()

    def _ask_again(self) -> None:
        shown = self.shown
        if shown is None or shown.kind not in FROM_SERVICE:
            self.ask()
            return
        self.head.again.setEnabled(False)
        self._refreshing.ask(
            lambda: self._desk.refresh(shown.scope),
            lambda _: self._is_refreshed(),
            self._not_refreshed,
        )

    def _is_refreshed(self) -> None:
        self.head.again.setEnabled(True)
        self.banner.hush()
        self.ask()

    def _not_refreshed(self, error: BridgeError) -> None:
        self._refuse(error)
        self.ask()

    def _announce(self) -> None:
        words = EmptyWords(
            icon="hourglass", title=self.tr("Counting…"), text=self.tr("It takes a moment.")
        )
        self.answer.show_words(words)
        self._follow()

    def _show(self, report: Report) -> None:
        self._patience.stop()
        self.answer.show_report(report)
        self._name(report)
        self._follow()

    def _fail(self, error: BridgeError) -> None:
        """The question was not answered."""
        self._patience.stop()
        words = EmptyWords(icon="circle-alert", title=self.tr("No answer"), text=error_text(error))
        self.answer.show_words(words)
        self._follow()

    def _name(self, report: Report | None) -> None:
        entry = self.questions.entry
        if entry is None or entry.kind is None:
            return
        parts = [title_text(entry.kind)]
        if entry.saved is not None:
            parts = [question_text(entry.kind)]
            if entry.saved.wrote_at is not None and not entry.saved.trouble:
                moment = moment_text(entry.saved.wrote_at.isoformat())
                parts.append(self.tr("written {moment}").format(moment=moment))
        if report is not None:
            moment = moment_text(report.asked_at.isoformat())
            parts.append(self.tr("asked {moment}").format(moment=moment))
        self.head.show_title(entry.text, "  ·  ".join(isolated(part) for part in parts))

    def _follow(self) -> None:
        """What can be done follows from what is shown and chosen."""
        shown, report, head = self.shown, self.answer.report, self.head
        has_rows = report is not None and bool(report.rows)
        head.show_them.setEnabled(self._behind() != Behind())
        head.copy.setEnabled(has_rows)
        head.export.setEnabled(has_rows)
        head.forget.setVisible(shown is not None and shown.saved is not None)
        head.forget_log.setVisible(shown is not None and shown.digest != "")

    def _behind(self) -> Behind:
        """What stands behind the rows that are chosen: all their assets, else the first search."""
        report = self.answer.report
        if report is None:
            return Behind()
        behind = [report.behind_row(row) for row in self.answer.table.chosen]
        assets = dict.fromkeys(asset for one in behind for asset in one.assets)
        queries = [one.query for one in behind if one.query is not None]
        return Behind(assets=tuple(assets), query=next(iter(queries), None))

    # What is done with it

    def _open(self) -> None:
        behind = self._behind()
        if behind != Behind():
            self.showWanted.emit(behind)

    def _cure(self, remedy: Remedy) -> None:
        match remedy:
            case Remedy.IMPORT:
                self.acts.choose_log()
            case Remedy.ASK:
                self._ask_again()
            case Remedy.CONNECT:
                self.accountsWanted.emit()
            case Remedy.LOOK:
                self.questions.choose(ReportKind.LOGS.value)
            case Remedy.NONE:
                pass

    def _with_shown(self, act: Callable[[Shown], None]) -> None:
        shown = self.shown
        if shown is not None:
            act(shown)

    def _ask_where(self, form: ExportFormat) -> None:
        self._with_shown(lambda shown: self.acts.ask_where(shown, form))

    def _is_written(self, written: Exported) -> None:
        text = self.tr("%Ln row(s) are written to {name}", "", written.rows)
        names = ", ".join(isolated(one_line(path)) for path in written.paths)
        self.banner.say(Tone.POSITIVE, text.format(name=names))

    def _is_kept(self, saved: SavedReport) -> None:
        key = Entry(text=saved.name, kind=saved.kind, saved=saved).key
        self._scopes.pop(key, None)
        self._list(then=key)

    def _is_gone(self) -> None:
        shown = self.shown
        self._list(then=shown.kind.value if shown else "")
        self.ask()

    def _log_digest(self) -> str:
        """The access log that is chosen in the table; "" for none."""
        report, chosen = self.answer.report, self.answer.table.chosen
        if report is None or report.kind is not ReportKind.LOGS or not chosen:
            return ""
        found = cell_of(report, report.rows[chosen[0]], "digest")
        return found if isinstance(found, str) else ""

    def _refuse(self, error: BridgeError) -> None:
        self.head.again.setEnabled(True)
        self._follow()
        self.banner.say(Tone.NEGATIVE, error_text(error))


def _surface(name: str) -> QFrame:
    made = QFrame()
    made.setProperty("surface", name)
    return made
