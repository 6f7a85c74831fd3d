"""Several windows on one profile; and another language, spoken at once by new ones."""

import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.app.windows import Windows
from bridge_app.domain.query import Query
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.remembering import Beside
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.together import from_text
from bridge_app.ui.translations import install_translations
from tests.desk import Desk, picture


@pytest.fixture(autouse=True)
def garbage_is_collected_between_tests() -> Iterator[None]:
    """As the program does from a timer: never in another thread, or while a window is made."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def make_windows(qapp: QApplication, qtbot: QtBot, desk: Desk) -> Iterator[Callable[[], Windows]]:
    before = QLocale()
    translators: list[QTranslator] = install_translations(qapp, "en")
    theme = Theme(Scheme.LIGHT)
    theme.apply(qapp)
    icons = Icons(theme)
    made: list[Windows] = []

    def window(settings: SettingsFile | Beside) -> MainWindow:
        return MainWindow(desk.parts.worker, settings, theme, icons, demo=None, now=desk.clock)

    def make() -> Windows:
        made.append(Windows(qapp, desk.parts.settings, translators, window))
        return made[-1]

    yield make
    for windows in made:
        for one in windows.open:
            one.close()
            assert one.ended_cleanly
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def windows(make_windows: Callable[[], Windows]) -> Windows:
    return make_windows()


def menus(window: MainWindow) -> list[str]:
    return [menu.title().replace("&", "") for menu in window.menuBar().findChildren(QMenu)]


def test_the_language_that_is_chosen_is_spoken_at_once_and_remembered(
    qapp: QApplication, qtbot: QtBot, desk: Desk, windows: Windows
) -> None:
    first = windows.current()
    assert "View" in menus(first)
    assert first.core.actions.languages[""].isChecked()
    first.core.actions.languages["de"].trigger()
    qtbot.waitUntil(lambda: windows.current() is not first)
    assert first.ended_cleanly
    german = windows.current()
    assert german.isVisible()
    assert "Ansicht" in menus(german)
    assert german.core.actions.languages["de"].isChecked()
    assert desk.parts.settings.load().language == "de"
    german.core.actions.languages["ar"].trigger()
    qtbot.waitUntil(lambda: windows.current() is not german)
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    arabic = windows.current()
    arabic.core.actions.languages["en"].trigger()
    qtbot.waitUntil(lambda: windows.current() is not arabic)
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert "View" in menus(windows.current())


@pytest.fixture
def two(qtbot: QtBot, windows: Windows) -> tuple[MainWindow, MainWindow]:
    """The first window, and one that was opened beside it."""
    first = windows.current()
    first.core.actions.new_window.trigger()
    (second,) = set(windows.open) - {first}
    return first, second


def test_a_second_window_has_its_own_view_and_is_opened_again(
    qtbot: QtBot, desk: Desk, windows: Windows, two: tuple[MainWindow, MainWindow]
) -> None:
    first, second = two
    assert second.isVisible()
    second.core.actions.list.trigger()
    second.middle.browser.ask(Query(text="coast"))
    assert first.core.actions.grid.isChecked()
    assert first.middle.browser.query.text == ""
    assert not first.core.actions.back.isEnabled()
    assert second.core.actions.back.isEnabled()
    second.core.actions.quit.trigger()
    assert not first.isVisible()
    kept = desk.parts.settings.load()
    assert kept.view == "grid"
    assert [own["view"] for own in from_text(kept.windows)] == ["list"]


def test_a_window_that_is_closed_leaves_the_others_as_they_are(
    qtbot: QtBot, desk: Desk, windows: Windows, two: tuple[MainWindow, MainWindow]
) -> None:
    first, second = two
    second.core.actions.list.trigger()
    first.close()
    qtbot.waitUntil(lambda: len(windows.open) == 1)
    assert windows.current() is second
    assert second.isVisible()
    assert second.core.remembering.is_first  # the tray is its own now
    desk.parts.worker.set_work_offline(on=True)
    qtbot.waitUntil(second.core.actions.work_offline.isChecked)
    second.close()
    kept = desk.parts.settings.load()
    assert kept.view == "list"
    assert not kept.windows


def test_the_keys_that_end_the_program_do_so_in_other_windows_too(
    qtbot: QtBot, two: tuple[MainWindow, MainWindow]
) -> None:
    first, second = two
    guide = QWidget(second, Qt.WindowType.Window)
    menu = QMenu(guide)
    guide.show()
    guide.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is guide)
    menu.show()
    menu.activateWindow()
    assert menu.actions() == []
    menu.hide()
    qtbot.keyClick(guide, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not first.isVisible() and not second.isVisible())


def test_what_is_true_of_all_windows_is_told_to_all(
    two: tuple[MainWindow, MainWindow],
) -> None:
    first, second = two
    second.core.actions.looking.compact.trigger()
    assert first.core.actions.looking.compact.isChecked()
    second.core.actions.exchange.notices.trigger()
    assert not first.core.actions.exchange.notices.isChecked()
    second.core.actions.exchange.drop_target.trigger()
    assert first.exchange.target.isVisible()
    assert not second.exchange.target.isVisible()
    second.commands.kept.favourite_preset("hero", "Hero")
    assert [one.title for one in first.commands.kept.kept.favourites] == ["Hero"]
    second.commands.keymap.give(second.core.actions.insights, ["Ctrl+Alt+9"])
    assert first.commands.keymap.keys(first.core.actions.insights) == ("Ctrl+Alt+9",)
    first.core.actions.looking.dark_contrast.trigger()
    assert second.core.actions.looking.dark_contrast.isChecked()


def test_a_profile_whose_windows_are_nonsense_opens_one(desk: Desk) -> None:
    for text in ("{", "[1]", '{"view": "list"}', "[[[]]]"):
        assert from_text(text) == ()
    (own,) = from_text('[{"view": 3, "splitter": ["a", 1], "who": "x"}]')
    assert own["view"] == "grid"
    assert own["splitter"] == (1,)
    assert "who" not in own


def test_the_windows_of_the_last_time_are_opened_again(
    qtbot: QtBot, desk: Desk, make_windows: Callable[[], Windows]
) -> None:
    usual = desk.parts.settings.load()
    own = json.dumps([{"view": "list", "thumbnail_px": 240}])
    desk.parts.settings.save(replace(usual, windows=own))
    windows = make_windows()
    qtbot.waitUntil(lambda: len(windows.open) == 2)
    first, second = windows.open
    assert first.core.actions.grid.isChecked()
    assert second.core.actions.list.isChecked()
    assert second.middle.browser.grid.picture_width == 240


def test_another_language_is_spoken_by_all_windows(
    qtbot: QtBot, windows: Windows, two: tuple[MainWindow, MainWindow]
) -> None:
    first, second = two
    second.core.actions.list.trigger()
    first.core.actions.languages["de"].trigger()
    qtbot.waitUntil(lambda: len(windows.open) == 2 and first not in windows.open)
    assert all("Ansicht" in menus(one) for one in windows.open)
    assert [one.core.actions.list.isChecked() for one in windows.open] == [False, True]


def test_assets_are_listed_in_the_order_of_the_language_that_is_chosen(
    qtbot: QtBot, desk: Desk, windows: Windows
) -> None:
    for number, name in enumerate(("nzz.jpg", "ñu.jpg", "oca.jpg")):
        picture(desk.folder / name, number)
    desk.library()

    def listed(wanted: list[str]) -> None:
        model = windows.current().middle.model
        rows = [model.asset(row) for row in range(model.rowCount())]
        assert [one.name for one in rows if one is not None] == wanted

    qtbot.waitUntil(lambda: listed(["ñu.jpg", "nzz.jpg", "oca.jpg"]))
    windows.current().core.actions.languages["es"].trigger()
    qtbot.waitUntil(lambda: listed(["nzz.jpg", "ñu.jpg", "oca.jpg"]))


def test_windows_that_show_the_same_are_told_apart(windows: Windows) -> None:
    first = windows.current()
    first.core.actions.new_window.trigger()
    first.core.actions.new_window.trigger()
    titles = [one.windowTitle() for one in windows.open]
    assert len(set(titles)) == 3
    assert f"{first.windowTitle()} (2)" in titles
