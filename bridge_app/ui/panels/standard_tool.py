"""What else can be done with a field: one small button for all rows, where the person is."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton
from shiboken6 import isValid

from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.standard_fields import path_of, text_of
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, language_text
from bridge_app.ui.panels.standard_rows import StandardRow
from bridge_app.ui.parts.opening import open_dialog

ICON_PX, SIDE_PX, APART_PX = 14, 20, 4
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "zh")
"""What is offered at once; every other language can be written."""


class RowTool(QToolButton):
    """Stands beside the heading of the row that has the pointer or the keyboard."""

    historyWanted = Signal(object)  # FieldPath
    languageWanted = Signal(object)  # FieldPath, with its language

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._row: StandardRow | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("tight", "true")
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setFixedSize(SIDE_PX, SIDE_PX)
        self.clicked.connect(self.show_menu)
        self.setVisible(False)

    def serve(self, row: StandardRow) -> None:
        """Be at this row from now on."""
        if row is self._row and self.isVisible():
            return
        self._row = row
        self.setParent(row)
        self.setIcon(self._icons.icon("ellipsis", size_px=ICON_PX))
        name = self.tr("More about “{field}”").format(field=row.title)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("{name} (Ctrl+.)").format(name=name))
        heading = row.heading
        words = heading.fontMetrics().horizontalAdvance(heading.text())
        x = min(words + APART_PX, row.width() - SIDE_PX)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = row.width() - x - SIDE_PX
        self.move(x, (heading.height() - SIDE_PX) // 2)
        self.setVisible(True)
        self.raise_()

    def show_menu(self) -> None:
        """Open the menu of the row."""
        row = self._row
        if row is None or not isValid(row):
            return
        menu = self.menu_of(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def menu_of(self, row: StandardRow) -> QMenu:
        """What can be done with a row's field."""
        menu = QMenu(self)
        history = menu.addAction(self.tr("&History…"))
        history.setIcon(self._icons.icon("history", size_px=ICON_PX))
        history.triggered.connect(lambda: self.historyWanted.emit(row.path))
        copy = menu.addAction(self.tr("&Copy the Value"))
        copy.setEnabled(row.value is not None)
        copy.triggered.connect(
            lambda: QGuiApplication.clipboard().setText(text_of(row.field, row.value))
        )
        empty = menu.addAction(self.tr("&Empty It"))
        empty.setEnabled(row.editor.isEnabled())
        empty.triggered.connect(row.empty)
        if row.field.by_language:
            menu.addSeparator()
            self._offer_languages(menu.addMenu(self.tr("In Another &Language")), row)
        return menu

    def _offer_languages(self, menu: QMenu, row: StandardRow) -> None:
        for tag, words in in_reading_order(_languages(), lambda one: one[1]):
            action = menu.addAction(words)
            path = path_of(row.field.id, tag)
            action.triggered.connect(lambda _=False, path=path: self.languageWanted.emit(path))
        menu.addSeparator()
        menu.addAction(self.tr("&Other…")).triggered.connect(lambda: self._ask_language(row))

    def _ask_language(self, row: StandardRow) -> None:
        """A language by its tag; nothing waits for the answer."""
        dialog = QInputDialog(self.window())
        dialog.setWindowTitle(self.tr("Language"))
        dialog.setLabelText(self.tr("Its tag, such as sv or pt-BR:"))
        dialog.textValueSelected.connect(lambda text: self._take_language(row, text))
        open_dialog(dialog)

    def _take_language(self, row: StandardRow, text: str) -> None:
        try:
            path: FieldPath = path_of(row.field.id, text.strip())
        except BridgeError as error:
            row.set_note(error_text(error))
            return
        self.languageWanted.emit(path)


def _languages() -> Iterator[tuple[str, str]]:
    yield from ((tag, language_text(tag)) for tag in LANGUAGES)
