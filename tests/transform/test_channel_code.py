"""Code as a channel shows things: defaults where nothing is said, widths, stand-ins, suffixes."""

import pytest

from bridge_app.domain.channel_settings import (
    Breakpoints,
    ChannelSettings,
    Placeholder,
    optimised,
)
from bridge_app.domain.kits import Change
from bridge_app.transform.channel_code import on_channel, seo_suffix, with_defaults
from bridge_app.transform.code import Code, code
from bridge_app.transform.delivery_host import DeliveryHost
from bridge_app.transform.delivery_url import DeliveryPath
from bridge_app.transform.embed import Embed
from bridge_app.transform.lighter import lighter
from bridge_app.transform.parse import parse

SHOP = ChannelSettings(channel="shop", format="auto", quality="auto:good")


def embed(settings: ChannelSettings, text: str = "c_fill,h_400,w_800") -> Embed:
    path = DeliveryPath(
        public_id="spring/hero",
        transformation=parse(with_defaults(text, settings)),
        version=12,
        extension="jpg",
    )
    plain = Embed(
        host=DeliveryHost(cloud="demo"), path=path, alt="Größe & Form", width=800, height=400
    )
    return on_channel(plain, settings)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("c_fill,w_400", "c_fill,w_400/f_auto,q_auto:good"),
        ("c_fill,w_400/q_80", "c_fill,w_400/q_80/f_auto"),
        ("f_png,w_400", "f_png,w_400/q_auto:good"),
        ("f_png,q_80", "f_png,q_80"),
        ("", "f_auto,q_auto:good"),
    ],
)
def test_defaults_are_added_where_a_rendition_says_nothing(text: str, shown: str) -> None:
    assert with_defaults(text, SHOP) == shown
    assert with_defaults(shown, SHOP) == shown


def test_density_stands_where_the_size_is_said() -> None:
    dense = ChannelSettings(channel="shop", dpr="2.0")
    assert with_defaults("c_fill,h_90,w_400/q_80", dense) == "c_fill,dpr_2.0,h_90,w_400/q_80"
    assert with_defaults("q_80", dense) == "q_80"


def test_a_channel_without_settings_of_its_own_changes_no_code() -> None:
    plain = ChannelSettings(channel="shop")
    shown = embed(plain)
    assert 'loading="lazy"' in code(Code.HTML, shown)
    assert "style=" not in code(Code.HTML, shown)
    assert "/images/" not in shown.url()


def test_code_loads_late_with_a_stand_in_in_the_channels_widths() -> None:
    rules = Breakpoints(narrowest=200, widest=600, most=3)
    shop = ChannelSettings(channel="shop", breakpoints=rules, placeholder=Placeholder.BLUR)
    html = code(Code.HTML, embed(shop))
    assert [width for width in ("200w", "400w", "600w", "800w") if width in html] == [
        *("200w", "400w", "600w")
    ]
    assert "e_blur:400" in html
    assert "background:url(" in html
    assert code(Code.PICTURE, embed(shop)).count("e_blur:400") == 1


def test_code_can_be_loaded_with_the_page() -> None:
    html = code(Code.HTML, embed(ChannelSettings(channel="shop", lazy=False)))
    assert 'loading="eager"' in html


def test_every_stand_in_is_a_transformation_behind_the_renditions_own() -> None:
    for kind in Placeholder:
        shown = embed(ChannelSettings(channel="shop", placeholder=kind))
        assert bool(shown.placeholder_url) is (kind is not Placeholder.NONE)
        if shown.placeholder_url:
            assert shown.placeholder_url.startswith(
                "https://res.cloudinary.com/demo/image/upload/c_fill,h_400,w_800/"
            )


def test_addresses_end_in_the_words_of_the_title() -> None:
    shown = embed(ChannelSettings(channel="shop", seo_suffix=True))
    assert shown.url().endswith("/images/c_fill,h_400,w_800/v12/spring/hero/gr%C3%B6sse-form.jpg")


@pytest.mark.parametrize(
    ("words", "suffix"),
    [
        ("Hero. Picture/2026", "hero-picture-2026"),
        ("  --  ", ""),
        ("Зима 2026", "зима-2026"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("w" * 90, "w" * 60),
    ],
)
def test_a_suffix_has_letters_and_digits_alone(words: str, suffix: str) -> None:
    assert seo_suffix(words) == suffix


def test_what_is_no_picture_has_neither_stand_in_nor_suffix() -> None:
    every = optimised(ChannelSettings(channel="shop", seo_suffix=True))
    film = DeliveryPath(public_id="film", resource_type="video", extension="mp4")
    plain = Embed(host=DeliveryHost(cloud="demo"), path=film, alt="Film", width=640, height=360)
    shown = on_channel(plain, every)
    assert (shown.suffix, shown.placeholder) == ("", "")


def test_lighter_changes_are_tried_from_the_least_seen_to_the_most() -> None:
    found = list(lighter("c_fill,w_400/q_auto", "jpg", may_shrink=True))
    assert [one.change for one in found] == [
        *(Change.QUALITY,) * 3,
        *(Change.FORMAT,) * 2,
        *(Change.SIZE,) * 2,
    ]
    assert found[0].transformation == "c_fill,w_400/q_auto:eco"
    assert (found[3].transformation, found[3].format) == ("c_fill,w_400/q_auto", "webp")


def test_no_format_is_tried_that_the_channel_does_not_show() -> None:
    found = lighter("c_fill,w_400", "jpg", formats=("jpg", "png"))
    assert {one.change for one in found} == {Change.QUALITY}
