"""The brand kit: kept in the settings, whatever stands there."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.storage.settings import Settings, SettingsFile
from bridge_app.ui.studio.brand_kit import COLOURS, FONTS, BrandKit


def test_without_settings_there_is_a_usual_kit() -> None:
    assert BrandKit.of(Settings()) == BrandKit(fonts=FONTS, colours=COLOURS)


def test_a_kit_comes_back_from_the_disk(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    kit = BrandKit().with_font("Source Serif  4").with_colour("#A1B2C3")
    file.save(kit.kept(Settings()))
    again = BrandKit.of(file.load())
    assert again == kit
    assert again.fonts[-1] == "Source Serif 4"
    assert again.colours[-1] == "a1b2c3"


@given(st.text(), st.text())
def test_whatever_stands_in_the_settings_makes_a_kit(fonts: str, colours: str) -> None:
    kit = BrandKit.of(Settings(brand_fonts=fonts, brand_colours=colours))
    assert kit.fonts
    assert kit.colours
    assert all(len(colour) == 6 for colour in kit.colours)


def test_what_is_no_colour_is_not_taken() -> None:
    assert BrandKit().with_colour("reddish") == BrandKit()
