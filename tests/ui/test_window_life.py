"""What surrounds the window: its memory, its language, its garbage."""

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.errors import BridgeError, StorageTroubleError
from bridge_app.domain.query import Query, Sort
from bridge_app.storage.settings import Settings, SettingsFile
from bridge_app.ui import garbage as garbage_module
from bridge_app.ui import window_state
from bridge_app.ui.asker import Asker
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.theme import Scheme
from bridge_app.ui.translations import install_translations

LIBRARY = LibraryRecord(id=LibraryId("l"), name="Spring", location="/media/spring")


class Knot(QObject):
    """A cycle that holds a timer."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        self.timer = QTimer(self)


def test_cycles_are_collected_by_the_timer_and_by_nobody_else(qtbot: QtBot) -> None:
    garbage = GuiGarbage()
    assert not gc.isenabled()
    gone = weakref.ref(Knot())
    assert gone() is not None
    keep: list[list[int]] = [[] for _ in range(2000)]
    threshold = gc.get_threshold()
    gc.set_threshold(100, 1, 1)
    freed = [garbage.collect() for _ in range(4)]
    gc.set_threshold(*threshold)
    assert sum(freed) > 0 or gone() is None
    del keep
    garbage.close()
    assert gc.isenabled()
    gc.disable()


def test_nothing_is_collected_that_is_not_due(qtbot: QtBot) -> None:
    garbage = GuiGarbage()
    gc.collect()
    assert garbage.collect() == 0
    garbage.close()
    gc.disable()


def test_after_a_burst_of_objects_cycles_go_at_once(qtbot: QtBot) -> None:
    garbage = GuiGarbage()
    gone = weakref.ref(Knot())
    burst: list[list[int]] = [[] for _ in range(20_000)]
    qtbot.waitUntil(lambda: gone() is None)
    del burst
    garbage.close()
    gc.disable()


def test_old_cycles_go_now_and_then(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage_module, "RARE_MS", 100)
    garbage = GuiGarbage()
    knot = Knot()
    for generation in (0, 1):
        gc.collect(generation)  # it is with the old ones now
    gone = weakref.ref(knot)
    del knot
    gc.set_threshold(10, 1, 1)
    made: list[list[int]] = []

    def is_gone() -> bool:
        made.extend([] for _ in range(4_000))
        return gone() is None

    qtbot.waitUntil(is_gone)
    garbage.close()
    gc.disable()


@pytest.fixture
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def test_qt_speaks_the_language_too(qtbot: QtBot, qapp: QApplication, locale: None) -> None:
    translators = install_translations(qapp, "de")
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        cancel = box.button(QDialogButtonBox.StandardButton.Cancel)
        assert cancel.text() == "Abbrechen"
        assert QLocale().decimalPoint() == ","
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)


def test_settings_are_written_off_the_gui_thread_a_moment_later(
    qtbot: QtBot, reader: Asker, tmp_path: Path
) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    remembering = Remembering(file, reader)
    remembering.keep(replace(remembering.settings, view="list"))
    remembering.keep(replace(remembering.settings, thumbnail_px=240))
    qtbot.waitUntil(lambda: file.load().view == "list")
    assert file.load().thumbnail_px == 240


def test_settings_that_cannot_be_written_are_told(
    qtbot: QtBot, reader: Asker, tmp_path: Path
) -> None:
    (tmp_path / "settings.part").mkdir()
    remembering = Remembering(SettingsFile(tmp_path / "settings.json"), reader)
    troubles: list[BridgeError] = []
    remembering.failed.connect(troubles.append)
    remembering.save()
    qtbot.waitUntil(lambda: bool(troubles))
    assert isinstance(troubles[0], StorageTroubleError)


def test_geometry_survives_the_file_and_nonsense_is_ignored(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    raw = widget.saveGeometry()
    kept = Settings(window_geometry=window_state.geometry_text(raw))
    assert window_state.geometry(kept.window_geometry) == raw
    assert window_state.geometry("%%%") == QByteArray()


@pytest.mark.parametrize("kept", [(), (1, 2), (0, 0, 0), (-1, 5, 5), (1, 99_999, 1)])
def test_impossible_widths_give_way_to_ours(kept: tuple[int, ...]) -> None:
    assert window_state.splitter(Settings(splitter=kept)) == [
        window_state.SIDEBAR_PX,
        window_state.MIDDLE_PX,
        window_state.INSPECTOR_PX,
    ]
    assert window_state.splitter(Settings(splitter=(200, 700, 300))) == [200, 700, 300]


def test_one_comes_back_to_where_one_was_if_it_is_still_there() -> None:
    query = Query(library=LIBRARY.id, folder="hero", sort=Sort.TAKEN, descending=True)
    kept = window_state.with_query(Settings(), query)
    assert window_state.first_query(kept, [LIBRARY]) == query
    assert window_state.first_query(kept, []) == Query(sort=Sort.TAKEN, descending=True)
    assert window_state.first_query(replace(kept, sort="?"), []).sort is Sort.NAME


def test_what_is_remembered_stays_within_bounds() -> None:
    assert window_state.picture_width(Settings(thumbnail_px=9999)) == 320
    assert window_state.picture_width(Settings(thumbnail_px=1)) == 96
    assert window_state.scheme(Settings(scheme="dark")) is Scheme.DARK
    assert window_state.scheme(Settings(scheme="?")) is Scheme.SYSTEM
    assert window_state.hidden_parts(Settings(window_state="sidebar")) == {"sidebar"}
