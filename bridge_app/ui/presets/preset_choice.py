"""Which renditions are meant: a set, or presets one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.messages import preset_title
from bridge_app.ui.parts.chip import StayingMenu
from bridge_app.ui.presets.wording import set_title


class PresetChoice(QWidget):
    """`changed` tells that other presets are chosen; no set is named that is not all of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._library = PresetLibrary()
        self._ticks: dict[str, QAction] = {}
        self.sets = QComboBox()
        self.presets = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sets.setAccessibleName(self.tr("Rendition set"))
        self.sets.setPlaceholderText(self.tr("Presets of your choice"))
        self.presets.setText(self.tr("Presets"))
        self.presets.setProperty("chip", "true")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.sets, 1)
        layout.addWidget(self.presets)
        self.sets.activated.connect(self._set_chosen)

    @property
    def chosen(self) -> tuple[RenditionPreset, ...]:
        """The presets, in the order of the set or of the library."""
        shown = self.sets.currentData()
        first = self._library.sets[shown].presets if shown in self._library.sets else ()
        return tuple(
            self._library.presets[name]
            for name in dict.fromkeys((*first, *self._ticks))
            if name in self._ticks and self._ticks[name].isChecked()
        )

    def offer(self, library: PresetLibrary) -> None:
        """Offer these; the first set is chosen."""
        self._library = library
        self.sets.clear()
        for one in library.sets.values():
            self.sets.addItem(set_title(one), one.name)
        menu = StayingMenu(self)
        self._ticks = {}
        for preset in library.presets.values():
            tick = menu.addAction(preset_title(preset))
            tick.setCheckable(True)
            tick.triggered.connect(self._ticked)
            self._ticks[preset.name] = tick
        self.presets.setMenu(menu)
        if library.sets:
            self.choose_set(next(iter(library.sets)))

    def choose(self, name: str) -> None:
        """Choose the set of this name, or else the preset; nothing changes if there is neither."""
        if name in self._library.sets:
            self.choose_set(name)
        elif name in self._library.presets:
            self.choose_presets((name,))

    def choose_set(self, name: str) -> None:
        """Choose a set."""
        self.sets.setCurrentIndex(self.sets.findData(name))
        self._set_chosen()

    def choose_presets(self, names: Sequence[str]) -> None:
        """Choose these presets."""
        for name, tick in self._ticks.items():
            tick.setChecked(name in names)
        self._ticked()

    def _set_chosen(self) -> None:
        shown = self.sets.currentData()
        if shown in self._library.sets:
            self.choose_presets(self._library.sets[shown].presets)

    def _ticked(self) -> None:
        shown = self.sets.currentData()
        ticked = {name for name, tick in self._ticks.items() if tick.isChecked()}
        if shown in self._library.sets and ticked != set(self._library.sets[shown].presets):
            self.sets.setCurrentIndex(-1)
        self.changed.emit()
