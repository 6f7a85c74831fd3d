"""Local rendering, sets of renditions and presets on the command line."""

import json
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.cli.output import REFUSED
from bridge_app.cli.rendition_arguments import KINDS
from bridge_app.transform.code import Code
from tests.cli.conftest import CommandLine
from tests.desk import picture

FIELDS = [
    "asset",
    "name",
    "preset",
    "market",
    "language",
    "transformation",
    "state",
    "obstacle",
    "detail",
    "against",
    "output",
    "url",
    "width",
    "height",
    "format",
    "bytes",
    "fidelity",
    "reasons",
    "breaches",
]


def test_a_file_is_rendered_and_its_fidelity_told(empty: CommandLine, tmp_path: Path) -> None:
    source = picture(tmp_path / "a.jpg")
    target = tmp_path / "b.webp"
    answer = empty("transform", str(source), "c_fill,w_40,h_30", "-o", str(target), "--json")
    assert answer.status == 0
    (said,) = answer.lines
    assert list(said) == ["output", "width", "height", "format", "bytes", "fidelity", "reasons"]
    assert (said["width"], said["height"], said["format"]) == (40, 30, "webp")
    assert said["bytes"] == target.stat().st_size
    with Image.open(target) as image:
        assert (image.size, image.format) == ((40, 30), "WEBP")


def test_a_wrong_transformation_writes_nothing(empty: CommandLine, tmp_path: Path) -> None:
    source = picture(tmp_path / "a.jpg")
    target = tmp_path / "b.jpg"
    target.write_bytes(b"before")
    assert empty("transform", str(source), "w_abc", "-o", str(target)).status != 0
    assert target.read_bytes() == b"before"


def test_a_set_is_planned_without_writing(command: CommandLine, tmp_path: Path) -> None:
    answer = command(
        "renditions",
        "tall_02.jpg",
        "--set",
        "ready",
        "-o",
        str(tmp_path / "o"),
        "--dry-run",
        "--json",
    )
    assert answer.status == 0
    assert [list(line) for line in answer.lines] == [FIELDS] * 5
    assert {line["state"] for line in answer.lines} == {"planned"}
    assert answer.lines[0]["output"] == str(tmp_path / "o" / "tall_02-hero-1600x900.jpg")
    assert not (tmp_path / "o").exists()


def test_a_set_is_made_into_a_folder(command: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "o"
    words = ("renditions", "tall_02.jpg", "--set", "thumbnail", "--set", "web", "-o", str(out))
    answer = command(*words, "--json")
    assert answer.status == 0, answer.err
    assert [(one["preset"], one["state"]) for one in answer.lines] == [
        ("thumbnail", "written"),
        ("web", "written"),
    ]
    with Image.open(answer.lines[0]["output"]) as image:
        assert image.size == (answer.lines[0]["width"], answer.lines[0]["height"]) == (213, 320)
    again = command(*words, "--json")
    assert again.status == 1
    assert {one["obstacle"] for one in again.lines} == {"file_exists"}
    assert command(*words, "--replace").status == 0


def test_a_table_gives_every_market_its_own(command: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("market,language,headline\nDE,de,Hallo\nFR,fr,Salut\n", encoding="utf-8")
    text = "c_scale,w_60/l_text:Arial_12:$(headline)/fl_layer_apply"
    assert command("presets", "save", "text", text, "--format", "png").status == 0
    answer = command(
        "renditions",
        "tall_02.jpg",
        "--set",
        "text",
        "--table",
        str(table),
        "--template",
        "{market}/{name}.{ext}",
        "-o",
        str(tmp_path / "o"),
        "--json",
    )
    assert answer.status == 0, answer.err
    assert [one["language"] for one in answer.lines] == ["de", "fr"]
    assert (tmp_path / "o" / "FR" / "tall_02.png").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "ready"),
        ("--set", "ready", "-o", "x", "--in-cloud"),
        ("-o", "x"),
        ("--set", "ready", "-o", "x", "--template", "../{name}"),
        ("--set", "ready", "-o", "x", "--template", "{nam}"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_usage(command: CommandLine, words: tuple[str, ...]) -> None:
    assert command("renditions", "tall_02.jpg", *words).status == 2


def test_a_set_nobody_knows_is_told(command: CommandLine, tmp_path: Path) -> None:
    answer = command("renditions", "tall_02.jpg", "--set", "nope", "-o", str(tmp_path))
    assert answer.status == 1
    assert "nope" in answer.err


def test_code_is_given_out_through_the_gate(with_account: CommandLine) -> None:
    assert tuple(KINDS) == tuple(Code)
    assert with_account("approve", "tall_02.jpg").status == 0
    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    url = with_account("code", "tall_02.jpg", "web", "--as", "url")
    assert url.status == 0
    assert "/c_limit,h_1200,w_1200/q_auto/v" in url.out
    told = with_account("code", "tall_02.jpg", "web", "--json").lines
    found = {one["kind"]: one["code"] for one in told}
    assert set(found) == set(Code) - {Code.VIDEO_PLAYER}
    assert url.out.strip() in found["html"]
    assert 'alt="tall_02"' in found["html"], "a picture without a title is no file to its readers"
    assert with_account("code", "tall_02.jpg", "web", "--as", "video_player").status == 2
    for measured in ("here", "cloudinary"):
        offered = with_account("code", "tall_02.jpg", "web", "--as", "html", "--widths", measured)
        assert offered.status == 0, offered.err
        assert "c_scale,w_50/" in offered.out
        assert " 50w" in offered.out
    with_account("reject", "tall_02.jpg")
    assert with_account("code", "tall_02.jpg", "web").status == 3


def test_in_the_cloud_through_the_gate(with_account: CommandLine) -> None:
    cloud = ("renditions", "tall_02.jpg", "--set", "thumbnail", "--in-cloud", "--json")
    (held,) = with_account(*cloud).lines
    assert (held["state"], held["obstacle"]) == ("held_back", "not_pushed")
    assert with_account("approve", "tall_02.jpg").status == 0
    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    answer = with_account(*cloud)
    assert answer.status == 0, answer.err
    assert answer.lines[0]["state"] == "made"
    assert "c_fit,h_320,w_320" in answer.lines[0]["url"]
    (affected,) = with_account("presets", "affected", "thumbnail", "--json").lines
    assert affected["url"] == answer.lines[0]["url"]
    changed = with_account("presets", "save", "thumbnail", "c_fit,w_100")
    assert changed.status == 1
    assert answer.lines[0]["url"] in changed.out
    assert with_account("presets", "save", "thumbnail", "c_fit,w_100", "--replace").status == 0
    with_account("reject", "tall_02.jpg")
    refused = with_account(*cloud)
    assert refused.status == 3
    assert refused.lines[0]["obstacle"] == "gate"


def test_presets_travel_as_json(command: CommandLine, tmp_path: Path) -> None:
    saved = command(
        "presets",
        "save",
        "ours",
        "c_fill,h_9,w_9",
        *("--title", "Ours", "--format", "jpg", "--channel", "web", "--market", "DE"),
        *("--language", "de", "--width", "9", "--height", "9"),
    )
    assert saved.status == 0
    assert command("presets", "export", "ours", "-o", "p.json").status == 0
    (told,) = json.loads((tmp_path / "p.json").read_text())["presets"]
    assert told["contract"] == {"exact": True, "width": 9, "height": 9}
    assert command("presets", "remove", "ours").status == 0
    listed = command("presets", "list", "--json").lines
    assert "ours" not in [one["name"] for one in listed]
    assert {one["kind"] for one in listed} == {"preset", "set"}
    assert command("presets", "import", "p.json").status == 0
    assert "ours" in [one["name"] for one in command("presets", "list", "--json").lines]
    told["transformation"] = "w_1"
    (tmp_path / "q.json").write_text(
        json.dumps({"kind": "asset-bridge/presets", "version": 1, "presets": [told]})
    )
    assert command("presets", "import", "q.json").status == 1
    assert command("presets", "import", "q.json", "--replace").status == 0


def test_a_bad_document_is_usage_and_names_the_place(command: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"kind": "asset-bridge/presets", "version": 1, "presets": 5}')
    answer = command("presets", "import", "p.json")
    assert answer.status == 2
    assert "presets: it has to be a list" in answer.err


def test_presets_and_named_transformations_are_matched(with_account: CommandLine) -> None:
    assert with_account("presets", "send", "hero", "story").status == 0
    found = {one["name"]: one for one in with_account("presets", "named", "--json").lines}
    assert found["hero"]["match"] == "same"
    assert found["web"]["match"] == "only_here"
    assert with_account("presets", "save", "hero", "w_5").status == 0
    assert with_account("presets", "send", "hero").status == 2
    assert with_account("presets", "take", "hero").status == 2
    assert with_account("presets", "take", "t_hero", "--replace").status == 0
    found = {one["name"]: one for one in with_account("presets", "named", "--json").lines}
    assert found["hero"]["match"] == "same"
    assert with_account("presets", "take", "nothing").status == 1


def test_what_is_pushed_and_approved_is_published_once(with_account: CommandLine) -> None:
    words = ("publish", "--set", "thumbnail", "--json")
    assert with_account(*words).lines == []
    assert with_account("approve", "tall_02.jpg").status == 0
    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    assert [one["state"] for one in with_account(*words, "--dry-run").lines] == ["planned"]
    answer = with_account(*words, "--wait")
    assert answer.status == 0, answer.err
    (said,) = answer.lines
    assert (said["name"], said["preset"], said["state"]) == ("tall_02.jpg", "thumbnail", "made")
    assert said["url"]
    assert with_account("reject", "tall_02.jpg").status == 0
    held = with_account("publish", "tall_02.jpg", "--set", "thumbnail", "--json", "--wait")
    assert held.status == REFUSED
    assert [one["obstacle"] for one in held.lines] == ["gate"]
