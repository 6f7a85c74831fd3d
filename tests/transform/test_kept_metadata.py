"""Credit and copyright in the rendition's file, read back by exiv2."""

import io
from pathlib import Path

import exiv2
import pytest
from PIL import Image

from bridge_app.domain.errors import FileTroubleError
from bridge_app.transform import parse, render
from bridge_app.transform.kept_metadata import Keep, carried_over, writes_metadata

WRITABLE = ["JPEG", "PNG", "WEBP", "TIFF"]


@pytest.fixture
def master(corpus: Path) -> Path:
    return corpus / "metadata" / "IPTC-PhotometadataRef-Std2021.1.jpg"


def rendition(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 10, 10)).save(out, form)
    return out.getvalue()


def fields(data: bytes) -> dict[str, str]:
    image = exiv2.ImageFactory.open(data)
    image.readMetadata()
    groups = (image.exifData(), image.iptcData(), image.xmpData())
    return {datum.key(): datum.toString() for group in groups for datum in group}


@pytest.mark.parametrize("form", WRITABLE)
def test_attribution_is_who_made_it_and_who_owns_it_and_no_more(form: str, master: Path) -> None:
    found = fields(carried_over(rendition(form), master, Keep.ATTRIBUTION))
    assert found["Xmp.photoshop.Credit"].startswith("Credit Line")
    assert "Copyright" in found["Xmp.dc.rights"]
    assert "Creator" in found["Exif.Image.Artist"]
    assert "Xmp.xmpRights.UsageTerms" in found
    assert any(key.startswith("Xmp.plus.Licensor") for key in found)
    assert not [key for key in found if key.startswith(("Xmp.dc.sub", "Xmp.iptcExt", "Exif.GPS"))]
    assert "Xmp.dc.description" not in found


@pytest.mark.parametrize("form", WRITABLE)
def test_everything_is_everything_but_what_is_true_of_the_masters_pixels(
    form: str, master: Path
) -> None:
    found = fields(carried_over(rendition(form), master, Keep.EVERYTHING))
    assert {"Xmp.dc.subject", "Xmp.dc.description", "Xmp.photoshop.Credit"} <= found.keys()
    if form != "TIFF":
        assert not {"Exif.Image.Orientation", "Exif.Photo.PixelXDimension"} & found.keys()


@pytest.mark.parametrize("form", WRITABLE)
@pytest.mark.parametrize("keep", Keep)
def test_the_picture_stays_as_it_was(form: str, keep: Keep, master: Path) -> None:
    before = Image.open(io.BytesIO(rendition(form)))
    after = Image.open(io.BytesIO(carried_over(rendition(form), master, keep)))
    assert (after.size, after.mode) == (before.size, before.mode)
    assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("form", ["AVIF", "GIF"])
def test_a_format_without_a_place_for_it_stays_as_it_is(form: str, master: Path) -> None:
    assert carried_over(rendition(form), master, Keep.EVERYTHING) == rendition(form)
    assert not writes_metadata(form.lower())


def test_an_orientation_is_not_kept_since_the_picture_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274], exif[315] = 6, "A. Painter"
    turned = tmp_path / "turned.jpg"
    Image.new("RGB", (60, 40)).save(turned, exif=exif)
    found = render(turned, parse("c_scale,w_20/fl_keep_iptc"))
    picture = Image.open(io.BytesIO(found.data))
    assert picture.size == (20, 30)
    assert 274 not in picture.getexif()
    assert picture.getexif()[315] == "A. Painter"


def test_without_a_flag_nothing_is_kept(master: Path) -> None:
    assert fields(render(master, parse("c_scale,w_90")).data) == {}
    kept = fields(render(master, parse("c_scale,w_90/fl_keep_attribution,q_auto")).data)
    assert "Xmp.photoshop.Credit" in kept
    assert "Xmp.dc.subject" not in kept


def test_metadata_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00nonsense")
    assert carried_over(rendition("PNG"), broken, Keep.EVERYTHING) == rendition("PNG")


def test_a_master_that_is_gone_is_trouble_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        carried_over(rendition("PNG"), tmp_path / "gone.jpg", Keep.ATTRIBUTION)
