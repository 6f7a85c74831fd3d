"""What was decided of a content holds of one that differs from it in nothing but metadata.

Recorded before the new content takes the old one's place, so that no crash in between lets an
approval lapse.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from bridge_app.domain.approvals import Decision
from bridge_app.domain.assets import Asset
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer
from bridge_app.storage.decisions import carry
from bridge_app.storage.policies import append_override, overrides_on
from bridge_app.storage.standing import signed_again

OVERRIDE = "{reason} (Said of the same picture before metadata was written here.)"
SAME = "INSERT OR IGNORE INTO same_picture (content, before, asset, at) VALUES (?, ?, ?, ?)"
CLAIM = """
    SELECT seq FROM rights_claim WHERE seq = (
        SELECT max(seq) FROM rights_claim WHERE asset = :asset OR content = :before
    ) AND content = :before AND asset <> :asset
        AND seq > ifnull((SELECT max(seq) FROM rights_claim WHERE content = :content), 0)
"""
OVERRIDDEN = """
    SELECT environment, transformation FROM override
    WHERE content IN (:before, :content) GROUP BY environment, transformation
    HAVING max(CASE content WHEN :before THEN seq ELSE 0 END)
        > max(CASE content WHEN :content THEN seq ELSE 0 END)
"""
CARRY_CLAIM = """
    INSERT INTO rights_claim (asset, content, name, told, starts, ends, who, at)
    SELECT ?, ?, ?, told, starts, ends, who, ? FROM rights_claim WHERE seq = ?
    RETURNING who
"""


class Carried:
    """Contents that are the same picture; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def carry(self, asset: Asset, content: str, *, at: datetime) -> int:
        """What holds of the asset's content holds of `content` (SHA-256 in hex) from now on.

        Decisions, overrides and claims, all or none; what was said of `content` later stays.
        Returns how many were carried.
        """
        before = asset.content or ""
        if not before or before == content:
            return 0
        made = replace(asset, sha256=content)
        with self._writer.atomic() as connection:
            connection.execute(SAME, (content, before, asset.id, at.isoformat()))
            return (
                carry(connection, made, before, _signed, at=at)
                + _carry_overrides(connection, made, before, at)
                + _carry_claim(connection, made, before, at)
            )

    def together(self) -> AbstractContextManager[object]:
        """What is recorded inside is recorded as a whole, or not at all."""
        return self._writer.atomic()


def _signed(said: Decision) -> tuple[str, str]:
    return signed_again(said.who, said.comment, said.at[:10])


def _carry_overrides(connection: sqlite3.Connection, made: Asset, before: str, at: datetime) -> int:
    """The last word of each subject in each environment, unless the new content has a later one."""
    asked = {"before": before, "content": made.content}
    later = {tuple(row) for row in connection.execute(OVERRIDDEN, asked)}
    last = {
        subject: one
        for one in overrides_on(connection, before)
        if (subject := (one.environment, one.transformation)) in later
    }
    for one in last.values():
        again = replace(
            one,
            asset=made.id,
            name=made.name,
            content=made.content or "",
            reason=OVERRIDE.format(reason=one.reason.removesuffix(OVERRIDE.format(reason=""))),
            at=at.isoformat(),
        )
        append_override(connection, again)
    return len(last)


def _carry_claim(connection: sqlite3.Connection, made: Asset, before: str, at: datetime) -> int:
    """A claim of the asset holds by itself; one of its old content alone does not."""
    asked = {"asset": made.id, "before": before, "content": made.content}
    found: Sequence[int] | None = connection.execute(CLAIM, asked).fetchone()
    if found is None:
        return 0
    values = (made.id, made.content, made.name, at.isoformat(), found[0])
    (who,) = connection.execute(CARRY_CLAIM, values).fetchone()
    told = AuditEntry(
        at=at.isoformat(),
        kind=AuditKind.RIGHTS_CLAIM,
        who=who,
        asset=made.id,
        name=made.name,
        content=made.content or "",
        detail={"carried_from": before},
    )
    entry(connection, told)
    return 1
