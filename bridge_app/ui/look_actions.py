"""What the View menu offers about the looks, beside colours and language."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from bridge_app.ui.theme import Scheme


class LookActions(QObject):
    """Made with the window's other actions; `wire_looks` connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.light_contrast = QAction(self.tr("&High Contrast, Light"), self)
        self.dark_contrast = QAction(self.tr("High &Contrast, Dark"), self)
        self.still = QAction(self.tr("&Reduce Motion"), self)
        self.still.setCheckable(True)

    @property
    def schemes(self) -> dict[Scheme, QAction]:
        """The colours that are chosen by these."""
        return {
            Scheme.LIGHT_CONTRAST: self.light_contrast,
            Scheme.DARK_CONTRAST: self.dark_contrast,
        }
