"""What people claim of rights: never changed, and the newest of an asset or its content holds."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.audit import AuditEntry, AuditKind, Told
from bridge_app.domain.rights_claims import RecordedClaim, RightsClaim, RightsTemplate
from bridge_app.domain.rights_claims_json import claim_from, claim_json
from bridge_app.storage.audit import entry
from bridge_app.storage.claimed import NEWEST_SEQ
from bridge_app.storage.database import Writer
from bridge_app.storage.jobs import ADD as ADD_JOB
from bridge_app.storage.jobs import NewJob, new_values

ADD = """
    INSERT INTO rights_claim (asset, content, name, told, starts, ends, who, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
FIELDS = "SELECT seq, asset, content, name, told, who, at FROM rights_claim"
HISTORY = FIELDS + " WHERE asset = ? OR (content = ? AND content <> '') ORDER BY seq DESC"
NEWEST = f"{FIELDS} WHERE seq = {NEWEST_SEQ.format(schema='', asset=':asset', content=':content')}"
TEMPLATES = "SELECT name, told FROM rights_template ORDER BY name"
PUT_TEMPLATE = """
    INSERT INTO rights_template (name, told, changed_at) VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET told = excluded.told, changed_at = excluded.changed_at
"""
DROP_TEMPLATE = "DELETE FROM rights_template WHERE name = ?"
NOTICED = "SELECT asset, ends, days FROM rights_notice"
NOTICE = "INSERT OR IGNORE INTO rights_notice (asset, ends, days, at) VALUES (?, ?, ?, ?)"
TOLD = "SELECT theirs FROM rights_told WHERE asset = ? AND block = ?"
PUT_TOLD = """
    INSERT OR REPLACE INTO rights_told (asset, block, theirs, at) VALUES (?, ?, ?, ?)
"""

Notice = tuple[str, str, int]
"""An asset, the end of its rights (ISO 8601 in UTC), and how many days ahead it was told."""


class RightsClaims:
    """Claims, templates, and what was told of them; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(
        self,
        claims: Sequence[tuple[Asset, RightsClaim]],
        *,
        who: str,
        at: datetime,
        jobs: Sequence[NewJob] = (),
    ) -> int:
        """Record what is claimed of each of these, all or none, with the `jobs` that tell others.

        Returns how many were recorded.
        """
        with self._writer.atomic() as connection:
            for asset, claim in claims:
                connection.execute(ADD, _values(asset, claim, who, at))
                entry(
                    connection,
                    AuditEntry(
                        at=at.isoformat(),
                        kind=AuditKind.RIGHTS_CLAIM,
                        who=who,
                        asset=asset.id,
                        name=asset.name,
                        content=asset.content or "",
                        detail=_facts(claim),
                    ),
                )
            for job in jobs:
                connection.execute(ADD_JOB, new_values(job, at))
        return len(claims)

    def history(self, asset: AssetId, content: str | None) -> list[RecordedClaim]:
        """Everything claimed of this asset or this content, the newest first."""
        with self._writer.reading() as connection:
            rows = connection.execute(HISTORY, (asset, content or "")).fetchall()
        return [_recorded(row) for row in rows]

    def newest(self, asset: AssetId, content: str | None) -> RecordedClaim | None:
        """The claim that holds."""
        with self._writer.reading() as connection:
            row = connection.execute(NEWEST, {"asset": asset, "content": content}).fetchone()
        return None if row is None else _recorded(row)

    def templates(self) -> list[RightsTemplate]:
        """All templates, by name."""
        with self._writer.reading() as connection:
            rows = connection.execute(TEMPLATES).fetchall()
        return [
            RightsTemplate(name=name, claim=claim_from(json.loads(told))) for name, told in rows
        ]

    def put_template(self, template: RightsTemplate, *, at: datetime) -> None:
        """Keep a template in the place of one with its name."""
        told = json.dumps(claim_json(template.claim))
        with self._writer.atomic() as connection:
            connection.execute(PUT_TEMPLATE, (template.name, told, at.isoformat()))

    def drop_template(self, name: str) -> bool:
        """Forget a template; was there one? What was claimed with it stays."""
        with self._writer.atomic() as connection:
            return connection.execute(DROP_TEMPLATE, (name,)).rowcount > 0

    def noticed(self) -> frozenset[Notice]:
        """Which ends were told ahead."""
        with self._writer.reading() as connection:
            return frozenset(tuple(row) for row in connection.execute(NOTICED))

    def notice(self, told: Iterable[Notice], *, at: datetime) -> None:
        """Remember that these were told."""
        rows = [(*one, at.isoformat()) for one in told]
        with self._writer.atomic() as connection:
            connection.executemany(NOTICE, rows)

    def theirs(self, asset: AssetId, block: str) -> str | None:
        """What others had said at the asset's service before we wrote this block over it.

        None if this block is none of ours.
        """
        with self._writer.reading() as connection:
            row = connection.execute(TOLD, (asset, block)).fetchone()
        return None if row is None else str(row[0])

    def put_told(self, asset: AssetId, block: str, theirs: str, *, at: datetime) -> None:
        """Remember what we are about to write there, and what others say."""
        with self._writer.atomic() as connection:
            connection.execute(PUT_TOLD, (asset, block, theirs, at.isoformat()))


def _values(asset: Asset, claim: RightsClaim, who: str, at: datetime) -> tuple[str | None, ...]:
    edges = (claim.window.starts, claim.window.ends)
    return (
        asset.id,
        asset.content or "",
        asset.name,
        json.dumps(claim_json(claim)),
        *(one.isoformat() if one else None for one in edges),
        who,
        at.isoformat(),
    )


def _facts(claim: RightsClaim) -> dict[str, Told]:
    """The claim as an entry of the audit trail tells it."""
    told = claim_json(claim)
    documents = [f"{one.kind.value}: {one.name} {one.sha256}" for one in claim.documents]
    return told | ({"documents": documents} if documents else {})


def _recorded(row: tuple[int, str, str, str, str, str, str]) -> RecordedClaim:
    seq, asset, content, name, told, who, at = row
    return RecordedClaim(
        seq=seq,
        asset=asset,
        content=content,
        name=name,
        claim=claim_from(json.loads(told)),
        who=who,
        at=at,
    )
