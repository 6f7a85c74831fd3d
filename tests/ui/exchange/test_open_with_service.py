"""A master at a service, opened in another program: what that saves becomes the new version."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.domain.query import Query
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Theme
from bridge_app.work.exchange.programs import Program
from tests.desk import Desk
from tests.nordlys import HERO, SPRING, Nordlys, connected, nordlys_desk
from tests.ui.exchange.test_clipboard import told
from tests.ui.exchange.test_open_with import RETOUCH
from tests.ui.windows import dialog, go

RETOUCHING = Program(
    id="retouch",
    name="Retouch",
    command=f'{sys.executable} -c "{RETOUCH}" %f',
    kinds=frozenset({"image/jpeg"}),
)


@pytest.fixture
def story(tmp_path: Path, decoder: DecoderPool) -> Iterator[tuple[Desk, Nordlys]]:
    with nordlys_desk(tmp_path, decoder) as (desk, made):
        connected(desk)
        yield desk, made


@pytest.fixture
def shown(
    qtbot: QtBot, story: tuple[Desk, Nordlys], theme: Theme, icons: Icons, english: None
) -> Iterator[MainWindow]:
    desk, _ = story
    settings = SettingsFile(desk.home / "settings.json")
    made = MainWindow(desk.parts.worker, settings, theme, icons, demo=None, now=desk.clock)
    qtbot.addWidget(made)
    made.show()
    (library,) = desk.parts.worker.shelters.libraries()
    go(qtbot, made, Query(library=library.id))
    yield made
    made.close()


def master(desk: Desk) -> Asset:
    (library,) = desk.parts.worker.shelters.libraries()
    query = Query(library=library.id, folder=f"{SPRING}/{HERO}")
    return min(
        (one for one in desk.assets(query) if one.name.endswith(".jpg")), key=lambda one: one.id
    )


def asked(qtbot: QtBot, desk: Desk, window: MainWindow) -> ConfirmDialog:
    """A program changes a master's copy; what it made is offered as the new version."""
    opening = desk.parts.worker.opening
    window.exchange.open_with.open(master(desk), RETOUCHING)
    desk.until(lambda: bool(opening.changed()), what="the change")
    window.exchange.open_with.look()
    qtbot.waitUntil(lambda: told(window, "It can become the new version at"))
    bar = window.middle.browser.messages
    next(one for one in bar.findChildren(QPushButton) if one.text() == "New Version…").click()
    return dialog(qtbot, window, ConfirmDialog)


def test_it_becomes_the_new_version_once_a_person_says_so(
    qtbot: QtBot, story: tuple[Desk, Nordlys], shown: MainWindow
) -> None:
    desk, _ = story
    before = master(desk)
    asked(qtbot, desk, shown).act_button.click()
    qtbot.waitUntil(lambda: told(shown, "It is a new version"), timeout=30_000)
    now = next(one for one in desk.assets() if one.id == before.id)
    assert now.content != before.content
    assert now.bytes == before.bytes + 1
    assert desk.parts.worker.opening.changed() == []


def test_it_can_be_taken_in_as_another_master_or_left(
    qtbot: QtBot, story: tuple[Desk, Nordlys], shown: MainWindow
) -> None:
    desk, _ = story
    before = master(desk)
    question = asked(qtbot, desk, shown)
    question.leave_button.click()
    # What was left is offered again when somebody looks.
    again = asked(qtbot, desk, shown)
    instead = next(one for one in again.findChildren(QPushButton) if "Take In" in one.text())
    instead.click()
    dialog(qtbot, shown, TakeInDialog)
    assert master(desk).content == before.content
