"""Downloads: whole, in parts, as JPEGs, by link, and many at once."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PIL import Image

from bridge_app.sandbox.photoshelter.records import AccessRight
from bridge_app.sandbox.photoshelter.settings import CAPABILITIES, ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.workspaces import add_workspace
from tests.plain_http import plain
from tests.sandbox.photoshelter.conftest import PASSWORD, MakeShelter, People, Person
from tests.sandbox.photoshelter.wire import jpeg, refusal

DATA = bytes(range(256)) * 8


@pytest.fixture
def gallery(shelter: ShelterState, brand: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand)


@pytest.fixture
def master(shelter: ShelterState, gallery: str) -> str:
    return shelter.add_media("master ä.psd", galleries=[gallery], data=DATA)


def test_an_original_is_what_was_stored(editor: Person, master: str) -> None:
    reply = editor.get(f"/media/{master}/download", download_filetype="original")
    assert reply.content == DATA
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["accept-ranges"] == "bytes"
    assert reply.headers["content-disposition"].endswith("master%20%C3%A4.psd")


RANGES = (
    ("bytes=0-9", 206, DATA[:10], "bytes 0-9/2048"),
    ("bytes=2000-", 206, DATA[2000:], "bytes 2000-2047/2048"),
    ("bytes=-5", 206, DATA[-5:], "bytes 2043-2047/2048"),
    ("bytes=2040-9999", 206, DATA[2040:], "bytes 2040-2047/2048"),
    ("bytes=0-", 200, DATA, None),
    ("bytes=5-2", 416, b"", "bytes */2048"),
    ("bytes=2048-", 416, b"", "bytes */2048"),
    ("lines=1-2", 200, DATA, None),
    ("bytes=0-1,4-5", 200, DATA, None),
)


def test_a_part_is_what_was_asked_for(editor: Person, master: str) -> None:
    for asked, status, expected, told in RANGES:
        reply = editor.send("GET", f"/media/{master}/download", headers={"Range": asked})
        assert (reply.status_code, reply.content) == (status, expected)
        assert reply.headers.get("content-range") == told


def test_another_version_is_not_sent_as_the_rest_of_the_one_before(
    editor: Person, shelter: ShelterState, master: str
) -> None:
    path = f"/media/{master}/download"
    etag = editor.get(path).headers["etag"]
    resumed = {"Range": "bytes=1000-", "If-Range": etag}
    assert editor.send("GET", path, headers=resumed).content == DATA[1000:]
    shelter.replace_file(master, b"new" * 1000)
    assert editor.send("GET", path, headers=resumed).content == b"new" * 1000


def test_parts_of_a_made_up_file_make_up_the_whole(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("big.jpg", galleries=[gallery], size=3_000_001)
    path = f"/media/{media}/download"
    whole = editor.get(path).content
    assert len(whole) == 3_000_001
    assert Image.open(io.BytesIO(whole)).format == "JPEG"
    ends = (0, 1, 999_999, 2_500_000, 3_000_001)
    parts = [
        editor.send("GET", path, headers={"Range": f"bytes={start}-{end - 1}"}).content
        for start, end in pairwise(ends)
    ]
    assert b"".join(parts) == whole


def test_a_jpeg_is_as_large_as_its_quality_says(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg(900, 600))

    def size(quality: str) -> tuple[int, int]:
        query = {"download_filetype": "jpeg", "download_quality": quality}
        data = editor.get(f"/media/{media}/download", **query).content
        return Image.open(io.BytesIO(data), formats=["JPEG"]).size

    assert size("600") == (600, 400)
    assert size("") == (900, 600)


def test_a_kind_has_the_file_types_it_has(
    editor: Person, shelter: ShelterState, gallery: str, master: str
) -> None:
    contract = shelter.add_media("terms.pdf", galleries=[gallery], data=b"%PDF")
    film = shelter.add_media("film.mp4", galleries=[gallery], data=b"film")

    def status(media: str, wanted: str) -> int:
        return editor.get(f"/media/{media}/download", download_filetype=wanted).status_code

    assert status(contract, "jpeg") == status(master, "mp4") == 415
    assert (status(film, "mp4"), status(master, "webp")) == (200, 400)


def test_a_link_brings_the_file_to_whoever_has_it_for_a_while(
    editor: Person, shelter: ShelterState, master: str
) -> None:
    told = editor.data(f"/media/{master}/download", link="true")["attributes"]
    assert told["file_size"] == len(DATA)
    assert told["md5"] == hashlib.md5(DATA, usedforsecurity=False).hexdigest()
    assert plain.get(told["link"]).content == DATA
    assert plain.get(told["link"], headers={"Range": "bytes=-3"}).content == DATA[-3:]
    ends = shelter.clock.now() + timedelta(minutes=15)
    assert told["expires_at"] <= ends.strftime("%Y-%m-%dT%H:%M:%SZ")
    other = told["link"].replace(master, "I0000doesnotexis")
    assert refusal(plain.get(other)) == (403, "LinkExpiredException")
    shelter.clock.set(ends)
    assert plain.get(told["link"]).status_code == 403


def test_a_link_keeps_to_its_version(editor: Person, shelter: ShelterState, master: str) -> None:
    link = editor.data(f"/media/{master}/download", link="true")["attributes"]["link"]
    shelter.replace_file(master, b"new")
    assert plain.get(link).content == DATA
    after = editor.data(f"/media/{master}/download", link="true")["attributes"]
    assert plain.get(after["link"]).content == b"new"


def test_the_digest_of_a_made_up_file_is_that_of_its_bytes(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("raw.nef", galleries=[gallery], size=100_003)
    told = editor.data(f"/media/{media}/download", link="true")["attributes"]
    data = plain.get(told["link"]).content
    assert hashlib.md5(data, usedforsecurity=False).hexdigest() == told["md5"]


def test_a_service_without_links_sends_the_bytes(make_shelter: MakeShelter, people: People) -> None:
    fewer = frozenset(CAPABILITIES) - {"download_links"}
    sandbox = make_shelter(settings=ShelterSettings(capabilities=fewer))
    brand = sandbox.shelter.add_organization("Plain")
    sandbox.shelter.add_user("a@example.com", PASSWORD, organizations=[brand])
    gallery = sandbox.shelter.add_gallery("G", organization=brand)
    media = sandbox.shelter.add_media("a.psd", galleries=[gallery], data=DATA)
    editor = people(sandbox).sign_in("a@example.com", organization=brand)
    assert editor.get(f"/media/{media}/download", link="true").content == DATA


def test_what_one_may_not_see_is_not_sent(stranger: Person, master: str) -> None:
    assert refusal(stranger.get(f"/media/{master}/download")) == (401, "AcsPermissionException")


def test_hostile_names_stay_in_their_place(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    name = "../..\\x\r\nSet-Cookie: a=b?&#/ü.psd"
    media = shelter.add_media(name, galleries=[gallery], data=DATA)
    reply = editor.get(f"/media/{media}/download")
    assert "set-cookie" not in reply.headers
    told = editor.data(f"/media/{media}/download", link="true")["attributes"]
    assert plain.get(told["link"]).content == DATA


def test_many_files_come_as_a_zip_with_names_of_their_own(
    editor: Person, shelter: ShelterState, brand: str, gallery: str
) -> None:
    ids = [
        shelter.add_media(name, galleries=[gallery], data=name.encode() + bytes([number]))
        for number, name in enumerate(["a.psd", "A.psd", "../b.psd"])
    ]
    wall = add_workspace(shelter, "Wall", organization=brand, media=ids)
    for query in ({"workspace_id": wall}, {"media_ids": ",".join(ids)}):
        data = editor.get("/media/batch/download", **query).content
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.namelist() == ["a.psd", "A (2).psd", ".._b.psd"]
            assert archive.read("A (2).psd") == b"A.psd\x01"
    assert list(shelter.incoming.iterdir()) == []
    assert editor.get("/media/batch/download").status_code == 400
    assert editor.get("/media/batch/download", workspace_id="W0000").status_code == 404


def test_a_right_grants_what_it_names_and_no_more(
    stranger: Person, shelter: ShelterState, gallery: str
) -> None:
    terms = {"download_image_filetype": "jpeg", "download_image_size": 600}
    right = AccessRight(id="AR000", kind="password", value="open sesame", terms=terms)
    shelter.update_container(gallery, mode="permission", rights=(right,))
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg(900, 600))

    def status(wanted: str, quality: str = "", word: str = "open sesame") -> int:
        query = {"download_filetype": wanted, "download_quality": quality, "password": word}
        return stranger.get(f"/media/{media}/download", **query).status_code

    assert status("jpeg", "600") == 200
    assert status("jpeg", "600", word="guessed") == 401
    assert status("jpeg", "601") == status("jpeg") == status("original") == 401
    shelter.update_container(gallery, rights=(replace(right, terms={}),))
    assert status("original") == 200
    film = shelter.add_media("a.mp4", galleries=[gallery], data=b"film")
    reply = stranger.get(f"/media/{film}/download", password="open sesame")
    assert refusal(reply) == (401, "AcsPermissionException")
    shelter.update_container(gallery, mode="everyone")
    assert stranger.get(f"/media/{film}/download").content == b"film"
