"""A whole folder at Cloudinary gets another place: planned, carried out once, taken back."""

from collections.abc import Iterator
from pathlib import Path

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.domain.cloud_changes import ChangePlan, CloudAction
from bridge_app.domain.folder_changes import FolderPlace
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.work.cloud_desk import NotSyncedError
from tests.clouds import ENVIRONMENT, cloud_asset, cloud_desk, mirrored, remote, sync, upload
from tests.desk import Desk, picture, states

SUMMER = FolderPlace(environment=ENVIRONMENT, path="summer")


@pytest.fixture
def cloud(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    with cloud_desk(tmp_path, decoder) as desk:
        yield desk


@pytest.fixture
def fixed(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    with cloud_desk(tmp_path, decoder, folder_mode="fixed") as desk:
        yield desk


def put(desk: Desk, public_id: str, **options: object) -> None:
    upload(desk, picture(desk.home / "elsewhere" / "a.jpg"), public_id=public_id, **options)


def plan(desk: Desk, to: str, place: FolderPlace = SUMMER) -> ChangePlan:
    return desk.parts.worker.cloud_desk.plan_folder(place, to)


def finished(desk: Desk, batch: str) -> list[JobRecord]:
    asks = desk.parts.worker.cloud_desk
    desk.until(lambda: asks.ended(batch) is not None, what="the change")
    desk.until(desk.parts.worker.cloud.is_idle, what="the mirror")
    return asks.ended(batch) or []


def carried_out(desk: Desk, what: ChangePlan) -> list[JobRecord]:
    return finished(desk, desk.parts.worker.cloud_desk.carry_out(what))


def folders(desk: Desk) -> set[str]:
    reply = cloudinary.api.root_folders(**remote(desk))
    return {one["path"] for one in reply["folders"]}


def folders_here(desk: Desk) -> set[str]:
    """Those the mirror knows."""
    mirror = CloudMirror(desk.parts.stock.catalog.writer)
    return {one.path for one in mirror.folders(ENVIRONMENT)}


def test_a_dynamic_folder_moves_with_one_call_the_mirror_follows_and_it_can_be_undone(
    cloud: Desk,
) -> None:
    put(cloud, "hero", asset_folder="summer")
    put(cloud, "wave", asset_folder="summer/sea")
    put(cloud, "other", asset_folder="summertime")
    sync(cloud)
    found = plan(cloud, "2027/été chaud")
    assert (found.inside, found.urls_changed, len(found.doing)) == (2, 0, 1)
    batch = cloud.parts.worker.cloud_desk.carry_out(found)
    assert states(finished(cloud, batch)) == {JobState.DONE}
    assert folders(cloud) == {"2027", "summertime"}
    assert {one.folder for one in mirrored(cloud)} == {
        "2027/été chaud",
        "2027/été chaud/sea",
        "summertime",
    }
    assert cloud_asset(cloud, "wave").asset_folder == "2027/été chaud/sea"
    back = cloud.parts.worker.cloud_desk.undo(batch)
    assert back is not None
    assert states(finished(cloud, back)) == {JobState.DONE}
    assert "summer" in folders(cloud)
    assert {one.folder for one in mirrored(cloud)} == {"summer", "summer/sea", "summertime"}


def test_a_folder_that_is_moved_already_is_left_where_it_is(cloud: Desk) -> None:
    put(cloud, "hero", asset_folder="summer")
    sync(cloud)
    found = plan(cloud, "warm")
    cloudinary.api.rename_folder("summer", "warm", **remote(cloud))
    assert states(carried_out(cloud, found)) == {JobState.DONE}
    assert folders(cloud) == {"warm"}
    cloud.until(lambda: {one.folder for one in mirrored(cloud)} == {"warm"}, what="the mirror")


def test_a_folder_that_is_gone_and_a_place_that_is_taken_meanwhile_stop_it(cloud: Desk) -> None:
    put(cloud, "hero", asset_folder="summer")
    sync(cloud)
    found = plan(cloud, "warm")
    cloudinary.api.create_folder("warm", **remote(cloud))
    (job,) = carried_out(cloud, found)
    assert job.error is not None
    assert job.error.kind == "FolderTakenError"
    away = plan(cloud, "away")
    cloudinary.api.delete_folder("warm", **remote(cloud))
    cloudinary.api.rename_folder("summer", "elsewhere", **remote(cloud))
    (job,) = carried_out(cloud, away)
    assert job.error is not None
    assert job.error.kind == "FolderGoneError"
    assert folders(cloud) == {"elsewhere"}


def test_a_fixed_folder_is_as_many_renames_as_it_has_assets(fixed: Desk) -> None:
    for name in ("summer/hero", "summer/sea/wave", "summertime/other"):
        put(fixed, name)
    sync(fixed)
    found = plan(fixed, "warm")
    assert {step.change.action for step in found.doing} == {CloudAction.RENAME}
    assert found.urls_changed == 2
    assert states(carried_out(fixed, found)) == {JobState.DONE}
    reply = cloudinary.api.resources(type="upload", **remote(fixed))
    names = {one["public_id"] for one in reply["resources"]}
    assert names == {"warm/hero", "warm/sea/wave", "summertime/other"}
    assert {one.folder for one in mirrored(fixed)} == {"warm", "warm/sea", "summertime"}


def test_a_fixed_folder_is_gone_once_all_was_renamed_and_comes_back_with_an_undo(
    fixed: Desk,
) -> None:
    for name in ("summer/hero", "summer/sea/wave"):
        put(fixed, name)
    cloudinary.api.create_folder("summer/empty/deep", **remote(fixed))
    sync(fixed)
    batch = fixed.parts.worker.cloud_desk.carry_out(plan(fixed, "warm"))
    assert len(finished(fixed, batch)) == 2
    assert folders(fixed) == {"warm"}
    below = cloudinary.api.subfolders("warm", **remote(fixed))["folders"]
    assert {one["path"] for one in below} == {"warm/sea", "warm/empty"}
    fixed.until(
        lambda: folders_here(fixed) == {"warm", "warm/sea", "warm/empty", "warm/empty/deep"}
    )
    back = fixed.parts.worker.cloud_desk.undo(batch)
    assert back is not None
    assert states(finished(fixed, back)) == {JobState.DONE}
    assert folders(fixed) == {"summer"}


def test_a_fixed_folder_stays_while_anything_is_in_it(fixed: Desk) -> None:
    put(fixed, "summer/hero")
    put(fixed, "warm/other")
    sync(fixed)
    found = plan(fixed, "warm")
    put(fixed, "summer/new")
    batch = fixed.parts.worker.cloud_desk.carry_out(found)
    assert states(finished(fixed, batch)) == {JobState.DONE}
    assert folders(fixed) == {"summer", "warm"}
    back = fixed.parts.worker.cloud_desk.undo(batch)
    assert back is not None
    assert states(finished(fixed, back)) == {JobState.DONE}
    assert folders(fixed) == {"summer", "warm"}


def test_before_all_is_known_nothing_is_planned(cloud: Desk) -> None:
    with pytest.raises(NotSyncedError):
        plan(cloud, "warm")
