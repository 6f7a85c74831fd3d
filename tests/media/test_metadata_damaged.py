"""Damaged XMP and IIM: what is legible is shown, nothing grows or is fetched, the file stays."""

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.media.metadata_damaged import legible, mended
from bridge_app.media.metadata_files import MetadataFiles, Way
from tests.desk import picture
from tests.media.writing import written

XMP = b"http://ns.adobe.com/xap/1.0/\0"
START = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    b"<rdf:Description rdf:about='' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>"
)
END = b"</rdf:Description></rdf:RDF></x:xmpmeta>"
GROWING = b"".join(
    b"<!ENTITY %c '%s'>" % (ord("b") + step, b"&%c;" % (ord("a") + step) * 10) for step in range(9)
)
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'lol'>" + GROWING + b"]>"
OUTSIDE = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"


def headline(text: bytes) -> bytes:
    return b"<photoshop:Headline>" + text + b"</photoshop:Headline>"


def with_segment(path: Path, marker: int, body: bytes) -> Path:
    """A picture that begins with this segment."""
    data = picture(path).read_bytes()
    length = struct.pack(">H", len(body) + 2)
    path.write_bytes(data[:2] + bytes([0xFF, marker]) + length + body + data[2:])
    return path


def with_iim(path: Path, block: bytes) -> Path:
    padded = block + b"\0" * (len(block) % 2)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + padded
    return with_segment(path, 0xED, b"Photoshop 3.0\0" + resource)


@pytest.mark.parametrize(
    ("packet", "shown"),
    [
        (LAUGHS + START + headline(b"&j;") + END, "&j;"),
        (OUTSIDE + START + headline(b"&e; there") + END, "&e; there"),
        (START + headline(b"a\x01b") + END, "a\N{REPLACEMENT CHARACTER}b"),
        (START + headline(b"half \xed\xa0\x80"), "half \N{REPLACEMENT CHARACTER}" + 2 * "\ufffd"),
        (START + headline(b"cut off") + b"<photoshop:City>Os", "cut off"),
        (START + headline(b"crossed") + b"</rdf:RDF></rdf:Description></x:xmpmeta>", "crossed"),
    ],
)
def test_what_is_legible_of_damaged_xmp_is_shown_and_stays(
    files: MetadataFiles, tmp_path: Path, packet: bytes, shown: str
) -> None:
    path = with_segment(tmp_path / "damaged.jpg", 0xE1, XMP + packet)
    before = path.read_bytes()
    assert files.read(path).record["headline"] == shown

    made = written(files, path, title="Beside it")

    assert (made.way, path.read_bytes()) == (Way.SIDECAR, before)
    record = files.read(path).record
    assert (record["title"], record["headline"]) == ("Beside it", shown)


def test_characters_by_number_stay_unless_they_are_none() -> None:
    made = mended(START + headline(b"&#x41;&#xD800;&#0;&#66;&amp;&#xFFFFFF;") + END)
    assert b">&#x41;\xef\xbf\xbd\xef\xbf\xbd&#66;&amp;\xef\xbf\xbd<" in made


def test_iim_is_shown_up_to_the_dataset_that_is_too_long_for_it(
    files: MetadataFiles, tmp_path: Path
) -> None:
    charset = b"\x1c\x01\x5a\x00\x03\x1b%G"
    words = b"".join(b"\x1c\x02\x19\x00\x04" + word for word in (b"sea!", "blå".encode()))
    path = with_iim(tmp_path / "cut.jpg", charset + words + b"\x1c\x02\x69\x7f\xffHeadline")
    before = path.read_bytes()
    assert files.read(path).record == {"keywords": ("blå", "sea!")}
    assert written(files, path, title="Beside it").way is Way.SIDECAR
    assert path.read_bytes() == before


PIECES = st.lists(
    st.sampled_from(
        [START, END, headline(b"x"), LAUGHS, b"<a>", b"</a>", b"<", b">", b"&b;", b"&#", b"\0"]
    )
    | st.binary(max_size=8)
)


@given(PIECES)
def test_whatever_stands_there_it_becomes_xml_or_nothing(pieces: list[bytes]) -> None:
    made = mended(START + b"".join(pieces))
    if made.count(b"'") % 2 == 0 and b"=" not in b"".join(pieces):
        ElementTree.fromstring(made)  # noqa: S314 - nothing is declared in it
    legible(b"\x1c" + b"".join(pieces))
