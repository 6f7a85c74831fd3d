"""`review stale`, `difference`, `disagreements` and `moderation` at the terminal."""

from pathlib import Path

from PIL import Image

from tests.cli.conftest import CommandLine

HERO = "spring/hero.jpg"


def test_what_has_to_be_looked_at_again_is_listed_with_its_reason(
    command: CommandLine, tmp_path: Path
) -> None:
    command("presets", "save", "mine", "c_fill,h_90,w_160")
    command("approve", HERO)
    assert command("approve", HERO, "--rendition", "mine").status == 0
    listed = command("review", "stale", "--json")
    assert (listed.status, listed.lines) == (0, [])
    assert "0 to look at again; 2 approvals still hold." in listed.err
    command("presets", "save", "mine", "c_fill,g_north,h_90,w_160", "--replace")
    (one,) = command("review", "stale", "--json").lines
    assert (one["name"], one["preset"], one["why"]) == ("hero.jpg", "mine", "preset")
    assert one["transformation"] == "c_fill,g_north,h_90,w_160"
    shown = command("review", "stale", "--scores")
    assert "hero.jpg through mine: its preset was changed (" in shown.out
    assert "1 to look at again; 1 approvals still hold." in shown.err
    out = tmp_path / "differs.jpg"
    (told,) = command(
        "review", "difference", HERO, "--rendition", "mine", "-o", str(out), "--json"
    ).lines
    assert 0 <= told["pixels"] <= 1
    assert 0 <= told["perceptual"] <= 1
    with Image.open(out) as shown_picture:
        assert shown_picture.size == (160, 90)


def test_what_was_never_approved_is_compared_with_nothing(command: CommandLine) -> None:
    answer = command("review", "difference", HERO)
    assert answer.status == 1
    assert "Nothing of it was approved before" in answer.err


def test_there_are_no_disagreements_and_nothing_is_moderated_at_first(command: CommandLine) -> None:
    for action in ("disagreements", "moderation"):
        answer = command("review", action, "--json")
        assert (answer.status, answer.lines) == (0, [])
