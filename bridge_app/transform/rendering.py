"""A master through a transformation, as Cloudinary would deliver it: pixels, format, fidelity."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from bridge_app.transform.animation import retimed
from bridge_app.transform.chain import Chain
from bridge_app.transform.encode import Encoding, encoded, encoding
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Assessment, approximate, assess, worst
from bridge_app.transform.fidelity_sayings import Saying
from bridge_app.transform.frames import about_pages, is_pdf, paged, pdf_master
from bridge_app.transform.geometry import Box
from bridge_app.transform.kept_metadata import Keep, writes_metadata
from bridge_app.transform.layer_fidelity import about_layers
from bridge_app.transform.layer_sources import LayerSources, NoLayers
from bridge_app.transform.model import Angle, Orientation, Transformation
from bridge_app.transform.overlay import Layering
from bridge_app.transform.pixels import Master, draw
from bridge_app.transform.record import Record, without_known
from bridge_app.transform.rendered import Rendered
from bridge_app.transform.resolve import Facts, Resolution, resolution
from bridge_app.transform.sight import Sight
from bridge_app.transform.steps import Step, picture_components
from bridge_app.transform.video.film import Film
from bridge_app.transform.video.rendition import facts_of, film_rendition, is_rendered_as_film

__all__ = ["Rendered", "render", "render_master"]
_NOTHING: Mapping[str, str] = MappingProxyType({})


def render(
    path: Path,
    transformation: Transformation,
    *,
    accept: str = "",
    facts: Facts | Record | None = None,
    named: Mapping[str, str] = _NOTHING,
    sources: LayerSources | None = None,
) -> Rendered:
    """Render a file. Decodes in this process: untrusted files belong in a child.

    Args:
        path: JPEG, PNG, WebP, AVIF, GIF, TIFF, SVG, PDF, a film or sound; any name.
        transformation: What we cannot do is left out; the fidelity and its reasons say so.
        accept: The browser's `Accept` header, for `f_auto`.
        facts: What expressions may ask about the master; None: what the file itself says. A
            record adds to that what it knows, and where gravities find what people drew.
        named: What each named transformation stands for.
        sources: Where the pictures of layers are; None: they are left out.

    Raises:
        FileTroubleError: The file cannot be opened.
        MediaError: It is no picture we can decode, or the format cannot hold the result.
        TransformationError: The transformation asks for more pixels than are allowed, contains
            itself, or names what is not there.
    """
    if is_rendered_as_film(path, transformation):
        return _of_film(
            Film.open(path),
            transformation,
            accept=accept,
            facts=facts,
            named=named,
            sources=sources,
        )
    master = _master(path, transformation)
    return render_master(
        master, transformation, accept=accept, facts=facts, named=named, sources=sources
    )


def render_master(
    master: Master,
    transformation: Transformation,
    *,
    accept: str = "",
    facts: Facts | Record | None = None,
    named: Mapping[str, str] = _NOTHING,
    sources: LayerSources | None = None,
) -> Rendered:
    """The same for a master that is open; arguments and errors as for `render`."""
    known = sources or NoLayers()
    resolved = _resolved(master, transformation, facts, named)
    done = resolved.transformation
    try:
        chain, sight = _planned(master, done, facts)
        moving = master.frames > 1 and _encoding(master, chain, accept).animated
        image = draw(
            master,
            chain,
            animated=moving,
            lay=Layering(known),
            seen=None if moving else sight.seen(chain.load_size),
        )
    except TransformationError as error:
        raise resolved.located(error) from error
    if moving:
        image = retimed(image, done)
    how = _encoding(master, chain, accept, alpha=image.hasalpha())
    truth = worst(
        [
            assess(without_known(done, _drawn(facts))),
            *_about(master, chain, how),
            *about_pages(done),
            *about_layers(chain.spans, known),
            *map(approximate, resolved.doubts),
        ]
    )
    return Rendered(
        data=encoded(image, how, master=master.path),
        format=str(how.format),
        width=image.width,
        height=image.get_page_height(),
        fidelity=truth.fidelity,
        reasons=truth.reasons,
    )


def _of_film(
    film: Film,
    transformation: Transformation,
    *,
    accept: str,
    facts: Facts | Record | None,
    named: Mapping[str, str],
    sources: LayerSources | None,
) -> Rendered:
    """A film as a film, or the picture of it that is asked for."""
    known = facts.added_to(facts_of(film)) if isinstance(facts, Record) else facts
    made = film_rendition(
        film, transformation, accept=accept, facts=known, named=named, sources=sources
    )
    if isinstance(made, Rendered):
        return made
    picture = render_master(
        made,
        transformation,
        accept=accept,
        facts=known or facts_of(film),
        named=named,
        sources=sources,
    )
    truth = worst([Assessment(fidelity=picture.fidelity, reasons=picture.reasons), *made.doubts])
    return replace(picture, fidelity=truth.fidelity, reasons=truth.reasons)


def _master(path: Path, transformation: Transformation) -> Master:
    if is_pdf(path):
        return pdf_master(path, transformation)
    return paged(Master.open(path, as_stored=_ignores_orientation(transformation)), transformation)


def _ignores_orientation(transformation: Transformation) -> bool:
    """Whether `a_ignore` stands anywhere."""
    angles = (component.find("a", Angle) for _, component in picture_components(transformation))
    return any(Orientation.IGNORE in angle.parts for angle in angles if angle)


def _resolved(
    master: Master,
    transformation: Transformation,
    facts: Facts | Record | None,
    named: Mapping[str, str],
) -> Resolution:
    size = master.size
    own = Facts(
        width=size.width, height=size.height, pages=master.frames, faces=Sight(master).faces
    )
    known = facts.added_to(own) if isinstance(facts, Record) else facts or own
    return resolution(transformation, known, named=named)


def _planned(
    master: Master, done: Transformation, facts: Facts | Record | None
) -> tuple[Chain, Sight]:
    """The chain, and what looked at the master for it.

    What will be drawn anyway is looked at, if content matters: so a master is decoded once.
    """
    sight = Sight(master, Chain.of(done, master.size).load_size, _drawn(facts))
    return Chain.of(done, master.size, sight.focus), sight


def _drawn(facts: Facts | Record | None) -> Mapping[str, Box]:
    return facts.drawn if isinstance(facts, Record) else {}


def _encoding(master: Master, chain: Chain, accept: str, *, alpha: bool = False) -> Encoding:
    """How it is written; transparency decides between formats that cannot move."""
    components = tuple(component for _, component in picture_components(chain.transformation))
    moving = master.frames > 1
    return encoding(components, master=master.format, accept=accept, alpha=alpha, moving=moving)


def _about(master: Master, chain: Chain, how: Encoding) -> list[Assessment]:
    """What this file adds to the transformation's own fidelity."""
    found: list[Assessment] = []
    if master.frames > 1 and not how.animated:
        found.append(approximate(Saying.FIRST_FRAME))
    if how.keep is not Keep.NOTHING and not writes_metadata(how.format):
        found.append(approximate(Saying.NO_METADATA.format(format=how.format.upper())))
    if not how.asked and master.format is None:
        found.append(approximate(Saying.MASTERS_FORMAT.format(format=how.format)))
    if master.alpha and any(_pads_by_default(step) for step in chain.planned.values()):
        found.append(approximate(Saying.PADDING))
    return found


def _pads_by_default(step: Step) -> bool:
    return step.placement is not None and step.placement.pads and not step.component.has("b")
