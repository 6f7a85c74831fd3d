"""Kits of channels: kept, weighed on what is really made, and handed out whole or not at all."""

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bridge_app.domain.audit import AuditFilter
from bridge_app.domain.channel_settings import (
    Breakpoints,
    ChannelSettings,
    Placeholder,
    PluginFolderError,
    StorageMode,
)
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.kits import Kit, KitExportError, KitForm, WeightLimit
from bridge_app.domain.places import PlaceKind
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import Obstacle
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform.code import Code
from bridge_app.work.context import Context
from bridge_app.work.handlers.kits import KitHandler, KitMeans
from bridge_app.work.kits import KitPlan, KitWish, free_target
from bridge_app.work.master_renders import MasterRenders
from bridge_app.work.outcome import CancelledError, Done, Outcome
from bridge_app.work.rendition_files import FileTakenError
from bridge_app.work.studio import CodeWish
from tests.desk import Desk, licensed_picture, picture

SQUARE = RenditionPreset(
    name="square", title="", transformation="c_fill,h_60,w_60", format="jpg", channel="web"
)
NOISY = RenditionPreset(
    name="noisy", title="", transformation="c_scale,w_600/q_100", format="jpg", channel="web"
)
KIT = Kit(name="mail", title="Mail", presets=("square", "noisy"), formats=("jpg", "png", "gif"))


def noise(path: Path) -> Path:
    """A picture that stays heavy."""
    Image.effect_noise((600, 400), 90).convert("RGB").save(path, quality=100)
    return path


def stocked_desk(desk: Desk) -> Desk:
    picture(desk.folder / "a.jpg", 1)
    noise(desk.folder / "noise.jpg")
    desk.library()
    desk.parts.worker.rendition_presets.save(SQUARE, NOISY)
    desk.parts.worker.kits.save(KIT)
    desk.approve("a.jpg", "noise.jpg")
    return desk


@pytest.fixture(scope="module")
def stocked(decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An application without an account: files need neither one nor a network."""
    made = Desk(tmp_path_factory.mktemp("kits"), sandbox=None, decoder=decoder)
    made.open()
    yield stocked_desk(made)
    made.close()


def planned(desk: Desk, target: Path, *names: str, kit: Kit = KIT, **said: Any) -> KitPlan:
    assets = tuple(desk.asset(name).id for name in names or ("a.jpg", "noise.jpg"))
    return desk.parts.worker.kits.plan(KitWish(kit=kit, assets=assets, target=str(target), **said))


def exported(desk: Desk, plan: KitPlan) -> JobRecord:
    (job,) = desk.finished(desk.parts.worker.kits.carry_out(plan))
    return job


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return found


def kinds(desk: Desk, name: str) -> list[PlaceKind]:
    return [one.place.kind for one in desk.parts.worker.places.of([desk.asset(name).id])]


def test_ready_kits_are_there_once_and_what_is_removed_stays_away(stocked: Desk) -> None:
    desk = stocked.parts.worker.kits
    assert [one.name for one in desk.kits()][:3] == ["email", "cms-page", "landing-page"]
    desk.remove("landing-page")
    assert "landing-page" not in [one.name for one in desk.kits()]
    with pytest.raises(NotFoundError):
        desk.kit("landing-page")


def test_a_kit_is_kept_as_it_was_said(stocked: Desk) -> None:
    desk = stocked.parts.worker.kits
    full = replace(
        KIT,
        name="full",
        channel="email",
        template="{preset}/{name}.{ext}",
        limits=(WeightLimit(most_bytes=1000), WeightLimit(most_bytes=9, preset="square")),
    )
    desk.save(full)
    assert desk.kit("full") == full
    with pytest.raises(NotFoundError):
        desk.save(replace(full, presets=("nowhere",), limits=()))


def test_settings_of_a_channel_are_kept_and_those_of_shops_are_ready(stocked: Desk) -> None:
    desk = stocked.parts.worker.kits
    assert desk.channel("wordpress").placeholder is Placeholder.BLUR
    mine = replace(desk.channel("wordpress"), lazy=False, plugin_folders=("wp",))
    desk.save_channel(mine)
    assert (desk.channel("wordpress"), desk.channels()) == (mine, (mine,))
    desk.remove_channel("wordpress")
    assert desk.channel("wordpress").lazy
    with pytest.raises(NotFoundError):
        desk.remove_channel("wordpress")


def test_what_is_too_heavy_is_told_with_what_would_really_help(stocked: Desk) -> None:
    desk = stocked.parts.worker.kits
    assets = [stocked.asset("noise.jpg").id]
    free = [one.weighed for one in desk.weigh(KIT, assets)]
    assert [one.over for one in free if one] == [0, 0]
    heavy = free[1]
    assert heavy is not None
    limit = WeightLimit(most_bytes=heavy.bytes - 40_000, preset="noisy")
    first, second = (one.weighed for one in desk.weigh(replace(KIT, limits=(limit,)), assets))
    assert first is not None
    assert second is not None
    assert (first.over, second.over) == (0, 40_000)
    assert "40 kB too heavy" in second.sentence()
    assert second.remedies
    assert all(one.bytes <= second.most_bytes for one in second.remedies)
    assert {one.what for one in second.remedies} <= {"q_auto:eco", "q_auto:low", "q_50"}


def test_a_kit_is_a_folder_with_a_manifest(stocked: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out" / "mail"
    job = exported(stocked, planned(stocked, target))
    assert job.state is JobState.DONE, job.error
    told = manifest(target)
    assert (told["kit"], told["version"]) == ("mail", 1)
    assert len(told["renditions"]) == 4
    for one in told["renditions"]:
        data = (target / one["file"]).read_bytes()
        assert one["bytes"] == len(data)
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (one["width"], one["height"])
    rows = list(csv.DictReader(io.StringIO((target / "manifest.csv").read_text("utf-8-sig"))))
    assert [row["sha256"] for row in rows] == [one["sha256"] for one in told["renditions"]]
    assert kinds(stocked, "a.jpg").count(PlaceKind.KIT) >= 2
    assert sorted(one.name for one in target.parent.iterdir()) == ["mail"]


def test_a_kit_is_a_zip_whose_files_lie_in_one_folder(stocked: Desk, tmp_path: Path) -> None:
    target = tmp_path / "mail.zip"
    nested = replace(KIT, template="{preset}/deep/{name}.{ext}")
    job = exported(stocked, planned(stocked, target, "a.jpg", kit=nested, form=KitForm.ZIP))
    assert job.state is JobState.DONE, job.error
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "mail/manifest.csv",
            "mail/manifest.json",
            "mail/noisy/deep/a.jpg",
            "mail/square/deep/a.jpg",
        ]


def test_nothing_is_written_over_what_is_there(stocked: Desk, tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    with pytest.raises(FileTakenError):
        planned(stocked, tmp_path / "mail")
    free = free_target(tmp_path, KIT, KitForm.FOLDER, "2026-11-22")
    assert free == tmp_path / "mail-2026-11-22"
    free.mkdir()
    assert free_target(tmp_path, KIT, KitForm.FOLDER, "2026-11-22").name == "mail-2026-11-22-2"


def test_what_the_gate_holds_back_is_left_out_and_on_record(desk: Desk, tmp_path: Path) -> None:
    stocked_desk(desk)
    picture(desk.folder / "draft.jpg", 7)
    desk.parts.worker.scan(desk.asset("a.jpg").library)
    desk.until(lambda: "draft.jpg" in desk.names(), what="the draft")
    plan = planned(desk, tmp_path / "kit", "a.jpg", "draft.jpg")
    assert {step.name for step in plan.steps if step.obstacle is Obstacle.GATE} == {"draft.jpg"}
    job = exported(desk, plan)
    assert job.state is JobState.DONE, job.error
    assert {one["master"] for one in manifest(tmp_path / "kit")["renditions"]} == {"a.jpg"}
    only = planned(desk, tmp_path / "other", "draft.jpg")
    with pytest.raises(KitExportError):
        desk.parts.worker.kits.carry_out(only)
    assert not (tmp_path / "other").exists()
    told = [
        one.entry
        for one in desk.parts.worker.audit.report(AuditFilter(words="draft.jpg"), "").records
    ]
    assert {one.detail["act"] for one in told} == {"export_kit"}


def test_a_right_that_ends_after_the_plan_holds_it_back(desk: Desk, tmp_path: Path) -> None:
    licensed_picture(desk.folder / "a.jpg", until=desk.clock() + timedelta(days=2))
    noise(desk.folder / "noise.jpg")
    desk.library()
    desk.parts.worker.rendition_presets.save(SQUARE, NOISY)
    desk.approve()
    plan = planned(desk, tmp_path / "kit", "a.jpg", "noise.jpg")
    assert len(plan.doing) == 4
    desk.clock.forward(timedelta(days=9))
    job = exported(desk, plan)
    assert job.state is JobState.DONE, job.error
    result: Any = job.result
    assert {one["name"] for one in result["held"]} == {"a.jpg"}
    assert {one["master"] for one in manifest(tmp_path / "kit")["renditions"]} == {"noise.jpg"}
    late = desk.finished(
        desk.parts.worker.kits.carry_out(
            replace(
                plan,
                wish=replace(plan.wish, assets=plan.wish.assets[:1], target=str(tmp_path / "late")),
                steps=plan.steps[:2],
            )
        )
    )
    assert [one.state for one in late] == [JobState.FAILED]
    assert not (tmp_path / "late").exists()


def test_another_content_than_the_planned_one_is_not_handed_out(desk: Desk, tmp_path: Path) -> None:
    stocked_desk(desk)
    plan = planned(desk, tmp_path / "kit", "a.jpg")
    Image.new("RGB", (300, 200), (1, 2, 3)).save(desk.folder / "a.jpg")
    before = desk.asset("a.jpg").sha256
    desk.parts.worker.scan(desk.asset("a.jpg").library)
    desk.until(lambda: desk.asset("a.jpg").sha256 != before, what="the new content")
    job = exported(desk, plan)
    assert job.state is JobState.FAILED
    assert not (tmp_path / "kit").exists()


def test_a_feed_lists_what_is_delivered_with_its_real_weight(desk: Desk, tmp_path: Path) -> None:
    stocked_desk(desk)
    target = tmp_path / "feed.json"
    before = planned(desk, target, form=KitForm.FEED)
    assert {step.obstacle for step in before.steps} == {Obstacle.NOT_PUSHED}
    desk.push()
    job = exported(desk, planned(desk, target, form=KitForm.FEED))
    assert job.state is JobState.DONE, job.error
    told = json.loads(target.read_text("utf-8"))["renditions"]
    assert len(told) == 4
    assert all(one["url"] and one["bytes"] and not one["file"] for one in told)
    again = planned(desk, target, "a.jpg", form=KitForm.FEED)
    assert exported(desk, again).state is JobState.DONE
    assert len(json.loads(target.read_text("utf-8"))["renditions"]) == 2
    assert kinds(desk, "a.jpg").count(PlaceKind.FEED) == 2
    assert PlaceKind.FEED not in kinds(desk, "noise.jpg")
    target.write_text("{}")
    with pytest.raises(FileTakenError):
        planned(desk, target, form=KitForm.FEED)


def test_copied_code_follows_the_settings_of_a_channel(desk: Desk) -> None:
    stocked_desk(desk)
    desk.push()
    shop = ChannelSettings(
        channel="shop",
        use="web",
        format="auto",
        breakpoints=Breakpoints(narrowest=200, widest=600, most=3),
        placeholder=Placeholder.BLUR,
        seo_suffix=True,
    )
    wish = CodeWish(
        asset=desk.asset("a.jpg"), transformation="c_scale,w_600", width=600, height=375
    )
    plain = desk.parts.worker.studio.codes(wish)[Code.HTML]
    assert "f_auto" not in plain
    html = desk.parts.worker.studio.codes(replace(wish, channel=shop))[Code.HTML]
    assert "/images/c_scale,w_600/f_auto/" in html
    assert [width for width in (150, 200, 400, 600) if f" {width}w" in html] == [200, 400, 600]
    assert "e_blur:400" in html


def test_nothing_is_pushed_into_the_folder_of_a_plug_in(desk: Desk) -> None:
    stocked_desk(desk)
    shop = ChannelSettings(channel="shop", plugin_folders=("wp/media",))
    desk.parts.worker.kits.save_channel(shop)
    with pytest.raises(PluginFolderError):
        desk.plan(folder="WP/media/2026")
    assert {job.state for job in desk.push(folder="wp/mediathek")} == {JobState.DONE}


def test_a_push_queued_before_a_folder_was_a_plug_ins_stays_out_of_it(desk: Desk) -> None:
    stocked_desk(desk)
    plan = desk.plan([desk.asset("a.jpg").id], folder="wp")
    desk.parts.worker.kits.save_channel(ChannelSettings(channel="shop", plugin_folders=("wp",)))
    (job,) = desk.finished(desk.parts.worker.push(plan))
    assert job.error is not None
    assert "belongs to the plug-in of shop" in job.error.sentence()
    assert desk.asset("a.jpg").cloud is None


def test_a_shop_gets_files_stand_ins_or_addresses_as_it_stores_them(
    desk: Desk, tmp_path: Path
) -> None:
    stocked_desk(desk)
    desk.push()
    sizes = {}
    for storage in StorageMode:
        shop = ChannelSettings(channel="shop", use="web", storage=storage, format="auto")
        target = tmp_path / storage.value
        job = exported(desk, planned(desk, target, "a.jpg", channel=shop))
        assert job.state is JobState.DONE, job.error
        first = manifest(target)["renditions"][1]
        assert first["transformation"].endswith("/f_auto")
        assert "/f_auto/" in first["url"]
        sizes[storage] = (bool(first["file"]), first["width"])
    assert sizes == {
        StorageMode.BOTH: (True, 600),
        StorageMode.REFERENCE: (True, 64),
        StorageMode.CLOUDINARY: (False, 600),
    }
    (place,) = (
        one.place
        for one in desk.parts.worker.places.of([desk.asset("a.jpg").id])
        if one.place.kind is PlaceKind.FEED and one.place.preset == "noisy"
    )
    assert (place.channel, place.place) == ("shop", desk.parts.worker.places.address(place))


def handler_of(desk: Desk, decoder: DecoderPool, pieces: Path) -> KitHandler:
    parts = desk.parts
    render = MasterRenders(
        decoder=decoder,
        file_path=lambda _, path: desk.folder / path,
        beside=parts.worker.studio.beside,
    )
    means = KitMeans(
        readers=parts.stock.readers,
        decoder=decoder,
        gate=parts.stock.gate,
        trail=parts.stock.audit,
        places=parts.worker.places,
        render=render,
        link=parts.worker.link,
        fetch=lambda _, into: into.write_bytes(b""),
        who=lambda: "Ada",
        pieces=pieces,
        is_wanted=lambda _: True,
    )
    return KitHandler(means=means)


def test_a_stopped_run_keeps_what_is_made_unless_it_is_given_up(
    stocked: Desk, decoder: DecoderPool, tmp_path: Path
) -> None:
    job = exported(stocked, planned(stocked, tmp_path / "kit"))
    shutil.rmtree(tmp_path / "kit")
    handler = handler_of(stocked, decoder, tmp_path / "pieces")

    def run(*, stop_at: int, for_good: bool = False) -> Outcome:
        def report(done: int, _: int) -> None:
            if done == stop_at:
                context.stop(for_good=for_good)

        context = Context(attempt=1, now=stocked.clock, report=report)
        return handler(job, context)

    with pytest.raises(CancelledError):
        run(stop_at=1)
    kept = list((tmp_path / "pieces").rglob("*.json"))
    assert len(kept) == 2
    with pytest.raises(CancelledError):
        run(stop_at=2, for_good=True)
    assert not list((tmp_path / "pieces").rglob("*.json"))
    assert not (tmp_path / "kit").exists()
    assert isinstance(run(stop_at=-1), Done)
    before = (tmp_path / "kit" / "manifest.json").stat().st_mtime_ns
    assert isinstance(run(stop_at=-1), Done)  # killed when all was written, but not recorded
    assert (tmp_path / "kit" / "manifest.json").stat().st_mtime_ns == before
