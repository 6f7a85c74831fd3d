"""Templates: kept, changed, tried out on the chosen masters, and applied to them in one step."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.grid_edits import CellChange, cell_changes
from bridge_app.domain.metadata_templates import MetadataTemplate, TemplateRow
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.dialogs.metadata_template_rows import TemplateRows
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.metadata_wording import standard_text
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.panels.metadata_changes import MetadataChanges
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.list_or_words import ListOrWords, nothing_saved
from bridge_app.work.words import TemplateFault
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 980, 700
LIST_PX = 240
TRY_MS = 300
TRIED = 50
"""Masters whose changes are shown before the template is applied to all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """What a template would change of the first masters, and whom it cannot be used on."""

    cells: tuple[CellChange, ...]
    faults: tuple[TemplateFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What was said, and who was left out."""

    batch: str
    masters: int
    faults: tuple[TemplateFault, ...]


class MetadataTemplatesDialog(QDialog):
    """What is typed is tried out at once, and kept by Save or Apply.

    Signals:
        applied: The batch, how many masters it changes, and how many were left out.
    """

    applied = Signal(str, int, int)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        assets: Sequence[AssetId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._assets = tuple(assets)
        self._asker = asker
        self._trying, self._listing = Latest(asker, self), Latest(asker, self)
        self._kept: dict[str, MetadataTemplate] = {}
        self.lines = LineList(self)
        self.list = QListView()
        self.name = QLineEdit()
        self.rows = TemplateRows(looks.theme, looks.icons)
        self.preview = MetadataChanges(looks)
        self._said = Banner(looks.theme, looks.icons)
        self.fresh = QPushButton(self.tr("New"), autoDefault=False)
        self.delete = QPushButton(self.tr("Delete"), autoDefault=False)
        self.save = QPushButton(self.tr("Save"), autoDefault=False)
        count = len(self._assets)
        self.act = QPushButton(self.tr("Apply to %Ln master(s)", "", count), autoDefault=False)
        self._soon = QTimer(self, interval=TRY_MS, singleShot=True)
        self._build(looks)
        self._connect()
        self._begin()
        self._list("")

    @property
    def template(self) -> MetadataTemplate:
        """What stands in the form."""
        return MetadataTemplate(name=self.name.text().strip(), rows=self.rows.rows)

    @property
    def note(self) -> str:
        """What is wrong; "" if nothing is."""
        return self._said.text

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._soon.stop()
        self._trying.forget()
        self._listing.forget()
        super().done(result)

    def show_template(self, template: MetadataTemplate) -> None:
        """Show this one in the form."""
        self.name.setText(template.name)
        self.rows.show_rows(template.rows)
        self._edited()

    # How it is put together

    def _build(self, looks: Looks) -> None:
        self.setWindowTitle(self.tr("Metadata templates"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        text = self.tr(
            "A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master "
            "fills them by itself."
        )
        head = DialogHead(
            looks.theme, looks.icons, "file-text", title=self.tr("Metadata templates"), text=text
        )
        show_lines(self.list, self.lines, looks.theme, looks.icons, self.tr("Templates"))
        self.place = ListOrWords(self.list)
        self.name.setPlaceholderText(self.tr("Name of the template"))
        self.name.setAccessibleName(self.tr("Name of the template"))
        self.act.setProperty("kind", "primary")
        self.delete.setProperty("kind", "danger")
        parts = QHBoxLayout()
        parts.setSpacing(20)
        shelf = self._built_list()
        shelf.setFixedWidth(LIST_PX)
        parts.addWidget(shelf)
        parts.addWidget(self._built_form(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self._said)
        layout.addLayout(parts, 1)
        layout.addLayout(self._built_buttons())

    def _built_list(self) -> QWidget:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.fresh)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        return _column(self.place, buttons)

    def _built_form(self) -> QWidget:
        form = QWidget()
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.name)
        layout.addWidget(self.rows, 3)
        layout.addWidget(self.preview, 2)
        return form

    def _built_buttons(self) -> QHBoxLayout:
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(close)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.act)
        return buttons

    def _connect(self) -> None:
        self.name.textEdited.connect(lambda _: self._edited())
        self.rows.edited.connect(self._edited)
        self._soon.timeout.connect(self._try)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._chosen(now.row()))
        self.fresh.clicked.connect(self._begin)
        self.delete.clicked.connect(self._delete)
        self.save.clicked.connect(self._save)
        self.act.clicked.connect(self._apply)

    # What happens

    def _begin(self) -> None:
        """An empty form."""
        self.list.selectionModel().clear()
        row = TemplateRow(path=path_of("copyright"), text="")
        self.show_template(MetadataTemplate(name="", rows=(row,)))
        self.name.setFocus()

    def _list(self, chosen: str) -> None:
        def show(templates: Sequence[MetadataTemplate]) -> None:
            self._kept = {one.name: one for one in templates}
            self.place.say(nothing_saved())
            self.lines.take([_line(one) for one in templates])
            place = self.lines.place_of(chosen)
            if place.isValid():
                self.list.setCurrentIndex(place)
            self._tell()

        self._listing.ask(self._worker.words.templates, show, self._fail)

    def _chosen(self, row: int) -> None:
        name = self.lines.index(row, 0).data(LineRole.KEY) if row >= 0 else ""
        if name in self._kept and self._kept[name] != self.template:
            self.show_template(self._kept[name])
        self._tell()

    def _edited(self) -> None:
        self._tell()
        self._soon.start()

    def _tell(self) -> None:
        template = self.template
        self.save.setEnabled(
            bool(template.name and template.rows) and self._kept.get(template.name) != template
        )
        self.delete.setEnabled(template.name in self._kept)
        self.act.setEnabled(bool(self._is_begun(template) and self._assets))

    def _is_begun(self, template: MetadataTemplate) -> bool:
        """A blank row empties its field: that of a new form, where nobody said so, does nothing."""
        return any(row.text for row in template.rows) or template.name in self._kept

    def _usable(self) -> MetadataTemplate:
        """What stands in the form, under a name that does for trying."""
        template = self.template
        return template if template.name else MetadataTemplate(name="–", rows=template.rows)

    def _try(self) -> None:
        template, some = self._usable(), self._assets[:TRIED]
        masters, words = self._worker.masters, self._worker.words
        if not self._is_begun(template):
            self._show_tried(_Tried(cells=(), faults=()))
            return

        def work() -> _Tried:
            said = masters.said(some)
            found = words.applied(template, said)
            return _Tried(cells=tuple(cell_changes(said, found.changes)), faults=found.faults)

        self._trying.ask(work, self._show_tried, self._fail)

    def _show_tried(self, tried: _Tried) -> None:
        self._said.hush()
        faults = [(one.name, one.detail) for one in tried.faults]
        self.preview.show_changes(tried.cells, faults)

    def _save(self) -> None:
        template, words = self.template, self._worker.words
        self._listing.ask(
            lambda: words.save_template(template), lambda _: self._list(template.name), self._fail
        )

    def _delete(self) -> None:
        name, words = self.template.name, self._worker.words

        def gone(_: None) -> None:
            self._begin()
            self._list("")

        self._listing.ask(lambda: words.delete_template(name), gone, self._fail)

    def _apply(self) -> None:
        template, assets = self._usable(), self._assets
        masters, words = self._worker.masters, self._worker.words

        def work() -> _Done:
            found = words.applied(template, masters.said(assets))
            batch = masters.say_each(found.changes) if found.changes else ""
            return _Done(batch=batch, masters=len(found.changes), faults=found.faults)

        def done(answer: _Done) -> None:
            self.accept()
            self.applied.emit(answer.batch, answer.masters, len(answer.faults))

        self.act.setEnabled(False)
        self._trying.ask(work, done, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._tell()
        self._said.say(Tone.NEGATIVE, error_text(error))


def _line(template: MetadataTemplate) -> Line:
    fields = ", ".join(standard_text(row.path) for row in template.rows)
    return Line(
        key=template.name, icon="file-text", title=one_line(template.name), text=one_line(fields)
    )


def _column(view: QWidget, buttons: QHBoxLayout) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(view, 1)
    layout.addLayout(buttons)
    return column
