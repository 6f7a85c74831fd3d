"""What moderators at Cloudinary say of assets, as it was read last; works without a network."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import Moderation
from bridge_app.domain.moderations import ModerationStatus
from bridge_app.storage.database import Writer

NAMES = "environment, asset_id, asset, name, told, status"
PUT = f"""
    INSERT INTO moderation ({NAMES}, read_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (environment, asset_id) DO UPDATE SET name = excluded.name, told = excluded.told,
        status = excluded.status, read_at = excluded.read_at
"""
ALL = f"SELECT {NAMES} FROM moderation WHERE environment = ? ORDER BY name, asset_id"
ONE = f"SELECT {NAMES} FROM moderation WHERE environment = ? AND asset_id = ?"
FORGET = "DELETE FROM moderation WHERE environment = ? AND asset_id = ?"
ENVIRONMENTS = "SELECT DISTINCT environment FROM moderation ORDER BY environment"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratedAsset:
    """A cloud asset that somebody is to look at, or has looked at, there.

    `asset` is its identity in the catalog, `status` what all of its moderations come to.
    """

    environment: str
    asset_id: str
    asset: AssetId
    name: str
    moderations: tuple[Moderation, ...]
    status: ModerationStatus

    @property
    def kinds(self) -> tuple[str, ...]:
        """Who moderates: `manual`, or a service by its name."""
        return tuple(one.kind for one in self.moderations)


class Moderations:
    """Thread-safe. On disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def put(self, assets: Iterable[ModeratedAsset], *, at: datetime) -> None:
        """Remember what was read."""
        rows = [
            (
                one.environment,
                one.asset_id,
                one.asset,
                one.name,
                json.dumps([[said.kind, said.status] for said in one.moderations]),
                one.status.value,
                at.isoformat(),
            )
            for one in assets
        ]
        with self._writer.atomic() as connection:
            connection.executemany(PUT, rows)

    def forget(self, environment: str, asset_ids: Iterable[str]) -> None:
        """These are not there any more, or nobody moderates them."""
        with self._writer.atomic() as connection:
            connection.executemany(FORGET, [(environment, one) for one in asset_ids])

    def environments(self) -> tuple[str, ...]:
        """Those of which anything was ever read."""
        with self._writer.reading() as connection:
            return tuple(row[0] for row in connection.execute(ENVIRONMENTS))

    def all(self, environment: str) -> tuple[ModeratedAsset, ...]:
        """All that is known of an environment, by name."""
        with self._writer.reading() as connection:
            return tuple(map(_moderated, connection.execute(ALL, (environment,))))

    def one(self, environment: str, asset_id: str) -> ModeratedAsset | None:
        """What is known of one asset."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE, (environment, asset_id)).fetchone()
        return None if row is None else _moderated(row)


def _moderated(row: Sequence[str]) -> ModeratedAsset:
    environment, asset_id, asset, name, told, status = row
    return ModeratedAsset(
        environment=environment,
        asset_id=asset_id,
        asset=AssetId(asset),
        name=name,
        moderations=tuple(Moderation(kind=kind, status=said) for kind, said in json.loads(told)),
        status=ModerationStatus(status),
    )
