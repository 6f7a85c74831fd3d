"""The campaigns that were archived: how far each is, going on with it, and taking it back."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.archives import ArchiveRecord, ArchiveState
from bridge_app.ui.archive_wording import state_mark
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, moment_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.archive import ArchiveDesk

WIDTH_PX, HEIGHT_PX = 600, 480


class ArchivesDialog(QDialog):
    """The newest first. What is taken back goes the same steps the other way."""

    def __init__(
        self, desk: ArchiveDesk, asker: Asker, looks: Looks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looks = looks
        self._latest = Latest(asker, self)
        self._found: dict[str, ArchiveRecord] = {}
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "file-archive",
            title=self.tr("Archived campaigns"),
            text=self.tr("Until something is purged at a service, all of it can be taken back."),
        )
        self._said = Banner(looks.theme, looks.icons)
        self.lines = LineList(self)
        self.view = QListView()
        self.go_on = QPushButton(self.tr("Go on"), autoDefault=False)
        self.undo = QPushButton(self.tr("Take back…"), autoDefault=False)
        self._build()
        self._read()

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        show_lines(self.view, self.lines, self._looks.theme, self._looks.icons, self._head.title)
        self.view.selectionModel().currentChanged.connect(self._follow)
        self.go_on.clicked.connect(self._go_on)
        self.undo.clicked.connect(self._ask_before_undo)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.go_on)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self._said)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)
        self._follow()

    def _read(self) -> None:
        self._latest.ask(self._desk.archives, self._show, self._fail)

    def _show(self, found: tuple[ArchiveRecord, ...]) -> None:
        self._found = {one.id: one for one in found}
        self.lines.take([_line(one) for one in found])
        if found:
            self.view.setCurrentIndex(self.lines.index(0))
        else:
            self._said.say(Tone.INFO, self.tr("No campaign has been archived yet."))
        self._follow()

    def _chosen(self) -> ArchiveRecord | None:
        return self._found.get(self.view.currentIndex().data(LineRole.KEY) or "")

    def _follow(self) -> None:
        chosen = self._chosen()
        under_way = (ArchiveState.DOING, ArchiveState.UNDOING)
        self.go_on.setEnabled(chosen is not None and chosen.state in under_way)
        forth = (ArchiveState.DOING, ArchiveState.DONE)
        self.undo.setEnabled(chosen is not None and chosen.state in forth)

    def _go_on(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._latest.ask(
                lambda: self._desk.go_on(chosen.id), lambda _: self._read(), self._fail
            )

    def _ask_before_undo(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        question = Question(
            icon="undo-2",
            title=self.tr("Take the archive of “{name}” back?").format(
                name=isolated(one_line(chosen.name))
            ),
            text=self.tr(
                "Its collection, its visibility, the states of its masters and the delivered "
                "copies become what they were. The folder that was made stays."
            ),
            act=self.tr("Take back"),
            leave=self.tr("Leave it"),
        )
        ask_first(self._looks.theme, self._looks.icons, question, self, lambda: self._undo(chosen))

    def _undo(self, chosen: ArchiveRecord) -> None:
        self._latest.ask(lambda: self._desk.undo(chosen.id), lambda _: self._read(), self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))


def _line(one: ArchiveRecord) -> Line:
    mark, tone = state_mark(one.state)
    parts = (moment_text(one.begun_at), one_line(one.who), one_line(one.wish.folder))
    return Line(
        key=one.id,
        icon="file-archive",
        title=one_line(one.name),
        text="  ·  ".join(filter(None, parts)),
        mark=mark,
        tone=tone,
    )
