"""The page of a dialog that lists things one of which is looked at, with what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLayout, QListView, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.ui.delegates.two_line import fit_height, show_lines
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.panels.empty_state import EmptyState, EmptyWords
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead

SPACING = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a page lists.

    `name` is for those who do not see it, `words` stand there while there is nothing, and `most`
    rows are seen at once; more are scrolled to.
    """

    name: str
    words: EmptyWords
    most: int


class ListedPage(QWidget):
    """A head, `note` for messages, the `view` of `lines`, and what is put below it.

    While anything is listed one row of it is chosen.

    Args:
        add: What makes the first one; it is offered where there is none, too.
        close: The foot of the page.
    """

    def __init__(
        self,
        looks: Looks,
        head: DialogHead,
        listed: Listed,
        *,
        add: QPushButton,
        close: QPushButton,
    ) -> None:
        super().__init__()
        self._most = listed.most
        self.note = Banner(looks.theme, looks.icons)
        self.lines = LineList(self)
        self.view = QListView()
        show_lines(self.view, self.lines, looks.theme, looks.icons, listed.name)
        first = QAction(add.text(), self)
        first.triggered.connect(add.click)
        self.empty = EmptyState(looks.icons, looks.theme, listed.words, [first])
        self._full, self._filled = QWidget(), QStackedWidget()
        self._inside = QVBoxLayout(self._full)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(SPACING)
        self._inside.addWidget(self.view)
        for part in (self._full, self.empty):
            self._filled.addWidget(part)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 24, 24, 20)
        self._layout.setSpacing(SPACING)
        for widget in (head, self.note):
            self._layout.addWidget(widget)
        self._layout.addWidget(self._filled, 1)
        self._layout.addLayout(dialog_foot(close))

    def put_below(self, *parts: QWidget | QLayout, grows: QWidget) -> None:
        """What belongs to the row that is chosen, from above to below; one of it takes the room."""
        for part in parts:
            if isinstance(part, QLayout):
                self._inside.addLayout(part)
            else:
                self._inside.addWidget(part, 1 if part is grows else 0)

    def put_above(self, widget: QWidget) -> None:
        """What is told whether anything is listed or not."""
        self._layout.insertWidget(self._layout.indexOf(self._filled), widget)

    def key(self) -> str:
        """Which row is chosen; empty for none."""
        found = self.view.currentIndex().data(LineRole.KEY)
        return found if isinstance(found, str) else ""

    def take(self, lines: Sequence[Line], *, otherwise: str = "") -> None:
        """Show these rows; the one that was chosen stays so, or `otherwise`, or the first one."""
        chosen = self.key() or otherwise
        self.lines.take(lines)
        fit_height(self.view, self._most)
        place = self.lines.place_of(chosen)
        self.view.setCurrentIndex(place if place.isValid() else self.lines.index(0, 0))

    def say_empty(self, is_empty: bool) -> None:  # noqa: FBT001 - a setter, as Qt's own
        """Words in place of the list and what is below it, or these."""
        self._filled.setCurrentWidget(self.empty if is_empty else self._full)
