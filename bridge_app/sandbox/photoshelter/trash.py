"""The trash: what was deleted in the last ninety days, and its way back.

Source: reference/photoshelter.md 12; ours (capability `trash`).
"""

from datetime import timedelta

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import not_found
from bridge_app.sandbox.photoshelter.media_includes import shape
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.moments import written
from bridge_app.sandbox.photoshelter.paging import paged
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.records import Media

CAPABILITY = "trash"
KEPT = timedelta(days=90)


def _list(call: ShelterCall) -> Reply:
    """The last deleted first."""
    call.may.in_organization(call.caller, call.caller.organization, Deed.ARRANGE)
    there = [one for one in call.store.owned(call.caller.organization) if is_kept(call, one)]
    there.sort(key=lambda media: (media.trashed_at, media.serial), reverse=True)
    page, meta = paged(call, there)
    return Reply(data=[_shown(call, one) for one in page], meta=meta)


def _shown(call: ShelterCall, media: Media) -> Shape:
    deleted = written(media.trashed_at) if media.trashed_at else None
    shown = shape(call, media)
    return {**shown, "attributes": {**shown["attributes"], "deleted_at": deleted}}


def is_kept(call: ShelterCall, media: Media) -> bool:
    """Whether it lies in the trash, and its time there is not over."""
    return media.trashed_at is not None and call.now - media.trashed_at < KEPT


def _restore(call: ShelterCall) -> Reply:
    """Back into the galleries it was in, as far as they are still there."""
    media = call.store.media(call.ids["media_id"])
    if media is None or not is_kept(call, media):
        raise not_found("Media")
    call.may.in_organization(call.caller, media.organization, Deed.ARRANGE)
    call.state.restore(media.id)
    return Reply(data=shape(call, call.state.media(media.id)))


TRASH_CALLS = (
    Call(method="GET", path="/trash", answer=_list, signed_in=True, capability=CAPABILITY),
    Call(
        method="POST",
        path="/trash/{media_id}/restore",
        answer=_restore,
        signed_in=True,
        capability=CAPABILITY,
    ),
)
