"""A box to choose from that can be written into as well."""

from PySide6.QtGui import QAccessible, QShowEvent
from PySide6.QtWidgets import QWidget

from bridge_app.ui.parts.still_box import StillBox


class EditableBox(StillBox):
    """Screen readers are told of the line inside it, so that has the box's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: it is seen; by now it has a name, or a label that names it."""
        super().showEvent(event)
        line = self.lineEdit()
        if line is not None:
            spoken = QAccessible.queryAccessibleInterface(self)
            line.setAccessibleName(spoken.text(QAccessible.Text.Name))
