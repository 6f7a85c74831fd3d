"""A picture at another size: smaller by libvips' own way, larger by an interpolation of ours.

libvips 8.18 enlarges half a pixel off the middle; `test_scaling.py` tells when that is over.
"""

import pyvips

from bridge_app.transform.effects.bands import premultiplied
from bridge_app.transform.geometry import Size


def resized(image: pyvips.Image, size: Size) -> pyvips.Image:
    """Scaled to exactly `size`, each axis by itself; 8-bit sRGB with or without alpha."""
    smaller = Size(width=min(image.width, size.width), height=min(image.height, size.height))
    if (smaller.width, smaller.height) != (image.width, image.height):
        image = image.thumbnail_image(smaller.width, height=smaller.height, size="force")
    if (smaller.width, smaller.height) == (size.width, size.height):
        return image
    return premultiplied(image.copy_memory(), lambda whole: _enlarged(whole, size))


def _enlarged(whole: pyvips.Image, size: Size) -> pyvips.Image:
    across, along = size.width / whole.width, size.height / whole.height
    return whole.affine(
        [across, 0, 0, along],
        interpolate=pyvips.Interpolate.new("bicubic"),
        odx=(across - 1) / 2,
        ody=(along - 1) / 2,
        oarea=[0, 0, size.width, size.height],
        extend="copy",
    )
