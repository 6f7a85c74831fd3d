"""What is done to stored assets, against the sandbox."""

from collections.abc import Iterator
from pathlib import Path

import cloudinary.uploader
import pytest

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.operations import Operations
from bridge_app.delivery.renditions import Renditions
from bridge_app.domain.cloud import AccessRule, CloudAsset, FolderMode
from bridge_app.domain.errors import RefusedByServiceError
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Clock, picture

DYNAMIC = FolderMode.DYNAMIC


class Cloud:
    """The sandbox's environment, and what is done to it."""

    def __init__(self, sandbox: Sandbox, home: Path) -> None:
        new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
        self.credentials = Credentials(account=new.record(), secret=new.secret)
        self.operations = Operations(self.credentials)
        self.home = home

    def upload(self, public_id: str, seed: int = 0, **options: object) -> CloudAsset:
        reply = cloudinary.uploader.upload(
            str(picture(self.home / f"{seed}.jpg", seed)),
            public_id=public_id,
            **{"backup": True, **options},
            **self.credentials.options(),
        )
        return self.now(str(reply["asset_id"]))

    def now(self, asset_id: str) -> CloudAsset:
        kept = self.operations.now(asset_id, DYNAMIC)
        assert kept is not None
        return kept.asset


@pytest.fixture
def cloud(sandbox: Sandbox, tmp_path: Path) -> Iterator[Cloud]:
    connections = Connections(now=Clock())
    install(connections)
    yield Cloud(sandbox, tmp_path)
    connections.clear()


def test_an_asset_keeps_its_identity_through_every_other_name(cloud: Cloud) -> None:
    asset = cloud.upload("summer/hero")
    url = cloud.operations.rename(asset, "autumn/hero ü")
    asset = cloud.now(asset.asset_id)
    assert (asset.public_id, asset.url) == ("autumn/hero ü", url)
    cloud.operations.move(asset, "campaign/2027")
    cloud.operations.title(asset, "The Hero")
    asset = cloud.now(asset.asset_id)
    assert (asset.asset_folder, asset.display_name) == ("campaign/2027", "The Hero")
    assert asset.public_id == "autumn/hero ü"
    cloud.operations.move(asset, "")
    assert cloud.now(asset.asset_id).asset_folder == ""


def test_a_rename_never_takes_anothers_place(cloud: Cloud) -> None:
    one, two = cloud.upload("one", 1), cloud.upload("two", 2)
    with pytest.raises(RefusedByServiceError):
        cloud.operations.rename(one, "two")
    assert cloud.now(two.asset_id).etag == two.etag
    assert cloud.now(one.asset_id).public_id == "one"


def test_what_is_deleted_comes_back_from_its_backup(cloud: Cloud) -> None:
    one, two = cloud.upload("one", 1), cloud.upload("two", 2, backup=False)
    ids = [one.asset_id, two.asset_id]
    assert set(cloud.operations.there(ids, DYNAMIC)) == set(ids)
    cloud.operations.delete(ids)
    assert cloud.operations.there(ids, DYNAMIC) == {}
    assert cloud.now(one.asset_id).placeholder
    assert cloud.operations.now(two.asset_id, DYNAMIC) is None
    assert cloud.operations.restore(dict.fromkeys(ids, "")) == {two.asset_id}
    assert cloud.now(one.asset_id).etag == one.etag
    assert not cloud.now(one.asset_id).placeholder


def test_versions_are_listed_restored_and_downloaded(cloud: Cloud) -> None:
    first = cloud.upload("hero", 1)
    cloud.upload("hero", 2)
    kept = cloud.operations.now(first.asset_id, DYNAMIC)
    assert kept is not None
    assert len(kept.versions) == 2
    # Also of two that were made in one second.
    assert [one.version for one in kept.versions] == [kept.asset.version, first.version]
    old = next(one for one in kept.versions if one.bytes == first.bytes)
    target = cloud.home / "old.jpg"
    fetcher = Renditions()
    try:
        size = cloud.operations.download_version(
            first.asset_id, old.version_id, target, fetcher.fetch
        )
        assert target.read_bytes() == (cloud.home / "1.jpg").read_bytes()
        assert size == first.bytes
        with pytest.raises(RefusedByServiceError):
            cloud.operations.download_version(first.asset_id, old.version_id, target, fetcher.fetch)
        with pytest.raises(RefusedByServiceError):
            cloud.operations.download_version(
                first.asset_id, "f" * 32, cloud.home / "none.jpg", fetcher.fetch
            )
    finally:
        fetcher.close()
    assert sorted(path.name for path in cloud.home.glob("*.jpg*")) == ["1.jpg", "2.jpg", "old.jpg"]
    assert cloud.operations.restore({first.asset_id: old.version_id}) == frozenset()
    assert cloud.now(first.asset_id).etag == first.etag


def test_relations_access_and_derived_files_are_changed(cloud: Cloud) -> None:
    hero = cloud.upload("hero", 1)
    others = [cloud.upload(f"other{number}", number) for number in range(2, 14)]
    ids = [other.asset_id for other in others]
    cloud.operations.relate(hero, ids)
    cloud.operations.relate(hero, ids[:1])
    related = cloud.operations.related(hero.asset_id, DYNAMIC)
    assert {one.asset_id for one in related} == set(ids)
    cloud.operations.unrelate(hero, ids[1:])
    assert [one.asset_id for one in cloud.operations.related(hero.asset_id, DYNAMIC)] == ids[:1]
    window = AccessRule(access_type="anonymous", start="2026-01-01T00:00:00Z")
    cloud.operations.set_access(hero, [AccessRule(access_type="token"), window])
    assert {rule.access_type for rule in cloud.now(hero.asset_id).access_control} == {
        "token",
        "anonymous",
    }
    cloud.operations.set_access(hero, [])
    assert cloud.now(hero.asset_id).access_control == ()
    cloud.operations.refresh(hero, ["c_fill,h_50,w_50"])
    cloud.operations.refresh(hero, [])


def test_a_person_overrules_automatic_moderation(cloud: Cloud) -> None:
    asset = cloud.upload("hero", moderation="manual")
    cloud.operations.moderate(asset, "approved")
    assert [one.status for one in cloud.now(asset.asset_id).moderation] == ["approved"]


def test_who_never_existed_is_nobody(cloud: Cloud) -> None:
    assert cloud.operations.now("0" * 32, DYNAMIC) is None
