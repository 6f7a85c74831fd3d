"""What chosen assets say, to be read and edited: the inspector's metadata page.

Masters say it in the standard fields, what lies at Cloudinary in that environment's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.permissions import Permission
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.edit_sheet import Change, Sheet, sheet_of
from bridge_app.domain.edits import Conflict, FieldPath, Subject
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_rules import Schema
from bridge_app.ui.asker import Asker
from bridge_app.ui.environment_looks import denial_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.panels.metadata_form import MetadataForm
from bridge_app.ui.panels.metadata_holding import KeyHold
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.panels.standard_page import StandardPage
from bridge_app.ui.panels.standard_sheet import MasterSheet, read_masters
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

MOST = 1_000
"""So many assets are edited together at most; the grid editor takes more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What was read about the chosen assets; `others` are those that nothing here is about."""

    ids: tuple[AssetId, ...]
    sheet: Sheet
    masters: MasterSheet
    mode: FolderMode
    environment: str
    others: int
    permission: Permission


class MetadataPanel(SeeingScroll):
    """One asset, or several together, masters and copies beside each other.

    Every change is on the disk before it is shown, and delivered as soon as may be.
    """

    conflictWanted = Signal(object, object)  # Conflict, Schema
    fieldsWanted = Signal(str)  # environment
    historyWanted = Signal(object, object)  # AssetId, FieldPath
    stepWanted = Signal(int)  # assets on, or back

    def __init__(
        self, worker: Worker, asker: Asker, theme: Theme, icons: Icons, undo: EditUndo
    ) -> None:
        super().__init__()
        self._worker = worker
        self._undo = undo
        self._asker = asker
        self._reading = Latest(asker, self)
        self._ids: tuple[AssetId, ...] = ()
        self._environment = ""
        self._asked: set[str] = set()
        self._tags: dict[str, list[str]] = {}
        self._sheet = Sheet()
        self._hold = KeyHold(self)
        self._note = Banner(theme, icons)
        self._trouble = Banner(theme, icons)
        self.masters = StandardPage(worker, asker, theme, icons, undo)
        self._cloud = QLabel(self.tr("At Cloudinary"))
        self.form = MetadataForm(theme, icons)
        self._fields = QPushButton(self.tr("Metadata fields…"), autoDefault=False)
        self._build()

    @property
    def sheet(self) -> Sheet:
        """What those that lie at Cloudinary say."""
        return self._sheet

    @property
    def note_text(self) -> str:
        """What is said above the form."""
        return self._note.text

    @property
    def trouble_text(self) -> str:
        """What went wrong last; "" if nothing did."""
        return self._trouble.text

    def show_assets(self, ids: Sequence[AssetId]) -> None:
        """Show what these say. None of them: nothing is chosen."""
        if tuple(ids) != self._ids:
            self._ids = tuple(ids)
            self._trouble.hush()
            self._hold.head_for(self._ids)
        self._read()

    def stay(self) -> None:
        """There is no neighbour to go to."""
        self._hold.stay()

    def take_changes(self, changes: ChangeSet) -> None:
        """Assets were edited, delivered, or mirrored anew."""
        touched = changes.listing or not changes.assets.isdisjoint(self._ids)
        if changes.listing:
            self.masters.read_words()
        if self._ids and touched:
            self._read()

    def settle(self, conflict: Conflict, chosen: FieldValue) -> None:
        """A person has chosen what becomes of a conflict."""
        masters = self._worker.masters
        self._undo.keep(lambda: masters.settle(conflict, chosen), self._said, self._fail)

    def restore(self, asset: AssetId, path: FieldPath, value: FieldValue) -> None:
        """A person wants back what a field said once."""
        masters = self._worker.masters
        self._undo.keep(lambda: masters.restore(asset, path, value), self._said, self._fail)

    def read_again(self) -> None:
        """Definitions may have changed, or what is chosen."""
        self._read()

    def note(self, batch: str) -> None:
        """Something was said elsewhere about what is shown here, too."""
        self._undo.note(batch)
        self._said(batch)

    def _build(self) -> None:
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Metadata"))
        self._fields.setProperty("kind", "quiet")
        self._fields.clicked.connect(lambda: self.fieldsWanted.emit(self._environment))
        self._cloud.setProperty("tone", "strong")
        self._cloud.setAlignment(leading())
        foot = QHBoxLayout()
        foot.addWidget(self._fields)
        foot.addStretch(1)
        inside = QWidget()
        self.setWidget(inside)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        for part in (self._note, self._trouble, self.masters, self._cloud, self.form):
            layout.addWidget(part)
        layout.addLayout(foot)
        layout.addStretch(1)
        self._connect()
        self._show(None)

    def _connect(self) -> None:
        self.form.said.connect(self._say)
        self.form.settleWanted.connect(self._settle)
        self.form.againWanted.connect(self._try_again)
        self.form.discardWanted.connect(self._discard)
        masters = self.masters
        masters.recorded.connect(self._said)
        masters.changed.connect(self._read)
        masters.failed.connect(self._fail)
        masters.conflictWanted.connect(lambda one: self.conflictWanted.emit(one, Schema()))
        masters.historyWanted.connect(self.historyWanted)
        for form in (masters.form, self.form):
            form.stepWanted.connect(self._step)
        menu = QShortcut(QKeySequence("Ctrl+."), self)
        menu.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        menu.activated.connect(masters.form.show_menu)
        self._hold.waits.connect(self._tell_held)
        self._hold.keeps.connect(self._tell_kept)
        self._hold.loses.connect(self._tell_lost)
        self._undo.failed.connect(self._fail)
        self._undo.compensated.connect(self._tell_compensated)

    def _read(self) -> None:
        ids, worker = self._ids, self._worker
        if not ids or len(ids) > MOST:
            self._reading.forget()
            self._show(None)
            return

        def read() -> _Answer:
            editing = worker.editing
            said = editing.said(ids)
            environment = said[0].asset.environment if said else ""
            here = [one for one in said if one.asset.environment == environment]
            masters = read_masters(worker, ids)
            return _Answer(
                ids=ids,
                sheet=sheet_of(here, editing.schema(environment)),
                masters=masters,
                mode=editing.mode(environment),
                environment=environment,
                others=len(ids) - len(here) - len(masters.masters),
                permission=editing.may_edit(environment),
            )

        self._reading.ask(read, self._show, self._not_read)

    def _show(self, answer: _Answer | None) -> None:
        self._leave(answer)
        self._sheet = answer.sheet if answer else Sheet()
        self._environment = answer.environment if answer else ""
        at_cloud = answer is not None and not self._sheet.is_empty
        masters = answer.masters if answer else MasterSheet()
        self.masters.show_sheet(masters)
        self.form.setVisible(at_cloud)
        self._fields.setVisible(at_cloud)
        self._cloud.setVisible(at_cloud and not masters.is_empty)
        self._tell(answer)
        if answer is not None and at_cloud:
            self.form.show_sheet(self._sheet, answer.mode)
            self.form.setEnabled(not answer.permission.is_denied)
            self.form.offer(self._tags.get(answer.environment, ()))
            self._ask_service(answer.environment)
        if answer is not None:
            self._hold.show(answer.ids)

    def _leave(self, answer: _Answer | None) -> None:
        """What was being typed belongs to the assets that were shown until now."""
        shown = {one.asset.id for one in self.masters.sheet.masters}
        coming = {one.asset.id for one in answer.masters.masters} if answer else set()
        unsaid = self.masters.leave() if shown != coming else ""
        if unsaid:
            self._trouble.say(Tone.NEGATIVE, unsaid)

    def _tell(self, answer: _Answer | None) -> None:
        if len(self._ids) > MOST:
            text = self.tr("At most %Ln asset(s) can be edited together.", "", MOST)
            self._note.say(Tone.INFO, text)
        elif answer is None:
            self._note.hush()
        elif answer.permission.is_denied and not answer.sheet.is_empty:
            self._note.say(Tone.INFO, denial_text(answer.permission), icon="lock")
        elif answer.others:
            text = self.tr(
                "%Ln of the chosen asset(s) are not in this environment and stay as they are.",
                "",
                answer.others,
            )
            self._note.say(Tone.INFO, text)
        else:
            self._note.hush()

    def _ask_service(self, environment: str) -> None:
        """Once for each environment: its definitions, and the tags that are in use."""
        if environment in self._asked:
            return
        self._asked.add(environment)

        def offer(tags: list[str]) -> None:
            self._tags[environment] = tags
            if environment == self._environment:
                self.form.offer(tags)

        self._asker.read(
            lambda reader: reader.words_in_use(environment, Subject.TAGS), offer, self._fail
        )
        self._asker.ask(
            lambda: self._worker.editing.read_schema(environment),
            lambda _: self._read(),
            lambda _: self._asked.discard(environment),
        )

    def _step(self, steps: int) -> None:
        """Go on to a neighbour; what is typed meanwhile is for the same field there."""
        editor = QApplication.focusWidget()
        if len(self._ids) == 1 and editor is not None:
            self._hold.begin(editor, self._ids)
            self.stepWanted.emit(steps)

    def _copies(self) -> list[AssetId]:
        """Those at Cloudinary that are shown, whatever was chosen meanwhile."""
        return [said.asset.id for said in self._sheet.assets]

    def _say(self, change: Change) -> None:
        ids, editing = self._copies(), self._worker.editing
        self._undo.keep(lambda: editing.say(ids, [change]), self._said, self._fail)

    def _said(self, _: str) -> None:
        self._trouble.hush()
        self._read()

    def _settle(self, path: FieldPath) -> None:
        conflicts = self._sheet.field(path).conflicts
        if conflicts:
            self.conflictWanted.emit(conflicts[0], self._sheet.schema)

    def _try_again(self, _: FieldPath) -> None:
        ids, editing = self._copies(), self._worker.editing
        self._asker.ask(lambda: editing.try_again(ids), self._done, self._fail)

    def _discard(self, path: FieldPath) -> None:
        ids, editing = self._copies(), self._worker.editing
        self._asker.ask(lambda: editing.discard(ids, path), self._done, self._fail)

    def _done(self, _: object) -> None:
        self._read()

    def _tell_held(self) -> None:
        self._note.say(Tone.INFO, self.tr("What you type is kept for the next asset."))

    def _tell_kept(self, text: str) -> None:
        told = self.tr("“{text}” was typed for another asset, and is kept until that is shown.")
        self._trouble.say(Tone.NEGATIVE, told.format(text=one_line(text)))

    def _tell_lost(self, text: str) -> None:
        told = self.tr("“{text}” was not kept: it cannot be typed there.")
        self._trouble.say(Tone.NEGATIVE, told.format(text=one_line(text)))

    def _not_read(self, error: BridgeError) -> None:
        """What is held stays so: nothing is typed where something else is shown."""
        self._fail(error)
        if self._hold.is_holding:
            self._tell_held()

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _tell_compensated(self, count: int) -> None:
        text = self.tr(
            "%Ln change(s) had been delivered already, and are being changed back.", "", count
        )
        self._trouble.say(Tone.INFO, text)
