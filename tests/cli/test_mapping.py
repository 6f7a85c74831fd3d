"""`asset-bridge mapping`: the table is shown, checked, tried out and replaced."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.cli.mapping_page import page
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.secrets import Secret, choose_store
from tests.cli.conftest import PASSPHRASE, CommandLine
from tests.work.brand import open_brand

ROW = ["source", "targets", "direction", "standard", "loss"]
FOUND = ["usable", "faults", "environment", "missing", "too_many"]


def written(path: Path, *rows: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_the_page_in_the_documentation_is_the_table_of_the_program() -> None:
    made = Path(__file__).parents[2] / "docs" / "mapping.md"
    assert made.read_text(encoding="utf-8") == page(default_mapping())


def test_the_mapping_is_shown_and_can_be_given_back_as_it_was_printed(
    empty: CommandLine, tmp_path: Path
) -> None:
    shown = empty("mapping", "show", "--json")
    assert shown.status == 0
    assert [list(line) for line in shown.lines] == [ROW] * len(default_mapping().rows)
    assert "caption" in empty("mapping", "show").out
    file = written(tmp_path / "mapping.jsonl", *shown.lines[:5])
    assert empty("mapping", "use", file).status == 0
    assert empty("mapping", "show", "--json").lines == shown.lines[:5]
    assert empty("mapping", "use", "--default").status == 0
    assert empty("mapping", "show", "--json").lines == shown.lines


def test_a_mapping_with_a_fault_is_told_and_not_used(empty: CommandLine, tmp_path: Path) -> None:
    file = written(tmp_path / "wrong.jsonl", {"source": "title", "targets": ["tags"]})
    answer = empty("mapping", "check", "--offline", "--file", file, "--json")
    assert answer.status == 1
    (told,) = answer.lines
    assert list(told) == FOUND
    assert [fault["fault"] for fault in told["faults"]] == ["does_not_fit"]
    assert "wrong: title" in empty("mapping", "check", "--offline", "--file", file).out
    assert empty("mapping", "use", file).status == 2
    assert empty("mapping", "use").status == 2
    assert len(empty("mapping", "show", "--json").lines) == len(default_mapping().rows)


def test_a_file_says_who_leads_in_an_environment(empty: CommandLine, tmp_path: Path) -> None:
    row: dict[str, object] = {
        "source": "title",
        "targets": ["context.title"],
        "leads": "newest",
    }
    leads: dict[str, object] = {"environment": "studio", "leads": {"title": "cloud"}}
    file = written(tmp_path / "leads.jsonl", leads, row)
    assert empty("mapping", "use", file).status == 0
    shown = empty("mapping", "show", "--json").lines
    assert (shown[0]["leads"], shown[1:]) == ("newest", [leads])
    assert "leads in studio: title cloud" in empty("mapping", "show").out
    again = written(tmp_path / "again.jsonl", *shown)
    assert empty("mapping", "use", again).status == 0
    for told, why in (
        ({"caption": "cloud"}, "“caption”, which has no row"),
        ({"title": "moon"}, "“moon” cannot lead for “title” in studio"),
        ("cloud", "no table"),
    ):
        wrong = written(tmp_path / "wrong.jsonl", row, {"environment": "studio", "leads": told})
        refused = empty("mapping", "use", wrong)
        assert (refused.status, why in refused.err) == (2, True)
    stray = written(tmp_path / "stray.jsonl", {"environment": "x", "leads": {"title": "cloud"}})
    (checked,) = empty("mapping", "check", "--offline", "--file", stray, "--json").lines
    assert [(one["row"], one["fault"]) for one in checked["faults"]] == [(None, "leads_nowhere")]
    assert empty("mapping", "show", "--json").lines == shown


@pytest.mark.parametrize(
    "text",
    [
        *("no json", "[1]", '{"environment": ""}', '{"source": 3}', '{"source":"a","targets":3}'),
        *("", "\n \n", "[" * 50_000 + "]" * 50_000, '{"source":"title"}\n' + " " * 1_000_000),
    ],
    ids=["words", "list", "nameless", "number", "targets", "empty", "blank", "deep", "endless"],
)
def test_a_file_that_is_no_mapping_is_a_mistake_of_use(
    empty: CommandLine, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_text(text, encoding="utf-8")
    assert empty("mapping", "check", "--offline", "--file", str(file)).status == 2
    assert empty("mapping", "use", str(file)).status == 2
    assert len(empty("mapping", "show").out.splitlines()) > 40


def test_missing_fields_are_listed_and_defined(with_account: CommandLine) -> None:
    first = with_account("mapping", "check", "--json")
    assert first.status == 1
    assert "approval_status" in {field["external_id"] for field in first.lines[0]["missing"]}
    assert "missing in studio: creator (string)" in with_account("mapping", "check").out
    defined = with_account("mapping", "check", "--create-fields")
    assert defined.status == 0
    assert "all fits and studio" in defined.out
    fields = with_account("metadata", "fields", "--json").lines
    assert "regions" in {field["external_id"] for field in fields}


def test_a_dry_run_prints_what_would_be_sent_and_changes_of_a_copy_are_brought_back(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch, decoder: DecoderPool, tmp_path: Path
) -> None:
    home = tmp_path / "desk"
    monkeypatch.setenv("ASSET_BRIDGE_HOME", str(home / "profile"))
    store = choose_store(profile=home / "profile", passphrase=Secret(PASSPHRASE))
    with open_brand(home, decoder, store) as brand:
        brand.found()
        media = brand.add(
            "a.jpg", iptc={"title": "Dawn", "instructions": "[[rights expires=2099-01-31]]"}
        )
        brand.connect()
        governance = brand.desk.parts.worker.governance
        master = brand.asset("a.jpg").id
        (run,) = governance.dry_run([master])
        told = replace(run.words, metadata={}, context={**run.words.context, "title": "Dusk"})
        brand.deliver("a.jpg", told)
        (printed,) = empty("mapping", "dry-run", master, "--offline", "--json").lines
        assert printed["name"] == "a.jpg"
        assert printed["context"]["title"] == "Dawn"
        assert printed["access_control"][1]["end"] == "2099-02-01T00:00:00Z"
        said = empty("mapping", "dry-run", master).out
        assert "context.title: Dawn" in said
        assert "access: access_type anonymous, end 2099-02-01T00:00:00Z" in said
        assert "title: the copy says: Dusk" in said
        only_told = empty("mapping", "bring-back", master, "--dry-run", "--json").lines
        assert only_told[0]["changes"] == {"title": "Dusk"}
        assert brand.there.media(media).iptc["title"] == "Dawn"
        assert empty("mapping", "bring-back", master).status == 0
        assert brand.there.media(media).iptc["title"] == "Dusk"
