"""What is known to be delivered, and which public ID each asset was given."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.policies import Policy
from bridge_app.domain.push_plan import RemoteState
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer
from bridge_app.storage.product_copies import ProductCopies

FORGET = "DELETE FROM delivery WHERE environment = ? AND resource_type = ? AND public_id = ?"
PUT = """
    INSERT INTO delivery (environment, resource_type, public_id, delivery_type, version, asset_id,
        format, etag, sha256, bytes, url, delivered_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PLACED_IN = """
    WITH RECURSIVE known (environment) AS (
        SELECT min(environment) FROM placement
        UNION ALL SELECT (SELECT min(p.environment) FROM placement AS p
            WHERE p.environment > known.environment)
        FROM known WHERE known.environment IS NOT NULL
    )
"""
"""The environments that anything is placed in: few, and placements are found by them first."""
COPIES = """
    SELECT environment, public_id, resource_type, delivery_type, version, asset_id, format, etag,
        sha256, bytes, url
    FROM delivery WHERE environment = ?
"""
GONE = """
    DELETE FROM delivery WHERE environment = ? AND asset_id IN (SELECT value FROM json_each(?))
"""
RENAMED = """
    UPDATE OR REPLACE delivery SET public_id = ?, url = ? WHERE environment = ? AND asset_id = ?
"""
REPLACED = """
    UPDATE placement SET public_id = ? WHERE environment = ? AND public_id IN (
        SELECT public_id FROM delivery WHERE environment = ? AND asset_id = ?
    )
"""
UNMADE = """
    DELETE FROM rendition WHERE environment = ? AND public_id IN (
        SELECT public_id FROM delivery
        WHERE environment = ? AND asset_id IN (SELECT value FROM json_each(?))
    )
"""
GOING = """
    SELECT d.asset_id, d.public_id, d.sha256, coalesce((
        SELECT asset FROM placement AS p
        WHERE p.environment = d.environment AND p.public_id = d.public_id LIMIT 1
    ), '')
    FROM delivery AS d
    WHERE d.environment = ? AND d.asset_id IN (SELECT value FROM json_each(?))
"""
PLACED = "SELECT asset, public_id FROM placement WHERE environment = ?"


class Deliveries:
    """Delivered copies and placements, and which are `products`' alone; thread-safe."""

    def __init__(self, writer: Writer, *, now: Callable[[], datetime]) -> None:
        self._writer = writer
        self._now = now
        self.products = ProductCopies(writer)

    def copies(self, environment: str) -> list[CloudCopy]:
        """All copies that are known to be delivered to a product environment."""
        with self._writer.reading() as connection:
            return [_copy(row) for row in connection.execute(COPIES, (environment,))]

    def remote_state(
        self,
        environment: str,
        queued: frozenset[tuple[AssetId, str]],
        policies: tuple[Policy, ...] = (),
    ) -> RemoteState:
        """What the planner has to know of one product environment, which demands `policies`."""
        with self._writer.reading() as connection:
            copies = [_copy(row) for row in connection.execute(COPIES, (environment,))]
            chosen = {
                AssetId(row[0]): str(row[1]) for row in connection.execute(PLACED, (environment,))
            }
        there = {copy.public_id: copy for copy in copies}
        return RemoteState(
            copies={copy.sha256: copy for copy in copies},
            placed={asset: there[name] for asset, name in chosen.items() if name in there},
            reserved={asset: name for asset, name in chosen.items() if name not in there},
            taken=frozenset(chosen.values()) | there.keys(),
            queued=queued,
            policies=policies,
        )

    def keep_copy(self, copy: CloudCopy, *, at: datetime) -> None:
        """This is delivered again, as it was before it was forgotten."""
        with self._writer.atomic() as connection:
            connection.execute(FORGET, (copy.environment, copy.resource_type, copy.public_id))
            connection.execute(PUT, copy_values(copy, at))

    def forget_copies(self, environment: str, asset_ids: Iterable[str]) -> None:
        """These are not delivered any more; their public IDs stay reserved for their assets.

        What was derived of them is gone with them. The audit trail is told.
        """
        gone = json.dumps(list(asset_ids))
        at = self._now().isoformat()
        with self._writer.atomic() as connection:
            for row in connection.execute(GOING, (environment, gone)).fetchall():
                entry(connection, _gone(environment, row, at))
            connection.execute(UNMADE, (environment, environment, gone))
            connection.execute(GONE, (environment, gone))

    def rename_copy(self, environment: str, asset_id: str, public_id: str, url: str) -> None:
        """A delivered copy has another public ID; later versions of its master go there too.

        The addresses of its renditions end.
        """
        with self._writer.atomic() as connection:
            connection.execute(UNMADE, (environment, environment, json.dumps([asset_id])))
            connection.execute(REPLACED, (public_id, environment, environment, asset_id))
            connection.execute(RENAMED, (public_id, url, environment, asset_id))


def _gone(environment: str, row: tuple[str, str, str, str], at: str) -> AuditEntry:
    asset_id, public_id, content, asset = row
    return AuditEntry(
        at=at,
        kind=AuditKind.RETRACTION,
        asset=asset,
        name=public_id,
        content=content,
        environment=environment,
        detail={"state": "deleted", "public_id": public_id, "asset_id": asset_id},
    )


def copy_values(copy: CloudCopy, at: datetime) -> tuple[object, ...]:
    """The values of `PUT`."""
    return (
        copy.environment,
        copy.resource_type,
        copy.public_id,
        copy.delivery_type,
        copy.version,
        copy.asset_id,
        copy.format,
        copy.etag,
        copy.sha256,
        copy.bytes,
        copy.url,
        at.isoformat(),
    )


def _copy(row: tuple[str, str, str, str, int, str, str, str, str, int, str]) -> CloudCopy:
    environment, public_id, resource_type, delivery_type, version, asset_id = row[:6]
    form, etag, sha256, size, url = row[6:]
    return CloudCopy(
        environment=environment,
        public_id=public_id,
        resource_type=resource_type,
        delivery_type=delivery_type,
        version=version,
        asset_id=asset_id,
        format=form,
        etag=etag,
        sha256=sha256,
        bytes=size,
        url=url,
    )
