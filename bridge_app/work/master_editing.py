"""What may be asked about edits of masters: said, taken back, settled, compared, carried over.

A part of the worker's door of its own: `worker.masters`. What is said of a master is said of its
copies at Cloudinary too, as far as the field mapping carries it, in the same batch.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.edit_destinations import destination_of
from bridge_app.domain.edit_plan import Target, Write, plan_writes
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import (
    Conflict,
    Edit,
    FieldPath,
    NewEdit,
    Record,
    record_of,
    same,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.mapping_shelter import record_at
from bridge_app.domain.master_sheet import (
    Checked,
    MasterWay,
    SaidMaster,
    checked_standard,
    different,
    is_standard,
    new_edits,
    required_keys,
    standard_record,
)
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.shelter import shelter_of
from bridge_app.storage.master_questions import masters_named, masters_read, open_about
from bridge_app.storage.said import edited_master, ledger_first
from bridge_app.storage.search import CatalogReader, Readers
from bridge_app.work.edit_record import EditRecord, TakenBack
from bridge_app.work.master_copies import MasterChange, MasterCopies


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterPlan:
    """What would be said of masters (`edits`) and of their copies (`cloud`).

    `writes` are the calls that the copies take.
    """

    edits: tuple[NewEdit, ...]
    cloud: tuple[NewEdit, ...] = ()
    writes: tuple[Write, ...] = ()

    @property
    def assets(self) -> int:
        """How many masters would differ."""
        return len({edit.asset for edit in self.edits})


class MasterEditing:
    """Every method may be called from any thread, and blocks.

    What a person says is on the disk when the call returns.

    Args:
        way: How the file of a local master takes what is said of it; cheap.
        check: Raises InvalidInputError for words that a vocabulary does not have, beside what
            the record says.
        demanded: What policies want filled in now, as a function of a master.
    """

    def __init__(
        self,
        readers: Readers,
        record: EditRecord,
        copies: MasterCopies,
        *,
        way: Callable[[Asset], MasterWay],
        check: Callable[[Sequence[Change], Record], object],
        demanded: Callable[[], Callable[[Asset], Iterable[str]]],
    ) -> None:
        self._readers = readers
        self._record = record
        self._copies = copies
        self._way = way
        self._check = check
        self._demanded = demanded

    # Saying

    def plan(self, assets: Sequence[AssetId], changes: Sequence[Change]) -> MasterPlan:
        """What would be said and sent. Raises InvalidInputError for a value that is not taken."""
        return self.plan_each(dict.fromkeys(assets, changes))

    def plan_each(self, changes: Mapping[AssetId, Sequence[Change]]) -> MasterPlan:
        """The same with changes of its own for each asset."""
        edits, changed = self._planned(changes)
        cloud = self._copies.edits(changed)
        return MasterPlan(edits=tuple(edits), cloud=tuple(cloud), writes=self._writes(cloud))

    def say(
        self,
        assets: Sequence[AssetId],
        changes: Sequence[Change],
        *,
        batch: str = "",
        initiator: object | None = None,
    ) -> str:
        """Record changes of these masters, all or none; they are written as soon as may be.

        They join `batch`, to be undone with what else it holds. Returns the batch, "" if nothing
        would be different. Raises InvalidInputError.
        """
        return self.say_each(dict.fromkeys(assets, changes), batch=batch, initiator=initiator)

    def say_each(
        self,
        changes: Mapping[AssetId, Sequence[Change]],
        *,
        batch: str = "",
        initiator: object | None = None,
    ) -> str:
        """The same with changes of its own for each asset."""
        edits, changed = self._planned(changes)
        cloud = self._copies.edits(changed)
        return self._record.say([*edits, *cloud], batch=batch, initiator=initiator)

    def refused(
        self, changes: Mapping[AssetId, Sequence[Change]]
    ) -> dict[tuple[AssetId, FieldPath], InvalidInputError]:
        """Those of the changes that `say_each` would refuse, each with why."""
        masters = {one.asset.id: one for one in self._plainly(list(changes))}
        fit = Checked()
        found: dict[tuple[AssetId, FieldPath], InvalidInputError] = {}
        for asset, some in changes.items():
            said = masters.get(asset)
            before = said.record() if said is not None else {}
            for change in some:
                try:
                    self._check_one(said, change, before, fit)
                except InvalidInputError as error:
                    found[asset, change.path] = error
        return found

    def take_back(self, batch: str, *, initiator: object | None = None) -> TakenBack:
        """Undo what was said together: withdrawn if it is still here, else said the other way."""
        return self._record.take_back(batch, initiator=initiator)

    def say_again(self, batch: str, *, initiator: object | None = None) -> str:
        """Redo what was taken back; returns the new batch."""
        return self._record.say_again(batch, initiator=initiator)

    def settle(
        self, conflict: Conflict, chosen: FieldValue, *, initiator: object | None = None
    ) -> str:
        """A person has chosen what becomes of a conflict; see `settle_all`."""
        return self.settle_all([(conflict, chosen)], initiator=initiator)

    def settle_all(
        self,
        choices: Sequence[tuple[Conflict, FieldValue]],
        *,
        initiator: object | None = None,
    ) -> str:
        """What the record says stays, or something else is written over it; all in one batch.

        Of masters the copies are told what was chosen. Returns the batch, "" if all stays.
        Raises InvalidInputError.
        """
        chosen = [(one, self._checked(one, value)) for one, value in choices]
        changes = self._chosen(chosen)
        beside = self._copies.edits(changes)
        return self._record.settle(chosen, beside, initiator=initiator)

    def try_again(self, assets: Sequence[AssetId]) -> None:
        """Write once more what could not be written of these."""
        self._record.try_again(assets)

    def discard(self, assets: Sequence[AssetId], path: FieldPath) -> None:
        """Give up what could not be written of this field."""
        self._record.discard(assets, path)

    def restore(
        self,
        asset: AssetId,
        path: FieldPath,
        value: FieldValue,
        *,
        initiator: object | None = None,
    ) -> str:
        """Let a field say again what it said once; a new change, that can be undone."""
        return self.say([asset], [Change(path=path, value=value)], initiator=initiator)

    # Copying

    def copy(self, asset: AssetId) -> dict[FieldPath, FieldValue]:
        """What may be pasted of what a master says; nothing for an asset that is none."""
        return {
            path: value
            for said in self.said([asset])
            for path, value in said.record().items()
            if said.may_edit(path)
        }

    def paste(
        self,
        values: Mapping[FieldPath, FieldValue],
        assets: Sequence[AssetId],
        *,
        initiator: object | None = None,
    ) -> str:
        """Let these masters say what was copied; a field that one cannot keep is left out there."""
        changes = {
            said.asset.id: [
                Change(path=path, value=value)
                for path, value in values.items()
                if said.may_edit(path)
            ]
            for said in self.said(assets)
        }
        return self.say_each(changes, initiator=initiator)

    # Asking

    def said(self, assets: Sequence[AssetId]) -> list[SaidMaster]:
        """What the masters among these say, with what is open about them, in the order asked."""
        with self._readers.lent() as reader, ledger_first(reader.ask):
            read = reader.ask(masters_read(assets))
            found = [read[one] for one in assets if one in read]
            differing = reader.differing([one.id for one in found])
            about = self._about(reader, found, differing)
        demanded = self._demanded()
        return [
            replace(
                one,
                asset=edited_master(one.asset, one.edits) if one.edits else one.asset,
                required=required_keys(demanded(one.asset)),
            )
            for one in about
        ]

    def conflicts(self) -> list[Conflict]:
        """All conflicts that nobody has settled, of masters and of what lies at Cloudinary."""
        return self._record.conflicts()

    def history(self, asset: AssetId) -> list[Edit]:
        """Everything that was said here about an asset, oldest first."""
        return self._record.history(asset)

    def batch(self, batch: str) -> list[Edit]:
        """What was said together."""
        return self._record.batch(batch)

    def _plainly(self, assets: Sequence[AssetId]) -> list[SaidMaster]:
        """As `said`, of the masters no more than where they lie: for ten thousand at once."""
        with self._readers.lent() as reader, ledger_first(reader.ask):
            named = reader.ask(masters_named(assets))
            return self._about(reader, [named[one] for one in assets if one in named], {})

    def _about(
        self,
        reader: CatalogReader,
        found: Sequence[Asset],
        differing: Mapping[AssetId, tuple[str, ...]],
    ) -> list[SaidMaster]:
        ids = [one.id for one in found]
        told = reader.records(ids)
        elsewhere = [one.id for one in found if shelter_of(one.library) is not None]
        at_services = reader.shelter_assets(elsewhere)
        about = reader.ask(open_about(ids))
        told |= {asset: record_at(shelter) for asset, shelter in at_services.items()}
        return [
            SaidMaster(
                asset=one,
                destination=destination_of(one),
                there=standard_record(told.get(one.id, {})),
                differs=differing.get(one.id, ()),
                way=MasterWay.SERVICE if one.id in at_services else self._way(one),
                edits=tuple(about.edits.get(one.id, ())),
                conflicts=tuple(about.conflicts.get(one.id, ())),
            )
            for one in found
        ]

    def _planned(
        self, changes: Mapping[AssetId, Sequence[Change]]
    ) -> tuple[list[NewEdit], list[MasterChange]]:
        said = self._plainly(list(changes))
        if not said:
            raise _no_master()
        edits: list[NewEdit] = []
        changed: list[MasterChange] = []
        checked: set[tuple[object, ...]] = set()
        fit = Checked()
        for one in said:
            before, some = one.record(), changes[one.asset.id]
            words = [change for change in some if fit.is_set(change.path)]
            told = tuple((change, before.get(change.path)) for change in words)
            if words and told not in checked:
                checked.add(told)
                self._check(words, before)
            wanted = different(one, some, before, fit)
            if wanted:
                edits += new_edits(one, before, wanted)
                change = MasterChange(asset=one.asset.id, before=before, after=before | wanted)
                changed.append(change)
        return edits, changed

    def _check_one(
        self, said: SaidMaster | None, change: Change, before: Record, fit: Checked
    ) -> None:
        """Raises InvalidInputError where the change is not taken."""
        if said is None:
            raise _no_master()
        if fit.is_set(change.path):
            self._check([change], before)
        different(said, [change], before, fit)

    def _checked(self, conflict: Conflict, chosen: FieldValue) -> FieldValue:
        """What is there already, or was said before, needs no check."""
        if same(chosen, conflict.theirs) or same(chosen, conflict.ours):
            return chosen
        known = (one for one in (conflict.theirs, conflict.ours) if isinstance(one, tuple))
        before = {conflict.path: tuple(chain.from_iterable(known))}
        fit = checked_standard(conflict.path, chosen)
        self._check([Change(path=conflict.path, value=fit)], before)
        return fit

    def _chosen(self, choices: Sequence[tuple[Conflict, FieldValue]]) -> list[MasterChange]:
        """What the choices about masters are to their copies, which were told ours."""
        ours: dict[AssetId, dict[FieldPath, FieldValue]] = {}
        chosen: dict[AssetId, dict[FieldPath, FieldValue]] = {}
        for one, value in choices:
            if is_standard(one.path):
                ours.setdefault(one.asset, {})[one.path] = one.ours
                chosen.setdefault(one.asset, {})[one.path] = value
        return [
            MasterChange(
                asset=said.asset.id,
                before={**said.record(), **ours[said.asset.id]},
                after={**said.record(), **chosen[said.asset.id]},
            )
            for said in (self.said(list(ours)) if ours else ())
        ]

    def _writes(self, edits: Sequence[NewEdit]) -> tuple[Write, ...]:
        """The calls that carry these to the copies."""
        if not edits:
            return ()
        by_copy: dict[AssetId, dict[FieldPath, FieldValue]] = {}
        for edit in edits:
            by_copy.setdefault(edit.asset, {})[edit.path] = edit.value
        with self._readers.lent() as reader:
            copies = reader.cloud_assets(list(by_copy))
        return plan_writes(
            Target(
                asset_id=copy.asset_id,
                public_id=copy.public_id,
                resource_type=copy.resource_type,
                delivery_type=copy.delivery_type,
                there=record_of(copy, whole=True),
                wanted=by_copy[asset],
            )
            for asset, copy in copies.items()
        )


def _no_master() -> InvalidInputError:
    return InvalidInputError(
        what="This", detail=QT_TRANSLATE_NOOP("facts", "there is no master among it")
    )
