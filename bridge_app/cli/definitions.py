"""Commands that change what an environment offers: metadata fields and rules, upload presets.

Fields and rules are written as JSON, as `metadata fields --json` and `metadata rules --json` tell.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bridge_app.app.build import Parts
from bridge_app.cli.asking import agrees
from bridge_app.cli.output import DONE, NO_ACCOUNT, USAGE, note, say, say_json
from bridge_app.cli.session import opened
from bridge_app.delivery.upload_presets import UploadPreset, UploadPresets
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.metadata_json import field_from, rule_from, rule_json
from bridge_app.domain.metadata_rules import Schema

NOTHING_DONE = "Nothing was done. Say --yes to do it without being asked."


def define(arguments: argparse.Namespace) -> int:
    """Add fields, or change those of the same external IDs."""
    with opened() as parts:
        environment = _environment(parts)
        parts.worker.editing.read_schema(environment)
        for given in _objects(arguments.file):
            field = field_from({"external_id": _external_id(given), **given})
            if field is None:
                raise InvalidInputError(what=json.dumps(given)[:80], detail="it is no field")
            parts.worker.editing.define(environment, field)
            say(field.external_id)
    return DONE


def undefine(arguments: argparse.Namespace) -> int:
    """Delete a field, and what all assets say in it."""
    question = f"Delete the field {arguments.field}, and its values of all assets? [yes/NO]"
    if not arguments.yes and not agrees(question):
        note(NOTHING_DONE)
        return USAGE
    with opened() as parts:
        environment = _environment(parts)
        parts.worker.editing.read_schema(environment)
        parts.worker.editing.undefine(environment, arguments.field)
    return DONE


def rules(arguments: argparse.Namespace) -> int:
    """List the rules, as the service tells them."""
    with opened() as parts:
        for rule in _schema(parts).rules:
            told = {"external_id": rule.external_id, **rule_json(rule)}
            if arguments.json:
                say_json(told)
            else:
                state = "" if rule.active else "  (not in use)"
                say(f"{rule.external_id}  {rule.name or rule.target}{state}")
    return DONE


def define_rule(arguments: argparse.Namespace) -> int:
    """Add rules, or change those of the same external IDs.

    The service chooses the IDs: one that is not known here is of another environment, and new.
    """
    with opened() as parts:
        environment = _environment(parts)
        known = {rule.external_id for rule in _schema(parts).rules}
        for given in _objects(arguments.file):
            rule = rule_from(given)
            if rule is None:
                raise InvalidInputError(what=json.dumps(given)[:80], detail="it is no rule")
            if rule.external_id not in known:
                rule = replace(rule, external_id="")
            schema = parts.worker.editing.put_rule(environment, rule)
            made = [one.external_id for one in schema.rules if one.external_id not in known]
            known.update(made)
            say(rule.external_id or next(iter(made), ""))
    return DONE


def undefine_rule(arguments: argparse.Namespace) -> int:
    """Delete a rule; what it filled in stays."""
    with opened() as parts:
        if all(rule.external_id != arguments.rule for rule in _schema(parts).rules):
            raise NotFoundError(what=f"The rule {arguments.rule}")
        parts.worker.editing.delete_rule(_environment(parts), arguments.rule)
    return DONE


def list_presets(arguments: argparse.Namespace) -> int:
    """List the upload presets with their settings."""
    with opened() as parts:
        for one in _presets(parts).listed(_environment(parts)):
            if arguments.json:
                facts = {"name": one.name, "unsigned": one.unsigned}
                say_json({**facts, "settings": dict(one.settings)})
            else:
                kind = "unsigned" if one.unsigned else "signed"
                said = ", ".join(f"{key}={json.dumps(one.settings[key])}" for key in one.settings)
                say(f"{one.name}  {kind}  {said}".rstrip())
    return DONE


def create_preset(arguments: argparse.Namespace) -> int:
    """Make an upload preset."""
    with opened() as parts:
        wish = UploadPreset(
            name=arguments.name,
            unsigned=bool(arguments.unsigned),
            settings=_settings(arguments.set),
        )
        _presets(parts).create(_environment(parts), wish)
    say(arguments.name)
    return DONE


def change_preset(arguments: argparse.Namespace) -> int:
    """Change what an upload preset says; what is not named stays."""
    with opened() as parts:
        environment = _environment(parts)
        before = _preset(parts, environment, arguments.name)
        unsigned = before.unsigned if arguments.unsigned is None else arguments.unsigned
        wish = replace(before, unsigned=unsigned, settings=_settings(arguments.set))
        _presets(parts).change(environment, wish)
    return DONE


def delete_preset(arguments: argparse.Namespace) -> int:
    """Remove an upload preset; what was uploaded with it stays."""
    question = f"Delete the upload preset {arguments.name}? Uploads that name it fail. [yes/NO]"
    if not arguments.yes and not agrees(question):
        note(NOTHING_DONE)
        return USAGE
    with opened() as parts:
        environment = _environment(parts)
        _preset(parts, environment, arguments.name)
        _presets(parts).remove(environment, arguments.name)
    return DONE


def _environment(parts: Parts) -> str:
    account = parts.worker.current_account()
    if account is None:
        raise NotFoundError(what=NO_ACCOUNT)
    return account.environment


def _presets(parts: Parts) -> UploadPresets:
    return UploadPresets(credentials=parts.environments.credentials)


def _schema(parts: Parts) -> Schema:
    return parts.worker.editing.read_schema(_environment(parts))


def _preset(parts: Parts, environment: str, name: str) -> UploadPreset:
    for one in _presets(parts).listed(environment):
        if one.name == name:
            return one
    raise NotFoundError(what=f"The upload preset {name}")


def _external_id(given: Mapping[str, Any]) -> str:
    """Where none is given, the label is the beginning of it."""
    label = str(given.get("label") or "").strip().casefold()
    return "_".join("".join(c if c.isalnum() else " " for c in label).split())


def _settings(words: list[str]) -> dict[str, Any]:
    """Read `name=value`; what is JSON is taken as that, all else as text."""
    found: dict[str, Any] = {}
    for text in words:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise InvalidInputError(what=text, detail="it is written as NAME=VALUE")
        try:
            found[name.strip()] = json.loads(value)
        except ValueError:
            found[name.strip()] = value
    return found


def _objects(name: str) -> list[Mapping[str, Any]]:
    """The objects of a file, `-` is standard input: one, a list of them, or one on each line."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(what=name, detail="it cannot be read") from error
    try:
        read = json.loads(text)
    except ValueError:
        read = _lines(name, text)
    found = read if isinstance(read, list) else [read]
    if not found or not all(isinstance(one, dict) for one in found):
        raise InvalidInputError(what=name, detail="it holds no JSON objects")
    return found


def _lines(name: str, text: str) -> list[object]:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as error:
        raise InvalidInputError(what=name, detail="it is no JSON") from error
