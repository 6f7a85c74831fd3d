"""A list of choices on a form that scrolls."""

from PySide6.QtGui import QWheelEvent

from bridge_app.ui.parts.elided_box import ElidedBox


class StillBox(ElidedBox):
    """The wheel scrolls the form: what lies under the pointer on the way is not chosen anew."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: leave it to what the box lies on."""
        event.ignore()
