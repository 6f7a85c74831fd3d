"""What the View menu offers about the looks, beside colours and language."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from bridge_app.ui.theme import Scheme


class LookActions(QObject):
    """Made with the window's other actions; `wire_looks` connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.light_contrast = QAction(self.tr("&High Contrast, Light"), self)
        self.dark_contrast = QAction(self.tr("High &Contrast, Dark"), self)
        self.compact = QAction(self.tr("C&ompact"), self)
        self.compact.setShortcut(QKeySequence("Ctrl+Alt+D"))
        self.arrange = QAction(self.tr("Arrange Pane&ls"), self)
        self.swap = QAction(self.tr("S&wap Sides"), self)
        self.put_back = QAction(self.tr("&Usual Places"), self)
        self.still = QAction(self.tr("&Reduce Motion"), self)
        for action in (self.still, self.compact, self.arrange):
            action.setCheckable(True)

    @property
    def of_the_window(self) -> tuple[QAction, ...]:
        """How dense it is, where its panels are, and whether anything moves."""
        return self.compact, self.arrange, self.swap, self.put_back, self.still

    @property
    def schemes(self) -> dict[Scheme, QAction]:
        """The colours that are chosen by these."""
        return {
            Scheme.LIGHT_CONTRAST: self.light_contrast,
            Scheme.DARK_CONTRAST: self.dark_contrast,
        }
