"""A line of codes with commas between, and a menu in which they can be ticked by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGroup:
    """Codes with their names; with a `title` they are a menu of their own."""

    codes: Mapping[str, str]
    title: str = ""


class CodesField(QWidget):
    """`edited` tells that a person changed it."""

    edited = Signal()

    def __init__(self, theme: Theme, icons: Icons, groups: Sequence[CodeGroup], name: str) -> None:
        super().__init__()
        self._icons = icons
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setAccessibleName(self.tr("Choose: {name}").format(name=name))
        self.button.setToolTip(self.tr("Choose from a list"))
        self._ticks: dict[str, QAction] = {}
        menu = QMenu(self)
        self._fill(menu, groups)
        menu.aboutToShow.connect(self._tick)
        self.button.setMenu(menu)
        self.setFocusProxy(self.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.line.textEdited.connect(lambda _: self.edited.emit())
        theme.changed.connect(self._dress)
        self._dress()

    def codes(self) -> list[str]:
        """What stands there, in its order."""
        return [one.strip() for one in self.line.text().split(",") if one.strip()]

    def toggle(self, code: str) -> None:
        """Add a code, or take it away."""
        kept = [one for one in self.codes() if one.casefold() != code.casefold()]
        self.line.setText(", ".join(kept if len(kept) < len(self.codes()) else [*kept, code]))
        self.edited.emit()

    def _fill(self, menu: QMenu, groups: Sequence[CodeGroup]) -> None:
        for group in groups:
            into = menu.addMenu(group.title) if group.title else menu
            for code, name in group.codes.items():
                tick = into.addAction(name)
                tick.setCheckable(True)
                tick.triggered.connect(lambda _=False, code=code: self.toggle(code))
                self._ticks[code] = tick

    def _tick(self) -> None:
        said = {one.casefold() for one in self.codes()}
        for code, tick in self._ticks.items():
            tick.setChecked(code.casefold() in said)

    def _dress(self) -> None:
        self.button.setIcon(self._icons.icon("list-checks", size_px=16))
