"""The masters among what is chosen: their standard fields, and who hears what is said there."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.custom_fields import CustomFields, in_all
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.master_sheet import MasterWay
from bridge_app.domain.standard_fields import field_of
from bridge_app.domain.vocabulary import Vocabulary
from bridge_app.domain.vocabulary_changes import PATHS
from bridge_app.ui.asker import Asker
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.panels.standard_form import StandardForm
from bridge_app.ui.panels.standard_sheet import MasterSheet
from bridge_app.ui.panels.standard_suggesting import Suggesting
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.spelling.speller import Speller
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

SIGN_PX = 14
RENEW_MS = 1_000
SIGNS = {
    MasterWay.INSIDE: "file-image",
    MasterWay.EXIFTOOL: "file-image",
    MasterWay.SIDECAR: "file-code",
    MasterWay.SERVICE: "library",
    MasterWay.NOWHERE: "lock",
}


class StandardPage(QWidget):
    """A line that says where it is kept, and the form.

    Signals:
        recorded: The batch of what was said, on disk; "" if nothing is different.
        changed: Something else was asked for, and done.
        failed: A BridgeError.
        conflictWanted: The Conflict that a person wants to settle.
        historyWanted: The AssetId and the FieldPath that a person wants to know more of.
    """

    recorded = Signal(str)
    changed = Signal()
    failed = Signal(object)
    conflictWanted = Signal(object)
    historyWanted = Signal(object, object)

    def __init__(
        self, worker: Worker, asker: Asker, theme: Theme, icons: Icons, undo: EditUndo
    ) -> None:
        super().__init__()
        self._worker = worker
        self._undo = undo
        self._asker = asker
        self._theme = theme
        self._icons = icons
        self._sheet = MasterSheet()
        self._words: dict[str, Suggesting] = {}
        self._accounts: frozenset[str] = frozenset()
        self._renew = QTimer(self, interval=RENEW_MS, singleShot=True)
        self._renew.timeout.connect(self._read_vocabularies)
        self._sign, self._where = QLabel(), QLabel(wordWrap=True)
        self.form = StandardForm(theme, icons)
        self.form.spell_with(Speller(lambda: worker.words.spelling, asker, self))
        self._build()
        theme.changed.connect(self._dress)

    @property
    def sheet(self) -> MasterSheet:
        """What is shown."""
        return self._sheet

    @property
    def where_text(self) -> str:
        """Where what is said is written to."""
        return self._where.text()

    def show_sheet(self, sheet: MasterSheet) -> None:
        """Show what these masters say."""
        self._sheet = sheet
        self.setVisible(not sheet.is_empty)
        if not sheet.is_empty:
            self._where.setText(self._places(sheet))
            self._dress()
            self.form.show_sheet(sheet)
            self._read_custom_fields(sheet.accounts)

    def read_words(self) -> None:
        """Vocabularies may be different now; they are looked at in a moment."""
        if self._words and not self._renew.isActive():
            self._renew.start()

    def leave(self) -> str:
        """What is being typed is said of those that are shown, before others are.

        Returns the sentence about what could not be said, else "".
        """
        return self.form.leave()

    def _build(self) -> None:
        self._sign.setFixedSize(QSize(SIGN_PX, SIGN_PX))
        self._where.setProperty("tone", "caption")
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._where.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._sign)
        line.addWidget(self._where, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.form)
        self.form.wordsWanted.connect(self._read_words)
        self.form.said.connect(self._say)
        self.form.saidTogether.connect(self._say_together)
        self.form.settleWanted.connect(self._settle)
        self.form.againWanted.connect(lambda _: self._try_again())
        self.form.discardWanted.connect(self._discard)
        self.form.historyWanted.connect(self._want_history)

    def _ids(self) -> Sequence[AssetId]:
        """Those that are shown, whatever was chosen meanwhile."""
        return [one.asset.id for one in self._sheet.masters]

    def _say(self, change: Change) -> None:
        known = field_of(change.path)
        words = (self._words.get(known.id) if known else None) or Suggesting()
        try:
            changes = words.changes(change, self._sheet.field(PATHS).value)
        except BridgeError as error:
            self.form.row(change.path).refuse(error)
            return
        words.learn(change.add)
        ids, masters = self._ids(), self._worker.masters
        kept = [one for one in changes if one is change or self._sheet.may_edit(one.path)]
        self._undo.keep(lambda: masters.say(ids, kept), self.recorded.emit, self._fail)

    def _say_together(self, changes: Sequence[Change]) -> None:
        ids, masters = self._ids(), self._worker.masters
        self._undo.keep(lambda: masters.say(ids, changes), self.recorded.emit, self._fail)

    def _read_custom_fields(self, accounts: frozenset[str]) -> None:
        """Which custom fields there are where these masters lie; of several, what all have."""
        if accounts == self._accounts:
            return
        self._accounts = accounts
        defined = self._worker.shelters.custom_fields

        def show(fields: CustomFields) -> None:
            if accounts == self._accounts:
                self.form.custom.offer(fields)

        self._asker.ask(lambda: in_all([defined.of(one) for one in accounts]), show, self._fail)

    def _read_words(self, name: str) -> None:
        """Once for each field that takes words: the vocabulary, and what is in use."""
        desk = self._worker.words

        self._asker.ask(
            lambda: Suggesting(desk.vocabulary(name), desk.words_in_use(name)),
            partial(self._suggest, name),
            self._fail,
        )

    def _read_vocabularies(self) -> None:
        """Only vocabularies: what is in use is counted once, and learned of from then on."""
        desk, known = self._worker.words, dict(self._words)

        def show(fresh: dict[str, Vocabulary]) -> None:
            for name, vocabulary in fresh.items():
                if vocabulary is not known[name].vocabulary:
                    self._suggest(name, known[name].with_vocabulary(vocabulary))

        self._asker.ask(lambda: {name: desk.vocabulary(name) for name in known}, show, self._fail)

    def _suggest(self, name: str, words: Suggesting) -> None:
        self._words[name] = words
        self.form.suggest_with(name, words)

    def _settle(self, path: FieldPath) -> None:
        conflicts = self._sheet.field(path).conflicts
        if conflicts:
            self.conflictWanted.emit(conflicts[0])

    def _try_again(self) -> None:
        ids, masters = self._ids(), self._worker.masters
        self._asker.ask(lambda: masters.try_again(ids), self._done, self._fail)

    def _discard(self, path: FieldPath) -> None:
        ids, masters = self._ids(), self._worker.masters
        self._asker.ask(lambda: masters.discard(ids, path), self._done, self._fail)

    def _want_history(self, path: FieldPath) -> None:
        ids = self._ids()
        if len(ids) == 1:
            self.historyWanted.emit(ids[0], path)

    def _done(self, _: None) -> None:
        self.changed.emit()

    def _fail(self, error: BridgeError) -> None:
        self.failed.emit(error)
        self.changed.emit()

    def _places(self, sheet: MasterSheet) -> str:
        one = len(sheet.masters) == 1
        inside = self.tr("Written into the file") if one else self.tr("Written into the files")
        beside = (
            self.tr("Written into an XMP file beside it")
            if one
            else self.tr("Written into XMP files beside them")
        )
        words = {
            MasterWay.INSIDE: inside,
            MasterWay.EXIFTOOL: inside,
            MasterWay.SIDECAR: beside,
            MasterWay.SERVICE: self.tr("Kept at {service}").format(service=isolated(sheet.service)),
            MasterWay.NOWHERE: self.tr("Cannot be written where it lies"),
        }
        return QLocale().createSeparatedList(in_reading_order({words[way] for way in sheet.ways}))

    def _dress(self) -> None:
        way = min(self._sheet.ways, default=MasterWay.INSIDE)
        ink = self._theme.tokens.text_muted
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(self._icons.pixmap(SIGNS[way], ink, SIGN_PX, ratio))
