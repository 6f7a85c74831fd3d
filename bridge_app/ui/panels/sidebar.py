"""The window's left side: sign and name, places, what is being read, and the account."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.tab_order import TabPlace
from bridge_app.ui.theme import Theme

MARK_PX = 24
PLACES_ROW = 1


class Sidebar(QFrame):
    """Stacks its parts; the places take the room that is left."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        add_folder: QAction,
        places: QWidget,
        foot: tuple[QWidget, ...],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._mark = QLabel()
        self._name = QLabel(self.tr("Asset Bridge"))
        self._name.setProperty("tone", "strong")
        self._add = QToolButton()
        self._add.setDefaultAction(add_folder)
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._add.setIconSize(QSize(18, 18))
        self._add.setAccessibleName(self.tr("Add a folder"))
        self.setProperty("surface", "sidebar")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(9)
        head.addSpacing(2)
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        head.addWidget(self._add)
        layout = self._stack = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(places, 1)
        self._later = TabPlace()
        self._later.setParent(self)
        for part in foot:
            layout.addWidget(part)
        self._mark.setPixmap(icons.app_icon().pixmap(MARK_PX, MARK_PX))
        self.setMinimumWidth(200)

    def add_to_foot(self, part: QWidget) -> None:
        """Put one more part below the places, above the others there."""
        self._stack.insertWidget(PLACES_ROW + 1, part)
        self._later.lead_to(*part.findChildren(QToolButton))
