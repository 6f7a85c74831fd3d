"""What a change of a preset does to what was made of it."""

from dataclasses import replace

from bridge_app.domain.assets import AssetId
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.published import PublishedRendition, preset_effect

HERO = RenditionPreset(name="hero", title="", transformation="w_9", format="jpg")


def made(asset: str, *, preset: str = "hero", market: str = "") -> PublishedRendition:
    return PublishedRendition(
        environment="studio",
        public_id=asset,
        version=1,
        transformation="w_9",
        format="jpg",
        asset=AssetId(asset),
        name=f"{asset}.jpg",
        sha256="0",
        preset=preset,
        market=market,
        language="",
        url="https://example.com/x",
        width=9,
        height=9,
        bytes=9,
        made_at="2026-11-21T00:00:00+00:00",
    )


PUBLISHED = [made("a", market="DE"), made("a", market="FR"), made("b"), made("c", preset="story")]


def test_another_look_leaves_all_of_them_behind() -> None:
    effect = preset_effect(HERO, replace(HERO, transformation="w_10"), PUBLISHED)
    assert effect.outdated == tuple(PUBLISHED[:3])
    assert effect.assets == ("a", "b")


def test_another_format_does_too() -> None:
    assert len(preset_effect(HERO, replace(HERO, format="png"), PUBLISHED).outdated) == 3


def test_another_title_or_contract_leaves_them_as_they_should_be() -> None:
    after = replace(HERO, title="Big", channel="web", contract=Contract(width=9))
    assert preset_effect(HERO, after, PUBLISHED).outdated == ()


def test_a_market_that_is_not_served_any_more_is_left_behind() -> None:
    effect = preset_effect(HERO, replace(HERO, markets=("DE",)), PUBLISHED)
    assert effect.outdated == (PUBLISHED[1],)


def test_a_preset_that_goes_leaves_all_of_its_own() -> None:
    assert len(preset_effect(HERO, None, PUBLISHED).outdated) == 3
