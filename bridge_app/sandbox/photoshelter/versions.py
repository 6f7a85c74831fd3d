"""Versions: the files that a media item has had, and which of them counts.

Source: reference/photoshelter.md 8, "Versions". They are numbered from 1; a new one counts once it
is activated, which keeps the identifier and changes `modified_at`.
"""

from dataclasses import replace

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import not_found
from bridge_app.sandbox.photoshelter.media_includes import shape
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.moments import written
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.received_files import kept_file, upload_of
from bridge_app.sandbox.photoshelter.records import FileVersion, Media
from bridge_app.sandbox.photoshelter.repeats import once
from bridge_app.sandbox.photoshelter.uploads import with_version

CAPABILITY = "versions"
PATH = "/media/{media_id}/versions"


def _shape(call: ShelterCall, media: Media, file: FileVersion) -> Shape:
    attributes = {
        "version": file.number,
        "version_label": file.label,
        "note": file.note,
        "active": file.number == media.active,
        "file_size": file.size,
        "width": file.width,
        "height": file.height,
        "creator_id": file.creator,
        "created_at": written(file.uploaded_at),
    }
    return resource(call, "version", str(file.number), attributes)


def _list(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"])
    return Reply(data=[_shape(call, media, file) for file in media.versions])


async def _add(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.ARRANGE)
    file = await kept_file(call, upload_of(call), media.file_name)
    labelled = replace(file, label=call.fields.text("version_label"), note=call.fields.text("note"))
    return once(call, lambda: _added(call, labelled))


def _added(call: ShelterCall, file: FileVersion) -> Reply:
    # Read again: somebody else may have added one while this file was measured.
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.ARRANGE)
    after = with_version(call, media, file, activate=call.fields.flag("activate"))
    return Reply(status=201, data=_shape(call, after, after.versions[-1]))


def _describe(call: ShelterCall) -> Reply:
    """Another label, another note."""
    media, file = _found(call)
    said = call.fields.attributes()
    label, note = said.get("version_label", file.label), said.get("note", file.note)
    changed = replace(file, label=str(label or ""), note=str(note or ""))
    versions = (*media.versions[: file.number - 1], changed, *media.versions[file.number :])
    after = call.state.update_media(media.id, versions=versions, modified_at=media.modified_at)
    return Reply(data=_shape(call, after, changed))


def _activate(call: ShelterCall) -> Reply:
    media, file = _found(call)
    if file.number != media.active:
        media = call.state.update_media(media.id, active=file.number)
    return Reply(data=shape(call, media))


def _found(call: ShelterCall) -> tuple[Media, FileVersion]:
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.ARRANGE)
    for file in media.versions:
        if str(file.number) == call.ids["version"]:
            return media, file
    raise not_found("Version")


VERSION_CALLS = (
    Call(method="GET", path=PATH, answer=_list, capability=CAPABILITY),
    Call(method="POST", path=PATH, answer=_add, signed_in=True, capability=CAPABILITY),
    Call(
        method="PUT",
        path=PATH + "/{version}",
        answer=_describe,
        signed_in=True,
        capability=CAPABILITY,
    ),
    *(
        Call(
            method=method,
            path=PATH + "/{version}/activate",
            answer=_activate,
            signed_in=True,
            capability=CAPABILITY,
        )
        for method in ("POST", "PUT")
    ),
)
