"""Where assets went: what is pushed, published, exported and handed out, and what is outdated."""

import getpass
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.assets import Asset
from bridge_app.domain.places import KnownPlace, PlaceKind, Replaced
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.review_requests import ReviewItem
from bridge_app.work.places import copied_preset
from bridge_app.work.review_pack import PackWish
from tests.desk import Desk, picture

SQUARE = RenditionPreset(
    name="square", title="", transformation="c_fill,h_60,w_60", format="jpg", channel="web"
)
WIDE = RenditionPreset(
    name="wide", title="", transformation="c_scale,w_80", format="png", channel="mail"
)


def made(desk: Desk, wish: RenditionWish, *names: str) -> None:
    shelf = desk.parts.worker.renditions
    plan = shelf.plan([desk.asset(name).id for name in names], wish)
    desk.finished(shelf.carry_out(plan))


def exported(desk: Desk, folder: Path, *names: str) -> None:
    made(desk, RenditionWish(presets=(SQUARE,), folder=str(folder)), *names)


def published(desk: Desk, *names: str) -> None:
    made(desk, RenditionWish(presets=(SQUARE, WIDE), folder=None), *names)


def packed(desk: Desk, target: Path, *names: str) -> None:
    items = tuple(ReviewItem(asset=desk.asset(name).id) for name in names)
    desk.parts.worker.review_packs.export(PackWish(title="Autumn", items=items, target=target))


def places(desk: Desk, name: str) -> tuple[KnownPlace, ...]:
    return desk.parts.worker.places.of([desk.asset(name).id])


def kinds(found: tuple[KnownPlace, ...]) -> list[str]:
    return sorted(one.place.kind.value for one in found)


def stale(desk: Desk, name: str) -> list[str]:
    return kinds(tuple(one for one in places(desk, name) if one.is_stale))


def replaced(desk: Desk, name: str) -> None:
    """Another picture in the master's file."""
    before = desk.asset(name).sha256
    Image.new("RGB", (300, 220), (200, 30, 90)).save(desk.folder / name, quality=90)
    desk.parts.worker.scan(desk.asset(name).library)
    desk.until(lambda: desk.asset(name).sha256 != before, what="the new version")


@pytest.fixture
def stocked(desk: Desk, tmp_path: Path) -> Desk:
    """Two masters that went everywhere."""
    picture(desk.folder / "a.jpg", 1)
    picture(desk.folder / "b.jpg", 2)
    desk.library()
    desk.parts.worker.rendition_presets.save(SQUARE, WIDE)
    desk.approve("a.jpg", "b.jpg")
    desk.push()
    published(desk, "a.jpg", "b.jpg")
    exported(desk, tmp_path / "out", "a.jpg", "b.jpg")
    packed(desk, tmp_path / "pack", "a.jpg", "b.jpg")
    return desk


EVERYWHERE = ["export", "publication", "publication", "push", "review_pack"]


def test_an_asset_tells_where_it_went(stocked: Desk, tmp_path: Path) -> None:
    found = places(stocked, "a.jpg")
    assert kinds(found) == EVERYWHERE
    assert not any(one.is_stale for one in found)
    assert {one.place.who for one in found} == {getpass.getuser()}
    by_kind = {one.place.kind: one.place for one in found}
    assert by_kind[PlaceKind.EXPORT].place == str(tmp_path / "out" / "a-square-60x60.jpg")
    assert by_kind[PlaceKind.REVIEW_PACK].detail["title"] == "Autumn"
    assert by_kind[PlaceKind.PUSH].place.startswith("http")
    assert {one.place.channel for one in found} == {"", "web", "mail"}


def test_a_replaced_master_leaves_exactly_its_own_places_behind(stocked: Desk) -> None:
    replaced(stocked, "a.jpg")
    assert stale(stocked, "a.jpg") == EVERYWHERE
    assert stale(stocked, "b.jpg") == []
    everywhere = stocked.parts.worker.places.all()
    assert len(everywhere) == 2 * len(EVERYWHERE)
    assert {one.place.asset for one in everywhere if one.is_stale} == {stocked.asset("a.jpg").id}


def test_a_push_tells_what_it_changes_and_then_changes_that(stocked: Desk) -> None:
    replaced(stocked, "a.jpg")
    stocked.approve("a.jpg")
    plan = stocked.plan()
    effect = stocked.parts.worker.places.effect(plan)
    assert effect.channels == ("mail", "web")
    assert effect.count(PlaceKind.PUBLICATION) == 2
    assert effect.count(PlaceKind.EXPORT, stays=True) == 1
    assert {one.asset for one in effect.changing} == {stocked.asset("a.jpg").id}
    stocked.push()
    assert stale(stocked, "a.jpg") == ["export", "review_pack"]


def test_a_replacement_reports_each_place(stocked: Desk) -> None:
    worker = stocked.parts.worker
    replaced(stocked, "a.jpg")
    stocked.approve("a.jpg")
    plan = stocked.plan()
    effect = worker.places.effect(plan)
    before = worker.places.report(plan, effect, {})
    assert (before.count(Replaced.WAITING), before.is_over) == (3, False)
    failed = worker.places.report(plan, effect, {stocked.asset("a.jpg").id: "It broke."})
    assert (failed.count(Replaced.FAILED), failed.count(Replaced.STAYS)) == (3, 2)
    assert failed.lines[0].why == "It broke."
    stocked.push()
    after = worker.places.report(plan, effect, {})
    assert (after.count(Replaced.CHANGED), after.count(Replaced.STAYS)) == (3, 2)
    assert after.is_over


def test_copied_code_is_a_place_that_follows_its_master(stocked: Desk) -> None:
    worker, asset = stocked.parts.worker, stocked.asset("a.jpg")
    link = worker.link(asset, SQUARE)
    for _ in range(2):
        worker.places.copied(asset, link.url, copied_preset(SQUARE, "url"))
    environment = stocked.plan().environment
    worker.places.copied_masters({asset.id: worker.original_url(asset.id)}, environment)
    found = [one for one in places(stocked, "a.jpg") if one.place.kind is PlaceKind.COPY]
    assert [(one.place.preset, one.place.channel) for one in found] == [("", ""), ("square", "web")]
    assert worker.places.address(found[1].place) == link.url
    replaced(stocked, "a.jpg")
    assert stale(stocked, "a.jpg").count("copy") == 2
    stocked.approve("a.jpg")
    effect = worker.places.effect(stocked.plan())
    assert effect.count(PlaceKind.COPY) == 2
    stocked.push()
    assert "copy" not in stale(stocked, "a.jpg")


def test_a_push_of_new_assets_changes_no_place(desk: Desk) -> None:
    picture(desk.folder / "a.jpg", 1)
    desk.library()
    desk.approve("a.jpg")
    effect = desk.parts.worker.places.effect(desk.plan())
    assert (effect.changing, effect.staying) == ((), ())


def test_an_export_in_the_same_file_takes_the_place_of_the_one_before(
    stocked: Desk, tmp_path: Path
) -> None:
    exported(stocked, tmp_path / "out", "a.jpg")
    assert kinds(places(stocked, "a.jpg")) == EVERYWHERE
    replaced(stocked, "a.jpg")
    wish = RenditionWish(presets=(SQUARE,), folder=str(tmp_path / "out"), replaces=True)
    made(stocked, wish, "a.jpg")
    assert kinds(places(stocked, "a.jpg")) == EVERYWHERE
    assert stale(stocked, "a.jpg") == ["publication", "publication", "push", "review_pack"]


def test_a_preset_that_makes_something_else_leaves_its_renditions_behind(stocked: Desk) -> None:
    stocked.parts.worker.rendition_presets.save(replace(SQUARE, transformation="c_fill,h_90,w_90"))
    left = [one.place for one in places(stocked, "b.jpg") if one.is_stale]
    assert sorted((one.kind.value, one.preset) for one in left) == [
        ("export", "square"),
        ("publication", "square"),
    ]
    stocked.parts.worker.rendition_presets.save(replace(SQUARE, title="Small"))
    assert stale(stocked, "b.jpg") == []


def test_what_another_program_took_is_remembered(stocked: Desk) -> None:
    asset: Asset = stocked.asset("a.jpg")
    stocked.parts.worker.places.taken([(asset, "")])
    stocked.reopen()
    assert kinds(places(stocked, "a.jpg")) == sorted([*EVERYWHERE, "drag_out"])
    replaced(stocked, "a.jpg")
    assert stale(stocked, "a.jpg") == sorted([*EVERYWHERE, "drag_out"])
