"""Libraries, assets and verdicts on the command line, with the names that scripts rely on."""

import shutil
from pathlib import Path

import pytest

from bridge_app import __version__
from tests.cli.conftest import CommandLine, in_a_process
from tests.desk import picture

ASSET_FIELDS = [
    *("id", "library", "path", "name", "kind", "format", "bytes", "width", "height"),
    *("orientation", "duration", "sha256", "md5", "title", "caption", "keywords", "creator"),
    *("rating", "approval", "rights", "taken_at", "modified_at", "error", "cloud"),
    *("restrictions", "shelter"),
]
NOBODY = "no-such-asset.jpg"


def test_the_module_runs_as_a_program() -> None:
    process = in_a_process("--version")
    out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (0, f"Asset Bridge {__version__}\n", "")


def test_a_profile_that_is_new_lists_nothing_and_is_no_error(tmp_path: Path) -> None:
    process = in_a_process("library", "list", "--json", ASSET_BRIDGE_HOME=str(tmp_path / "new"))
    out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (0, "", "")
    assert (tmp_path / "new" / "ledger.db").is_file()


def test_a_reader_that_closes_the_pipe_early_is_no_trouble(stocked: Path) -> None:
    process = in_a_process("search", "--json", ASSET_BRIDGE_HOME=str(stocked / "profile"))
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.stderr.read() == ""
    assert process.wait(timeout=30) == 0
    process.stderr.close()


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("library",),
        ("library", "add"),
        ("show",),
        ("approve",),
        ("jobs", "--limit", "many"),
        ("retry", "one"),
        ("sandbox", "--port", "70000"),
        ("sandbox", "--folder-mode", "flat"),
        ("transform", "a.jpg", "w_10"),
        ("push",),
        ("push", "a.jpg", "--approved"),
    ],
)
def test_words_that_make_no_command_end_with_2(empty: CommandLine, words: tuple[str, ...]) -> None:
    answer = empty(*words)

    assert answer.status == 2
    assert answer.out == ""
    assert answer.err


def test_a_folder_is_added_listed_looked_through_again_and_removed(empty: CommandLine) -> None:
    picture(empty.masters / "one.jpg", seed=1)
    (empty.masters / "locked").symlink_to(empty.masters / "nowhere")

    added = empty("library", "add", str(empty.masters))
    assert (added.status, added.out) == (0, "masters: 1 assets, 1 skipped.\n")
    assert "skipped: locked: " in added.err

    [listed] = empty("library", "list", "--json").lines
    assert list(listed) == ["id", "name", "kind", "location", "assets", "shelter"]
    assert (listed["name"], listed["location"]) == ("masters", str(empty.masters))
    assert listed["assets"] == 1

    picture(empty.masters / "two.jpg", seed=2)
    assert empty("library", "sync", "masters").status == 0
    assert empty("library", "list", "--json").lines == [{**listed, "assets": 2}]
    assert "2 assets" in empty("library", "list").out

    assert empty("library", "remove", "masters").status == 0
    assert empty("library", "list", "--json").out == ""
    assert empty("search", "--json").out == ""
    assert sorted(file.name for file in empty.masters.glob("*.jpg")) == ["one.jpg", "two.jpg"]


def test_a_folder_added_twice_is_one_library(command: CommandLine) -> None:
    before = command("library", "list", "--json").lines

    assert command("library", "add", str(command.masters)).status == 0
    assert command("library", "list", "--json").lines == before


def test_a_folder_that_is_none_ends_with_2(empty: CommandLine) -> None:
    answer = empty("library", "add", str(empty.masters / "nowhere"))

    assert answer.status == 2
    assert "it is not a folder" in answer.err


@pytest.mark.parametrize("action", ["sync", "remove"])
def test_a_library_that_is_not_known_ends_with_1(command: CommandLine, action: str) -> None:
    answer = command("library", action, "winter")

    assert answer.status == 1
    assert answer.err == "The library winter was not found.\n"


def test_an_asset_as_json_has_the_stable_names(command: CommandLine) -> None:
    found = command("search", "tall", "--json")
    [asset] = found.lines

    assert found.status == 0
    assert list(asset) == ASSET_FIELDS
    assert list(asset["rights"]) == ["state", "from", "until"]
    assert (asset["path"], asset["name"]) == ("tall_02.jpg", "tall_02.jpg")
    assert (asset["kind"], asset["format"]) == ("image", "jpeg")
    assert (asset["width"], asset["height"], asset["orientation"]) == (60, 90, 1)
    assert (asset["approval"], asset["cloud"], asset["error"]) == ("draft", None, None)
    assert (asset["keywords"], asset["duration"]) == ([], None)
    assert asset["bytes"] == (command.masters / "tall_02.jpg").stat().st_size
    assert command("show", "tall_02.jpg", "--json").lines == [asset]


def test_rights_are_told_with_their_dates(command: CommandLine) -> None:
    rights = command.asset("lapsed.jpg")["rights"]

    assert rights["state"] == "ended"
    assert rights["from"] is None
    assert rights["until"].startswith("2001-02-0")


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ((), {"spring/hero.jpg", "autumn/hero.jpg", "tall_02.jpg", "lapsed.jpg"}),
        (("ER",), {"spring/hero.jpg", "autumn/hero.jpg"}),
        (("_02",), {"tall_02.jpg"}),
        (("nothing", "like", "it"), set()),
    ],
)
def test_any_part_of_a_name_is_found(
    command: CommandLine, words: tuple[str, ...], paths: set[str]
) -> None:
    answer = command("search", *words, "--json")

    assert answer.status == 0
    assert {asset["path"] for asset in answer.lines} == paths


def test_people_read_one_line_for_each_asset(command: CommandLine) -> None:
    lines = command("search", "tall").out.splitlines()

    assert len(lines) == 1
    assert "tall_02.jpg" in lines[0]
    assert "60×90" in lines[0]
    assert "draft" in lines[0]


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        ("approve", "approved"),
        ("reject", "rejected"),
        ("request-changes", "changes_requested"),
    ],
)
def test_a_verdict_is_kept_with_its_comment(command: CommandLine, verdict: str, state: str) -> None:
    answer = command(verdict, "tall_02.jpg", "--comment", "Seen in print.")

    assert answer.status == 0
    assert command.asset("tall_02.jpg")["approval"] == state
    history = command("show", "tall_02.jpg").out.splitlines()[-1]
    assert history.endswith(f"{state}: Seen in print.")


def test_assets_are_named_by_id_its_beginning_path_file_or_name(command: CommandLine) -> None:
    wanted = command.asset("spring/hero.jpg")
    file = command.masters / "spring" / "hero.jpg"

    for name in (wanted["id"], wanted["id"][:8], "spring/hero.jpg", str(file)):
        assert command("show", name, "--json").lines == [wanted], name
    assert command("show", "tall_02.jpg", "--json").lines == [command.asset("tall_02.jpg")]


def test_several_assets_are_decided_at_once(command: CommandLine) -> None:
    answer = command("approve", "spring/hero.jpg", "autumn/hero.jpg", "tall_02.jpg")

    assert answer.status == 0
    assert "3 recorded: approved." in answer.err
    states = {asset["path"]: asset["approval"] for asset in command("search", "--json").lines}
    assert [path for path, state in states.items() if state != "approved"] == ["lapsed.jpg"]


def test_a_name_that_several_have_decides_nothing(command: CommandLine) -> None:
    answer = command("approve", "tall_02.jpg", "hero.jpg")

    assert answer.status == 1
    assert "hero.jpg could be any of 2 assets" in answer.err
    assert {asset["approval"] for asset in command("search", "--json").lines} == {"draft"}


def test_the_whole_path_of_a_file_at_the_top_tells_it_from_its_namesakes(
    empty: CommandLine,
) -> None:
    picture(empty.masters / "hero.jpg", seed=1)
    picture(empty.masters / "spring" / "hero.jpg", seed=2)
    empty("library", "add", str(empty.masters))

    assert [asset["path"] for asset in empty("show", "hero.jpg", "--json").lines] == ["hero.jpg"]


@pytest.mark.parametrize("verb", ["show", "approve", "reject", "request-changes"])
def test_an_asset_that_is_not_there_ends_with_1(command: CommandLine, verb: str) -> None:
    answer = command(verb, NOBODY)

    assert (answer.status, answer.out) == (1, "")
    assert answer.err == f"{NOBODY} was not found.\n"


def test_an_original_is_never_written_to(command: CommandLine, tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in command.masters.rglob("*.jpg")}

    command("approve", *(file.as_posix() for file in before))
    command("library", "sync")

    assert {file: file.read_bytes() for file in command.masters.rglob("*.jpg")} == before


def test_a_copied_profile_is_a_profile(command: CommandLine, tmp_path: Path) -> None:
    command("approve", "tall_02.jpg")
    shutil.rmtree(command.profile / "logs", ignore_errors=True)
    for cache in ("catalog.db", "thumbs.db"):
        for file in command.profile.glob(f"{cache}*"):
            file.unlink()

    assert command("library", "sync").status == 0
    assert command.asset("tall_02.jpg")["approval"] == "approved"


def test_a_look_that_cannot_reach_its_folder_ends_with_1_and_forgets_nothing(
    empty: CommandLine,
) -> None:
    picture(empty.masters / "one.jpg", seed=1)
    empty("library", "add", str(empty.masters))
    away = empty.masters.rename(empty.masters.with_name("away"))
    answer = empty("library", "sync")

    assert "cannot be reached" in answer.err
    assert [asset["path"] for asset in empty("search", "--json").lines] == ["one.jpg"]
    assert answer.status == 1
    away.rename(empty.masters)
    assert empty("library", "sync").status == 0


def test_a_name_is_no_order_to_the_terminal(empty: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    picture(folder / "\x1b]0;owned\x07red\x1b[31m.jpg")
    assert empty("library", "add", str(folder)).status == 0
    shown = empty("search").out
    assert "red" in shown
    assert not {"\x1b", "\x07"} & set(shown)
    report = empty("report", "missing-metadata").out
    assert "red" in report
    assert not {"\x1b", "\x07"} & set(report)
