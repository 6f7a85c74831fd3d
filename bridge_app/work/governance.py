"""What may be asked about governance: the field mapping, and what it makes of masters.

A part of the worker's door of its own: `worker.governance`.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    NotFoundError,
)
from bridge_app.domain.field_mapping import (
    CloudWords,
    Direction,
    FieldMapping,
    Loss,
    from_cloudinary,
    to_cloudinary,
    words_in,
)
from bridge_app.domain.mapping_checks import (
    LeftOut,
    MappingFault,
    fields_missing,
    fitting,
    too_many,
    validate,
)
from bridge_app.domain.mapping_return import can_return, record_changes, said_otherwise
from bridge_app.domain.mapping_sources import Values, values_of
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.domain.metadata_fields import FieldValue, MetadataField
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.shelter import ShelterAsset, service_name
from bridge_app.domain.shelter_reading import ReadingWarning, read
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.field_mappings import FieldMappings
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.search import Readers
from bridge_app.work.approval_jobs import approval_jobs
from bridge_app.work.editing import Editing
from bridge_app.work.shelter_desk import ShelterDesk

SYNC_HASH = "sync_hash"
BELIEVED = timedelta(minutes=15)
"""So long the definitions of an environment are taken as they were read."""


class ChangedAtBothError(BridgeError):
    """Nobody can tell which side said it last."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} has changed at {service} since it was pushed, so nothing of its copy was "
        "carried back. Push it again, or change it at {service}.",
    )


class FaultyMappingError(InvalidInputError):
    """The mapping cannot be used as it is."""

    text = QT_TRANSLATE_NOOP("errors", "The mapping of {what} cannot be used: {detail}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingCheck:
    """What is wrong with a mapping, and what a product environment lacks for it.

    `environment` is "" where none was looked at. `too_many` says that the missing fields are
    more than an environment can have.
    """

    faults: tuple[MappingFault, ...]
    environment: str = ""
    missing: tuple[MetadataField, ...] = ()
    too_many: bool = False

    @property
    def is_usable(self) -> bool:
        """Is nothing wrong but what may be so?"""
        return all(fault.is_warning for fault in self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a mapping would bring to Cloudinary of one master.

    `values` are what the master says, `words` what would be sent, `left_out` what the
    environment would not take, `lost` the sources of which a part would stay behind. `differing`
    are the sources of rows that go both ways for which the copy says something else or more now.
    """

    asset: AssetId
    name: str
    values: Values
    words: CloudWords
    left_out: tuple[LeftOut, ...]
    lost: tuple[tuple[str, Loss], ...]
    warnings: tuple[ReadingWarning, ...]
    differing: tuple[tuple[str, FieldValue], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceStores:
    """What the desk reads and writes."""

    mappings: FieldMappings
    readers: Readers
    mirror: CloudMirror


class GovernanceDesk:
    """Every method may be called from any thread, and blocks.

    Args:
        queue: Puts jobs into the ledger; on disk when it returns.
    """

    def __init__(
        self,
        stores: GovernanceStores,
        editing: Editing,
        shelters: ShelterDesk,
        *,
        queue: Callable[[Sequence[NewJob]], list[int]],
        who: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._editing = editing
        self._shelters = shelters
        self._queue = queue
        self._who = who
        self._now = now
        self._lock = threading.Lock()
        self._read_at: dict[str, datetime] = {}

    # The mapping

    def mapping(self) -> FieldMapping:
        """The mapping in use."""
        return self._stores.mappings.get() or default_mapping()

    def is_changed(self) -> bool:
        """Is it another one than the one it comes with?"""
        return self.mapping() != default_mapping()

    def save(self, mapping: FieldMapping) -> None:
        """Use this mapping from now on. Raises FaultyMappingError with its first fault."""
        for fault in validate(mapping):
            if not fault.is_warning:
                raise FaultyMappingError(what=fault.source, detail=fault.sentence())
        self._stores.mappings.put(mapping, who=self._who(), at=self._now())

    def reset(self) -> None:
        """Use the mapping it comes with."""
        self._stores.mappings.reset()

    def check(self, mapping: FieldMapping | None = None, *, environment: str = "") -> MappingCheck:
        """What is wrong with a mapping, by default the one in use.

        With an environment its definitions are read, and compared; raises BridgeError then.
        """
        chosen = mapping or self.mapping()
        if not environment:
            return MappingCheck(faults=validate(chosen))
        schema = self._editing.read_schema(environment)
        missing = fields_missing(chosen, schema)
        return MappingCheck(
            faults=validate(chosen, schema),
            environment=environment,
            missing=missing,
            too_many=too_many(missing, schema),
        )

    def create_fields(self, environment: str, fields: Sequence[MetadataField]) -> Schema:
        """Define what an environment lacks, as `check` told it. Raises BridgeError.

        What was defined before a refusal stays.
        """
        schema = self._editing.read_schema(environment)
        for one in fields:
            schema = self._editing.define(environment, one)
        return schema

    # What it makes of masters

    def dry_run(
        self,
        assets: Sequence[AssetId],
        *,
        environment: str = "",
        mapping: FieldMapping | None = None,
    ) -> tuple[DryRun, ...]:
        """What would be sent of these; nothing is. Assets that lie elsewhere are passed over."""
        chosen = mapping or self.mapping()
        schema = self._schema(environment) if environment else None
        masters = self._shelters.shelter_assets(assets)
        found = self._assets([asset for asset in assets if asset in masters], environment)
        copies = self._copies(found, environment)
        return tuple(
            replace(
                self._run(one, masters[one.id], chosen, schema),
                differing=self._differing(one, masters[one.id], chosen, copies),
            )
            for one in found
        )

    def words(self, environment: str, asset: AssetId, master: ShelterAsset) -> CloudWords:
        """What a copy of this master says of it, as far as the environment takes it.

        Its approval and its rights are what holds here, which the service may not know yet.
        """
        found = self._assets([asset])
        values = self._values(found[0] if found else None, master)[0]
        return fitting(to_cloudinary(values, self.mapping()), self._schema(environment))[0]

    def bring_back(self, asset: AssetId, environment: str) -> tuple[str, ...]:
        """Have the service say of a master what its copy says now, where both may be changed.

        A person wants it so; returns the sources. What the copy does not say is left as it is.
        Raises NotFoundError without a copy, ChangedAtBothError if the record has changed since it
        was sent, EditConflictError if it changes meanwhile, and BridgeError.
        """
        master = self._shelters.refresh_now(asset)
        found = next(iter(self._assets([asset], environment)), None)
        copies = self._copies([found] if found is not None else [], environment)
        if master is None or found is None or not copies:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A copy of this master"))
        mapping = self.mapping()
        otherwise = {
            source: value
            for source, value in self._differing(found, master, mapping, copies)
            if can_return(source)
        }
        (copy,) = copies.values()
        sent = from_cloudinary(words_in(copy), mapping).get(SYNC_HASH)
        if otherwise and sent != self._values(found, master)[0].get(SYNC_HASH):
            raise ChangedAtBothError(name=found.name, service=service_name(master.account))
        reading = read(master, self._shelters.ancestors(asset))
        changes = record_changes(master, reading, otherwise)
        if changes:
            service = self._shelters.service(master.account)
            service.write_iptc(master.media_id, changes, base_modified=master.modified_at)
            self._shelters.refresh_now(asset)
        return tuple(otherwise)

    # Decisions

    def tell(self, assets: Sequence[Asset], approval: Approval) -> None:
        """Queue that services are told of a decision that is on record already."""
        jobs = approval_jobs(assets, approval)
        if jobs:
            self._queue(jobs)

    def _run(
        self, asset: Asset, master: ShelterAsset, mapping: FieldMapping, schema: Schema | None
    ) -> DryRun:
        values, warnings = self._values(asset, master)
        words = to_cloudinary(values, mapping)
        kept, left = (words, ()) if schema is None else fitting(words, schema)
        losses = ((row.source, row.loss) for row in mapping.rows if row.source in values)
        return DryRun(
            asset=asset.id,
            name=asset.name,
            values=values,
            words=kept,
            left_out=left,
            lost=tuple((source, loss) for source, loss in losses if loss is not None),
            warnings=warnings,
        )

    def _differing(
        self,
        asset: Asset,
        master: ShelterAsset,
        mapping: FieldMapping,
        copies: Mapping[str, CloudAsset],
    ) -> tuple[tuple[str, FieldValue], ...]:
        copy = copies.get(asset.cloud.asset_id) if asset.cloud is not None else None
        if copy is None:
            return ()
        there = from_cloudinary(words_in(copy), mapping)
        ours = from_cloudinary(to_cloudinary(self._values(asset, master)[0], mapping), mapping)
        both = [row.source for row in mapping.carrying if row.direction is Direction.BOTH]
        return tuple(said_otherwise(ours, there, both).items())

    def _values(
        self, asset: Asset | None, master: ShelterAsset
    ) -> tuple[Values, tuple[ReadingWarning, ...]]:
        reading = read(master, self._shelters.ancestors(master.id))
        if asset is not None:
            reading = replace(reading, rights=asset.rights, restrictions=asset.restrictions)
        organization = self._shelters.record(master.account).organization_id
        decided = asset.approval if asset is not None else None
        values = values_of(master, reading, organization=organization, decided=decided)
        return values, reading.warnings

    def _assets(self, assets: Sequence[AssetId], environment: str = "") -> list[Asset]:
        with self._stores.readers.lent() as reader:
            return reader.assets(assets, environment=environment or None)

    def _copies(self, assets: Sequence[Asset], environment: str) -> dict[str, CloudAsset]:
        """The copies of these as they were read last, by Cloudinary's asset ID."""
        ids = [one.cloud.asset_id for one in assets if one.cloud is not None]
        return self._stores.mirror.assets(environment, ids)

    def _schema(self, environment: str) -> Schema:
        """The definitions, read now and then: a field that is gone would refuse every upload."""
        with self._lock:
            read_at = self._read_at.get(environment)
            if read_at is not None and self._now() - read_at < BELIEVED:
                return self._editing.schema(environment)
            schema = self._editing.read_schema(environment)
            self._read_at[environment] = self._now()
            return schema
