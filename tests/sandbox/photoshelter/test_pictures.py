"""Pictures behind signed addresses: their sizes, their end, and what has none of its own."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.sandbox.photoshelter.placeholders import placeholder
from bridge_app.sandbox.photoshelter.state import ShelterState
from tests.plain_http import plain
from tests.sandbox.photoshelter.conftest import Person
from tests.sandbox.photoshelter.wire import jpeg, picture, refusal


@pytest.fixture
def gallery(shelter: ShelterState, brand: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand)


def link(person: Person, media: str, size: str = "", mode: str = "") -> str:
    query = {"image_size": size, "image_mode": mode}
    attributes = person.data(f"/media/{media}/link", **query)["attributes"]
    return str(attributes.get("poster", attributes["link"]))


SIZES = (
    ("", "", (600, 400)),
    ("300x300", "fit", (300, 200)),
    ("x100", "fit", (150, 100)),
    ("300x300", "fill", (300, 300)),
    ("4000x4000", "fit", (900, 600)),
    ("100x400", "fill", (100, 400)),
)


@pytest.mark.parametrize("data", [jpeg(900, 600), None])
def test_a_picture_comes_in_the_size_that_was_asked_for(
    editor: Person, shelter: ShelterState, gallery: str, data: bytes | None
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=data, width=900, height=600)
    for size, mode, expected in SIZES:
        assert picture(plain.get(link(editor, media, size, mode))).size == expected


def test_a_stored_picture_looks_like_itself(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg(colour="teal"))
    data = picture(plain.get(link(editor, media))).resize((1, 1)).tobytes()
    assert sum(abs(is_ - was) for is_, was in zip(data, (0, 128, 128), strict=True)) < 12


def test_made_up_pictures_differ_and_stay_what_they_are(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    one, other = (shelter.add_media(f"{name}.tif", galleries=[gallery]) for name in "ab")
    first = plain.get(link(editor, one, "200")).content
    assert plain.get(link(editor, one, "200")).content == first
    assert plain.get(link(editor, other, "200")).content != first
    shelter.replace_file(one, size=5)
    assert plain.get(link(editor, one, "200")).content != first


def test_what_nobody_can_decode_has_a_drawn_picture(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    for name in ("broken.jpg", "song.mp3", "plain.txt"):
        media = shelter.add_media(name, galleries=[gallery], data=b"no picture at all")
        assert max(picture(plain.get(link(editor, media, "90"))).size) == 90


def test_a_film_has_a_poster_and_an_address_to_play_it(
    editor: Person, shelter: ShelterState, gallery: str, corpus: Path
) -> None:
    film = next(iter(sorted(corpus.rglob("*.mp4"))))
    media = shelter.add_media("film.mp4", galleries=[gallery], data=film.read_bytes())
    attributes = editor.data(f"/media/{media}/link", image_size="120")["attributes"]
    assert max(picture(plain.get(attributes["poster"])).size) == 120
    played = plain.get(attributes["link"]).content
    assert hashlib.sha256(played).digest() == hashlib.sha256(film.read_bytes()).digest()


def test_an_address_needs_no_key_and_ends(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg())
    address = link(editor, media)
    assert plain.get(address).status_code == 200
    assert refusal(plain.get(address[:-1] + "x")) == (403, "LinkExpiredException")
    assert plain.get(address.partition("?")[0]).status_code == 403
    shelter.clock.advance(timedelta(minutes=15))
    assert plain.get(address).status_code == 403
    shelter.clock.reset()
    shelter.trash(media)
    assert plain.get(address).status_code == 404


def test_what_is_no_size_is_a_bad_request(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg())
    assert editor.get(f"/media/{media}/link", image_size="wide").status_code == 400
    assert editor.get(f"/media/{media}/link", image_mode="crop").status_code == 400


def test_nobody_gets_an_address_of_what_they_may_not_see(
    stranger: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg())
    assert refusal(stranger.get(f"/media/{media}/link")) == (401, "AcsPermissionException")


def test_sizes_that_lie_do_no_harm(editor: Person, shelter: ShelterState, gallery: str) -> None:
    for width, height in ((0, 0), (-5, 10), (10**9, 10**9), (1, 10**6), ("a", [])):
        media = shelter.add_media("a.jpg", galleries=[gallery], width=width, height=height)
        assert max(picture(plain.get(link(editor, media, "60"))).size) == 60
        assert picture(plain.get(link(editor, media, "60x60", "fill"))).size == (60, 60)


@settings(max_examples=15)
@given(st.text(max_size=8), st.integers(1, 300), st.integers(1, 300))
def test_a_placeholder_has_the_pixels_it_was_asked_for(seed: str, width: int, height: int) -> None:
    drawn = placeholder(seed, width, height)
    assert (drawn.width, drawn.height, drawn.bands) == (width, height, 3)
