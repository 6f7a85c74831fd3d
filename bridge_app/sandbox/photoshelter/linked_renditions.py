"""Linked renditions: where a master was published, recorded at the master.

Source: reference/photoshelter.md 11; ours (capability `related_links`). The list is written as a
whole, so that writing it twice is writing it once.
"""

import json
import re
from typing import Any

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import bad_request, unprocessable
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.moments import written_iso
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.records import Media

CAPABILITY = "related_links"
TABLE = "links"
PATH = "/media/{media_id}/links"
ADDRESS = re.compile(r"https?://\S+")
MOST_LINKS = 500
MOST_BYTES = 16_384
"""Of one link as JSON."""
OURS = frozenset({"written_at", "written_by_id"})
"""What the service adds, and does not take."""


def _shown(call: ShelterCall, media: Media) -> Reply:
    row = call.store.row(TABLE, media.id) or {"links": []}
    data = [_shape(call, number, one) for number, one in enumerate(row["links"], start=1)]
    return Reply(data=data, meta={"modified_at": row.get("modified_at")})


def _shape(call: ShelterCall, number: int, attributes: dict[str, Any]) -> Shape:
    return resource(call, "link", str(number), attributes)


def _get(call: ShelterCall) -> Reply:
    return _shown(call, call.may.media(call.caller, call.ids["media_id"]))


def _put(call: ShelterCall) -> Reply:
    """Replace the list; what stays as it was keeps its time."""
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.TAG)
    given = _links(call.fields.body)
    before = (call.store.row(TABLE, media.id) or {}).get("links", [])
    if [_plain(one) for one in before] != given:
        known = {json.dumps(_plain(one), sort_keys=True): one for one in before}
        at = written_iso(call.now)
        fresh = {"written_at": at, "written_by_id": call.person.id}
        after = [known.get(json.dumps(one, sort_keys=True), {**one, **fresh}) for one in given]
        call.store.put_row(TABLE, media.id, {"links": after, "modified_at": at})
    return _shown(call, media)


def _plain(link: dict[str, Any]) -> dict[str, Any]:
    """A link as it was sent."""
    return {name: value for name, value in link.items() if name not in OURS}


def _links(body: Any) -> list[dict[str, Any]]:
    """The attributes of each link.

    Raises:
        ShelterError: 400, the body has another shape; 422, a link has no name or no address, is
            too long, there are too many, or one is there twice.
    """
    items = body.get("data") if isinstance(body, dict) else None
    if not isinstance(items, list):
        raise bad_request("data must be a list of links")
    links = [_link(item) for item in items]
    once = {json.dumps(one, sort_keys=True) for one in links}
    if len(once) < len(links) or len(links) > MOST_LINKS:
        raise unprocessable(f"At most {MOST_LINKS} links, and each of them once")
    return links


def _link(item: Any) -> dict[str, Any]:
    attributes = item.get("attributes", item) if isinstance(item, dict) else None
    if not isinstance(attributes, dict):
        raise bad_request("Each link is an object with attributes")
    link = _plain(attributes)
    name, url = link.get("name"), link.get("url")
    if not isinstance(name, str) or not name.strip():
        raise unprocessable("A link has a name")
    if not isinstance(url, str) or not ADDRESS.fullmatch(url):
        raise unprocessable("A link has an http(s) url")
    if len(json.dumps(link)) > MOST_BYTES:
        raise unprocessable(f"A link has at most {MOST_BYTES} bytes")
    return link


LINKED_CALLS = (
    Call(method="GET", path=PATH, answer=_get, capability=CAPABILITY),
    Call(method="PUT", path=PATH, answer=_put, signed_in=True, capability=CAPABILITY),
)
