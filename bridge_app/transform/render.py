"""A master through a transformation, as Cloudinary would deliver it: pixels, format, fidelity."""

from dataclasses import dataclass
from pathlib import Path

from bridge_app.transform.encode import Encoding, encoded, encoding
from bridge_app.transform.fidelity import Assessment, Fidelity, approximate, assess, worst
from bridge_app.transform.model import Colour, Format, Transformation
from bridge_app.transform.pixels import Master, draw
from bridge_app.transform.steps import Step, picture_components, steps

_ANIMATED = frozenset({Format.GIF, Format.WEBP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A rendition: its file, and how true it is.

    `format` is the extension (`jpg`, `png`, `webp`, `avif`, `gif`); width and height are pixels,
    of one frame for an animation; `reasons` are whole sentences, none when it is exact.
    """

    data: bytes
    format: str
    width: int
    height: int
    fidelity: Fidelity
    reasons: tuple[str, ...]


def render(path: Path, transformation: Transformation, *, accept: str = "") -> Rendered:
    """Render a picture file. Decodes in this process: untrusted files belong in a child.

    Args:
        path: JPEG, PNG, WebP, AVIF, GIF, TIFF or SVG; any name.
        transformation: What we cannot do is left out; the fidelity and its reasons say so.
        accept: The browser's `Accept` header, for `f_auto`.

    Raises:
        FileTroubleError: The file cannot be opened.
        MediaError: It is no picture we can decode, or the format cannot hold the result.
        TransformationError: The transformation asks for more pixels than are allowed.
    """
    master = Master.open(path)
    done = steps(transformation, master.size)
    components = tuple(component for _, component in picture_components(transformation))
    how = encoding(
        components,
        master=master.format,
        accept=accept,
        alpha=master.alpha or _clears(done),
    )
    moving = master.frames > 1 and how.format in _ANIMATED
    image = draw(master, done, animated=moving)
    size = done[-1].result if done else master.size
    truth = worst([assess(transformation), *_about(master, done, how)])
    return Rendered(
        data=encoded(image, how),
        format=str(how.format),
        width=size.width,
        height=size.height,
        fidelity=truth.fidelity,
        reasons=truth.reasons,
    )


def _clears(done: tuple[Step, ...]) -> bool:
    """Whether a step makes an opaque picture transparent somewhere."""
    grounds = (step.component.find("b", Colour) for step in done)
    return any(ground is not None and ground.alpha < 255 for ground in grounds)


def _about(master: Master, done: tuple[Step, ...], how: Encoding) -> list[Assessment]:
    """What this file adds to the transformation's own fidelity."""
    found: list[Assessment] = []
    if master.frames > 1 and how.format not in _ANIMATED:
        found.append(approximate("The picture is animated; here its first frame is shown."))
    if master.frames > 1 and how.format in _ANIMATED and how.format is not master.format:
        found.append(
            approximate("The animation is kept here; Cloudinary may want a flag for that.")
        )
    if not how.asked and master.format is None:
        found.append(
            approximate(
                "Without f_ or an extension Cloudinary delivers the master's own format; "
                f"here it is written as {how.format}."
            )
        )
    if master.alpha and any(_pads_by_default(step) for step in done):
        found.append(
            approximate(
                "What fills the padding of a transparent picture is not documented; "
                "here it stays transparent."
            )
        )
    return found


def _pads_by_default(step: Step) -> bool:
    return step.placement is not None and step.placement.pads and not step.component.has("b")
