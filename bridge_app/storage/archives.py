"""Archives of campaigns: what was wished, and every step, so that any crash is gone on from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bridge_app.domain.archive_plan import ArchiveAction, ArchivePlan, ArchiveWish, CopyFate
from bridge_app.storage.database import Writer

NEW = """
    INSERT INTO archive (id, account, container, name, wish, state, who, begun_at, changed_at)
    VALUES (?, ?, ?, ?, ?, 'doing', ?, ?, ?)
"""
NEW_STEP = """
    INSERT INTO archive_step (archive, place, action, subject, told, state, result, changed_at)
    VALUES (?, ?, ?, ?, ?, 'open', '{}', ?)
"""
ARCHIVES = """
    SELECT id, account, container, name, wish, state, who, begun_at, changed_at FROM archive
"""
ONE = ARCHIVES + "WHERE id = ?"
ALL = ARCHIVES + "ORDER BY begun_at DESC, id"
SET_STATE = "UPDATE archive SET state = ?, changed_at = ? WHERE id = ?"
END = """
    UPDATE archive SET state = :state, changed_at = :at
    WHERE id = :archive AND (state IN ('undoing', 'undone')) = (:state IN ('undoing', 'undone'))
"""
STEPS = """
    SELECT place, action, subject, told, state, result FROM archive_step
    WHERE archive = ? ORDER BY place
"""
CLOSED = """
    SELECT 1 FROM archive_step
    WHERE action = 'restrict' AND subject = ? AND state = 'done'
        AND json_extract(result, '$.state') = 'restricted'
"""
SET_STEP = """
    UPDATE archive_step SET state = ?, result = ?, changed_at = ? WHERE archive = ? AND place = ?
"""


class ArchiveState(StrEnum):
    """Where an archive stands."""

    DOING = "doing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"

    @property
    def is_taken_back(self) -> bool:
        """Has somebody asked for the way back?"""
        return self in (ArchiveState.UNDOING, ArchiveState.UNDONE)


class StepState(StrEnum):
    """Where one step stands. Undoing leads from DONE back to UNDONE."""

    OPEN = "open"
    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRecord:
    """An archive. Times are ISO 8601 in UTC."""

    id: str
    account: str
    container: str
    name: str
    wish: ArchiveWish
    state: ArchiveState
    who: str
    begun_at: str
    changed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """One step; `told` is what it needs, `result` what became of it and what undoing needs."""

    place: int
    action: ArchiveAction
    subject: str
    name: str
    told: Mapping[str, Any]
    state: StepState
    result: Mapping[str, Any]


class Archives:
    """The archives of the ledger; thread-safe. On disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def begin(self, archive: str, plan: ArchivePlan, *, who: str, at: datetime) -> None:
        """Keep what a plan does, under a name of its own."""
        wish, when = plan.wish, at.isoformat()
        head = (archive, wish.account, wish.container, plan.campaign.name)
        steps = [
            (
                archive,
                place,
                one.action.value,
                one.subject,
                json.dumps({**one.told, "name": one.name}),
                when,
            )
            for place, one in enumerate(plan.doing)
        ]
        with self._writer.atomic() as connection:
            connection.execute(NEW, (*head, json.dumps(asdict(wish)), who, when, when))
            connection.executemany(NEW_STEP, steps)

    def one(self, archive: str) -> ArchiveRecord | None:
        """An archive by its name."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE, (archive,)).fetchone()
        return None if row is None else _record(row)

    def everything(self) -> tuple[ArchiveRecord, ...]:
        """All archives, the newest first."""
        with self._writer.reading() as connection:
            return tuple(map(_record, connection.execute(ALL).fetchall()))

    def steps(self, archive: str) -> tuple[StepRecord, ...]:
        """Its steps in the order in which they are carried out."""
        with self._writer.reading() as connection:
            return tuple(map(_step, connection.execute(STEPS, (archive,)).fetchall()))

    def is_closed(self, environment: str, asset_id: str) -> bool:
        """Has an archive closed this delivered copy?"""
        with self._writer.reading() as connection:
            found = connection.execute(CLOSED, (f"{environment}/{asset_id}",))
            return found.fetchone() is not None

    def set_state(self, archive: str, state: ArchiveState, *, at: datetime) -> None:
        """Say where it stands."""
        with self._writer.atomic() as connection:
            connection.execute(SET_STATE, (state.value, at.isoformat(), archive))

    def end(self, archive: str, state: ArchiveState, *, at: datetime) -> bool:
        """Say that it has come to an end; False if the other way was asked for meanwhile."""
        values = {"archive": archive, "state": state.value, "at": at.isoformat()}
        with self._writer.atomic() as connection:
            return connection.execute(END, values).rowcount == 1

    def set_step(
        self,
        archive: str,
        place: int,
        state: StepState,
        *,
        result: Mapping[str, Any],
        at: datetime,
    ) -> None:
        """Say where a step stands, and what undoing it needs."""
        values = (state.value, json.dumps(dict(result)), at.isoformat(), archive, place)
        with self._writer.atomic() as connection:
            connection.execute(SET_STEP, values)


def _record(row: Sequence[Any]) -> ArchiveRecord:
    name, account, container, title, wish, state, who, begun_at, changed_at = row
    told = json.loads(wish)
    return ArchiveRecord(
        id=name,
        account=account,
        container=container,
        name=title,
        wish=ArchiveWish(**{**told, "copies": CopyFate(told["copies"])}),
        state=ArchiveState(state),
        who=who,
        begun_at=begun_at,
        changed_at=changed_at,
    )


def _step(row: Sequence[Any]) -> StepRecord:
    place, action, subject, told, state, result = row
    facts = json.loads(told)
    return StepRecord(
        place=place,
        action=ArchiveAction(action),
        subject=subject,
        name=facts.pop("name"),
        told=facts,
        state=StepState(state),
        result=json.loads(result),
    )
