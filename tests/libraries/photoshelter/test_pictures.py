"""Pictures through the service's image links."""

import io

import pytest
from PIL import Image

from bridge_app.libraries.photoshelter.errors import (
    AnswerTooLongError,
    NoPictureError,
    UnsafeLinkError,
)
from tests.libraries.photoshelter.conftest import Brand, Victim
from tests.libraries.photoshelter.hostile import Hostile, Said, refused, said

ID = "I0000abcdefghijk"
LINK = f"/media/{ID}/link"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 100


def test_a_picture_is_a_jpeg_that_fits(brand: Brand) -> None:
    hero = brand.media("hero.tif", brand.gallery(), width=8256, height=5504)
    with Image.open(io.BytesIO(brand.service().picture(hero, 320))) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) == 320


def test_a_link_that_ended_is_asked_for_again(hostile: Hostile, victim: Victim) -> None:
    hostile.on(
        LINK,
        said({"attributes": {"link": f"{hostile.root}/img/old"}}),
        said({"attributes": {"link": f"{hostile.root}/img/new"}}),
    )
    hostile.on("/img/old", refused(403))
    hostile.on("/img/new", Said(body=JPEG))
    assert victim.service.picture(ID, 200) == JPEG


def test_the_link_of_a_film_is_its_poster(hostile: Hostile, victim: Victim) -> None:
    film = "VD000abcdefghijk"
    told = {"link": f"{hostile.root}/film.mp4", "poster": f"{hostile.root}/poster"}
    hostile.on(f"/media/{film}/link", said({"attributes": told}))
    hostile.on("/poster", Said(body=JPEG))
    assert victim.service.picture(film, 200) == JPEG


def test_a_picture_of_another_host_is_fetched_without_credentials(
    hostile: Hostile, victim: Victim, other: Hostile
) -> None:
    hostile.on(LINK, said({"attributes": {"link": f"{other.root}/img"}}))
    other.on("/img", Said(body=JPEG))
    victim.service.picture(ID, 200)
    (asked,) = other.asked
    assert not {"x-ps-api-key", "x-ps-auth-token", "authorization", "cookie"} & set(asked.headers)
    assert "token" not in str(asked)


def test_what_is_no_jpeg_is_no_picture(hostile: Hostile, victim: Victim) -> None:
    for answer in [
        Said(body=b"<html>Please log in</html>"),
        Said(body=b"<svg onload='alert(1)'/>"),
        Said(body=b""),
        Said(body=b"GIF89a"),
    ]:
        hostile.on(LINK, said({"attributes": {"link": f"{hostile.root}/img"}}))
        hostile.on("/img", answer)
        with pytest.raises(NoPictureError):
            victim.service.picture(ID, 200)


def test_a_picture_without_an_end_is_not_read_to_it(hostile: Hostile, victim: Victim) -> None:
    hostile.on(LINK, said({"attributes": {"link": f"{hostile.root}/img"}}))
    hostile.on("/img", Said(body=JPEG + b"\0" * (25 << 20)))
    with pytest.raises(AnswerTooLongError):
        victim.service.picture(ID, 200)


def test_a_kind_without_pictures_has_none(hostile: Hostile, victim: Victim) -> None:
    for answer in [refused(415), refused(404), said(None), said({"attributes": {"link": 7}})]:
        hostile.on(LINK, answer)
        with pytest.raises(NoPictureError):
            victim.service.picture(ID, 200)


def test_a_link_that_is_not_safe_is_not_followed(hostile: Hostile, victim: Victim) -> None:
    hostile.on(LINK, said({"attributes": {"link": "http://192.0.2.1/img"}}))
    with pytest.raises(UnsafeLinkError):
        victim.service.picture(ID, 200)
