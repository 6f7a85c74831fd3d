"""Notes on media, oldest first.

Source: reference/photoshelter.md 12; ours (capability `notes`).
"""

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import unprocessable
from bridge_app.sandbox.photoshelter.ids import NOTE
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.moments import written_iso
from bridge_app.sandbox.photoshelter.paging import paged
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.repeats import once

CAPABILITY = "notes"
TABLE = "note"
PATH = "/media/{media_id}/notes"
LONGEST = 2_000


def _list(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"])
    there = [
        (note_id, row)
        for note_id, row in call.store.rows(TABLE).items()
        if row["media"] == media.id
    ]
    page, meta = paged(call, there)
    return Reply(data=[_shape(call, *one) for one in page], meta=meta)


def _shape(call: ShelterCall, note_id: str, row: dict[str, str]) -> Shape:
    attributes = {name: row[name] for name in ("body", "author", "author_id", "created_at")}
    return resource(call, "note", note_id, attributes)


def _add(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.TAG)
    body = call.fields.attributes().get("body")
    if not isinstance(body, str) or not body.strip() or len(body) > LONGEST:
        raise unprocessable(f"body has 1 to {LONGEST} characters")
    row = {
        "media": media.id,
        "body": body,
        "author": call.person.email,
        "author_id": call.person.id,
        "created_at": written_iso(call.now),
    }
    return once(call, lambda: _added(call, row))


def _added(call: ShelterCall, row: dict[str, str]) -> Reply:
    made = call.state.new_id(NOTE)
    call.store.put_row(TABLE, made, row)
    return Reply(status=201, data=_shape(call, made, row))


NOTE_CALLS = (
    Call(method="GET", path=PATH, answer=_list, capability=CAPABILITY),
    Call(method="POST", path=PATH, answer=_add, signed_in=True, capability=CAPABILITY),
)
