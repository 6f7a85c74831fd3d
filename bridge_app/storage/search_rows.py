"""Rows of the catalog as values of the domain."""

import json
import sqlite3
from dataclasses import fields
from datetime import datetime
from typing import Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, CloudCopy, Kind
from bridge_app.domain.required_fields import REQUIRABLE, UNLISTED, filled
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.storage.claimed import allowed
from bridge_app.storage.paths import from_blob
from bridge_app.storage.recorded import newest_of
from bridge_app.storage.reviewed import overrides_of, stages_of

NOTHING = "{}"
"""What limits nothing, as nearly every row has it; read without asking the parser."""
UNLIMITED = Restrictions()
COMPOSED = frozenset(
    (
        *("path", "folder", "kind", "keywords", "approval", "lapsed", "stages", "overrides"),
        *("rights", "restrictions", "cloud", "also_filled"),
    )
)
PLAIN_FIELDS = tuple(name for name in Asset.__dataclass_fields__ if name not in COMPOSED)
"""The fields of an asset that a row holds as they are."""


def asset_from(row: sqlite3.Row, cloud: CloudCopy | None) -> Asset:
    """The value a row describes."""
    fields: dict[str, Any] = {name: row[name] for name in PLAIN_FIELDS}
    rights, restrictions = allowed_by(row)
    fields |= {
        "path": from_blob(row["path"]),
        "folder": from_blob(row["folder"]),
        "kind": Kind(row["kind"]),
        "keywords": tuple(json.loads(row["keywords"])),
        "approval": Approval(row["approval"]),
        "lapsed": bool(row["lapsed"]),
        "stages": stages_of(row),
        "overrides": overrides_of(row),
        "also_filled": also_filled(row),
        "rights": rights,
        "restrictions": restrictions,
        "cloud": cloud,
    }
    return Asset(**fields)


def allowed_by(row: sqlite3.Row) -> tuple[RightsWindow, Restrictions]:
    """When, where and for what an asset may be used: by its file, and by what people claim.

    Whatever reads a row for the gate comes through here; one without the claim is refused.
    """
    return allowed(*said_by_file(row), row["claim"], newest_of(row))


def said_by_file(row: sqlite3.Row) -> tuple[RightsWindow, Restrictions]:
    """The same by its file alone."""
    return _rights_of(row), _restrictions_of(row)


def filled_in(row: sqlite3.Row) -> frozenset[str]:
    """In which of the fields that a policy may require something stands."""
    said = {name: row[name] for name in REQUIRABLE if name not in UNLISTED}
    told = filled(said | {"keywords": tuple(json.loads(row["keywords"]))})
    return told | also_filled(row)


def also_filled(row: sqlite3.Row) -> frozenset[str]:
    """The same of those that have no column of their own; `ALSO_FILLED` asks for them."""
    keys: list[str] = json.loads(row["also_filled"])
    return filled(dict.fromkeys(keys, "said")) if keys else frozenset()


def _rights_of(row: sqlite3.Row) -> RightsWindow:
    return RightsWindow(
        starts=_moment(row["rights_from"]),
        ends=_moment(row["rights_until"]),
        unreadable=row["rights_unreadable"],
    )


def _restrictions_of(row: sqlite3.Row) -> Restrictions:
    if row["restrictions"] == NOTHING:
        return UNLIMITED
    told: dict[str, Any] = json.loads(row["restrictions"])
    for name in ("territories", "channels"):
        told[name] = frozenset(told.get(name, ()))
    return Restrictions(**told)


def restrictions_text(limits: Restrictions) -> str:
    """The same as a row keeps it: JSON of what limits anything."""
    told = {
        field.name: sorted(value) if isinstance(value, frozenset) else value
        for field in fields(limits)
        if (value := getattr(limits, field.name)) != field.default
    }
    return json.dumps(told)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
