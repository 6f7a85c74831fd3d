"""A list of choices on a form that scrolls."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class StillBox(QComboBox):
    """The wheel scrolls the form: what lies under the pointer on the way is not chosen anew."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: leave it to what the box lies on."""
        event.ignore()
