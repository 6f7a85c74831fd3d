"""Writing metadata where disks, names, links, damaged files and other desks make it hard."""

import errno
import os
import shutil
import struct
from collections.abc import Callable
from fcntl import LOCK_EX, LOCK_NB, flock
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image, TiffImagePlugin

from bridge_app.domain.errors import FileTroubleError
from bridge_app.media.decoder_pool import DecoderPool, Limits
from bridge_app.media.exiftool import ExifTool
from bridge_app.media.metadata_errors import MasterChangedError, MetadataLimitError
from bridge_app.media.metadata_files import MetadataFiles, Way, Written
from tests.libraries.seen import files as seen_files
from tests.libraries.seen import walked
from tests.media.oracle import tags
from tests.media.writing import Copy, hidden, written

TAIL = b"what another program put behind the end"


def refusing(number: int) -> Callable[..., NoReturn]:
    """What a disk says that cannot do something."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return refuse


def with_exif(place: Path, block: bytes) -> Path:
    """A JPEG with this EXIF."""
    file = BytesIO()
    Image.new("RGB", (32, 32), "red").save(file, "JPEG")
    data, body = file.getvalue(), b"Exif\0\0" + block
    length = struct.pack(">H", len(body) + 2)
    place.write_bytes(data[:2] + b"\xff\xe1" + length + body + data[2:])
    return place


def somewhere(*, references: bool) -> bytes:
    """EXIF with a place on Earth and its height, and nothing else."""
    tags = [(1, 2, 2, b"N\0\0\0"), (3, 2, 2, b"E\0\0\0")] if references else []
    data = 26 + 2 + 12 * (len(tags) + 3) + 4
    tags += [(2, 5, 3, struct.pack("<I", data)), (4, 5, 3, struct.pack("<I", data + 24))]
    tags += [(6, 5, 1, struct.pack("<I", data + 48))]
    head = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8825, 4, 1, 26, 0)
    entries = b"".join(struct.pack("<HHI4s", *tag) for tag in sorted(tags))
    return head + struct.pack("<H", len(tags)) + entries + bytes(4) + DEGREES + HEIGHT


DEGREES = struct.pack("<6I", 60, 1, 23, 1, 0, 1) + struct.pack("<6I", 5, 1, 19, 1, 0, 1)
HEIGHT = struct.pack("<2I", 12345, 67)


@pytest.mark.parametrize("references", [True, False])
def test_a_place_that_is_taken_away_is_nowhere_in_the_file(
    files: MetadataFiles, tmp_path: Path, *, references: bool
) -> None:
    path = with_exif(tmp_path / "a.jpg", somewhere(references=references))
    assert {"coordinate", "altitude"} <= files.read(path).record.keys()

    made = written(files, path, coordinate=None)

    data = path.read_bytes()
    assert made.way is Way.INSIDE
    assert files.read(path).record == made.record == {}
    assert not any(part in data for part in (DEGREES[:24], DEGREES[24:], HEIGHT))


def test_a_place_is_taken_out_of_a_tiff_whole(files: MetadataFiles, tmp_path: Path) -> None:
    path, tags = tmp_path / "a.tif", TiffImagePlugin.ImageFileDirectory_v2()
    tags[0x8825] = {1: "N", 2: (60.0, 23.0, 0.5), 3: "E", 4: (5.0, 19.0, 0.5), 6: 12345.5}
    Image.new("RGB", (32, 32), "red").save(path, tiffinfo=tags)
    assert {"coordinate", "altitude"} <= files.read(path).record.keys()

    made = written(files, path, coordinate=None)

    assert made.way is Way.INSIDE
    assert files.read(path).record == made.record == {}
    assert struct.pack("<2I", 60, 1) not in path.read_bytes()


def test_a_file_that_takes_too_long_is_left_and_nothing_is_said_of_a_preview(
    files: MetadataFiles, copy: Copy
) -> None:
    path = copy("metadata/iptc-2019.jpg")
    known, before = files.read(path), path.read_bytes()

    with DecoderPool(size=1, limits=Limits(seconds=0.0)) as hurried:
        desk = MetadataFiles(hurried, None)
        with pytest.raises(MetadataLimitError, match="The metadata could not be written"):
            desk.write(path, changes={"title": "new"}, known=known)
        with pytest.raises(MetadataLimitError, match="The metadata could not be written"):
            desk.read(path)

    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_what_cannot_be_taken_out_of_a_file_is_hidden_by_its_sidecar(
    files: MetadataFiles, tmp_path: Path
) -> None:
    text = b"a caption in a damaged directory\0\0"
    head = b"II*\0" + struct.pack("<I", 8 + len(text)) + text
    block = head + struct.pack("<HHHII", 9, 0x010E, 2, len(text) - 1, 8)  # nine, and one is there
    path = with_exif(tmp_path / "a.jpg", block)
    assert "caption" in files.read(path).record

    made = written(files, path, caption=None)

    assert made.way is Way.SIDECAR
    assert "caption" not in files.read(path).record


def test_the_longest_name_stops_nothing(files: MetadataFiles, hero: Path, tmp_path: Path) -> None:
    path = hero.rename(tmp_path / ("n" * 251 + ".jpg"))

    assert written(files, path, title="One").way is Way.INSIDE
    assert files.read(path).record["title"] == "One"


def test_a_name_that_leaves_no_room_for_a_sidecar_is_said_to_be_too_long(
    files: MetadataFiles, tmp_path: Path
) -> None:
    path = tmp_path / ("n" * 251 + ".gif")
    Image.new("RGB", (9, 9)).save(path)

    with pytest.raises(FileTroubleError, match="too long"):
        written(files, path, title="One")

    assert hidden(tmp_path) == []


def test_a_link_to_itself_is_trouble_with_a_file(files: MetadataFiles, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.symlink_to(path)

    with pytest.raises(FileTroubleError):
        files.read(path)


def test_the_sidecar_of_a_link_lies_where_the_library_looks(
    files: MetadataFiles, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "library").mkdir()
    Image.new("RGB", (9, 9)).save(tmp_path / "elsewhere/real.gif")
    link = tmp_path / "library/hero.gif"
    link.symlink_to(tmp_path / "elsewhere/real.gif")

    made = written(files, link, title="One")
    written(files, link, city="Bergen")

    assert made.target == tmp_path / "library/hero.gif.xmp"
    assert files.read(link).record == {"title": "One", "city": "Bergen"}
    assert seen_files(walked(tmp_path / "library")) == {"hero.gif"}
    assert os.listdir(tmp_path / "elsewhere") == ["real.gif"]  # noqa: PTH208 - names are all it needs


@pytest.mark.parametrize("number", [errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_a_disk_without_locks_is_written_to(
    files: MetadataFiles, hero: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("fcntl.flock", refusing(number))
    monkeypatch.setattr("fcntl.lockf", refusing(number))

    assert written(files, hero, title="One").record["title"] == "One"


def test_a_file_is_not_kept_locked_while_it_is_written(files: MetadataFiles, hero: Path) -> None:
    def prepared(made: Written) -> None:
        with hero.open("rb") as other:
            flock(other, LOCK_EX | LOCK_NB)

    files.write(hero, changes={"title": "One"}, known=files.read(hero), prepared=prepared)


def test_another_desk_that_cleans_up_leaves_what_is_being_written(
    files: MetadataFiles, pool: DecoderPool, hero: Path
) -> None:
    other = MetadataFiles(pool, None)
    removed: list[int] = []

    def prepared(made: Written) -> None:
        left = hero.with_name(".asset-bridge-0123456789abcdef.tmp")
        left.write_bytes(b"half")
        removed.append(other.leftovers(hero.parent))

    files.write(hero, changes={"title": "One"}, known=files.read(hero), prepared=prepared)

    assert removed == [1]
    assert files.read(hero).record["title"] == "One"


def test_a_file_that_exiftool_wrote_is_on_the_disk_and_no_leftover(
    pool: DecoderPool, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    exiftool = ExifTool.installed()
    if exiftool is None:
        pytest.skip("ExifTool (libimage-exiftool-perl) is not installed")
    path = copy("avif/white_1x1.avif")
    synced = watched_syncs(monkeypatch)
    files, other = MetadataFiles(pool, exiftool), MetadataFiles(pool, None)
    removed: list[int] = []

    files.write(
        path,
        changes={"title": "One"},
        known=files.read(path),
        prepared=lambda _: removed.append(other.leftovers(path.parent)),
    )
    exiftool.close()

    assert removed == [0]
    assert path.stat().st_ino in synced


def test_an_original_that_is_copied_is_on_the_disk(
    pool: DecoderPool, hero: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = watched_syncs(monkeypatch)
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))

    written(MetadataFiles(pool, None, backup=lambda: True), hero, title="One")

    kept = hero.parent / ".asset-bridge-originals/hero.jpg"
    assert {kept.stat().st_ino, hero.stat().st_ino} <= synced


def watched_syncs(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The files (inodes) that are brought down to the disk from now on."""
    synced, fsync = set[int](), os.fsync

    def sync(file: int) -> None:
        synced.add(os.fstat(file).st_ino)
        fsync(file)

    monkeypatch.setattr(os, "fsync", sync)
    return synced


def trailing(kind: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (32, 32), "red").save(file, kind)
    return file.getvalue() + TAIL


def with_tag(tag: int) -> bytes:
    file, tags = BytesIO(), TiffImagePlugin.ImageFileDirectory_v2()
    tags.tagtype[tag] = 7
    tags[tag] = TAIL
    Image.new("RGB", (32, 32), "red").save(file, "TIFF", tiffinfo=tags)
    return file.getvalue()


def test_what_lies_behind_the_end_of_a_webp_stays_there(
    files: MetadataFiles, tmp_path: Path
) -> None:
    path = tmp_path / "a.webp"
    path.write_bytes(trailing("WEBP"))

    made = written(files, path, title="One")

    assert made.way is Way.INSIDE
    assert path.read_bytes().endswith(TAIL)
    assert files.read(path).record == {"title": "One"}


@pytest.mark.parametrize("data", [trailing("TIFF"), with_tag(33723), with_tag(34377)])
def test_a_tiff_that_would_lose_something_is_left_alone(
    files: MetadataFiles, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(data)

    assert written(files, path, title="One").way is Way.SIDECAR
    assert path.read_bytes() == data


def test_a_file_that_changes_while_its_original_is_copied_stays(
    pool: DecoderPool, hero: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, copy2 = MetadataFiles(pool, None, backup=lambda: True), shutil.copy2

    def slow(source: Path, place: Path) -> None:
        copy2(source, place)
        source.write_bytes(b"theirs")

    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    monkeypatch.setattr(shutil, "copy2", slow)

    with pytest.raises(MasterChangedError):
        written(files, hero, title="One")

    assert hero.read_bytes() == b"theirs"


def test_a_sidecar_that_appears_meanwhile_is_not_replaced_where_there_are_no_links(
    files: MetadataFiles, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = copy("raw/sample.nef", "hero.nef")
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    theirs = raw.with_name("hero.xmp")

    def prepared(made: Written) -> None:
        theirs.write_bytes(b"theirs")

    with pytest.raises(MasterChangedError):
        files.write(
            raw,
            changes={"title": "One"},
            known=files.read(raw),
            prepared=prepared,
        )

    assert theirs.read_bytes() == b"theirs"
    theirs.unlink()
    assert written(files, raw, title="One").target == theirs
    assert files.read(raw).record["title"] == "One"


@pytest.mark.parametrize("name", ["heic/iphone_15_pro.heic", "heic/xiaomi.heic"])
def test_a_place_is_taken_out_of_what_exiftool_writes(
    pool: DecoderPool, copy: Copy, name: str
) -> None:
    exiftool = ExifTool.installed()
    if exiftool is None:
        pytest.skip("ExifTool is not installed")
    files, path = MetadataFiles(pool, exiftool), copy(name)
    assert "coordinate" in files.read(path).record
    before = tags([path])[path]

    made = written(files, path, coordinate=None)

    exiftool.close()
    after = tags([path])[path]
    assert made.way is Way.EXIFTOOL
    assert not [one for one in after if ":GPS" in one]
    assert {"coordinate", "altitude"}.isdisjoint(files.read(path).record)
    kept = {one for one in before if one.startswith(("ExifIFD:", "IFD0:")) and "GPS" not in one}
    assert kept <= after.keys()


def test_what_stands_in_the_extension_of_a_long_packet_is_read_and_not_said_twice(
    pool: DecoderPool, corpus: Path, tmp_path: Path
) -> None:
    path = tmp_path / "paris.jpg"
    shutil.copyfile(corpus / "metadata/paris_extended_xmp.jpg", path)
    files = MetadataFiles(pool, None)
    known = files.read(path)

    made = files.write(path, changes={"label": "Red"}, known=known)

    assert str(known.record["label"]).startswith("[1] Non eram nescius, Brute")
    assert made.way is Way.SIDECAR
    assert files.read(path).record["label"] == "Red"
