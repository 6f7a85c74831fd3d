"""The bars above and below the cells: what can be done, and what is known of the current cell."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from bridge_app.ui.grid_editor.acts import GridActs
from bridge_app.ui.messages import one_line
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.theme import Theme

GAP_PX = 12
PALE_PX = 28


class GridHead(QFrame):
    """Title and buttons."""

    def __init__(self, acts: GridActs) -> None:
        super().__init__()
        self._title = ElidedLabel()
        self._title.setProperty("tone", "strong")
        self._place = ElidedLabel()
        self._place.setProperty("tone", "muted")
        self.buttons: dict[QAction, QToolButton] = {}
        self._build(acts)

    @property
    def place(self) -> str:
        """What is said below the title."""
        return self._place.text()

    def show_title(self, title: str) -> None:
        """What is edited."""
        self._title.setText(one_line(title))

    @property
    def place_text(self) -> str:
        """What stands below the title."""
        return self._place.text()

    def show_place(self, text: str) -> None:
        """How many masters, how many cells are chosen, what is under way."""
        self._place.setText(text)

    def _build(self, acts: GridActs) -> None:
        self.setProperty("surface", "bar")
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 8, 12, 8)
        line.setSpacing(4)
        line.addWidget(self._button(acts.leave))
        line.addSpacing(6)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._place)
        line.addLayout(names, 1)
        groups = (
            (acts.undo, acts.redo),
            (acts.cut, acts.copy, acts.paste, acts.fill),
            (acts.search, acts.template),
            (acts.rising, acts.falling, acts.columns),
            (acts.full_screen,),
        )
        for number, group in enumerate(groups):
            if number:
                line.addSpacing(GAP_PX)
            for action in group:
                line.addWidget(self._button(action))

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAccessibleName(action.text().rstrip("…"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.buttons[action] = button
        return button


class GridFoot(QFrame):
    """The current cell in words, and how many cells cannot be kept."""

    faultWanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._cell = ElidedLabel()
        self._state = ElidedLabel()
        self._state.setProperty("tone", "muted")
        self.faults = QPushButton(autoDefault=False)
        self.faults.setProperty("kind", "danger")
        self.faults.setVisible(False)
        self.faults.clicked.connect(self.faultWanted)
        self.setProperty("surface", "bar")
        self.setMinimumHeight(PALE_PX + 2 * theme.tokens.space.xs)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 4, 12, 4)
        line.setSpacing(GAP_PX)
        line.addWidget(self._cell, 3)
        line.addWidget(self._state, 2)
        line.addWidget(self.faults)

    @property
    def text(self) -> str:
        """What is said of the current cell, and its state."""
        return "  ".join(one.text() for one in (self._cell, self._state) if one.text())

    def show_cell(self, text: str, note: str) -> None:
        """The current cell: which it is and what it says, and why it is marked."""
        self._cell.setText(text)
        self._state.setText(note)

    def show_faults(self, count: int) -> None:
        """How many cells hold what cannot be kept."""
        self.faults.setVisible(count > 0)
        self.faults.setText(self.tr("%Ln cell(s) cannot be kept", "", count))
        self.faults.setToolTip(self.tr("Show the next of them (F8)"))
