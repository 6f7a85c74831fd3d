"""The append-only record of what reviewers decided."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bridge_app.domain.approvals import NO_PREVIOUS, Approval, Decision, chain_digest
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.storage.database import Writer
from bridge_app.storage.jobs import ADD as ADD_JOB
from bridge_app.storage.jobs import NewJob, new_values

LAST = "SELECT digest FROM decision ORDER BY seq DESC LIMIT 1"
ADD = """
    INSERT INTO decision (asset, sha256, name, approval, comment, who, at, previous, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq
"""
REVIEW = """
    INSERT INTO review (sha256, approval, seq) VALUES (?, ?, ?)
    ON CONFLICT (sha256) DO UPDATE SET approval = excluded.approval, seq = excluded.seq
"""
FIELDS = "SELECT asset, sha256, name, approval, comment, who, at, previous, digest FROM decision"
HISTORY = FIELDS + " WHERE asset = ? OR sha256 = ? ORDER BY seq"
ALL = FIELDS + " ORDER BY seq"
STATE = "SELECT approval FROM review WHERE sha256 = ?"
NEWEST = FIELDS + " WHERE seq = (SELECT seq FROM review WHERE sha256 = ?)"
UNTOLD = """
    SELECT DISTINCT asset FROM job
    WHERE kind = ? AND state IN ('queued', 'running', 'waiting')
        AND asset IN (SELECT value FROM json_each(?))
"""


class Decisions:
    """Decisions about contents; thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(
        self,
        assets: Sequence[Asset],
        approval: Approval,
        *,
        comment: str,
        who: str,
        at: datetime,
        jobs: Sequence[NewJob] = (),
    ) -> int:
        """Record one decision for each asset whose content is known; all or none.

        On disk when this returns, together with the `jobs` that tell others of them. Returns how
        many were recorded.
        """
        known = [asset for asset in assets if asset.content]
        with self._writer.atomic() as connection:
            last = connection.execute(LAST).fetchone()
            previous = last[0] if last else NO_PREVIOUS
            for asset in known:
                decision = _linked(
                    Decision(
                        asset=asset.id,
                        sha256=asset.content or "",
                        name=asset.name,
                        approval=approval,
                        comment=comment,
                        who=who,
                        at=at.isoformat(),
                        previous=previous,
                        digest="",
                    )
                )
                (seq,) = connection.execute(ADD, _values(decision)).fetchone()
                connection.execute(REVIEW, (decision.sha256, approval.value, seq))
                previous = decision.digest
            for job in jobs:
                connection.execute(ADD_JOB, new_values(job, at))
        return len(known)

    def history(self, asset: AssetId, sha256: str | None) -> list[Decision]:
        """Everything decided about this asset or this content, oldest first."""
        with self._writer.reading() as connection:
            return [_decision(row) for row in connection.execute(HISTORY, (asset, sha256))]

    def everything(self) -> list[Decision]:
        """The whole record, oldest first, for checking its chain."""
        with self._writer.reading() as connection:
            return [_decision(row) for row in connection.execute(ALL)]

    def approval_of(self, sha256: str) -> Approval:
        """The newest decision on exactly this content."""
        with self._writer.reading() as connection:
            row = connection.execute(STATE, (sha256,)).fetchone()
        return Approval(row[0]) if row else Approval.DRAFT

    def newest(self, content: str) -> Decision | None:
        """The newest decision on exactly this content, with who made it."""
        with self._writer.reading() as connection:
            row = connection.execute(NEWEST, (content,)).fetchone()
        return _decision(row) if row else None

    def untold(self, assets: Iterable[AssetId], kind: str) -> frozenset[AssetId]:
        """Those of these with a decision that a job of this kind has yet to tell others of."""
        with self._writer.reading() as connection:
            rows = connection.execute(UNTOLD, (kind, json.dumps(list(assets)))).fetchall()
        return frozenset(AssetId(row[0]) for row in rows)


def _linked(decision: Decision) -> Decision:
    return replace(decision, digest=chain_digest(decision))


def _values(decision: Decision) -> tuple[str, ...]:
    return (
        decision.asset,
        decision.sha256,
        decision.name,
        decision.approval.value,
        decision.comment,
        decision.who,
        decision.at,
        decision.previous,
        decision.digest,
    )


def _decision(row: tuple[str, ...]) -> Decision:
    asset, sha256, name, approval, comment, who, at, previous, digest = row
    return Decision(
        asset=asset,
        sha256=sha256,
        name=name,
        approval=Approval(approval),
        comment=comment,
        who=who,
        at=at,
        previous=previous,
        digest=digest,
    )
