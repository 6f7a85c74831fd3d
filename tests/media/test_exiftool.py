"""The ExifTool that is kept running: what it is given cannot be taken for a command."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.exiftool import ExifTool
from bridge_app.media.metadata_errors import NotVerifiedError
from bridge_app.media.metadata_files import MetadataFiles, Way
from tests.media.oracle import tags

NASTY = "-x\n-o\nstolen.jpg \\ \t'\"$@ ü.avif"
EVIL = "x\n-o\nstolen.jpg"
READY = "{ready}\n"
"""What ExifTool says at the end of an answer to a question without a number."""
PACKET = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"><photoshop:City>{city}'
    '</photoshop:City></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


@pytest.fixture
def exiftool() -> Iterator[ExifTool]:
    found = ExifTool.installed()
    if found is None:
        pytest.skip("ExifTool (libimage-exiftool-perl) is not installed")
    yield found
    found.close()


def test_values_and_paths_with_line_breaks_reach_no_other_file(
    exiftool: ExifTool, pool: DecoderPool, corpus: Path, tmp_path: Path
) -> None:
    path = tmp_path / NASTY
    shutil.copyfile(corpus / "avif/white_1x1.avif", path)
    files = MetadataFiles(pool, exiftool)

    made = files.write(path, changes={"caption": EVIL, "rating": 2}, known=files.read(path))

    assert made.way is Way.EXIFTOOL
    assert files.read(path).record == {"caption": EVIL, "rating": 2}
    assert [entry.name for entry in tmp_path.iterdir()] == [NASTY]


def test_what_a_file_says_ends_no_answer(exiftool: ExifTool, corpus: Path, tmp_path: Path) -> None:
    forged, other = tmp_path / "forged.tmp", tmp_path / "other.tmp"
    forgery = " " * (-PACKET.index("{city}") % len(READY)) + READY * 60_000
    for path, city in ((forged, forgery), (other, "Victim")):
        packet = tmp_path / f"{path.stem}.xmp"
        packet.write_text(PACKET.format(city=city), encoding="utf-8")
        exiftool.put_packet(packet, corpus / "avif/white_1x1.avif", path, size=0)

    assert b"</rdf:RDF>" in exiftool.packet_of(forged)
    assert b"Victim" in exiftool.packet_of(other)


def test_a_process_that_ended_is_started_again(exiftool: ExifTool, corpus: Path) -> None:
    first = exiftool.packet_of(corpus / "metadata/xmp.webp")
    exiftool.close()

    assert exiftool.packet_of(corpus / "metadata/xmp.webp") == first != b""


def test_a_program_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    silent = ExifTool(Path(shutil.which("true") or "/bin/true"))

    with pytest.raises(NotVerifiedError):
        silent.packet_of(tmp_path)


def test_without_exiftool_its_kinds_get_a_sidecar(
    pool: DecoderPool, corpus: Path, tmp_path: Path
) -> None:
    path = tmp_path / "film.mp4"
    shutil.copyfile(corpus / "avif/white_1x1.avif", path)
    files = MetadataFiles(pool, None)

    made = files.write(path, changes={"title": "A film"}, known=files.read(path))

    assert (made.way, made.target.name) == (Way.SIDECAR, "film.mp4.xmp")
    assert files.read(path).record["title"] == "A film"


@pytest.mark.parametrize(
    ("name", "was"),
    [
        ("video/with-gps.mov", "32.0929,34.862"),
        ("video/with-gps.mp4", "51.4169,-0.0806"),
        ("video/sample_portrait.mp4", "40.68,-74.5"),
        ("avif/white_1x1.avif", None),
    ],
)
def test_a_place_is_changed_and_taken_away_wherever_the_file_says_it(
    exiftool: ExifTool, pool: DecoderPool, corpus: Path, tmp_path: Path, name: str, was: str | None
) -> None:
    path = tmp_path / Path(name).name
    shutil.copyfile(corpus / name, path)
    files = MetadataFiles(pool, exiftool)
    before = files.read(path)

    files.write(path, changes={"coordinate": "48.85837,-2.29448"}, known=before)
    said = tags([path])[path]
    moved = files.read(path)
    files.write(path, changes={"coordinate": None}, known=moved)

    assert (before.record.get("coordinate"), moved.record["coordinate"]) == (
        was,
        "48.85837,-2.29448",
    )
    assert said["Composite:GPSPosition"] == "48.85837 -2.29448"
    assert "IFD0:XResolution" not in said  # no EXIF where there was none
    assert not [one for one in tags([path])[path] if "GPS" in one or "LocationInformation" in one]
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
