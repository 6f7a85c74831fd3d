"""Where renditions go: files in a folder, by a naming template, or derived assets at Cloudinary."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.naming_templates import DEFAULT_TEMPLATE, FIELDS, LOCALISED_TEMPLATE
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.parts.opening import open_dialog


class MakeTarget(QWidget):
    """`changed` tells that a person changed one of the choices."""

    changed = Signal()

    def __init__(self, *, folder: str, template: str, in_cloud: bool) -> None:
        super().__init__()
        self.here, self.there = QToolButton(), QToolButton()
        self.folder = QLineEdit(QDir.toNativeSeparators(folder))
        self.template = QLineEdit(template or DEFAULT_TEMPLATE)
        self.replaces = QCheckBox(self.tr("Replace files that are there"))
        self.example = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._files = QWidget()
        self._browse = QPushButton(self.tr("Choose…"), autoDefault=False)
        self._insert = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._build()
        self.template.setCursorPosition(0)
        self.choose(in_cloud=in_cloud)
        self._connect()

    @property
    def in_cloud(self) -> bool:
        """At Cloudinary, not in a folder?"""
        return self.there.isChecked()

    @property
    def folder_path(self) -> str | None:
        """The folder's whole path as typed; None at Cloudinary, "" where none is named."""
        if self.in_cloud:
            return None
        typed = self.folder.text().strip()
        return str(Path(typed).expanduser()) if typed else ""

    def choose(self, *, in_cloud: bool) -> None:
        """Choose where they go; nothing is told."""
        (self.there if in_cloud else self.here).setChecked(True)
        self._files.setVisible(not in_cloud)

    def show_example(self, file: str) -> None:
        """How one of the files will be called; "" shows none."""
        text = self.tr("For example {file}").format(file=isolated(one_line(file))) if file else ""
        self.example.setText(text)

    def name_markets(self, *, on: bool) -> None:
        """Have the usual template name market and language, or not; one's own stays as it is."""
        usual = (DEFAULT_TEMPLATE, LOCALISED_TEMPLATE)
        if self.template.text().strip() in usual:
            self.template.setText(usual[on])
            self.template.setCursorPosition(0)

    def _build(self) -> None:
        group = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(6)
        for chip, text in (
            (self.here, self.tr("Into a folder here")),
            (self.there, self.tr("At Cloudinary")),
        ):
            chip.setText(text)
            chip.setCheckable(True)
            chip.setProperty("chip", "true")
            group.addButton(chip)
            line.addWidget(chip)
        line.addStretch(1)
        self._insert.setText(self.tr("Field"))
        self._insert.setProperty("chip", "true")
        self._insert.setToolTip(self.tr("Put a field into the template"))
        menu = QMenu(self)
        for name in FIELDS:
            menu.addAction(f"{{{name}}}", partial(self._put, name))
        self._insert.setMenu(menu)
        self.example.setProperty("tone", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addWidget(self._files)
        self._build_files()

    def _build_files(self) -> None:
        # A template and a path read from left to right in every language.
        for field in (self.template, self.folder):
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.folder.setPlaceholderText(self.tr("The folder for the files"))
        grid = QGridLayout(self._files)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.addWidget(label(self.tr("&Folder"), self.folder), 0, 0)
        grid.addWidget(label(self.tr("&Names of the files"), self.template), 0, 1)
        for column, parts in enumerate(
            ((self.folder, self._browse), (self.template, self._insert))
        ):
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(parts[0], 1)
            line.addWidget(parts[1])
            grid.addLayout(line, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.replaces, 2, 0)
        grid.addWidget(self.example, 2, 1)

    def _connect(self) -> None:
        for chip in (self.here, self.there):
            chip.clicked.connect(self._switched)
        self._known_folder = self.folder.text()
        self.folder.editingFinished.connect(self._typed)
        self.template.textEdited.connect(self.changed)
        self.replaces.clicked.connect(self.changed)
        self._browse.clicked.connect(self._ask)

    def _switched(self) -> None:
        self._files.setVisible(not self.in_cloud)
        self.changed.emit()

    def _typed(self) -> None:
        """Qt tells the end of editing also where nothing was edited."""
        if self.folder.text() != self._known_folder:
            self._known_folder = self.folder.text()
            self.changed.emit()

    def _put(self, name: str) -> None:
        self.template.insert(f"{{{name}}}")
        self.changed.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Write the files to"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.use_folder)
        open_dialog(dialog)

    def use_folder(self, folder: str) -> None:
        """A person chose this folder."""
        self.folder.setText(QDir.toNativeSeparators(folder))
        self._typed()
