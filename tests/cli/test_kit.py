"""Kits and channels on the command line."""

import json
from pathlib import Path

from tests.cli.conftest import CommandLine


def test_kits_are_listed_shown_kept_and_deleted(empty: CommandLine) -> None:
    listed = empty("kit", "list", "--json").lines
    assert [one["name"] for one in listed][:2] == ["email", "cms-page"]
    words = ("--preset", "card", "--preset", "thumbnail", "--limit", "80", "--limit", "card=60")
    assert empty("kit", "save", "shop", *words, "--title", "Shop").status == 0
    (shown,) = empty("kit", "show", "shop", "--json").lines
    assert shown["limits"] == [
        {"preset": "", "format": "", "most_bytes": 80_000},
        {"preset": "card", "format": "", "most_bytes": 60_000},
    ]
    assert "at most 60 kB" in empty("kit", "show", "shop").out
    assert empty("kit", "save", "shop", "--limit", "much").status == 2
    assert empty("kit", "save", "shop", "--preset", "nowhere").status == 1
    assert empty("kit", "remove", "shop").status == 0
    assert empty("kit", "show", "shop").status == 1


def test_a_kit_is_weighed_and_exported_through_the_gate(
    command: CommandLine, tmp_path: Path
) -> None:
    assert command("kit", "save", "small", "--preset", "thumbnail", "--limit", "0.1").status == 0
    answer = command("kit", "check", "small", "tall_02.jpg", "--json")
    assert answer.status == 1
    (told,) = answer.lines
    assert told["over_bytes"] == told["bytes"] - 100
    assert told["against"]
    target = tmp_path / "small.zip"
    words = ("kit", "export", "small", "tall_02.jpg", "-o", str(target))
    assert command(*words, "--dry-run").status == 3
    assert command("approve", "tall_02.jpg").status == 0
    answer = command(*words, "--json")
    assert answer.status == 0, answer.err
    assert [one["state"] for one in answer.lines] == ["written"]
    assert target.is_file()
    places = command("places", "tall_02.jpg", "--json").lines
    assert [one["kind"] for one in places] == ["kit"]
    assert command(*words).status == 1


def test_settings_of_a_channel_are_kept_bit_by_bit(empty: CommandLine) -> None:
    assert [one["kept"] for one in empty("channel", "list", "--json").lines] == [False] * 3
    words = ("channel", "save", "shop", "--json")
    (one,) = empty(*words, "--optimise", "--storage", "reference").lines
    assert (one["format"], one["placeholder"], one["storage"]) == ("auto", "blur", "reference")
    (one,) = empty(*words, "--format", "none", "--no-lazy", "--plugin-folder", "/wp/").lines
    assert (one["format"], one["lazy"], one["quality"]) == ("", False, "auto")
    assert one["plugin_folders"] == ["wp"]
    (one,) = empty(*words, "--breakpoints", "300,900,4").lines
    assert one["breakpoints"] == {"narrowest": 300, "widest": 900, "most": 4}
    assert empty(*words, "--breakpoints", "900,300,4").status == 2
    assert json.loads(empty("channel", "list", "--json").out.splitlines()[0])["kept"]
    assert empty("channel", "remove", "shop").status == 0
    assert empty("channel", "remove", "shop").status == 1
