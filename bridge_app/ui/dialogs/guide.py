"""How the work goes, in five sentences, and every key; and what this program is."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import bridge_app
from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.theme import Theme

WIDTH_PX, HEIGHT_PX = 560, 600


class GuideDialog(QDialog):
    """The keys come from the menus themselves, so that they are always right."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        menus: QMenuBar,
        keys: Callable[[QAction], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Steps and keys"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        head = DialogHead(
            theme,
            icons,
            "book-open",
            title=self.tr("How it works"),
            text=self.tr("Masters stay where they are; Cloudinary delivers what was approved."),
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        for step in self._steps():
            column.addWidget(QLabel(step, wordWrap=True, textFormat=Qt.TextFormat.PlainText))
        column.addSpacing(8)
        column.addLayout(self._built_keys(menus, keys))
        column.addStretch(1)
        scroll = SeeingScroll()
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Steps and keys"))
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(head)
        layout.addWidget(scroll, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _steps(self) -> tuple[str, ...]:
        return (
            self.tr("1. Add a folder, or drop one on the window. Its files are read, not copied."),
            self.tr("2. Find assets: type into the search field, narrow with the filters."),
            self.tr(
                "3. Decide: approve, request changes or reject. The history keeps who and why."
            ),
            self.tr("4. Push what is approved and within its rights. The plan is shown first."),
            self.tr("5. Take the addresses of its renditions from the inspector."),
        )

    def _built_keys(self, menus: QMenuBar, keys: Callable[[QAction], str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for title, actions in _menus(menus):
            keyed = [action for action in actions if keys(action)]
            if keyed:
                heading = QLabel(title)
                heading.setProperty("tone", "heading")
                heading.setContentsMargins(0, 10, 0, 2)
                grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            for action in keyed:
                row = grid.rowCount()
                words = unmarked(action.text()).rstrip("…")
                grid.addWidget(QLabel(words), row, 0)
                grid.addWidget(QLabel(keys(action)), row, 1)
        row = grid.rowCount()
        grid.addWidget(QLabel(self.tr("Show it large")), row, 0)
        grid.addWidget(QLabel(self.tr("Space")), row, 1)
        return grid


class AboutDialog(QDialog):
    """Name, version and licence."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Asset Bridge"))
        head = DialogHead(
            theme,
            icons,
            "info",
            title=self.tr("Asset Bridge {version}").format(version=bridge_app.__version__),
            text=self.tr(
                "The window between your masters and Cloudinary. Free software under the GNU "
                "General Public License, version 3 or later; it comes without any warranty. "
                "Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python."
            ),
        )
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(head)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(WIDTH_PX - 80)


def _menus(bar: QMenuBar) -> Iterator[tuple[str, list[QAction]]]:
    for entry in bar.actions():
        menu = entry.menu()
        if isinstance(menu, QMenu):
            yield unmarked(entry.text()), menu.actions()
