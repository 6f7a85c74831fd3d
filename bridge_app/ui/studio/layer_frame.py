"""The frame of a layer that is placed with the mouse: where its middle is, and how large it is."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSizeF

from bridge_app.transform.geometry import Size
from bridge_app.ui.studio.chain import Chain
from bridge_app.ui.studio.edits import position_of

LEAST_PX = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFrame:
    """In pixels of `picture`; `x` and `y` count from its middle to the layer's middle."""

    picture: Size
    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of(cls, step: str, picture: Size, looks: QSizeF) -> "LayerFrame":
        """The frame of a layer's step, `looks` being about how large the layer is drawn."""
        last = Chain.of(step.rpartition("/")[2]).steps[0]
        anchor = last.value("g")
        x, y = position_of(step)
        to_right = ("east" in anchor) - ("west" in anchor)
        to_bottom = ("south" in anchor) - ("north" in anchor)
        return cls(
            picture=picture,
            x=to_right * (picture.width - looks.width()) / 2 + (-x if to_right > 0 else x),
            y=to_bottom * (picture.height - looks.height()) / 2 + (-y if to_bottom > 0 else y),
            width=looks.width(),
            height=looks.height(),
        )

    def moved(self, dx: float, dy: float) -> "LayerFrame":
        """Elsewhere; its middle stays on the picture."""
        half_x, half_y = self.picture.width / 2, self.picture.height / 2
        return replace(
            self,
            x=min(half_x, max(-half_x, self.x + dx)),
            y=min(half_y, max(-half_y, self.y + dy)),
        )

    def on_canvas(self, place: QRectF) -> QRectF:
        """Where the frame lies when the picture lies in `place`; large enough to be held."""
        scale = place.width() / self.picture.width
        width, height = max(LEAST_PX, self.width * scale), max(LEAST_PX, self.height * scale)
        middle = place.center()
        return QRectF(
            middle.x() + self.x * scale - width / 2,
            middle.y() + self.y * scale - height / 2,
            width,
            height,
        )
