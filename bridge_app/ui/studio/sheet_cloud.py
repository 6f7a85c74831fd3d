"""Cells of a contact sheet that Cloudinary alone can draw: the chosen ones fetched from there."""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QPushButton, QTableView
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.messages import error_text
from bridge_app.ui.studio.cloud_picture import Fetch, fetched, in_the_way
from bridge_app.ui.studio.sampling import Made
from bridge_app.ui.studio.sheet_model import CloudWish, SheetCell, SheetModel


class SheetCloud(QObject):
    """Its button stands there while there are such cells, for those that are chosen.

    One after the other is asked for; the first refusal ends it, and is told.
    """

    refused = Signal(str)

    def __init__(self, fetch: Fetch, asker: Asker, model: SheetModel, table: QTableView) -> None:
        super().__init__(table)
        self._fetch = fetch
        self._asker = asker
        self._model = model
        self._table = table
        self._waiting: list[CloudWish] = []
        self._is_asking = False
        self.button = QPushButton(QCoreApplication.translate("FactsBar", "Show from Cloudinary"))
        self.button.setToolTip(
            QCoreApplication.translate(
                "FactsBar", "Cloudinary makes it now, which may count and cost"
            )
        )
        self.button.setVisible(False)
        self.button.clicked.connect(self.show_chosen)
        model.dataChanged.connect(self.follow)
        model.modelReset.connect(self.forget)
        table.selectionModel().selectionChanged.connect(self.follow)

    def follow(self) -> None:
        """What is chosen, or what is known of it, is another now."""
        self.button.setVisible(self._model.has_alone)
        self.button.setEnabled(bool(self._chosen()) and not self._is_asking)

    def forget(self) -> None:
        """Other cells; what waited is not asked for."""
        self._waiting = []
        self.follow()

    def show_chosen(self) -> None:
        """Have the chosen ones made by Cloudinary; why that cannot be is told."""
        wishes = self._chosen()
        self._waiting = [one for one in wishes if not in_the_way(one.asset)]
        reasons = dict.fromkeys(filter(None, (in_the_way(one.asset) for one in wishes)))
        if reasons:
            self.refused.emit(" ".join(reasons))
        self._go_on()

    def _chosen(self) -> list[CloudWish]:
        places = [(one.row(), one.column()) for one in self._table.selectedIndexes()]
        return [wish for place in sorted(places) if (wish := self._model.cloud_wish(place))]

    def _go_on(self) -> None:
        self._is_asking = bool(self._waiting)
        self.follow()
        if not self._waiting:
            return
        wish = self._waiting.pop(0)
        self._asker.ask(
            lambda: fetched(self._fetch, wish.asset, wish.preset),
            lambda made: self._take(wish, made),
            self._refuse,
        )

    def _take(self, wish: CloudWish, made: Made) -> None:
        if not isValid(self):
            return
        if self._model.cloud_wish(wish.place) == wish:
            self._model.take(wish.place, SheetCell(made=made))
        self._go_on()

    def _refuse(self, error: BridgeError) -> None:
        if not isValid(self):
            return
        self._waiting = []
        self.refused.emit(error_text(error))
        self._go_on()
