"""Sliders whose neutral place is between their ends."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bridge_app.ui.parts.balanced_slider import BalancedSlider
from bridge_app.ui.theme import Theme

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize(
    ("value", "direction", "filled"),
    [
        (0, LEFT, set()),
        (80, LEFT, {120}),
        (-80, LEFT, {80}),
        (80, RIGHT, {80}),
        (-80, RIGHT, {120}),
    ],
)
def test_it_is_filled_from_its_neutral_place_to_its_handle(
    theme: Theme, qtbot: QtBot, value: int, direction: Qt.LayoutDirection, filled: set[int]
) -> None:
    slider = BalancedSlider(neutral=0)
    qtbot.addWidget(slider)
    slider.setLayoutDirection(direction)
    slider.setRange(-100, 100)
    slider.setValue(value)
    slider.resize(200, 20)
    picture = slider.grab().toImage()
    seen = {x for x in (10, 80, 120, 190) if picture.pixelColor(x, 10) == theme.tokens.accent}
    assert seen == filled
