"""Whether a file carries content credentials."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.errors import FileTroubleError
from bridge_app.media.content_credentials import holds_manifest
from tests.desk import picture

TYPE = bytes.fromhex("6332706100110010800000aa00389b71")
UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def jumbf(kind: bytes) -> bytes:
    """A superbox with its description box."""
    description = struct.pack(">I4s", 8 + 16 + 1, b"jumd") + kind + b"\x03"
    return struct.pack(">I4s", 8 + len(description), b"jumb") + description


def jpeg_with(path: Path, kind: bytes) -> Path:
    whole = picture(path).read_bytes()
    body = b"JP" + struct.pack(">HI", 1, 1) + jumbf(kind)
    segment = b"\xff\xeb" + struct.pack(">H", 2 + len(body)) + body
    path.write_bytes(whole[:2] + segment + whole[2:])
    return path


def png_with(path: Path) -> Path:
    Image.new("RGB", (4, 4)).save(path)
    whole = path.read_bytes()
    data = b"caBX" + jumbf(TYPE)
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    path.write_bytes(whole[:33] + chunk + whole[33:])
    return path


def webp_with(path: Path) -> Path:
    Image.new("RGB", (4, 4)).save(path)
    whole, data = path.read_bytes(), jumbf(TYPE)
    data += b"\0" * (len(data) % 2)
    more = whole[8:] + b"C2PA" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(more)) + more)
    return path


def boxed_with(path: Path) -> Path:
    Image.new("RGB", (64, 64)).save(path)
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 24, b"uuid") + UUID)
    return path


def test_a_manifest_is_seen_in_every_container_that_has_a_place_for_it(tmp_path: Path) -> None:
    assert holds_manifest(jpeg_with(tmp_path / "a.jpg", TYPE))
    assert holds_manifest(png_with(tmp_path / "a.png"))
    assert holds_manifest(webp_with(tmp_path / "a.webp"))
    assert holds_manifest(boxed_with(tmp_path / "a.avif"))


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif", "gif", "tiff"])
def test_a_file_without_one_has_none(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    Image.new("RGB", (64, 64)).save(path)
    assert not holds_manifest(path)


def test_other_boxes_and_broken_files_are_none(tmp_path: Path) -> None:
    assert not holds_manifest(jpeg_with(tmp_path / "a.jpg", bytes(16)))
    for name, head in (
        ("jpg", b"\xff\xd8\x00\x00"),
        ("png", b"\x89PNG\r\n\x1a\n\xff"),
        ("mp4", b"\x00\x00\x00\x08ftyp\xff\xff\xff\xffuuid"),
        ("none", b""),
    ):
        path = tmp_path / f"broken.{name}"
        path.write_bytes(head)
        assert not holds_manifest(path)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        holds_manifest(tmp_path / "gone.jpg")
