"""What is said of files, and of parameters together, where a local picture is not exact.

What is said of each value by itself stands in `fidelity_words`. The window translates both by
`TEMPLATES`; everybody else reads them as they are.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.transform import fidelity_words as words


class Saying(StrEnum):
    """A sentence; `{it}` stands for the parameter as it was typed."""

    VISITORS_BROWSER = QT_TRANSLATE_NOOP(
        "fidelity", "{it} follows the visitor's browser; here the picture keeps its size."
    )
    ONE_SIDED = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it} stands alone: Cloudinary's pages leave open how the other side follows; "
        "here the picture keeps its shape.",
    )
    PART_BY_CONTENT = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it} lets Cloudinary choose the part by its content; "
        "here it is chosen by our own measure. The size is exact.",
    )
    SIZE_NOT_HERE = QT_TRANSLATE_NOOP(
        "fidelity", "{it} decides the size too, and its coordinates are not here."
    )
    SIZE_FOUND = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it} decides the size too; Cloudinary finds the part with its own detector, "
        "here another one does.",
    )
    ZOOM = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: how much stays around what is found is not published; here it is near.",
    )
    VISITORS_SCREEN = QT_TRANSLATE_NOOP(
        "fidelity", "dpr_auto follows the visitor's screen; here it counts as 1.0."
    )
    DENSITY_ALONE = QT_TRANSLATE_NOOP(
        "fidelity", "{it} stands by itself; here it enlarges the last size that is asked for."
    )
    QUALITY = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: Cloudinary finds the quality for each picture; "
        "here it is found by another measure of what the eye sees.",
    )
    FORMAT = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: Cloudinary chooses the format by browser and content; here by the browser alone.",
    )
    TURNED_TO_FIT = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: when Cloudinary turns the picture is not published in full; here when "
        "the size asked for lies the other way.",
    )
    TURNED_AFTERWARDS = QT_TRANSLATE_NOOP(
        "fidelity", "{it} shares a component with a size; here the picture is turned afterwards."
    )
    FACES_COUNTED = QT_TRANSLATE_NOOP(
        "fidelity",
        "How many faces there are decides here; Cloudinary counts them with its own detector.",
    )
    # Layers.
    LAYER_UNKNOWN = QT_TRANSLATE_NOOP(
        "fidelity", "The layer {it} is not known here; it is left out."
    )
    TILES = QT_TRANSLATE_NOOP(
        "fidelity", "Where the tiles of {it} begin is not published; here at the top left."
    )
    TEMPLATE_UNKNOWN = QT_TRANSLATE_NOOP(
        "fidelity", "The text template {it} is known to Cloudinary only; it is left out."
    )
    STROKE = QT_TRANSLATE_NOOP(
        "fidelity",
        "How far a stroke covers its letters is not published; here it lies around them.",
    )
    FONT_MISSING = QT_TRANSLATE_NOOP(
        "fidelity", "The font {it} is not here; a similar one stands in."
    )
    FONT_UNKNOWN = QT_TRANSLATE_NOOP(
        "fidelity", "The uploaded font {it} is not known here; {family} stands in."
    )
    FONT_UNREADABLE = QT_TRANSLATE_NOOP(
        "fidelity", "The uploaded font {it} cannot be read here; {family} stands in."
    )
    # The file.
    FIRST_FRAME = QT_TRANSLATE_NOOP(
        "fidelity", "The picture is animated; here its first frame is shown."
    )
    NO_METADATA = QT_TRANSLATE_NOOP("fidelity", "Metadata is not written into {format} files here.")
    MASTERS_FORMAT = QT_TRANSLATE_NOOP(
        "fidelity",
        "Without f_ or an extension Cloudinary delivers the master's own format; "
        "here it is written as {format}.",
    )
    PADDING = QT_TRANSLATE_NOOP(
        "fidelity",
        "What fills the padding of a transparent picture is not documented; "
        "here it stays transparent.",
    )
    PAGES_BY_NAME = QT_TRANSLATE_NOOP(
        "fidelity", "Layers by name and embedded pictures are opened by Cloudinary only."
    )
    PAGES = QT_TRANSLATE_NOOP("fidelity", "Of several pages the first that is named is shown here.")
    SINGLE_LAYERS = QT_TRANSLATE_NOOP(
        "fidelity", "Single layers or pages of such a file are opened by Cloudinary only."
    )
    RAW = QT_TRANSLATE_NOOP(
        "fidelity", "A RAW file is shown by the camera's own preview here, or developed plainly."
    )
    FIRST_OF_SEQUENCE = QT_TRANSLATE_NOOP(
        "fidelity", "Of an AVIF sequence the first picture is shown here."
    )
    EPS_PREVIEW = QT_TRANSLATE_NOOP("fidelity", "Of an EPS the preview it carries is shown here.")
    RARE_TIFF = QT_TRANSLATE_NOOP(
        "fidelity", "A TIFF of this rare kind is read by another decoder here."
    )
    PRESET_STANDS_IN = QT_TRANSLATE_NOOP(
        "fidelity",
        "t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of "
        "that name.",
    )
    # Films.
    ENCODED = QT_TRANSLATE_NOOP(
        "fidelity",
        "The film is encoded by another encoder here: its size, length and order are true, "
        "its bytes and fine detail are not.",
    )
    CODEC = QT_TRANSLATE_NOOP("fidelity", "The codec vc_{it} is written by Cloudinary only.")
    EVEN_SIDES = QT_TRANSLATE_NOOP(
        "fidelity",
        "A film's sides are even numbers here: {width} × {height} "
        "instead of {asked_width} × {asked_height}.",
    )
    FILM_PADDING = QT_TRANSLATE_NOOP(
        "fidelity", "What fills a film's padding is not documented; here it is black."
    )
    FRAME_CHOSEN = QT_TRANSLATE_NOOP(
        "fidelity", "so_{it} is chosen by Cloudinary; here the frame is from the middle."
    )
    FRAME_OPEN = QT_TRANSLATE_NOOP(
        "fidelity", "Without so_ Cloudinary chooses the frame; here it is the film's middle one."
    )
    PACE = QT_TRANSLATE_NOOP(
        "fidelity",
        "How fast Cloudinary plays the frames is not documented; here as the film does.",
    )
    START_CHOSEN = QT_TRANSLATE_NOOP(
        "fidelity", "{it} is chosen by Cloudinary; here the film starts at its beginning."
    )
    LOUDNESS = QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: how Cloudinary evens out loudness is not published; here it is near.",
    )
    OTHER_FORMAT = QT_TRANSLATE_NOOP(
        "fidelity", "The format f_{it} is written by Cloudinary only; here the film is a {format}."
    )


def _said(tables: Iterable[Mapping[str, str]]) -> list[str]:
    return [text for table in tables for text in table.values() if text]


TEMPLATES: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *(saying.value for saying in Saying),
            *_said((words.EFFECTS, words.FLAGS, words.GRAVITIES, words.BACKGROUNDS)),
            *_said((words.LAYERS, words.KEYS, words.CLOUD_ONLY)),
            words.UNKNOWN,
        )
    )
)
"""Every sentence there is; the one that fits almost everything stands last."""
