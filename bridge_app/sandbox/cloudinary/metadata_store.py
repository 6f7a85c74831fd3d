"""The metadata schema of a product environment, as it is kept, and what assets get from it."""

from datetime import timedelta

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.metadata_checks import Value
from bridge_app.sandbox.cloudinary.metadata_fields import MetadataField
from bridge_app.sandbox.cloudinary.metadata_rules import MetadataRule, Values
from bridge_app.sandbox.cloudinary.metadata_values import Schema, given_values
from bridge_app.sandbox.cloudinary.params import Params

FIELDS = "metadata_field"
RULES = "metadata_rule"
DELETED = "metadata_field_deleted"
RESERVED_FOR = timedelta(seconds=30)
"""How long the external ID of a deleted field stays taken; the service deletes in its own time."""


def schema(cloud: Cloud) -> Schema:
    """The fields in the order of their positions, and the rules by field, then by theirs."""
    fields = sorted(
        map(MetadataField.from_row, cloud.environment.rows(FIELDS).values()),
        key=lambda one: one.position,
    )
    rules = sorted(
        map(MetadataRule.from_row, cloud.environment.rows(RULES).values()),
        key=lambda one: (one.metadata_field_id, one.position),
    )
    return Schema({one.external_id: one for one in fields}, tuple(rules))


def metadata_of(cloud: Cloud, stored: Values) -> dict[str, Value]:
    """What replies show of an asset's stored values: defaults too, nothing of disabled fields."""
    if not cloud.environment.rows(FIELDS):
        return {}
    return schema(cloud).shown(stored)


def assigned(cloud: Cloud, stored: Values, params: Params) -> dict[str, Value]:
    """What to store of an asset when a request sets `metadata`.

    Raises:
        CloudinaryError: 400, a value is not allowed, or a mandatory one is missing.
    """
    given = given_values(params.text("metadata"))
    if not given and not cloud.environment.rows(FIELDS):
        return {}
    return schema(cloud).assigned(stored, given, clear_invalid=params.flag("clear_invalid"))


def existing_field(cloud: Cloud, external_id: str) -> MetadataField:
    """The field with this external ID.

    Raises:
        CloudinaryError: 404.
    """
    row = cloud.environment.rows(FIELDS).get(external_id)
    if row is None:
        raise CloudinaryError(404, f"External id {external_id} is invalid")
    return MetadataField.from_row(row)


def keep_field(cloud: Cloud, one: MetadataField) -> MetadataField:
    """Create or replace a field."""
    cloud.environment.put_row(FIELDS, one.external_id, one.row())
    return one


def is_taken(cloud: Cloud, external_id: str) -> bool:
    """Whether a field has this external ID, or had it a moment ago."""
    deleted = cloud.environment.rows(DELETED).get(external_id)
    recently = deleted is not None and (
        cloud.now().timestamp() - deleted["at"] < RESERVED_FOR.total_seconds()
    )
    return recently or external_id in cloud.environment.rows(FIELDS)
