"""An address pasted into the search finds what is delivered there, and the master of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.assets import Asset, CloudCopy, Kind, LibraryId
from bridge_app.domain.jobs import JobState
from bridge_app.domain.query import Query
from bridge_app.storage.accounts import AccountRecord, Places
from bridge_app.storage.catalog import Catalog, SeenFile, asset_id
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
HOME = LibraryId("home")
SHARED = "https://res.cloudinary.com/studio"


def make(name: str, caption: str = "") -> Asset:
    return Asset(
        id=asset_id(HOME, name),
        library=HOME,
        path=name,
        name=name,
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=100,
        modified_at="2026-05-01T00:00:00+00:00",
        sha256=f"sha of {name}",
        caption=caption,
    )


class Shelf:
    """Masters, and what of them was delivered."""

    def __init__(self, home: Path) -> None:
        self.ledger = open_ledger(home / "ledger.db")
        self.catalog = Catalog.open(home / "catalog.db", ledger=home / "ledger.db")
        self.reader = self.catalog.reader()

    def put(self, *assets: Asset) -> None:
        self.catalog.put([SeenFile(asset=a, modified_ns=1, file_key=a.path) for a in assets])

    def deliver(
        self, asset: Asset, public_id: str, *, environment: str = "studio", kind: str = "image"
    ) -> None:
        jobs = Jobs(self.ledger)
        identity = f"{environment}:{public_id}"
        jobs.add(
            [NewJob(kind="push", identity=identity, batch="b", name=asset.name, params={})], at=NOW
        )
        (job,) = jobs.exchange([], ["push"], limit=1, at=NOW)
        copy = CloudCopy(
            environment=environment,
            public_id=public_id,
            resource_type=kind,
            delivery_type="upload",
            version=1,
            asset_id="0123456789abcdef" * 2,
            format="jpg",
            etag="e",
            sha256=asset.sha256 or "",
            bytes=asset.bytes,
            url="",
        )
        jobs.exchange([Result(job=job.id, state=JobState.DONE, copy=copy)], [], limit=0, at=NOW)

    def know(self, environment: str, cname: str | None = None) -> None:
        record = AccountRecord(
            environment=environment,
            api_key="1",
            upload_prefix=None,
            cname=cname,
            label=environment,
        )
        Places(self.ledger).put_account(record, at=NOW)

    def names(self, text: str) -> list[str]:
        query = Query(text=text)
        found = self.reader.page(query, offset=0, limit=1000, now=NOW)
        assert self.reader.count(query, now=NOW) == len(found)
        assert self.reader.ids(query, now=NOW) == [asset.id for asset in found]
        return [asset.name for asset in found]

    def close(self) -> None:
        self.reader.close()
        self.catalog.close()
        self.ledger.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    hero, other = make("hero.tif", "as seen on https://example.com/summer"), make("other.tif")
    made.put(hero, other)
    made.deliver(hero, "summer/hero")
    made.deliver(other, "summer/hero", kind="video")
    yield made
    made.close()


@pytest.mark.parametrize(
    "text",
    [
        f"{SHARED}/image/upload/v7/summer/hero.jpg",
        f"{SHARED}/image/upload/c_fill,w_400/f_auto/v1/summer/hero?_a=BAMAABDW0",
        f"{SHARED}/image/upload/s--h2KZmaN8--/summer/hero.webp",
        f'<img src="{SHARED}/images/summer/hero/spring-shoes.jpg">',
        f"{SHARED}/summer/hero.jpg",
        "res.cloudinary.com/studio/image/upload/summer/hero",
        "https://studio-res.cloudinary.com/image/upload/summer/hero.png",
        f"https://console.cloudinary.com/console/c-1/media_library/asset/{'0123456789abcdef' * 2}",
    ],
)
def test_an_address_finds_the_master_of_what_is_delivered_there(shelf: Shelf, text: str) -> None:
    assert "hero.tif" in shelf.names(text)
    if "console" not in text:
        assert shelf.names(text) == ["hero.tif"]


def test_another_resource_type_cloud_or_name_is_not_it(shelf: Shelf) -> None:
    assert shelf.names(f"{SHARED}/video/upload/summer/hero.mp4") == ["other.tif"]
    assert shelf.names("https://res.cloudinary.com/another/image/upload/summer/hero") == []
    assert shelf.names(f"{SHARED}/image/upload/hero.jpg") == []
    assert shelf.names(f"{SHARED}/image/authenticated/summer/hero.jpg") == []


def test_a_host_of_ones_own_is_known_from_the_accounts(shelf: Shelf) -> None:
    address = "https://img.example.com/image/upload/w_9/summer/hero.jpg"
    shelf.know("another", cname="img.example.com")
    assert shelf.names(address) == []
    shelf.know("studio", cname="img.example.com")
    assert shelf.names(address) == ["hero.tif"]
    assert shelf.names("https://img.example.com/summer/hero.jpg") == ["hero.tif"]


def test_an_unknown_host_is_tried_with_every_account(shelf: Shelf) -> None:
    address = "https://cdn.example.org/image/upload/summer/hero.jpg"
    assert shelf.names(address) == []
    shelf.know("studio")
    assert shelf.names(address) == ["hero.tif"]
    assert shelf.names("https://cdn.example.org/summer/hero.jpg") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{SHARED}/image/upload/v7/summer/Anna's two  shoes é.jpg",
        f"{SHARED}/image/upload/l_text:Arial_20:Half price/v7/summer/Anna's two  shoes é.jpg",
        f"{SHARED}/images/summer/Anna's two  shoes é/as seen.jpg",
        f"{SHARED}/summer/Anna's two  shoes é.webp",
        f"{SHARED}/image/upload/v7/summer/Anna%27s two%20 shoes é.jpg?_a=1 ",
    ],
)
def test_blanks_and_quotes_that_nobody_escaped_belong_to_the_name(shelf: Shelf, text: str) -> None:
    shoes = make("shoes.tif")
    shelf.put(shoes)
    shelf.deliver(shoes, "summer/Anna's two  shoes é")
    assert shelf.names(text) == ["shoes.tif"]


def test_words_behind_an_address_do_not_hide_what_it_delivers(shelf: Shelf) -> None:
    assert shelf.names(f"{SHARED}/image/upload/v7/summer/hero.jpg looks wrong") == ["hero.tif"]
    assert shelf.names(f"{SHARED}/summer/hero.jpg, please") == ["hero.tif"]


def test_a_folder_that_looks_like_a_transformation_is_found(shelf: Shelf) -> None:
    poster = make("poster.tif")
    shelf.put(poster)
    shelf.deliver(poster, "w_100/v2/poster.jpg")
    assert shelf.names(f"{SHARED}/image/upload/w_100/v2/poster.jpg") == ["poster.tif"]


def test_an_address_that_stands_in_a_caption_is_still_found_by_its_words(shelf: Shelf) -> None:
    assert shelf.names("https://example.com/summer") == ["hero.tif"]
    assert shelf.names("example.com") == ["hero.tif"]
