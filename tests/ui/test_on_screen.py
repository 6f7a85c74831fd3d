"""Where a window goes when its screen does."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.on_screen import is_seen, within
from bridge_app.ui.parts.opening import fit_window

ROOM = QRect(0, 0, 1024, 700)


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        (QRect(10, 20, 800, 600), QRect(10, 20, 800, 600)),
        (QRect(480, 40, 800, 600), QRect(224, 40, 800, 600)),
        (QRect(2000, 900, 800, 600), QRect(224, 100, 800, 600)),
        (QRect(-500, -30, 800, 600), QRect(0, 0, 800, 600)),
        (QRect(200, 100, 1440, 900), ROOM),
    ],
)
def test_a_window_comes_onto_the_screen_as_near_and_as_large_as_may_be(
    frame: QRect, place: QRect
) -> None:
    assert within(frame, ROOM) == place
    assert is_seen(place, [ROOM])


def test_a_window_across_two_screens_is_seen() -> None:
    right = ROOM.translated(1024, 0)
    across = QRect(600, 0, 800, 600)
    assert is_seen(across, [ROOM, right])
    assert not is_seen(across, [ROOM])


def test_a_window_opens_no_larger_than_its_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    fit_window(window, QSize(10_000, 10_000))
    assert window.width() == room.width()
    assert room.height() - 60 < window.height() < room.height(), "its frame has room, too"
    fit_window(window, QSize(300, 200))
    assert window.size() == QSize(300, 200)
