"""What masters say is edited, shown, exported and imported from the command line."""

import json
from pathlib import Path

import pytest

from bridge_app.cli.metadata_page import page
from bridge_app.media.decoder_pool import DecoderPool
from tests.cli.conftest import CommandLine
from tests.desk import Desk, picture

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "metadata.md"


@pytest.fixture
def profile(command: CommandLine) -> CommandLine:
    """The stocked profile; without `--wait` nothing is written into its masters."""
    return command


def record(command: CommandLine, name: str = "tall_02.jpg") -> dict[str, object]:
    (line,) = command("metadata", "show", name, "--json").lines
    fields = line["fields"]
    assert isinstance(fields, dict)
    return {key: value for key, value in fields.items() if key != "software"}


def test_an_edit_is_written_into_the_file_and_told_with_its_history(
    empty: CommandLine, tmp_path: Path, decoder: DecoderPool
) -> None:
    desk = Desk(tmp_path, sandbox=None, decoder=decoder)
    picture(desk.folder / "tall_02.jpg", seed=3)
    desk.open()
    desk.library()
    desk.close()
    words = ["--set", "title=Tall", "--set", "alt_text[de]=Hoch", "--add", "keywords=sea"]
    planned = empty("edit", "tall_02.jpg", *words, "--add-tag", "dune", "--dry-run", "--json")
    assert {line["field"]: line["to"] for line in planned.lines} == {
        "standard.alt_text[de]": "Hoch",
        "standard.keywords": ["dune", "sea"],
        "standard.title": "Tall",
    }
    assert record(empty) == {}
    (empty.masters / "tall_02.jpg").chmod(0o444)
    refused = empty("edit", "tall_02.jpg", *words, "--wait")
    assert (refused.status, "read-only" in refused.err) == (1, True)
    (empty.masters / "tall_02.jpg").chmod(0o644)
    assert empty("metadata", "retry", "tall_02.jpg", "--wait").status == 0
    assert record(empty) == {"title": "Tall", "alt_text[de]": "Hoch", "keywords": ["sea"]}
    assert b"Hoch" in (empty.masters / "tall_02.jpg").read_bytes()
    assert empty("edit", "tall_02.jpg", "--set", "Title=", "--remove", "tags=sea").status == 0
    assert record(empty) == {"alt_text[de]": "Hoch"}
    assert "  alt_text[de]: Hoch\n" in empty("metadata", "show", "tall_02.jpg").out
    told = empty("metadata", "history", "tall_02.jpg", "--field", "title", "--json").lines
    assert [(line["from"], line["to"], line["state"]) for line in told] == [
        (None, "Tall", "delivered"),
        ("Tall", None, "pending"),
    ]

    # It is said already, and still waits.
    assert empty("edit", "tall_02.jpg", "--remove", "tags=sea", "--wait").status == 0
    told = empty("metadata", "history", "tall_02.jpg", "--field", "title", "--json").lines
    assert [line["state"] for line in told] == ["delivered", "delivered"]


def test_a_template_is_kept_applied_and_exchanged(profile: CommandLine, tmp_path: Path) -> None:
    rows = ["--set", "title={name} {counter:2}", "--add", "keywords=spring", "--fill", "city=Oslo"]
    assert profile("template", "save", "Agency", *rows).status == 0
    assert profile("template", "show").out == "Agency  title, keywords, city\n"
    planned = profile(
        "edit", "tall_02.jpg", "--template", "Agency", "--set", "city=Bergen", "--dry-run"
    )
    assert "title: (nothing) → tall_02 01" in planned.out
    assert "city: (nothing) → Bergen" in planned.out
    document = tmp_path / "templates.json"
    assert profile("template", "export", "-o", str(document)).status == 0
    assert profile("template", "remove", "Agency").status == 0
    assert profile("template", "import", str(document)).status == 0
    (kept,) = profile("template", "show", "--json").lines
    assert json.loads(document.read_text(encoding="utf-8"))["templates"] == [kept]
    assert "city  fill  Oslo\n" in profile("template", "show", "Agency").out
    broken = profile("template", "save", "Bad", "--set", "title={colour}")
    assert (broken.status, "at character 1: there is no {colour}" in broken.err) == (2, True)
    assert "{gps.city}\n" in profile("template", "variables").out


def test_a_vocabulary_is_kept_completed_and_closed(profile: CommandLine, tmp_path: Path) -> None:
    words = tmp_path / "Places.txt"
    words.write_text("Norway\n\tBergen\n\t\t{Bjorgvin}\n", encoding="utf-8")
    assert profile("vocabulary", "import", str(words), "--closed").status == 0
    assert profile("vocabulary", "show").out == "Places  keywords  closed\n"
    (found,) = profile("vocabulary", "show", "--complete", "bj", "--json").lines
    assert found == {"word": "Bergen", "path": "Norway|Bergen", "typed": "Bjorgvin"}
    refused = profile("edit", "tall_02.jpg", "--add", "keywords=mist")
    assert (refused.status, "“mist”" in refused.err) == (2, True)
    planned = profile("edit", "tall_02.jpg", "--add", "keywords=bjorgvin", "--dry-run", "--json")
    assert {line["field"]: line["to"] for line in planned.lines} == {
        "standard.keywords": ["Bergen", "Bjorgvin", "Norway"],
        "standard.keyword_paths": ["Norway|Bergen"],
    }
    table = tmp_path / "table.csv"
    table.write_text("File,Title,Keywords\ntall_02.jpg,Tall,bjorgvin; mist\n", encoding="utf-8")
    for asked in (
        ["edit", "tall_02.jpg", "--set", "title=Tall", "--add", "keywords=mist", "--dry-run"],
        ["edit", "tall_02.jpg", "--set", "keywords=Bergen, mist"],
        ["metadata", "import", str(table)],
    ):
        assert (profile(*asked).status, record(profile)) == (2, {})
    copy = tmp_path / "copy.txt"
    assert profile("vocabulary", "export", "Places", "-o", str(copy)).status == 0
    assert copy.read_bytes() == words.read_bytes()
    assert profile("vocabulary", "remove", "Places").status == 0
    assert profile("edit", "tall_02.jpg", "--add", "keywords=mist").status == 0


def test_a_table_is_exported_edited_and_imported(profile: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    words = ["--fields", "title,keywords", "--separator", "tab", "-o", str(table)]
    assert profile("metadata", "export", *words).status == 0
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5
    edited = [lines[0], "tall_02.jpg\t\tTall\tsea, dune", "spring/hero.jpg\t\tHero\t"]
    table.write_text("\n".join(edited), encoding="utf-16")
    answer = profile("metadata", "import", str(table), "--json")
    assert {(line["name"], line["field"]): line["to"] for line in answer.lines} == {
        ("hero.jpg", "standard.title"): "Hero",
        ("tall_02.jpg", "standard.keywords"): ["dune", "sea"],
        ("tall_02.jpg", "standard.title"): "Tall",
    }
    assert record(profile) == {"title": "Tall", "keywords": ["dune", "sea"]}
    table.write_text("File,Title,Rating\nhero.jpg,A,\ntall_02.jpg,,9\ntall_02.jpg,B,\n")
    refused = profile("metadata", "import", str(table))
    assert refused.status == 2
    assert refused.err.splitlines()[:3] == [
        "line 2: “hero.jpg” could be any of 2 assets.",
        "line 3, rating: it is a number from -1 to 5.",
        "line 4: line 3 is about the same asset.",
    ]
    assert profile("metadata", "import", str(table), "--skip-faulty").status == 1
    assert profile("metadata", "export", "tall_02.jpg", "--fields", "all").out.count(",") == 6


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["edit", "tall_02.jpg", "--set", "colour=red"], "“colour”"),
        (["edit", "tall_02.jpg", "--set", "rating=9"], "from -1 to 5"),
        (["edit", "tall_02.jpg", "--add", "title=x"], "no set of words"),
        (["edit", "tall_02.jpg", "--set", "camera_make=x"], "Camera maker"),
        (["metadata", "import", "nowhere.csv"], "nowhere.csv"),
        (["edit", "tall_02.jpg", "--template", "None"], "None"),
    ],
)
def test_what_cannot_be_meant_is_refused(profile: CommandLine, words: list[str], why: str) -> None:
    answer = profile(*words)
    assert (answer.status in (1, 2), why.casefold() in answer.err.casefold()) == (True, True)
    assert record(profile) == {}


def test_the_standard_fields_are_listed(profile: CommandLine) -> None:
    lines = profile("metadata", "fields", "--standard", "--json").lines
    title = next(line for line in lines if line["id"] == "title")
    assert (title["xmp"], title["iim"], title["by_language"]) == ("dc:title", "2:05", True)
    assert "rating  Rating  whole\n" in profile("metadata", "fields", "--standard").out


def test_the_page_in_the_documentation_is_the_table_of_the_program() -> None:
    assert DOCUMENTATION.read_text(encoding="utf-8") == page()
