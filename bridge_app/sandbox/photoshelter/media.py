"""The routes of media themselves: found, read, changed, deleted.

Source: reference/photoshelter.md 7, 7.1 and 12.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import container_time, resource
from bridge_app.sandbox.photoshelter.errors import bad_request, unprocessable
from bridge_app.sandbox.photoshelter.iptc_record import UnacceptableError
from bridge_app.sandbox.photoshelter.many_media import MANY, ManyMedia
from bridge_app.sandbox.photoshelter.media_edits import changes_of
from bridge_app.sandbox.photoshelter.media_includes import (
    gallery_shape,
    shape,
    shapes,
    visible_galleries,
)
from bridge_app.sandbox.photoshelter.media_search import NARROWING
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.metadata_iptc import check_not_moved_on
from bridge_app.sandbox.photoshelter.paging import paged
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.records import Media
from bridge_app.sandbox.photoshelter.search_parameters import BadSearchError
from bridge_app.sandbox.photoshelter.store import added_at

BESIDE = frozenset({"include", "api_key", "auth_token", "meta_if_modified_at"})


def found(call: ShelterCall) -> Sequence[Media]:
    """What a search finds.

    Raises:
        ShelterError: 400, a parameter cannot be understood.
    """
    try:
        if call.fields.text("terms") == MANY:
            return ManyMedia.asked(call.caller.organization, call.fields.texts)
        return call.service.finder.find(call.caller, call.fields.texts)
    except BadSearchError as error:
        raise bad_request(str(error)) from error


def _list(call: ShelterCall) -> Reply:
    if not any(call.fields.text(name) for name in NARROWING):
        raise bad_request(f"At least one of these is needed: {', '.join(NARROWING)}")
    return _page(call)


def _search(call: ShelterCall) -> Reply:
    """The library's own search, of an organization or of a user."""
    if not (call.fields.text("org_id") or call.fields.text("user_id")):
        raise bad_request("org_id or user_id is needed")
    return _page(call)


def _page(call: ShelterCall) -> Reply:
    page, meta = paged(call, found(call))
    return Reply(data=shapes(call, page), meta=meta)


def _get(call: ShelterCall) -> Reply:
    return Reply(data=shape(call, call.may.media(call.caller, call.ids["media_id"])))


def _patch(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.TAG)
    check_not_moved_on(call, media)
    said = {name: one for name, one in call.fields.attributes().items() if name not in BESIDE}
    return Reply(data=shape(call, _changed(call, media, said)))


def _changed(call: ShelterCall, media: Media, attributes: dict[str, Any]) -> Media:
    changes = _changes(media, attributes)
    moved_on = any(getattr(media, name) != value for name, value in changes.items())
    return call.state.update_media(media.id, **changes) if moved_on else media


def _changes(media: Media, attributes: dict[str, Any]) -> dict[str, Any]:
    try:
        return changes_of(media, attributes)
    except UnacceptableError as error:
        raise unprocessable(str(error)) from error


def _delete(call: ShelterCall) -> Reply:
    """Into the trash, out of all galleries."""
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.ARRANGE)
    call.state.trash(media.id)
    return Reply(status=204)


def _galleries(call: ShelterCall) -> Reply:
    """Where it lies; with `include=gallery` each says what that gallery is."""
    media = call.may.media(call.caller, call.ids["media_id"])
    return Reply(data=list(_places(call, media)))


def _places(call: ShelterCall, media: Media) -> Iterator[Shape]:
    for gallery in visible_galleries(call, media):
        attributes = {
            "gallery_id": gallery.id,
            "media_id": media.id,
            "added_at": container_time(added_at(media, gallery.id)),
        }
        joined = {"gallery": gallery_shape(call, gallery)} if "gallery" in call.include else None
        yield resource(call, "gallery", gallery.id, attributes, includes=joined)


def _patch_batch(call: ShelterCall) -> Reply:
    """All or none: each item of `data` names its media and what changes there."""
    wanted = [
        (call.may.media(call.caller, media_id, deed=Deed.TAG), attributes)
        for media_id, attributes in _asked(call.fields.body)
    ]
    for media, attributes in wanted:
        _changes(media, attributes)
    return Reply(data=shapes(call, [_changed(call, *one) for one in wanted]))


def _asked(body: Any) -> Iterable[tuple[str, dict[str, Any]]]:
    items = body.get("data") if isinstance(body, dict) else None
    if not isinstance(items, list) or not items:
        raise bad_request("data must be a list of media")
    for item in items:
        match item:
            case {"id": str(media_id), "attributes": dict(attributes)}:
                yield media_id, attributes
            case _:
                raise bad_request("Each item of data has an id and attributes")


MEDIA_OWN_CALLS = (
    Call(method="GET", path="/search", answer=_search),
    Call(method="GET", path="/media", answer=_list),
    Call(method="PATCH", path="/media/batch", answer=_patch_batch, signed_in=True),
    Call(method="GET", path="/media/{media_id}", answer=_get),
    Call(method="PATCH", path="/media/{media_id}", answer=_patch, signed_in=True),
    Call(method="DELETE", path="/media/{media_id}", answer=_delete, signed_in=True),
    Call(method="GET", path="/media/{media_id}/galleries", answer=_galleries),
)
