"""Pictures and files of cloud assets: fetched once, kept for offline, never over another file."""

from collections.abc import Iterator
from hashlib import md5
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.errors import MediaError, OfflineError, ServiceTroubleError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.thumbs import PREVIEW_EDGE, THUMB_EDGE
from bridge_app.work.cloud_pictures import NameTakenError, file_name
from bridge_app.work.originals import Originals, PullStoppedError
from tests.clouds import ENVIRONMENT, cloud_asset, cloud_desk, mirrored, stored, sync, upload
from tests.desk import Desk, picture


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    with cloud_desk(tmp_path, decoder) as made:
        yield made


def in_cloud(desk: Desk, path: Path, **options: object) -> Asset:
    """A file that somebody else uploaded, as the catalog shows it."""
    upload(desk, path, display_name=path.stem, **options)
    sync(desk)
    return next(asset for asset in mirrored(desk) if asset.name.startswith(path.stem))


@pytest.mark.parametrize("delivery_type", ["upload", "private", "authenticated"])
@pytest.mark.parametrize("size", [(320, 200), (2600, 1700)], ids=["small", "large"])
def test_a_thumbnail_comes_from_delivery_and_is_there_offline(
    desk: Desk, tmp_path: Path, delivery_type: str, size: tuple[int, int]
) -> None:
    asset = in_cloud(desk, picture(tmp_path / "hero.jpg", size=size), type=delivery_type)
    made = desk.parts.worker.thumbnail(asset.id)
    desk.parts.worker.set_work_offline(on=True)
    assert desk.parts.worker.thumbnail(asset.id) == made
    path = tmp_path / "thumb.jpg"
    path.write_bytes(made)
    with Image.open(path) as image:
        assert max(image.size) == min(THUMB_EDGE, size[0])


def test_offline_there_is_a_sentence_where_no_picture_was_kept(desk: Desk, tmp_path: Path) -> None:
    asset = in_cloud(desk, picture(tmp_path / "hero.jpg"))
    desk.parts.worker.set_work_offline(on=True)
    with pytest.raises(OfflineError):
        desk.parts.worker.preview(asset.id)


def test_a_new_version_has_a_new_picture(desk: Desk, tmp_path: Path) -> None:
    first = in_cloud(desk, picture(tmp_path / "hero.jpg", 1), public_id="hero")
    before = desk.parts.worker.thumbnail(first.id)
    second = in_cloud(desk, picture(tmp_path / "hero.jpg", 2), public_id="hero", overwrite=True)
    assert second.id == first.id
    assert second.picture_key != first.picture_key
    assert desk.parts.worker.thumbnail(second.id) != before


def test_a_raw_file_has_no_picture(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "notes.bin").write_bytes(b"\x00notes")
    asset = in_cloud(desk, tmp_path / "notes.bin", resource_type="raw")
    with pytest.raises(MediaError):
        desk.parts.worker.thumbnail(asset.id)


@pytest.mark.parametrize("delivery_type", ["upload", "private", "authenticated"])
def test_a_download_is_the_very_file(desk: Desk, tmp_path: Path, delivery_type: str) -> None:
    source = picture(tmp_path / "hero.jpg", size=(900, 700))
    asset = in_cloud(desk, source, type=delivery_type)
    path, is_new = desk.parts.worker.pull(asset.id, tmp_path / "out")
    assert (path.name, is_new) == ("hero.jpg", True)
    assert path.read_bytes() == source.read_bytes()
    assert desk.parts.worker.pull(asset.id, tmp_path / "out") == (path, False)
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["hero.jpg"]


def test_a_download_never_replaces_what_somebody_changed(desk: Desk, tmp_path: Path) -> None:
    asset = in_cloud(desk, picture(tmp_path / "hero.jpg"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "hero.jpg").write_bytes(b"my own work")
    with pytest.raises(NameTakenError):
        desk.parts.worker.pull(asset.id, out)
    assert (out / "hero.jpg").read_bytes() == b"my own work"


def test_assets_of_one_name_are_downloaded_beside_each_other(desk: Desk, tmp_path: Path) -> None:
    for number, folder in enumerate(("shop", "shop", "press")):
        path = picture(tmp_path / f"{number}.jpg", number)
        upload(desk, path, display_name="hero", asset_folder=folder)
    sync(desk)
    twins, out = mirrored(desk), tmp_path / "out"
    paths = [desk.parts.worker.pull(one.id, out)[0] for one in twins]
    assert len(set(paths)) == len(twins) == 3
    assert [one.md5 for one in twins] == [content(path) for path in paths]
    assert [desk.parts.worker.pull(one.id, out) for one in twins] == [(one, False) for one in paths]
    paths[1].write_bytes(b"my own work")
    with pytest.raises(NameTakenError):
        desk.parts.worker.pull(twins[1].id, out)
    assert paths[1].read_bytes() == b"my own work"


def content(path: Path) -> str:
    return md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def test_a_download_that_breaks_off_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    asset = in_cloud(desk, picture(tmp_path / "hero.jpg", size=(900, 700)), public_id="hero")
    assert desk.sandbox is not None
    desk.sandbox.faults.reset_after(sent_bytes=2_000, times=1, path_contains="/hero")
    with pytest.raises(ServiceTroubleError):
        desk.parts.worker.pull(asset.id, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_download_tells_how_far_it_is_and_stops_when_it_is_told_to(
    desk: Desk, tmp_path: Path
) -> None:
    asset = in_cloud(desk, picture(tmp_path / "hero.jpg", size=(900, 700)))
    originals = Originals(desk.parts.worker.shelters, desk.parts.worker.pull)
    told: list[int] = []
    arrived = originals.fetch(
        asset, tmp_path / "out", on_bytes=told.append, cancelled=lambda: False
    )
    assert arrived.is_new
    assert told == sorted(told)
    assert told[-1] == arrived.path.stat().st_size == asset.bytes
    with pytest.raises(PullStoppedError):
        originals.fetch(asset, tmp_path / "other", on_bytes=told.append, cancelled=lambda: True)
    assert list((tmp_path / "other").iterdir()) == []


def test_names_from_the_cloud_cannot_leave_the_folder() -> None:
    made = stored(1)
    for display_name in ("../../etc/passwd", "..", ".hidden", "a\nb", "x" * 600, "", "/"):
        from_cloud = cloud_value(display_name, made.asset_id)
        name = file_name(from_cloud)
        assert name
        assert "/" not in name
        assert not name.startswith(".")
        assert len(name.encode()) < 255


def cloud_value(display_name: str, asset_id: str) -> CloudAsset:
    return CloudAsset(
        environment=ENVIRONMENT,
        asset_id=asset_id,
        public_id="x",
        resource_type="image",
        delivery_type="upload",
        format="jpg",
        display_name=display_name,
        created_at="2026-01-01T00:00:00Z",
        updated_at="2026-01-01T00:00:00Z",
    )


def test_an_approval_holds_for_a_cloud_copy_of_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    picture(desk.folder / "hero.jpg", 5)
    desk.library()
    (asset,) = desk.approve("hero.jpg")
    desk.push([asset])
    sync(desk)
    (copy,) = mirrored(desk)
    master = next(one for one in desk.assets() if one.id == asset)
    assert (copy.sha256, copy.approval) == (master.sha256, master.approval)
    assert copy.cloud is not None
    assert master.cloud is not None
    assert copy.cloud.asset_id == master.cloud.asset_id
    upload(
        desk,
        picture(tmp_path / "forged.jpg", 6),
        public_id=copy.cloud.public_id,
        overwrite=True,
        context={"sha256": master.sha256},
    )
    sync(desk)
    (forged,) = mirrored(desk)
    assert forged.sha256 is None
    assert forged.approval.value == "draft"
    assert cloud_asset(desk, copy.cloud.public_id).claimed_sha256 == master.sha256


def test_previews_are_larger_than_thumbnails(desk: Desk, tmp_path: Path) -> None:
    asset = in_cloud(desk, picture(tmp_path / "hero.jpg", size=(2600, 1700)))
    path = tmp_path / "preview.jpg"
    path.write_bytes(desk.parts.worker.preview(asset.id))
    with Image.open(path) as image:
        assert max(image.size) == PREVIEW_EDGE
