"""The left side of the help: the table of contents, and in its place what a search has found."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from bridge_app.ui.helping.help_book import Address, Book, Chapter
from bridge_app.ui.helping.help_places import group_text, listed
from bridge_app.ui.helping.help_search import Finding
from bridge_app.ui.theme import Theme

WHERE = Qt.ItemDataRole.UserRole.value
"""The address that a row leads to."""
FOUND = WHERE + 1
EDGE_PX, LINES = 12, 2
AND = " \u203a "
"""Between the headings that stand above each other."""
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class HelpContents(QTreeWidget):
    """Groups, their pages, and the chapters of long ones."""

    chosen = Signal(object)  # Address

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setAccessibleName(self.tr("Contents"))
        self.setProperty("surface", "panel")
        self.setIndentation(16)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._go)
        self._is_following = False

    def show_book(self, book: Book) -> None:
        """Fill it."""
        self.clear()
        for group, pages in listed(book.chapters):
            top = QTreeWidgetItem([group_text(group)])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            letters = self.font()
            letters.setWeight(QFont.Weight.DemiBold)
            top.setFont(0, letters)
            self.addTopLevelItem(top)
            for page in pages:
                first, *others = book.chapters[page]
                item = _item(book.title(page), first)
                item.addChildren([_item(chapter.title, chapter) for chapter in others])
                top.addChild(item)
            top.setExpanded(True)

    def follow(self, chapter: Chapter) -> None:
        """Choose the row of what is shown."""
        item = self.topLevelItem(0)
        self._is_following = True
        while item is not None and item.data(0, WHERE) != chapter.address:
            item = _next(item)
        self.setCurrentItem(item) if item is not None else self.clearSelection()
        self._is_following = False

    def _go(self, item: QTreeWidgetItem | None) -> None:
        where = item.data(0, WHERE) if item is not None else None
        if isinstance(where, Address) and not self._is_following:
            self.chosen.emit(where)


class HelpFindings(QListWidget):
    """What a search has found: the headings, each with a line that says why."""

    chosen = Signal(object)  # Address

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What was found"))
        self.setItemDelegate(_FindingRow(theme, self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._go)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; the first is not chosen yet."""
        signals = QSignalBlocker(self)
        self.clear()
        for one in findings:
            item = QListWidgetItem()
            item.setData(WHERE, one.passage.address)
            item.setData(FOUND, one)
            trail = AND.join(one.passage.above)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{one.passage.title}. {trail}. {one.line}"
            )
            self.addItem(item)
        signals.unblock()
        self.scrollToTop()

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(WHERE))


class _FindingRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Qt: all rows are as high."""
        del option, index
        sizes = self._theme.tokens.font_px
        heights = [
            QFontMetrics(self._theme.font(size)).height() * lines
            for size, lines in ((sizes.body, 1), (sizes.caption, 1), (sizes.small, LINES))
        ]
        return QSize(120, sum(heights) + 20)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt: the ground as everywhere, and three kinds of words on it."""
        found = index.data(FOUND)
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        if not isinstance(found, Finding):
            return
        tokens, sizes = self._theme.tokens, self._theme.tokens.font_px
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # what is found is English
        place = QRect(option.rect).adjusted(EDGE_PX, 8, -EDGE_PX, -6)
        rows = (
            (found.passage.title, sizes.body, QFont.Weight.DemiBold, tokens.text, 1),
            (AND.join(found.passage.above), sizes.caption, QFont.Weight.Normal, tokens.link, 1),
            (found.line, sizes.small, QFont.Weight.Normal, tokens.text_muted, LINES),
        )
        for text, size, weight, colour, lines in (row for row in rows if row[0]):
            font = self._theme.font(size, weight)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(colour)
            high = metrics.height() * lines
            most = place.width() * lines - EDGE_PX * (lines - 1)
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
            painter.drawText(QRect(place.topLeft(), QSize(place.width(), high)), WRAPPED, fitting)
            place.setTop(place.top() + high + 1)
        painter.restore()


def _item(title: str, chapter: Chapter) -> QTreeWidgetItem:
    item = QTreeWidgetItem([title])
    item.setData(0, WHERE, chapter.address)
    item.setToolTip(0, title)
    return item


def _next(item: QTreeWidgetItem) -> QTreeWidgetItem | None:
    """The row after it, whether it can be seen or not."""
    if item.childCount():
        return item.child(0)
    here: QTreeWidgetItem | None = item
    while here is not None:
        tree, above = here.treeWidget(), here.parent()
        rows = above if above is not None else tree.invisibleRootItem()
        at = rows.indexOfChild(here) + 1
        if at < rows.childCount():
            return rows.child(at)
        here = above
    return None
