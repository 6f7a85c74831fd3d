"""Pictures of assets through the service's image links, which are good for a while.

Source: reference/photoshelter.md, 7.2.
"""

from bridge_app.libraries.photoshelter.answers import refusal
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import (
    NoPictureError,
    NotForThisKindError,
    NotThereError,
    refused,
)
from bridge_app.libraries.photoshelter.links import fetched
from bridge_app.libraries.photoshelter.reading import attributes
from bridge_app.libraries.photoshelter.session import Ask, Session, at_path

LONGEST_PICTURE = 24 << 20
"""Bytes; a JPEG of 5,000 pixels is below 10 MB."""
JPEG = b"\xff\xd8\xff"
LARGEST_EDGE_PX = 5_000
FORBIDDEN = 403


def picture(session: Session, media_id: str, edge_px: int) -> bytes:
    """See `ShelterService.picture`."""
    reply = fetched(session, _link(session, media_id, edge_px), longest=LONGEST_PICTURE)
    if reply.status == FORBIDDEN:
        # The link has ended on the way.
        reply = fetched(session, _link(session, media_id, edge_px), longest=LONGEST_PICTURE)
    if refusal(reply) is not None:
        raise session.wire.trouble(reply)
    if not reply.body.startswith(JPEG):
        raise refused(NoPictureError, session.service, "what its link gives is no JPEG")
    return reply.body


def _link(session: Session, media_id: str, edge_px: int) -> str:
    edge = max(1, min(edge_px, LARGEST_EDGE_PX))
    query = {"image_size": f"{edge}x{edge}", "image_mode": "fit"}
    path = at_path("media", checked_id(media_id), "link")
    try:
        told = attributes(session.asked(Ask(path=path, query=query)).data)
    except (NotForThisKindError, NotThereError) as error:
        raise refused(NoPictureError, session.service, "it makes none of this kind") from error
    is_moving = media_id.startswith(("VD", "AD"))
    url = told.get("poster") if is_moving else told.get("link")
    if not isinstance(url, str) or not url:
        raise refused(NoPictureError, session.service, "there is no link to one")
    return url
