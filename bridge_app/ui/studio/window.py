"""The studio: one asset, its rendition beside it, and everything that makes the one the other."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.transform.losses import Holding
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import (
    bytes_text,
    format_text,
    one_line,
    pixels_text,
    preset_title,
)
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.rule import Rule
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.studio.adjust_page import AdjustPage
from bridge_app.ui.studio.brand_kit import BrandKit
from bridge_app.ui.studio.canvas import KEY_STEP, Canvas
from bridge_app.ui.studio.canvas_places import Look
from bridge_app.ui.studio.chain import StepKind
from bridge_app.ui.studio.cloud_look import CloudLook, CloudParts
from bridge_app.ui.studio.coding import CodeParts, Coding
from bridge_app.ui.studio.crop_page import CropPage
from bridge_app.ui.studio.delivery_page import DeliveryPage
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.facts_bar import FactsBar, master_size
from bridge_app.ui.studio.film_stills import FilmStills
from bridge_app.ui.studio.head_bar import HeadBar
from bridge_app.ui.studio.keeping import further_holdings, holdings_of
from bridge_app.ui.studio.keys import CLOSE, PRESETS, REDO, SAVE, UNDO
from bridge_app.ui.studio.overlay_page import OverlayPage
from bridge_app.ui.studio.page import ControlPage
from bridge_app.ui.studio.placing import CropPlacing, LayerPlacing
from bridge_app.ui.studio.previews import Previews, Proof, Shown, StudioMaster
from bridge_app.ui.studio.saving import PresetSaving
from bridge_app.ui.studio.size_page import SizePage
from bridge_app.ui.studio.step_list import StepList
from bridge_app.ui.studio.trim_page import TrimPage
from bridge_app.ui.window_keys import BoundKeys
from bridge_app.work.exchange.departure import RenderedWish
from bridge_app.work.studio import is_here
from bridge_app.work.worker import Worker

SIZE_PX = (1360, 860)
LIST_PX, CONTROLS_PX = 210, 330
PAGE_KINDS = {
    StepKind.TURN: "crop",
    StepKind.CROP: "crop",
    StepKind.SIZE: "size",
    StepKind.EFFECT: "adjust",
    StepKind.TEXT: "overlay",
    StepKind.LAYER: "overlay",
    StepKind.SHAPE: "delivery",
    StepKind.DELIVERY: "delivery",
    StepKind.TRIM: "trim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What a studio needs of the window that opens it."""

    worker: Worker
    asker: Asker
    looks: Looks
    remembering: Remembering


class StudioWindow(QWidget):
    """A window of its own. `closed` tells that it is gone; its decoder ends with it."""

    closed = Signal()
    saved = Signal(object)  # RenditionPreset

    def __init__(
        self,
        seat: Seat,
        asset: Asset,
        master: StudioMaster,
        *,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._seat = seat
        self._asset = asset
        theme, icons = seat.looks.theme, seat.looks.icons
        self.document = Document(self)
        self.previews = Previews(seat.asker, master, self)
        self.stills = FilmStills(seat.asker, master, self)
        # First of all who listen: the frame is drawn while the controls follow.
        self.document.changed.connect(self._draw)
        self.canvas = Canvas(theme, seat.looks.keys)
        self.head = HeadBar(self.document, theme, icons, one_line(asset.name))
        self.steps = StepList(self.document, theme, icons)
        self.foot = FactsBar(self.document, theme, icons, master_size(asset))
        self.crop = CropPage(self.document)
        self.size_page = SizePage(self.document)
        self.adjust = AdjustPage(self.document)
        self.overlay = OverlayPage(self.document, theme, icons, kit=self._kit, keep=self._keep_kit)
        self.delivery = DeliveryPage(
            self.document,
            holdings_of(asset),
            ending="jpg" if asset.format == "jpeg" else asset.format,
        )
        self.trim: TrimPage | None = None
        self.pages = QStackedWidget()
        self.tabs: dict[str, QToolButton] = {}
        self._proved_text: str | None = None
        self._can_film = asset.kind is Kind.VIDEO and is_here(asset)
        self.placing = CropPlacing(self.document, self.canvas, self.previews, self.crop)
        self.layer_placing = LayerPlacing(self.document, self.canvas)
        self.coding = Coding(
            seat.worker,
            seat.asker,
            seat.looks,
            asset,
            CodeParts(
                document=self.document,
                canvas=self.canvas,
                button=self.head.copy,
                foot=self.foot,
                window=self,
            ),
        )
        self._build()
        self._connect()
        parts = CloudParts(
            document=self.document, previews=self.previews, canvas=self.canvas, foot=self.foot
        )
        self.cloud_look = CloudLook(seat.worker.rendition, seat.asker, asset, parts)
        self.document.start(text)
        self.previews.open()
        # A master that cannot be read says so in the place of its picture.
        seat.asker.ask(
            lambda: further_holdings(seat.worker, asset), self._take_holdings, lambda _: None
        )
        self.canvas.say(self.tr("The master is being read…"))
        self.open_page("adjust")
        self.set_look(Look.SPLIT)
        self.canvas.setFocus()

    @property
    def asset(self) -> Asset:
        """Whose rendition is made."""
        return self._asset

    def open_page(self, name: str) -> None:
        """Show a page of controls."""
        self.tabs[name].setChecked(True)
        self.pages.setCurrentIndex(list(self.tabs).index(name))
        self.placing.set_active(on=name == "crop")
        self.layer_placing.set_active(on=name == "overlay")

    def taken(self) -> RenderedWish:
        """What is dragged out or copied as a file: the rendition as it is now."""
        text, title = str(self.document.chain), self.tr("rendition")
        return RenderedWish(asset=self._asset, transformation=text, title=title)

    def set_look(self, look: Look) -> None:
        """Look at master and rendition another way."""
        self.canvas.set_look(look)
        self.head.show_look(look)

    def sizeHint(self) -> QSize:
        """Qt: room for everything."""
        return QSize(*SIZE_PX)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: end the decoder."""
        self.previews.close()
        super().closeEvent(event)
        self.closed.emit()

    # How it is put together

    def _build(self) -> None:
        theme = self._seat.looks.theme
        self.setWindowTitle(self.tr("{name}: studio").format(name=one_line(self._asset.name)))
        self.setObjectName("studio")
        self.setAutoFillBackground(True)
        facts = [format_text(self._asset), bytes_text(self._asset.bytes)]
        if self._asset.display_size:
            facts.insert(1, pixels_text(self._asset.display_size))
        self.head.show_facts("  ·  ".join(facts))
        # From the outside in: what moves into another parent is styled anew with all that is in it.
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(Rule(theme))
        middle, controls = QSplitter(Qt.Orientation.Horizontal), QWidget()
        layout.addWidget(middle, 1)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        for number, part in enumerate((self.steps, self.canvas, controls)):
            middle.addWidget(part)
            middle.setStretchFactor(number, 1 if part is self.canvas else 0)
        self._fill(controls)
        middle.setSizes([LIST_PX, SIZE_PX[0] - LIST_PX - CONTROLS_PX, CONTROLS_PX])
        layout.addWidget(Rule(theme))
        layout.addWidget(self.foot)

    def _add_tabs(self) -> list[ControlPage]:
        """One for each page that is returned."""
        theme = self._seat.looks.theme
        pages: list[tuple[str, str, str, ControlPage]] = [
            ("crop", "crop", self.tr("Crop"), self.crop),
            ("size", "maximize-2", self.tr("Size"), self.size_page),
            ("adjust", "sliders-horizontal", self.tr("Adjust"), self.adjust),
            ("overlay", "type", self.tr("Overlay"), self.overlay),
            ("delivery", "package", self.tr("File"), self.delivery),
        ]
        if self._asset.kind is Kind.VIDEO:
            self.trim = TrimPage(self.document, theme, self._asset.duration_s or 0.0)
            self.trim.momentChanged.connect(self._draw)
            self.trim.stillsWanted.connect(self.stills.find)
            self.stills.found.connect(self.trim.strip.show_frame)
            pages.append(("trim", "film", self.tr("Cut"), self.trim))
        for name, icon, word, page in pages:
            tab = QToolButton()
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setText(word)
            tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            tab.setFont(theme.font(theme.tokens.font_px.caption))
            tab.setAccessibleName(page.accessibleName())
            tab.setToolTip(page.accessibleName())
            tab.setProperty("icon_name", icon)
            tab.setIconSize(QSize(20, 20))
            tab.clicked.connect(lambda _=False, name=name: self.open_page(name))
            self.tabs[name] = tab
        return [page for _, _, _, page in pages]

    def _fill(self, controls: QWidget) -> None:
        pages = self._add_tabs()
        line = QHBoxLayout()
        line.setContentsMargins(10, 8, 10, 6)
        line.setSpacing(2)
        for tab in self.tabs.values():
            tab.ensurePolished()
            line.addWidget(tab)
        line.addStretch(1)
        column = QVBoxLayout(controls)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(Rule(self._seat.looks.theme))
        column.addWidget(self.pages, 1)
        for page in pages:
            self.pages.addWidget(page)
        controls.setMinimumWidth(max(CONTROLS_PX - 40, line.minimumSize().width()))
        self._dress()

    def _dress(self) -> None:
        icons, link = self._seat.looks.icons, self._seat.looks.theme.tokens.link
        for tab in self.tabs.values():
            icon = icons.icon(tab.property("icon_name"), on_colour=link, size_px=20)
            tab.setIcon(icon)

    def _connect(self) -> None:
        self._seat.looks.theme.changed.connect(self._dress)
        self.previews.opened.connect(self._opened)
        self.previews.drawn.connect(self._drawn)
        self.previews.proved.connect(self._proved)
        self.previews.refused.connect(self._refused)
        self.previews.filming.connect(lambda: self.foot.show_measuring(on=self.previews.is_filming))
        self.foot.measureWanted.connect(self.previews.prove_film)
        self.foot.stopWanted.connect(self.previews.stop_film)
        self.placing.lookWanted.connect(self.set_look)
        self.canvas.released.connect(self.document.release)
        self.canvas.viewChanged.connect(lambda: self.head.show_percent(self.canvas.percent))
        self.steps.picked.connect(self._pick)
        self.document.picked.connect(self._pick)
        head = self.head
        head.lookChosen.connect(self.set_look)
        head.fitWanted.connect(self.canvas.fit)
        head.fullSizeWanted.connect(self.canvas.full_size)
        head.zoomWanted.connect(lambda near: self.canvas.zoom(KEY_STEP if near else 1 / KEY_STEP))
        head.saveWanted.connect(self.save)
        keys = BoundKeys(self._seat.looks.keys, self)
        for key, act in (
            (CLOSE, self.close),
            (SAVE, self.save),
            (PRESETS, head.presetsWanted.emit),
            (UNDO, self.document.undo.undo),
            (REDO, self.document.undo.redo),
        ):
            keys.act(key.name, key.keys, act)
        keys.bound.connect(lambda: head.name_keys(self._seat.looks.keys))
        head.name_keys(self._seat.looks.keys)

    # What happens

    def save(self) -> None:
        """Ask for a name, and have the chain kept as a rendition preset."""
        seat = self._seat
        dialog = PresetSaving(
            seat.worker.rendition_presets,
            seat.asker,
            seat.looks,
            str(self.document.chain),
            self,
        )
        dialog.saved.connect(self._saved)
        open_dialog(dialog)

    def _saved(self, preset: RenditionPreset) -> None:
        self.foot.say(self.tr("Saved as “{name}”.").format(name=preset.shown))
        self.saved.emit(preset)

    def use(self, preset: RenditionPreset) -> None:
        """Work on with the steps of a preset in the place of these; undo brings these back."""
        self.document.release()
        self.document.type(preset.transformation)
        self.document.release()
        self.foot.say(self.tr("Begun with “{name}”.").format(name=preset_title(preset)))

    def _take_holdings(self, found: frozenset[Holding]) -> None:
        if isValid(self):
            self.delivery.add_holdings(found)

    def _draw(self) -> None:
        if self.document.error is None:
            at_s = self.trim.moment_s if self.trim is not None else None
            self.previews.show(str(self.document.chain), held=self.document.is_held, at_s=at_s)

    def _opened(self, shown: Shown) -> None:
        self.canvas.say("")
        if shown.image.hasAlphaChannel():
            self.delivery.add_holdings({Holding.TRANSPARENCY})
        self.placing.set_master(shown)
        self.layer_placing.set_master(shown.size)
        if self.canvas.rendition is None:
            self.canvas.show_rendition(shown)

    def _drawn(self, shown: Shown) -> None:
        now = self.canvas.rendition
        if now is not None and now.text == shown.text == self._proved_text:
            return  # the real file is shown already
        self.canvas.say("")
        self.canvas.show_rendition(shown)
        self.foot.show_estimate(shown)
        if self.document.error is None:
            self.foot.say("")

    def _proved(self, proof: Proof | None) -> None:
        if proof is None:
            if self._can_film:
                self.foot.offer_measuring()
            return
        self._proved_text = proof.text
        self.foot.show_proof(proof)
        if proof.shown is not None:
            self.canvas.show_rendition(proof.shown)

    def _refused(self, text: str, error: BridgeError) -> None:
        del text
        self.foot.refuse(error)
        self.canvas.say(self.tr("No preview"))

    def _pick(self, place: int) -> None:
        """A step was chosen: show its controls."""
        steps = self.document.chain.steps
        self.overlay.pick(place)
        self.layer_placing.pick(place)
        if 0 <= place < len(steps):
            page = PAGE_KINDS.get(steps[place].kind, "")
            if page in self.tabs:
                self.open_page(page)

    def _kit(self) -> BrandKit:
        return BrandKit.of(self._seat.remembering.settings)

    def _keep_kit(self, kit: BrandKit) -> None:
        remembering = self._seat.remembering
        remembering.keep(kit.kept(remembering.settings))
