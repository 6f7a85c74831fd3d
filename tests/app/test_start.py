"""What the start of a command waits for."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from bridge_app.cli.main import FAMILIES, WITHOUT_COMMAND, parser

HEAVY = {"PySide6", "av", "cv2", "httpx", "numpy", "pyvips", "starlette", "uvicorn"}


def loaded(script: str) -> set[str]:
    """The modules that a fresh process has loaded after a script."""
    command = [sys.executable, "-c", f"{script}\nimport sys; print(*sys.modules)"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_a_command_starts_without_the_window_the_renderer_and_the_sandbox() -> None:
    assert not HEAVY & loaded("import bridge_app.cli.main")


def test_who_reads_transformations_loads_nobody_who_renders_them() -> None:
    assert not HEAVY & loaded("import bridge_app.transform")


NOT_FOR_A_PUSH = {
    *("keyring", "filelock", "platformdirs", "sqlite_utils"),
    *(f"bridge_app.work.{name}" for name in ("mirror", "reviews", "shelter_desk", "studio")),
    *(f"bridge_app.work.handlers.{name}" for name in ("archive", "edit", "renditions", "retract")),
    *("bridge_app.domain.edit_sheet", "bridge_app.storage.archives"),
    *(f"bridge_app.work.{name}" for name in ("places", "audit", "kit_jobs", "rights_jobs")),
    *(f"bridge_app.domain.{name}" for name in ("edits", "metadata_rules", "product_feed_rows")),
    *(f"bridge_app.domain.{name}" for name in ("audit_check", "cloud_changes", "rendition_plan")),
    *("bridge_app.cli.renditions", "bridge_app.delivery.oauth", "http.server"),
}


def test_a_push_loads_nobody_who_has_no_part_in_it() -> None:
    loaded_ones = loaded("import bridge_app.cli.main, bridge_app.cli.transfer")
    assert not (HEAVY | NOT_FOR_A_PUSH) & loaded_ones


def test_the_key_of_a_push_is_opened_before_the_rest_of_it_is_loaded() -> None:
    loaded_ones = loaded("import bridge_app.cli.main, bridge_app.cli.sending")
    assert not {"cloudinary", "bridge_app.app.build", "bridge_app.cli.transfer"} & loaded_ones


NOT_FOR_A_WINDOW = {
    *(HEAVY - {"PySide6"}),
    *("PIL", "asyncio", "cryptography", "exiv2", "keyring", "rich", "bridge_app.sandbox"),
    *("bridge_app.app.demo", "bridge_app.app.headless"),
    *(f"bridge_app.work.{name}" for name in ("editing", "reviews", "shelter_desk", "studio")),
    *(f"bridge_app.ui.dialogs.{name}" for name in ("account", "push_sheet", "review_pack")),
}
OPENING = """
import bridge_app.cli.main, bridge_app.cli.opening
from bridge_app.app.qt_loading import load_qt
load_qt()
import bridge_app.app.window
"""


def test_a_window_loads_neither_the_demo_nor_dialogs_nor_what_decodes_and_renders() -> None:
    read_again = "import linecache; print(*linecache.cache)"
    loaded_ones = loaded(f"{OPENING}\n{read_again}")
    assert not NOT_FOR_A_WINDOW & loaded_ones
    # PySide would read every file once more as text, to see what it wants of Qt.
    assert not any(name.endswith("window.py") for name in loaded_ones)


FIRST_THREAD = """
import os, sys, threading

def start(thread):
    print(thread.name, "shiboken6.Shiboken" in sys.modules, flush=True)
    os._exit(0)

threading.Thread.start = start
sys.argv[1:] = []
from bridge_app.cli.main import main
main()
"""


def test_no_thread_runs_while_pyside_goes_through_the_modules(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FIRST_THREAD],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "ASSET_BRIDGE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ended.stdout == "ahead True\n"


EXPLAINED = """
from PySide6.QtCore import QObject
from PySide6.support.signature import get_signature
print(get_signature(QObject.setObjectName), QObject.setObjectName.__doc__, dir(QObject))
try:
    QObject().setObjectName(1.5)
except TypeError as error:
    print(error)
"""


def test_what_explains_qts_signatures_does_so_though_it_is_compiled_when_it_is_asked() -> None:
    def said(script: str) -> str:
        command = [sys.executable, "-c", script]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    load = "from bridge_app.app.qt_loading import load_qt\nload_qt()\n"
    names = "import sys; print(*vars(sys.modules['shibokensupport.signature.parser']))"
    assert "pyside_type_init" not in said(load + names)
    ours = said(load + EXPLAINED)
    assert "setObjectName(name: str, /)" in ours
    assert ours == said(EXPLAINED)


NOT_BEFORE_THE_ASSETS = {
    *NOT_FOR_A_WINDOW,
    *("argparse", "hashlib", "bridge_app.domain.changes", "bridge_app.domain.cloud"),
    *("PySide6.QtNetwork", "bridge_app.media.decoder_pool", "bridge_app.libraries.watcher"),
    *(f"bridge_app.app.{name}" for name in ("presence", "workshop", "demo_beginning")),
    *(f"bridge_app.work.{name}" for name in ("worker", "scanner", "dispatcher", "transfers")),
    *(f"bridge_app.ui.{name}" for name in ("window_parts", "window_commands", "wiring", "errands")),
    *(f"bridge_app.ui.panels.{name}" for name in ("inspector", "folders", "transfers", "welcome")),
}


def test_what_the_assets_do_not_need_is_loaded_when_they_are_shown(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.starting", "loaded"]
    environment = {**os.environ, "ASSET_BRIDGE_HOME": str(tmp_path)}
    subprocess.run(command, capture_output=True, check=True, env=environment)  # makes the profile
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    shown = set(ended.stdout.split())
    assert "bridge_app.ui.panels.browser" in shown
    assert not NOT_BEFORE_THE_ASSETS & shown


@pytest.mark.skipif(sys.platform != "linux", reason="it is about glibc")
def test_the_allocator_understands_that_memory_is_to_go_back() -> None:
    script = "from bridge_app.app.memory import give_memory_back; print(give_memory_back())"
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout == "True\n"


@pytest.mark.parametrize("command", [name for names in FAMILIES.values() for name in names])
def test_of_a_command_alone_the_parser_says_what_it_says_of_all(command: str) -> None:
    assert _commands(command)[command] == _commands("--help")[command]


def test_every_command_is_known_before_it_is_loaded() -> None:
    known = [name for names in FAMILIES.values() for name in names]
    assert sorted(known) == sorted(_commands("--help"))


def test_the_window_alone_needs_no_command() -> None:
    assert _commands() == {}
    assert vars(parser(()).parse_args([])) == {**WITHOUT_COMMAND, "debug": False}


@cache
def _commands(*words: str) -> dict[str, str]:
    (commands,) = [one for one in parser(words)._actions if one.dest == "command"]
    choices = commands.choices or {}
    assert isinstance(choices, dict)
    return {name: one.format_help() for name, one in choices.items()}
