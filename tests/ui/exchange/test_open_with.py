"""Assets opened in another program: a new version where they lie, an offer where they do not."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.cloud import cloud_library
from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.work.exchange.programs import Program
from tests.desk import Desk, picture
from tests.ui.exchange.test_clipboard import told
from tests.ui.windows import choose, dialog

RETOUCH = "import pathlib, sys; p = pathlib.Path(sys.argv[1]); p.write_bytes(p.read_bytes() + b'+')"


@pytest.fixture
def retouch(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that changes what it is given, and another one."""
    place = tmp_path / "share" / "applications"
    place.mkdir(parents=True)
    for name, command in (("Paint", "true"), ("Retouch", f'{sys.executable} -c "{RETOUCH}" %f')):
        (place / f"{name}.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName={name}\nExec={command}\n"
            "MimeType=image/jpeg;\n"
        )
    surroundings = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "share"), "PATH": "/bin"}
    opening = desk.parts.worker.opening
    monkeypatch.setattr(opening._programs, "_surroundings", {**surroundings, "XDG_DATA_DIRS": "/n"})


def open_with(qtbot: QtBot, window: MainWindow, name: str) -> list[str]:
    """Open the menu and choose a program; the names in it."""
    menu = window.exchange.open_with.menu
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: name in [one.text() for one in menu.actions()])
    found = [one.text() for one in menu.actions()]
    next(one for one in menu.actions() if one.text() == name).trigger()
    return found


def test_a_master_is_changed_where_it_lies_and_its_approval_lapses_visibly(
    qtbot: QtBot, desk: Desk, window: MainWindow, retouch: None
) -> None:
    action = window.core.actions.exchange.open_with
    assert not action.isEnabled()
    desk.approve()
    choose(qtbot, window, "beach.jpg")
    assert action.isEnabled()
    before = desk.asset("beach.jpg")
    assert open_with(qtbot, window, "Retouch") == ["Paint", "Retouch"]
    desk.until(lambda: desk.asset("beach.jpg").sha256 != before.sha256)
    assert desk.asset("beach.jpg").lapsed
    qtbot.waitUntil(lambda: told(window, "its approval does not count for it"))
    # What was chosen last stands first.
    assert open_with(qtbot, window, "Paint") == ["Retouch", "Paint"]


def test_a_copy_of_a_master_that_is_elsewhere_is_offered_when_it_was_changed(
    qtbot: QtBot, desk: Desk, window: MainWindow, retouch: None
) -> None:
    worker = desk.parts.worker
    desk.approve("beach.jpg")
    desk.push([desk.asset("beach.jpg").id])
    worker.cloud.sync("studio")
    away = cloud_library("studio")
    desk.until(lambda: any(one.library == away for one in desk.assets()), what="the mirror")
    (asset,) = [one for one in desk.assets() if one.library == away]
    menu = window.exchange.open_with
    program = next(one for one in worker.opening.programs(asset) if one.name == "Retouch")
    menu.open(asset, program)
    desk.until(lambda: bool(worker.opening.edited.changed()), what="the change")
    menu.look()
    qtbot.waitUntil(lambda: told(window, "can be taken into a library"))
    bar = window.middle.browser.messages
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == "Take In…")
    button.click()
    taking = dialog(qtbot, window, TakeInDialog)
    taking._take.click()
    qtbot.waitUntil(lambda: worker.opening.edited.changed() == [])
    (copy,) = worker.opening.edited.all()
    desk.until(lambda: any(one.bytes == copy.file.stat().st_size for one in desk.assets()))
    assert picture(desk.home / "again.jpg", 1).read_bytes() != copy.file.read_bytes()


def test_a_program_that_cannot_be_started_is_told_of(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    gone = Program(id="gone", name="Gone", command="/no/such/program", kinds=frozenset())
    window.exchange.open_with.open(desk.asset("beach.jpg"), gone)
    qtbot.waitUntil(lambda: told(window, "Gone could not be started"))
