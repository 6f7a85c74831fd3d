"""The pictures of a review pack: each as it would be delivered, in a format every browser shows."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset, LibraryId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    FileChangedError,
    FileTroubleError,
    MediaError,
)
from bridge_app.libraries.library import Library
from bridge_app.work.pictures import check_unchanged
from bridge_app.work.studio import Sample, StudioDesk

if TYPE_CHECKING:
    from bridge_app.media.preview import Frame

EDGE_PX = 2400
"""The longest side of a master's picture, and of one that is drawn from a preview."""
MASTER_VIEW = f"c_limit,h_{EDGE_PX},w_{EDGE_PX}/f_webp,q_90"
FRAME_QUALITY = 90
KINDS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"RIFF", "webp"))
"""How files begin that every browser shows."""
RGBA = 4

Sampled = Callable[[Asset, str, int], "Sample | Frame"]
"""A rendition of an asset, at most so many pixels a side where it is drawn from a preview."""


def sampling(studio: StudioDesk, library: Callable[[LibraryId], Library | None]) -> Sampled:
    """Samples of the very contents that are catalogued; `library` finds those that lie here.

    Raises FileTroubleError beside what `StudioDesk.sample` does.
    """

    def sampled(asset: Asset, transformation: str, edge_px: int) -> "Sample | Frame":
        found = studio.sample(asset, transformation, edge_px=edge_px)
        home = library(asset.library)
        if home is not None:
            check_as_read(asset, home.place(asset.path))
        return found

    return sampled


def check_as_read(asset: Asset, path: Path) -> None:
    """A pack shows what is catalogued. Raises FileTroubleError where the file is another by now."""
    try:
        check_unchanged(asset, path)
    except FileChangedError as error:
        detail = "it has changed, and was not read again yet"
        raise FileTroubleError(path=asset.name, detail=detail) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that is not in a pack, or whose film is not, and why."""

    name: str
    preset: str
    why: BridgeError


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPicture:
    """A picture's file, and what it shows: `width` × `height` are the rendition's own pixels."""

    data: bytes
    extension: str
    width: int
    height: int
    fidelity: str


def picture_of(asset: Asset, to_render: str, sampled: Sampled) -> PackPicture:
    """One rendition, or with "" the master.

    Raises NotFoundError, FileTroubleError, MediaError, DecoderLimitError, TransformationError.
    """
    found = sampled(asset, to_render or MASTER_VIEW, EDGE_PX)
    if isinstance(found, Sample):
        data, made, size = found.picture, found.file, (found.file.width, found.file.height)
        fidelity = made.fidelity.value
    else:
        data, size = _encoded(found), (found.full_width, found.full_height)
        fidelity = found.fidelity
    if not to_render:
        # A smaller view of the master says nothing about the master itself.
        size, fidelity = asset.display_size or size, "exact"
    return PackPicture(
        data=data, extension=_extension(data), width=size[0], height=size[1], fidelity=fidelity
    )


def _extension(data: bytes) -> str:
    for start, extension in KINDS:
        if data.startswith(start):
            return extension
    raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no browser shows what it was made into"))


def _encoded(frame: "Frame") -> bytes:
    """Pixels as a file: JPEG, or where something is transparent, PNG."""
    # Only packs with films, or masters that lie elsewhere, need it.
    from PIL import Image  # noqa: PLC0415

    mode = "RGBA" if frame.bands == RGBA else "RGB"
    image = Image.frombytes(mode, (frame.width, frame.height), frame.data)
    written = io.BytesIO()
    if frame.bands == RGBA:
        image.save(written, "PNG")
    else:
        image.save(written, "JPEG", quality=FRAME_QUALITY)
    return written.getvalue()
