"""What this computer adds to a layer's fidelity: pictures and fonts that are not here.

The layer's own words are judged by `fidelity`; this asks the sources and the fonts.
"""

from collections.abc import Iterable, Iterator

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Assessment, approximate, cloud_only
from bridge_app.transform.fidelity_sayings import Saying
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
        yield cloud_only(Saying.LAYER_UNKNOWN.format(it=span.source))
    if "tiled" in span.flags and span.placing.parameters:
        yield approximate(Saying.TILES.format(it=span.source))
    try:
        yield from about_layers(layer_spans(span.chain), sources)
    except TransformationError as error:
        raise span.located(error) from error


def _about_text(source: TextLayer, span: LayerSpan, sources: LayerSources) -> Iterator[Assessment]:
    if source.style is None:
        yield cloud_only(Saying.TEMPLATE_UNKNOWN.format(it=source.template))
        return
    if missing := _missing(source.style, sources):
        yield approximate(missing)
    if source.style.stroke and span.wording.find("bo", Border):
        yield approximate(Saying.STROKE)


def _missing(style: TextStyle, sources: LayerSources) -> str:
    """What is said of a font that cannot be used; empty when it can."""
    if not style.is_uploaded:
        here = is_here(style.family)
        return "" if here else Saying.FONT_MISSING.format(it=style.family)
    path = sources.open(StoredLayer(public_id=style.family, kind=LayerKind.FONT))
    if path is None:
        return Saying.FONT_UNKNOWN.format(it=style.family, family=BUNDLED_FAMILY)
    if not style.family.lower().endswith(_SETTABLE_FONTS) or not family_in(path):
        return Saying.FONT_UNREADABLE.format(it=style.family, family=BUNDLED_FAMILY)
    return ""
