"""Drags whose files are made or fetched while they are under way."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.exchange.held_drop import HeldDrop
from bridge_app.ui.exchange.late_files import LateFiles
from bridge_app.ui.exchange.pointer_card import PointerCard
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.drag_out import CARD, fan
from bridge_app.work.exchange.departure import Departure, DepartureStoppedError, Wish

if TYPE_CHECKING:
    from bridge_app.work.exchange.leaving import LeavingDesk


class Dragging(QObject):
    """Begins drags; GUI thread only. A drag blocks, as Qt's do, and the window goes on painting."""

    failed = Signal(object)  # BridgeError
    warned = Signal(object)  # Mapping[AssetId, str]: what the gate has against what was taken

    def __init__(
        self, leaving: "Callable[[], LeavingDesk]", asker: Asker, looks: Looks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._leaving = leaving
        self._asker = asker
        self._looks = looks

    def drag(self, source: QWidget, wishes: Sequence[Wish]) -> None:
        """Drag these out of `source`; returns when they are dropped, or it was given up."""
        departure = self._leaving().departure(wishes)
        self._asker.ask(departure.carry_out, lambda _: None, self.failed.emit)
        card = PointerCard(departure)
        mime = LateFiles(departure, paint=card.paint_now, record=partial(self._record, departure))
        drag = QDrag(source)
        drag.setMimeData(mime)
        drag.setPixmap(self._picture(source, [one.asset for one in wishes]))
        drag.setHotSpot(QPoint(CARD.width() // 2, CARD.height() // 2))
        held = HeldDrop(
            drag,
            has_ended=lambda: departure.has_ended,
            failed=lambda: departure.trouble is not None,
            parent=self,
        )
        held.held.connect(card.hold)
        action = drag.exec(Qt.DropAction.CopyAction)
        mime.is_hovering = False
        held.end()
        held.deleteLater()
        card.end()
        # A target is known of drops within this program only: those go nowhere.
        taken = action != Qt.DropAction.IgnoreAction and drag.target() is None
        self._after(departure, taken=taken)

    def _record(self, departure: Departure) -> None:
        self._asker.ask(departure.record, lambda _: None, self.failed.emit)

    def _after(self, departure: Departure, *, taken: bool) -> None:
        """Record what was taken, once it is known; tell of trouble; leave nothing otherwise."""
        if not taken:
            departure.stop()
        leaving = self._leaving

        def settled() -> BridgeError | None:
            departure.wait_for_end()
            if not taken:
                departure.discard()
            else:
                departure.record()
            leaving().tidy()
            return departure.trouble

        def told(trouble: BridgeError | None) -> None:
            if departure.against:
                self.warned.emit(departure.against)
            if trouble is not None and not isinstance(trouble, DepartureStoppedError):
                self.failed.emit(trouble)

        self._asker.ask(settled, told, self.failed.emit)

    def _picture(self, source: QWidget, assets: Sequence[Asset]) -> QPixmap:
        looks = self._looks
        dpr = source.devicePixelRatioF()
        return fan(assets, pixels=looks.pixels, theme=looks.theme, dpr=dpr)
