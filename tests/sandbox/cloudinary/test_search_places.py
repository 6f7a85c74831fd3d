"""Searches for when, where and how densely a picture was taken, as its file says it."""

from pathlib import Path

import exiv2
import pytest
from cloudinary import uploader
from cloudinary.search import Search
from PIL import Image

from bridge_app.sandbox.cloudinary.search_area import Area
from bridge_app.sandbox.server import Sandbox

OSLO, BERGEN = (59.9, 10.75), (60.4, 5.3)
OSLO_ARCS, BERGEN_ARCS = ("59/1 54/1 0/1", "10/1 45/1 0/1"), ("60/1 24/1 0/1", "5/1 18/1 0/1")


def taken(path: Path, arcs: tuple[str, str], day: str, dpi: int) -> str:
    """A picture that says where, when and how densely it was taken."""
    Image.new("RGB", (8, 6), "teal").save(path, dpi=(dpi, dpi))
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    exif = image.exifData()
    exif["Exif.GPSInfo.GPSLatitudeRef"] = "N"
    exif["Exif.GPSInfo.GPSLatitude"] = arcs[0]
    exif["Exif.GPSInfo.GPSLongitudeRef"] = "E"
    exif["Exif.GPSInfo.GPSLongitude"] = arcs[1]
    exif["Exif.Photo.DateTimeOriginal"] = f"{day.replace('-', ':')} 12:00:00"
    image.setExifData(exif)
    image.writeMetadata()
    return str(path)


@pytest.fixture
def places(sdk: Sandbox, tmp_path: Path) -> None:
    """One picture of Oslo, one of Bergen, and one that says nothing."""
    uploader.upload(taken(tmp_path / "o.jpg", OSLO_ARCS, "2024-05-17", 300), public_id="oslo")
    uploader.upload(taken(tmp_path / "b.jpg", BERGEN_ARCS, "2025-12-24", 72), public_id="bergen")
    path = tmp_path / "nowhere.png"
    Image.new("RGB", (8, 6)).save(path)
    uploader.upload(str(path), public_id="nowhere")


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('location:"59.91,10.74 5km"', ["oslo"]),
        ('location:"59.91,10.74 500 km"', ["bergen", "oslo"]),
        ('location:"59.91,10.74 3mi"', ["oslo"]),
        ('location:"60,5|61,6"', ["bergen"]),
        ('location:"61,6|60,5"', ["bergen"]),
        ('location:"58,9|62,9|62,12|58,12"', ["oslo"]),
        ('location:"somewhere"', []),
        ("location", ["bergen", "oslo"]),
        ("taken_at:2024-05-17", ["oslo"]),
        ("taken_at>=2025-01-01", ["bergen"]),
        ("taken_at:[2024-01-01 TO 2026-01-01]", ["bergen", "oslo"]),
        ("initial_dpi=300", ["oslo"]),
        ("initial_dpi<100", ["bergen"]),
    ],
)
def test_where_when_and_how_densely_is_searched_for(expression: str, expected: list[str]) -> None:
    found = Search().expression(expression).execute()["resources"]
    assert sorted(one["public_id"] for one in found) == expected


@pytest.mark.usefixtures("places")
def test_the_time_sorts() -> None:
    found = Search().expression("taken_at").sort_by("taken_at", "desc").execute()["resources"]
    assert [one["public_id"] for one in found] == ["bergen", "oslo"]


def test_what_is_no_area_is_none() -> None:
    for text in ("", "59.9,10.7", "59.9 5km", "a,b 5km", "59,10|x", "59.9,10.7 5 parsecs"):
        assert Area.parse(text) is None
    box = Area.parse("59,10|60,11")
    assert box is not None
    assert box.holds(OSLO)
    assert not box.holds(BERGEN)
