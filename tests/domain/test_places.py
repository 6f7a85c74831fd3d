"""Which places are out of date, and which a new version changes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.localised import Variant, localised
from bridge_app.domain.places import (
    FOLLOWING,
    Place,
    PlaceKind,
    is_stale,
    replacement_effect,
)
from bridge_app.domain.presets import RenditionPreset

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
CONTENTS = st.text("0123456789abcdef", min_size=4, max_size=6)
PLACES = st.builds(
    Place,
    kind=st.sampled_from(PlaceKind),
    place=st.text(max_size=8),
    asset=st.just(AssetId("a")),
    name=st.just("a.jpg"),
    content=CONTENTS,
    environment=st.sampled_from(["shop", "press"]),
    gone_at=st.sampled_from(["", "2026-11-22T10:00:00+00:00"]),
)


@given(PLACES, st.frozensets(CONTENTS, min_size=1))
def test_a_place_is_stale_when_its_asset_contains_something_else(
    place: Place, contents: frozenset[str]
) -> None:
    assert is_stale(place, contents) == (not place.gone_at and place.content not in contents)
    assert not is_stale(place, contents | {place.content})


@given(PLACES)
def test_what_nobody_knows_is_not_stale(place: Place) -> None:
    assert not is_stale(place, ())
    assert not is_stale(replace(place, content=""), {"another"})


@given(PLACES, st.permutations(["c_fill", "h_60", "w_60"]), st.sampled_from(["", "a title"]))
def test_the_order_of_a_presets_parameters_makes_nothing_stale(
    place: Place, order: list[str], title: str
) -> None:
    made = replace(place, preset="square", transformation=subject_text("c_fill,h_60,w_60", "jpg"))
    same = replace(SQUARE, transformation=",".join(order), title=title)
    assert not is_stale(made, {place.content}, same)


@given(PLACES, st.integers(61, 500))
def test_a_preset_that_makes_something_else_leaves_its_places_behind(
    place: Place, width: int
) -> None:
    made = replace(place, preset="square", transformation=subject_text("c_fill,h_60,w_60", "jpg"))
    other = replace(SQUARE, transformation=f"c_fill,h_60,w_{width}")
    assert is_stale(made, {place.content}, other) == (not place.gone_at)
    assert is_stale(made, {place.content}, replace(SQUARE, format="png")) == (not place.gone_at)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


@given(WORDS)
def test_the_words_of_a_market_make_nothing_stale(words: str) -> None:
    text = "$headline_!Hello!/c_scale,w_90/l_text:Arial_20:$(headline)/fl_layer_apply"
    preset = replace(SQUARE, transformation=text)
    variant = Variant(market="DE", language="de", values=(("headline", words),))
    made = Place(
        kind=PlaceKind.PUBLICATION,
        place="",
        asset=AssetId("a"),
        name="a.jpg",
        content="1",
        transformation=subject_text(localised(text, variant), "jpg"),
        preset="square",
        market="DE",
        detail={"language": "de"},
    )
    assert not is_stale(made, {"1"}, preset)
    wider = replace(preset, transformation=text.replace("w_90", "w_91"))
    assert is_stale(made, {"1"}, wider)


@given(st.lists(PLACES), st.sampled_from(["shop", "press"]))
def test_a_new_version_changes_what_follows_its_master_there_and_no_other_place(
    places: list[Place], environment: str
) -> None:
    effect = replacement_effect(places, environment)
    for one in effect.changing:
        assert one.kind in FOLLOWING
        assert one.environment == environment
        assert not one.gone_at
    there = [one for one in places if not one.gone_at and one.kind is not PlaceKind.WRITE_BACK]
    assert len(effect.changing) + len(effect.staying) == len(there)
    assert effect.count(*PlaceKind, stays=True) == len(effect.staying)


def test_the_stacks_whose_entries_change_are_among_the_channels_that_do() -> None:
    page = Place(
        kind=PlaceKind.PUBLICATION,
        place="p",
        asset=AssetId("a"),
        name="a.jpg",
        content="c1",
        channel="web",
        environment="shop",
    )
    entry = replace(page, kind=PlaceKind.ENTRY, channel="", detail={"stack": "Site"})
    file = replace(page, kind=PlaceKind.EXPORT, channel="mail")
    assert replacement_effect([entry, page, file], "shop").channels == ("Site", "web")
