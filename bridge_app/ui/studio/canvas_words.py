"""What the canvas says of the frames on it to those who do not see them."""

from PySide6.QtCore import QCoreApplication

from bridge_app.ui.messages import number_text, pixels_text
from bridge_app.ui.studio.crop_frame import CropFrame
from bridge_app.ui.studio.layer_frame import LayerFrame

translate = QCoreApplication.translate  # a name that lupdate knows


def frame_words(crop: CropFrame | None, layer: LayerFrame | None) -> str:
    """What can be moved, and where it is; "" for nothing."""
    if crop is not None:
        box = crop.box
        return translate("studio", "Crop of {size}, {x} from the left, {y} from the top").format(
            size=pixels_text((box.width, box.height)),
            x=number_text(box.left),
            y=number_text(box.top),
        )
    if layer is not None:
        return translate("studio", "Layer, {x} to the right of the middle, {y} below it").format(
            x=number_text(round(layer.x)), y=number_text(round(layer.y))
        )
    return ""
