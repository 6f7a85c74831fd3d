"""What was retracted, in the ledger; and what is delivered with how its masters stand now."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId, CloudCopy, Kind
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.gate import Reason
from bridge_app.domain.policies import Policy, demands
from bridge_app.domain.retractions import Delivered, Master, Retraction, RetractionState
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.domain.roles import role_of
from bridge_app.storage.audit import entry
from bridge_app.storage.claimed import CLAIM, CLAIMED, NEWEST_SEQ, allowed
from bridge_app.storage.database import Writer
from bridge_app.storage.paths import from_blob
from bridge_app.storage.policies import policies_of
from bridge_app.storage.product_copies import ENDED, words_of_places
from bridge_app.storage.recorded import RECORDED, newest_of
from bridge_app.storage.reviewed import OVERALL, OVERRIDES, STAGES, overrides_of, stages_of
from bridge_app.storage.search_rows import allowed_by

COLUMNS = (
    "environment, asset_id, public_id, name, content, version, state, before, reasons,"
    " follows_rights, at"
)
PUT = f"INSERT OR REPLACE INTO retraction ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ONE = f"SELECT {COLUMNS} FROM retraction WHERE environment = ? AND asset_id = ?"
ALL = f"SELECT {COLUMNS} FROM retraction WHERE environment = ? ORDER BY at DESC, asset_id"
FAILED = """
    SELECT id, params, updated_at FROM job WHERE kind = ? AND state = 'failed' ORDER BY updated_at
"""
OF_CLAIM = f"""
    (SELECT told FROM ledger.rights_claim
        WHERE seq = {NEWEST_SEQ.format(schema="ledger.", asset="NULL", content="d.sha256")})
    AS claim, {RECORDED}
"""
LIMITED = f"""
    SELECT id, content FROM asset
    WHERE (rights_from IS NOT NULL OR rights_until IS NOT NULL OR rights_unreadable IS NOT NULL
        OR restrictions <> '{{}}' OR id IN ({CLAIMED})) AND library NOT LIKE 'cloud:%'
"""
SUSPECTS = f"""
    WITH limited AS ({LIMITED})
    SELECT d.environment, d.public_id, d.resource_type, d.delivery_type, d.version, d.asset_id,
        d.format, d.etag, d.sha256, d.bytes, d.url, {OF_CLAIM},
        {STAGES.format(content="d.sha256")}, {OVERRIDES.format(content="d.sha256")},
        coalesce(r.approval, 'draft') AS approval,
        t.public_id AS r_public_id, t.name AS r_name, t.content AS r_content,
        t.version AS r_version, t.state AS r_state, t.before AS r_before,
        t.reasons AS r_reasons, t.follows_rights AS r_follows_rights, t.at AS r_at
    FROM ledger.delivery AS d
    LEFT JOIN ledger.review AS r ON r.sha256 = d.sha256 AND {OVERALL.format(review="r")}
    LEFT JOIN ledger.retraction AS t
        ON t.environment = d.environment AND t.asset_id = d.asset_id
    WHERE d.environment = :environment AND (:only IS NULL OR d.asset_id = :only)
    AND (:content IS NULL OR d.sha256 = :content)
    AND (:only IS NOT NULL OR r.approval IS NOT 'approved'
        OR t.state IN ('begun', 'retracted') OR t.before LIKE '%anonymous|%'
        OR (t.follows_rights AND t.before <> '[]')
        OR d.sha256 IN (SELECT content FROM limited)
        OR d.sha256 IN (SELECT content FROM ledger.rights_claim)
        OR d.public_id IN ({ENDED})
        OR d.public_id IN (
            SELECT p.public_id FROM ledger.placement AS p
            WHERE p.environment = :environment AND p.asset IN (SELECT id FROM limited)
        ))
    ORDER BY d.public_id, d.resource_type
"""
"""Delivered copies that something limits, or one of them; the rest is open to everybody."""
STANDING = (
    "a.id, a.name, a.content, a.kind, a.folder, a.keywords, a.rights_from, a.rights_until,"
    f" a.rights_unreadable, {CLAIM}, a.restrictions,"
    " EXISTS (SELECT 1 FROM shelter_asset AS s WHERE s.id = a.id AND s.gone_at IS NOT NULL) AS gone"
)
OF_CONTENT = f"""
    SELECT {STANDING} FROM asset AS a
    WHERE a.content IN (SELECT value FROM json_each(?)) AND a.library NOT LIKE 'cloud:%'
"""
PLACED = f"""
    SELECT p.public_id, {STANDING} FROM ledger.placement AS p JOIN asset AS a ON a.id = p.asset
    WHERE p.environment = ? AND p.public_id IN (SELECT value FROM json_each(?))
"""
DELIVERED = "SELECT count(*) FROM ledger.delivery WHERE environment = ?"


STATE = "SELECT state FROM retraction WHERE environment = ? AND asset_id = ?"
PLACED_ASSET = "SELECT asset FROM placement WHERE environment = ? AND public_id = ? LIMIT 1"
TOLD = {
    RetractionState.RETRACTED: AuditKind.RETRACTION,
    RetractionState.LEFT_ALONE: AuditKind.RETRACTION,
    RetractionState.GONE: AuditKind.RETRACTION,
    RetractionState.RESTORED: AuditKind.RESTORATION,
}
"""What the audit trail hears: what was proven, and what could not be done."""


class Retractions:
    """The record of what was retracted and given back; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def put(self, retraction: Retraction) -> None:
        """Remember what was done; it takes the place of what was known of that copy.

        That it was taken away or given back is told to the audit trail.
        """
        key = (retraction.environment, retraction.asset_id)
        with self._writer.atomic() as connection:
            before = connection.execute(STATE, key).fetchone()
            kind = TOLD.get(retraction.state)
            if kind is not None and (before is None or before[0] != retraction.state):
                placed = (retraction.environment, retraction.public_id)
                asset = connection.execute(PLACED_ASSET, placed).fetchone()
                entry(connection, _audited(retraction, kind, asset[0] if asset else ""))
            connection.execute(PUT, _values(retraction))

    def one(self, environment: str, asset_id: str) -> Retraction | None:
        """What was done to one copy last."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE, (environment, asset_id)).fetchone()
        return None if row is None else _retraction(row)

    def all(self, environment: str) -> tuple[Retraction, ...]:
        """What was done to the copies of an environment, the latest first."""
        with self._writer.reading() as connection:
            return tuple(map(_retraction, connection.execute(ALL, (environment,))))

    def failed(self, kind: str) -> list[tuple[int, Mapping[str, Any], str]]:
        """Jobs of a kind that failed, the latest last: id, what they are about, and when."""
        with self._writer.reading() as connection:
            rows = connection.execute(FAILED, (kind,)).fetchall()
        return [(row[0], json.loads(row[1]), row[2]) for row in rows]


def delivered_in(
    connection: sqlite3.Connection,
    environment: str,
    at: datetime,
    *,
    asset_id: str = "",
    content: str = "",
) -> list[Delivered]:
    """The delivered copies that something limits; with `asset_id` that one, limited or not.

    With `content` only those of it.

    Of what was delivered for products, those that one of them may be against `at` that moment.

    The connection reads the catalog with the ledger attached to it.
    """
    moment = at.isoformat(timespec="microseconds")
    values = {
        "environment": environment,
        "only": asset_id or None,
        "content": content or None,
        "at": moment,
    }
    rows = connection.execute(SUSPECTS, values).fetchall()
    contents = json.dumps([row["sha256"] for row in rows])
    names = json.dumps([row["public_id"] for row in rows])
    by_content: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute(OF_CONTENT, (contents,)):
        by_content.setdefault(row["content"], []).append(row)
    by_place: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute(PLACED, (environment, names)):
        by_place.setdefault(row["public_id"], []).append(row)
    policies = policies_of(connection, environment)
    products = words_of_places(connection, environment, [row["public_id"] for row in rows])
    return [
        replace(
            _delivered(
                row,
                [*by_content.get(row["sha256"], ()), *by_place.get(row["public_id"], ())],
                policies,
            ),
            products=products.get(row["public_id"], ()),
        )
        for row in rows
    ]


def count_delivered(connection: sqlite3.Connection, environment: str) -> int:
    """How many copies are known to be delivered to an environment."""
    return int(connection.execute(DELIVERED, (environment,)).fetchone()[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What policies look at in a master."""

    kind: Kind
    folder: str
    keywords: tuple[str, ...]


def _delivered(
    row: sqlite3.Row, masters: Sequence[sqlite3.Row], policies: Sequence[Policy]
) -> Delivered:
    approval = Approval(row["approval"])
    stages, overrides = stages_of(row), overrides_of(row)
    found = {
        one["id"]: replace(_master(one, approval, policies), stages=stages, overrides=overrides)
        for one in masters
    }
    rights, restrictions = allowed(RightsWindow(), Restrictions(), row["claim"], newest_of(row))
    return Delivered(
        copy=CloudCopy(**{name: row[name] for name in CloudCopy.__dataclass_fields__}),
        approval=approval,
        rights=rights,
        restrictions=restrictions,
        stages=stages,
        overrides=overrides,
        demanded=tuple(dict.fromkeys(role_of(one) for each in policies for one in each.stages)),
        masters=tuple(found.values()),
        retraction=_joined(row) if row["r_state"] else None,
    )


def _master(row: sqlite3.Row, approval: Approval, policies: Sequence[Policy]) -> Master:
    rights, restrictions = allowed_by(row)
    facts = _Facts(
        kind=Kind(row["kind"]),
        folder=from_blob(row["folder"]),
        keywords=tuple(json.loads(row["keywords"])),
    )
    return Master(
        asset=AssetId(row["id"]),
        name=row["name"],
        approval=approval,
        rights=rights,
        restrictions=restrictions,
        demanded=demands(policies, facts).stages,
        is_gone=bool(row["gone"]),
    )


def _joined(row: sqlite3.Row) -> Retraction:
    own = ("environment", "asset_id")
    names = ("public_id", "name", "content", "version", "state", "before", "reasons")
    told = (*names, "follows_rights", "at")
    return _retraction([*(row[name] for name in own), *(row[f"r_{name}"] for name in told)])


def _audited(retraction: Retraction, kind: AuditKind, asset: str) -> AuditEntry:
    return AuditEntry(
        at=retraction.at,
        kind=kind,
        asset=asset,
        name=retraction.name,
        content=retraction.content,
        environment=retraction.environment,
        detail={
            "state": retraction.state.value,
            "reasons": [reason.value for reason in retraction.reasons],
            "public_id": retraction.public_id,
            "asset_id": retraction.asset_id,
            "version": retraction.version,
        },
    )


def _values(retraction: Retraction) -> tuple[object, ...]:
    return (
        retraction.environment,
        retraction.asset_id,
        retraction.public_id,
        retraction.name,
        retraction.content,
        retraction.version,
        retraction.state.value,
        json.dumps(retraction.before),
        json.dumps([reason.value for reason in retraction.reasons]),
        int(retraction.follows_rights),
        retraction.at,
    )


def _retraction(row: Iterable[object]) -> Retraction:
    texts = [str(value) for value in row]
    environment, asset_id, public_id, name, content, version, state, before = texts[:8]
    reasons, follows_rights, at = texts[8:]
    return Retraction(
        environment=environment,
        asset_id=asset_id,
        public_id=public_id,
        name=name,
        content=content,
        version=int(version),
        state=RetractionState(state),
        before=tuple(json.loads(before)),
        reasons=tuple(Reason(reason) for reason in json.loads(reasons)),
        follows_rights=follows_rights == "1",
        at=at,
    )
