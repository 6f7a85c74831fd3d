"""The log as a person reads it, and the bundle as it is shown before it is written."""

import zipfile
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from bridge_app.storage.log_file import NAME
from bridge_app.storage.secrets import Secret
from bridge_app.ui.helping.bundle_dialog import BundleDialog
from bridge_app.ui.helping.log_window import LogWindow
from bridge_app.ui.main_window import MainWindow
from tests.ui.windows import dialog

KEY = "sk-1234-never-shown"
LOG = f"""2026-11-22 11:14:18,408 WARNING ask_0 bridge_app.work.scan: a folder is gone
2026-11-22 11:14:19,008 ERROR MainThread bridge_app.app.logs: a bug with {KEY}
Traceback (most recent call last):
  File "x.py", line 1, in y
ValueError: no
"""


def test_the_log_is_filtered_searched_copied_and_followed(
    qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    Secret(KEY)
    log = LogWindow(tmp_path, window.core.asker, window.core.looks, window)
    log.show()
    qtbot.waitUntil(lambda: log.count.text().startswith("Nothing was logged"))
    file = tmp_path / NAME
    file.write_text(LOG, encoding="utf-8")
    log.read()
    qtbot.waitUntil(lambda: log.count.text().startswith("2 "))
    assert KEY not in log.shown.toPlainText()
    assert "ValueError: no" in log.shown.toPlainText()
    log.level.setCurrentIndex(2)
    assert log.count.text().startswith("1 ")
    assert "a folder is gone" not in log.shown.toPlainText()
    log.level.setCurrentIndex(0)
    log.search.setText("FOLDER")
    assert log.count.text().startswith("1 ")
    log.copy.click()
    assert QGuiApplication.clipboard().text().endswith("a folder is gone")
    log.search.clear()
    with file.open("a", encoding="utf-8") as stream:
        stream.write("2026-11-22 11:15:00,000 WARNING a b: one more\n")
    log.read()
    qtbot.waitUntil(lambda: log.count.text().startswith("3 "))
    assert not log.isModal()


def test_the_bundle_is_shown_in_full_and_then_written_as_it_was_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.core.actions.helping.bundle.trigger()
    shown = dialog(qtbot, window, BundleDialog)
    assert isinstance(shown, BundleDialog)
    assert not shown.save.isEnabled()
    qtbot.waitUntil(shown.save.isEnabled)
    text = shown.shown.toPlainText()
    assert "Asset Bridge: " in text
    assert "masters" not in text
    target = tmp_path / "report.zip"
    shown.write(target)
    qtbot.waitUntil(lambda: "report.zip" in shown.said.text)
    with zipfile.ZipFile(target) as bundle:
        assert all(bundle.read(name).decode().rstrip("\n") in text for name in bundle.namelist())
    window.core.actions.helping.log.trigger()
    assert dialog(qtbot, window, LogWindow).isVisible()
