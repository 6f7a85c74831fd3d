"""Uploads: a new media item, or another file for one of the same name in the gallery.

Source: reference/photoshelter.md 8; the fields of version 4 are our contract.
"""

from dataclasses import replace

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import bad_request
from bridge_app.sandbox.photoshelter.ids import MEDIA_PREFIXES
from bridge_app.sandbox.photoshelter.kinds import kind_of
from bridge_app.sandbox.photoshelter.media_includes import shape
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.received_files import kept_file, name_of, upload_of
from bridge_app.sandbox.photoshelter.records import Container, FileVersion, Holds, Media
from bridge_app.sandbox.photoshelter.repeats import once

KEEP, SKIP, REPLACE = "keep", "skip", "replace"


async def _upload(call: ShelterCall) -> Reply:
    gallery = call.may.container(
        call.caller, call.fields.text("gallery_id"), kind=Holds.GALLERY, deed=Deed.UPLOAD
    )
    if call.fields.text("on_duplicate", KEEP) not in {KEEP, SKIP, REPLACE}:
        raise bad_request("on_duplicate is skip, replace or keep")
    upload = upload_of(call)
    name = name_of(call, upload)
    file = await kept_file(call, upload, name)
    return once(call, lambda: _stored(call, gallery, name, file))


def _stored(call: ShelterCall, gallery: Container, name: str, file: FileVersion) -> Reply:
    """What becomes of the file, where the gallery has one of its name and where it has none."""
    duplicate = _same_name(call, gallery, name)
    match call.fields.text("on_duplicate", KEEP):
        case "skip" if duplicate is not None:
            return Reply(data=shape(call, duplicate), meta={"duplicate_of": duplicate.id})
        case "replace" if duplicate is not None:
            after = with_version(call, duplicate, file, activate=True)
            return Reply(data=shape(call, after), meta={"replaced": duplicate.id})
        case _:
            searchable = call.fields.flag("searchable")
            made = new_media(call, gallery, name, file, searchable=searchable)
            return Reply(status=201, data=shape(call, made))


def _same_name(call: ShelterCall, gallery: Container, name: str) -> Media | None:
    """Names are the same whatever their case, as on the desks they come from."""
    folded = name.casefold()
    members = call.store.members(gallery.id)
    return next((one for one in members if one.file_name.casefold() == folded), None)


def new_media(
    call: ShelterCall, gallery: Container, name: str, file: FileVersion, *, searchable: bool
) -> Media:
    """A media item of this file, in a gallery."""
    kind, now = kind_of(name), call.now
    made = Media(
        id=call.state.new_id(MEDIA_PREFIXES[kind]),
        kind=kind,
        organization=gallery.organization,
        file_name=name,
        versions=(file,),
        galleries=(gallery.id,),
        creator=call.caller.user_id or None,
        searchable=searchable,
        created_at=now,
        modified_at=now,
        serial=call.store.next_serial(),
    )
    call.store.put(made)
    call.state.touch(gallery.id)
    return made


def with_version(call: ShelterCall, media: Media, file: FileVersion, *, activate: bool) -> Media:
    """A media item with one more file, which counts from now on where it is activated."""
    number = len(media.versions) + 1
    versions = (*media.versions, replace(file, number=number))
    active = number if activate else media.active
    return call.state.update_media(media.id, versions=versions, active=active)


UPLOAD_CALLS = (
    Call(method="POST", path="/media", answer=_upload, signed_in=True, capability="upload_v4"),
)
