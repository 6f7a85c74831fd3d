"""Usage and limits of one product environment, in a window of their own."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.usage import UsagePanel
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 520, 640


class UsageDialog(QDialog):
    """Open it with `open()`."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Usage and limits"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        head = DialogHead(looks.theme, looks.icons, "gauge", title=self.tr("Usage and limits"))
        self.panel = UsagePanel(worker, asker, looks, environment)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self.panel, 1)
        layout.addLayout(buttons)
