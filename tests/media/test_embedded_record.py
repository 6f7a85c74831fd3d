"""The whole record of a file: which place is believed, and which places disagree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.embedded_record import Fields, overlaid, recorded
from bridge_app.media.metadata_places import KEYS

TITLE_XMP, TITLE_IIM = "Xmp.dc.title", "Iptc.Application2.ObjectName"
LATITUDE = "Exif.GPSInfo.GPSLatitude"


def said(fields: Fields, *, iim_leads: bool = False) -> dict[str, FieldValue]:
    return recorded(fields, iim_leads=iim_leads)[0]


def test_xmp_leads_unless_the_iim_is_newer() -> None:
    fields = {TITLE_XMP: ("xmp",), TITLE_IIM: ("iim",)}

    assert said(fields)["title"] == "xmp"
    assert said(fields, iim_leads=True)["title"] == "iim"
    assert recorded(fields, iim_leads=False)[1] == ("title",)


def test_iim_that_was_cut_to_its_bytes_is_no_other_value() -> None:
    title = "ü" * 40

    assert recorded({TITLE_XMP: (title,), TITLE_IIM: (title[:32],)}, iim_leads=False)[1] == ()


def test_languages_are_fields_of_their_own() -> None:
    fields = {
        TITLE_XMP: ("Hi",),
        f"{TITLE_XMP}[de]": ("Hallo",),
        f"{TITLE_XMP}[x-default]": ("Hi",),
    }

    assert said(fields) == {"title": "Hi", "title[de]": "Hallo"}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (
            {
                "Exif.GPSInfo.GPSLatitudeRef": ("S",),
                LATITUDE: ("33/1 51/1 2441/100",),
                "Exif.GPSInfo.GPSLongitudeRef": ("E",),
                "Exif.GPSInfo.GPSLongitude": ("151/1 12/1 5508/100",),
            },
            "-33.856781,151.2153",
        ),
        (
            {"Xmp.exif.GPSLatitude": ("48,51.5022N",), "Xmp.exif.GPSLongitude": ("2,17,40W",)},
            "48.85837,-2.294444",
        ),
        ({LATITUDE: ("1/0",), "Exif.GPSInfo.GPSLongitude": ("2/1",)}, None),
        ({LATITUDE: ("91/1",), "Exif.GPSInfo.GPSLongitude": ("2/1",)}, None),
        ({LATITUDE: ()}, None),
    ],
)
def test_a_place_on_earth_is_decimal_degrees(
    fields: dict[str, tuple[str, ...]], place: str | None
) -> None:
    assert said(fields).get("coordinate") == place


@pytest.mark.parametrize(
    ("key", "text", "name", "value"),
    [
        ("Exif.Photo.ExposureTime", "10/2500", "exposure_time", "1/250"),
        ("Exif.Photo.FNumber", "28/10", "f_number", "2.8"),
        ("Xmp.xmp.Rating", "-1", "rating", -1),
        ("Xmp.xmp.Rating", "good", "rating", None),
        ("Xmp.photoshop.DateCreated", "0000-00-00", "date_taken", None),
        ("Xmp.photoshop.DateCreated", "2026-12", "date_taken", "2026-12"),
    ],
)
def test_values_have_the_form_of_their_field(
    key: str, text: str, name: str, value: FieldValue
) -> None:
    assert said({key: (text,)}).get(name) == value


def test_a_sidecar_stands_over_its_master_and_hides_what_it_says_empty() -> None:
    master: dict[str, FieldValue] = {"title": "master", "city": "Oslo", "state": "Oslo"}

    over = overlaid(master, {TITLE_XMP: ("sidecar",), "Xmp.photoshop.City": ()})

    assert over == {"title": "sidecar", "state": "Oslo"}


@given(fields=st.dictionaries(st.sampled_from(sorted(KEYS)), st.tuples(st.text(max_size=20))))
def test_whatever_stands_in_a_file_is_a_record(fields: dict[str, tuple[str, ...]]) -> None:
    record, differs = recorded(fields, iim_leads=False)

    assert set(differs) <= record.keys()
    assert None not in record.values()
