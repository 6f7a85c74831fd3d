"""A scroll area that is as high as what is in it, and scrolls only where there is less room."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bridge_app.ui.parts.seeing_scroll import SeeingScroll

LEAST_PX = 160


class FittingScroll(SeeingScroll):
    """Upright only; the height follows from the width, since texts wrap."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Qt: room for everything."""
        content, width = self._content, self.viewport().width()
        natural = content.sizeHint()
        wrapped = content.heightForWidth(width) if content.hasHeightForWidth() else -1
        return QSize(natural.width(), max(wrapped, content.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Qt: the rest is scrolled."""
        return QSize(super().minimumSizeHint().width(), min(LEAST_PX, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width asks for another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what is in it wants to be another size."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._content:
            self.updateGeometry()
        return super().eventFilter(watched, event)
