"""The append-only record of what reviewers decided."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bridge_app.domain.approvals import (
    BOTH_HEARD,
    NO_PREVIOUS,
    Approval,
    Decision,
    RenditionStanding,
    Ruling,
    Stages,
    chain_digest,
    settled,
)
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.audit import AuditEntry, AuditKind, Told
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer
from bridge_app.storage.jobs import ADD as ADD_JOB
from bridge_app.storage.jobs import NewJob, new_values
from bridge_app.storage.same_pictures import later_contents
from bridge_app.storage.standing import signed_again, still_stands
from bridge_app.storage.untold import is_being_told, untold

if TYPE_CHECKING:
    from bridge_app.domain.disagreements import Heard

LAST = "SELECT digest FROM decision ORDER BY seq DESC LIMIT 1"
NAMES = "asset, sha256, name, approval, comment, who, at, previous, digest, transformation, stage"
ADD = f"INSERT INTO decision ({NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq"
REVIEW = """
    INSERT INTO review (sha256, transformation, stage, approval, seq) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (sha256, transformation, stage) DO UPDATE
    SET approval = excluded.approval, seq = excluded.seq
"""
BEGIN_ANEW = "DELETE FROM review WHERE sha256 = ? AND transformation = ? AND stage <> ''"
FIELDS = f"SELECT {NAMES} FROM decision"
HISTORY = FIELDS + " WHERE asset = ? OR sha256 = ? ORDER BY seq"
ALL = FIELDS + " ORDER BY seq"
SUBJECT = "sha256 = ? AND transformation = ?"
STATE = f"SELECT approval FROM review WHERE {SUBJECT} AND stage = ''"
SAID = f"""
    SELECT approval FROM decision WHERE {SUBJECT} AND stage = '' ORDER BY seq DESC LIMIT 1
"""
STAGES = f"SELECT stage, approval FROM review WHERE {SUBJECT} AND stage <> '' ORDER BY seq"
NEWEST = """
    SELECT d.asset, d.sha256, d.name, r.approval, d.comment, d.who, d.at, d.previous, d.digest,
        d.transformation, d.stage
    FROM review AS r JOIN decision AS d ON d.seq = r.seq
    WHERE r.sha256 = ? AND r.transformation = ?
"""
ELSEWHERE = """
    SELECT 1 FROM decision
    WHERE asset = ? AND transformation = ? AND approval = 'approved' AND sha256 <> ? LIMIT 1
"""
ON_CONTENT = FIELDS + " WHERE sha256 = ? ORDER BY seq"
STANDING = """
    SELECT r.transformation, r.stage, r.approval FROM review AS r
    WHERE r.sha256 = :before AND r.seq > ifnull((
        SELECT max(t.seq) FROM review AS t
        WHERE t.sha256 = :content AND t.transformation = r.transformation
            AND t.stage IN ('', r.stage)
    ), 0)
"""
IN_STAGE = f"SELECT approval FROM review WHERE {SUBJECT} AND stage = ?"
Telling = Callable[[Sequence[tuple[Asset, Approval]]], Sequence[NewJob]]
"""The jobs that tell others of assets with the states that their reviews have now."""


def _nobody(_: object) -> tuple[()]:
    return ()


class Decisions:
    """Decisions about contents and their renditions; thread-safe."""

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
        """Record one decision on each master as a whole whose content is known; all or none.

        On disk when this returns, together with the `jobs` that tell others of them. Returns how
        many were recorded.
        """
        ruling = Ruling(approval=approval, comment=comment, who=who)
        return len(self.rule(assets, ruling, at=at, telling=lambda _: jobs))

    def rule(
        self,
        assets: Sequence[Asset],
        ruling: Ruling,
        *,
        at: datetime,
        demanded: Mapping[AssetId, Sequence[str]] | None = None,
        telling: Telling = lambda _: (),
    ) -> list[tuple[Asset, Approval]]:
        """Record a ruling on each asset whose content is known; all or none, on disk on return.

        `demanded` are the stages that policies ask for; what a stage decides changes the state of
        the whole with them. Without it (what is heard of others) an approval speaks for no stage
        that took its own back. A ruling on the whole that is no approval begins the review anew.
        What was made of a content by writing metadata is ruled on with it: the catalog may not
        have come to it yet. An approval lifts nothing that was said of that alone.
        Returns the assets with the state of the whole, as `telling` was handed them.
        """
        known = [asset for asset in assets if asset.content]
        ruled: list[tuple[Asset, Approval]] = []
        with self._writer.atomic() as connection:
            for asset in known:
                stages = None if demanded is None else demanded.get(asset.id, ())
                who, comment = signed_again(ruling.who, ruling.comment, at.isoformat()[:10])
                carried = replace(ruling, who=who, comment=comment)
                for later in _made_of_it(connection, asset, ruling):
                    seq = _recorded(connection, later, carried, at)
                    _settled(connection, later, carried, seq, stages)
                seq = _recorded(connection, asset, ruling, at)
                ruled.append((asset, _settled(connection, asset, ruling, seq, stages)))
            for job in telling(ruled):
                connection.execute(ADD_JOB, new_values(job, at))
        return ruled

    def hear(
        self,
        asset: Asset,
        heard: "Sequence[Heard]",
        *,
        at: datetime,
        telling: Telling = _nobody,
    ) -> None:
        """Record what several said of an asset, all or none; the last of it is what holds."""
        with self._writer.atomic():
            for one in heard:
                ruling = Ruling(approval=one.approval, who=one.who, comment=one.comment)
                is_last = one is heard[-1]
                self.rule([asset], ruling, at=at, telling=telling if is_last else _nobody)

    def together(self) -> AbstractContextManager[object]:
        """What is recorded inside is recorded as a whole, or not at all."""
        return self._writer.atomic()

    def history(self, asset: AssetId, sha256: str | None) -> list[Decision]:
        """Everything decided about this asset or this content, and their renditions, oldest first.

        As it was said: `newest` tells what it led to.
        """
        with self._writer.reading() as connection:
            return [_decision(row) for row in connection.execute(HISTORY, (asset, sha256))]

    def everything(self) -> list[Decision]:
        """The whole record, oldest first, for checking its chain."""
        with self._writer.reading() as connection:
            return [_decision(row) for row in connection.execute(ALL)]

    def approval_of(self, sha256: str, transformation: str = "") -> Approval:
        """The state of exactly this content (through a transformation) as a whole."""
        with self._writer.reading() as connection:
            return _state(connection, STATE, (sha256, transformation))

    def newest(self, content: str) -> Decision | None:
        """The decision that made the state of exactly this content, with who made it.

        Its `approval` is that state, which a decision in a stage may only have helped to make.
        """
        with self._writer.reading() as connection:
            row = connection.execute(f"{NEWEST} AND r.stage = ''", (content, "")).fetchone()
        return _decision(row) if row else None

    def in_stages(self, content: str, transformation: str = "") -> list[Decision]:
        """The newest decision in each stage, in the order they were made."""
        with self._writer.reading() as connection:
            sql = f"{NEWEST} AND r.stage <> '' ORDER BY r.seq"
            rows = connection.execute(sql, (content, transformation))
            return [_decision(row) for row in rows]

    def last(self) -> str:
        """The digest of the record's last entry; 64 zeros while it has none."""
        with self._writer.reading() as connection:
            row = connection.execute(LAST).fetchone()
        return str(row[0]) if row else NO_PREVIOUS

    def stands(self, asset: Asset, content: str, entry: str) -> bool:
        """Does what was recorded of this content up to an entry hold of the asset as it is?"""
        with self._writer.reading() as connection:
            return still_stands(connection, asset, content, entry)

    def rendition(self, asset: AssetId, content: str, transformation: str) -> RenditionStanding:
        """How a rendition of exactly this content stands; `transformation` as `subject_text`."""
        subject = (content, transformation)
        with self._writer.reading() as connection:
            elsewhere = connection.execute(ELSEWHERE, (asset, transformation, content)).fetchone()
            return RenditionStanding(
                transformation=transformation,
                approval=_state(connection, STATE, subject),
                stages=_stages(connection, subject),
                lapsed=elsewhere is not None,
            )

    def untold(self, assets: Iterable[AssetId], kind: str) -> frozenset[AssetId]:
        """Those of these with a decision that a job of this kind has yet to tell others of."""
        with self._writer.reading() as connection:
            return untold(connection, assets, kind)

    def is_being_told(self, asset: AssetId, approval: Approval, kind: str) -> bool:
        """Has a job of this kind begun to tell this, and does not know yet whether it did?"""
        with self._writer.reading() as connection:
            return is_being_told(connection, asset, approval, kind)


def carry(
    connection: sqlite3.Connection,
    asset: Asset,
    before: str,
    sign: Callable[[Decision], tuple[str, str]],
    *,
    at: datetime,
) -> int:
    """Let what holds of the content `before` hold of the asset's content, renditions too.

    Of each decision that counts `sign` tells who signs it now, and the comment. What was decided
    of the asset's content later than of `before` stays. In the transaction that is open on the
    ledger's `connection`. Returns how many were recorded.
    """
    both = {"before": before, "content": asset.content}
    standing = connection.execute(STANDING, both).fetchall()
    on_it = [_decision(row) for row in connection.execute(ON_CONTENT, (before,)).fetchall()]
    counting = _counting(on_it, {(through, stage) for through, stage, _ in standing})
    recorded: dict[tuple[str, str], int] = {}
    for said in counting:
        who, comment = sign(said)
        ruling = Ruling(
            approval=said.approval,
            comment=comment,
            who=who,
            transformation=said.transformation,
            stage=said.stage,
        )
        seq = _recorded(connection, asset, ruling, at)
        recorded[said.transformation, said.stage] = recorded[said.transformation, ""] = seq
    for through, stage, approval in standing:
        seq = recorded[through, stage]
        connection.execute(REVIEW, (asset.content, through, stage, approval, seq))
    return len(counting)


def _counting(
    decisions: Sequence[Decision], standing: Collection[tuple[str, str]]
) -> list[Decision]:
    """The newest of each subject and stage that stands, in their order.

    Of an open disagreement all: the record alone tells who disagrees.
    """
    last: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        last[one.transformation, one.stage] = one
    return [
        one
        for one in decisions
        if (one.transformation, one.stage) in standing
        and (
            one is last[one.transformation, one.stage]
            or last[one.transformation, one.stage].who == BOTH_HEARD
        )
    ]


def _made_of_it(connection: sqlite3.Connection, asset: Asset, ruling: Ruling) -> list[Asset]:
    """What a ruling on an asset's content is one on, too: all it became, or what stands as it."""

    def state(content: str) -> Approval:
        return _state(connection, IN_STAGE, (content, ruling.transformation, ruling.stage))

    content = asset.content or ""
    found = later_contents(connection, asset.id, content)
    if ruling.approval is Approval.APPROVED and found:
        found = [one for one in found if state(one) is state(content)]
    return [replace(asset, sha256=one) for one in found]


def _recorded(connection: sqlite3.Connection, asset: Asset, ruling: Ruling, at: datetime) -> int:
    """Add the decision to the chain, and to the audit trail; its number."""
    last = connection.execute(LAST).fetchone()
    bare = Decision(
        asset=asset.id,
        sha256=asset.content or "",
        name=asset.name,
        approval=ruling.approval,
        comment=ruling.comment,
        who=ruling.who,
        at=at.isoformat(),
        previous=last[0] if last else NO_PREVIOUS,
        digest="",
        transformation=ruling.transformation,
        stage=ruling.stage,
    )
    decision = replace(bare, digest=chain_digest(bare))
    (seq,) = connection.execute(ADD, _values(decision)).fetchone()
    entry(connection, _audited(decision))
    return int(seq)


def _settled(
    connection: sqlite3.Connection,
    asset: Asset,
    ruling: Ruling,
    seq: int,
    demanded: Sequence[str] | None,
) -> Approval:
    """Bring the states of the stages and of the whole up to date; that of the whole."""
    subject = (asset.content or "", ruling.transformation)
    if ruling.stage:
        said = _state(connection, SAID, subject)
        connection.execute(REVIEW, (*subject, ruling.stage, ruling.approval.value, seq))
    else:
        said = ruling.approval
        if ruling.approval is not Approval.APPROVED:
            connection.execute(BEGIN_ANEW, subject)
    whole = settled(said, _stages(connection, subject), demanded)
    connection.execute(REVIEW, (*subject, "", whole.value, seq))
    return whole


def _state(connection: sqlite3.Connection, sql: str, subject: tuple[str, ...]) -> Approval:
    row = connection.execute(sql, subject).fetchone()
    return Approval(row[0]) if row else Approval.DRAFT


def _stages(connection: sqlite3.Connection, subject: tuple[str, str]) -> Stages:
    rows = connection.execute(STAGES, subject).fetchall()
    return tuple((stage, Approval(approval)) for stage, approval in rows)


def _audited(decision: Decision) -> AuditEntry:
    facts: dict[str, Told] = {
        "approval": decision.approval.value,
        "comment": decision.comment,
        "decision": decision.digest,
    }
    if decision.stage:
        facts["stage"] = decision.stage
    return AuditEntry(
        at=decision.at,
        kind=AuditKind.DECISION,
        who=decision.who,
        asset=decision.asset,
        name=decision.name,
        content=decision.sha256,
        transformation=decision.transformation,
        detail=facts,
    )


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
        decision.transformation,
        decision.stage,
    )


def _decision(row: Sequence[str]) -> Decision:
    asset, sha256, name, approval, comment, who, at, previous, digest, transformation, stage = row
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
        transformation=transformation,
        stage=stage,
    )
