"""Letters twice as large, and everything with them: chosen in View, or told by the desktop."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.app.text_size import AGAIN, SCALE, drawn_at
from bridge_app.app.windows import Windows
from bridge_app.storage.settings import Settings, SettingsFile
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.remembering import Beside
from bridge_app.ui.system_wishes import LETTERS, SystemWishes
from bridge_app.ui.text_size import in_percent, text_size
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk

RATIO = """
import sys
from PySide6.QtWidgets import QApplication
from bridge_app.app.text_size import drawn_at
import os
with drawn_at(int(sys.argv[1])):
    app = QApplication([])
print(app.primaryScreen().devicePixelRatio(), os.environ.get("QT_SCALE_FACTOR"))
"""
ANEW = """
import sys
from bridge_app.app.text_size import begin_anew
if "a link" in sys.argv:
    begin_anew(["a link"])
print(sys.argv[1:])
"""


@pytest.fixture
def windows(qapp: QApplication, qtbot: QtBot, desk: Desk) -> Iterator[Windows]:
    theme = Theme(Scheme.LIGHT)
    theme.apply(qapp)
    icons = Icons(theme)

    def window(settings: SettingsFile | Beside) -> MainWindow:
        return MainWindow(desk.parts.worker, settings, theme, icons, demo=None, now=desk.clock)

    made = Windows(qapp, desk.parts.settings, [], window)
    yield made
    for one in made.open:
        one.close()


@pytest.mark.parametrize(
    ("percent", "set_before", "told"),
    [(200, None, "2.0 None"), (100, None, "1.0 None"), (200, "1.5", "3.0 1.5")],
)
def test_everything_is_drawn_at_the_size_and_other_programs_hear_nothing_of_it(
    percent: int, set_before: str | None, told: str
) -> None:
    environment = {key: value for key, value in os.environ.items() if key != SCALE}
    if set_before is not None:
        environment[SCALE] = set_before
    command = [sys.executable, "-c", RATIO, str(percent)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == told


def test_a_scale_that_is_no_number_is_left_to_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCALE, "large")
    with drawn_at(150):
        assert os.environ[SCALE] == "1.5"
    assert os.environ[SCALE] == "large"


def test_the_program_begins_anew_as_it_was_called_without_what_was_shown(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(ANEW)
    command = [sys.executable, str(script), "demo", "a link"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['demo']"


def test_another_size_closes_the_windows_and_begins_anew(
    qapp: QApplication, desk: Desk, windows: Windows
) -> None:
    sizes = windows.current().core.actions.looking.text_sizes
    assert [size for size, action in sizes.items() if action.isChecked()] == [0]
    QTimer.singleShot(0, sizes[200].trigger)
    assert qapp.exec() == AGAIN
    assert not windows.current().isVisible()
    assert desk.parts.settings.load().text_size == 200


def test_the_size_that_is_there_already_is_kept_and_nothing_else_happens(
    qtbot: QtBot, windows: Windows
) -> None:
    window = windows.current()
    window.core.actions.looking.text_sizes[100].trigger()
    qtbot.waitUntil(lambda: window.core.remembering.settings.text_size == 100)
    assert window.isVisible()


@pytest.mark.parametrize(
    ("chosen", "told", "drawn"),
    [(0, 100, 100), (0, 150, 150), (200, 150, 200), (0, 9000, 100), (-5, 100, 100)],
)
def test_what_was_chosen_goes_before_what_the_desktop_says(
    chosen: int, told: int, drawn: int
) -> None:
    assert text_size(replace(Settings(), text_size=chosen, desktop_text_size=told)) == drawn


@pytest.mark.parametrize(
    ("factor", "percent"), [(1.25, 125), (2, 200), (0, 100), ("2", 100), (True, 100), (99.0, 100)]
)
def test_a_factor_of_the_desktop_is_read_as_a_size(factor: object, percent: int) -> None:
    assert in_percent(factor) == percent


@pytest.fixture
def wayland(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Qt leaves a desktop's size of text to the program; X11's it follows by itself."""
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))


@pytest.fixture
def told(windows: Windows) -> Callable[[float], None]:
    wishes = windows.current().core.looks.theme.findChildren(SystemWishes)[0]
    return lambda factor: wishes._note(LETTERS, factor)


def test_a_size_that_the_desktop_asks_for_is_offered_at_once(
    wayland: None, windows: Windows, told: Callable[[float], None]
) -> None:
    window = windows.current()
    told(1.5)
    assert window.core.remembering.settings.desktop_text_size == 150
    (said,) = [text for text in window.middle.browser.messages.texts if "150" in text]
    assert "desktop" in said


def test_nothing_is_offered_where_a_size_was_chosen_here_or_qt_knows_it_by_itself(
    monkeypatch: pytest.MonkeyPatch, windows: Windows, told: Callable[[float], None]
) -> None:
    window = windows.current()
    told(1.5)
    assert window.core.remembering.settings.desktop_text_size == 100
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))
    remembering = window.core.remembering
    remembering.keep(replace(remembering.settings, text_size=100))
    told(1.25)
    assert window.core.remembering.settings.desktop_text_size == 125
    assert window.middle.browser.messages.texts == []
