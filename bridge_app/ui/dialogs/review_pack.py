"""Writes a review pack: what is in it, where it goes, how far it is."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.domain.review_pack import LONGEST_TITLE
from bridge_app.domain.review_requests import ReviewItem, review_items
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, number_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.beside_dialog import BesideDialog, Outcome
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.presets.preset_choice import PresetChoice
from bridge_app.ui.review_pack_wording import file_stem, page_wording
from bridge_app.work.review_pack import ExportStoppedError, PackMade, PackWish, ReviewPackDesk
from bridge_app.work.worker import Worker

WIDTH_PX = 560
NOTE_PX = 76
LOOK_MS = 60
ZIP = ".zip"


class Packing:
    """Writes one pack in a thread; the window looks how far it is."""

    def __init__(self, desk: ReviewPackDesk, wish: PackWish) -> None:
        self._desk = desk
        self._wish = wish
        self.stopped = threading.Event()
        self.done, self.whole = 0, len(wish.items)

    def carry_out(self) -> PackMade:
        """Blocking. Raises as `ReviewPackDesk.export` does."""
        return self._desk.export(
            self._wish, on_progress=self._note, is_cancelled=self.stopped.is_set
        )

    def _note(self, done: int, whole: int) -> None:
        self.done, self.whole = done, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Exactly these pictures, as a review request names them."""

    items: tuple[ReviewItem, ...]
    title: str


class ReviewPackDialog(BesideDialog):
    """Asks what is to be handed out, then writes it; `written` carries what is on disk."""

    written = Signal(object)  # PackMade

    def __init__(  # noqa: PLR0913 - each is a choice of its own
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        assets: Sequence[AssetId],
        *,
        folder: Path,
        asked: Asked | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asked = asked
        self._ids = tuple(dict.fromkeys(assets))
        self._folder = folder
        self._opening, self._acting = Latest(asker, self), Latest(asker, self)
        self._packing: Packing | None = None
        title = self.tr("Review pack of %Ln asset(s)", "", len(self._ids))
        self._head = DialogHead(looks.theme, looks.icons, "package", title=title)
        self._said = Banner(looks.theme, looks.icons)
        named = asked.title[:LONGEST_TITLE] if asked is not None else ""
        self.title = QLineEdit(named or self.tr("Review"), maxLength=LONGEST_TITLE)
        self.masters = QCheckBox(self.tr("The &masters"))
        self.renditions = QCheckBox(self.tr("These &renditions"))
        self.choice = PresetChoice()
        self.stage = QComboBox()
        self.note = QPlainTextEdit(tabChangesFocus=True)
        self.target = QLineEdit()
        self._browse = QPushButton(self.tr("Choose…"), autoDefault=False)
        self._bar = QProgressBar(textVisible=False)
        self._count = ElidedLabel()
        self.act = QPushButton(self.tr("Write Pack"), autoDefault=False)
        self.leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._form, self._stages = QWidget(), QWidget()
        self._is_named = False
        self._build(title)
        self._connect()
        self._name_file()
        self._tell()
        self.title.selectAll()
        self.title.setFocus()
        self._opening.ask(self._offers, self._offer, self._fail)

    @property
    def items(self) -> tuple[ReviewItem, ...]:
        """The pictures that are asked for."""
        if self._asked is not None:
            return self._asked.items
        presets = self.choice.chosen if self.renditions.isChecked() else ()
        return review_items(self._ids, presets, masters=self.masters.isChecked())

    @property
    def trouble(self) -> str:
        """What went wrong, as it is shown; "" for nothing."""
        return self._said.text

    def done(self, result: int) -> None:
        """Qt: the dialog closes; a pack that is under way is given up: nothing of it is left."""
        if self._packing is not None:
            self._packing.stopped.set()
        for one in (self._opening, self._acting):
            one.forget()
        self._timer.stop()
        super().done(result)

    # Built once

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH_PX)
        self._head.set_text(
            self.tr(
                "Pictures and a page that opens in any browser. What comes back of it is a file "
                "with verdicts and comments, for “Import Verdicts”."
            )
        )
        self.masters.setChecked(True)
        self.note.setFixedHeight(NOTE_PX)
        self.note.setPlaceholderText(self.tr("What should they look at?"))
        self.stage.addItem(self.tr("The whole review"), "")
        self.stage.setToolTip(self.tr("What the verdicts that come back decide"))
        self._stages.setVisible(False)
        # A path reads from left to right in every language.
        self.target.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.target.setToolTip(self.tr("A name that ends in .zip makes a ZIP, any other a folder"))
        self._browse.setToolTip(self.tr("Choose where the pack is written to"))
        self._bar.setAccessibleName(title)
        self._bar.setVisible(False)
        self.beside.setVisible(False)
        self._count.setProperty("tone", "muted")
        self.act.setProperty("kind", "primary")
        self._build_form()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self._said, self._form, self._bar):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(_line(self._count, self.beside, self.leave, self.act))

    def _build_form(self) -> None:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(label(self.tr("&Title"), self.title))
        form.addWidget(self.title)
        form.addSpacing(6)
        form.addWidget(self.masters)
        form.addLayout(_line(self.choice, before=self.renditions))
        for part in (self.masters, self.renditions, self.choice):
            part.setVisible(self._asked is None)
        form.addWidget(self._stages)
        form.addSpacing(6)
        form.addWidget(label(self.tr("&Note"), self.note))
        form.addWidget(self.note)
        form.addSpacing(6)
        form.addWidget(label(self.tr("&Where to"), self.target))
        form.addLayout(_line(self.target, self._browse))

        stages = QVBoxLayout(self._stages)
        stages.setContentsMargins(0, 6, 0, 0)
        stages.setSpacing(6)
        stages.addWidget(label(self.tr("They decide the &stage"), self.stage))
        stages.addWidget(self.stage)

    def _connect(self) -> None:
        self.title.textEdited.connect(self._name_file)
        self.target.textEdited.connect(self._named)
        for changed in (self.masters.clicked, self.renditions.clicked, self.choice.changed):
            changed.connect(self._tell)
        self._browse.clicked.connect(self._choose)
        self._timer.timeout.connect(self._look)
        self.act.clicked.connect(self._write)
        self.leave.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.act.click)

    # What is asked for

    def _offers(self) -> tuple[PresetLibrary, list[str]]:
        """Runs off the GUI thread: the presets, and the stages that policies ask for."""
        policies = self._worker.policies.policies()
        stages = dict.fromkeys(stage for policy in policies for stage in policy.stages)
        return self._worker.rendition_presets.library(), list(stages)

    def _offer(self, offers: tuple[PresetLibrary, list[str]]) -> None:
        library, stages = offers
        self.choice.offer(library)
        for stage in stages:
            self.stage.addItem(one_line(stage), stage)
        self._stages.setVisible(bool(stages))
        self._tell()

    def _name_file(self) -> None:
        """The file is called like the title, until somebody calls it otherwise."""
        if not self._is_named:
            free = _free(self._folder, file_stem(self.title.text()))
            self.target.setText(QDir.toNativeSeparators(str(free)))
        self._tell()

    def _named(self) -> None:
        self._is_named = True
        self._tell()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Write the review pack to"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(self.tr("ZIP files (*.zip)"))
        dialog.selectFile(self.target.text())
        dialog.fileSelected.connect(self.use_target)
        open_dialog(dialog)

    def use_target(self, path: str) -> None:
        """A person chose this place."""
        self.target.setText(QDir.toNativeSeparators(path))
        self._named()

    def _tell(self) -> None:
        self.choice.setEnabled(self.renditions.isChecked())
        count = len(self.items)
        self._count.setText(self.tr("%Ln picture(s)", "", count))
        where = Path(self.target.text().strip()).expanduser()
        is_ready = bool(self.title.text().strip()) and where.is_absolute()
        self.act.setEnabled(count > 0 and is_ready and self._packing is None)

    # What is written

    def _write(self) -> None:
        wish = PackWish(
            title=self.title.text(),
            items=self.items,
            target=Path(self.target.text().strip()).expanduser(),
            note=self.note.toPlainText(),
            stage=self.stage.currentData(),
            wording=page_wording(QLocale(), self.layoutDirection()),
        )
        self._packing = Packing(self._worker.review_packs, wish)
        self._said.hush()
        self._form.setEnabled(False)
        self._bar.setVisible(True)
        self.beside.setVisible(True)
        self._look()
        self._tell()
        self._timer.start()
        self._acting.ask(self._packing.carry_out, self._is_written, self._fail)

    def _look(self) -> None:
        if self._packing is not None:
            done, whole = self._packing.done, self._packing.whole
            self._bar.setRange(0, whole)
            self._bar.setValue(done)
            words = self.tr("{done} of {whole} pictures")
            shown = words.format(done=number_text(done), whole=number_text(whole))
            self._count.setText(shown)
            self.progressed.emit(done, whole, shown)

    def _is_written(self, made: PackMade) -> None:
        self.ended.emit(Outcome())
        self.accept()
        self.written.emit(made)

    def _fail(self, error: BridgeError) -> None:
        self._packing = None
        self._timer.stop()
        self._form.setEnabled(True)
        self._bar.setVisible(False)
        self.beside.setVisible(False)
        if not isinstance(error, ExportStoppedError):
            self._said.say(Tone.NEGATIVE, error_text(error))
        self.ended.emit(Outcome(trouble=error, stays=True))
        self._tell()


def _line(first: QWidget, *others: QWidget, before: QWidget | None = None) -> QHBoxLayout:
    """Widgets beside one another; `first` takes what room there is."""
    line = QHBoxLayout()
    line.setSpacing(8)
    if before is not None:
        line.addWidget(before)
    line.addWidget(first, 1)
    for one in others:
        line.addWidget(one)
    return line


def _free(folder: Path, stem: str) -> Path:
    """A name in the folder that nothing has."""
    path, number = folder / f"{stem}{ZIP}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{ZIP}"
    return path
