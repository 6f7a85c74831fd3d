"""Where a place on Earth is entered: in any of the ways in which people have it."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QLineEdit

from bridge_app.domain.coordinates import map_address, read_coordinate
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.metadata_editors import TextEditor
from bridge_app.ui.theme import Theme


class CoordinateEditor(TextEditor):
    """Degrees, a geo: address or a map's link; `open_map` shows the place in the browser."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.open_map = QAction(self.tr("Open in a map"), self)
        self.open_map.triggered.connect(self._show_map)
        self.addAction(self.open_map, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._tell)
        theme.changed.connect(self._dress)
        self._dress()
        self._tell()

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there."""
        super().show_value(value, mixed=mixed)
        if not mixed:
            self.setPlaceholderText(self.tr("Degrees, or a map’s link"))

    def _tell(self) -> None:
        self.open_map.setEnabled(read_coordinate(self.text()) is not None)

    def _show_map(self) -> None:
        place = read_coordinate(self.text())
        if place is not None:
            QDesktopServices.openUrl(QUrl(map_address(place)))

    def _dress(self) -> None:
        self.open_map.setIcon(self._icons.icon("map-pin", size_px=16))
