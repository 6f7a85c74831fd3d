"""Signed addresses of whole files, which need neither key nor session, and what they bring.

Ours (capability `download_links`): the service's delivery side can fetch a master by itself.
"""

import hashlib
import re
from datetime import datetime

from bridge_app.sandbox.photoshelter.calls import Call, ShelterCall
from bridge_app.sandbox.photoshelter.content_reply import ContentReply
from bridge_app.sandbox.photoshelter.errors import ShelterError, not_found
from bridge_app.sandbox.photoshelter.records import FileVersion, Media

UNFIT = re.compile(r"[\x00-\x1f\x7f/\\]|[\ud800-\udfff]")
"""What does not stand in the name at the end of an address."""


def file_link(call: ShelterCall, media: Media) -> tuple[str, datetime]:
    """The address of the file that counts, as it is now, and when it ends."""
    name = UNFIT.sub("_", media.file_name)
    path, ends = call.service.links.signed(f"/dl/{media.id}/{media.file.number}/{name}", call.now)
    return call.service.url + path, ends


def file_reply(call: ShelterCall, media: Media, file: FileVersion) -> ContentReply:
    """All of a file, or a part of it."""
    content = call.state.contents.open(media, file)
    return ContentReply(content, name=media.file_name, etag=etag_of(media, file))


def etag_of(media: Media, file: FileVersion) -> str:
    """A name of a file's bytes."""
    known = file.content or f"{media.id}/{file.number}/{file.size}"
    return hashlib.sha256(known.encode()).hexdigest()[:32]


def refuse_unless_signed(call: ShelterCall) -> None:
    """The address is one of ours, and has not ended.

    Raises:
        ShelterError: 403, it is not, or it has.
    """
    if not call.service.links.holds(call.request.scope["path"], call.fields.texts, call.now):
        raise ShelterError(403, "LinkExpiredException", "The link is invalid or has expired")


def _file(call: ShelterCall) -> ContentReply:
    """What an address brings: the version that it was made for."""
    refuse_unless_signed(call)
    media = call.store.media(call.ids["media_id"])
    if media is None or media.trashed_at is not None:
        raise not_found("Media")
    for file in media.versions:
        if str(file.number) == call.ids["version"]:
            return file_reply(call, media, file)
    raise not_found("Version")


FILE_LINK_CALLS = (Call(method="GET", path="/dl/{media_id}/{version}/{name}", answer=_file),)
