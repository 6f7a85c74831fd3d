"""The page of a dialog that lists what can be defined, with buttons for it below the list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.form_foot import split_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.list_or_words import ListOrWords
from bridge_app.ui.theme import Theme

Ends = tuple[Sequence[QPushButton], Sequence[QPushButton]]
"""The buttons at the beginning of a line and those at its end."""


class ListPage(QWidget):
    """A head, `note` for messages, the `view` of `lines`, and lines of buttons.

    `place` says why there are no lines, once that is known.

    Args:
        name: What the list is, for those who do not see it.
        buttons: One entry for each line.
    """

    def __init__(
        self, theme: Theme, icons: Icons, head: DialogHead, *, name: str, buttons: Sequence[Ends]
    ) -> None:
        super().__init__()
        self.note = Banner(theme, icons)
        self.lines = LineList(self)
        self.view = QListView()
        show_lines(self.view, self.lines, theme, icons, name)
        feet = QVBoxLayout()
        feet.setSpacing(8)
        for left, right in buttons:
            feet.addLayout(split_foot(left, right))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self.note)
        self.place = ListOrWords(self.view)
        layout.addWidget(self.place, 1)
        layout.addLayout(feet)

    def key(self) -> str | None:
        """Which row is chosen."""
        found = self.view.currentIndex().data(LineRole.KEY)
        return found if isinstance(found, str) else None

    def take(self, lines: Sequence[Line]) -> None:
        """Show these rows; the one that was chosen stays so if it is among them."""
        chosen = self.key()
        self.lines.take(lines)
        place = self.lines.place_of(chosen)
        if place.isValid():
            self.view.setCurrentIndex(place)
