"""A file is what its bytes are, whatever it is called."""

import gzip
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.media.formats import kind_of
from bridge_app.media.signatures import format_of
from bridge_app.media.tiff_tags import orientation_in


def boxes(brand: bytes, *compatible: bytes, before: bytes = b"") -> bytes:
    body = brand + bytes(4) + b"".join(compatible)
    return before + struct.pack(">I4s", 8 + len(body), b"ftyp") + body


def tiff(*tags: tuple[int, int, int]) -> bytes:
    """A little-endian TIFF of (tag, type, value) entries that hold one inline number each."""
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"", "empty", Kind.OTHER),
        (b"\xff\xd8\xff\xe0", "jpeg", Kind.IMAGE),
        (b"\xff\xd8\xec\x7f\xff\xe1\x00", "unknown", Kind.OTHER),
        (boxes(b"heic", b"mif1"), "heic", Kind.IMAGE),
        (boxes(b"mif1", b"heic"), "heif", Kind.IMAGE),
        (boxes(b"mif1", b"avif"), "avif", Kind.IMAGE),
        (boxes(b"isom", b"mp41"), "mp4", Kind.VIDEO),
        (boxes(b"qt  "), "mov", Kind.VIDEO),
        (boxes(b"mp42", before=struct.pack(">I4s", 8, b"free")), "mp4", Kind.VIDEO),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp", Kind.IMAGE),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav", Kind.AUDIO),
        (b"\x1a\x45\xdf\xa3....webm", "webm", Kind.VIDEO),
        (tiff((256, 3, 10)), "tiff", Kind.IMAGE),
        (tiff((256, 3, 10), (50706, 1, 1)), "dng", Kind.IMAGE),
        (tiff((262, 3, 32803)), "dng", Kind.IMAGE),
        (b"%PDF-1.7\n", "pdf", Kind.DOCUMENT),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "eps", Kind.IMAGE),
        (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "docx", Kind.DOCUMENT),
        (b"PK\x05\x06" + bytes(18), "zip", Kind.OTHER),
        (b"  <svg xmlns='http://www.w3.org/2000/svg'/>", "svg", Kind.IMAGE),
        (gzip.compress(b"<?xml version='1.0'?><svg/>", mtime=0), "svg", Kind.IMAGE),
        (gzip.compress(b"plain", mtime=0), "gz", Kind.OTHER),
        ("\ufeff<svg/>".encode("utf-16-le"), "svg", Kind.IMAGE),
        (b"<!DOCTYPE html><svg/>", "html", Kind.DOCUMENT),
        (b"<?xpacket begin=''?>", "xmp", Kind.OTHER),
        (b"just words\n", "txt", Kind.DOCUMENT),
        (bytes(64), "unknown", Kind.OTHER),
    ],
)
def test_the_first_bytes_decide(head: bytes, name: str, kind: Kind) -> None:
    assert format_of(head) == name
    assert kind_of(name) is kind


@given(head=st.binary(max_size=400), mark=st.sampled_from([b"", b"II*\0", b"MM\0+", b"\x1f\x8b"]))
def test_any_bytes_have_an_answer(head: bytes, mark: bytes) -> None:
    assert format_of(mark + head)


@given(orientation=st.integers(1, 8))
def test_orientation_is_read_from_exif(orientation: int) -> None:
    exif = tiff((256, 3, 7), (274, 3, orientation))

    assert orientation_in(exif) == orientation
    assert orientation_in(b"Exif\0\0" + exif) == orientation


@given(exif=st.binary(max_size=100), mark=st.sampled_from([b"", b"II*\0", b"MM\0*"]))
def test_orientation_of_nonsense_is_upright_or_one_of_eight(exif: bytes, mark: bytes) -> None:
    assert 1 <= orientation_in(mark + exif) <= 8


def test_an_orientation_out_of_range_is_upright() -> None:
    assert orientation_in(tiff((274, 3, 9))) == 1
