"""What was said here about one field: who, when and what; compared with now, and restored."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import Edit, EditState, FieldPath, same
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, moment_text, one_line
from bridge_app.ui.metadata_wording import field_text, state_text, value_words
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.panels.standard_compare import CompareView
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.rule import leading
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 800, 480
LIST_PX = 340
translate = QCoreApplication.translate  # a name that lupdate knows
MARKS = {
    EditState.PENDING: "info",
    EditState.SENDING: "info",
    EditState.FAILED: "negative",
    EditState.CONFLICT: "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A value that the field had, or was to have; `edit` is None for what nobody said here."""

    value: FieldValue
    edit: Edit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAsked:
    """The field a history is of: an asset with its name, and the value that is shown now."""

    asset: AssetId
    name: str
    path: FieldPath
    value: FieldValue


def versions(edits: Sequence[Edit], path: FieldPath) -> list[Version]:
    """What was said about a field, newest first, and what stood there before each of it."""
    found: list[Version] = []
    for edit in (one for one in edits if one.path == path):
        if not any(same(edit.base, one.value) for one in found):
            found.append(Version(value=edit.base, edit=None))
        found.append(Version(value=edit.value, edit=edit))
    return found[::-1]


class FieldHistoryDialog(QDialog):
    """The versions at the side; what restoring the chosen one would change in the middle.

    `restoreWanted` tells the value that is wanted back; None for no value.
    """

    restoreWanted = Signal(object)  # FieldValue

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        asked: FieldAsked,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._latest = Latest(asker, self)
        self._asked = asked
        self._versions: list[Version] = []
        title = self.tr("History of “{field}”").format(field=one_line(field_text(asked.path)))
        self._head = DialogHead(
            looks.theme, looks.icons, "history", title=title, text=isolated(one_line(asked.name))
        )
        self._trouble = Banner(looks.theme, looks.icons)
        self._lines = LineList(self)
        self.view = QListView()
        self.compare = CompareView(looks.theme)
        self._hint = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.restore = QPushButton(self.tr("&Restore this"), autoDefault=False)
        self.view.setItemDelegate(TwoLine(looks.theme, looks.icons, self.view))
        self._build()
        self._read()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    @property
    def note(self) -> str:
        """What is said about the version that is chosen."""
        return self._hint.text()

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.view.setModel(self._lines)
        self.view.setUniformItemSizes(True)
        self.view.setFixedWidth(LIST_PX)
        self.view.setAccessibleName(self.tr("Versions"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.selectionModel().currentChanged.connect(self._show_version)
        self.view.doubleClicked.connect(lambda _: self.restore.click())
        self.compare.setAccessibleName(self.tr("What restoring it would change"))
        self._hint.setProperty("tone", "muted")
        self._hint.setAlignment(leading())
        self.restore.setProperty("kind", "primary")
        self.restore.setEnabled(False)
        self.restore.clicked.connect(self._restore)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self._hint)
        side.addWidget(self.compare, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.view)
        middle.addLayout(side, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addLayout(middle, 1)
        layout.addLayout(dialog_foot(close, self.restore))

    def _read(self) -> None:
        worker, asked = self._worker, self._asked
        self._latest.ask(
            lambda: versions(worker.masters.history(asked.asset), asked.path),
            self._show,
            self._fail,
        )

    def _show(self, found: list[Version]) -> None:
        self._versions = found
        self._lines.take([self._line(at, one) for at, one in enumerate(found)])
        if found:
            self.view.setCurrentIndex(self._lines.index(0, 0))
            self.view.setFocus()
        else:
            self._hint.setText(self.tr("Nobody has changed it here yet."))
            self.compare.compare(self._words(self._asked.value), self._words(self._asked.value))

    def _line(self, at: int, one: Version) -> Line:
        edit = one.edit
        value = one_line(" ".join(self._words(one.value).split())) or self.tr("(nothing)")
        if edit is None:
            is_first = at == len(self._versions) - 1
            elsewhere = state_text(EditState.CONFLICT)
            text = self.tr("Before all changes") if is_first else elsewhere
            return Line(key=str(at), icon="file", title=value, text=text)
        who = self.tr("{who}, {moment}").format(
            who=isolated(one_line(edit.who)), moment=moment_text(edit.at)
        )
        told = state_text(edit.state)
        taken_back = edit.state is EditState.WITHDRAWN
        return Line(
            key=str(at),
            icon="pencil-line",
            title=value,
            text=who,
            mark=self.tr("Taken back") if taken_back else told,
            tone=MARKS.get(edit.state, "neutral"),
        )

    def _show_version(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        one = self._versions[index.row()]
        now, then = self._words(self._asked.value), self._words(one.value)
        alike = same(self._asked.value, one.value)
        self.compare.compare(now, then)
        self.restore.setEnabled(not alike)
        self._hint.setText(
            self.tr("That is what it says now.")
            if alike
            else self.tr("What restoring it would change:")
        )

    def _words(self, value: FieldValue) -> str:
        return value_words(self._asked.path, value)

    def _restore(self) -> None:
        index = self.view.currentIndex()
        if index.isValid() and self.restore.isEnabled():
            self.accept()
            self.restoreWanted.emit(self._versions[index.row()].value)

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))
