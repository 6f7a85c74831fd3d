"""The looks: readable, complete, and changed by one call."""

import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import combinations
from math import dist
from operator import mul
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QPushButton,
    QSlider,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bridge_app.ui.resources import resource
from bridge_app.ui.theme import DARK, LIGHT, Badge, Scheme, Theme, Tokens, palette, stylesheet

SURFACES = ("window", "sidebar", "panel", "raised", "control", "hover", "pressed", "selection")
BADGES = ("positive", "negative", "warning", "info", "neutral")
both = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


def luminance(colour: QColor) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def badge(tokens: Tokens, name: str) -> Badge:
    found = getattr(tokens, name)
    assert isinstance(found, Badge)
    return found


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    font, sheet, colours = qapp.font(), qapp.styleSheet(), qapp.palette()
    made = Theme(Scheme.LIGHT)
    made.apply(qapp)
    yield made
    made.set_scheme(Scheme.SYSTEM)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(colours)
    qapp.setFont(font)


@both
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", ["text", "text_muted"])
def test_text_is_readable_on_every_surface(tokens: Tokens, surface: str, text: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, surface)) >= 4.5


@both
@pytest.mark.parametrize("surface", ["window", "sidebar", "panel", "raised", "selection"])
def test_links_are_readable_and_the_focus_ring_is_seen(tokens: Tokens, surface: str) -> None:
    assert contrast(tokens.link, getattr(tokens, surface)) >= 4.5
    assert contrast(tokens.focus, getattr(tokens, surface)) >= 3


@both
@pytest.mark.parametrize("fill", ["accent", "accent_hover", "accent_pressed"])
def test_text_on_a_primary_button_is_readable(tokens: Tokens, fill: str) -> None:
    assert contrast(tokens.accent_text, getattr(tokens, fill)) >= 4.5


@both
@pytest.mark.parametrize("name", BADGES)
def test_a_badge_is_readable_on_pictures_in_lists_and_as_plain_text(
    tokens: Tokens, name: str
) -> None:
    colours = badge(tokens, name)
    assert contrast(colours.ink, colours.fill) >= 4.5
    assert contrast(colours.soft_ink, colours.soft) >= 4.5
    assert contrast(colours.soft_ink, tokens.panel) >= 4.5
    assert contrast(colours.soft_ink, tokens.window) >= 4.5


@both
def test_text_over_a_picture_is_readable_even_on_white(tokens: Tokens) -> None:
    share, dark = tokens.overlay.alphaF(), tokens.overlay
    parts = [share * part + 1 - share for part in (dark.redF(), dark.greenF(), dark.blueF())]
    over_white = QColor.fromRgbF(*parts)
    assert contrast(tokens.overlay_text, over_white) >= 4.5


@both
def test_states_can_be_told_apart_by_their_fill(tokens: Tokens) -> None:
    assert len({badge(tokens, name).fill.name() for name in BADGES}) == len(BADGES)


# Linear RGB as it is seen without red and without green receptors (Viénot, Brettel, Mollon 1999).
BLINDNESS = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def seen(colour: QColor, blindness: str) -> list[float]:
    """Red, green and blue, 0 to 1, as such an eye sees them."""
    parts = [part**2.2 for part in (colour.redF(), colour.greenF(), colour.blueF())]
    mixed = [sum(map(mul, line, parts)) for line in BLINDNESS[blindness]]
    return [min(1.0, max(0.0, part)) ** (1 / 2.2) for part in mixed]


@both
def test_lines_of_a_chart_are_seen_and_told_apart_without_red_and_green(tokens: Tokens) -> None:
    for colour in tokens.series:
        assert contrast(colour, tokens.panel) >= 3
    for blindness in BLINDNESS:
        for one, other in combinations(tokens.series, 2):
            assert dist(seen(one, blindness), seen(other, blindness)) >= 0.2


def test_both_schemes_fill_every_colour_and_share_their_measures() -> None:
    for part in fields(Tokens):
        light, dark = getattr(LIGHT, part.name), getattr(DARK, part.name)
        assert type(light) is type(dark)
        if isinstance(light, QColor):
            assert light.isValid()
            assert dark.isValid()
    assert (LIGHT.space, LIGHT.radius, LIGHT.font_px) == (DARK.space, DARK.radius, DARK.font_px)


@both
def test_the_palette_leaves_no_role_to_the_system(tokens: Tokens) -> None:
    made = palette(tokens)
    roles = [r for r in QPalette.ColorRole if r.name not in {"NColorRoles", "NoRole"}]
    for group in ("Active", "Inactive", "Disabled"):
        which = QPalette.ColorGroup[group]
        assert [role.name for role in roles if not made.isBrushSet(which, role)] == []


@both
def test_the_style_sheet_has_every_token_filled_in(tokens: Tokens, tmp_path: Path) -> None:
    sheet = stylesheet(tokens, art=tmp_path)
    assert "$" not in sheet
    assert f"rgba({tokens.accent.red()}, {tokens.accent.green()}" in sheet


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[None]:
    """What the application wears would show through."""
    worn = qapp.styleSheet()
    qapp.setStyleSheet("")
    yield
    qapp.setStyleSheet(worn)


@pytest.mark.usefixtures("undressed")
@pytest.mark.parametrize(
    ("rtl", "is_film", "filled"),
    [(False, False, "left"), (True, False, "right"), (True, True, "left"), (False, True, "left")],
)
def test_a_slider_is_filled_from_where_it_begins(
    qtbot: QtBot, tmp_path: Path, rtl: bool, is_film: bool, filled: str
) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    if is_film:
        slider.setProperty("ltr", True)
    mirrored = rtl and not is_film
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    slider.setLayoutDirection(direction)
    slider.setStyleSheet(stylesheet(LIGHT, art=tmp_path, rtl=rtl))
    slider.setRange(0, 100)
    slider.setValue(50)
    slider.resize(200, 20)
    picture = slider.grab().toImage()
    sides = {"left": picture.pixelColor(40, 10), "right": picture.pixelColor(160, 10)}
    assert [side for side, seen in sides.items() if seen == LIGHT.accent] == [filled]


def test_the_style_sheet_itself_names_no_colour() -> None:
    rules = re.sub(r"/\*.*?\*/", "", resource("style.qss").read_text("utf-8"), flags=re.S)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", rules) == []


def test_pictures_of_the_style_sheet_exist_in_the_colours_of_the_scheme(
    theme: Theme, qapp: QApplication
) -> None:
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.set_scheme(scheme)
        pictures = [Path(name) for name in re.findall(r'url\("([^"]+)"\)', qapp.styleSheet())]
        assert pictures
        assert all(picture.is_file() for picture in pictures)
        muted = theme.tokens.text_muted.name()
        assert any(muted in picture.read_text() for picture in pictures)


def test_changing_the_scheme_changes_palette_and_sheet_before_it_tells(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    seen: list[tuple[bool, QColor, str]] = []
    theme.changed.connect(
        lambda: seen.append((theme.tokens.dark, qapp.palette().window().color(), qapp.styleSheet()))
    )
    before = qapp.styleSheet()
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme(Scheme.DARK)
    dark, window, sheet = seen[-1]
    assert dark
    assert window == DARK.panel
    assert sheet != before


def test_an_unknown_system_scheme_is_light(theme: Theme, qapp: QApplication) -> None:
    theme.set_scheme(Scheme.SYSTEM)
    expected = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.scheme is Scheme.SYSTEM
    assert theme.tokens.dark is expected


def test_a_scheme_chosen_before_the_application_is_dressed_is_kept(qapp: QApplication) -> None:
    assert Theme(Scheme.DARK).tokens is DARK


def test_a_choice_of_the_persons_outweighs_the_systems_change(
    theme: Theme, qapp: QApplication
) -> None:
    theme.set_scheme(Scheme.DARK)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is DARK


def test_the_typeface_is_ours_in_each_weight(theme: Theme) -> None:
    widths = set()
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold):
        font = theme.font(40, weight)
        assert QFontInfo(font).family() == "Inter"
        widths.add(QFontMetrics(font).horizontalAdvance("Hamburgefons"))
    assert len(widths) == 3


def test_tabular_figures_have_one_width(theme: Theme) -> None:
    plain, tabular = (QFontMetrics(theme.font(40, tabular=choice)) for choice in (False, True))
    assert plain.horizontalAdvance("11111") < plain.horizontalAdvance("00000")
    assert tabular.horizontalAdvance("11111") == tabular.horizontalAdvance("00000")


def test_a_primary_button_is_painted_in_the_accent(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Push")
    button.setProperty("kind", "primary")
    qtbot.addWidget(button)
    button.resize(160, 40)
    painted = button.grab().toImage().pixelColor(12, 20)
    assert painted == LIGHT.accent


def test_resources_are_found_and_a_missing_one_is_an_error() -> None:
    assert resource("icons").is_dir()
    with pytest.raises(FileNotFoundError):
        resource("no-such-thing")


def test_typefaces_and_icons_carry_their_licences() -> None:
    assert "SIL OPEN FONT LICENSE" in resource("fonts/LICENSE").read_text("utf-8")
    assert "ISC License" in resource("icons/LICENSE").read_text("utf-8")


def test_the_headings_of_a_plain_table_stand_over_what_is_in_their_columns(
    qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    theme.apply(qapp)
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setProperty("rows", "plain")
    heading, cell = QTableWidgetItem("IIII"), QTableWidgetItem("IIII")
    cell.setFont(table.horizontalHeader().font())
    for item in (heading, cell):
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setHorizontalHeaderItem(0, heading)
    table.setItem(0, 0, cell)
    table.show()
    qtbot.waitExposed(table)
    above, below = (
        first_inked(view.grab().toImage())
        for view in (table.horizontalHeader().viewport(), table.viewport())
    )
    assert abs(above - below) <= 1


def first_inked(picture: QImage) -> int:
    """The first column in which something darker than the ground is painted."""
    row = range(picture.height())
    return next(
        x
        for x in range(picture.width())
        if min(picture.pixelColor(x, y).lightness() for y in row) < 150
    )


def test_a_list_of_choices_that_is_opened_by_hand_shows_its_last_one_whole(
    qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    theme.apply(qapp)
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["You (anna)", "legal", "brand"])
    box.resize(300, box.sizeHint().height())
    box.show()
    qtbot.waitExposed(box)
    qtbot.mousePress(box, Qt.MouseButton.LeftButton)
    choices = box.view()
    qtbot.waitUntil(choices.isVisible)
    last = choices.visualRect(choices.model().index(2, 0))
    assert choices.viewport().rect().contains(last)
    box.hidePopup()


@pytest.mark.parametrize("kind", ["", "primary", "quiet", "danger"])
@pytest.mark.parametrize("made", [QPushButton, QToolButton])
def test_a_button_that_the_tab_key_reaches_has_one_frame(
    qtbot: QtBot, theme: Theme, made: type[QAbstractButton], kind: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = made(window)
    button.setText("Go on")
    button.setProperty("kind", kind)
    button.move(10, 10)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    framed = []
    for by_tab in (False, True):
        window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, on=by_tab)
        framed.append(window.grab().toImage())
    assert framed[0] == framed[1]
