"""Downloads: originals with ranges, JPEGs of pictures, links, and many files as a ZIP.

Source: reference/photoshelter.md 7.3.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from starlette.responses import Response

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.content_reply import BYTES, ContentReply
from bridge_app.sandbox.photoshelter.contents import Contents, StoredContent, pieces
from bridge_app.sandbox.photoshelter.download_rights import refuse_unless_granted
from bridge_app.sandbox.photoshelter.embedding import WithRecord
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import bad_request, not_found, wrong_kind
from bridge_app.sandbox.photoshelter.file_links import UNFIT, etag_of, file_link, file_reply
from bridge_app.sandbox.photoshelter.images import LARGEST_EDGE_PX, picture
from bridge_app.sandbox.photoshelter.links import PictureSize
from bridge_app.sandbox.photoshelter.moments import written_iso
from bridge_app.sandbox.photoshelter.records import Media
from bridge_app.sandbox.photoshelter.workspaces import find_workspace

LINKS = "download_links"
FILE_TYPES = {"original": frozenset({"image", "video", "audio", "document"})}
FILE_TYPES |= {"jpeg": frozenset({"image"}), "mp4": frozenset({"video"})}


async def _download(call: ShelterCall) -> Reply | Response:
    media = call.may.media(call.caller, call.ids["media_id"])
    wanted = call.fields.text("download_filetype") or "original"
    if wanted not in FILE_TYPES:
        raise bad_request(f"download_filetype is one of {', '.join(FILE_TYPES)}")
    if media.kind not in FILE_TYPES[wanted]:
        raise wrong_kind(f"{wanted} is not valid for media of type {media.kind}")
    refuse_unless_granted(call, media, wanted, edge_px=_edge_px(call, media))
    if wanted == "jpeg":
        return await _jpeg(call, media)
    if call.fields.flag("link") and LINKS in call.state.settings.capabilities:
        return await _link(call, media)
    if call.fields.flag("download_image_embed") and media.kind == "image":
        return await _with_record(call, media)
    # Films are kept in one format alone: `mp4` and each quality bring the file as it is.
    return file_reply(call, media, media.file)


async def _jpeg(call: ShelterCall, media: Media) -> Response:
    """A picture of the quality's longest side, or as large as it is."""
    edge = _edge_px(call, media)
    size = PictureSize(mode="fit", width=edge, height=edge)
    data = await call.service.in_thread(picture, call.service, media, size)
    return Response(data, media_type=BYTES)


async def _with_record(call: ShelterCall, media: Media) -> Response:
    """The original with what is written about it inside."""
    content = call.state.contents.open(media)
    written = await call.service.in_thread(WithRecord, content, media.iptc)
    etag = f"{etag_of(media, media.file)}-{int(media.modified_at.timestamp() * 1e6)}"
    return ContentReply(written, name=media.file_name, etag=etag)


def _edge_px(call: ShelterCall, media: Media) -> int:
    """The longest side that is asked for; of a film the word of its quality means nothing here.

    Raises:
        ShelterError: 400, it is no number of pixels.
    """
    quality = call.fields.text("download_quality")
    if not quality or quality == "original" or media.kind != "image":
        edges = [edge for edge in (media.file.width, media.file.height) if isinstance(edge, int)]
        return max(1, min(LARGEST_EDGE_PX, max(edges, default=LARGEST_EDGE_PX)))
    if re.fullmatch("[0-9]{1,4}", quality) and 0 < int(quality) <= LARGEST_EDGE_PX:
        return int(quality)
    raise bad_request(f"download_quality is a number of pixels up to {LARGEST_EDGE_PX}")


async def _link(call: ShelterCall, media: Media) -> Reply:
    """Where anybody gets the original for a while, and what it will be."""
    md5, _ = await call.service.in_thread(call.state.contents.digests, media)
    link, ends = file_link(call, media)
    attributes = {
        "link": link,
        "expires_at": written_iso(ends),
        "file_size": media.file.size,
        "md5": md5,
    }
    return Reply(data=resource(call, "download", media.id, attributes))


async def _batch(call: ShelterCall) -> Response:
    """The originals of a workspace, or of the media that are named, as one ZIP."""
    if workspace_id := call.fields.text("workspace_id"):
        workspace = find_workspace(call.store, workspace_id)
        if workspace is None:
            raise not_found("Workspace")
        ids = workspace.media
    else:
        ids = call.fields.words("media_ids") or call.fields.words("media_id")
    if not ids:
        raise bad_request("workspace_id or media_ids is needed")
    media = [call.may.media(call.caller, one) for one in ids]
    target = call.state.incoming / call.state.new_id("ZIP")
    await call.service.in_thread(_pack, call.state.contents, media, target)
    content = StoredContent(target)
    target.unlink()
    return ContentReply(content, name="download.zip", etag=target.name)


def _pack(contents: Contents, media: Iterable[Media], target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, one in _named(media):
            content = contents.open(one)
            with archive.open(name, "w", force_zip64=True) as entry:
                for piece in pieces(content):
                    entry.write(piece)


def _named(media: Iterable[Media]) -> Iterator[tuple[str, Media]]:
    """Each with a name of its own: `hero.jpg`, `hero (2).jpg`."""
    taken: set[str] = set()
    for one in media:
        plain = PurePosixPath(UNFIT.sub("_", one.file_name))
        name, number = plain.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain.stem} ({number}){plain.suffix}"
        taken.add(name.casefold())
        yield name, one


DOWNLOAD_CALLS = (
    Call(method="GET", path="/media/batch/download", answer=_batch, signed_in=True),
    Call(method="GET", path="/media/{media_id}/download", answer=_download),
)
