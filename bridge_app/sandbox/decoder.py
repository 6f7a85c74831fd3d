"""What the sandbox needs of a decoder: facts about a file, and pictures made from it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from bridge_app.transform.layer_sources import LayerSources
from bridge_app.transform.record import Record


class Probed(Protocol):
    """What a file is, by its content."""

    @property
    def kind(self) -> str:
        """One of image, video, audio, document, other."""

    @property
    def format(self) -> str:
        """A lower-case word such as "jpeg", "psd", "mp4"; "unknown" for bytes nobody knows."""

    @property
    def width(self) -> int | None:
        """Pixels as stored."""

    @property
    def height(self) -> int | None:
        """Pixels as stored."""

    @property
    def duration_s(self) -> float | None:
        """Seconds, of what plays."""

    @property
    def pages(self) -> int | None:
        """Pages or frames, where that is known."""


class Rendition(Protocol):
    """A rendered file."""

    @property
    def data(self) -> bytes:
        """The encoded file."""

    @property
    def format(self) -> str:
        """The format of `data`."""

    @property
    def width(self) -> int:
        """Pixels."""

    @property
    def height(self) -> int:
        """Pixels."""


class Preview(Protocol):
    """An upright picture of a file of any kind."""

    @property
    def data(self) -> bytes:
        """The encoded picture, JPEG or PNG."""


class RecordOfFile(Protocol):
    """What a file says of itself."""

    @property
    def record(self) -> Mapping[str, object]:
        """Its standard fields, by their IDs: `date_taken` in ISO 8601, `coordinate` as "N,E"."""


class Decoder(Protocol):
    """Reads and renders media. Methods block, run on any thread, and raise BridgeError only."""

    def probe(self, path: Path) -> Probed:
        """Tell what is in a file; a MediaError says that it cannot be read."""

    def render(
        self,
        path: Path,
        transformation: str,
        *,
        accept: str = "",
        layers: LayerSources | None = None,
        record: Record | None = None,
    ) -> Rendition:
        """Apply a transformation.

        `accept` is the browser's header, for automatic formats; `layers` finds the pictures and
        fonts that layers name; `record` is what the asset's record says beside the file.
        """

    def read_record(self, path: Path) -> RecordOfFile:
        """What people wrote into a file."""

    def thumbnail(self, path: Path, *, edge_px: int) -> Preview:
        """A picture of at most `edge_px` a side: a film's frame, a document's first page."""
