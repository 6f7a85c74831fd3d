"""Kits: which limit holds, what is too heavy and what is told of it, and whose folder is whose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.breaches import Demand
from bridge_app.domain.channel_formats import STARTING_LIBRARY
from bridge_app.domain.channel_settings import (
    READY_SETTINGS,
    Breakpoints,
    ChannelSettings,
    Placeholder,
    StorageMode,
    optimised,
    plugin_folder_of,
)
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.kits import Change, Kit, Remedy, Weighed, WeightLimit, best_remedies
from bridge_app.domain.presets import Contract
from bridge_app.domain.ready_kits import READY_KITS

MAIL = Kit(
    name="mail",
    presets=("header", "teaser"),
    formats=("jpg", "gif"),
    limits=(
        WeightLimit(most_bytes=200_000),
        WeightLimit(most_bytes=90_000, preset="teaser"),
        WeightLimit(most_bytes=50_000, format="gif"),
        WeightLimit(most_bytes=20_000, preset="teaser", format="gif"),
    ),
)


def weighed(size: int, most: int, *remedies: Remedy) -> Weighed:
    return Weighed(
        asset="a",
        name="hero.jpg",
        preset="header",
        market="",
        language="",
        width=600,
        height=200,
        format="jpg",
        bytes=size,
        most_bytes=most,
        remedies=remedies,
    )


@pytest.mark.parametrize(
    ("preset", "form", "contract", "most"),
    [
        ("header", "jpg", None, 200_000),
        ("teaser", "jpg", None, 90_000),
        ("header", "gif", None, 50_000),
        ("teaser", "gif", None, 20_000),
        ("header", "jpg", Contract(most_bytes=150_000), 150_000),
        ("header", "jpg", Contract(most_bytes=250_000), 200_000),
    ],
)
def test_the_lowest_limit_that_counts_holds(
    preset: str, form: str, contract: Contract | None, most: int
) -> None:
    assert MAIL.most_bytes(preset, form, contract) == most


def test_a_kit_without_limits_has_none() -> None:
    assert Kit(name="any", presets=("header",)).most_bytes("header", "jpg") == 0
    assert weighed(10**9, 0).over == 0


def test_a_kit_adds_its_formats_and_weights_to_the_contract_of_a_preset() -> None:
    asked = MAIL.contract_of("header", Contract(width=600, height=200), "webp")
    found = asked.breaches(width=600, height=200, size=240_000, form="webp")
    assert [one.demand for one in found] == [Demand.MOST_BYTES, Demand.FORMAT]


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_what_is_too_heavy_is_told_with_at_least_one_kilobyte(size: int, most: int) -> None:
    told = weighed(size, most)
    assert told.over == max(0, size - most)
    assert ("too heavy" in told.sentence()) is (size > most)
    assert ", 0 kB too heavy" not in told.sentence()


def test_it_is_told_how_much_too_heavy_a_banner_is_and_what_would_help() -> None:
    webp = Remedy(change=Change.FORMAT, what="webp", bytes=150_000)
    assert weighed(240_000, 200_000).sentence() == "hero.jpg, header: 240 kB, 40 kB too heavy"
    assert weighed(240_000, 200_000, webp).sentence().endswith("; it would fit as webp: 150 kB")
    eco = Remedy(change=Change.QUALITY, what="q_auto:eco", bytes=210_000)
    assert (
        weighed(240_000, 200_000, eco)
        .sentence()
        .endswith("; with q_auto:eco: 210 kB is the lightest that was tried")
    )


def test_of_changes_those_that_fit_are_told_else_the_lightest() -> None:
    small = Remedy(change=Change.QUALITY, what="q_50", bytes=80)
    large = Remedy(change=Change.QUALITY, what="q_auto:eco", bytes=120)
    assert best_remedies([large, small], 100) == (small,)
    assert best_remedies([large, small], 130) == (large, small)
    assert best_remedies([large, small], 10) == (small,)
    assert best_remedies([], 10) == ()


@pytest.mark.parametrize(
    "said",
    [
        {"name": "a b"},
        {"name": "a", "presets": ("x", "x")},
        {"name": "a", "template": "../{name}"},
        {"name": "a", "formats": ("JPEG!",)},
    ],
)
def test_a_kit_that_cannot_be_used_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        Kit(**said)  # type: ignore[arg-type]


def test_the_ready_kits_name_presets_that_there_are_and_limit_each_of_them() -> None:
    assert [one.name for one in READY_KITS] == [
        *("email", "cms-page", "landing-page", "display-ads", "social")
    ]
    for kit in READY_KITS:
        for name in kit.presets:
            preset = STARTING_LIBRARY.preset(name)
            assert kit.most_bytes(name, preset.format, preset.contract) > 0
            assert not kit.formats or preset.format in kit.formats
        assert {one.preset for one in kit.limits} <= {"", *kit.presets}


def test_one_step_sets_all_that_plugins_recommend_and_leaves_where_pictures_are() -> None:
    plain = ChannelSettings(
        channel="shop", storage=StorageMode.REFERENCE, lazy=False, plugin_folders=("shop/media",)
    )
    after = optimised(plain)
    assert (after.format, after.quality, after.lazy) == ("auto", "auto", True)
    assert after.placeholder is Placeholder.BLUR
    assert after.breakpoints == Breakpoints()
    assert (after.storage, after.plugin_folders) == (plain.storage, plain.plugin_folders)
    assert {one.channel for one in READY_SETTINGS} == {
        *("wordpress", "adobe-commerce", "sap-commerce")
    }


@pytest.mark.parametrize(
    "said",
    [
        {"format": "bmp"},
        {"quality": "best"},
        {"dpr": "9"},
        {"plugin_folders": ("/",)},
        {"plugin_folders": ("/wp/",)},
    ],
)
def test_settings_that_no_page_could_follow_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        ChannelSettings(channel="shop", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("wp/media", ("shop", "wp/media")),
        ("WP/Media/2026/hero", ("shop", "wp/media")),
        ("wp/media-old/hero", None),
        ("wp", None),
        ("", None),
    ],
)
def test_a_plugins_folder_is_known_with_all_that_lies_in_it(
    name: str, owner: tuple[str, str] | None
) -> None:
    shop = ChannelSettings(channel="shop", plugin_folders=("wp/media",))
    assert plugin_folder_of(name, [shop]) == owner
