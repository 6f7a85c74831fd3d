"""Commands about metadata: edit what assets say, and list the fields they can say it in."""

import argparse
from collections.abc import Mapping, Sequence

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, USAGE, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edit_plan import Write
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import DELIVERABLE, TAGS, Edit, FieldPath, NewEdit, Subject
from bridge_app.domain.errors import BridgeError, InvalidInputError, NotFoundError
from bridge_app.domain.metadata_fields import FieldValue, MetadataField
from bridge_app.domain.metadata_json import field_json, value_json
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.metadata_values import parsed
from bridge_app.libraries.errors import shown
from bridge_app.work.editing import EditPlan
from bridge_app.work.jobs import EDIT


def edit(arguments: argparse.Namespace) -> int:
    """Say something about assets of an environment, and deliver it or leave it queued."""
    if not (arguments.set or arguments.add_tag or arguments.remove_tag):
        note("Say what to change: --set FIELD=VALUE, --add-tag TAG or --remove-tag TAG.")
        return USAGE
    if arguments.wait and not arguments.dry_run:
        with working() as (parts, _):
            return _edit(parts, arguments)
    with opened() as parts:
        return _edit(parts, arguments)


def fields(arguments: argparse.Namespace) -> int:
    """List the structured metadata fields, as the service tells them or told them last."""
    with opened() as parts:
        environment = _current(parts)
        editing = parts.worker.editing
        try:
            schema = editing.read_schema(environment)
        except BridgeError as error:
            note(f"{error} These are the fields as they were known last.")
            schema = editing.schema(environment)
        for field in schema.fields:
            if arguments.json:
                say_json(field_json(field))
            else:
                say(_field_line(field))
    return DONE


def _edit(parts: Parts, arguments: argparse.Namespace) -> int:
    editing = parts.worker.editing
    assets = chosen_assets(parts, arguments.assets)
    ids = [asset.id for asset in assets]
    local = [asset for asset in assets if environment_of(asset.library) is None]
    if local:
        raise InvalidInputError(
            what=shown(local[0].path),
            detail="it lies in a local library; so far only assets of a Cloudinary environment "
            "can be edited",
        )
    environments = {environment_of(asset.library) or "" for asset in assets}
    changes = _changes(arguments, [editing.schema(one) for one in sorted(environments)])
    plan = editing.plan(ids, changes)
    _show(plan, as_json=arguments.json)
    if arguments.dry_run:
        return DONE
    batch = editing.say(ids, changes)
    if arguments.wait:
        return _wait(parts, ids)
    if batch:
        note("Recorded. It is delivered while Asset Bridge is open, or now with --wait.")
    return DONE


def _changes(arguments: argparse.Namespace, schemas: Sequence[Schema]) -> list[Change]:
    """What the words ask for. Raises InvalidInputError."""
    found = [_set(words, schemas) for words in arguments.set]
    add, remove = tuple(arguments.add_tag), tuple(arguments.remove_tag)
    if add or remove:
        found.append(Change(path=TAGS, add=add, remove=remove))
    return found


def _set(words: str, schemas: Sequence[Schema]) -> Change:
    name, equals, text = words.partition("=")
    if not equals:
        raise InvalidInputError(what=words, detail="it has to look like FIELD=VALUE")
    path = FieldPath.read(name)
    if path == TAGS:
        return Change(path=path, value=tuple(tag.strip() for tag in text.split(",") if tag.strip()))
    if path.subject is not Subject.METADATA:
        return Change(path=path, value=text)
    field = _field(path.key, schemas)
    if field is None:
        return Change(path=path, value=text)
    return Change(path=FieldPath(Subject.METADATA, field.external_id), value=parsed(field, text))


def _field(name: str, schemas: Sequence[Schema]) -> MetadataField | None:
    """The field of that external ID or label; None where no definitions are known yet.

    Raises NotFoundError.
    """
    known = [field for schema in schemas for field in schema.fields]
    for field in known:
        if name in (field.external_id, field.label):
            return field
    if not known:
        return None
    raise NotFoundError(what=f"The metadata field {name}")


def _show(plan: EditPlan, *, as_json: bool) -> None:
    for new in plan.edits:
        if as_json:
            say_json(_edit_json(new))
        else:
            say(f"{shown(new.name)}  {new.path}: {_words(new.base)} → {_words(new.value)}")
    if not as_json:
        calls = _counted(plan.writes)
        say(f"{len(plan.edits)} changes of {plan.assets} assets: {calls}.")


def _counted(writes: Sequence[Write]) -> str:
    """How many calls of which kind, besides those that read and verify."""
    counts: dict[str, int] = {}
    for write in writes:
        name = write.call.value.replace("_", " ")
        counts[name] = counts.get(name, 0) + 1
    listed = ", ".join(f"{count} × {name}" for name, count in counts.items())
    return f"{len(writes)} calls ({listed})" if listed else "no calls"


def _edit_json(new: NewEdit) -> Mapping[str, object]:
    return {
        "asset": new.asset,
        "name": new.name,
        "field": str(new.path),
        "from": value_json(new.base),
        "to": value_json(new.value),
    }


def _wait(parts: Parts, assets: Sequence[AssetId]) -> int:
    """Wait until all that was said of these is delivered, refused or in conflict.

    Also ends where a person has to mend the account first.
    """
    edits, jobs = parts.stock.edits, parts.stock.jobs
    changes = [one.change for one in _open(parts, assets) if one.state in DELIVERABLE]
    wait_until(
        lambda: not (edits.is_due(changes) and edits.has_job(EDIT)) or jobs.waits_for_account()
    )
    left = [one for one in _open(parts, assets) if one.change in changes]
    for one in left:
        note(_trouble(one))
    return FAILED if left else DONE


def _open(parts: Parts, assets: Sequence[AssetId]) -> list[Edit]:
    return [edit for said in parts.worker.editing.said(assets) for edit in said.edits]


def _trouble(one: Edit) -> str:
    if one.error is not None:
        return one.error.sentence()
    return f"{one.name}: {one.path} is {one.state.value}; it is kept."


def _field_line(field: MetadataField) -> str:
    marks = " mandatory" if field.mandatory else ""
    choices = ", ".join(entry.value for entry in field.entries if entry.active)
    listed = f": {choices}" if choices else ""
    return f"{field.external_id}  {field.label}  {field.type.value}{marks}{listed}"


def _words(value: FieldValue) -> str:
    if value is None:
        return "(nothing)"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _current(parts: Parts) -> str:
    account = parts.worker.current_account()
    if account is None:
        raise NotFoundError(what="A Cloudinary account (`asset-bridge account add` adds one)")
    return account.environment
