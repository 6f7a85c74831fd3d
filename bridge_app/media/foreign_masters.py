"""Masters that the renderer cannot open (HEIC, RAW, Photoshop, JPEG XL…), decoded here for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyvips

from bridge_app.media.formats import RAW
from bridge_app.media.probe import probe
from bridge_app.media.source import Source, Wanted
from bridge_app.media.thumbnails import small_image
from bridge_app.transform import Rendered, Transformation
from bridge_app.transform.fidelity import Assessment, approximate, cloud_only, worst
from bridge_app.transform.fidelity_sayings import Saying
from bridge_app.transform.geometry import Size
from bridge_app.transform.layer_sources import LayerSources
from bridge_app.transform.model import Pages
from bridge_app.transform.pixels import Master
from bridge_app.transform.record import Record
from bridge_app.transform.rendering import render_master
from bridge_app.transform.scaling import resized
from bridge_app.transform.steps import picture_components

EDGE_PX = 8192
"""How large they are decoded at most; what is larger is enlarged again from that."""
# AVIF and TIFF are the renderer's own, but for sequences (AVIS) and for samples of rare kinds.
FOREIGN = frozenset(
    {
        "ai",
        "avif",
        "bmp",
        "cur",
        "dds",
        "eps",
        "exr",
        "hdr",
        "heic",
        "heif",
        "icns",
        "ico",
        "jp2",
        "jxl",
        "tiff",
    }
    | {"pcx", "psb", "psd", "qoi"}
    | RAW
)
_SAID: Mapping[str, Saying] = {
    **dict.fromkeys(RAW, Saying.RAW),
    "avif": Saying.FIRST_OF_SEQUENCE,
    "eps": Saying.EPS_PREVIEW,
    "tiff": Saying.RARE_TIFF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedMaster(Master):
    """A master whose pixels are in memory: upright, 8-bit sRGB."""

    image: pyvips.Image = field(repr=False)

    def load(self, size: Size, *, every_frame: bool) -> pyvips.Image:
        """The picture at `size`; it has one frame."""
        del every_frame
        return resized(self.image, size)


def rendered_otherwise(  # noqa: PLR0913 - each is a fact of its own
    path: Path,
    transformation: Transformation,
    *,
    accept: str,
    sources: LayerSources,
    record: Record,
    named: Mapping[str, str],
    pixels: int,
) -> Rendered | None:
    """What `bridge_app.transform.render` refused, by the decoders of this package.

    Args:
        path: The file.
        transformation: As for `render`.
        accept: As for `render`.
        sources: As for `render`.
        record: What is known of the master beside the file.
        named: As for `render`.
        pixels: The most that may be decoded.

    Returns:
        None for formats that are the renderer's own: then the file is damaged.

    Raises:
        FileTroubleError, MediaError, DecoderLimitError, TransformationError: As `render` does.
    """
    with Source.open(path) as source:
        facts = probe(source).facts
        if facts.format not in FOREIGN:
            return None
        image, trouble = small_image(Wanted(source=source, edge_px=EDGE_PX, pixels=pixels), facts)
    master = DecodedMaster(
        path=path,
        size=Size(
            width=facts.display_width or image.width, height=facts.display_height or image.height
        ),
        alpha=bool(image.hasalpha()),
        profiled=False,
        frames=1,
        format=None,
        image=image,
    )
    made = render_master(
        master, transformation, accept=accept, facts=record, named=named, sources=sources
    )
    said = [Assessment(fidelity=made.fidelity, reasons=made.reasons)]
    said.extend(approximate(words) for words in (_SAID.get(facts.format), trouble) if words)
    said.extend(_about_layers(transformation))
    truth = worst(said)
    return replace(made, fidelity=truth.fidelity, reasons=truth.reasons)


def _about_layers(transformation: Transformation) -> list[Assessment]:
    """A layered file is shown as a whole here."""
    asked = [p for _, c in picture_components(transformation) if (p := c.find("pg", Pages))]
    if not asked or asked[-1].ranges[:1] == ((1, 1),):
        return []
    return [cloud_only(Saying.SINGLE_LAYERS)]
