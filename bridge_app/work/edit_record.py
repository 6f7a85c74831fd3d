"""What is said about any asset, on record: said, taken back, said again, settled, tried again.

The ledger keeps edits of masters and of their copies in the same tables, so that what was said
together is one thing to undo, wherever it goes.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.edit_destinations import SHELTER, is_master_destination
from bridge_app.domain.edits import Conflict, Edit, FieldPath, NewEdit, same
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.edits import Edits
from bridge_app.storage.jobs import NewJob
from bridge_app.work.events import Event
from bridge_app.work.jobs import EDIT, WRITE_FILE, WRITE_SHELTER


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What became of an undo: what never went out, and what had to be said the other way round.

    `batch` is that of the compensating edits, "" if there are none.
    """

    withdrawn: tuple[Edit, ...]
    compensated: tuple[Edit, ...]
    batch: str = ""


class EditRecord:
    """Every method may be called from any thread, and blocks; on the disk on return.

    `wake` is called when there is something to deliver.
    """

    def __init__(
        self,
        edits: Edits,
        *,
        emit: Callable[[Event], None],
        who: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._edits = edits
        self._emit = emit
        self._who = who
        self._now = now
        self.wake: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Queue what was said before and has no job any more."""
        for environment in self._edits.due():
            self._edits.queue(delivery(environment), at=self._now())

    def say(
        self,
        edits: Sequence[NewEdit],
        *,
        batch: str = "",
        who: str = "",
        initiator: object | None = None,
    ) -> str:
        """Record these, all or none; they join `batch`. Returns the batch, "" for nothing said."""
        if not edits:
            return batch
        batch = self._add(edits, batch=batch, who=who)
        self.tell({edit.asset for edit in edits}, initiator)
        self.wake()
        return batch

    def take_back(self, batch: str, *, initiator: object | None = None) -> TakenBack:
        """Undo what was said together: withdrawn if it is still here, else said the other way."""
        who = self._who()
        with self._edits.together():
            withdrawn, sent = self._edits.withdraw(batch, at=self._now())
            opposite = [_said(edit, edit.value, edit.base) for edit in reversed(sent)]
            said = self._add(opposite, who=who) if opposite else ""
        self.tell({edit.asset for edit in (*withdrawn, *sent)}, initiator)
        if said:
            self.wake()
        return TakenBack(withdrawn=tuple(withdrawn), compensated=tuple(sent), batch=said)

    def say_again(self, batch: str, *, initiator: object | None = None) -> str:
        """Redo what was taken back; returns the new batch."""
        edits = [_said(edit, edit.base, edit.value) for edit in self._edits.batch(batch)]
        return self.say(edits, initiator=initiator)

    def settle(
        self,
        choices: Iterable[tuple[Conflict, FieldValue]],
        beside: Sequence[NewEdit] = (),
        *,
        initiator: object | None = None,
    ) -> str:
        """A person has chosen what becomes of these: theirs stays, or it is written over.

        `beside` is said together with it. Returns the batch of the new edits, "" if all stays.
        """
        new: list[NewEdit] = []
        assets: set[AssetId] = set()
        for conflict, chosen in choices:
            assets.add(conflict.asset)
            if same(chosen, conflict.theirs):
                self._edits.settle(conflict, chosen, at=self._now())
            else:
                new.append(_over(conflict, chosen))
        said = self.say([*new, *beside], initiator=initiator)
        self.tell(assets, initiator)
        return said

    def try_again(self, assets: Collection[AssetId]) -> None:
        """Deliver once more what was refused of these."""
        self._edits.try_again(assets, delivery, at=self._now())
        self.tell(set(assets), None)
        self.wake()

    def discard(self, assets: Collection[AssetId], path: FieldPath) -> None:
        """Give up what was refused of this field."""
        self._edits.discard(assets, path, at=self._now())
        self.tell(set(assets), None)

    def conflicts(self) -> list[Conflict]:
        """All conflicts that nobody has settled."""
        return self._edits.conflicts()

    def history(self, asset: AssetId) -> list[Edit]:
        """Everything that was said here about an asset, oldest first."""
        return self._edits.history(asset)

    def batch(self, batch: str) -> list[Edit]:
        """What was said together."""
        return self._edits.batch(batch)

    def reach(self, batch: str) -> tuple[list[FieldPath], int]:
        """Of which fields something was said together, and of how many assets."""
        return self._edits.reach(batch)

    def _add(self, edits: Sequence[NewEdit], *, batch: str = "", who: str = "") -> str:
        batch, seed = batch or uuid.uuid4().hex, uuid.uuid4().hex
        self._edits.add(
            [(f"{seed}-{number}", edit) for number, edit in enumerate(edits)],
            batch=batch,
            who=who or self._who(),
            at=self._now(),
            jobs=[delivery(place, name) for place, name in _places(edits).items()],
        )
        return batch

    def tell(self, assets: set[AssetId], initiator: object | None) -> None:
        """Tell that what these say is another thing now."""
        if assets:
            self._emit(ChangeSet(assets=frozenset(assets), initiator=initiator))


def delivery(environment: str, name: str = "") -> NewJob:
    """The job that delivers what waits for a product environment, a library or an account.

    `name` is that of an asset it is about; a product environment has its own.
    """
    kind = EDIT
    if is_master_destination(environment):
        kind = WRITE_SHELTER if environment.startswith(SHELTER) else WRITE_FILE
    batch = uuid.uuid4().hex
    return NewJob(
        kind=kind,
        identity=f"{kind}:{environment}:{batch}",
        batch=batch,
        name=environment if kind == EDIT else name,
        params={},
        environment=environment,
    )


def _places(edits: Iterable[NewEdit]) -> dict[str, str]:
    """Where these go, each with the name of an asset that goes there."""
    return {edit.environment: edit.name for edit in edits}


def _said(edit: Edit, base: FieldValue, value: FieldValue) -> NewEdit:
    return NewEdit(
        environment=edit.environment,
        asset=edit.asset,
        asset_id=edit.asset_id,
        name=edit.name,
        path=edit.path,
        base=base,
        value=value,
    )


def _over(conflict: Conflict, chosen: FieldValue) -> NewEdit:
    return NewEdit(
        environment=conflict.environment,
        asset=conflict.asset,
        asset_id=conflict.asset_id,
        name=conflict.name,
        path=conflict.path,
        base=conflict.theirs,
        value=chosen,
    )
