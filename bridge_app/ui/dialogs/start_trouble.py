"""What went wrong before there was a window."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme

WIDTH_PX = 480
HEED_MS = 200
"""How often Python gets a turn: without one it does not hear that the program should end."""


class StartTrouble(QDialog):
    """A sentence, and perhaps one thing that can be done about it; Enter and Escape close it."""

    def __init__(self, theme: Theme, text: str, *, more: str = "", act: str = "") -> None:
        super().__init__()
        icons = Icons(theme)
        self.setWindowIcon(icons.app_icon())
        self.setWindowTitle(QApplication.applicationDisplayName())
        self.setFixedWidth(WIDTH_PX)
        title = QApplication.applicationDisplayName()
        head = DialogHead(theme, icons, "circle-alert", title=title, text=text)
        head.set_icon("circle-alert", badge="negative")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(20)
        layout.addWidget(head)
        if more:
            layout.addWidget(QLabel(more, wordWrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        self.act = QPushButton(act, autoDefault=False)
        self.act.setProperty("kind", "primary")
        self.act.setVisible(bool(act))
        self.act.clicked.connect(self.accept)
        leave = QPushButton(self.tr("Close"))
        leave.setDefault(True)
        leave.clicked.connect(self.reject)
        buttons.addWidget(self.act)
        buttons.addWidget(leave)
        layout.addLayout(buttons)
        leave.setFocus()
        self._turn = QTimer(self, interval=HEED_MS)
        self._turn.timeout.connect(lambda: None)
        self._turn.start()
