"""The dialog of hot folders: added, refused with a reason, removed."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from bridge_app.ui.exchange.hot_folders_dialog import HotFoldersDialog
from bridge_app.ui.main_window import MainWindow
from tests.desk import Desk
from tests.ui.windows import dialog


def test_hot_folders_are_added_and_removed(
    qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path
) -> None:
    window.core.actions.exchange.hot_folders.trigger()
    shown = dialog(qtbot, window, HotFoldersDialog)
    assert not shown.remove.isEnabled()
    shown.add_folder(str(desk.folder))
    qtbot.waitUntil(lambda: "cannot be in a library" in shown._trouble.text)
    (tmp_path / "Scans").mkdir()
    shown.add_folder(str(tmp_path / "Scans"))
    qtbot.waitUntil(lambda: shown.lines.rowCount() == 1)
    assert shown.lines.index(0, 0).data() == "Scans"
    assert not shown.grab().isNull()
    shown.view.setCurrentIndex(shown.lines.index(0, 0))
    shown.remove.click()
    qtbot.waitUntil(lambda: shown.lines.rowCount() == 0)
    assert desk.parts.worker.hot_folders.is_empty
    shown.accept()
