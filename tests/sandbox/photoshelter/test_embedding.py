"""Records written into pictures on their way to somebody."""

import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.embedding import xmp_of
from bridge_app.sandbox.photoshelter.state import ShelterState
from tests.sandbox.photoshelter.conftest import Person
from tests.sandbox.photoshelter.wire import jpeg

RECORD = {
    "title": "Dawn & <dusk>",
    "caption": "A ridge.",
    "keywords": ["ridge", "campaign:spring"],
    "author": "Ana Example",
    "copyright": "© 2026 Example Brand",
    "rights": "Web only",
}


@pytest.fixture
def gallery(shelter: ShelterState, brand: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand)


def test_a_picture_says_what_is_written_about_it(
    editor: Person, shelter: ShelterState, gallery: str, decoder: DecoderPool, tmp_path: Path
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg(), iptc=RECORD)
    path = f"/media/{media}/download"
    data = editor.get(path, download_image_embed="true").content
    (tmp_path / "a.jpg").write_bytes(data)
    embedded = decoder.inspect(tmp_path / "a.jpg").embedded
    assert embedded is not None
    assert (embedded.title, embedded.creator) == ("Dawn & <dusk>", "Ana Example")
    assert embedded.keywords == ("ridge", "campaign:spring")
    pictures = (Image.open(io.BytesIO(one)).tobytes() for one in (data, jpeg()))
    assert len(set(pictures)) == 1
    assert len(data) > len(jpeg())


def test_what_was_written_before_is_replaced(
    editor: Person, shelter: ShelterState, gallery: str, decoder: DecoderPool, tmp_path: Path
) -> None:
    first = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg(), iptc=RECORD)
    data = editor.get(f"/media/{first}/download", download_image_embed="true").content
    second = shelter.add_media("b.jpg", galleries=[gallery], data=data, iptc={"title": "Noon"})
    after = editor.get(f"/media/{second}/download", download_image_embed="true").content
    assert after.count(b"http://ns.adobe.com/xap/1.0/\0") == 1
    (tmp_path / "b.jpg").write_bytes(after)
    embedded = decoder.inspect(tmp_path / "b.jpg").embedded
    assert embedded is not None
    assert (embedded.title, embedded.keywords) == ("Noon", ())


def test_what_is_no_jpeg_does_no_harm(editor: Person, shelter: ShelterState, gallery: str) -> None:
    for data in (b"RAW bytes", b"\xff\xd8", b"\xff\xd8\xff\xe0\xff\xff"):
        media = shelter.add_media("a.nef", galleries=[gallery], data=data, iptc=RECORD)
        sent = editor.get(f"/media/{media}/download", download_image_embed="true").content
        assert sent.startswith(data[:2])
        assert sent.endswith(data[2:])


def test_a_record_too_long_for_a_packet_is_left_out(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    iptc = {"caption": "x" * 70_000}
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg(), iptc=iptc)
    assert editor.get(f"/media/{media}/download", download_image_embed="true").content == jpeg()


def test_hostile_records_make_a_packet_that_can_be_read() -> None:
    record = {
        "title": "\x00\ud800\ufffe]]>&</rdf:li>",
        "keywords": [5, None],
        "city": ["x"],
        "author": {},
    }
    root = ET.fromstring(xmp_of(record))  # noqa: S314 - our own text
    assert [one.text for one in root.iter() if one.text] == ["]]>&</rdf:li>", "5", "None"]
