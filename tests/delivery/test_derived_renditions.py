"""Renditions made eagerly, and widths measured by the service, against the sandbox."""

from collections.abc import Iterator
from pathlib import Path

import cloudinary.uploader
import pytest

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.derived_renditions import DerivedRenditions
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.errors import RefusedByServiceError
from bridge_app.sandbox.server import Sandbox
from bridge_app.transform.breakpoints import BreakpointRules
from tests.desk import ACCOUNT, Clock, picture

SQUARE = ("c_fill,h_50,w_50", "jpg")
SMALL = ("c_scale,w_40/q_auto", "webp")


@pytest.fixture
def credentials(sandbox: Sandbox) -> Iterator[Credentials]:
    new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
    connections = Connections(now=Clock())
    install(connections)
    yield Credentials(account=new.record(), secret=new.secret)
    connections.clear()


@pytest.fixture
def copy(credentials: Credentials, tmp_path: Path) -> CloudCopy:
    told = cloudinary.uploader.upload(
        str(picture(tmp_path / "a.jpg")), public_id="summer/a", **credentials.options()
    )
    return CloudCopy(
        environment=ACCOUNT.cloud_name,
        public_id="summer/a",
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


def test_what_is_made_is_there_with_its_facts(credentials: Credentials, copy: CloudCopy) -> None:
    service = DerivedRenditions(credentials)
    assert service.there(copy.asset_id, [SQUARE, SMALL]) == {}
    square, small = service.make(copy, [SQUARE, SMALL])
    assert (square.width, square.height, square.format) == (50, 50, "jpg")
    assert (small.width, small.height, small.format) == (40, 25, "webp")
    assert square.bytes > 0
    assert "c_fill,h_50,w_50" in square.url
    found = service.there(copy.asset_id, [SQUARE, SMALL, ("w_1", "jpg")])
    assert found.keys() == {SQUARE, SMALL}
    assert found[SQUARE].bytes == square.bytes


def test_another_format_is_another_rendition(credentials: Credentials, copy: CloudCopy) -> None:
    service = DerivedRenditions(credentials)
    service.make(copy, [SQUARE])
    assert service.there(copy.asset_id, [(SQUARE[0], "webp")]) == {}


def test_one_that_cannot_be_made_is_told(credentials: Credentials, copy: CloudCopy) -> None:
    with pytest.raises(RefusedByServiceError):
        DerivedRenditions(credentials).make(copy, [("w_-5", "jpg")])


def test_the_service_measures_widths(credentials: Credentials, copy: CloudCopy) -> None:
    rules = BreakpointRules(min_width=50, max_width=1000, bytes_step=500, max_images=5)
    found = DerivedRenditions(credentials).breakpoints(copy, "c_fill,h_200,w_300", "jpg", rules)
    widths = [one.width for one in found]
    assert widths[0] == 300
    assert widths[-1] == 50
    assert widths == sorted(widths, reverse=True)
    assert 3 <= len(widths) <= 5
