"""Review packs on the command line: written, and what comes back of them recorded once."""

import json
from pathlib import Path

from tests.cli.conftest import CommandLine
from tests.packs import verdict_document

ASSETS = ("spring/hero.jpg", "tall_02.jpg")


def written(command: CommandLine, target: Path) -> tuple[str, list[dict[str, str]]]:
    answer = command("review", "pack", *ASSETS, "--set", "thumbnail", "-o", str(target), "--json")
    assert answer.status == 0, answer.err
    (told,) = answer.lines
    assert list(told) == ["pack", "output", "pictures", "left_out", "as_pictures"]
    page = (target / "index.html").read_text("utf-8")
    data = page.partition('id="pack">')[2].partition("</script>")[0]
    items = json.loads(data)["items"]
    assert told["pictures"] == len(items)
    return told["pack"], items


def back(folder: Path, pack: str, items: list[dict[str, str]], approval: str) -> Path:
    lines = [
        {
            "key": item["key"],
            "content": item["content"],
            "transformation": item["transformation"],
            "picture": item["sha256"],
            "verdict": approval,
            "given_at": 7,
        }
        for item in items
    ]
    path = folder / "verdicts.json"
    path.write_bytes(verdict_document(pack, lines))
    return path


def test_a_pack_goes_out_and_its_verdicts_come_back_once(
    command: CommandLine, tmp_path: Path
) -> None:
    pack, items = written(command, tmp_path / "out")
    path = back(tmp_path, pack, items, "approved")
    looked = command("review", "import", str(path), "--dry-run", "--json")
    assert looked.status == 0
    assert [line["state"] for line in looked.lines] == ["new"] * len(items)
    assert list(looked.lines[0]) == [
        "asset",
        "name",
        "preset",
        "transformation",
        "verdict",
        "note",
        "comments",
        "state",
        "hindrance",
    ]
    recorded = command("review", "import", str(path))
    assert recorded.status == 0
    assert "signed “Ines (review pack)”" in recorded.out
    again = command("review", "import", str(path))
    assert again.status == 1
    assert "on record already" in again.err


def test_a_pack_takes_either_assets_or_a_request(command: CommandLine, tmp_path: Path) -> None:
    assert command("review", "pack", "-o", str(tmp_path / "out")).status == 2


def test_a_request_is_handed_out_as_it_was_asked(command: CommandLine, tmp_path: Path) -> None:
    asked = command("review", "request", *ASSETS, "--title", "Spring", "--json").lines[0]
    target = tmp_path / "spring.zip"
    answer = command("review", "pack", "--request", asked["id"], "-o", str(target), "--json")
    assert answer.status == 0, answer.err
    assert answer.lines[0]["pictures"] == len(ASSETS)
    assert target.is_file()


def test_what_is_no_verdict_file_is_refused(command: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}", "utf-8")
    answer = command("review", "import", str(path))
    assert answer.status == 2
    assert "Nothing was recorded" in answer.err
