"""Metadata of one master for others: which of its fields is chosen before anything is said."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.edits import FieldPath
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import FIELDS, field_of
from bridge_app.domain.standard_schema import Shape
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, moment_text, one_line
from bridge_app.ui.metadata_wording import standard_text, value_words
from bridge_app.ui.parts.head import DialogHead

WIDTH_PX, HEIGHT_PX = 560, 520
SPACING_PX = 4
LETTERS = 60
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class CopiedFields(QAbstractListModel):
    """The copied fields with a tick each, in the order of the form."""

    def __init__(self, values: Mapping[FieldPath, FieldValue], parent: QWidget) -> None:
        super().__init__(parent)
        order = {field.id: place for place, field in enumerate(FIELDS)}
        self._paths = sorted(values, key=lambda path: (order.get(_name(path), 0), path.key))
        self._values = values
        self._ticked = set(self._paths)

    @property
    def chosen(self) -> dict[FieldPath, FieldValue]:
        """What is ticked."""
        return {path: self._values[path] for path in self._paths if path in self._ticked}

    def tick(self, *, on: bool) -> None:
        """Tick all, or none."""
        self._ticked = set(self._paths) if on else set()
        self.dataChanged.emit(self.index(0), self.index(len(self._paths) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many fields."""
        return 0 if parent.isValid() else len(self._paths)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: each can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: a field and what it says."""
        if not index.isValid():
            return None
        path = self._paths[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if path in self._ticked else Qt.CheckState.Unchecked
        text, known = value_words(path, self._values[path]), field_of(path)
        if known is not None and known.shape is Shape.MOMENT:
            text = moment_text(text)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{standard_text(path)}:  {isolated(one_line(text[:LETTERS]))}"
        return text if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: somebody ticked a field."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        path = self._paths[index.row()]
        self._ticked.discard(path)
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(path)
        self.dataChanged.emit(index, index)
        return True


class MetadataPasteDialog(QDialog):
    """Which of the copied fields other masters shall say.

    Signals:
        chosen: dict[FieldPath, FieldValue]
    """

    chosen = Signal(object)

    def __init__(
        self,
        looks: Looks,
        name: str,
        values: Mapping[FieldPath, FieldValue],
        count: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = CopiedFields(values, self)
        self.view = QListView()
        self.act = QPushButton(self.tr("Paste"), default=True)
        title = self.tr("Paste metadata into %Ln master(s)", "", count)
        text = self.tr("From {name}. What they say there now is replaced; it can be undone.")
        head = DialogHead(
            looks.theme,
            looks.icons,
            "clipboard",
            title=title,
            text=text.format(name=isolated(one_line(name))),
        )
        self._build(head)

    def _build(self, head: DialogHead) -> None:
        self.setWindowTitle(head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.view.setModel(self.fields)
        self.view.setAccessibleName(self.tr("Copied fields"))
        self.view.setSpacing(SPACING_PX)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields.dataChanged.connect(lambda *_: self._tell())
        everything = QPushButton(self.tr("All"), autoDefault=False)
        everything.clicked.connect(lambda: self.fields.tick(on=True))
        nothing = QPushButton(self.tr("None"), autoDefault=False)
        nothing.clicked.connect(lambda: self.fields.tick(on=False))
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        self.act.setProperty("kind", "primary")
        self.act.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self.view, 1)
        layout.addLayout(_buttons((everything, nothing), (cancel, self.act)))

    def _tell(self) -> None:
        self.act.setEnabled(bool(self.fields.chosen))

    def _choose(self) -> None:
        values = self.fields.chosen
        self.accept()
        self.chosen.emit(values)


def _buttons(left: Sequence[QPushButton], right: Sequence[QPushButton]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for button in left:
        line.addWidget(button)
    line.addStretch(1)
    for button in right:
        line.addWidget(button)
    return line


def _name(path: FieldPath) -> str:
    known = field_of(path)
    return known.id if known is not None else path.key
