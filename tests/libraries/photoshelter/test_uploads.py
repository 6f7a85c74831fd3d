"""Files put into a gallery: once, whatever is lost on the way."""

from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.errors import FileTroubleError, InvalidInputError, ServiceTroubleError
from bridge_app.libraries.photoshelter.errors import (
    NameTakenError,
    NotOfferedError,
    NotUnderstoodError,
)
from tests.libraries.photoshelter.conftest import Brand, MakeBrand, Victim
from tests.libraries.photoshelter.hostile import Answer, Asked, Hostile, Said, refused, said

GALLERY = "G0000abcdefghijk"
NAME = "hero__renditions.json"
DOCUMENT = {"id": "DO000abcdefghijk", "attributes": {"file_name": NAME, "file_size": 3}}
NOTHING = said([])


def posting(answer: Said) -> Answer:
    """An empty gallery whose service answers a file so."""
    return lambda asked: NOTHING if asked.method == "GET" else answer


def test_a_file_is_put_into_a_gallery(brand: Brand, tmp_path: Path) -> None:
    gallery = brand.gallery()
    service = brand.service()
    made = service.upload(gallery, NAME, b"{}", replace=True, key="k1")
    stored = brand.state.media(made)
    assert (stored.file_name, stored.kind, stored.galleries) == (NAME, "document", (gallery,))
    (tmp_path / "hero.jpg").write_bytes(b"\xff\xd8\xff" * 1000)
    picture = service.upload(gallery, "hero.jpg", tmp_path / "hero.jpg", replace=False, key="k2")
    assert brand.state.media(picture).file.size == 3000


def test_the_same_file_is_not_sent_again(brand: Brand) -> None:
    gallery = brand.gallery()
    service = brand.service()
    first = service.upload(gallery, NAME, b'{"a":1}', replace=True, key="k1")
    brand.state.clear_log()
    assert service.upload(gallery, NAME, b'{"a":1}', replace=True, key="k2") == first
    assert brand.calls() == ["GET /media"]


def test_another_content_of_the_same_length_replaces_it(brand: Brand) -> None:
    gallery = brand.gallery()
    service = brand.service()
    first = service.upload(gallery, NAME, b'{"a":1}', replace=True, key="k1")
    assert service.upload(gallery, NAME, b'{"a":2}', replace=True, key="k2") == first
    assert brand.state.media(first).file.number == 2


def test_another_file_of_that_name_is_left_as_it_is(brand: Brand) -> None:
    gallery = brand.gallery()
    service = brand.service()
    first = service.upload(gallery, NAME, b'{"a":1}', replace=False, key="k1")
    assert service.upload(gallery, NAME, b'{"a":1}', replace=False, key="k2") == first
    with pytest.raises(NameTakenError):
        service.upload(gallery, NAME, b"other", replace=False, key="k3")
    assert brand.state.media(first).file.number == 1


def test_a_lost_reply_is_not_a_second_file(hostile: Hostile, victim: Victim) -> None:
    hostile.on("/media", lambda asked: listed_after_upload(hostile, asked))
    assert victim.service.upload(GALLERY, NAME, b"{ }", replace=False, key="k1") == DOCUMENT["id"]
    assert hostile.paths().count("POST /media") == 1


def listed_after_upload(hostile: Hostile, asked: Asked) -> Said:
    if asked.method == "POST":
        return Said(cut=True)
    return said([DOCUMENT] if "POST /media" in hostile.paths() else [])


def test_a_try_carries_the_same_key(hostile: Hostile, victim: Victim) -> None:
    def answer(asked: Asked) -> Said:
        if asked.method == "GET":
            return NOTHING
        return refused(503) if hostile.paths().count("POST /media") < 3 else said(DOCUMENT)

    hostile.on("/media", answer)
    victim.service.upload(GALLERY, NAME, b"{ }", replace=True, key="the-key")
    posts = [one for one in hostile.asked if one.method == "POST"]
    assert [one.headers["idempotency-key"] for one in posts] == ["the-key"] * 3
    assert all(b"{ }" in one.body and b'name="on_duplicate"' in one.body for one in posts)


def test_a_service_that_stays_in_trouble_is_told(hostile: Hostile, victim: Victim) -> None:
    hostile.on("/media", posting(refused(500)))
    with pytest.raises(ServiceTroubleError):
        victim.service.upload(GALLERY, NAME, b"{ }", replace=True, key="k1")
    assert hostile.paths().count("POST /media") == 3


def test_who_was_faster_is_looked_at(hostile: Hostile, victim: Victim) -> None:
    other = {**DOCUMENT, "attributes": {"file_name": NAME, "file_size": 99}}

    def answer(asked: Asked) -> Said:
        if asked.method == "POST":
            return said(other, duplicate_of=other["id"])
        return said([other]) if "POST /media" in hostile.paths() else NOTHING

    hostile.on("/media", answer)
    with pytest.raises(NameTakenError):
        victim.service.upload(GALLERY, NAME, b"{ }", replace=False, key="k1")


def test_a_service_that_takes_no_files_says_so(hostile: Hostile, victim: Victim) -> None:
    for status in [404, 405, 501]:
        hostile.on("/media", posting(refused(status)))
        with pytest.raises(NotOfferedError):
            victim.service.upload(GALLERY, NAME, b"{ }", replace=True, key="k1")


def test_without_the_capability_uploads_are_not_offered(make_brand: MakeBrand) -> None:
    brand = make_brand(capabilities=frozenset())
    with pytest.raises(NotOfferedError):
        brand.service().upload(brand.gallery(), NAME, b"{ }", replace=True, key="k1")


NO_FILES: list[Any] = [None, {"id": 7}, {"id": "../x"}, []]


def test_an_answer_that_names_no_file_is_none(hostile: Hostile, victim: Victim) -> None:
    for told in NO_FILES:
        hostile.on("/media", posting(said(told)))
        with pytest.raises(NotUnderstoodError):
            victim.service.upload(GALLERY, NAME, b"{ }", replace=True, key="k1")


def test_a_name_that_no_file_has_is_not_sent(hostile: Hostile, victim: Victim) -> None:
    for name in ["", "..", "a/b.json", "a\\b.json", "a\nb", "x" * 256]:
        with pytest.raises(InvalidInputError):
            victim.service.upload(GALLERY, name, b"{ }", replace=True, key="k1")
        assert hostile.asked == []


def test_a_file_that_is_gone_is_told(victim: Victim, tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        victim.service.upload(GALLERY, NAME, tmp_path / "gone", replace=True, key="k1")
