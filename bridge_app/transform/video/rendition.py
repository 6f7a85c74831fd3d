"""What a film becomes: a film or sound, rendered; or the master for a picture of it."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bridge_app.transform.chain import Chain
from bridge_app.transform.fidelity import approximate
from bridge_app.transform.focus import Focus
from bridge_app.transform.layer_fidelity import about_layers
from bridge_app.transform.layer_sources import LayerSources, NoLayers
from bridge_app.transform.layers import layer_spans
from bridge_app.transform.model import Transformation
from bridge_app.transform.overlay import Layering
from bridge_app.transform.rendered import Rendered
from bridge_app.transform.resolve import Facts, resolution
from bridge_app.transform.sight import Sight
from bridge_app.transform.steps import picture_components
from bridge_app.transform.video.allowance import Allowance
from bridge_app.transform.video.containers import is_film, is_gif
from bridge_app.transform.video.film import Film
from bridge_app.transform.video.product import Outcome, Product, asks_for_film, outcome_of
from bridge_app.transform.video.render_video import Wishes, rendered_film
from bridge_app.transform.video.stills import FilmMaster, film_master

_NOTHING: Mapping[str, str] = MappingProxyType({})


def facts_of(film: Film) -> Facts:
    """What expressions may ask about a film; sound alone has no size, which counts as 1 × 1."""
    size = film.size
    return Facts(
        width=size.width if size else 1,
        height=size.height if size else 1,
        duration=float(film.duration_s) if film.duration_s is not None else None,
    )


def is_rendered_as_film(path: Path, transformation: Transformation) -> bool:
    """Whether a file is a film or sound by its content, or a GIF that is to become a film.

    Raises:
        FileTroubleError: The file cannot be opened.
    """
    return is_film(path) or (asks_for_film(transformation) and is_gif(path))


def film_rendition(
    film: Film,
    transformation: Transformation,
    *,
    accept: str = "",
    facts: Facts | None = None,
    named: Mapping[str, str] = _NOTHING,
    sources: LayerSources | None = None,
) -> Rendered | FilmMaster:
    """The film through the transformation, or, where a picture is asked for, its master.

    Arguments and errors as of `bridge_app.transform.render`.
    """
    resolved = resolution(transformation, facts or facts_of(film), named=named)
    done = resolved.transformation
    components = tuple(component for _, component in picture_components(done))
    outcome = outcome_of(film, components, accept=accept)
    if outcome.product not in {Product.FILM, Product.SOUND}:
        return film_master(film, done, outcome)
    known = sources or NoLayers()
    wishes = Wishes(
        focus=_focus(film, done),
        lay=Layering(known),
        doubts=(*about_layers(layer_spans(done), known), *map(approximate, resolved.doubts)),
    )
    return rendered_film(film, done, outcome, wishes=wishes, allowance=Allowance())


def _focus(film: Film, transformation: Transformation) -> Focus | None:
    """Looks for content in the frame in the middle of the wanted part."""
    if film.size is None:
        return None
    still = film_master(film, transformation, Outcome(product=Product.STILL, format="jpg"))
    return Sight(still, Chain.of(transformation, film.size).load_size).focus
