"""Structured metadata fields on the Admin API.

Source: reference/cloudinary.md 6.1.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bridge_app.sandbox.cloudinary import metadata_store as store
from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.metadata_fields import (
    LISTS,
    MetadataField,
    changed_field,
    datasource_json,
    field_json,
    new_field,
    sorted_entries,
    with_entries,
    with_state,
)
from bridge_app.sandbox.cloudinary.metadata_rules import MetadataRule
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json

MAX_FIELDS = 100
MAX_FOUND = 100
ORDERS: Mapping[str, Callable[[MetadataField], str]] = {
    "label": lambda one: one.label.casefold(),
    "external_id": lambda one: one.external_id,
    "created_at": lambda one: one.created_at,
}


def _fields(cloud: Cloud) -> list[MetadataField]:
    """Every field in its order."""
    return list(store.schema(cloud).fields.values())


def _named(cloud: Cloud, path: Mapping[str, str]) -> MetadataField:
    return store.existing_field(cloud, path["external_id"])


def _listed(cloud: Cloud, _path: Mapping[str, str], _params: Params) -> Json:
    return {"metadata_fields": [field_json(one) for one in _fields(cloud)]}


def _details(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    return field_json(_named(cloud, path))


def _created(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Create a field, if neither its external ID nor its label is taken."""
    fields = _fields(cloud)
    if len(fields) >= MAX_FIELDS:
        raise bad_request(f"Too many metadata fields (maximum is {MAX_FIELDS})")
    last = max((one.position for one in fields), default=-1)
    new = new_field(
        params.json(), new_id=cloud.new_id, created_at=cloud.timestamp(), position=last + 1
    )
    if store.is_taken(cloud, new.external_id):
        raise bad_request(f"external id {new.external_id} already exists")
    return _kept(cloud, new, fields)


def _kept(cloud: Cloud, new: MetadataField, fields: list[MetadataField]) -> Json:
    """Keep a definition whose label no other field has."""
    others = (one for one in fields if one.external_id != new.external_id)
    if any(one.label == new.label for one in others):
        raise bad_request(f"label {new.label} already exists")
    return field_json(store.keep_field(cloud, new))


def _updated(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Change what is said of a field, or where it stands among the others."""
    before, body = _named(cloud, path), params.json()
    changed = changed_field(before, body, new_id=cloud.new_id)
    reply = _kept(cloud, changed, _fields(cloud))
    if isinstance(body.get("position"), int):
        others = [one for one in _fields(cloud) if one.external_id != before.external_id]
        at = max(0, body["position"])
        _place(cloud, [*others[:at], changed, *others[at:]])
    return reply


def _place(cloud: Cloud, fields: list[MetadataField]) -> None:
    """Number the fields in this order."""
    for position, one in enumerate(fields):
        if one.position != position:
            store.keep_field(cloud, replace(one, position=position))


def _deleted(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    """Delete a field with its values and the rules that speak of it; its ID stays taken a while."""
    external_id, environment = _named(cloud, path).external_id, cloud.environment
    environment.put_row(store.DELETED, external_id, {"at": cloud.now().timestamp()})
    environment.delete_row(store.FIELDS, external_id)
    for rule_id, row in environment.rows(store.RULES).items():
        if external_id in MetadataRule.from_row(row).fields():
            environment.delete_row(store.RULES, rule_id)
    for asset in environment.assets():
        if external_id in asset.metadata:
            kept = {name: one for name, one in asset.metadata.items() if name != external_id}
            environment.change(replace(asset, metadata=kept))
    return {"message": "ok"}


def _reordered(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Put all fields into an order."""
    order = ORDERS.get(params.text("order_by"))
    if order is None:
        raise bad_request(f"order_by {params.text('order_by')} is invalid")
    _place(cloud, sorted(_fields(cloud), key=order, reverse=_descending(params)))
    return _listed(cloud, {}, params)


def _descending(params: Params) -> bool:
    direction = params.text("direction", "asc").lower()
    if direction not in {"asc", "desc"}:
        raise bad_request(f"direction {direction} is invalid")
    return direction == "desc"


DatasourceChange = Callable[[Cloud, MetadataField, Params], MetadataField]


def _on_datasource(change: DatasourceChange) -> Callable[[Cloud, Mapping[str, str], Params], Json]:
    """A call that changes a field's data source, and replies with what can be chosen then."""

    def answer(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
        one = _named(cloud, path)
        if one.type not in LISTS:
            raise bad_request(f"Field {one.external_id} of type {one.type} has no datasource")
        return datasource_json(store.keep_field(cloud, change(cloud, one, params)))

    return answer


def _with_values(cloud: Cloud, one: MetadataField, params: Params) -> MetadataField:
    return with_entries(one, params.json().get("values"), new_id=cloud.new_id)


def _without(_cloud: Cloud, one: MetadataField, params: Params) -> MetadataField:
    return with_state(one, params.array("external_ids"), active=False)


def _restored(_cloud: Cloud, one: MetadataField, params: Params) -> MetadataField:
    return with_state(one, params.array("external_ids"), active=True)


def _in_order(_cloud: Cloud, one: MetadataField, params: Params) -> MetadataField:
    if params.text("order_by", "value") != "value":
        raise bad_request(f"order_by {params.text('order_by')} is invalid")
    return sorted_entries(one, descending=_descending(params))


def _found(cloud: Cloud, _path: Mapping[str, str], params: Params) -> list[dict[str, Any]]:
    """The entries of all data sources whose value holds a term."""
    term = params.text("term").casefold()
    limit = params.number("max_results", MAX_FOUND)
    found = [
        {"field_id": one.external_id, "id": entry.external_id, "value": entry.value}
        for one in _fields(cloud)
        for entry in one.datasource
        if entry.active and term in entry.value.casefold()
    ]
    return found[:limit]


ONE = "/metadata_fields/{external_id}"
METADATA_CALLS = (
    AdminCall("GET", "/metadata_fields", _listed),
    AdminCall("POST", "/metadata_fields", _created),
    AdminCall("PUT", "/metadata_fields/order", _reordered),
    AdminCall("POST", "/metadata_fields/datasource/search", _found),
    AdminCall("GET", ONE, _details),
    AdminCall("PUT", ONE, _updated),
    AdminCall("DELETE", ONE, _deleted),
    AdminCall("PUT", ONE + "/datasource", _on_datasource(_with_values)),
    AdminCall("DELETE", ONE + "/datasource", _on_datasource(_without)),
    AdminCall("POST", ONE + "/datasource_restore", _on_datasource(_restored)),
    AdminCall("POST", ONE + "/datasource/order", _on_datasource(_in_order)),
    AdminCall("PUT", ONE + "/datasource/order", _on_datasource(_in_order)),
)
