"""Places on Earth as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.coordinates import coordinate, map_address, read_coordinate, sexagesimal


@pytest.mark.parametrize(
    "text",
    [
        "48.85837, 2.29448",
        "48.85837 2.29448",
        "48°51'30.132\"N 2°17'40.128\"E",
        "N 48°51'30.132\" E 2°17'40.128\"",
        "N48.85837, E2.29448",
        "geo:48.85837,2.29448",
        "geo:48.85837,2.29448,35;crs=wgs84;u=20",
        "GEO:48.85837,2.29448?z=17".replace("GEO", "geo"),
        "https://www.google.com/maps/@48.85837,2.29448,17z",
        "https://www.google.com/maps/place/Tower/@48.8,2.2,17z/data=!3m1!8m2!3d48.85837!4d2.29448",
        "https://maps.google.com/?q=48.85837%2C2.29448",
        "https://www.google.com/maps/search/?api=1&query=48.85837,2.29448",
        "https://www.openstreetmap.org/?mlat=48.85837&mlon=2.29448#map=12/48.9/2.3",
        "https://www.openstreetmap.org/#map=17/48.85837/2.29448",
        "https://maps.apple.com/?ll=48.85837,2.29448&q=Tower",
        "https://www.bing.com/maps?cp=48.85837~2.29448&lvl=16",
    ],
)
def test_a_place_is_read_however_it_is_pasted(text: str) -> None:
    assert read_coordinate(text) == "48.85837,2.29448"


@pytest.mark.parametrize(
    "text", ["", "here", "48.85837", "https://example.com/", "geo:nowhere", "48,2,1 m"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert read_coordinate(text) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_shown_and_the_link_are_read_back_as_the_same_place(
    latitude: float, longitude: float
) -> None:
    place = coordinate(latitude, longitude)
    assert read_coordinate(map_address(place)) == place
    shown = read_coordinate(sexagesimal(place))
    assert shown is not None
    for one, other in zip(shown.split(","), place.split(","), strict=True):
        assert float(one) == pytest.approx(float(other), abs=2e-5)


def test_it_is_shown_in_degrees_minutes_and_seconds() -> None:
    assert sexagesimal("-33.8569,151.215") == "33°51′24.8″S 151°12′54.0″E"  # noqa: RUF001 - minutes of an arc
