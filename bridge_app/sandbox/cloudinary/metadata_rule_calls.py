"""Conditional metadata rules on the Admin API.

Source: reference/cloudinary.md 6.1 and 6.4.
"""

from collections.abc import Mapping
from dataclasses import replace

from bridge_app.sandbox.cloudinary import metadata_store as store
from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.metadata_rules import (
    MetadataRule,
    changed_rule,
    new_rule,
    rule_json,
)
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json


def _listed(cloud: Cloud, _path: Mapping[str, str], _params: Params) -> Json:
    return {"metadata_rules": [rule_json(one) for one in store.schema(cloud).rules]}


def _created(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    rules = store.schema(cloud).rules
    last = max((one.position for one in rules), default=-1)
    return _kept(cloud, new_rule(params.json(), new_id=cloud.new_id, position=last + 1))


def _updated(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    body = params.json()
    reply = _kept(cloud, changed_rule(_existing(cloud, path), body))
    if isinstance(body.get("position"), int):
        _place(cloud, str(reply["external_id"]), max(0, body["position"]))
        return rule_json(_existing(cloud, path))
    return reply


def _place(cloud: Cloud, external_id: str, at: int) -> None:
    """Put a rule at a place among all of them, and number them anew."""
    rows = cloud.environment.rows(store.RULES).values()
    rules = sorted(map(MetadataRule.from_row, rows), key=lambda one: one.position)
    others = [one for one in rules if one.external_id != external_id]
    moved = [one for one in rules if one.external_id == external_id]
    for position, one in enumerate((*others[:at], *moved, *others[at:])):
        if one.position != position:
            placed = replace(one, position=position)
            cloud.environment.put_row(store.RULES, one.external_id, placed.row())


def _kept(cloud: Cloud, rule: MetadataRule) -> Json:
    """Keep a rule whose fields exist."""
    known = store.schema(cloud).fields
    missing = sorted(name for name in rule.fields() if name not in known)
    if missing:
        raise bad_request(f"metadata field {missing[0]} doesn't exist")
    cloud.environment.put_row(store.RULES, rule.external_id, rule.row())
    return rule_json(rule)


def _deleted(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    cloud.environment.delete_row(store.RULES, _existing(cloud, path).external_id)
    return {"success": True}


def _existing(cloud: Cloud, path: Mapping[str, str]) -> MetadataRule:
    """The rule a path names."""
    row = cloud.environment.rows(store.RULES).get(path["external_id"])
    if row is None:
        raise CloudinaryError(404, f"Metadata rule {path['external_id']} not found")
    return MetadataRule.from_row(row)


METADATA_RULE_CALLS = (
    AdminCall("GET", "/metadata_rules", _listed),
    AdminCall("POST", "/metadata_rules", _created),
    AdminCall("PUT", "/metadata_rules/{external_id}", _updated),
    AdminCall("DELETE", "/metadata_rules/{external_id}", _deleted),
)
