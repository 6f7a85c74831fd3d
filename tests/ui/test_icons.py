"""Icons: in the colours asked for, sharp on dense screens, drawn once."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import DARK, LIGHT, Scheme, Theme

NEEDED = """
    folder folder-plus hard-drive image film file-text file-music file file-question-mark cloud
    cloud-upload cloud-off wifi-off search x check circle-check circle-x clock pencil pen-line
    star star-filled list layout-grid settings user users play pause refresh-cw rotate-cw
    triangle-alert info copy link code external-link chevron-down chevron-up chevron-left
    chevron-right arrow-up-down arrow-down-up arrow-up arrow-down sun moon monitor plus minus
    trash-2 eye sliders-horizontal calendar ban shield-check shield-alert lock key-round history
    message-square tag tags panel-left panel-right download upload send layers crop ellipsis
    loader scan hourglass log-out badge-check undo-2
"""
RED = QColor(255, 0, 0)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(Scheme.LIGHT)


@pytest.fixture
def icons(theme: Theme) -> Icons:
    return Icons(theme)


def solid_colours(image: QImage) -> set[str]:
    """Colours of the pixels that are fully covered."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def shown(icon: QIcon, mode: QIcon.Mode, state: QIcon.State = QIcon.State.Off) -> set[str]:
    return solid_colours(icon.pixmap(QSize(20, 20), 2.0, mode, state).toImage())


@pytest.mark.parametrize("name", NEEDED.split())
def test_an_icon_the_window_needs_is_there_and_draws_something(icons: Icons, name: str) -> None:
    assert solid_colours(icons.pixmap(name, RED, 24, 2.0).toImage()) == {"#ff0000"}


def test_each_icon_of_the_set_can_be_drawn(icons: Icons) -> None:
    empty = [
        name
        for name in sorted(icons.names())
        if not solid_colours(icons.pixmap(name, RED, 24, 2.0).toImage())
    ]
    assert empty == []


def test_an_unknown_name_is_an_error(icons: Icons) -> None:
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")
    with pytest.raises(KeyError):
        icons.pixmap("../asset-bridge", RED, 20, 1.0)


def test_a_pixmap_has_the_pixels_of_its_density(icons: Icons) -> None:
    for dpr, edge in ((1.0, 20), (1.5, 30), (2.0, 40)):
        pixmap = icons.pixmap("folder", RED, 20, dpr)
        assert (pixmap.width(), pixmap.height()) == (edge, edge)
        assert pixmap.deviceIndependentSize().toSize() == QSize(20, 20)


def test_a_translucent_colour_gives_a_translucent_icon(icons: Icons) -> None:
    image = icons.pixmap("square", QColor(255, 0, 0, 128), 24, 2.0).toImage()
    alphas = {image.pixelColor(x, y).alpha() for x in range(48) for y in range(48)}
    assert 126 <= max(alphas) <= 130


def test_an_icon_shows_off_on_and_disabled_in_their_colours(icons: Icons) -> None:
    icon = icons.icon("layout-grid", on_colour=LIGHT.accent)
    assert shown(icon, QIcon.Mode.Normal) == {LIGHT.text_muted.name()}
    assert shown(icon, QIcon.Mode.Normal, QIcon.State.On) == {LIGHT.accent.name()}
    assert shown(icon, QIcon.Mode.Disabled) == {LIGHT.text_disabled.name()}


def test_a_selected_row_does_not_tint_its_icon(icons: Icons) -> None:
    icon = icons.icon("folder", colour=RED)
    assert shown(icon, QIcon.Mode.Selected) == {"#ff0000"}


def test_the_same_question_is_drawn_once(icons: Icons) -> None:
    def key(pixmap: QPixmap) -> int:
        return pixmap.cacheKey()

    assert icons.icon("folder") is icons.icon("folder")
    assert key(icons.pixmap("x", RED, 16, 1.0)) == key(icons.pixmap("x", RED, 16, 1.0))
    assert key(icons.pixmap("x", RED, 16, 1.0)) != key(icons.pixmap("x", RED, 16, 2.0))


def test_a_change_of_theme_changes_the_icons(theme: Theme, icons: Icons) -> None:
    before = icons.pixmap("x", RED, 16, 1.0).cacheKey()
    theme.set_scheme(Scheme.DARK)
    assert shown(icons.icon("folder"), QIcon.Mode.Normal) == {DARK.text_muted.name()}
    assert icons.pixmap("x", RED, 16, 1.0).cacheKey() != before


def test_the_applications_sign_comes_in_the_sizes_desktops_ask_for(icons: Icons) -> None:
    sizes = {size.width() for size in icons.app_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes
