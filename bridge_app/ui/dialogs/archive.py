"""Archiving a campaign: exactly what will happen is shown, and happens after a yes."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.archive_plan import ArchiveAction, ArchivePlan, ArchiveStep
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.archive_wording import action_text, blocker_text, obstacle_text
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.dialogs.archive_options import ArchiveOptions
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, error_text, isolated, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.archive import ArchiveDesk

WIDTH_PX, HEIGHT_PX = 660, 640
PLAN_AFTER_MS = 150
ICONS = {
    ArchiveAction.FREEZE: "lock",
    ArchiveAction.RENDITION: "image",
    ArchiveAction.ORIGINAL: "file-image",
    ArchiveAction.DESCRIBE: "file-text",
    ArchiveAction.SEAL: "shield-check",
    ArchiveAction.RESTRICT: "cloud-alert",
    ArchiveAction.REMOVE: "trash-2",
    ArchiveAction.MOVE: "folder-sync",
    ArchiveAction.CLOSE: "eye-off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlace:
    """What is to be archived, by the service's id, and where the folder may be made."""

    account: str
    container: str
    name: str
    above: Path


class ArchiveDialog(QDialog):
    """Choices, the list of every step, and one button; the plan follows the choices."""

    begun = Signal(str, int)  # the archive's name, how many steps

    def __init__(
        self,
        desk: ArchiveDesk,
        asker: Asker,
        looks: Looks,
        place: ArchivePlace,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looks = looks
        self._place = place
        self._latest = Latest(asker, self)
        self.plan: ArchivePlan | None = None
        year = looks.now().year
        title = self.tr("Archive “{name}”").format(name=isolated(one_line(place.name)))
        self._head = DialogHead(looks.theme, looks.icons, "file-archive", title=title)
        self._head.wait_for(self._latest)
        self.options = ArchiveOptions(year=year, folder=place.above / _file_name(place.name, year))
        self._said = Banner(looks.theme, looks.icons)
        self.lines = LineList(self)
        self.act = QPushButton(autoDefault=False)
        self._timer = QTimer(self, interval=PLAN_AFTER_MS, singleShot=True)
        self._build(title)
        self._plan_anew()

    @property
    def note(self) -> str:
        """Why it cannot begin, or what to look at first; "" where there is nothing."""
        return self._said.text

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        self._timer.stop()
        super().done(result)

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        view = QListView()
        show_lines(
            view, self.lines, self._looks.theme, self._looks.icons, self.tr("What will happen")
        )
        self.options.changed.connect(self._plan_soon)
        self._timer.timeout.connect(self._plan_anew)
        self.act.setProperty("kind", "primary")
        self.act.setText(self.tr("Archive"))
        self.act.clicked.connect(self._act)
        leave = QPushButton(self.tr("Cancel"), default=True)
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self.options, self._said):
            layout.addWidget(part)
        layout.addWidget(view, 1)
        layout.addLayout(dialog_foot(leave, self.act))

    def _plan_soon(self) -> None:
        """What was planned is not what is asked for now: nobody may say yes to it."""
        self._latest.forget()
        self.plan = None
        self.act.setEnabled(False)
        self._timer.start()

    def _plan_anew(self) -> None:
        wish = self.options.wish(self._place.account, self._place.container)
        self.plan = None
        self.act.setEnabled(False)
        self._head.set_text(self.tr("Looking what that takes…"))
        self._latest.ask(lambda: self._desk.plan(wish), self._show, self._fail)

    def _show(self, plan: ArchivePlan) -> None:
        self.plan = plan
        self.lines.take([self._line(step) for step in plan.steps])
        steps = self.tr("%Ln step(s), one after the other.", "", len(plan.doing))
        size = self.tr("About {size} are fetched and kept.").format(size=bytes_text(plan.bytes))
        undo = self.tr("Masters are never deleted, and all of it can be taken back.")
        self._head.set_text(" ".join((steps, size, undo)))
        if plan.blockers:
            self._said.say(Tone.NEGATIVE, blocker_text(plan.blockers))
        elif plan.is_large:
            self._said.say(Tone.WARNING, self._deletes(plan))
        else:
            self._said.hush()
        self.act.setEnabled(bool(plan.doing) and not plan.blockers)

    def _line(self, step: ArchiveStep) -> Line:
        why = obstacle_text(step.obstacle) if step.obstacle else ""
        return Line(
            key=step.subject,
            icon=ICONS[step.action],
            title=one_line(step.name),
            text="  ·  ".join(filter(None, (action_text(step.action), why))),
            mark=self.tr("Left out") if why else "",
            tone="warning",
        )

    def _deletes(self, plan: ArchivePlan) -> str:
        count = plan.count(ArchiveAction.REMOVE)
        return self.tr("%Ln delivered copies are deleted. Look at their names first.", "", count)

    def _act(self) -> None:
        plan = self.plan
        if plan is None:
            return
        if not plan.is_large:
            self._begin(plan)
            return
        question = Question(
            icon="trash-2",
            title=self._deletes(plan),
            text=self.tr(
                "Their addresses stop working everywhere. They can be brought back while "
                "Cloudinary keeps a backup of them."
            ),
            act=self.tr("Archive and delete"),
            leave=self.tr("Look again"),
        )
        ask_first(self._looks.theme, self._looks.icons, question, self, lambda: self._begin(plan))

    def _begin(self, plan: ArchivePlan) -> None:
        self.act.setEnabled(False)
        name, count = plan.campaign.name, len(plan.doing)
        self._latest.ask(
            lambda: self._desk.begin(plan), lambda _: self._is_begun(name, count), self._fail
        )

    def _is_begun(self, name: str, count: int) -> None:
        self.accept()
        self.begun.emit(name, count)

    def _fail(self, error: BridgeError) -> None:
        self._head.set_text("")
        self.lines.take([])
        self._said.say(Tone.NEGATIVE, error_text(error))


def _file_name(name: str, year: int) -> str:
    """A folder's name that every system takes."""
    plain = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in name)
    return f"{plain.strip()[:80].strip() or 'campaign'} {year}"
