"""What the Help menu offers beside the guide."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction


class HelpActions(QObject):
    """Made with the window's other actions; `HelpErrands` connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.welcome = QAction(self.tr("&Welcome"), self)
        self.demo = QAction(self.tr("Sample &Campaign"), self)

    @property
    def beginning(self) -> tuple[QAction, ...]:
        """What leads somebody in."""
        return self.welcome, self.demo
