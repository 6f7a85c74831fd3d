"""The shape of replies: `data` with resources, `meta`, or `errors`.

Source: reference/photoshelter.md 5.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.responses import Response

from bridge_app.sandbox.photoshelter.calls import NO_DATA, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import ShelterError

NO_CONTENT = 204
DOCUMENT_VERSION = "2019-05-01"


def resource(
    call: ShelterCall,
    kind: str,
    item_id: str,
    attributes: Mapping[str, Any],
    *,
    path: str = "",
    includes: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """One item of `data`; with a `path` (`/media/…`) it says where it is found itself.

    `includes` hold further resources by name, each as the value of its `data`.
    """
    item: dict[str, Any] = {"id": item_id, "type": kind, "attributes": dict(attributes)}
    if path:
        item["links"] = {"self": call.url(path)}
    if includes:
        item["includes"] = {name: {"data": one} for name, one in includes.items()}
    return item


def container_time(at: datetime) -> str:
    """A moment as containers show it: UTC without saying so, `2019-04-25T14:54:12.136828`."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")


def replied(reply: Reply, *, rate: Mapping[str, Any], year: int) -> Response:
    """The reply on the wire."""
    if reply.status == NO_CONTENT:
        return Response(status_code=NO_CONTENT)
    body: dict[str, Any] = dict(reply.beside)
    if reply.data is not NO_DATA:
        body["data"] = reply.data
    body["meta"] = {
        "copyright": f"PhotoShelter {year}",
        "version": DOCUMENT_VERSION,
        **rate,
        **reply.meta,
    }
    return json_reply(body, reply.status)


def refused(error: ShelterError, *, about: str) -> Response:
    """The reply to a request that is refused; its status is also in it, as a text."""
    said = {
        "id": error.id,
        "title": error.title,
        "status": str(error.status),
        "detail": error.detail or error.title,
        "links": {"about": about},
    }
    return json_reply({"errors": [said]}, error.status, error.headers)


def json_reply(
    body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A reply of JSON in ASCII: records may hold halves of letters, which no encoding takes."""
    content = json.dumps(body, separators=(",", ":"))
    return Response(content, status, headers, media_type="application/json")
