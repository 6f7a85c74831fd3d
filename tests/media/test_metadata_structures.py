"""Lists of structures: every licensor, place, artwork and product is read and written."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.embedded import recorded_of
from bridge_app.media.embedded_record import recorded
from bridge_app.media.metadata_files import MetadataFiles
from bridge_app.media.metadata_places import member_named
from bridge_app.media.metadata_writing import opened, rewritten
from tests.desk import picture
from tests.media.oracle import exiftool, tags
from tests.media.writing import written

OWNERS = "XMP-plus:CopyrightOwner"
SEVERAL: dict[str, FieldValue] = {
    "licensor_name": "One",
    "licensor_name#2": "Two",
    "licensor_email#2": "two@example.com",
    "licensor_name#3": "Three",
    "copyright_owner#2": "Second owner",
    "shown_city#2": "Bergen",
    "shown_country_iso#2": "NOR",
    "artwork_title": "Waves",
    "artwork_title[de]": "Wellen",
    "artwork_title#2": "Rocks",
    "artwork_title#2[de]": "Felsen",
    "artwork_creator#2": "Ana Example; Bo Example",
    "artwork_date#2": "1907",
    "product_gtin#2": "4006381333931",
    "product_name#2": "Lamp",
}


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A picture that says nothing of this."""
    return picture(tmp_path / "plain.jpg")


def test_all_structures_of_the_standards_own_sample_are_read(
    files: MetadataFiles, hero: Path
) -> None:
    record, there = files.read(hero).record, tags([hero])[hero]
    for name, key in (("licensor_name", "XMP-plus:Licensor"), ("copyright_owner", OWNERS)):
        assert len(there[key]) == sum(one.partition("#")[0] == name for one in record) == 2


def test_every_structure_of_a_list_is_written_and_read_back(
    files: MetadataFiles, hero: Path
) -> None:
    before = dict(files.read(hero).record)
    written(files, hero, **SEVERAL)
    assert files.read(hero).record == {**before, **SEVERAL}
    there = tags([hero])[hero]
    licensors = [one["LicensorName"] for one in there["XMP-plus:Licensor"]]
    assert licensors == ["One", "Two", "Three"]
    second = there["XMP-iptcExt:ArtworkOrObject"][1]
    assert (second["AOTitle"], second["AOTitle-de"]) == ("Rocks", "Felsen")
    assert second["AOCreator"] == ["Ana Example", "Bo Example"]
    assert there["XMP-iptcExt:LocationShown"][1]["City"] == "Bergen"
    assert str(there["XMP-iptcExt:ProductInImage"][1]["ProductGTIN"]) == "4006381333931"


def test_one_before_another_is_emptied_and_the_others_keep_their_numbers(
    files: MetadataFiles, plain: Path
) -> None:
    written(files, plain, **SEVERAL)
    written(files, plain, **{"licensor_name#2": None, "licensor_email#2": None})
    record = files.read(plain).record
    assert (record["licensor_name"], record["licensor_name#3"]) == ("One", "Three")
    assert not [name for name in record if name.startswith("licensor") and "#2" in name]
    written(files, plain, **{"licensor_name#3": None})
    there = tags([plain])[plain]["XMP-plus:Licensor"]
    assert there == [{"LicensorName": "One"}]


def test_regions_are_read_written_and_emptied_with_what_lies_within_them(
    files: MetadataFiles, plain: Path
) -> None:
    written(
        files,
        plain,
        **{
            "region_name": "Ana Example",
            "region_name[de]": "Ana Beispiel",
            "region_shape": "rectangle",
            "region_unit": "relative",
            "region_x": "0.1",
            "region_role#2": "crop for a square",
        },
    )
    first, second = tags([plain])[plain]["XMP-iptcExt:ImageRegion"]
    assert (first["Name"], first["Name-de"]) == ("Ana Example", "Ana Beispiel")
    boundary = {"RbShape": "rectangle", "RbUnit": "relative", "RbX": 0.1}
    assert first["RegionBoundary"] == boundary
    assert second["RRole"] == [{"Name": "crop for a square"}]
    gone = dict.fromkeys(("region_shape", "region_unit", "region_x", "region_role#2"))
    written(files, plain, **gone)
    (left,) = tags([plain])[plain]["XMP-iptcExt:ImageRegion"]
    assert left == {"Name": "Ana Example", "Name-de": "Ana Beispiel"}


def test_the_corners_of_a_region_stay_when_its_name_changes(
    files: MetadataFiles, plain: Path
) -> None:
    corners = [{"RbX": 0.1, "RbY": 0.2}, {"RbX": 0.3, "RbY": 0.4}, {"RbX": 0.2, "RbY": 0.5}]
    boundary = {"RbShape": "polygon", "RbUnit": "relative", "RbVertices": corners}
    put = [{"SourceFile": str(plain), "XMP-iptcExt:ImageRegion": [{"RegionBoundary": boundary}]}]
    told = plain.with_name("told.json")
    told.write_text(json.dumps(put))
    exiftool(f"-j={told}", "-struct", "-n", "-overwrite_original", str(plain))
    assert files.read(plain).record["region_shape"] == "polygon"
    written(files, plain, region_name="A sail", region_unit=None)
    (region,) = tags([plain])[plain]["XMP-iptcExt:ImageRegion"]
    assert region["RegionBoundary"] == {"RbShape": "polygon", "RbVertices": corners}


def test_the_coordinate_of_a_place_shown_is_not_that_of_the_camera(
    files: MetadataFiles, plain: Path
) -> None:
    written(files, plain, coordinate="1.5,2.5", **{"shown_coordinate#2": "48.5,-2.25"})
    written(files, plain, **{"shown_coordinate#2": None, "shown_name#2": "Elsewhere"})
    record = files.read(plain).record
    assert record["coordinate"] == "1.5,2.5"
    assert tags([plain])[plain]["XMP-iptcExt:LocationShown"][1] == {"LocationName": "Elsewhere"}


def test_what_nobody_edits_of_a_structure_stays(files: MetadataFiles, plain: Path) -> None:
    written(files, plain, **SEVERAL)
    data = plain.read_bytes()
    mark, other = b"Iptc4xmpExt:City=", b"Iptc4xmpExt:Rest="
    assert data.count(mark) == 1
    plain.write_bytes(data.replace(mark, other))
    written(files, plain, **{"shown_city#2": "Oslo", "shown_country_iso#2": None})
    assert other in plain.read_bytes()
    written(files, plain, **{"shown_city#2": None})
    assert other in plain.read_bytes()


def test_a_sidecar_hides_what_its_master_says_of_a_second_one(
    files: MetadataFiles, hero: Path
) -> None:
    written(files, hero, **SEVERAL)
    hero.with_name("hero.jpg.xmp").write_bytes(rewritten(b"", "xmp", {"title": "Beside"}))
    written(files, hero, **{"licensor_name#2": None})
    record = files.read(hero).record
    assert "licensor_name#2" not in record
    assert (record["title"], record["licensor_email#2"]) == ("Beside", "two@example.com")


def test_numbers_beyond_what_is_read_are_left_alone() -> None:
    inside = "Xmp.plus.Licensor[{}]/plus:LicensorName".format
    assert member_named(inside(50)) == "licensor_name#50"
    assert [member_named(inside(number)) for number in (1, 51, 100)] == ["", "", ""]
    assert member_named("Xmp.plus.ImageSupplier[2]/plus:ImageSupplierName") == ""
    fields = {inside(2): ("Two",), inside(51): ("Far",)}
    assert recorded(fields, iim_leads=False) == ({"licensor_name#2": "Two"}, ())


MEMBERS = (
    *("licensor_name", "licensor_url", "artwork_title", "artwork_creator"),
    *("region_x", "region_role", "region_id"),
)
NAMES = [
    *MEMBERS,
    *(f"{member}#{number}" for member in MEMBERS for number in range(2, 13)),
]
VALUES = st.one_of(st.none(), st.sampled_from(["a", "b"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4), max_size=5))
def test_whatever_is_said_in_whatever_order_the_packet_says_it(
    steps: list[dict[str, FieldValue]],
) -> None:
    packet, model = b"", dict[str, FieldValue]()
    for changes in steps:
        packet = rewritten(packet, "xmp", changes)
        model |= changes
        model = {name: value for name, value in model.items() if value is not None}
    if packet:
        assert recorded_of(opened(packet, "xmp"), NAMES)[0] == model
