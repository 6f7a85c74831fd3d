"""How the current asset is delivered: each preset of a set with the picture that really comes."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QStackedLayout, QVBoxLayout, QWidget

from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError, GateRefusalError, NotFoundError
from bridge_app.domain.presets import READY_PRESETS, RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.panels.empty_state import EmptyState, EmptyWords
from bridge_app.ui.panels.rendition_card import RenditionCard
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.theme import Theme
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

FETCH_AFTER_MS = 200
RAW = "raw"
ALL = ""
"""Stands for all presets where a set's name stands otherwise."""
AT_ONCE = 8
"""Cards that are made together; each holds a dozen widgets."""


class RenditionsPanel(QWidget):
    """Cards for one asset, or a sentence that says why there are none.

    The person's own sets are offered; until they are read, the ready presets stand here. Pictures
    are fetched for what can be seen, and only once the selection has come to rest.
    """

    pushWanted = Signal(object)  # list[AssetId]
    dragWanted = Signal(object, object)  # Asset, RenditionPreset
    setChosen = Signal(str)  # by a person; "" for all presets

    def __init__(
        self,
        worker: Worker,
        bridge: WorkerBridge,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        *,
        set_name: str,
    ) -> None:
        super().__init__()
        self._worker = worker
        self._asker = asker
        self._theme = theme
        self._icons = icons
        self._asset: Asset | None = None
        self._library = PresetLibrary()
        self._wanted = set_name
        self._presets: tuple[RenditionPreset, ...] = ()
        self._cards: list[RenditionCard] = []
        self._reading = Latest(asker, self)
        self._linking = Latest(asker, self)
        self._linked: AssetId | None = None
        self._sets = StillBox()
        self._scroll = SeeingScroll()
        self._push = QAction(self.tr("Push…"), self)
        self._push.triggered.connect(self._want_push)
        self._empty = EmptyState(icons, theme, self._nothing_selected(), [self._push])
        self._timer = QTimer(self, interval=FETCH_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._fetch_visible)
        self._build()
        bridge.changed.connect(self._take_changes)
        bridge.connectivity.connect(self._take_connectivity)
        self._show_presets(READY_PRESETS)
        self.show_asset(None)
        self._read()

    @property
    def cards(self) -> list[RenditionCard]:
        """One for each preset that was reached by scrolling so far, in their order."""
        return self._cards

    @property
    def sets(self) -> QComboBox:
        """The choice between sets, and all presets."""
        return self._sets

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
        self._linking.forget()
        if asset is None:
            self._tell(self._nothing_selected())
        elif asset.cloud is None:
            self._tell(self._not_pushed(), can_push=True)
            self._look_for_earlier(asset)
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
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(16, 14, 14, 14)
        self._column.setSpacing(12)
        self._column.addWidget(self._sets)
        self._column.addStretch(1)
        self._sets.setAccessibleName(self.tr("Rendition set"))
        self._sets.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._sets.setVisible(False)
        self._sets.activated.connect(self._choose)
        self._scroll.setWidget(content)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._scroll.setAccessibleName(self.tr("Renditions"))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._empty)

    # Which presets

    def _read(self) -> None:
        """Read the person's own presets and sets."""

        def library() -> PresetLibrary:
            return self._worker.rendition_presets.library()

        self._reading.ask(library, self._take, lambda _: None)

    def _take(self, library: PresetLibrary) -> None:
        self._library = library
        self._sets.clear()
        for one in library.sets.values():
            title = QCoreApplication.translate("presets", one.shown)
            self._sets.addItem(one_line(title), one.name)
        self._sets.addItem(self.tr("All presets"), ALL)
        self._sets.setVisible(True)
        known = self._wanted in library.sets or not library.sets
        self._wanted = self._wanted if known or self._wanted == ALL else next(iter(library.sets))
        self._sets.setCurrentIndex(self._sets.findData(self._wanted))
        self._show_chosen()

    def _choose(self) -> None:
        self._wanted = str(self._sets.currentData())
        self.setChosen.emit(self._wanted)
        self._show_chosen()

    def _show_chosen(self) -> None:
        library = self._library
        one = library.sets.get(self._wanted)
        names = one.presets if one is not None else tuple(library.presets)
        self._show_presets([library.presets[name] for name in names if name in library.presets])

    def _show_presets(self, presets: Sequence[RenditionPreset]) -> None:
        """Cards for these; the same ones are left as they are."""
        if tuple(presets) == self._presets:
            return
        self._presets = tuple(presets)
        for card in self._cards:
            self._column.removeWidget(card)
            card.clear()
            card.hide()
            card.deleteLater()
        self._cards = []
        self._grow()
        self.show_asset(self._asset)

    def _grow(self) -> None:
        """A few more cards; a long list is made as far as somebody scrolls."""
        there = len(self._cards)
        for preset in self._presets[there : there + AT_ONCE]:
            card = RenditionCard(self._worker, self._asker, self._theme, self._icons, preset)
            card.refused.connect(self._refuse_shown)
            card.dragWanted.connect(self.dragWanted)
            self._column.insertWidget(self._column.count() - 1, card)
            self._cards.append(card)

    def _scrolled(self, value: int) -> None:
        self._timer.start()
        bar = self._scroll.verticalScrollBar()
        if value > bar.maximum() - bar.pageStep() and len(self._cards) < len(self._presets):
            self._grow()
            self.show_asset(self._asset)

    # What is shown

    def _show_links(self, asset: Asset) -> None:
        presets = [card.preset for card in self._cards]
        if asset.id != self._linked:
            self._linked = asset.id
            for card in self._cards:
                card.clear()

        def asked() -> list[DeliveryLink | GateRefusalError]:
            return [self._link_or_refusal(asset, preset) for preset in presets]

        self._linking.ask(
            asked,
            lambda found: self._take_links(asset, found),
            self._refuse,
        )

    def _look_for_earlier(self, asset: Asset) -> None:
        """What was pushed once and has changed since is not said to have never been pushed."""

        def asked() -> bool:
            account = self._worker.current_account()
            known = self._worker.retractions.outdated
            return account is not None and bool(known([asset.id], account.environment))

        def take(is_there: bool) -> None:  # noqa: FBT001 - an answer
            if is_there:
                self._tell(self._changed_since(), can_push=True)

        self._linking.ask(asked, take, lambda _: None)

    def _link_or_refusal(
        self, asset: Asset, preset: RenditionPreset
    ) -> DeliveryLink | GateRefusalError:
        """What a card shows. Blocking."""
        try:
            return self._worker.link(asset, preset)
        except GateRefusalError as error:
            return error

    def _take_links(self, asset: Asset, found: list[DeliveryLink | GateRefusalError]) -> None:
        refusals = [one for one in found if isinstance(one, GateRefusalError)]
        if refusals and len(refusals) == len(found):
            self._refuse(refusals[0])
            return
        # There may be more cards than there were when it was asked; those ask by themselves.
        for card, link in zip(self._cards, found, strict=False):
            if isinstance(link, GateRefusalError):
                card.show_refusal(asset, link)
            else:
                card.show_link(asset, link)
        self._pages.setCurrentWidget(self._scroll)
        self._timer.start()

    def _refuse_shown(self, error: BridgeError) -> None:
        if self._asset is not None:
            self._refuse(error)

    def _refuse(self, error: BridgeError) -> None:
        if isinstance(error, NotFoundError):
            self._tell(self._not_pushed(), can_push=True)
        elif isinstance(error, GateRefusalError):
            title = self.tr("May not be delivered")
            self._tell(EmptyWords(icon="shield-x", title=title, text=error_text(error)))
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
        if changes.presets:
            self._read()

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

    def _changed_since(self) -> EmptyWords:
        return EmptyWords(
            icon="circle-arrow-up",
            title=self.tr("Changed since it was pushed"),
            text=QCoreApplication.translate(
                "ShelterCard",
                "It has a newer version than was pushed. Push it again to put it in the old "
                "one’s place.",
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
