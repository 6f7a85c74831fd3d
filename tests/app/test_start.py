"""What the start of a command waits for."""

import subprocess
import sys

import pytest

from bridge_app.cli.main import FAMILIES, parser

HEAVY = {"PySide6", "av", "cv2", "httpx", "numpy", "pyvips", "starlette", "uvicorn"}


def test_a_command_starts_without_the_window_the_renderer_and_the_sandbox() -> None:
    script = "import sys, bridge_app.cli.main; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(loaded.stdout.split())


NOT_FOR_A_PUSH = {
    *("keyring", "filelock", "platformdirs", "sqlite_utils"),
    *(f"bridge_app.work.{name}" for name in ("mirror", "reviews", "shelter_desk", "studio")),
    *(f"bridge_app.work.handlers.{name}" for name in ("archive", "edit", "renditions", "retract")),
    *("bridge_app.domain.edit_sheet", "bridge_app.storage.archives"),
}


def test_a_push_loads_nobody_who_has_no_part_in_it() -> None:
    script = "import sys, bridge_app.cli.main, bridge_app.cli.transfer; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not (HEAVY | NOT_FOR_A_PUSH) & set(loaded.stdout.split())


@pytest.mark.parametrize("command", [name for names in FAMILIES.values() for name in names])
def test_of_a_command_alone_the_parser_says_what_it_says_of_all(command: str) -> None:
    alone, of_all = (_commands(words) for words in ([command], ["--help"]))
    assert alone[command] == of_all[command]


def test_every_command_is_known_before_it_is_loaded() -> None:
    known = [name for names in FAMILIES.values() for name in names]
    assert sorted(known) == sorted(_commands(["--help"]))


def test_the_window_alone_needs_no_command() -> None:
    assert _commands([]) == {}


def _commands(words: list[str]) -> dict[str, str]:
    (commands,) = [one for one in parser(words)._actions if one.dest == "command"]
    choices = commands.choices or {}
    assert isinstance(choices, dict)
    return {name: one.format_help() for name, one in choices.items()}
