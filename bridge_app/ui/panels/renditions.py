"""How the current asset is delivered: each ready preset with the picture that really comes."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError, GateRefusalError, NotFoundError
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.panels.empty_state import EmptyState, EmptyWords
from bridge_app.ui.panels.rendition_card import RenditionCard
from bridge_app.ui.theme import Theme
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

FETCH_AFTER_MS = 200
RAW = "raw"


class RenditionsPanel(QWidget):
    """Cards for one asset, or a sentence that says why there are none.

    Pictures are fetched for what can be seen, and only once the selection has come to rest.
    """

    pushWanted = Signal(object)  # list[AssetId]

    def __init__(
        self,
        worker: Worker,
        bridge: WorkerBridge,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asset: Asset | None = None
        self._cards = [
            RenditionCard(worker, asker, theme, icons, preset) for preset in READY_PRESETS
        ]
        self._scroll = QScrollArea()
        self._push = QAction(self.tr("Push…"), self)
        self._push.triggered.connect(self._want_push)
        self._empty = EmptyState(icons, theme, self._nothing_selected(), [self._push])
        self._timer = QTimer(self, interval=FETCH_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._fetch_visible)
        self._build()
        bridge.changed.connect(self._take_changes)
        bridge.connectivity.connect(self._take_connectivity)
        self.show_asset(None)

    @property
    def cards(self) -> list[RenditionCard]:
        """One for each ready preset, in their order."""
        return self._cards

    @property
    def told(self) -> str:
        """What is said instead of cards; "" while there are cards."""
        if self._pages.currentWidget() is self._scroll:
            return ""
        return f"{self._empty.title}: {self._empty.text}"

    def show_asset(self, asset: Asset | None) -> None:
        """Show how this asset is delivered; None when not exactly one is selected."""
        self._asset = asset
        self._timer.stop()
        if asset is None:
            self._tell(self._nothing_selected())
        elif asset.cloud is None:
            self._tell(self._not_pushed(), can_push=True)
        elif asset.cloud.resource_type == RAW:
            self._tell(self._as_it_is())
        else:
            self._show_links(asset)

    def scroll_to_end(self) -> None:
        """Bring the last card into view."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: now it can be seen."""
        super().showEvent(event)
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more or less can be seen."""
        super().resizeEvent(event)
        self._timer.start()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 14, 14)
        column.setSpacing(12)
        for card in self._cards:
            card.refused.connect(self._refuse_shown)
            column.addWidget(card)
        column.addStretch(1)
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().valueChanged.connect(lambda _: self._timer.start())
        self._scroll.setAccessibleName(self.tr("Renditions"))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._empty)

    def _show_links(self, asset: Asset) -> None:
        try:
            links = [self._worker.link(asset, preset) for preset in READY_PRESETS]
        except BridgeError as error:
            self._refuse(asset, error)
            return
        for card, link in zip(self._cards, links, strict=True):
            card.show_link(asset, link)
        self._pages.setCurrentWidget(self._scroll)
        self._timer.start()

    def _refuse_shown(self, error: BridgeError) -> None:
        if self._asset is not None:
            self._refuse(self._asset, error)

    def _refuse(self, asset: Asset, error: BridgeError) -> None:
        if isinstance(error, NotFoundError):
            self._tell(self._not_pushed(), can_push=True)
        elif isinstance(error, GateRefusalError):
            text = self.tr("{name}: {reasons}. No address is given out while that is so.")
            reasons = str(error.facts.get("reasons", ""))
            self._tell(
                EmptyWords(
                    icon="shield-x",
                    title=self.tr("May not be delivered"),
                    text=text.format(name=isolated(one_line(asset.name)), reasons=reasons),
                )
            )
        else:
            words = EmptyWords(
                icon="circle-alert", title=self.tr("No renditions"), text=error_text(error)
            )
            self._tell(words)

    def _tell(self, words: EmptyWords, *, can_push: bool = False) -> None:
        for card in self._cards:
            card.clear()
        self._push.setVisible(can_push)
        self._empty.set_words(words)
        self._pages.setCurrentWidget(self._empty)

    def _fetch_visible(self) -> None:
        if not self.isVisible():
            return
        for card in self._cards:
            if not card.visibleRegion().isEmpty():
                card.fetch()

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.accounts:
            self.show_asset(self._asset)

    def _take_connectivity(self, connectivity: Connectivity) -> None:
        if connectivity is Connectivity.ONLINE:
            for card in self._cards:
                card.try_again_if_offline()
            self._timer.start()

    def _want_push(self) -> None:
        if self._asset is not None:
            self.pushWanted.emit([self._asset.id])

    def _nothing_selected(self) -> EmptyWords:
        return EmptyWords(
            icon="images",
            title=self.tr("Renditions"),
            text=self.tr("Select one asset to see how it is delivered."),
        )

    def _not_pushed(self) -> EmptyWords:
        return EmptyWords(
            icon="cloud-upload",
            title=self.tr("Not pushed yet"),
            text=self.tr(
                "Renditions are made from the copy in Cloudinary. Push this asset, and they "
                "appear here."
            ),
        )

    def _as_it_is(self) -> EmptyWords:
        return EmptyWords(
            icon="file",
            title=self.tr("Delivered as it is"),
            text=self.tr(
                "Cloudinary makes renditions of pictures and videos. This file is delivered "
                "unchanged."
            ),
        )
