"""Boxes that people drew on stored pictures, asked of the sandbox."""

from collections.abc import Iterator
from pathlib import Path

import cloudinary.uploader
import pytest

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.drawn_coordinates import DrawnCoordinates, drawn_coordinates
from bridge_app.domain.assets import Asset, AssetId, CloudCopy, Kind, LibraryId
from bridge_app.sandbox.server import Sandbox
from bridge_app.transform.geometry import Box
from bridge_app.work.drawn_boxes import DrawnBoxes
from tests.desk import ACCOUNT, Clock, picture


@pytest.fixture
def credentials(sandbox: Sandbox) -> Iterator[Credentials]:
    new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
    connections = Connections(now=Clock())
    install(connections)
    yield Credentials(account=new.record(), secret=new.secret)
    connections.clear()


def stored(credentials: Credentials, folder: Path, **said: str) -> Asset:
    """A picture that lies here and there."""
    path = picture(folder / "a.jpg")
    told = cloudinary.uploader.upload(str(path), **said, **credentials.options())
    copy = CloudCopy(
        environment=ACCOUNT.cloud_name,
        public_id=told["public_id"],
        resource_type="image",
        delivery_type="upload",
        version=told["version"],
        asset_id=told["asset_id"],
        format="jpg",
        etag=told["etag"],
        sha256="",
        bytes=told["bytes"],
        url=told["url"],
    )
    return Asset(
        id=AssetId("a"),
        library=LibraryId("masters"),
        path="a.jpg",
        name="a.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=told["bytes"],
        modified_at="2026-11-03T10:00:00+00:00",
        cloud=copy,
    )


def test_boxes_come_as_they_were_drawn(credentials: Credentials, tmp_path: Path) -> None:
    drawn = {"custom_coordinates": "10,5,40,30", "face_coordinates": "1,2,8,9|20,2,8,9"}
    asset = stored(credentials, tmp_path, **drawn)
    assert asset.cloud is not None
    assert drawn_coordinates(credentials, asset.cloud.asset_id) == DrawnCoordinates(
        custom=((10, 5, 40, 30),), faces=((1, 2, 8, 9), (20, 2, 8, 9))
    )


def test_only_a_gravity_that_goes_by_them_asks_and_once(
    credentials: Credentials, tmp_path: Path
) -> None:
    asset = stored(credentials, tmp_path, custom_coordinates="10,5,40,30")
    asked: list[str] = []

    def lent(environment: str) -> Credentials:
        asked.append(environment)
        return credentials

    boxes = DrawnBoxes(lent, is_online=lambda: True)
    assert boxes.wanted(asset, "c_fill,g_auto,h_50,w_50") is None
    assert asked == []
    found = [boxes.wanted(asset, "c_fill,g_custom,h_50,w_50") for _ in range(2)]
    assert found[0] is not None
    assert found[0].drawn == {"custom": Box(left=10, top=5, width=40, height=30)}
    assert asked == [ACCOUNT.cloud_name]
    assert boxes.known(asset) == found[1] == found[0]


def test_offline_nobody_is_asked(credentials: Credentials, tmp_path: Path) -> None:
    asset = stored(credentials, tmp_path, custom_coordinates="10,5,40,30")
    boxes = DrawnBoxes(lambda _: credentials, is_online=lambda: False)
    assert boxes.wanted(asset, "g_custom,c_fill,h_5,w_5") is None
