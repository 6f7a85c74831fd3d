"""What is chosen before a campaign is archived: year, folder, originals, delivered copies."""

from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from bridge_app.domain.archive_plan import EARLIEST, LATEST, ArchiveWish, CopyFate
from bridge_app.ui.parts.opening import open_dialog


class ArchiveOptions(QWidget):
    """The fields; `changed` says that a person changed one."""

    changed = Signal()

    def __init__(self, *, year: int, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.year = QSpinBox()
        self.folder = QLineEdit()
        self.copies = QComboBox()
        self.originals = QCheckBox(self.tr("Keep the &originals in the folder too"))
        self._browse = QPushButton(self.tr("Choose…"), autoDefault=False)
        self._build(year, folder)
        self.year.valueChanged.connect(self.changed)
        self.folder.editingFinished.connect(self.changed)
        self.copies.activated.connect(self.changed)
        self.originals.clicked.connect(self.changed)
        self._browse.clicked.connect(self._choose)

    def wish(self, account: str, container: str) -> ArchiveWish:
        """What is wished now. The folder may not be usable; the plan says so."""
        return ArchiveWish(
            account=account,
            container=container,
            year=self.year.value(),
            folder=str(Path(self.folder.text().strip()).expanduser()),
            copies=CopyFate(self.copies.currentData()),
            originals=self.originals.isChecked(),
        )

    def _build(self, year: int, folder: Path) -> None:
        self.year.setRange(EARLIEST, LATEST)
        self.year.setGroupSeparatorShown(False)
        self.year.setValue(year)
        self.folder.setText(QDir.toNativeSeparators(str(folder)))
        for fate, words in (
            (CopyFate.KEEP, self.tr("Stay as they are")),
            (CopyFate.RESTRICT, self.tr("Open with a token only")),
            (CopyFate.REMOVE, self.tr("Are deleted")),
        ):
            self.copies.addItem(words, fate)
        self.copies.setCurrentIndex(1)
        place = QHBoxLayout()
        place.setSpacing(6)
        place.addWidget(self.folder, 1)
        place.addWidget(self._browse)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(14)
        layout.setVerticalSpacing(6)
        layout.addWidget(_label(self.tr("&Year"), self.year), 0, 0)
        layout.addWidget(self.year, 1, 0)
        layout.addWidget(_label(self.tr("Copies at &Cloudinary"), self.copies), 0, 1)
        layout.addWidget(self.copies, 1, 1)
        layout.setRowMinimumHeight(2, 6)
        layout.addWidget(_label(self.tr("&Folder that is made"), self.folder), 3, 0, 1, 2)
        layout.addLayout(place, 4, 0, 1, 2)
        layout.addWidget(self.originals, 5, 0, 1, 2)
        layout.setColumnStretch(1, 1)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Keep the archive in"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        open_dialog(dialog)

    def _chosen(self, above: str) -> None:
        place = Path(above) / self._folder.name
        self.folder.setText(QDir.toNativeSeparators(str(place)))
        self.changed.emit()


def _label(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "heading")
    label.setBuddy(field)
    return label
