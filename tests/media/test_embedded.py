"""One answer from XMP, IIM and EXIF: which place is believed, and how dates are spelt."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.embedded import composed
from bridge_app.media.facts import Embedded
from bridge_app.media.metadata_dates import iso

XMP, IIM, EXIF = "Xmp.dc.title", "Iptc.Application2.ObjectName", "Exif.Image.XPTitle"


def test_xmp_is_believed_before_iim_and_iim_before_exif() -> None:
    places = {EXIF: ("exif",), IIM: ("iim",), XMP: ("xmp",)}

    assert composed(places).title == "xmp"
    assert composed({**places, XMP: ("",)}).title == "iim"
    assert composed({EXIF: ("exif",)}).title == "exif"


def test_nothing_said_is_nothing_known() -> None:
    assert composed({}) == Embedded()


def test_keywords_are_kept_once_in_their_order() -> None:
    assert composed({"Xmp.dc.subject": ("sun", "sea", "sun")}).keywords == ("sun", "sea")


def test_keywords_in_one_text_are_taken_apart() -> None:
    assert composed({"tag.keywords": ("sun; sea,sand",)}).keywords == ("sun", "sea", "sand")


def test_several_creators_are_one_line() -> None:
    assert composed({"Xmp.dc.creator": ("Ada", "Grace")}).creator == "Ada, Grace"


@pytest.mark.parametrize(
    ("text", "rating"),
    [("0", 0), ("5", 5), ("4.0", 4), ("-1", None), ("6", None), ("good", None), ("1e999", None)],
)
def test_a_rating_is_a_number_from_none_to_five(text: str, rating: int | None) -> None:
    assert composed({"Xmp.xmp.Rating": (text,)}).rating == rating


def test_rights_come_from_plus_and_else_from_the_iim() -> None:
    iim = {
        "Iptc.Application2.ReleaseDate": ("2026-01-02",),
        "Iptc.Application2.ReleaseTime": ("10:00:00+01:00",),
        "Iptc.Application2.ExpirationDate": ("2026-03-04",),
    }
    plus = {"Xmp.plus.LicenseEndDate": ("2027-12-31",)}

    assert composed(iim).rights_starts == "2026-01-02T10:00:00+01:00"
    assert composed(iim).rights_ends == "2026-03-04"
    assert composed({**iim, **plus}).rights_ends == "2027-12-31"


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("2021:10:20 21:01:01", "", "2021-10-20T21:01:01"),
        ("2021:10:20 21:01:01", "+02:00", "2021-10-20T21:01:01+02:00"),
        ("2021-10-20", "21:01:01+00:00", "2021-10-20T21:01:01+00:00"),
        ("20211020", "", "2021-10-20"),
        ("2021", "", "2021"),
        ("2021-10", "", "2021-10"),
        ("2021-10-20T21:01Z", "", "2021-10-20T21:01Z"),
        ("2021-10-20T21:01:01.25-05:00", "", "2021-10-20T21:01:01.25-05:00"),
        ("0000:00:00 00:00:00", "", None),
        ("2021:13:20 21:01:01", "", None),
        ("2021-10-20T25:00", "", None),
        ("yesterday", "", None),
        ("", "", None),
    ],
)
def test_dates_are_spelt_as_iso_8601(text: str, more: str, expected: str | None) -> None:
    assert iso(text, more) == expected


@given(text=st.text(max_size=30) | st.dates().map(str), more=st.text(max_size=12))
def test_whatever_stands_for_a_date_becomes_one_or_none(text: str, more: str) -> None:
    moment = iso(text, more)

    if moment is not None:
        year, month, day = (*map(int, re.findall(r"\d+", moment)[:3]), 1, 1)[:3]
        assert date(year, month, day).year == year


def test_a_broken_time_leaves_the_day() -> None:
    places = {
        "Iptc.Application2.DateCreated": ("2020-05-06",),
        "Iptc.Application2.TimeCreated": ("nonsense",),
    }

    assert composed(places).taken_at == "2020-05-06"


@pytest.mark.parametrize("text", ["whenever", "31.12.2024", "2024-13-45"])
def test_a_limit_that_is_no_date_is_told_as_it_stands(text: str) -> None:
    iim = {"Iptc.Application2.ExpirationDate": ("2027-03-04",)}

    assert composed({"Xmp.plus.LicenseEndDate": (text,), **iim}).rights_ends == text
    assert composed({"Iptc.Application2.ReleaseDate": (text,)}).rights_starts == text
    assert composed({"Xmp.photoshop.DateCreated": (text,)}).taken_at is None


def packet(values: str) -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        f" {values}/></rdf:RDF></x:xmpmeta>"
    )


@pytest.mark.parametrize(
    "said",
    [
        ('plus:LicenseEndDate="2027-12-31"', 'plus:LicenseEndDate="whenever"'),
        ('plus:LicenseEndDate="whenever"', 'photoshop:City="Bergen"'),
    ],
)
def test_a_limit_that_is_no_date_is_found_in_a_file_and_beside_it(
    pool: DecoderPool, tmp_path: Path, said: tuple[str, str]
) -> None:
    inside, beside = tmp_path / "inside.xmp", tmp_path / "beside.xmp"
    for path, values in zip((inside, beside), said, strict=True):
        path.write_text(packet(values), encoding="utf-8")

    assert pool.inspect(inside, sidecars=(beside,)).embedded.rights_ends == "whenever"


def test_text_of_every_script_is_read(pool: DecoderPool, corpus: Path) -> None:
    found = pool.inspect(corpus / "metadata/metadata_demo_iim_and_xmp_only.jpg").embedded

    assert found.title is not None
    assert found.rating is not None or found.keywords


def test_licence_dates_of_plus_are_read_from_a_file(pool: DecoderPool, tmp_path: Path) -> None:
    sidecar = tmp_path / "licensed.xmp"
    sidecar.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' plus:LicenseStartDate="2026-01-01" plus:LicenseEndDate="2026-12-31">'
        "<xmpRights:UsageTerms><rdf:Alt>"
        '<rdf:li xml:lang="x-default">Web only, Grüße 日本</rdf:li>'
        "</rdf:Alt></xmpRights:UsageTerms></rdf:Description></rdf:RDF></x:xmpmeta>",
        encoding="utf-8",
    )
    found = pool.inspect(sidecar).embedded

    assert (found.rights_starts, found.rights_ends) == ("2026-01-01", "2026-12-31")
    assert found.usage_terms == "Web only, Grüße 日本"
