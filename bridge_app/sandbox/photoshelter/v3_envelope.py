"""The shape of replies in version 3 of the interface.

Source: reference/photoshelter.md 14.
"""

from starlette.responses import Response

from bridge_app.sandbox.photoshelter.calls import NO_DATA, Reply
from bridge_app.sandbox.photoshelter.envelope import json_reply
from bridge_app.sandbox.photoshelter.errors import ShelterError


def v3_replied(reply: Reply) -> Response:
    """`status` is ok, and `data` holds records by their names."""
    data = {} if reply.data is NO_DATA else reply.data
    return json_reply({"status": "ok", **reply.beside, "data": data})


def v3_refused(error: ShelterError) -> Response:
    """`status` is fail."""
    body = {"status": "fail", "message": error.title, "error": {"class": error.id}}
    return json_reply(body, error.status, error.headers)
