"""How true a local film is: what the file and the encoder here add to the chain's own fidelity."""

from bridge_app.transform.fidelity import Assessment, approximate, cloud_only
from bridge_app.transform.fidelity_sayings import Saying
from bridge_app.transform.model import Transformation
from bridge_app.transform.steps import picture_components, steps
from bridge_app.transform.video.film import Film
from bridge_app.transform.video.geometry_filters import evened
from bridge_app.transform.video.plan import unheld
from bridge_app.transform.video.product import Outcome, Product
from bridge_app.transform.video.span import names_moment

_ENCODED = approximate(Saying.ENCODED)


def about_film(film: Film, transformation: Transformation, outcome: Outcome) -> list[Assessment]:
    """What a film's or a sound's rendition here differs in."""
    found = [_ENCODED]
    if outcome.stands_in:
        found.append(_other_format(outcome))
    if (codec := unheld(transformation, outcome.format)) and outcome.product is Product.FILM:
        found.append(cloud_only(Saying.CODEC.format(it=codec)))
    found.extend([*_chosen_offsets(transformation), *_evened_volume(transformation)])
    if film.size is None or outcome.product is not Product.FILM:
        return found
    done = steps(transformation, film.size)
    result = done[-1].result if done else film.size
    even = evened(result)
    if even != result:
        found.append(
            approximate(
                Saying.EVEN_SIDES.format(
                    width=even.width,
                    height=even.height,
                    asked_width=result.width,
                    asked_height=result.height,
                )
            )
        )
    if any(s.placement and s.placement.pads and not s.component.has("b") for s in done):
        found.append(approximate(Saying.FILM_PADDING))
    return found


def about_moment(transformation: Transformation) -> list[Assessment]:
    """What a still of a film differs in."""
    if names_moment(transformation):
        return []
    words = [p.text for _, c in picture_components(transformation) if (p := c.parameter("so"))]
    if words:
        return [approximate(Saying.FRAME_CHOSEN.format(it=words[-1]))]
    return [approximate(Saying.FRAME_OPEN)]


def about_frames(transformation: Transformation) -> list[Assessment]:
    """What an animation of a film differs in."""
    if any(component.has("dl") for _, component in picture_components(transformation)):
        return []
    return [approximate(Saying.PACE)]


def _chosen_offsets(transformation: Transformation) -> list[Assessment]:
    return [
        approximate(Saying.START_CHOSEN.format(it=p))
        for _, component in picture_components(transformation)
        if (p := component.parameter("so")) and p.text == "auto"
    ]


def _evened_volume(transformation: Transformation) -> list[Assessment]:
    return [
        approximate(Saying.LOUDNESS.format(it=p))
        for _, component in picture_components(transformation)
        if (p := component.parameter("e")) and p.text == "volume:auto"
    ]


def _other_format(outcome: Outcome) -> Assessment:
    return cloud_only(Saying.OTHER_FORMAT.format(it=outcome.asked, format=outcome.format))
