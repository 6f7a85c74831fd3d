"""What rendering gives, whatever was rendered."""

from dataclasses import dataclass

from bridge_app.transform.fidelity import Fidelity


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A rendition: its file, and how true it is.

    `format` is the extension (`jpg`, `png`, `webp`, `avif`, `gif`, `mp4`, `mp3`…); width and
    height are pixels, of one frame for what moves, 0 for sound alone; `reasons` are whole
    sentences, none when it is exact.
    """

    data: bytes
    format: str
    width: int
    height: int
    fidelity: Fidelity
    reasons: tuple[str, ...]
