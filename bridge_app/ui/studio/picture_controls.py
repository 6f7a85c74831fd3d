"""Controls for a picture laid on the picture: the one that is picked, or another one."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bridge_app.ui.studio.chain import Chain, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.picture_overlay import BLENDS, OPAQUE, PictureOverlay, relaid
from bridge_app.ui.studio.rows import ChoiceRow, SliderRow

WIDEST_PX = 2000
ROUNDEST_PX = 500
HALF_TURN = 180


class PictureControls(QWidget):
    """Changes the picture that is picked, else the last one; without any, it describes a new one.

    A layer that is no stored picture (fetched, a video) keeps its source.
    """

    def __init__(self, document: Document) -> None:
        super().__init__()
        translate = QCoreApplication.translate
        self._document = document
        self._picked = -1
        self.public_id = QLineEdit(
            placeholderText=translate("OverlayPage", "Public ID, such as brand/logo")
        )
        self.public_id.setAccessibleName(translate("OverlayPage", "Public ID of the picture"))
        self.picture_width = SliderRow(translate("OverlayPage", "Width"), 0, WIDEST_PX)
        self.opacity = SliderRow(translate("OverlayPage", "Opacity (%)"), 0, OPAQUE, OPAQUE)
        self.angle = SliderRow(self.tr("Turn (degrees)"), -HALF_TURN, HALF_TURN)
        self.radius = SliderRow(translate("DeliveryPage", "Rounded corners"), 0, ROUNDEST_PX)
        words = (self.tr("Multiply"), self.tr("Screen"), self.tr("Overlay"))
        self.blend = ChoiceRow(
            self.tr("Blending"), (("", self.tr("Normal")), *zip(BLENDS, words, strict=True))
        )
        self.tiled = QCheckBox(self.tr("Repeat all over"))
        self.add = QPushButton(translate("OverlayPage", "Add the picture"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self.public_id, self.picture_width, self.opacity, self.angle, self.radius):
            layout.addWidget(part)
        for last in (self.blend, self.tiled, self.add):
            layout.addWidget(last)
        self.public_id.editingFinished.connect(lambda: self._change("", public_id=self._typed))
        for looks, row in (
            ("width_px", self.picture_width),
            ("opacity", self.opacity),
            ("degrees", self.angle),
            ("radius_px", self.radius),
        ):
            row.moved.connect(lambda value, looks=looks: self._change(looks, **{looks: value}))
            row.released.connect(document.release)
        self.blend.chosen.connect(lambda blend: self._change("", blend=blend))
        self.tiled.clicked.connect(lambda on: self._change("", is_tiled=on))
        self.add.clicked.connect(self._add)

    @property
    def place(self) -> int | None:
        """The step that is changed; None if there is no picture on the picture."""
        steps = self._document.chain.steps
        if 0 <= self._picked < len(steps) and steps[self._picked].kind is StepKind.LAYER:
            return self._picked
        return self._document.chain.find(StepKind.LAYER)

    def pick(self, place: int) -> None:
        """Change this step, if it is a picture."""
        self._picked = place

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls from the picture that is changed."""
        place = self.place
        if place is None:
            return
        looks = PictureOverlay.of(chain.steps[place].text)
        self.public_id.setText(looks.public_id)
        self.picture_width.show_value(looks.width_px)
        self.opacity.show_value(looks.opacity)
        self.angle.show_value(looks.degrees)
        self.radius.show_value(looks.radius_px)
        self.blend.show_value(looks.blend)
        self.tiled.setChecked(looks.is_tiled)

    @property
    def _typed(self) -> str:
        return self.public_id.text().strip().strip("/")

    def _looks(self) -> PictureOverlay:
        return PictureOverlay(
            public_id=self._typed,
            width_px=self.picture_width.value,
            opacity=self.opacity.value,
            degrees=self.angle.value,
            radius_px=self.radius.value,
            blend=self.blend.combo.currentData(),
            is_tiled=self.tiled.isChecked(),
        )

    def _change(self, hold: str, **changed: object) -> None:
        place = self.place
        if place is None:
            return
        chain = self._document.chain
        step = chain.steps[place].text
        looks = replace(PictureOverlay.of(step), **changed)  # type: ignore[arg-type]
        title = QCoreApplication.translate("OverlayPage", "Picture")
        chain = chain.put(place, relaid(step, looks))
        self._document.change(chain, title, hold=f"{hold}{place}" if hold else "")

    def _add(self) -> None:
        looks = self._looks()
        if not looks.public_id:
            self.public_id.setFocus()
            return
        chain, self._picked = self._document.chain.added(looks.step)
        self._document.change(chain, QCoreApplication.translate("OverlayPage", "Add a picture"))
        self._document.picked.emit(self._picked)
