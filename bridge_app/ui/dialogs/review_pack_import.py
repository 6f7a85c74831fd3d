"""Verdicts that came back of a review pack: what will be recorded is shown, then recorded."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.review_pack import ReturnedLine
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, moment_text, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.errand import Errand
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.review_pack_wording import TONES, hindrance_text, item_text, verdict_text
from bridge_app.work.review_pack import PackRecorded, PackReturn
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 600, 520


class ReviewPackImportDialog(QDialog):
    """Every line with what becomes of it, and one button; `recorded` tells how much it was."""

    recorded = Signal(str, object)  # the reviewer, PackRecorded
    recording = Signal(object)  # Errand that begins

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        path: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._looks = looks
        self._asker = asker
        self._latest = Latest(asker, self)
        self.returned: PackReturn | None = None
        self._head = DialogHead(
            looks.theme, looks.icons, "inbox", title=self.tr("Import verdicts"), text=path.name
        )
        self._said = Banner(looks.theme, looks.icons)
        self.lines = LineList(self)
        self.act = QPushButton(self.tr("Record"), autoDefault=False)
        self._build()
        self._latest.ask(lambda: worker.review_packs.look(path), self._show, self._fail)

    @property
    def note(self) -> str:
        """What is to be known before, or why nothing can be recorded."""
        return self._said.text

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        view = QListView()
        show_lines(
            view, self.lines, self._looks.theme, self._looks.icons, self.tr("What will be recorded")
        )
        self.act.setProperty("kind", "primary")
        self.act.setEnabled(False)
        self.act.clicked.connect(self._record)
        leave = QPushButton(self.tr("Cancel"), default=True)
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self._said):
            layout.addWidget(part)
        layout.addWidget(view, 1)
        layout.addLayout(dialog_foot(leave, self.act))

    def _show(self, returned: PackReturn) -> None:
        self.returned = returned
        title = self.tr("Verdicts of {name} on “{pack}”")
        self._head.set_title(
            title.format(
                name=isolated(one_line(returned.file.reviewer)),
                pack=isolated(one_line(returned.pack.title)),
            )
        )
        signed = self.tr("Recorded as decisions and comments of {who}.")
        self._head.set_text(signed.format(who=isolated(one_line(returned.file.signature))))
        self.lines.take([self._line(line) for line in returned.lines])
        self._tell(returned)
        self.act.setEnabled(bool(returned.new))

    def _tell(self, returned: PackReturn) -> None:
        held = sum(line.hindrance is not None for line in returned.lines)
        if not returned.new and returned.before is not None:
            text = self.tr("This file was imported on {moment}: there is nothing new in it.")
            self._said.say(Tone.INFO, text.format(moment=moment_text(returned.before.isoformat())))
        elif held:
            text = self.tr("%Ln of these cannot be recorded; each says why.", "", held)
            self._said.say(Tone.WARNING, text)
        elif not returned.new:
            self._said.say(Tone.INFO, self.tr("There is nothing new in this file."))
        else:
            self._said.hush()

    def _line(self, line: ReturnedLine) -> Line:
        said = line.verdict
        texts = [hindrance_text(line), one_line(said.note)]
        if said.comments:
            first = one_line(said.comments[0].text)
            count = self.tr("%Ln comment(s): {text}", "", len(said.comments))
            texts.append(count.format(text=isolated(first)))
        if not line.is_new and line.hindrance is None:
            texts.insert(0, self.tr("On record already"))
        held = line.hindrance is not None
        word = verdict_text(said.approval) if said.approval else self.tr("Comments only")
        return Line(
            key=said.key,
            icon="triangle-alert" if held else "image",
            title=item_text(line.item, said.key),
            text="  ·  ".join(filter(None, texts)),
            mark=self.tr("Held back") if held else word,
            tone=TONES.get(said.approval, "neutral") if said.approval and not held else "neutral",
        )

    def _record(self) -> None:
        returned = self.returned
        if returned is None:
            return
        self.act.setEnabled(False)
        desk, name = self._worker.review_packs, returned.file.reviewer
        errand = Errand(self._asker, icon="inbox", title=self.windowTitle(), owner=self)
        self.recording.emit(errand)
        errand.carry_out(
            lambda told: desk.record(returned, told=told),
            lambda done: self._is_recorded(name, done),
            self._fail,
        )

    def _is_recorded(self, name: str, done: PackRecorded) -> None:
        self.accept()
        self.recorded.emit(name, done)

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))
