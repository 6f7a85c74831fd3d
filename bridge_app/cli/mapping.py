"""Commands about the field mapping: show it, check it, try it out, use another one."""

import argparse
import json
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, USAGE, note, say, say_json
from bridge_app.cli.session import chosen_assets, current_environment, opened
from bridge_app.domain.errors import BridgeError, InvalidInputError
from bridge_app.domain.field_mapping import LOSSES, FieldMapping, MappingRow
from bridge_app.domain.field_mapping_json import mapping_from_lines, mapping_lines, row_json
from bridge_app.domain.mapping_checks import MappingFault
from bridge_app.domain.mapping_return import can_return
from bridge_app.domain.mapping_sources import source_named
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_json import field_json, value_json
from bridge_app.domain.shelter_reading import WARNINGS
from bridge_app.libraries.errors import shown
from bridge_app.work.governance import DryRun, MappingCheck

MOST_LETTERS = 1_000_000
"""Of a mapping in a file."""


def show(arguments: argparse.Namespace) -> int:
    """List the mapping in use."""
    with opened() as parts:
        mapping = parts.worker.governance.mapping()
        for row in mapping.rows:
            if arguments.json:
                say_json(_row_json(row))
            else:
                say(_row_line(row))
        for line in mapping_lines(mapping):
            if arguments.json:
                say_json(line)
            else:
                leads = ", ".join(f"{source} {side}" for source, side in line["leads"].items())
                say(f"leads in {line['environment']}: {leads}")
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Check a mapping by itself and against the product environment in use."""
    with opened() as parts:
        desk = parts.worker.governance
        mapping = _chosen(arguments.file) or desk.mapping()
        environment = _environment(parts, arguments)
        found = desk.check(mapping, environment=environment)
        if arguments.create_fields and found.missing and environment:
            desk.create_fields(environment, found.missing)
            note(f"{len(found.missing)} fields were defined in {environment}.")
            found = desk.check(mapping, environment=environment)
        _show_check(found, mapping, as_json=arguments.json)
    return DONE if found.is_usable and not found.missing else FAILED


def dry_run(arguments: argparse.Namespace) -> int:
    """Show what would be sent of masters, and what would stay behind."""
    with opened() as parts:
        chosen = chosen_assets(parts, arguments.assets)
        runs = parts.worker.governance.dry_run(
            [asset.id for asset in chosen],
            environment=_environment(parts, arguments),
            mapping=_chosen(arguments.file),
        )
        for run in runs:
            if arguments.json:
                say_json(_run_json(run))
            else:
                _show_run(run)
        told = {run.asset for run in runs}
        for asset in chosen:
            if asset.id not in told:
                note(f"{shown(asset.path)} is no master of a service; the mapping is not for it.")
    return DONE if runs else FAILED


def bring_back(arguments: argparse.Namespace) -> int:
    """Write at the service what the copies in the environment in use say."""
    failed = 0
    with opened() as parts:
        desk = parts.worker.governance
        environment = current_environment(parts) or ""
        ids = [asset.id for asset in chosen_assets(parts, arguments.assets)]
        for run in desk.dry_run(ids, environment=environment):
            there = {name: value for name, value in run.differing if can_return(name)}
            if arguments.json:
                told = {name: value_json(value) for name, value in there.items()}
                say_json({"asset": run.asset, "name": run.name, "changes": told})
            else:
                for name, value in there.items():
                    say(f"{shown(run.name)}  {name}: {_words(value)}")
            if there and not arguments.dry_run:
                try:
                    desk.bring_back(run.asset, environment)
                except BridgeError as error:
                    failed += 1
                    note(str(error))
    return FAILED if failed else DONE


def use(arguments: argparse.Namespace) -> int:
    """Use the mapping of a file, or the one it comes with."""
    if bool(arguments.file) == arguments.default:
        note("Say which mapping: FILE or --default.")
        return USAGE
    with opened() as parts:
        mapping = _chosen(arguments.file)
        if mapping is None:
            parts.worker.governance.reset()
        else:
            parts.worker.governance.save(mapping)
    return DONE


def _chosen(file: str | None) -> FieldMapping | None:
    """The mapping in a file: one row, or environment, in each line. Raises InvalidInputError."""
    if file is None:
        return None
    path = Path(file).expanduser()
    try:
        with path.open(encoding="utf-8") as lines:
            text = lines.read(MOST_LETTERS + 1)
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise InvalidInputError(what=file, detail=str(error)) from error
    except RecursionError as error:
        raise InvalidInputError(what=file, detail="it is nested too deeply") from error
    if len(text) > MOST_LETTERS:
        raise InvalidInputError(what=file, detail=f"it has more than {MOST_LETTERS} letters")
    if not found:
        # Whoever wants a mapping that carries nothing takes its rows out one by one.
        raise InvalidInputError(what=file, detail="it holds no row")
    return mapping_from_lines(found)


def _environment(parts: Parts, arguments: argparse.Namespace) -> str:
    return "" if arguments.offline else current_environment(parts) or ""


def _row_json(row: MappingRow) -> dict[str, object]:
    source = source_named(row.source)
    return {
        **row_json(row),
        "standard": source.standard if source else "",
        "loss": row.loss.value if row.loss else None,
    }


def _row_line(row: MappingRow) -> str:
    arrow = {"push": "→", "both": "↔"}.get(row.direction.value, " ")
    targets = ", ".join(map(str, row.targets)) or "—"
    loss = f"  ({LOSSES[row.loss]})" if row.loss and row.carries else ""
    return f"{row.source:<18} {arrow} {targets}{loss}"


def _show_check(found: MappingCheck, mapping: FieldMapping, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "usable": found.is_usable,
                "faults": [_fault_json(fault) for fault in found.faults],
                "environment": found.environment or None,
                "missing": [field_json(field) for field in found.missing],
                "too_many": found.too_many,
            }
        )
        return
    for fault in found.faults:
        mark = "note" if fault.is_warning else "wrong"
        say(f"{mark}: {fault.source}: {fault.sentence()}")
    for field in found.missing:
        say(f"missing in {found.environment}: {field.external_id} ({field.type.value})")
    if found.too_many:
        say(f"{found.environment} cannot have so many fields.")
    if not found.faults and not found.missing:
        where = f" and {found.environment}" if found.environment else ""
        say(
            f"{len(mapping.carrying)} of {len(mapping.rows)} rows carry something; all fits{where}."
        )


def _fault_json(fault: MappingFault) -> dict[str, object]:
    return {
        "row": None if fault.row < 0 else fault.row + 1,
        "source": fault.source,
        "fault": fault.fault.value,
        "warning": fault.is_warning,
        "sentence": fault.sentence(),
    }


def _run_json(run: DryRun) -> dict[str, object]:
    return {
        "asset": run.asset,
        "name": run.name,
        "tags": list(run.words.tags),
        "context": dict(run.words.context),
        "metadata": {key: value_json(value) for key, value in run.words.metadata.items()},
        "display_name": run.words.display_name,
        "access_control": [dict(rule) for rule in run.words.access_control],
        "left_out": [
            {"field": one.field, "reason": one.trouble.sentence() if one.trouble else None}
            for one in run.left_out
        ],
        "lost": {source: loss.value for source, loss in run.lost},
        "differing": {source: value_json(value) for source, value in run.differing},
        "warnings": [warning.value for warning in run.warnings],
    }


def _show_run(run: DryRun) -> None:
    words = run.words
    say(f"{run.asset[:10]}  {shown(run.name)}")
    said: list[tuple[str, FieldValue]] = [
        ("tags", words.tags),
        ("display_name", words.display_name),
    ]
    said += [(f"context.{key}", text) for key, text in words.context.items()]
    said += [(f"metadata.{key}", value) for key, value in words.metadata.items()]
    for name, value in said:
        if value not in ("", ()):
            say(f"  {name}: {_words(value)}")
    for rule in words.access_control:
        say("  access: " + ", ".join(f"{key} {text}" for key, text in rule.items()))
    for one in run.left_out:
        why = one.trouble.sentence() if one.trouble else "the environment has no such field"
        say(f"  left out: {one.field}: {why}")
    for source, loss in run.lost:
        say(f"  {source}: {LOSSES[loss]}")
    for source, value in run.differing:
        say(f"  {source}: the copy says: {_words(value)}")
    for warning in run.warnings:
        say(f"  note: {WARNINGS[warning]}")


def _words(value: FieldValue) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str(value or "(nothing)")
    return shown(text)
