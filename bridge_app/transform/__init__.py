"""Cloudinary's transformation language: read, measured, judged and rendered locally."""

from typing import TYPE_CHECKING

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Fidelity
from bridge_app.transform.measure import output_size
from bridge_app.transform.model import Transformation
from bridge_app.transform.parse import parse

if TYPE_CHECKING:
    from bridge_app.transform.rendering import Rendered, render

__all__ = [
    "Fidelity",
    "Rendered",
    "Transformation",
    "TransformationError",
    "output_size",
    "parse",
    "render",
]


def __getattr__(name: str) -> object:
    """What renders, when it is asked for: most only read the language, and libvips is large."""
    if name not in ("Rendered", "render"):
        raise AttributeError(name)
    from bridge_app.transform import rendering  # noqa: PLC0415

    return getattr(rendering, name)
