"""What the Help menu offers."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from bridge_app.ui.key_texts import native
from bridge_app.ui.source_names import SourceNames

CONTENTS = "F1"
ACTIVITY = "Ctrl+J"
"""As browsers have it for what they fetch."""


class HelpActions(SourceNames):
    """Made with the window's other actions; `HelpErrands` connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.contents = QAction(self.tr("&Guide"), self)
        self.contents.setShortcut(CONTENTS)
        self.welcome = QAction(self.tr("&Welcome"), self)
        self.demo = QAction(self.tr("Sample &Campaign"), self)
        self.activity = QAction(self.tr("Acti&vity…"), self)
        self.activity.setShortcut(ACTIVITY)
        self.activity.setToolTip(self.tr("All that goes on ({keys})").format(keys=native(ACTIVITY)))
        self.tour = QAction(self.tr("Take the &Tour"), self)
        self.hints = QAction(self.tr("Show &Hints Again"), self)
        self.log = QAction(self.tr("&Log…"), self)
        self.bundle = QAction(self.tr("Diagnostic &Bundle…"), self)
        self.updates = QAction(self.tr("Check for &Updates…"), self)
        self.name_actions("help_")

    @property
    def beginning(self) -> tuple[QAction, ...]:
        """What leads somebody in."""
        return self.welcome, self.tour, self.demo, self.hints

    @property
    def mending(self) -> tuple[QAction, ...]:
        """What helps when something is wrong."""
        return self.log, self.bundle, self.updates
