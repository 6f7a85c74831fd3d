"""What all pages of the studio's controls share: a document to change, and a look at its chain."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bridge_app.ui.parts.rule import leading
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.studio.chain import Chain
from bridge_app.ui.studio.document import Document

MARGIN_PX = 16
SPACING_PX = 10
REST_MS = 120


class ControlPage(SeeingScroll):
    """A column of controls; `show_chain` fills them, and filling is not editing.

    While a control is dragged, pages that nobody sees wait: every frame would wait for them.
    """

    def __init__(self, document: Document, title: str) -> None:
        super().__init__()
        self.document = document
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(title)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(MARGIN_PX, 12, MARGIN_PX, MARGIN_PX)
        self._column.setSpacing(SPACING_PX)
        self.setWidget(inside)
        self._late = QTimer(self, interval=REST_MS, singleShot=True)
        self._late.timeout.connect(self._show)
        document.changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: what waited is filled in before it is seen."""
        if self._late.isActive():
            self._show()
        super().showEvent(event)

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls from this chain."""

    def heading(self, text: str) -> None:
        """A heading over what follows."""
        label = QLabel(text)
        label.setProperty("tone", "heading")
        label.setAlignment(leading())
        if self._column.count():
            self._column.addSpacing(6)
        self._column.addWidget(label)

    def hint(self, text: str) -> QLabel:
        """A sentence in a quiet tone."""
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setProperty("tone", "muted")
        self._column.addWidget(label)
        return label

    def add(self, *widgets: QWidget) -> None:
        """Controls below one another."""
        for widget in widgets:
            self._column.addWidget(widget)

    def finish(self) -> None:
        """No more controls: those there are stand at the top."""
        self._column.addStretch(1)
        self._show()

    def _follow(self) -> None:
        if self.document.is_held and not self.isVisible():
            self._late.start()
        else:
            self._show()

    def _show(self) -> None:
        self._late.stop()
        self.show_chain(self.document.chain)
