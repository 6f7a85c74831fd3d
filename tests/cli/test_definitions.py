"""What an environment offers, changed on the command line: fields, rules and upload presets."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine

SEASON = {
    "label": "Season",
    "type": "enum",
    "datasource": {"values": [{"external_id": "s1", "value": "Spring"}]},
}
CHANNELS = {"external_id": "channels", "label": "Channels", "type": "string"}


def written(folder: Path, *objects: object) -> str:
    path = folder / "definitions.jsonl"
    path.write_text("\n".join(map(json.dumps, objects)))
    return str(path)


def test_fields_are_made_changed_and_deleted(with_account: CommandLine, tmp_path: Path) -> None:
    made = with_account("metadata", "define", written(tmp_path, SEASON, CHANNELS))
    assert made.out.split() == ["season", "channels"]
    fields = {one["external_id"]: one for one in with_account("metadata", "fields", "--json").lines}
    assert fields["season"]["type"] == "enum"

    changed = {**fields["channels"], "label": "Where it runs"}
    assert with_account("metadata", "define", written(tmp_path, changed)).status == 0
    fields = {one["external_id"]: one for one in with_account("metadata", "fields", "--json").lines}
    assert fields["channels"]["label"] == "Where it runs"

    assert with_account("metadata", "undefine", "channels").status == 2
    assert with_account("metadata", "undefine", "channels", "--yes").status == 0
    left = with_account("metadata", "fields", "--json").lines
    assert [one["external_id"] for one in left] == ["season"]


def test_rules_are_made_listed_and_deleted(with_account: CommandLine, tmp_path: Path) -> None:
    with_account("metadata", "define", written(tmp_path, SEASON, CHANNELS))
    rule = {
        "metadata_field_id": "channels",
        "name": "Spring needs channels",
        "condition": {"metadata_field_id": "season", "equals": "s1"},
        "result": {"set_mandatory": True},
    }
    (made,) = with_account("metadata", "define-rule", written(tmp_path, rule)).out.split()
    (told,) = with_account("metadata", "rules", "--json").lines
    assert (told["external_id"], told["name"]) == (made, "Spring needs channels")
    assert with_account("metadata", "undefine-rule", made).status == 0
    assert with_account("metadata", "rules", "--json").lines == []
    assert with_account("metadata", "undefine-rule", made).status == 1
    elsewhere = {**rule, "external_id": made}
    (again,) = with_account("metadata", "define-rule", written(tmp_path, elsewhere)).out.split()
    assert again != made


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '["a"]', '{"label": "No type"}'])
def test_what_is_no_definition_is_said(
    with_account: CommandLine, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text)
    for command in ("define", "define-rule"):
        assert with_account("metadata", command, str(path)).status == 2
    assert with_account("metadata", "define", str(tmp_path / "nowhere.json")).status == 2


def test_upload_presets_are_made_changed_and_deleted(with_account: CommandLine) -> None:
    words = ("--set", "tags=spring,sale", "--set", "overwrite=true", "--unsigned")
    assert with_account("upload-presets", "create", "web", *words).status == 0
    assert with_account("upload-presets", "create", "web").status == 1
    change = ("upload-presets", "change", "web", "--set", "folder=shop", "--no-unsigned")
    assert with_account(*change).status == 0
    (one,) = with_account("upload-presets", "list", "--json").lines
    assert (one["name"], one["unsigned"]) == ("web", False)
    assert one["settings"]["overwrite"] is True
    assert one["settings"]["folder"] == "shop"
    assert with_account("upload-presets", "delete", "web").status == 2
    assert with_account("upload-presets", "delete", "web", "--yes").status == 0
    assert with_account("upload-presets", "list", "--json").lines == []
    assert with_account("upload-presets", "delete", "web", "--yes").status == 1
