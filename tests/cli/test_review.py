"""Reviews on the command line: asked for, answered, said, marked."""

import io
import sys

import pytest

from tests.cli.conftest import CommandLine

HERO, TALL = "spring/hero.jpg", "tall_02.jpg"


def type_in(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


def test_a_request_is_made_listed_decided_and_closed(command: CommandLine) -> None:
    asked = command(
        *("review", "request", HERO, TALL, "--title", "Spring", "--set", "social-square"),
        *("--master", "--reviewer", "Brand", "--due", "2031-01-31", "--json"),
    )
    assert asked.status == 0
    (made,) = asked.lines
    assert (made["title"], made["reviewers"], made["overdue"]) == ("Spring", ["brand"], False)
    assert [item["preset"] for item in made["items"]] == [None, "social-square"] * 2
    assert made["due"].startswith("2031-02-01T00:00:00")

    queue = command("review", "queue", "--who", "Kim (brand)", "--json").lines
    assert [(one["name"], one["preset"]) for one in queue] == [
        ("hero.jpg", None),
        ("hero.jpg", "social-square"),
        ("tall_02.jpg", None),
        ("tall_02.jpg", "social-square"),
    ]
    assert command("review", "queue", "--who", "legal").out == ""
    assert command("reject", HERO).status == 0

    start = made["id"][:6]
    rest = ("review", "approve-rest", start)
    shown = command(*rest, "--dry-run", "--json")
    assert (len(shown.lines), "3 would be approved" in shown.err) == (3, True)
    assert (command(*rest).status, command(*rest, "--yes").status) == (2, 0)
    (listed,) = command("review", "list", "--json").lines
    assert listed["counts"] == {
        "total": 4,
        "undecided": 0,
        "approved": 3,
        "changes_requested": 0,
        "rejected": 1,
        "gone": 0,
    }
    decided = command("review", "queue", "--request", start, "--json").lines
    assert [one["approval"] for one in decided] == ["rejected", *["approved"] * 3]

    assert command("review", "close", start).status == 0
    assert command("review", "list").out == ""
    assert "0 of 4 undecided, for brand" in command("review", "list", "--all").out


def test_a_date_that_is_none_is_a_usage_error(command: CommandLine) -> None:
    for due in ("soon", "2026-02-30", "9999-12-31"):
        said = command("review", "request", HERO, "--title", "Spring", "--due", due)
        assert (said.status, "due date" in said.err) == (2, True)
    assert command("review", "list", "--all").out == ""


def test_an_overdue_request_says_so(command: CommandLine) -> None:
    late = ("--title", "Late", "--due", "2020-01-31T18:00+01:00")
    assert "(overdue)" in command("review", "request", HERO, *late).out
    assert "(overdue)" in command("review", "queue").out


def test_a_request_that_is_not_there_is_not_found(command: CommandLine) -> None:
    for words in (("close", "abc"), ("approve-rest", ""), ("queue", "--request", "abc")):
        assert command("review", *words).status == 1


def test_comments_are_said_listed_and_settled(command: CommandLine) -> None:
    begun = command(
        *("review", "comment", HERO, "Lighter, @legal?", "--region", "0.1,0.2,0.3,0.4"),
        *("--rendition", "social-square", "--json"),
    )
    (said,) = begun.lines
    assert said["place"] == {"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4}
    assert said["mentions"] == ["legal"]
    start = said["thread"][:8]
    assert command("review", "comment", HERO, "Yes", "--thread", start).status == 0
    (thread,) = command("review", "comments", HERO, "--json").lines
    assert [one["text"] for one in thread["comments"]] == ["Lighter, @legal?", "Yes"]
    assert command("review", "comments", HERO, "--rendition", "").out == ""
    people = command("review", "comments", "--mentions", "Kim (Legal)").out
    assert "open of hero.jpg → " in people
    assert "10%, 20%, 30% × 40%" in people

    assert command("review", "resolve", start).status == 0
    assert command("review", "comments", HERO, "--open").out == ""
    assert "resolved by" in command("review", "comments", HERO).out
    assert "is open" in command("review", "reopen", start).err


def test_a_comment_is_pinned_where_the_command_says(command: CommandLine) -> None:
    places = {
        ("--point", "0.5,1"): {"x": 0.5, "y": 1.0},
        ("--time", "12.5"): {"seconds": 12.5},
        (): None,
    }
    for words, told in places.items():
        (said,) = command("review", "comment", HERO, "Here", *words, "--json").lines
        assert said["place"] == told


def test_a_place_that_cannot_be_is_a_usage_error(command: CommandLine) -> None:
    for words in ("--point 0.5", "--point a,b", "--point 2,0", "--region 0,0,0,0", "--time -1"):
        assert command("review", "comment", HERO, "Here", *words.split()).status == 2
    assert command("review", "comments", HERO).out == ""


def test_a_long_text_comes_by_standard_input(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "Grün\nund hell".encode())
    (said,) = command("review", "comment", HERO, "-", "--json").lines
    assert said["text"] == "Grün\nund hell"


def test_what_cannot_be_said_is_refused_and_nothing_is_kept(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for raw in (b"x" * 102_400, b"\xff\xfe", b" \n"):
        type_in(monkeypatch, raw)
        said = command("review", "comment", HERO, "-")
        assert (said.status, "The comment was not saved" in said.err) == (2, True)
    assert command("review", "comments", HERO).out == ""


def test_a_comment_cannot_move_the_terminal(command: CommandLine) -> None:
    assert command("review", "comment", HERO, "\x1b[2J\u202egpj\nsecond line").status == 0
    out = command("review", "comments", HERO).out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "    second line\n" in out


def test_assets_are_rated_and_labelled(command: CommandLine) -> None:
    marked = command("review", "mark", HERO, TALL, "--rating", "4", "--label", "green", "--json")
    assert [(one["rating"], one["label"]) for one in marked.lines] == [(4, "green")] * 2
    (taken,) = command("review", "mark", HERO, "--label", "none", "--json").lines
    assert (taken["rating"], taken["label"]) == (4, None)
    assert command("review", "mark", HERO).status == 2
    assert command("review", "mark", HERO, "--rating", "6").status == 2


def test_comments_of_nothing_and_mentions_of_nobody_are_usage_errors(
    command: CommandLine,
) -> None:
    assert command("review", "comments").status == 2
    assert command("review", "comments", HERO, "--mentions").status == 2
