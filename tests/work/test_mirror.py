"""The mirror of an environment: complete, up to date at little cost, never emptied by mistake."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.delivery.listing import Listing, Page
from bridge_app.domain.assets import Kind
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.query import Query
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.work.events import ScanProgress
from bridge_app.work.mirror_proof import ManyGoneFromCloudError
from bridge_app.work.mirror_run import SyncCancelledError
from tests.clouds import (
    ENVIRONMENT,
    LIBRARY,
    ByHand,
    cloud_asset,
    cloud_desk,
    delete,
    fill,
    mirrored,
    remote,
    stored,
    sync,
    upload,
)
from tests.desk import Desk, picture

FEW = 12
FOLDERS = ["campaign", "campaign/empty", *(f"campaign/{number}" for number in range(10))]


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """An application beside an environment of twelve assets in ten folders."""
    fill(tmp_path / "sandbox", [stored(number) for number in range(FEW)], FOLDERS)
    with cloud_desk(tmp_path, decoder) as made:
        yield made


def names(desk: Desk, text: str = "") -> list[str]:
    return [asset.name for asset in mirrored(desk, text=text)]


def test_an_environment_is_a_library_once_it_was_looked_at(desk: Desk) -> None:
    assert desk.parts.worker.libraries() == ()
    sync(desk)
    (library,) = desk.parts.worker.libraries()
    assert (library.id, library.kind.value, library.location) == (LIBRARY, "cloudinary", "studio")
    assert names(desk) == [f"Shot {number:06}.jpg" for number in range(FEW)]


def test_tags_context_metadata_and_public_ids_are_found_offline(desk: Desk, tmp_path: Path) -> None:
    cloudinary.api.add_metadata_field(
        {"external_id": "season", "label": "Season", "type": "string"}, **remote(desk)
    )
    upload(
        desk,
        picture(tmp_path / "a.jpg"),
        public_id="x/unlikely-name",
        context={"alt": "A wide Meadow"},
        metadata={"season": "Höhenflug"},
        tags=["oak"],
    )
    sync(desk)
    desk.parts.worker.set_work_offline(on=True)
    for words in ("oak", "wide meadow", "hohenflug", "x/unlikely-name"):
        (found,) = mirrored(desk, text=words)
        assert found.caption == "A wide Meadow"


def test_folders_are_shown_even_if_they_are_empty(desk: Desk) -> None:
    sync(desk)
    with desk.parts.stock.readers.lent() as reader:
        counts = {folder.path: folder.assets for folder in reader.folders(LIBRARY)}
    assert counts["campaign/empty"] == 0
    assert (counts[""], counts["campaign"], counts["campaign/0"]) == (FEW, FEW, 2)


def test_in_fixed_mode_folders_are_the_paths_of_public_ids(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    fill(tmp_path / "sandbox", [stored(0, asset_folder="campaign", display_name="")])
    with cloud_desk(tmp_path, decoder, folder_mode="fixed") as desk:
        sync(desk)
        (asset,) = mirrored(desk)
    assert (asset.path, asset.name) == ("campaign/shot-000000.jpg", "shot-000000.jpg")


def test_assets_with_one_name_stay_as_many_as_they_are(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    twins = [
        stored(0, display_name="Hero", asset_folder="a"),
        stored(1, display_name="Hero", asset_folder="a"),
        stored(2, display_name="hero", asset_folder="a"),
        stored(3, display_name="Hero", asset_folder="a", format="jpeg"),
        stored(4, public_id="same", display_name="Hero", asset_folder="a"),
        stored(5, public_id="same", display_name="Hero", asset_folder="a", type="private"),
    ]
    fill(tmp_path / "sandbox", twins)
    with cloud_desk(tmp_path, decoder) as desk:
        sync(desk)
        sync(desk)
        assets = mirrored(desk)
    assert len(assets) == len({asset.path for asset in assets}) == len(twins)
    assert sorted({asset.name for asset in assets}) == ["Hero.jpeg", "Hero.jpg", "hero.jpg"]


def test_private_authenticated_video_and_raw_assets_are_there_too(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    fill(
        tmp_path / "sandbox",
        [
            stored(0, type="private"),
            stored(1, type="authenticated"),
            stored(2, resource_type="video", format="mp4", duration=4.5),
            stored(3, resource_type="video", format="mp3"),
            stored(4, resource_type="raw", format="", public_id="x.zip", display_name="x.zip"),
            stored(5, format="pdf", pages=7),
        ],
    )
    with cloud_desk(tmp_path, decoder) as desk:
        sync(desk)
        found = {asset.name: asset for asset in mirrored(desk)}
        cloud = cloud_asset(desk, "campaign/shot-000001")
    assert cloud.delivery_type == "authenticated"
    kinds = [asset.kind for asset in found.values()]
    assert sorted(kinds) == [
        Kind.AUDIO,
        Kind.DOCUMENT,
        Kind.IMAGE,
        Kind.IMAGE,
        Kind.OTHER,
        Kind.VIDEO,
    ]
    assert found["Shot 000002.mp4"].duration_s == 4.5
    assert found["Shot 000005.pdf"].pages == 7


def test_what_somebody_uploads_changes_and_renames_arrives(desk: Desk, tmp_path: Path) -> None:
    sync(desk)
    before = {asset.path: asset.id for asset in mirrored(desk)}
    upload(desk, picture(tmp_path / "new.jpg"), public_id="new", display_name="New")
    cloudinary.api.update("campaign/shot-000003", tags="autumn", **remote(desk))
    cloudinary.uploader.rename("campaign/shot-000004", "elsewhere", **remote(desk))
    cloudinary.api.update(
        "campaign/shot-000005", asset_folder="moved", display_name="Five", **remote(desk)
    )
    sync(desk)
    assert "New.jpg" in names(desk)
    assert names(desk, "autumn") == ["Shot 000003.jpg"]
    assert names(desk, "elsewhere") == ["Shot 000004.jpg"]
    moved = next(asset for asset in mirrored(desk) if asset.path == "moved/Five.jpg")
    assert moved.id == before["campaign/5/Shot 000005.jpg"]


def test_a_deleted_asset_goes_after_it_was_asked_for_by_its_id(desk: Desk) -> None:
    sync(desk)
    delete(desk, "campaign/shot-000007")
    sync(desk)
    assert len(names(desk)) == FEW - 1
    assert "Shot 000007.jpg" not in names(desk)


def test_one_added_and_one_deleted_are_both_noticed(desk: Desk, tmp_path: Path) -> None:
    sync(desk)
    delete(desk, "campaign/shot-000001")
    upload(desk, picture(tmp_path / "new.jpg"), public_id="new", display_name="New")
    sync(desk)
    assert len(names(desk)) == FEW
    assert "New.jpg" in names(desk)
    assert "Shot 000001.jpg" not in names(desk)


def test_many_deletions_at_once_are_kept_and_a_person_is_asked(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    fill(tmp_path / "sandbox", [stored(number) for number in range(60)])
    with cloud_desk(tmp_path, decoder) as desk:
        sync(desk)
        delete(desk, *(f"campaign/shot-{number:06}" for number in range(25)))
        sync(desk)
        told = [one.trouble for one in desk.events if isinstance(one, ScanProgress) and one.trouble]
        assert [trouble.kind for trouble in told] == [ManyGoneFromCloudError.__name__]
        assert "25 assets are not in studio any more" in told[0].sentence()
        assert len(names(desk)) == 60
        desk.parts.worker.forget_missing(LIBRARY)
        assert len(names(desk)) == 35
        told.clear()
        assert ByHand(desk).sync() < 10


class ShortListing(Listing):
    """A service whose searches and listings have lost everything, as after a bad night."""

    def page(self, expression: str, cursor: str | None, mode: FolderMode) -> Page:
        """Nothing at all."""
        page = super().page(expression, cursor, mode)
        return replace(page, assets=(), total=0, cursor=None)

    def count(self, expression: str) -> int:
        """Nothing either."""
        return super().count(expression) * 0

    def all_ids(self, kinds: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
        """No identity."""
        yield from (() for _ in super().all_ids(kinds))


def test_searches_and_listings_that_show_nothing_remove_nothing(desk: Desk) -> None:
    sync(desk)
    short = ByHand(desk, ShortListing)
    for _ in range(3):
        short.sync()
    assert len(names(desk)) == FEW


def test_an_index_that_lags_is_no_deletion_and_loses_no_change(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    fill(tmp_path / "sandbox", [stored(number) for number in range(FEW)])
    with cloud_desk(tmp_path, decoder, lag_s=1.5) as desk:
        sync(desk)
        delete(desk, "campaign/shot-000002")
        upload(desk, picture(tmp_path / "new.jpg"), public_id="new", display_name="New")
        cloudinary.api.update("campaign/shot-000003", tags="autumn", **remote(desk))
        sync(desk)
        assert names(desk, "autumn") == []
        desk.parts.worker.refresh_cloud([stored(2).asset_id, stored(3).asset_id])
        desk.until(desk.parts.worker.cloud.is_idle)
        sync(desk)
        assert names(desk, "autumn") == ["Shot 000003.jpg"]
        assert "Shot 000002.jpg" not in names(desk)

        def new_is_there() -> bool:
            sync(desk)
            return "New.jpg" in names(desk)

        desk.until(new_is_there)
        assert len(names(desk)) == FEW
        assert names(desk, "autumn") == ["Shot 000003.jpg"]


def test_a_refresh_by_id_sees_a_deletion_at_once(desk: Desk) -> None:
    sync(desk)
    delete(desk, "campaign/shot-000002")
    desk.parts.worker.refresh_cloud([stored(2).asset_id])
    desk.until(desk.parts.worker.cloud.is_idle)
    assert "Shot 000002.jpg" not in names(desk)


def test_a_renamed_folder_takes_its_assets_along(desk: Desk) -> None:
    sync(desk)
    cloudinary.api.rename_folder("campaign", "season", **remote(desk))
    sync(desk)
    assert {asset.path.split("/")[0] for asset in mirrored(desk)} == {"season"}


def test_a_first_sync_that_was_cut_short_goes_on_where_it_stood(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    fill(tmp_path / "sandbox", [stored(number) for number in range(1_100)])
    with cloud_desk(tmp_path, decoder) as desk:
        first = ByHand(desk)
        first.allowed_calls = 4
        with pytest.raises(SyncCancelledError):
            first.sync()
        there = len(mirrored(desk))
        assert 500 <= there < 1_100
        desk.reopen()
        second = ByHand(desk)
        second.sync()
        assert len(mirrored(desk)) == 1_100
        pages = [one for one in second.heard if one.found]
        assert pages[0].found > there
        assert pages[-1].found <= 1_100


def test_a_cursor_that_died_costs_no_page_twice(tmp_path: Path, decoder: DecoderPool) -> None:
    fill(tmp_path / "sandbox", [stored(number) for number in range(1_100)])
    with cloud_desk(tmp_path, decoder) as desk:
        first = ByHand(desk)
        first.allowed_calls = 4
        with pytest.raises(SyncCancelledError):
            first.sync()
        there = len(mirrored(desk))
        assert desk.sandbox is not None
        desk.sandbox.faults.answer(status=400, times=2, path_contains="/resources/search")
        second = ByHand(desk)
        second.sync()
        assert len(mirrored(desk)) == 1_100
        assert there < second.heard[-1].found <= 1_100 + 1


def test_when_folders_become_dynamic_all_is_looked_at_anew(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    fill(tmp_path / "sandbox", [stored(0, asset_folder="shown", display_name="Shown")])
    with cloud_desk(tmp_path, decoder, folder_mode="fixed") as desk:
        sync(desk)
        assert [asset.path for asset in mirrored(desk)] == ["campaign/shot-000000.jpg"]
    with cloud_desk(tmp_path, decoder) as desk:
        desk.use_right_secret()
        sync(desk)
        assert [asset.path for asset in mirrored(desk)] == ["shown/Shown.jpg"]


def test_a_sync_that_fails_keeps_what_is_there_and_says_why(desk: Desk) -> None:
    sync(desk)
    assert desk.sandbox is not None
    desk.sandbox.faults.answer(status=503, times=1, path_contains="/resources/search")
    sync(desk)
    (trouble,) = (
        one.trouble for one in desk.events if isinstance(one, ScanProgress) and one.trouble
    )
    assert trouble.kind == "ServiceTroubleError"
    assert len(names(desk)) == FEW


def test_a_mirror_can_be_thrown_away_and_made_again(desk: Desk) -> None:
    sync(desk)
    before = {asset.id for asset in mirrored(desk)}
    desk.parts.worker.cloud.forget(ENVIRONMENT)
    assert mirrored(desk) == []
    assert CloudMirror(desk.parts.stock.catalog.writer).state(ENVIRONMENT) is None
    sync(desk)
    assert {asset.id for asset in mirrored(desk)} == before


def test_what_only_cloudinary_has_is_in_no_plan_to_push(desk: Desk) -> None:
    sync(desk)
    plan = desk.plan([asset.id for asset in mirrored(desk)])
    assert plan.steps == ()
    assert desk.assets(Query(library=LIBRARY)) != []


def test_an_unchanged_environment_costs_the_same_few_calls_whatever_its_size(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    fill(tmp_path / "sandbox", [stored(number) for number in range(1_100)], FOLDERS)
    with cloud_desk(tmp_path, decoder) as desk:
        run = ByHand(desk)
        run.sync()
        assert run.sync() <= 7
        assert run.sync(thorough=False) <= 5
        desk.clock.forward(timedelta(minutes=20))
        assert run.sync() <= 7
        desk.clock.forward(timedelta(minutes=20))
        assert run.sync() <= 4


def test_one_deletion_among_many_is_found_by_counting(tmp_path: Path, decoder: DecoderPool) -> None:
    fill(tmp_path / "sandbox", [stored(number) for number in range(1_100)], FOLDERS)
    with cloud_desk(tmp_path, decoder) as desk:
        run = ByHand(desk)
        run.sync()
        delete(desk, "campaign/shot-000123")
        assert run.sync() <= 14
        assert len(mirrored(desk)) == 1_099


def test_the_environment_in_use_is_looked_at_by_itself(desk: Desk) -> None:
    desk.parts.worker.cloud.watch()
    desk.until(lambda: len(names(desk)) == FEW, what="the first sync")
    delete(desk, "campaign/shot-000001")
    desk.until(desk.parts.worker.cloud.is_idle)
    desk.clock.forward(timedelta(hours=2))
    desk.parts.tell(ChangeSet(accounts=True))
    desk.until(lambda: len(names(desk)) == FEW - 1, what="the next look")


def test_a_log_out_ends_the_sync_and_takes_the_mirror_along(desk: Desk) -> None:
    sync(desk)
    desk.parts.worker.environments.log_out(ENVIRONMENT, with_cache=True)
    assert mirrored(desk) == []
    assert desk.parts.worker.libraries() == ()
