"""Cloudinary's transformation language: read, measured, judged and rendered locally."""

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Fidelity
from bridge_app.transform.measure import output_size
from bridge_app.transform.model import Transformation
from bridge_app.transform.parse import parse
from bridge_app.transform.render import Rendered, render

__all__ = [
    "Fidelity",
    "Rendered",
    "Transformation",
    "TransformationError",
    "output_size",
    "parse",
    "render",
]
