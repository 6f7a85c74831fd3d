"""Metadata at Cloudinary: its definitions, what assets say, and the calls that change either.

Assets are read by their immutable IDs through the listings, which do not lag.
Source: reference/cloudinary.md 3.1, 4.5 and 6.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import cloudinary.api
import cloudinary.uploader
from cloudinary.api_client.call_api import call_metadata_rules_api

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.asset_answers import (
    assets_in,
    cursor_in,
    items,
    misunderstood,
    object_of,
)
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.edit_plan import Call, Write
from bridge_app.domain.errors import RefusedByServiceError
from bridge_app.domain.metadata_fields import FieldValue, MetadataField
from bridge_app.domain.metadata_json import (
    entries_json,
    field_from,
    field_json,
    rule_from,
    rule_json,
    value_json,
)
from bridge_app.domain.metadata_rules import MetadataRule
from bridge_app.domain.read_plan import BY_ID, LISTED, MOST_LISTED, Listing
from bridge_app.storage.metadata_schema import Definitions

Sdk = Callable[..., object]


class MetadataDesk:
    """One environment's metadata. Methods block, run on any thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self.environment = credentials.account.environment
        self.calls = 0
        """How many calls were made."""

    # What assets say

    def read(self, asset_ids: Sequence[str], mode: FolderMode) -> dict[str, CloudAsset]:
        """What these assets say now, by asset ID; those that are gone are not among them."""
        found: dict[str, CloudAsset] = {}
        for start in range(0, len(asset_ids), BY_ID):
            reply = self._ask(
                cloudinary.api.resources_by_asset_ids,
                list(asset_ids[start : start + BY_ID]),
                tags=True,
                context=True,
                metadata=True,
                max_results=BY_ID,
            )
            for asset in assets_in(reply, self.environment, mode):
                found[asset.asset_id] = asset
        return found

    def listed(self, listing: Listing, mode: FolderMode) -> dict[str, CloudAsset]:
        """What a listing holds says now, by asset ID; of one longer than planned its beginning."""
        call, place = _question(listing)
        found: dict[str, CloudAsset] = {}
        cursor: str | None = None
        for _ in range(MOST_LISTED // LISTED):
            reply = self._ask(
                call,
                tags=True,
                context=True,
                metadata=True,
                max_results=LISTED,
                **place,
                **({"next_cursor": cursor} if cursor else {}),
            )
            for asset in assets_in(reply, self.environment, mode):
                found[asset.asset_id] = asset
            cursor = cursor_in(reply)
            if cursor is None:
                break
        return found

    def write(self, write: Write) -> None:
        """Carry out one call of a plan. Raises RefusedByServiceError if a value is not taken."""
        of = {"resource_type": write.resource_type, "type": write.delivery_type}
        ids, values = list(write.public_ids), dict(write.values)
        match write.call:
            case Call.ADD_TAGS:
                self._ask(cloudinary.uploader.add_tag, ",".join(write.tags), ids, **of)
            case Call.REMOVE_TAGS:
                self._ask(cloudinary.uploader.remove_tag, ",".join(write.tags), ids, **of)
            case Call.SET_CONTEXT:
                self._ask(cloudinary.uploader.add_context, values, ids, **of)
            case Call.CLEAR_CONTEXT:
                self._ask(cloudinary.uploader.remove_all_context, ids, **of)
            case Call.REPLACE_CONTEXT:
                self._ask(cloudinary.uploader.explicit, ids[0], context=values, **of)
            case Call.SET_METADATA:
                self._ask(cloudinary.uploader.update_metadata, _structured(values), ids, **of)
            case Call.UPDATE:
                said = {"metadata": _structured(values)} if values else {}
                name = write.display_name
                self._ask(cloudinary.api.update, ids[0], display_name=name, **said, **of)

    # Definitions

    def definitions(self) -> Definitions:
        """All fields and rules. An environment whose plan has no rules has none."""
        fields = self._ask(cloudinary.api.list_metadata_fields)
        try:
            rules: Iterable[object] = items(
                self._ask(cloudinary.api.list_metadata_rules), "metadata_rules"
            )
        except RefusedByServiceError:
            rules = ()
        return Definitions(fields=_objects(items(fields, "metadata_fields")), rules=_objects(rules))

    def add_field(self, field: MetadataField) -> MetadataField:
        """Define a field. Raises RefusedByServiceError, NotPermittedError among others."""
        return _field(self._ask(cloudinary.api.add_metadata_field, field_json(field)))

    def change_field(self, field: MetadataField, before: MetadataField) -> None:
        """Change a definition; its type and external ID stay. Entries go one call each way.

        Entries are brought back and added before others are taken away.
        """
        body = {
            name: value for name, value in field_json(field).items() if name not in UNCHANGEABLE
        }
        name = field.external_id
        kept = {entry.external_id for entry in field.entries if entry.active}
        gone = sorted(before.active_ids() - kept)
        back = sorted(
            kept & ({entry.external_id for entry in before.entries} - before.active_ids())
        )
        there = {(entry.external_id, entry.value) for entry in before.entries}
        fresh = [
            entry
            for entry in field.entries
            if entry.active and (entry.external_id, entry.value) not in there
        ]
        if back:
            self._ask(cloudinary.api.restore_metadata_field_datasource, name, back)
        if fresh:
            change = cloudinary.api.update_metadata_field_datasource
            self._ask(change, name, entries_json(fresh))
        self._ask(cloudinary.api.update_metadata_field, name, body)
        if gone:
            self._ask(cloudinary.api.delete_datasource_entries, name, gone)

    def delete_field(self, external_id: str) -> None:
        """Delete a definition, and with it its values of all assets."""
        self._ask(cloudinary.api.delete_metadata_field, external_id)

    def put_rule(self, rule: MetadataRule) -> MetadataRule:
        """Define a rule, or change the one of its external ID."""
        if rule.external_id:
            call = cloudinary.api.update_metadata_rule
            reply = self._ask(call, rule.external_id, rule_json(rule))
        else:
            reply = self._ask(cloudinary.api.add_metadata_rule, rule_json(rule))
        found = rule_from(reply)
        if found is None:
            raise misunderstood("it is not a rule")
        return found

    def place_rule(self, external_id: str, position: int) -> None:
        """Put a rule at this place among all rules.

        The SDK's own call leaves the place out. Source: Cloudinary's structured metadata client,
        MetadataRuleUpdate.
        """
        body = {"position": position}
        self._ask(call_metadata_rules_api, "put", [external_id], body)

    def delete_rule(self, external_id: str) -> None:
        """Delete a rule."""
        self._ask(cloudinary.api.delete_metadata_rule, external_id)

    def _ask(self, call: Sdk, *values: object, **options: object) -> Mapping[str, Any]:
        """One call of the SDK, which takes every answer for an object of JSON."""
        self.calls += 1
        with cloudinary_errors():
            return object_of(lambda: call(*values, **options, **self._credentials.options()))


def _question(listing: Listing) -> tuple[Sdk, dict[str, str]]:
    """The call that lists it, and what is said with it."""
    if not listing.resource_type:
        return cloudinary.api.resources_by_asset_folder, {"asset_folder": listing.folder}
    place = {"resource_type": listing.resource_type, "type": listing.delivery_type}
    prefix = {"prefix": listing.prefix} if listing.prefix else {}
    return cloudinary.api.resources, {**place, **prefix}


UNCHANGEABLE = ("type", "external_id", "datasource")


def _structured(values: Mapping[str, FieldValue]) -> dict[str, object]:
    """Values as the interface takes them: nothing is an empty text, a set a list."""
    return {name: "" if value is None else value_json(value) for name, value in values.items()}


def _objects(given: Iterable[object]) -> tuple[dict[str, Any], ...]:
    return tuple(dict(one) for one in given if isinstance(one, Mapping))


def _field(reply: object) -> MetadataField:
    found = field_from(reply)
    if found is None:
        raise misunderstood("it is not a field")
    return found
