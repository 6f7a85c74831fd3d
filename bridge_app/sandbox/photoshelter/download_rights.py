"""What somebody from outside may download: as much as a right on a gallery grants.

Source: reference/photoshelter.md 7.4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bridge_app.sandbox.photoshelter.calls import ShelterCall
from bridge_app.sandbox.photoshelter.container_shapes import TERMS
from bridge_app.sandbox.photoshelter.errors import no_permission
from bridge_app.sandbox.photoshelter.media_finder import sees_all_of_its_own
from bridge_app.sandbox.photoshelter.records import Media, Mode

FILE_TYPE_OF = {
    "image": "download_image_filetype",
    "video": "download_video_filetype",
    "audio": "download_audio_filetype",
    "document": "download_doc_filetype",
}
Terms = Mapping[str, Any]


def refuse_unless_granted(call: ShelterCall, media: Media, wanted: str, *, edge_px: int) -> None:
    """A member may have everything, others what one of their rights says.

    Args:
        call: Who asks.
        media: What they may see.
        wanted: `original`, `jpeg` or `mp4`.
        edge_px: The longest side of a JPEG.

    Raises:
        ShelterError: 401, nobody granted it.
    """
    if call.caller.organization == media.organization and sees_all_of_its_own(call.caller):
        return
    if not any(_grants(terms, media, wanted, edge_px) for terms in _terms(call, media)):
        raise no_permission("Download")


def _terms(call: ShelterCall, media: Media) -> Iterator[Terms]:
    """The terms of each way to the item; where everybody may see it, everybody may have it."""
    for gallery in filter(None, map(call.store.container, media.galleries)):
        match call.may.mode(gallery, call.caller.through):
            case Mode.EVERYONE:
                yield dict.fromkeys(FILE_TYPE_OF.values(), "original")
            case Mode.PERMISSION:
                for _, right in call.may.rights(gallery):
                    if call.may.opens(call.caller, right):
                        yield {**TERMS, **right.terms}
            case Mode.PRIVATE:
                pass


def _grants(terms: Terms, media: Media, wanted: str, edge_px: int) -> bool:
    """Whether terms allow a file type: the original includes all others."""
    granted = terms.get(FILE_TYPE_OF[media.kind])
    if granted == "original":
        return True
    most = terms.get("download_image_size")
    return granted == wanted and (wanted != "jpeg" or not most or edge_px <= most)
