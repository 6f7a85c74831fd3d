"""The commands `metadata show`, `history` and `fields`: what assets say, and can say."""

import argparse
from collections.abc import Mapping, Sequence

from bridge_app.app.build import Parts
from bridge_app.cli.metadata import value_text
from bridge_app.cli.metadata_words import master_path
from bridge_app.cli.output import DONE, NO_ACCOUNT, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edits import Edit, FieldPath, Record
from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.domain.metadata_fields import MetadataField
from bridge_app.domain.metadata_json import field_json, value_json
from bridge_app.domain.standard_fields import FIELDS, StandardField, field_of, text_of
from bridge_app.libraries.errors import shown


def show(arguments: argparse.Namespace) -> int:
    """Print what assets say, with what was said here and is on its way."""
    with opened() as parts:
        for asset in chosen_assets(parts, arguments.assets):
            record, edits, differs = _told(parts, asset)
            wanted = _wanted(arguments.field, asset)
            told = {path: value for path, value in record.items() if path in (wanted or record)}
            if arguments.json:
                fields = {_key(path): value_json(told[path]) for path in sorted(told)}
                states = {_key(edit.path): edit.state.value for edit in edits}
                facts = {"fields": fields, "open": states, "differs": list(differs)}
                say_json({"asset": asset.id, "name": asset.name, **facts})
            else:
                _tell(asset, told, edits, differs)
    return DONE


def history(arguments: argparse.Namespace) -> int:
    """Print who said what of assets, oldest first."""
    with opened() as parts:
        for asset in chosen_assets(parts, arguments.assets):
            wanted = _wanted(arguments.field, asset)
            for edit in _history(parts, asset):
                if wanted and edit.path not in wanted:
                    continue
                if arguments.json:
                    say_json(_history_json(edit))
                else:
                    before, after = value_text(edit.base), value_text(edit.value)
                    words = f"{_key(edit.path)}: {before} → {after}  ({edit.state.value})"
                    say(f"{edit.at}  {edit.who}  {shown(edit.name)}  {words}")
    return DONE


def fields(arguments: argparse.Namespace) -> int:
    """List the structured metadata fields, as the service tells them or told them last.

    With `--standard` the fields that every master can have.
    """
    if arguments.standard:
        for one in FIELDS:
            if arguments.json:
                say_json(standard_json(one))
            else:
                say(f"{one.id}  {one.label}  {one.shape.value}{'' if one.editable else ' fact'}")
        return DONE
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


def standard_json(field: StandardField) -> Mapping[str, object]:
    """A standard field as scripts see it."""
    return {
        "id": field.id,
        "label": field.label,
        "meaning": field.meaning,
        "group": field.group.value,
        "shape": field.shape.value,
        "by_language": field.by_language,
        "most": field.limit,
        "choices": [{"value": value, "label": label} for value, label in field.choices],
        "xmp": field.xmp,
        "iim": field.iim,
        "exif": field.exif,
        "photoshelter": field.shelter,
        "cloudinary": field.cloud,
        "mapping": field.mapping,
        "editable": field.editable,
    }


def _told(parts: Parts, asset: Asset) -> tuple[Record, Sequence[Edit], Sequence[str]]:
    if environment_of(asset.library) is None:
        (master,) = parts.worker.masters.said([asset.id])
        return master.record(), master.edits, master.differs
    (said,) = parts.worker.editing.said([asset.id])
    return said.record(), said.edits, ()


def _history(parts: Parts, asset: Asset) -> Sequence[Edit]:
    if environment_of(asset.library) is None:
        return parts.worker.masters.history(asset.id)
    return parts.worker.editing.history(asset.id)


def _wanted(names: Sequence[str], asset: Asset) -> frozenset[FieldPath]:
    read = FieldPath.read if environment_of(asset.library) is not None else master_path
    return frozenset(read(name) for name in names)


def _key(path: FieldPath) -> str:
    return path.key if field_of(path) else str(path)


def _tell(asset: Asset, told: Record, edits: Sequence[Edit], differs: Sequence[str]) -> None:
    say(f"{shown(asset.name)}  {asset.id}")
    states = {edit.path: edit.state.value for edit in edits}
    for path in sorted(told):
        field, value = field_of(path), told[path]
        text = text_of(field, value).replace("\n", " ⏎ ") if field else value_text(value)
        marks = [states[path]] if path in states else []
        marks += ["the places in the file disagree"] if _key(path) in differs else []
        say(f"  {_key(path)}: {text}" + (f"  ({', '.join(marks)})" if marks else ""))


def _history_json(edit: Edit) -> Mapping[str, object]:
    return {
        "asset": edit.asset,
        "name": edit.name,
        "field": _key(edit.path),
        "from": value_json(edit.base),
        "to": value_json(edit.value),
        "who": edit.who,
        "at": edit.at,
        "state": edit.state.value,
        "change": edit.change,
        "batch": edit.batch,
    }


def _field_line(field: MetadataField) -> str:
    marks = " mandatory" if field.mandatory else ""
    choices = ", ".join(entry.value for entry in field.entries if entry.active)
    listed = f": {choices}" if choices else ""
    return f"{field.external_id}  {field.label}  {field.type.value}{marks}{listed}"


def _current(parts: Parts) -> str:
    account = parts.worker.current_account()
    if account is None:
        raise NotFoundError(what=NO_ACCOUNT)
    return account.environment
