"""All fields of which two people said different things: decided one by one, or many at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_destinations import is_master_destination
from bridge_app.domain.edits import Conflict, Edit, EditState, Subject
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_rules import Schema
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.dialogs.conflict import ConflictChoice
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, moment_text, one_line
from bridge_app.ui.metadata_wording import field_text, value_words
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 860, 600
LIST_PX = 330


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConflict:
    """A conflict with our edit that led to it, and what the environment calls its fields."""

    conflict: Conflict
    edit: Edit | None
    schema: Schema

    @property
    def field(self) -> str:
        """What people call the field."""
        path = self.conflict.path
        known = self.schema.field(path.key) if path.subject is Subject.METADATA else None
        return known.label if known else field_text(path)

    def words(self, value: FieldValue) -> str:
        """A value of it as people read it."""
        path = self.conflict.path
        known = self.schema.field(path.key) if path.subject is Subject.METADATA else None
        return value_words(path, value, known)


def open_conflicts(worker: Worker) -> list[OpenConflict]:
    """All that nobody has settled, with who said what we said; runs off the GUI thread."""
    found = worker.masters.conflicts()
    places = {one.environment for one in found if not is_master_destination(one.environment)}
    schemas: Mapping[str, Schema] = {place: worker.editing.schema(place) for place in places}
    histories: dict[AssetId, list[Edit]] = {
        asset: worker.masters.history(asset) for asset in {one.asset for one in found}
    }
    return [
        OpenConflict(
            conflict=one,
            edit=next(
                (
                    edit
                    for edit in reversed(histories[one.asset])
                    if edit.path == one.path and edit.state is EditState.CONFLICT
                ),
                None,
            ),
            schema=schemas.get(one.environment, Schema()),
        )
        for one in found
    ]


class ConflictsDialog(QDialog):
    """The list at the side, the two values of the chosen one beside it.

    Signals:
        settled: The batch of what was written instead; "" if everything stays as it is.
        placeWanted: The AssetId that a person wants to look at.
    """

    settled = Signal(str)
    placeWanted = Signal(str)

    def __init__(
        self, worker: Worker, asker: Asker, looks: Looks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._latest = Latest(asker, self)
        self._open: list[OpenConflict] = []
        self._head = DialogHead(
            looks.theme, looks.icons, "git-compare", title=self.tr("Conflicts"), text=""
        )
        self._trouble = Banner(looks.theme, looks.icons)
        self._lines = LineList(self)
        self.view = QListView()
        self.view.setItemDelegate(TwoLine(looks.theme, looks.icons, self.view))
        self.choice = ConflictChoice()
        self._pages = QStackedWidget()
        self._nothing = QWidget()
        self._look = self._button(self.tr("Show the &asset"), self._want_place)
        self.keep_ours = self._button(self.tr("Keep &mine"), lambda: self._settle_all(_ours))
        self.keep_theirs = self._button(
            self.tr("Keep what is &there"), lambda: self._settle_all(_theirs)
        )
        self.keep = self._button(self.tr("&Keep this"), self._settle)
        self._build()
        self._read()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    @property
    def title(self) -> str:
        """How many there are, in words."""
        return self._head.title

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Conflicts"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.view.setModel(self._lines)
        self.view.setUniformItemSizes(True)
        self.view.setFixedWidth(LIST_PX)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setAccessibleName(self.tr("Conflicts"))
        self.view.selectionModel().selectionChanged.connect(self._show_chosen)
        self.choice.decided.connect(lambda: self.keep.setEnabled(True))
        self.choice.text.textChanged.connect(self._trouble.hush)
        self.keep.setProperty("kind", "primary")
        area = SeeingScroll()
        area.setWidget(self.choice)
        area.setAccessibleName(self.tr("Conflict"))
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(area)
        close = self._button(self.tr("Close"), self.reject)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.view)
        middle.addWidget(self._pages, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.keep_ours)
        buttons.addWidget(self.keep_theirs)
        buttons.addWidget(self._look)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)
        self._tell()

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - it takes no flag
        return button

    def _read(self) -> None:
        worker = self._worker
        self._latest.ask(lambda: open_conflicts(worker), self._show, self._fail)

    def _show(self, found: list[OpenConflict]) -> None:
        row = self.view.currentIndex().row()
        self._open = found
        self._lines.take([self._line(one) for one in found])
        if found:
            self.view.setCurrentIndex(self._lines.index(min(max(row, 0), len(found) - 1), 0))
            self.view.setFocus()
        self._tell()
        self._show_chosen()

    def _line(self, one: OpenConflict) -> Line:
        ours, theirs = (
            isolated(one_line(" ".join(one.words(value).split())) or self.tr("(nothing)"))
            for value in (one.conflict.ours, one.conflict.theirs)
        )
        return Line(
            key=str(one.conflict.id),
            icon="git-compare",
            title=self.tr("{field} of {asset}").format(
                field=one.field, asset=isolated(one_line(one.conflict.name))
            ),
            text=self.tr("“{ours}” or “{theirs}”").format(ours=ours, theirs=theirs),
        )

    def _tell(self) -> None:
        """How many there are, and what can be done."""
        count = len(self._open)
        if count:
            self._head.set_title(self.tr("%Ln conflict(s) wait for you", "", count))
            self._head.set_text(
                self.tr(
                    "Two people said different things, and both are kept. What you choose is "
                    "written; nothing is changed before."
                )
            )
        else:
            self._head.set_title(self.tr("No conflicts"))
            self._head.set_text(self.tr("Nothing that was said here contradicts anybody else."))
        self.view.setVisible(count > 0)

    def _chosen(self) -> list[OpenConflict]:
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self._open[row] for row in rows]

    def _show_chosen(self, *_: object) -> None:
        chosen = self._chosen()
        for button in (self.keep_ours, self.keep_theirs):
            button.setEnabled(bool(chosen))
        self._look.setEnabled(len(chosen) == 1)
        self.keep.setEnabled(False)
        self.keep_ours.setText(self.tr("Keep &mine (%Ln)", "", len(chosen)))
        self.keep_theirs.setText(self.tr("Keep what is &there (%Ln)", "", len(chosen)))
        if len(chosen) != 1:
            self._pages.setCurrentWidget(self._nothing)
            return
        one = chosen[0]
        edit, found = one.edit, moment_text(one.conflict.found_at)
        self.choice.show_conflict(
            one.conflict,
            one.schema,
            ours_by=self.tr("{who}, {moment}").format(
                who=isolated(one_line(edit.who)), moment=moment_text(edit.at)
            )
            if edit
            else "",
            theirs_by=self.tr("Found there {moment}").format(moment=found),
        )
        self._pages.setCurrentIndex(1)

    def _settle(self) -> None:
        chosen = self._chosen()
        if len(chosen) != 1:
            return
        try:
            value = self.choice.value()
        except BridgeError as error:
            self._fail(error)
            return
        self._write([(chosen[0].conflict, value)])

    def _settle_all(self, value: Callable[[Conflict], FieldValue]) -> None:
        self._write([(one.conflict, value(one.conflict)) for one in self._chosen()])

    def _write(self, choices: Sequence[tuple[Conflict, FieldValue]]) -> None:
        masters = self._worker.masters
        if choices:
            self._latest.ask(lambda: masters.settle_all(choices), self._settled, self._fail)

    def _settled(self, batch: str) -> None:
        self._trouble.hush()
        self.settled.emit(batch)
        self._read()

    def _want_place(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.accept()
            self.placeWanted.emit(chosen[0].conflict.asset)

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))


def _ours(conflict: Conflict) -> FieldValue:
    return conflict.ours


def _theirs(conflict: Conflict) -> FieldValue:
    return conflict.theirs
