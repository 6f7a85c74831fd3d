"""What this computer adds to a layer's fidelity: pictures and fonts that are not here.

The layer's own words are judged by `fidelity`; this asks the sources and the fonts.
"""

from collections.abc import Iterable, Iterator

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Assessment, approximate, cloud_only
from bridge_app.transform.fonts import BUNDLED_FAMILY, family_in, is_here
from bridge_app.transform.layer_source import LayerKind, StoredLayer, TextLayer, layer_source
from bridge_app.transform.layer_sources import LayerSources
from bridge_app.transform.layers import LayerSpan, layer_spans
from bridge_app.transform.model import Border
from bridge_app.transform.text_style import TextStyle

_SETTABLE_FONTS = (".ttf", ".otf", ".ttc")


def about_layers(spans: Iterable[LayerSpan], sources: LayerSources) -> list[Assessment]:
    """What has to be said of layers and those within them; empty when all are shown as asked.

    Raises:
        TransformationError: A layer is none.
    """
    return [said for span in spans for said in _about(span, sources)]


def _about(span: LayerSpan, sources: LayerSources) -> Iterator[Assessment]:
    source = layer_source(span.source.text, position=span.position)
    if isinstance(source, TextLayer):
        yield from _about_text(source, span, sources)
    elif source.kind is LayerKind.IMAGE and sources.open(source) is None:
        yield cloud_only(f"The layer {span.source} is not known here; it is left out.")
    if "tiled" in span.flags and span.placing.parameters:
        yield approximate(
            f"Where the tiles of {span.source} begin is not published; here at the top left."
        )
    try:
        yield from about_layers(layer_spans(span.chain), sources)
    except TransformationError as error:
        raise span.located(error) from error


def _about_text(source: TextLayer, span: LayerSpan, sources: LayerSources) -> Iterator[Assessment]:
    if source.style is None:
        yield cloud_only(
            f"The text template {source.template} is known to Cloudinary only; it is left out."
        )
        return
    if missing := _missing(source.style, sources):
        yield approximate(missing)
    if source.style.stroke and span.wording.find("bo", Border):
        yield approximate(
            "How far a stroke covers its letters is not published; here it lies around them."
        )


def _missing(style: TextStyle, sources: LayerSources) -> str:
    """What is said of a font that cannot be used; empty when it can."""
    if not style.is_uploaded:
        here = is_here(style.family)
        return "" if here else f"The font {style.family} is not here; a similar one stands in."
    path = sources.open(StoredLayer(public_id=style.family, kind=LayerKind.FONT))
    if path is None:
        return f"The uploaded font {style.family} is not known here; {BUNDLED_FAMILY} stands in."
    if not style.family.lower().endswith(_SETTABLE_FONTS) or not family_in(path):
        return f"The uploaded font {style.family} cannot be read here; {BUNDLED_FAMILY} stands in."
    return ""
