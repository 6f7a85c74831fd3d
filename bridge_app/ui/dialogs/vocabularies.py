"""Vocabularies: the lists of words for fields, kept, changed, taken in and handed out."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.foreign_text import decoded
from bridge_app.domain.standard_fields import FIELDS, Shape, field_named, path_of
from bridge_app.domain.vocabulary import VocabularyTextError
from bridge_app.storage.database import storage_errors
from bridge_app.storage.vocabularies import KeptVocabulary
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.metadata_wording import standard_text
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.list_or_words import ListOrWords, nothing_saved
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.rendition_files import write_whole
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 860, 620
LIST_PX, TAB_PX = 240, 28
KEYWORDS = "keywords"


class VocabulariesDialog(QDialog):
    """What is typed is kept by Save; what a file says stands in the form first."""

    def __init__(
        self, worker: Worker, asker: Asker, looks: Looks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = worker.words
        self._listing, self._reading = Latest(asker, self), Latest(asker, self)
        self._kept: dict[str, KeptVocabulary] = {}
        self.lines = LineList(self)
        self.list = QListView()
        self.name = QLineEdit()
        self.field = QComboBox()
        self.closed = QCheckBox(self.tr("&Refuse other words"))
        self.text = QPlainTextEdit(tabChangesFocus=True)
        self._said = Banner(looks.theme, looks.icons)
        self.fresh = QPushButton(self.tr("New"), autoDefault=False)
        self.take_in = QPushButton(self.tr("Import…"), autoDefault=False)
        self.delete = QPushButton(self.tr("Delete"), autoDefault=False)
        self.hand_out = QPushButton(self.tr("Export…"), autoDefault=False)
        self.save = QPushButton(self.tr("Save"), autoDefault=False)
        self._build(looks)
        self._connect()
        self._begin()
        self._list("")

    @property
    def vocabulary(self) -> KeptVocabulary:
        """What stands in the form."""
        return KeptVocabulary(
            name=self.name.text().strip(),
            field=str(self.field.currentData()),
            text=self.text.toPlainText(),
            closed=self.closed.isEnabled() and self.closed.isChecked(),
        )

    @property
    def note(self) -> str:
        """What is wrong, or was done; "" if nothing is."""
        return self._said.text

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._listing.forget()
        self._reading.forget()
        super().done(result)

    def show_vocabulary(self, kept: KeptVocabulary) -> None:
        """Show this one in the form."""
        self.name.setText(kept.name)
        self.field.setCurrentIndex(max(0, self.field.findData(kept.field)))
        self.closed.setChecked(kept.closed)
        self.text.setPlainText(kept.text)
        self._tell()

    def open_file(self, path: Path) -> None:
        """Show what a file says in the form, to be saved under its name."""

        def read() -> str:
            with storage_errors(path):
                data = path.read_bytes()
            return decoded(data, what=path.name)

        def show(text: str) -> None:
            self._said.hush()
            kept = KeptVocabulary(name=path.stem, field=KEYWORDS, text=text)
            self.show_vocabulary(kept)
            self.name.setFocus()

        self._reading.ask(read, show, self._fail)

    def write_file(self, path: Path) -> None:
        """Write what stands in the form into a file."""
        data = self.text.toPlainText().encode("utf-8", "replace")

        def written(_: object) -> None:
            text = self.tr("Written into {name}.").format(name=one_line(path.name))
            self._said.say(Tone.POSITIVE, text)

        self._reading.ask(
            lambda: write_whole(path, data, replaces=True, with_folders=False), written, self._fail
        )

    # How it is put together

    def _build(self, looks: Looks) -> None:
        self.setWindowTitle(self.tr("Vocabularies"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        text = self.tr(
            "Each line is a word, below the one it belongs to and one tab further in; {synonym} "
            "stands below its word, [group] is never written into files."
        )
        title = self.tr("Vocabularies")
        head = DialogHead(looks.theme, looks.icons, "book-open", title=title, text=text)
        show_lines(self.list, self.lines, looks.theme, looks.icons, self.tr("Vocabularies"))
        self.place = ListOrWords(self.list)
        self.place.setFixedWidth(LIST_PX)
        self.text.setTabStopDistance(TAB_PX)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Words"))
        self.save.setProperty("kind", "primary")
        self.delete.setProperty("kind", "danger")
        for field in FIELDS:
            if field.editable and field.shape in (Shape.BAG, Shape.TEXT):
                self.field.addItem(standard_text(path_of(field.id)), field.id)
        parts = QHBoxLayout()
        parts.setSpacing(20)
        parts.addLayout(_above(self.place, self.fresh, self.take_in, self.delete))
        parts.addWidget(self._built_form(), 1)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self._said)
        layout.addLayout(parts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(close)
        buttons.addStretch(1)
        buttons.addWidget(self.hand_out)
        buttons.addWidget(self.save)
        layout.addLayout(buttons)

    def _built_form(self) -> QWidget:
        form = QWidget()
        rows = Form()
        rows.addRow(self.tr("&Name"), self.name)
        rows.addRow(self.tr("&Field"), self.field)
        rows.addRow("", self.closed)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(rows)
        layout.addWidget(self.text, 1)
        return form

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._chosen(now.row()))
        self.name.textChanged.connect(lambda _: self._tell())
        self.field.currentIndexChanged.connect(lambda _: self._tell())
        self.closed.toggled.connect(lambda _: self._tell())
        self.text.textChanged.connect(self._tell)
        self.fresh.clicked.connect(self._begin)
        self.take_in.clicked.connect(self._ask_which)
        self.hand_out.clicked.connect(self._ask_where)
        self.delete.clicked.connect(self._delete)
        self.save.clicked.connect(self._save)

    # What happens

    def _begin(self) -> None:
        """An empty form."""
        self.list.selectionModel().clear()
        self.show_vocabulary(KeptVocabulary(name="", field=KEYWORDS, text=""))
        self.name.setFocus()

    def _list(self, chosen: str) -> None:
        def show(found: Sequence[KeptVocabulary]) -> None:
            self._kept = {one.name: one for one in found}
            self.place.say(nothing_saved())
            self.lines.take([self._line(one) for one in found])
            place = self.lines.place_of(chosen)
            if place.isValid():
                self.list.setCurrentIndex(place)
            self._tell()

        self._listing.ask(self._words.vocabularies, show, self._fail)

    def _line(self, kept: KeptVocabulary) -> Line:
        field = standard_text(path_of(kept.field))
        closed = self.tr("closed") if kept.closed else ""
        return Line(
            key=kept.name, icon="book-open", title=one_line(kept.name), text=field, mark=closed
        )

    def _chosen(self, row: int) -> None:
        name = self.lines.index(row, 0).data(LineRole.KEY) if row >= 0 else ""
        if name in self._kept:
            if name != self.vocabulary.name:
                self._said.hush()
            self.show_vocabulary(self._kept[name])

    def _tell(self) -> None:
        given = self.vocabulary
        field = field_named(given.field)
        self.closed.setEnabled(field is not None and field.shape is Shape.BAG)
        differs = self._kept.get(given.name) != given
        self.save.setEnabled(bool(given.name and given.text.strip()) and differs)
        self.hand_out.setEnabled(bool(given.text.strip()))
        self.delete.setEnabled(given.name in self._kept)

    def _save(self) -> None:
        given, words = self.vocabulary, self._words

        def save() -> int:
            data = given.text.encode("utf-8", "replace")
            return words.import_vocabulary(given.name, data, field=given.field, closed=given.closed)

        def saved(count: int) -> None:
            self._said.say(Tone.POSITIVE, self.tr("%Ln word(s) saved.", "", count))
            self._list(given.name)

        self._reading.ask(save, saved, self._fail)

    def _delete(self) -> None:
        name, words = self.vocabulary.name, self._words

        def gone(_: None) -> None:
            self._begin()
            self._list("")

        self._reading.ask(lambda: words.delete_vocabulary(name), gone, self._fail)

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, self.tr("Import a vocabulary"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Texts (*.txt)"))
        dialog.fileSelected.connect(lambda path: self.open_file(Path(path)))
        open_dialog(dialog)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the vocabulary"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(f"{self.name.text().strip()}.txt")
        dialog.fileSelected.connect(lambda path: self.write_file(Path(path)))
        open_dialog(dialog)

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))
        if isinstance(error, VocabularyTextError):
            block = self.text.document().findBlockByNumber(error.line - 1)
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            self.text.setTextCursor(cursor)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)


def _above(view: QWidget, *buttons: QPushButton) -> QVBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(view, 1)
    column.addLayout(row)
    return column
