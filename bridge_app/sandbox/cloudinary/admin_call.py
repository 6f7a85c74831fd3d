"""One call of the Admin API: its path, and the function that answers it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json

Reply = Json | list[Json]
Answer = Callable[[Cloud, Mapping[str, str], Params], Reply | Awaitable[Reply]]
"""Cloud, what the path names, parameters -> the reply. Raises CloudinaryError."""


@dataclass(frozen=True, slots=True)
class AdminCall:
    """`path` follows the cloud name, in Starlette's notation."""

    method: str
    path: str
    answer: Answer
