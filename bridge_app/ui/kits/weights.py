"""What a kit of the chosen assets really weighs, asset by asset while it is being made."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListView, QVBoxLayout, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.kits import Kit
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.kits.wording import DOT, weighing_line
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import LineList
from bridge_app.work.kit_weighing import Weighing
from bridge_app.work.kits import KitDesk

WEIGHED_AT_MOST = 20
"""Assets; each takes some seconds."""


class Weights(QWidget):
    """A list that fills; `failed` tells a kit that cannot be weighed at all."""

    failed = Signal(object)  # BridgeError
    finished = Signal()

    def __init__(
        self, desk: KitDesk, asker: Asker, looks: Looks, chosen: Sequence[AssetId]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._assets = tuple(chosen)[:WEIGHED_AT_MOST]
        self._count = len(chosen)
        self._latest = Latest(asker, self)
        self._found: list[Weighing] = []
        self._waiting: list[AssetId] = []
        self._presets: Mapping[str, RenditionPreset] = {}
        self._token = object()
        self.heading = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.lines = LineList(self)
        self.view = QListView()
        self.heading.setProperty("tone", "heading")
        show_lines(self.view, self.lines, looks.theme, looks.icons, self.tr("Weights"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.view, 1)

    def weigh(self, kit: Kit | None, presets: Mapping[str, RenditionPreset]) -> None:
        """Begin with this kit; what was being weighed of another one ends."""
        self.forget()
        self._presets = presets
        self._found = []
        self._waiting = list(self._assets) if kit is not None and kit.presets else []
        self._show()
        if kit is not None:
            self._next(kit)

    def forget(self) -> None:
        """Nobody looks any more; what is in hand ends soon."""
        self._token = object()
        self._latest.forget()
        self._waiting = []

    def _next(self, kit: Kit) -> None:
        if not self._waiting:
            self._show()
            self.finished.emit()
            return
        asset, token, desk = self._waiting.pop(0), self._token, self._desk

        def work() -> tuple[Weighing, ...]:
            return tuple(desk.weigh(kit, [asset], is_wanted=lambda: self._token is token))

        def done(found: tuple[Weighing, ...]) -> None:
            self._found += found
            self._next(kit)
            self._show()

        self._latest.ask(work, done, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._waiting = []
        self._show()
        self.failed.emit(error)

    def _show(self) -> None:
        """The heaviest trouble first: what is too heavy is what people look for."""
        ordered = sorted(self._found, key=_urgency)
        self.lines.take(
            [
                weighing_line(one, self._presets.get(one.step.preset), str(number))
                for number, one in enumerate(ordered)
            ]
        )
        self.heading.setText(self._words())

    def _words(self) -> str:
        if not self._count:
            return self.tr("Choose assets to see what they weigh")
        heavy = sum(bool(one.weighed and one.weighed.over) for one in self._found)
        parts = [self.tr("What %Ln asset(s) weigh", "", self._count)]
        if self._count > len(self._assets):
            parts.append(self.tr("the first %Ln are weighed", "", len(self._assets)))
        if self._latest.waiting:
            parts.append(self.tr("weighing…"))
        elif heavy:
            parts.append(self.tr("%Ln too heavy", "", heavy))
        elif self._found and all(one.weighed for one in self._found):
            parts.append(self.tr("everything fits"))
        return DOT.join(parts)


def _urgency(one: Weighing) -> tuple[int, int]:
    weighed = one.weighed
    if weighed is None:
        return (2, 0)
    return (0, -weighed.over) if weighed.over else (1 if weighed.other_breaches else 3, 0)
