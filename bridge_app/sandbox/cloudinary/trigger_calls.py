"""Triggers on the Admin API: who is told of which event, by webhook or in a polled channel.

Source: reference/cloudinary.md 18.
"""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.notices import EVENT_TYPES, TRIGGERS
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json

SCHEMES = {"webhook": ("https://", "http://"), "poll": ("poll://",), "flow": ("",)}
MAX_TRIGGERS = 30


def _listed(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    wanted = params.text("event_type")
    found = [
        row
        for row in cloud.environment.rows(TRIGGERS).values()
        if not wanted or row["event_type"] == wanted
    ]
    return {"triggers": found, "total": len(found)}


def _created(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    for name in ("uri", "event_type"):
        if name not in params:
            raise bad_request(f"Missing required parameter - {name}")
    event_type = params.text("event_type")
    if event_type not in EVENT_TYPES:
        raise bad_request(f"Invalid event_type {event_type}")
    uri_type = params.text("uri_type", "webhook")
    uri = _checked_uri(params.text("uri"), uri_type)
    rows = cloud.environment.rows(TRIGGERS)
    if any((row["uri"], row["event_type"]) == (uri, event_type) for row in rows.values()):
        raise CloudinaryError(409, f"Trigger for {event_type} with uri {uri} already exists")
    if len(rows) >= MAX_TRIGGERS:
        raise bad_request(f"Maximum number of triggers is {MAX_TRIGGERS}")
    at = cloud.timestamp()
    row = {
        "id": cloud.new_id(),
        "product_environment_id": cloud.name,
        "uri_type": uri_type,
        "uri": uri,
        "event_type": event_type,
        "created_at": at,
        "updated_at": at,
    }
    cloud.environment.put_row(TRIGGERS, row["id"], row)
    return row


def _checked_uri(uri: str, uri_type: str) -> str:
    if uri_type not in SCHEMES:
        raise bad_request(f"Invalid uri_type {uri_type}")
    if not uri.startswith(SCHEMES[uri_type]) or uri in SCHEMES[uri_type]:
        raise bad_request(f"Invalid uri {uri}")
    return uri


def _existing(cloud: Cloud, path: Mapping[str, str]) -> Json:
    row = cloud.environment.rows(TRIGGERS).get(path["id"])
    if row is None:
        raise CloudinaryError(404, f"Can't find trigger with id {path['id']}")
    return row


def _updated(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Tell somebody else; the event cannot be changed."""
    row = _existing(cloud, path)
    if "new_uri" not in params:
        raise bad_request("Missing required parameter - new_uri")
    uri = _checked_uri(params.text("new_uri"), row["uri_type"])
    changed = {**row, "uri": uri, "updated_at": cloud.timestamp()}
    cloud.environment.put_row(TRIGGERS, row["id"], changed)
    return {"message": "updated", **changed}


def _deleted(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    row = _existing(cloud, path)
    cloud.environment.delete_row(TRIGGERS, row["id"])
    return {"message": "deleted"}


def _tried(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    """What the trigger's filter says of a sample; these triggers have none, so all pass."""
    row = _existing(cloud, path)
    return {"trigger_id": row["id"], "filter_present": False, "filter_result": True}


TRIGGER_CALLS = (
    AdminCall("GET", "/triggers", _listed),
    AdminCall("POST", "/triggers", _created),
    AdminCall("PUT", "/triggers/{id}", _updated),
    AdminCall("DELETE", "/triggers/{id}", _deleted),
    AdminCall("POST", "/triggers/{id}/test", _tried),
)
