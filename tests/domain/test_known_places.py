"""A place borrows its names from the nearest that others named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.known_places import KnownPlaces, Place


def place(coordinate: str, city: str) -> Place:
    made = Place.read(coordinate, {"city": city, "state": ""})
    assert made is not None
    return made


KNOWN = KnownPlaces(
    [
        place("60.39299,5.32415", "Bergen"),
        place("59.91273,10.74609", "Oslo"),
        place("-16.5,180", "Date line"),
        place("89.99,0", "Pole"),
    ]
)


@pytest.mark.parametrize(
    ("coordinate", "city"),
    [
        ("60.4,5.3", "Bergen"),
        ("59.95,10.7", "Oslo"),
        ("60.1,8", ""),
        ("-16.5,-179.95", "Date line"),
        ("89.99,170", "Pole"),
        ("", ""),
        ("91,0", ""),
        ("x,y", ""),
    ],
)
def test_the_nearest_place_within_ten_kilometres_is_found(coordinate: str, city: str) -> None:
    found = KNOWN.nearest(coordinate)
    assert (found.names["city"] if found else "") == city


@settings(max_examples=40)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_is_found_where_it_is(latitude: float, longitude: float) -> None:
    where = f"{latitude:.6f},{longitude:.6f}"
    assert KnownPlaces([place(where, "Here")]).nearest(where) is not None


def test_a_place_without_a_city_teaches_nothing() -> None:
    assert Place.read("1,1", {"country": "Norway"}) is None
    assert Place.read("", {"city": "Oslo"}) is None
    assert place("1,1", "Oslo").names == {"city": "Oslo"}
