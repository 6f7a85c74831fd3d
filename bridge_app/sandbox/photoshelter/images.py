"""Pictures behind signed addresses: JPEGs of stored files, drawn ones of what has no bytes.

Source: reference/photoshelter.md 7.2.
"""

from typing import Any

import pyvips
from starlette.responses import Response

from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.photoshelter.calls import Call, Reply, Service, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import bad_request, not_found
from bridge_app.sandbox.photoshelter.file_links import file_link, refuse_unless_signed
from bridge_app.sandbox.photoshelter.links import DEFAULT_EDGE_PX, PictureSize
from bridge_app.sandbox.photoshelter.moments import written_iso
from bridge_app.sandbox.photoshelter.placeholders import jpeg, placeholder, shape_of
from bridge_app.sandbox.photoshelter.records import Media

LARGEST_EDGE_PX = 4_096
HEADERS = {"Cache-Control": "private, max-age=300"}


def picture(service: Service, media: Media, size: PictureSize) -> bytes:
    """A JPEG of the file that counts; on a thread.

    `fit` gives what fits into the size and is never enlarged, `fill` exactly the size, cut from the
    middle. A film shows a frame, a document its first page; what nobody can decode has a drawn
    picture.
    """
    file = media.file
    if not file.content:
        return _drawn(media, size)
    path = service.state.contents.path(file.content)
    try:
        decoded = service.decoder.thumbnail(
            path, edge_px=_enough(shape_of(file.width, file.height), size)
        )
    except BridgeError:
        # A sound, or bytes that only pretend to be a picture: the service shows something else.
        return _drawn(media, size)
    image = pyvips.Image.new_from_buffer(decoded.data, "")
    return jpeg(_sized(image.flatten(background=255) if image.hasalpha() else image, size))


def _enough(shape: tuple[int, int], size: PictureSize) -> int:
    """The longer side in pixels of a picture that the size can be cut from."""
    width, height = _covering(shape, size) if size.mode == "fill" else _fitting(shape, size)
    return min(max(width, height), LARGEST_EDGE_PX)


def _drawn(media: Media, size: PictureSize) -> bytes:
    """A landscape in the file's proportions; another version has another one."""
    shape = shape_of(media.file.width, media.file.height)
    edges = _covering(shape, size) if size.mode == "fill" else _fitting(shape, size)
    share = min(1.0, LARGEST_EDGE_PX / max(edges))
    width, height = (max(round(edge * share), 1) for edge in edges)
    seed = f"{media.id}/{media.file.number}"
    return jpeg(_sized(placeholder(seed, width, height), size))


def _sized(image: Any, size: PictureSize) -> Any:  # pyvips is untyped
    """A picture cut or shrunk to the size."""
    width, height = size.width or LARGEST_EDGE_PX, size.height or LARGEST_EDGE_PX
    if size.mode == "fill" and size.width and size.height:
        return image.thumbnail_image(width, height=height, crop="centre")
    return image.thumbnail_image(width, height=height, size="down")


def _fitting(shape: tuple[int, int], size: PictureSize) -> tuple[int, int]:
    """The pixels of all of a picture inside of the size."""
    width, height = shape
    share = min(
        size.width / width if size.width else 1.0, size.height / height if size.height else 1.0, 1.0
    )
    return max(round(width * share), 1), max(round(height * share), 1)


def _covering(shape: tuple[int, int], size: PictureSize) -> tuple[int, int]:
    """The pixels of all of a picture of which the size is a part."""
    width, height = shape
    share = max(size.width / width, size.height / height)
    return max(round(width * share), 1), max(round(height * share), 1)


def _link(call: ShelterCall) -> Reply:
    """The address of a picture; of a film or a sound also that of the file to play."""
    media = call.may.media(call.caller, call.ids["media_id"])
    text = call.fields.text("image_size") or str(DEFAULT_EDGE_PX)
    size = PictureSize.parse(text, call.fields.text("image_mode") or "fit")
    if size is None:
        raise bad_request("image_size is like 600x400, x700 or 600; image_mode is fit or fill")
    poster, ends = call.service.links.signed(f"/img/{media.id}/{size}", call.now)
    attributes = {"link": call.service.url + poster, "expires_at": written_iso(ends)}
    if media.kind in {"video", "audio"}:
        attributes["poster"] = attributes["link"]
        attributes["link"] = file_link(call, media)[0]
    return Reply(data=resource(call, "link", media.id, attributes))


async def _picture(call: ShelterCall) -> Response:
    """What an address shows to whoever has it, until it ends."""
    refuse_unless_signed(call)
    media = call.store.media(call.ids["media_id"])
    mode, _, text = call.ids["size"].partition("=")
    size = PictureSize.parse(text, mode)
    if media is None or media.trashed_at is not None or size is None:
        raise not_found("Media")
    data = await call.service.in_thread(picture, call.service, media, size)
    return Response(data, media_type="image/jpeg", headers=HEADERS)


IMAGE_CALLS = (Call(method="GET", path="/media/{media_id}/link", answer=_link),)
PICTURE_CALLS = (Call(method="GET", path="/img/{media_id}/{size}", answer=_picture),)
