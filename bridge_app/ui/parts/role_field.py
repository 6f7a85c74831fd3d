"""Names roles and people: typed with commas between, or ticked among those that are known."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from bridge_app.domain.roles import role_of
from bridge_app.ui.messages import one_line
from bridge_app.ui.parts.flow_layout import FlowLayout

BETWEEN = re.compile(r"[,;،؛、]")
MOST_CHIPS = 12
RTL_MARK = "\u200f"


class RoleField(QWidget):
    """`changed` tells that a person named others; `roles` says whom."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        example = self.tr("brand, legal; left empty: everybody")
        # Roles are Latin letters in every language, and the first letter would lead the line.
        self.field.setPlaceholderText(f"{RTL_MARK}{example}" if self.isRightToLeft() else example)
        self.field.setAccessibleName(self.tr("Reviewers"))
        self.field.textEdited.connect(self._typed)
        self.chips: dict[str, QToolButton] = {}
        self._row = QWidget()
        self._flow = FlowLayout(self._row)
        self._row.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self._row)

    @property
    def roles(self) -> tuple[str, ...]:
        """Whom it names, each once, as roles are compared."""
        named = (role_of(part) for part in BETWEEN.split(self.field.text()))
        return tuple(dict.fromkeys(role for role in named if role))

    def offer(self, roles: Sequence[str]) -> None:
        """The roles that are known, the likeliest first; only the first few have a chip."""
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = {role: self._chip(role) for role in list(dict.fromkeys(roles))[:MOST_CHIPS]}
        for chip in self.chips.values():
            self._flow.addWidget(chip)
        self._row.setVisible(bool(self.chips))
        self._tick()

    def _chip(self, role: str) -> QToolButton:
        chip = QToolButton()
        chip.setText(one_line(role))
        chip.setCheckable(True)
        chip.setProperty("chip", "true")
        chip.setToolTip(self.tr("Ask {role}").format(role=one_line(role)))
        chip.setAccessibleName(chip.toolTip())
        chip.clicked.connect(lambda on: self._toggle(role, on=on))
        return chip

    def _toggle(self, role: str, *, on: bool) -> None:
        others = [one for one in self.roles if one != role]
        self.field.setText(", ".join([*others, role] if on else others))
        self._typed()

    def _typed(self) -> None:
        self._tick()
        self.changed.emit()

    def _tick(self) -> None:
        named = self.roles
        for role, chip in self.chips.items():
            chip.setChecked(role in named)
