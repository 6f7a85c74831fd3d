"""Mirrored assets as rows: told back as they were, vouched for, found only where they belong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Asset, AssetId, CloudCopy, Kind, LibraryId
from bridge_app.domain.cloud import (
    AccessRule,
    CloudAsset,
    CloudFolder,
    FolderMode,
    Moderation,
    cloud_library,
    environment_of,
)
from bridge_app.domain.query import Query
from bridge_app.storage.catalog import Catalog, SeenFile
from bridge_app.storage.cloud_mirror import CloudMirror, SyncState, Vouchers
from bridge_app.storage.ledger import open_ledger

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SHA256 = "ab" * 32
ETAG = "cd" * 16
PLAIN = CloudAsset(
    environment="studio",
    asset_id="1" * 32,
    public_id="a/hero",
    resource_type="image",
    delivery_type="upload",
    format="jpg",
    version=7,
    bytes=10,
    width=4,
    height=3,
    etag=ETAG,
    asset_folder="a",
    display_name="Hero",
    created_at="2026-01-01T00:00:00Z",
    updated_at="2026-01-02T00:00:00Z",
    tags=("spring",),
    context={"alt": "Wide"},
    metadata={"season": ("x", "y"), "count": 3},
    moderation=(Moderation(kind="manual", status="pending"),),
    access_control=(AccessRule(access_type="token"),),
    url="https://res.cloudinary.com/studio/image/upload/v7/a/hero.jpg",
)
STATE = SyncState(environment="studio")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    open_ledger(tmp_path / "ledger.db").close()
    made = Catalog.open(tmp_path / "catalog.db", ledger=tmp_path / "ledger.db")
    yield made
    made.close()


@pytest.fixture
def mirror(catalog: Catalog) -> CloudMirror:
    return CloudMirror(catalog.writer)


def found(catalog: Catalog, query: Query) -> list[Asset]:
    reader = catalog.reader()
    try:
        page = reader.page(query, offset=0, limit=100, now=NOW)
        assert len(page) == reader.count(query, now=NOW)
        return page
    finally:
        reader.close()


def told(catalog: Catalog, asset: CloudAsset) -> CloudAsset | None:
    reader = catalog.reader()
    try:
        return reader.cloud_asset(asset.id)
    finally:
        reader.close()


def test_an_asset_is_told_back_as_it_was(catalog: Catalog, mirror: CloudMirror) -> None:
    mirror.put([PLAIN], STATE)
    assert told(catalog, PLAIN) == PLAIN
    (row,) = found(catalog, Query(library=PLAIN.library, environment="studio"))
    assert (row.path, row.name, row.kind, row.caption) == (
        "a/Hero.jpg",
        "Hero.jpg",
        Kind.IMAGE,
        "Wide",
    )
    assert row.cloud is not None
    assert (row.cloud.asset_id, row.cloud.url) == (PLAIN.asset_id, PLAIN.url)
    assert row.picture_key == f"cloud:studio:{PLAIN.asset_id}:{ETAG}"


def test_what_is_the_same_makes_no_difference(mirror: CloudMirror) -> None:
    assert mirror.put([PLAIN], STATE) == {PLAIN.id}
    assert mirror.put([PLAIN], STATE) == frozenset()
    older = replace(PLAIN, updated_at="2026-01-01T12:00:00Z", tags=())
    assert mirror.put([older], STATE, from_index=True) == frozenset()
    assert mirror.put([older], STATE) == {PLAIN.id}


def test_where_a_sync_stands_is_stored_with_its_page(mirror: CloudMirror) -> None:
    there = replace(STATE, cursor="next", reached="2026-01-01T00:00:00Z", listing=3)
    mirror.put([PLAIN], there)
    assert mirror.state("studio") == there
    fixed = replace(there, folder_mode=FolderMode.FIXED, complete=True, cursor=None)
    mirror.put_state(fixed)
    assert mirror.state("studio") == fixed
    assert mirror.state("other") is None


def test_a_claimed_hash_counts_once_something_vouches_for_it(
    catalog: Catalog, mirror: CloudMirror
) -> None:
    claiming = replace(PLAIN, context={"sha256": SHA256})
    mirror.put([claiming], STATE)

    def known() -> str | None:
        return found(catalog, Query(library=PLAIN.library, environment="studio"))[0].sha256

    assert known() is None
    catalog.put([SeenFile(asset=master(ETAG), modified_ns=1, file_key="1:1")])
    assert mirror.vouch("studio", Vouchers()) == {PLAIN.id}
    assert known() == SHA256
    catalog.remove([AssetId("master")])
    mirror.vouch("studio", Vouchers())
    assert known() is None
    mirror.vouch("studio", Vouchers.of([sent(version=1)]))
    assert known() == SHA256


def test_a_stale_claim_on_other_bytes_is_not_believed(
    catalog: Catalog, mirror: CloudMirror
) -> None:
    catalog.put([SeenFile(asset=master("ee" * 16), modified_ns=1, file_key="1:1")])
    mirror.put([replace(PLAIN, context={"sha256": SHA256})], STATE)
    (row,) = found(catalog, Query(library=PLAIN.library, environment="studio"))
    assert row.sha256 is None


def test_without_a_claim_the_version_that_was_sent_vouches(
    catalog: Catalog, mirror: CloudMirror
) -> None:
    mirror.put([PLAIN], STATE, vouchers=Vouchers.of([sent(version=7)]))
    assert found(catalog, Query(library=PLAIN.library))[0].sha256 == SHA256
    mirror.vouch("studio", Vouchers.of([sent(version=6)]))
    assert found(catalog, Query(library=PLAIN.library))[0].sha256 is None


def test_everything_shows_the_environment_in_use_alone(
    catalog: Catalog, mirror: CloudMirror
) -> None:
    mirror.put([PLAIN], STATE)
    other = replace(PLAIN, environment="agency")
    mirror.put([other], SyncState(environment="agency"))
    assert [row.library for row in found(catalog, Query(environment="studio"))] == ["cloud:studio"]
    assert [row.library for row in found(catalog, Query(environment="agency", text="hero"))] == [
        "cloud:agency"
    ]
    assert found(catalog, Query()) == []


def test_what_is_in_the_environment_counts_as_pushed(catalog: Catalog, mirror: CloudMirror) -> None:
    catalog.put([SeenFile(asset=master(ETAG), modified_ns=1, file_key="1:1")])
    mirror.put([replace(PLAIN, context={"sha256": SHA256})], STATE)
    pushed = found(catalog, Query(environment="studio", pushed=True))
    assert {row.library for row in pushed} == {"cloud:studio", "local"}
    local = next(row for row in pushed if row.library == "local")
    assert local.cloud is not None
    assert local.cloud.asset_id == PLAIN.asset_id
    assert found(catalog, Query(environment="studio", pushed=False)) == []


def test_a_library_that_is_removed_leaves_no_trace(catalog: Catalog, mirror: CloudMirror) -> None:
    mirror.put([PLAIN], STATE)
    mirror.put_folders("studio", [CloudFolder(path="a/empty", external_id="1")])
    catalog.remove_library(PLAIN.library)
    assert told(catalog, PLAIN) is None
    assert mirror.state("studio") is None
    assert mirror.folders("studio") == frozenset()
    assert mirror.count("studio") == 0


@given(name=st.text(max_size=40), format=st.sampled_from(["jpg", "", "PDF"]))
def test_a_name_is_never_empty_nor_a_path(name: str, format: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    shown = replace(PLAIN, display_name=name, format=format).name
    assert shown
    assert "/" not in shown
    assert "\0" not in shown


def test_an_environment_and_its_library_name_each_other() -> None:
    assert environment_of(cloud_library("a:b")) == "a:b"
    assert environment_of(LibraryId("0123456789ab")) is None


def master(md5: str) -> Asset:
    return Asset(
        id=AssetId("master"),
        library=LibraryId("local"),
        path="hero.jpg",
        name="hero.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=10,
        modified_at="2026-01-01T00:00:00+00:00",
        sha256=SHA256,
        md5=md5,
    )


def sent(*, version: int) -> CloudCopy:
    return CloudCopy(
        environment="studio",
        public_id="a/hero",
        resource_type="image",
        delivery_type="upload",
        version=version,
        asset_id=PLAIN.asset_id,
        format="jpg",
        etag=ETAG,
        sha256=SHA256,
        bytes=10,
        url="",
    )


def test_content_that_was_never_here_is_known_by_its_version(
    catalog: Catalog, mirror: CloudMirror
) -> None:
    mirror.put([PLAIN], STATE)
    (before,) = found(catalog, Query(library=PLAIN.library))
    assert before.sha256 is None
    assert before.content == PLAIN.version_key
    mirror.put([replace(PLAIN, version=PLAIN.version + 1)], STATE)
    (after,) = found(catalog, Query(library=PLAIN.library))
    assert after.content not in (None, before.content)
