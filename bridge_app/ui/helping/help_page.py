"""The page of the help that is read: one chapter, its pictures, its links, and a search in it."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QPalette, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from bridge_app.ui.helping.help_book import Address, Chapter
from bridge_app.ui.helping.help_text import fill, heading
from bridge_app.ui.theme import Theme

COLUMN_PX = 860
"""Longer lines are hard to read."""
Pictures = Mapping[str, QImage]
"""By the address that the page names them by."""


class HelpPage(QTextBrowser):
    """Shows chapters; a click on a link is told, and nothing is fetched."""

    linkClicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: Pictures = {}
        self._chapter: Chapter | None = None
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Page"))
        # The help is English, in every language of the window.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.anchorClicked.connect(lambda url: self.linkClicked.emit(url.toString()))
        theme.changed.connect(self._dress_anew)

    @property
    def chapter(self) -> Chapter | None:
        """What is shown."""
        return self._chapter

    @property
    def column_px(self) -> int:
        """How wide a picture can be."""
        margins = 2 * self._theme.tokens.space.xl
        return max(120, min(COLUMN_PX, self.viewport().width()) - margins)

    def show_chapter(self, chapter: Chapter, pictures: Pictures) -> None:
        """Show it from its beginning."""
        self._chapter, self._pictures = chapter, pictures
        self._fill()
        self.verticalScrollBar().setValue(0)

    def draw_anew(self, chapter: Chapter, pictures: Pictures) -> None:
        """Take other pictures for what is shown, and stay where it is read."""
        if chapter is self._chapter:
            self._pictures = pictures
            self._dress_anew()

    def show_heading(self, address: Address) -> None:
        """Scroll to a heading; the first one is the top."""
        block = heading(self.document(), address.anchor) if address.anchor else None
        if block is None or block.blockNumber() == 0:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.verticalScrollBar().setValue(0)
            return
        self.setTextCursor(QTextCursor(block))
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top) - self._theme.tokens.space.m)

    def find_text(self, text: str, *, back: bool = False, again: bool = False) -> bool:
        """Choose the next place that says it, around the end too; was there one?"""
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if not again:  # what is typed on is looked for where it was found so far
            cursor = self.textCursor()
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
        if self.find(text, flags):
            return True
        before = self.textCursor()
        self.moveCursor(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
        if self.find(text, flags):
            return True
        self.setTextCursor(before)
        return False

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Qt: the pictures that came with the chapter, and nothing from anywhere else."""
        del kind
        return self._pictures.get(name if isinstance(name, str) else name.toString(), QImage())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: keep the column in its width."""
        super().resizeEvent(event)
        self._keep_column()

    def _keep_column(self) -> None:
        bar = self.verticalScrollBar().width()
        spare = max(0, self.width() - bar - COLUMN_PX)
        if self.viewportMargins().left() != spare // 2:
            self.setViewportMargins(spare // 2, 0, spare // 2, 0)

    def _dress_anew(self) -> None:
        place = self.verticalScrollBar().value()
        self._fill()
        self.verticalScrollBar().setValue(place)

    def _fill(self) -> None:
        if self._chapter is None:
            return
        looks = self.palette()
        looks.setColor(QPalette.ColorRole.Base, self._theme.tokens.panel)
        looks.setColor(QPalette.ColorRole.Link, self._theme.tokens.link)
        self.setPalette(looks)
        fill(self.document(), self._chapter.markdown, self._theme)


def read_pictures(
    folder: Path, names: Mapping[str, str], width_px: int, ratio: float, *, dark: bool
) -> Pictures:
    """The pictures of a chapter, no wider than the page. Blocks.

    Args:
        folder: Where the pages lie.
        names: The path of each picture in it, by the address that the page names it by.
        width_px: How wide they may be, in logical pixels.
        ratio: Pixels of the screen to a logical one.
        dark: Take `…-dark` for `…-light`, where there is one.
    """
    found: dict[str, QImage] = {}
    for name, path in names.items():
        usual, other = folder / path, folder / path.replace("-light.", "-dark.")
        image = QImage(str(other if dark and other.exists() else usual))
        if image.isNull():
            continue
        most = round(width_px * ratio)
        if image.width() > most:
            size = QSize(most, most * image.height() // image.width())
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        image.setDevicePixelRatio(ratio)
        found[name] = image
    return found
