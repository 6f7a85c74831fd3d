"""Kits where things meet: one place, one name, one path that is no text, and far too much of it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.kits import KitExportError, KitForm
from bridge_app.domain.places import PlaceKind, use_of
from bridge_app.domain.rendition_plan import Obstacle
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform import Rendered
from bridge_app.transform.channel_code import with_defaults
from bridge_app.work import kits as kits_module
from bridge_app.work.context import Context
from bridge_app.work.handlers.kits import KitHandler
from bridge_app.work.kit_pieces import discard_unwanted
from bridge_app.work.places import Copied
from tests.desk import Desk
from tests.work.test_kits import (
    KIT,
    SQUARE,
    exported,
    handler_of,
    kinds,
    manifest,
    planned,
    stocked_desk,
)


@pytest.fixture(scope="module")
def stocked(decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("kits"), sandbox=None, decoder=decoder)
    made.open()
    yield stocked_desk(made)
    made.close()


def test_a_kit_takes_no_other_ones_name(stocked: Desk) -> None:
    desk = stocked.parts.worker.kits
    first, other = replace(KIT, name="first"), replace(KIT, name="other", title="Other")
    desk.add(first)
    desk.add(other)
    with pytest.raises(InvalidInputError):
        desk.add(replace(other, title="Third", name="first"))
    with pytest.raises(InvalidInputError):
        desk.change("other", replace(other, name="first"))
    assert (desk.kit("first"), desk.kit("other")) == (first, other)
    desk.change("first", replace(first, name="renamed"))
    names = [one.name for one in desk.kits()]
    assert names[-2:] == ["renamed", "other"]
    with pytest.raises(InvalidInputError):
        desk.change("first", replace(first, title="Gone by now"))


def test_far_too_many_renditions_are_no_one_kit(
    stocked: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kits_module, "MOST", 3)
    with pytest.raises(KitExportError) as told:
        planned(stocked, tmp_path / "kit")
    assert "4 renditions" in str(told.value)
    assert len(planned(stocked, tmp_path / "kit", "a.jpg").doing) == 2


def test_of_two_exports_to_one_place_the_second_is_told_no(
    decoder: DecoderPool, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, sandbox=None, decoder=decoder)
    desk.open()
    stocked_desk(desk)
    desk.close()
    desk.parts = desk.build()  # whose worker nobody starts: what is queued stays queued
    try:
        kits = desk.parts.worker.kits
        batch = kits.carry_out(planned(desk, tmp_path / "kit", "a.jpg"))
        with pytest.raises(KitExportError):
            kits.carry_out(planned(desk, tmp_path / "kit", "noise.jpg"))
        assert [job.state for job in desk.parts.worker.batch(batch)] == [JobState.QUEUED]
    finally:
        desk.close()


def test_what_nobody_waits_for_is_not_kept(tmp_path: Path) -> None:
    for name in ("wanted", "given-up"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "piece").write_bytes(b"1")
    discard_unwanted(tmp_path, lambda name: name == "wanted")
    assert [one.name for one in tmp_path.iterdir()] == ["wanted"]
    discard_unwanted(tmp_path / "nowhere", lambda _: False)


def test_a_feed_in_a_folder_whose_name_is_no_text(desk: Desk, tmp_path: Path) -> None:
    stocked_desk(desk)
    desk.push()
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    target = folder / "feed.json"
    for names in (("a.jpg", "noise.jpg"), ("a.jpg",)):
        job = exported(desk, planned(desk, target, *names, form=KitForm.FEED))
        assert job.state is JobState.DONE, job.error
    assert kinds(desk, "a.jpg").count(PlaceKind.FEED) == 2
    assert PlaceKind.FEED not in kinds(desk, "noise.jpg")


def no_to_what_the_shop_shows(desk: Desk, shop: ChannelSettings) -> None:
    shown = with_defaults(SQUARE.transformation, shop)
    subject = desk.parts.stock.gate.subject(shown, SQUARE.format)
    asset = desk.asset("a.jpg").id
    desk.parts.worker.decide([asset], Approval.REJECTED, transformation=subject)


def test_the_plan_of_a_shops_feed_asks_for_what_the_shop_shows(desk: Desk, tmp_path: Path) -> None:
    stocked_desk(desk)
    desk.push()
    shop = ChannelSettings(channel="shop", use="web", format="auto")
    no_to_what_the_shop_shows(desk, shop)
    plan = planned(desk, tmp_path / "f.json", "a.jpg", form=KitForm.FEED, channel=shop)
    assert [(step.preset, step.obstacle) for step in plan.steps] == [
        ("square", Obstacle.GATE),
        ("noisy", None),
    ]


def test_an_address_that_may_be_known_no_more_when_all_is_made_is_not_told(
    desk: Desk, decoder: DecoderPool, tmp_path: Path
) -> None:
    stocked_desk(desk)
    desk.push()
    shop = ChannelSettings(channel="shop", use="web", format="auto")
    plan = planned(desk, tmp_path / "kit", "a.jpg", channel=shop)
    job = exported(desk, plan)
    shutil.rmtree(tmp_path / "kit")
    handler = handler_of(desk, decoder, tmp_path / "pieces")

    def rendered(asset: Asset, transformation: str) -> Rendered:
        no_to_what_the_shop_shows(desk, shop)
        return handler.means.render(asset, transformation)

    late = KitHandler(means=replace(handler.means, render=rendered))  # type: ignore[arg-type]
    late(job, Context(attempt=1, now=desk.clock, report=lambda *_: None))
    told = manifest(tmp_path / "kit")["renditions"]
    assert [(one["preset"], bool(one["file"]), bool(one["url"])) for one in told] == [
        ("square", True, False),
        ("noisy", True, True),
    ]


def test_rights_for_a_use_let_the_addresses_of_its_shops_be_found_again(
    desk: Desk, tmp_path: Path
) -> None:
    stocked_desk(desk)
    desk.push()
    shop = ChannelSettings(channel="shop", use="web")
    target = tmp_path / "f.json"
    exported(desk, planned(desk, target, "a.jpg", form=KitForm.FEED, channel=shop))
    asset = desk.asset("a.jpg")
    made = Copied(code="url", transformation="c_scale,w_9", channel="shop", use="web")
    desk.parts.worker.places.copied(asset, "https://example.com/a.jpg", made)
    found = desk.parts.worker.places.of([asset.id])
    places = [one.place for one in found if one.place.kind in (PlaceKind.FEED, PlaceKind.COPY)]
    assert [(one.channel, use_of(one).channel) for one in places] == [("shop", "web")] * 3
