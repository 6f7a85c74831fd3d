"""Policies, overrides, and decisions on renditions and in stages, on the command line."""

import json
from pathlib import Path

import pytest

from bridge_app.domain.policies_json import KIND, VERSION
from tests.cli.conftest import CommandLine

TALL = "tall_02.jpg"
HERO_PRESET = "c_fill,g_center,h_900,w_1600/q_auto/f_jpg"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "policies.json"
    policy = {"name": "all", "stages": ["brand", "legal"], "may_override": ["chief"]}
    told = {"kind": KIND, "version": VERSION, "policies": [policy]}
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def test_policies_are_set_shown_and_checked(with_account: CommandLine, document: Path) -> None:
    assert with_account("policy", "set", str(document), "--dry-run").status == 0
    assert json.loads(with_account("policy", "show").out)["policies"] == []
    assert with_account("policy", "set", str(document)).status == 0
    shown = with_account("policy", "show")
    assert json.loads(shown.out) == json.loads(document.read_text(encoding="utf-8"))
    with_account("approve", TALL, "--stage", "Brand")
    checked = with_account("policy", "check", TALL, "--json")
    assert checked.status == 3
    (told,) = checked.lines
    assert (told["stages"], told["missing"]) == (["brand", "legal"], ["legal"])
    assert [one["reason"] for one in told["reasons"]] == ["stage_missing"]
    assert (
        "held back: a stage of its review is missing" in with_account("policy", "check", TALL).out
    )
    with_account("approve", TALL, "--stage", "legal")
    assert with_account("policy", "check", TALL).status == 0
    elsewhere = with_account("policy", "show", "--environment", "press")
    assert json.loads(elsewhere.out)["policies"] == []


def test_a_document_that_is_wrong_changes_nothing(
    with_account: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text('{"kind": "other"}', encoding="utf-8")
    answer = with_account("policy", "set", str(file))
    assert answer.status == 2
    assert "kind: it has to be" in answer.err
    assert with_account("policy", "set", str(tmp_path / "none.json")).status == 1


def test_policies_are_those_of_an_account(command: CommandLine) -> None:
    answer = command("policy", "show")
    assert answer.status == 1
    assert "Cloudinary account" in answer.err


def test_only_who_may_lets_pass_and_can_take_it_back(
    with_account: CommandLine, document: Path
) -> None:
    with_account("policy", "set", str(document))
    refused = with_account("override", TALL, "--reason", "Tonight.")
    assert refused.status == 3
    assert "only chief may override" in refused.err
    settings = with_account.profile / "settings.json"
    settings.write_text(json.dumps({"who": "Kim (chief)"}), encoding="utf-8")
    let_pass = ("override", TALL, "--reason", "Tonight.", "--until", "2999-01-31T18:00")
    assert with_account(*let_pass).status == 0
    assert "let pass all the same" in with_account("policy", "check", TALL).out
    assert with_account("override", TALL, "--reason", "No.", "--take-back").status == 0
    assert with_account("policy", "check", TALL).status == 3
    assert with_account("override", TALL, "--reason", "x", "--until", "soon").status == 2


def test_a_rendition_is_decided_on_by_its_preset(command: CommandLine) -> None:
    assert command("reject", TALL, "--rendition", "hero", "--comment", "too tight").status == 0
    assert command.asset(TALL)["approval"] == "draft"
    shown = command("show", TALL).out
    assert f"rejected of {HERO_PRESET}: too tight" in shown
    assert command("reject", TALL, "--rendition", "no-such").status == 1
