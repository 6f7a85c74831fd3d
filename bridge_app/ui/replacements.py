"""After new versions were pushed: what became of each place that had an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.places import (
    Replaced,
    ReplacedPlace,
    ReplacementEffect,
    ReplacementReport,
)
from bridge_app.domain.push_plan import PushPlan
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.place_wording import replaced_line, report_text
from bridge_app.work.worker import Worker

LOOK_AFTER_MS = 300
WIDTH_PX, HEIGHT_PX = 640, 520


@dataclass(frozen=True, slots=True, kw_only=True)
class _Followed:
    """A push that replaces something, and what was told of it before."""

    plan: PushPlan
    effect: ReplacementEffect
    batch: str


class Replacements(QObject):
    """Looks after pushes that replace something until each has ended; GUI thread only."""

    def __init__(
        self, window: QWidget, worker: Worker, asker: Asker, looks: Looks, messages: MessageBar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._looks = looks
        self._messages = messages
        self._latest = Latest(asker, self)
        self._followed: list[_Followed] = []
        self._timer = QTimer(self, interval=LOOK_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._look)

    def follow(self, plan: PushPlan, effect: ReplacementEffect, batch: str) -> None:
        """Report on this push once it has ended."""
        if effect.changing or effect.staying:
            self._followed.append(_Followed(plan=plan, effect=effect, batch=batch))
            self._timer.start()

    def take_changes(self, changes: ChangeSet) -> None:
        """A push may have ended."""
        if self._followed and (changes.jobs or changes.assets) and not self._timer.isActive():
            self._timer.start()

    def show_report(self, report: ReplacementReport) -> None:
        """One line for each place."""
        open_dialog(ReplacementDialog(self._looks, report, self._window))

    def _look(self) -> None:
        if not self._followed:
            return
        followed, places = tuple(self._followed), self._worker.places

        def work() -> tuple[_Followed, ReplacementReport] | None:
            for one in followed:
                jobs = places.ended(one.batch)
                if jobs is not None:
                    return one, places.report(one.plan, one.effect, _failed(jobs))
            return None

        def done(found: tuple[_Followed, ReplacementReport] | None) -> None:
            if found is None:
                return  # the next change asks again
            one, report = found
            self._followed.remove(one)
            self._tell(report)
            self._timer.start()

        self._latest.ask(work, done, self._messages.show_error)

    def _tell(self, report: ReplacementReport) -> None:
        show = QAction(self.tr("Show…"), self)
        show.triggered.connect(lambda: self.show_report(report))
        tone = Tone.WARNING if report.count(Replaced.FAILED) else Tone.POSITIVE
        self._messages.say(tone, report_text(report), action=show)


class ReplacementDialog(QDialog):
    """What changed, what stays as it was, and what failed."""

    def __init__(
        self, looks: Looks, report: ReplacementReport, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = self.tr("What was replaced")
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        head = DialogHead(
            looks.theme, looks.icons, "refresh-cw", title=title, text=report_text(report)
        )
        self.lines, view = LineList(self), QListView()
        show_lines(view, self.lines, looks.theme, looks.icons, self.tr("Places"))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.take(_lines(report.lines))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(view, 1)
        layout.addLayout(foot)


def _lines(places: Sequence[ReplacedPlace]) -> list[Line]:
    """Those that failed first, then what stays behind."""
    order = (Replaced.FAILED, Replaced.WAITING, Replaced.STAYS, Replaced.CHANGED)
    ordered = sorted(places, key=lambda one: order.index(one.state))
    return [replaced_line(one, str(row)) for row, one in enumerate(ordered)]


def _failed(jobs: Sequence[JobRecord]) -> dict[AssetId, str]:
    return {
        AssetId(job.asset): one_line(job.error.sentence()) if job.error else job.state.value
        for job in jobs
        if job.asset and job.state is not JobState.DONE
    }
