"""Rendition presets: what they promise, whom they serve, and what they start with."""

from typing import Any

import pytest

from bridge_app.domain.channel_formats import AD_BYTES, STARTING_LIBRARY
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.presets import READY_PRESETS, Contract, PresetError, RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet
from bridge_app.transform import output_size, parse


def preset(name: str = "hero", **said: Any) -> RenditionPreset:
    given: dict[str, Any] = {"title": "", "transformation": "c_fill,h_9,w_16", "format": "jpg"}
    return RenditionPreset(name=name, **{**given, **said})


def test_a_file_of_the_agreed_pixels_keeps_the_contract() -> None:
    assert Contract(width=300, height=250).breaches(width=300, height=250) == ()


@pytest.mark.parametrize(
    ("contract", "told", "breach"),
    [
        (Contract(width=300), {"width": 299, "height": 9}, "width 299 instead of 300"),
        (Contract(height=50), {"width": 9, "height": 51}, "height 51 instead of 50"),
        (
            Contract(width=300, exact=False),
            {"width": 301, "height": 9},
            "width 301 instead of ≤ 300",
        ),
        (
            Contract(most_bytes=10),
            {"width": 1, "height": 1, "size": 11},
            "11 bytes instead of ≤ 10",
        ),
        (
            Contract(formats=("jpg", "png")),
            {"width": 1, "height": 1, "form": "webp"},
            "webp instead of jpg or png",
        ),
    ],
)
def test_a_broken_contract_says_what_is_wrong(
    contract: Contract, told: dict[str, Any], breach: str
) -> None:
    assert [str(one) for one in contract.breaches(**told)] == [breach]


def test_at_most_is_kept_by_anything_smaller() -> None:
    assert Contract(width=300, height=300, exact=False).breaches(width=1, height=300) == ()


@pytest.mark.parametrize(
    "said",
    [
        {"name": ""},
        {"name": "a b"},
        {"name": "-a"},
        {"name": "a/b"},
        {"name": "x" * 65},
        {"format": "JPEG2000"},
        {"title": "\udce9"},
        {"channel": "x" * 20_001},
        {"markets": ("D",)},
        {"languages": ("deutsch sprache",)},
    ],
    ids=str,
)
def test_a_preset_that_could_not_be_used_cannot_be_made(said: dict[str, Any]) -> None:
    with pytest.raises(PresetError):
        preset(**said)


@pytest.mark.parametrize("said", [{"width": -1}, {"height": 100_001}, {"most_bytes": -1}])
def test_a_contract_of_impossible_numbers_cannot_be_made(said: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError):
        Contract(**said)


def test_a_preset_serves_the_markets_and_languages_it_names_whatever_their_case() -> None:
    swiss = preset(markets=("CH",), languages=("de-CH", "fr"))
    assert swiss.serves("ch", "FR")
    assert swiss.serves("", "")
    assert not swiss.serves("DE", "fr")
    assert not swiss.serves("CH", "it")
    assert preset().serves("DE", "it")


def test_a_preset_can_be_asked_for_by_its_name_at_cloudinary() -> None:
    assert preset("story").named().transformation == "t_story"


def test_a_set_gives_its_presets_in_its_order_and_a_preset_is_a_set_of_one() -> None:
    library = PresetLibrary.of(
        [preset("a"), preset("b")], [RenditionSet(name="both", presets=("b", "a"))]
    )
    assert [one.name for one in library.of_set("both")] == ["b", "a"]
    assert [one.name for one in library.of_set("a")] == ["a"]
    assert library.sets_with("a") == ("both",)
    with pytest.raises(NotFoundError):
        library.of_set("c")


def test_a_set_whose_preset_is_gone_says_so() -> None:
    library = PresetLibrary.of([preset("a")], [RenditionSet(name="both", presets=("a", "b"))])
    assert library.missing() == {"both": ("b",)}
    with pytest.raises(NotFoundError, match="preset b"):
        library.of_set("both")


def test_a_set_does_not_name_a_preset_twice() -> None:
    with pytest.raises(PresetError, match="twice"):
        RenditionSet(name="x", presets=("a", "a"))


def test_the_starting_library_has_the_formats_of_todays_channels() -> None:
    sizes = {
        name: (one.contract.width, one.contract.height)
        for name, one in STARTING_LIBRARY.presets.items()
        if one.contract is not None
    }
    assert len(sizes) == len(STARTING_LIBRARY.presets) >= 30
    assert sizes["og-image"] == (1200, 630)
    assert sizes["instagram-portrait"] == (1080, 1350)
    assert sizes["instagram-square"] == (1080, 1080)
    assert sizes["instagram-story"] == sizes["tiktok"] == (1080, 1920)
    assert sizes["ad-medium-rectangle"] == (300, 250)
    assert sizes["ad-leaderboard"] == (728, 90)
    assert STARTING_LIBRARY.presets["ad-leaderboard"].contract == Contract(
        width=728, height=90, most_bytes=AD_BYTES
    )
    assert set(READY_PRESETS) <= set(STARTING_LIBRARY.presets.values())
    assert STARTING_LIBRARY.missing() == {}


@pytest.mark.parametrize("name", STARTING_LIBRARY.presets)
@pytest.mark.parametrize("size", [(6000, 4000), (3000, 4500), (400, 400)])
def test_every_starting_preset_keeps_its_own_contract(name: str, size: tuple[int, int]) -> None:
    chosen = STARTING_LIBRARY.presets[name]
    width, height = output_size(parse(chosen.transformation), *size)
    assert chosen.contract is not None
    assert chosen.contract.breaches(width=width, height=height) == ()
