"""How large a picture comes out, without looking at it."""

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import Transformation
from bridge_app.transform.resolve import Facts, resolution
from bridge_app.transform.steps import steps


def output_size(transformation: Transformation, width: int, height: int) -> tuple[int, int]:
    """The size that a picture of `width` × `height` (upright pixels, at least 1) comes out with.

    Variables and conditions are worked out as far as the size alone decides them; what depends
    on content (`c_crop,g_face`, `e_trim`) leaves the size as it is.

    Raises:
        TransformationError: A component would enlarge the picture beyond what is allowed, or
            its arithmetic has no result.
    """
    worked_out = resolution(transformation, Facts(width=width, height=height))
    size = Size(width=width, height=height)
    try:
        done = steps(worked_out.transformation, size)
    except TransformationError as error:
        raise worked_out.located(error) from error
    result = done[-1].result if done else size
    return result.width, result.height
