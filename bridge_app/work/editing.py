"""What may be asked about edits and metadata definitions: said, taken back, settled, defined."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bridge_app.delivery.metadata import MetadataDesk
from bridge_app.delivery.permissions import Capability, Permission
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.edit_plan import Target, Write, plan_writes
from bridge_app.domain.edit_sheet import Change, Said, changed
from bridge_app.domain.edits import (
    DISPLAY_NAME,
    TAGS,
    Conflict,
    Edit,
    FieldPath,
    NewEdit,
    Record,
    checked,
    record_of,
)
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    NotFoundError,
)
from bridge_app.domain.metadata_fields import FieldValue, MetadataField, checked_definition
from bridge_app.domain.metadata_rules import MetadataRule, Schema
from bridge_app.domain.push_metadata import checked_pairs
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.rule_checks import checked_rule
from bridge_app.storage.cloud_mirror import CloudMirror, Vouchers
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.edits import Edits
from bridge_app.storage.metadata_schema import MetadataSchemas
from bridge_app.storage.search import Readers
from bridge_app.work.edit_record import EditRecord, TakenBack
from bridge_app.work.environments import Environments


class FixedNameError(InvalidInputError):
    """In fixed folder mode the name of an asset is its public ID."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} has no display name of its own: in this environment the name is part of the "
        "public ID, and renaming it would change its address. Nothing was changed.",
    )


class RuleOrderError(BridgeError):
    """The service keeps the order of its rules."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot "
        "hold at once, or make the rule anew: a new one is applied last.",
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


class Editing:
    """Every method may be called from any thread; all but `permission` block.

    What a person says is on the disk when the call returns.
    """

    def __init__(
        self,
        stores: EditingStores,
        environments: Environments,
        record: EditRecord,
        *,
        permission: Callable[[str, Capability], Permission],
        check: Callable[[Sequence[Change], Record], object],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._permission = permission
        self._check_words = check
        self._environments = environments
        self._record = record
        self._now = now

    def start(self) -> None:
        """Queue what was said before and has no job any more."""
        self._record.start()

    # Saying

    def plan(self, assets: Sequence[AssetId], changes: Sequence[Change]) -> EditPlan:
        """What would be said and sent. Raises InvalidInputError for a value that is not taken."""
        return self.plan_each(dict.fromkeys(assets, changes))

    def plan_each(self, changes: Mapping[AssetId, Sequence[Change]]) -> EditPlan:
        """The same with changes of its own for each asset."""
        said = self.said(list(changes))
        if not said:
            raise InvalidInputError(
                what="This",
                detail=QT_TRANSLATE_NOOP(
                    "facts", "only assets of a Cloudinary environment have these fields"
                ),
            )
        schemas: dict[str, Schema] = {}
        edits: list[NewEdit] = []
        targets: list[Target] = []
        for one in said:
            environment, wanted = one.asset.environment, changes[one.asset.id]
            if environment not in schemas:
                schemas[environment] = self.schema(environment)
            self._check_name(one.asset, wanted)
            if tags := [change for change in wanted if change.path == TAGS]:
                self._check_words(tags, one.record())
            different = changed(one, wanted, schemas[environment])
            edits += _new_edits(one, different)
            if different:
                targets.append(_target(one, different))
        return EditPlan(edits=tuple(edits), writes=plan_writes(targets))

    def say(
        self,
        assets: Sequence[AssetId],
        changes: Sequence[Change],
        *,
        batch: str = "",
        initiator: object | None = None,
    ) -> str:
        """Record changes of these assets, all or none; they are delivered as soon as may be.

        They join `batch`, to be undone with what else it holds. Returns the batch, "" if nothing
        would be different. Raises InvalidInputError.
        """
        edits = self.plan(assets, changes).edits
        return self._record.say(edits, batch=batch, initiator=initiator)

    def say_each(
        self,
        changes: Mapping[AssetId, Sequence[Change]],
        *,
        batch: str = "",
        initiator: object | None = None,
    ) -> str:
        """The same with changes of its own for each asset."""
        edits = self.plan_each(changes).edits
        return self._record.say(edits, batch=batch, initiator=initiator)

    def take_back(self, batch: str, *, initiator: object | None = None) -> TakenBack:
        """Undo what was said together: withdrawn if it is still here, else said the other way."""
        return self._record.take_back(batch, initiator=initiator)

    def say_again(self, batch: str, *, initiator: object | None = None) -> str:
        """Redo what was taken back; returns the new batch."""
        return self._record.say_again(batch, initiator=initiator)

    def settle(
        self, conflict: Conflict, chosen: FieldValue, *, initiator: object | None = None
    ) -> str:
        """A person has chosen: what the record says stays, or something else is written over it.

        Returns the batch of the new edit, "" if theirs stays. Raises InvalidInputError.
        """
        value = checked(conflict.path, chosen)
        return self._record.settle([(conflict, value)], initiator=initiator)

    def try_again(self, assets: Sequence[AssetId]) -> None:
        """Send once more what the service refused of these."""
        self._record.try_again(assets)

    def discard(self, assets: Sequence[AssetId], path: FieldPath) -> None:
        """Give up what the service refused of this field."""
        self._record.discard(assets, path)

    # Asking

    def said(self, assets: Sequence[AssetId]) -> list[Said]:
        """What the cloud assets among these say, with what is open about them."""
        with self._stores.readers.lent() as reader:
            return reader.said(assets)

    def conflicts(self) -> list[Conflict]:
        """All conflicts that nobody has settled."""
        return self._record.conflicts()

    def history(self, asset: AssetId) -> list[Edit]:
        """Everything that was said here about an asset, oldest first."""
        return self._record.history(asset)

    def batch(self, batch: str) -> list[Edit]:
        """What was said together."""
        return self._record.batch(batch)

    def reach(self, batch: str) -> tuple[list[FieldPath], int]:
        """Of which fields something was said together, and of how many assets."""
        return self._record.reach(batch)

    def mode(self, environment: str) -> FolderMode:
        """Where names and folders come from; from memory where the service has told."""
        for account in self._environments.accounts():
            if account.environment == environment and account.folder_mode is not None:
                return FolderMode(account.folder_mode.value)
        state = self._stores.mirror.state(environment)
        return state.folder_mode if state is not None else FolderMode.DYNAMIC

    def checked_target(self, environment: str, target: PushTarget) -> PushTarget:
        """A push's target, if the fields take its metadata as far as is known here.

        Raises NotFoundError for a field that there is not, InvalidInputError for a wrong value.
        """
        if not target.metadata:
            return target
        said = checked_pairs(self.schema(environment), target.metadata)
        return replace(target, metadata=said)

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

    def define(self, environment: str, field: MetadataField, *, is_new: bool = False) -> Schema:
        """Add a field, or change the one of its external ID unless it `is_new`.

        Raises WrongDefinitionError.
        """
        schema = self.schema(environment)
        before = schema.field(field.external_id)
        field = checked_definition(field, schema.fields, is_new=is_new)
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

    def move_rule(self, environment: str, external_id: str, *, later: bool) -> Schema:
        """Have a rule applied after the next one about its field, or before the one before it.

        A service that only notes the number it is told gets that of both. Raises
        RuleOrderError where it keeps its own order, NotFoundError for a rule that cannot move.
        """
        schema = self.read_schema(environment)
        other = schema.rules_beside(external_id)[later]
        rule = next((one for one in schema.rules if one.external_id == external_id), None)
        if rule is None or other is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A rule to change places with"))
        if rule.position is None or other.position is None:
            raise RuleOrderError(name=rule.name)
        desk = self.desk(environment)
        for moved, place in ((rule, other.position), (other, rule.position)):
            desk.place_rule(moved.external_id, place)
            schema = self.read_schema(environment)
            beside = schema.rules_beside(external_id)[not later]
            if beside is not None and beside.external_id == other.external_id:
                return schema
        raise RuleOrderError(name=rule.name)

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

    def _check_name(self, asset: CloudAsset, changes: Sequence[Change]) -> None:
        renames = any(change.path == DISPLAY_NAME for change in changes)
        if renames and self.mode(asset.environment) is FolderMode.FIXED:
            raise FixedNameError(name=asset.name)


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
