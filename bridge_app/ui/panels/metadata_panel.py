"""What chosen assets say, to be read and edited: the inspector's metadata page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bridge_app.delivery.permissions import Permission
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.edit_sheet import Change, Sheet, sheet_of
from bridge_app.domain.edits import Conflict, FieldPath, Subject
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.asker import Asker
from bridge_app.ui.environment_looks import denial_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.panels.metadata_form import MetadataForm
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

MOST = 1_000
"""So many assets are edited together at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What was read about the chosen assets."""

    sheet: Sheet
    mode: FolderMode
    environment: str
    others: int
    permission: Permission


class MetadataPanel(QScrollArea):
    """One asset, or several together; local ones are only told of.

    Every change is on the disk before it is shown, and delivered as soon as may be.
    """

    conflictWanted = Signal(object, object)  # Conflict, Schema
    fieldsWanted = Signal(str)  # environment

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
        self._note = Banner(theme, icons)
        self._trouble = Banner(theme, icons)
        self.form = MetadataForm(theme, icons)
        self._fields = QPushButton(self.tr("Metadata fields…"), autoDefault=False)
        self._build()

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
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
            self.verticalScrollBar().setValue(0)
        self._read()

    def take_changes(self, changes: ChangeSet) -> None:
        """Assets were edited, delivered, or mirrored anew."""
        touched = changes.listing or not changes.assets.isdisjoint(self._ids)
        if self._ids and touched:
            self._read()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Metadata"))
        self._fields.setProperty("kind", "quiet")
        self._fields.clicked.connect(self._show_fields)
        foot = QHBoxLayout()
        foot.addWidget(self._fields)
        foot.addStretch(1)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._note)
        layout.addWidget(self._trouble)
        layout.addWidget(self.form)
        layout.addLayout(foot)
        layout.addStretch(1)
        self.setWidget(inside)
        self.form.said.connect(self._say)
        self.form.settleWanted.connect(self._settle)
        self.form.againWanted.connect(self._try_again)
        self.form.discardWanted.connect(self._discard)
        self._undo.failed.connect(self._fail)
        self._undo.compensated.connect(self._tell_compensated)
        self._show(None)

    def _read(self) -> None:
        ids, editing = self._ids, self._worker.editing
        if not ids or len(ids) > MOST:
            self._reading.forget()
            self._show(None)
            return

        def read() -> _Answer:
            said = editing.said(ids)
            environment = said[0].asset.environment if said else ""
            here = [one for one in said if one.asset.environment == environment]
            return _Answer(
                sheet=sheet_of(here, editing.schema(environment)),
                mode=editing.mode(environment),
                environment=environment,
                others=len(ids) - len(here),
                permission=editing.may_edit(environment),
            )

        self._reading.ask(read, self._show, self._fail)

    def _show(self, answer: _Answer | None) -> None:
        self._sheet = answer.sheet if answer else Sheet()
        self._environment = answer.environment if answer else ""
        is_editable = answer is not None and not self._sheet.is_empty
        self.form.setVisible(is_editable)
        self._fields.setVisible(is_editable)
        self._tell(answer)
        if answer is not None and is_editable:
            self.form.show_sheet(self._sheet, answer.mode)
            self.form.setEnabled(not answer.permission.is_denied)
            self.form.offer(self._tags.get(answer.environment, ()))
            self._ask_service(answer.environment)

    def _tell(self, answer: _Answer | None) -> None:
        if len(self._ids) > MOST:
            text = self.tr("At most %Ln asset(s) can be edited together.", "", MOST)
            self._note.say(Tone.INFO, text)
        elif answer is None:
            self._note.hush()
        elif answer.sheet.is_empty:
            text = self.tr(
                "Only what lies at Cloudinary is edited here. What its file, or PhotoShelter, "
                "says of this one is shown under Details."
            )
            self._note.say(Tone.INFO, text)
        elif answer.permission.is_denied:
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

    def _say(self, change: Change) -> None:
        ids, editing = self._ids, self._worker.editing
        self._asker.ask(lambda: editing.say(ids, [change]), self._said, self._fail)

    def _said(self, batch: str) -> None:
        self._trouble.hush()
        self._undo.note(batch)
        self._read()

    def settle(self, conflict: Conflict, chosen: FieldValue) -> None:
        """A person has chosen what becomes of a conflict."""
        editing = self._worker.editing
        self._asker.ask(lambda: editing.settle(conflict, chosen), self._said, self._fail)

    def read_again(self) -> None:
        """Definitions may have changed."""
        self._read()

    def _settle(self, path: FieldPath) -> None:
        conflicts = self._sheet.field(path).conflicts
        if conflicts:
            self.conflictWanted.emit(conflicts[0], self._sheet.schema)

    def _try_again(self, _: FieldPath) -> None:
        ids, editing = self._ids, self._worker.editing
        self._asker.ask(lambda: editing.try_again(ids), self._done, self._fail)

    def _discard(self, path: FieldPath) -> None:
        ids, editing = self._ids, self._worker.editing
        self._asker.ask(lambda: editing.discard(ids, path), self._done, self._fail)

    def _show_fields(self) -> None:
        self.fieldsWanted.emit(self._environment)

    def _done(self, _: object) -> None:
        self._read()

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _tell_compensated(self, count: int) -> None:
        text = self.tr(
            "%Ln change(s) had been delivered already, and are being changed back.", "", count
        )
        self._trouble.say(Tone.INFO, text)
