"""What may be asked about edits and metadata definitions: said, taken back, settled, defined."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bridge_app.delivery.metadata import MetadataDesk
from bridge_app.delivery.permissions import Capability, Permission
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.edit_plan import Target, Write, plan_writes
from bridge_app.domain.edit_sheet import Change, Said, changed
from bridge_app.domain.edits import (
    DISPLAY_NAME,
    Conflict,
    Edit,
    FieldPath,
    NewEdit,
    checked,
    record_of,
)
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    InvalidInputError,
    NotFoundError,
)
from bridge_app.domain.metadata_fields import FieldValue, MetadataField, checked_definition
from bridge_app.domain.metadata_rules import MetadataRule, Schema
from bridge_app.domain.rule_checks import checked_rule
from bridge_app.storage.cloud_mirror import CloudMirror, Vouchers
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.edits import Edits
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.metadata_schema import MetadataSchemas
from bridge_app.storage.search import Readers
from bridge_app.work.environments import Environments
from bridge_app.work.events import Event
from bridge_app.work.jobs import EDIT


class FixedNameError(InvalidInputError):
    """In fixed folder mode the name of an asset is its public ID."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} has no display name of its own: in this environment the name is part of the "
        "public ID, and renaming it would change its address. Nothing was changed.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EditingStores:
    """Where edits, definitions and what assets say are kept."""

    edits: Edits
    schemas: MetadataSchemas
    readers: Readers
    mirror: CloudMirror
    deliveries: Deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPlan:
    """What an edit would do: the assets that would differ, and the calls that it takes."""

    edits: tuple[NewEdit, ...]
    writes: tuple[Write, ...]

    @property
    def assets(self) -> int:
        """How many assets would differ."""
        return len({edit.asset for edit in self.edits})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What became of an undo: what never went out, and what had to be said the other way round.

    `batch` is that of the compensating edits, "" if there are none.
    """

    withdrawn: tuple[Edit, ...]
    compensated: tuple[Edit, ...]
    batch: str = ""


class Editing:
    """Every method may be called from any thread; all but `permission` block.

    What a person says is on the disk when the call returns. `wake` is called when there is
    something to deliver.
    """

    def __init__(
        self,
        stores: EditingStores,
        environments: Environments,
        *,
        emit: Callable[[Event], None],
        permission: Callable[[str, Capability], Permission],
        who: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._permission = permission
        self._environments = environments
        self._emit = emit
        self._who = who
        self._now = now
        self.wake: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Queue what was said before and has no job any more."""
        for environment in self._stores.edits.due():
            self._stores.edits.queue(_job(environment), at=self._now())

    # Saying

    def plan(self, assets: Sequence[AssetId], changes: Sequence[Change]) -> EditPlan:
        """What would be said and sent. Raises InvalidInputError for a value that is not taken."""
        said = self.said(assets)
        if not said:
            raise InvalidInputError(
                what="This",
                detail="only assets of a Cloudinary environment can be edited so far, and local "
                "files stay as they are",
            )
        schemas: dict[str, Schema] = {}
        edits: list[NewEdit] = []
        targets: list[Target] = []
        for one in said:
            environment = one.asset.environment
            if environment not in schemas:
                schemas[environment] = self.schema(environment)
            self._check_name(one.asset, changes)
            different = changed(one, changes, schemas[environment])
            edits += _new_edits(one, different)
            if different:
                targets.append(_target(one, different))
        return EditPlan(edits=tuple(edits), writes=plan_writes(targets))

    def say(
        self,
        assets: Sequence[AssetId],
        changes: Sequence[Change],
        *,
        initiator: object | None = None,
    ) -> str:
        """Record changes of these assets, all or none; they are delivered as soon as may be.

        Returns the batch, "" if nothing would be different. Raises InvalidInputError.
        """
        return self._record(self.plan(assets, changes).edits, initiator)

    def take_back(self, batch: str, *, initiator: object | None = None) -> TakenBack:
        """Undo what was said together: withdrawn if it is still here, else said the other way."""
        withdrawn, sent = self._stores.edits.withdraw(batch, at=self._now())
        opposite = [
            NewEdit(
                environment=edit.environment,
                asset=edit.asset,
                asset_id=edit.asset_id,
                name=edit.name,
                path=edit.path,
                base=edit.value,
                value=edit.base,
            )
            for edit in reversed(sent)
        ]
        said = self._record(opposite, initiator)
        self._tell({edit.asset for edit in withdrawn}, initiator)
        return TakenBack(withdrawn=tuple(withdrawn), compensated=tuple(sent), batch=said)

    def say_again(self, batch: str, *, initiator: object | None = None) -> str:
        """Redo what was taken back; returns the new batch."""
        edits = [
            NewEdit(
                environment=edit.environment,
                asset=edit.asset,
                asset_id=edit.asset_id,
                name=edit.name,
                path=edit.path,
                base=edit.base,
                value=edit.value,
            )
            for edit in self._stores.edits.batch(batch)
        ]
        return self._record(edits, initiator)

    def settle(
        self, conflict: Conflict, chosen: FieldValue, *, initiator: object | None = None
    ) -> str:
        """A person has chosen: what the record says stays, or something else is written over it.

        Returns the batch of the new edit, "" if theirs stays. Raises InvalidInputError.
        """
        value = checked(conflict.path, chosen)
        self._stores.edits.settle(conflict, value, at=self._now())
        edit = NewEdit(
            environment=conflict.environment,
            asset=conflict.asset,
            asset_id=conflict.asset_id,
            name=conflict.name,
            path=conflict.path,
            base=conflict.theirs,
            value=value,
        )
        said = self._record([edit] if value != conflict.theirs else [], initiator)
        self._tell({conflict.asset}, initiator)
        return said

    def try_again(self, assets: Sequence[AssetId]) -> None:
        """Send once more what the service refused of these."""
        for one in {said.asset.environment for said in self.said(assets)}:
            self._stores.edits.try_again(assets, at=self._now(), job=_job(one))
        self._tell(set(assets), None)
        self.wake()

    def discard(self, assets: Sequence[AssetId], path: FieldPath) -> None:
        """Give up what the service refused of this field."""
        self._stores.edits.discard(assets, path, at=self._now())
        self._tell(set(assets), None)

    # Asking

    def said(self, assets: Sequence[AssetId]) -> list[Said]:
        """What the cloud assets among these say, with what is open about them."""
        with self._stores.readers.lent() as reader:
            return reader.said(assets)

    def conflicts(self) -> list[Conflict]:
        """All conflicts that nobody has settled."""
        return self._stores.edits.conflicts()

    def history(self, asset: AssetId) -> list[Edit]:
        """Everything that was said here about an asset, oldest first."""
        return self._stores.edits.history(asset)

    def batch(self, batch: str) -> list[Edit]:
        """What was said together."""
        return self._stores.edits.batch(batch)

    def mode(self, environment: str) -> FolderMode:
        """Where names and folders come from; from memory where the service has told."""
        for account in self._environments.accounts():
            if account.environment == environment and account.folder_mode is not None:
                return FolderMode(account.folder_mode.value)
        state = self._stores.mirror.state(environment)
        return state.folder_mode if state is not None else FolderMode.DYNAMIC

    # Definitions

    def schema(self, environment: str) -> Schema:
        """The definitions as last read; none if they never were."""
        told = self._stores.schemas.get(environment)
        return told.schema() if told is not None else Schema()

    def read_schema(self, environment: str) -> Schema:
        """Ask the service for the definitions, and keep them."""
        told = self.desk(environment).definitions()
        self._stores.schemas.put(environment, told, at=self._now())
        return told.schema()

    def permission(self, environment: str) -> Permission:
        """May the key change definitions, as far as is known?"""
        return self._permission(environment, Capability.METADATA_FIELDS)

    def may_edit(self, environment: str) -> Permission:
        """May the key change what assets say, as far as is known?"""
        return self._permission(environment, Capability.EDIT)

    def define(self, environment: str, field: MetadataField) -> Schema:
        """Add a field, or change the one of its external ID. Raises WrongDefinitionError."""
        schema = self.schema(environment)
        before = schema.field(field.external_id)
        field = checked_definition(field, schema.fields)
        desk = self.desk(environment)
        if before is None:
            desk.add_field(field)
        else:
            desk.change_field(replace(field, type=before.type), before)
        return self.read_schema(environment)

    def undefine(self, environment: str, external_id: str) -> Schema:
        """Delete a field, and its values of all assets with it. Raises NotFoundError."""
        if self.schema(environment).field(external_id) is None:
            raise NotFoundError(what=f"The field {external_id}")
        self.desk(environment).delete_field(external_id)
        return self.read_schema(environment)

    def put_rule(self, environment: str, rule: MetadataRule) -> Schema:
        """Define a rule, or change the one of its external ID. Raises WrongDefinitionError."""
        rule = checked_rule(rule, self.schema(environment))
        self.desk(environment).put_rule(rule)
        return self.read_schema(environment)

    def delete_rule(self, environment: str, external_id: str) -> Schema:
        """Delete a rule."""
        self.desk(environment).delete_rule(external_id)
        return self.read_schema(environment)

    # For the handler

    def desk(self, environment: str) -> MetadataDesk:
        """The service, ready for calls. Raises BridgeError."""
        return MetadataDesk(self._environments.credentials(environment))

    def keep(self, assets: Sequence[CloudAsset]) -> None:
        """Put what assets say now into the catalog; what a listing does not tell stays."""
        for environment in {asset.environment for asset in assets}:
            here = [asset for asset in assets if asset.environment == environment]
            known = self._stores.mirror.assets(environment, [asset.asset_id for asset in here])
            fresh = [
                _with_words(known[asset.asset_id], asset)
                for asset in here
                if asset.asset_id in known
            ]
            vouchers = Vouchers.of(self._stores.deliveries.copies(environment))
            self._stores.mirror.put_again(environment, fresh, vouchers=vouchers)

    def _record(self, edits: Sequence[NewEdit], initiator: object | None) -> str:
        """On the disk first, then told."""
        if not edits:
            return ""
        batch = uuid.uuid4().hex
        who, now = self._who(), self._now()
        for environment in sorted({edit.environment for edit in edits}):
            here = [(uuid.uuid4().hex, e) for e in edits if e.environment == environment]
            job = _job(environment)
            self._stores.edits.add(here, batch=batch, who=who, at=now, job=job)
        self._tell({edit.asset for edit in edits}, initiator)
        self.wake()
        return batch

    def _tell(self, assets: set[AssetId], initiator: object | None) -> None:
        if assets:
            self._emit(ChangeSet(assets=frozenset(assets), initiator=initiator))

    def _check_name(self, asset: CloudAsset, changes: Sequence[Change]) -> None:
        renames = any(change.path == DISPLAY_NAME for change in changes)
        if renames and self.mode(asset.environment) is FolderMode.FIXED:
            raise FixedNameError(name=asset.name)


def _job(environment: str) -> NewJob:
    batch = uuid.uuid4().hex
    return NewJob(
        kind=EDIT,
        identity=f"{EDIT}:{environment}:{batch}",
        batch=batch,
        name=environment,
        params={},
        environment=environment,
    )


def _new_edits(said: Said, different: dict[FieldPath, FieldValue]) -> list[NewEdit]:
    before = said.record()
    return [
        NewEdit(
            environment=said.asset.environment,
            asset=said.asset.id,
            asset_id=said.asset.asset_id,
            name=said.asset.name,
            path=path,
            base=before.get(path),
            value=value,
        )
        for path, value in sorted(different.items())
    ]


def _target(said: Said, different: dict[FieldPath, FieldValue]) -> Target:
    return Target(
        asset_id=said.asset.asset_id,
        public_id=said.asset.public_id,
        resource_type=said.asset.resource_type,
        delivery_type=said.asset.delivery_type,
        there=record_of(said.asset, whole=True),
        wanted=different,
    )


def _with_words(known: CloudAsset, now: CloudAsset) -> CloudAsset:
    return replace(
        known,
        tags=now.tags,
        context=now.context,
        metadata=now.metadata,
        display_name=now.display_name,
        updated_at=max(known.updated_at, now.updated_at),
    )
