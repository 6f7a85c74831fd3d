"""Further structures of a list in the form: a second licensor, another place that is shown."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.standard_fields import Group, field_of
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.metadata_wording import group_text
from bridge_app.ui.panels.standard_sheet import MasterSheet
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

SIGN_PX = 14


class EntryHead(QWidget):
    """Above the fields of a further structure: which one it is, and a cross that empties it."""

    removeWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, group: Group, number: int) -> None:
        super().__init__()
        self._icons = icons
        name = self.tr("{group} · {number}").format(
            group=group_text(group), number=number_text(number)
        )
        label = QLabel(name)
        label.setProperty("tone", "strong")
        label.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.remove = QToolButton(autoRaise=True)
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove.setToolTip(self.tr("Remove “{entry}”").format(entry=name))
        self.remove.setAccessibleName(self.remove.toolTip())
        self.remove.clicked.connect(self.removeWanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label, 1)
        layout.addWidget(self.remove)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.remove.setIcon(self._icons.icon("x", size_px=SIGN_PX))


class AddEntry(QPushButton):
    """Offers one more structure of a list."""

    def __init__(self, theme: Theme, icons: Icons, group: Group) -> None:
        super().__init__(autoDefault=False)
        self._icons = icons
        self.setText(self.tr("Add another"))
        self.setAccessibleName(f"{self.text()}: {group_text(group)}")
        self.setProperty("kind", "quiet")
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setIcon(self._icons.icon("plus", size_px=SIGN_PX))


def emptied(sheet: MasterSheet, group: Group, number: int) -> tuple[Change, ...]:
    """What has to be said so that nothing is left of a structure."""
    found = []
    for path, told in sheet.fields.items():
        known = field_of(path)
        is_of_it = known is not None and (known.group, known.number) == (group, number)
        if is_of_it and (told.value is not None or told.mixed or told.some):
            found.append(Change(path=path))
    return tuple(found)


def free_number(taken: Iterable[int]) -> int:
    """The number of a structure behind all of these."""
    return max((1, *taken)) + 1
