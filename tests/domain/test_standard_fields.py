"""Standard fields: what they hold, how people write it, and what is refused."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.coordinates import coordinate
from bridge_app.domain.edits import FieldPath, Subject, UnusableValueError, checked, is_set, merge
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.mapping_sources import SOURCES
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_choices import NO_MODELS, PLUS, UNLIMITED_MODELS
from bridge_app.domain.standard_fields import (
    FIELDS,
    GROUP_LABELS,
    Group,
    Shape,
    StandardField,
    checked_value,
    field_named,
    field_of,
    language_of,
    parsed_value,
    path_named,
    path_of,
    text_of,
)
from bridge_app.domain.standard_mapping import from_source, to_source
from bridge_app.domain.standard_values import language_tag

EDITABLE = [field for field in FIELDS if field.editable]
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn"])
LINE = st.text(LETTERS, max_size=40).map(str.strip)
# What of the table ExifTool 12.57 does not know, or calls otherwise.
STRUCTURES = {
    "CreatorContactInfo": "",
    "LocationCreated": "Bag",
    "LocationShown": "Bag",
    "Licensor": "Seq",
    "CopyrightOwner": "Seq",
    "ImageSupplier": "Seq",
    "Licensee": "Seq",
}


def field(name: str) -> StandardField:
    found = field_named(name)
    assert found is not None
    return found


def values(one: StandardField) -> st.SearchStrategy[FieldValue]:
    """What a field may hold, before it is brought into its form."""
    days = st.dates(min_value=date(1, 1, 1)).map(lambda day: day.isoformat())
    special: dict[str, st.SearchStrategy[FieldValue]] = {
        "scene": st.lists(st.from_regex(r"[0-9]{6}", fullmatch=True), max_size=3).map(tuple),
        "subject_code": st.lists(st.from_regex(r"[0-9]{8}", fullmatch=True), max_size=3).map(tuple),
        "model_age": st.lists(st.integers(0, 120).map(str), max_size=3).map(tuple),
        "languages": st.just(("de", "en-GB")),
        **{
            f"region_{name}": st.decimals(0, 1, places=3).map(str)
            for name in ("x", "y", "w", "h", "radius")
        },
        **{f"max_{name}": st.integers(1, 1_000_000) for name in ("width", "height")},
    }
    shapes: dict[Shape, st.SearchStrategy[FieldValue]] = {
        Shape.TEXT: LINE,
        Shape.PROSE: st.lists(LINE, max_size=3).map("\n".join),
        Shape.NAMES: st.lists(LINE, max_size=3).map("; ".join),
        Shape.BAG: st.lists(LINE, max_size=5).map(tuple),
        Shape.MOMENT: days | days.map(lambda day: f"{day}T09:30:00+01:00"),
        Shape.WHOLE: st.integers(-1, 5),
        Shape.CHOICE: st.sampled_from([value for value, _ in one.choices] or ["x"]),
        Shape.COORDINATE: st.builds(coordinate, st.floats(-90, 90), st.floats(-180, 180)),
        Shape.LINK: st.just("https://example.com/a?b=c"),
    }
    if "country_iso" in one.id:
        return st.sampled_from(["NO", "NOR"])
    if one.most is not None and one.shape in (Shape.TEXT, Shape.BAG) and one.id not in special:
        short = LINE.map(lambda text: text[: one.most].strip())
        return short if one.shape is Shape.TEXT else st.lists(short, max_size=3).map(tuple)
    return special.get(one.id, shapes[one.shape])


def test_every_field_is_named_told_and_placed_once() -> None:
    assert len({one.id for one in FIELDS}) == len(FIELDS)
    assert len({(one.group, one.label) for one in FIELDS}) == len(FIELDS)
    assert len({one.xmp for one in FIELDS}) == len(FIELDS)
    assert {one.group for one in FIELDS} == set(Group) == set(GROUP_LABELS)
    assert all(one.meaning.endswith((".", "?")) for one in FIELDS)
    assert all((one.shape is Shape.CHOICE) == bool(one.choices) for one in FIELDS)
    assert all(one.iim_bytes for one in FIELDS if one.iim)


def test_a_field_with_the_name_of_a_source_of_the_mapping_is_that_source() -> None:
    mapped = {one.id: one for one in FIELDS if one.mapping}
    assert set(mapped) == set(SOURCES) & {one.id for one in FIELDS}
    assert all(one.mapping == one.id for one in mapped.values())
    for name, one in mapped.items():
        standard = SOURCES[name].standard
        if one.iim and "IIM" in standard:
            datasets = standard.rpartition("IIM ")[2].replace(", ", "+")
            assert one.iim == datasets, name
        if one.xmp in standard or "CreatorContactInfo" in standard:
            continue
        pytest.fail(f"{name}: {one.xmp} is not {standard}")


@given(st.data())
def test_what_is_written_as_text_is_read_back_as_the_same(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(EDITABLE))
    value = checked_value(one, data.draw(values(one)))
    assert checked_value(one, value) == value
    assert parsed_value(one, text_of(one, value)) == value


def test_the_words_of_a_bag_are_separated_by_commas_semicolons_or_lines() -> None:
    keywords = field("keywords")
    said = 'sea, dune; wide\nsea;"Paris, France"; say ""; "a ""b"""'
    assert parsed_value(keywords, said) == (
        "Paris, France",
        'a "b"',
        "dune",
        'say ""',
        "sea",
        "wide",
    )
    assert parsed_value(keywords, " ,; ") is None


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("date_taken", "2026:12:01 09:00:00", "2026-12-01T09:00:00"),
        ("date_taken", "2026-12", "2026-12"),
        ("date_taken", "2026-12-01T09:00z", "2026-12-01T09:00Z"),
        ("date_taken", "2026-12-01 09:00:00.50+0200", "2026-12-01T09:00:00.50+02:00"),
        ("coordinate", "48.858370, 2.29448", "48.85837,2.29448"),
        ("coordinate", "33°51'24.84\"S 151°12'54\"E", "-33.8569,151.215"),
        ("coordinate", "-0.0000001,0", "0,0"),
        ("rating", "-1", -1),
        ("rating", "3", 3),
        ("author", " Ana Example ;Bo;; Ana Example", "Ana Example; Bo"),
        ("model_released", "mr-umr", UNLIMITED_MODELS),
        ("model_released", "no model release", NO_MODELS),
        ("caption", "one\r\ntwo\r", "one\ntwo"),
        ("copyright_status", "public domain", "False"),
        ("urgency", "1", "1"),
    ],
)
def test_people_write_values_in_several_ways(name: str, text: str, value: FieldValue) -> None:
    assert parsed_value(field(name), text) == value


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("title", "two\nlines", "one line"),
        ("title", "nul\0", "U+0000"),
        ("caption", "bell\a", "U+0007"),
        ("caption", "half \ud83d", "U+D83D"),
        ("caption", "\uffff", "U+FFFF"),
        ("caption", "x" * ((1 << 20) + 1), "1,048,576"),
        ("keywords", ("x" * 256,), "255 characters a word"),
        ("keywords", tuple(map(str, range(2_001))), "2,000 words"),
        ("title", ("a", "b"), "one value"),
        ("rating", 6, "from -1 to 5"),
        ("rating", "good", "whole number"),
        ("date_taken", "0000-01-01", "no such day"),
        ("date_taken", "2026-02-30", "no such day"),
        ("date_taken", "2026-02-03T25:00", "no such day"),
        ("date_taken", "yesterday", "written such as"),
        ("coordinate", "91,0", "at most 90"),
        ("coordinate", "here", "written such as"),
        ("country_iso", "N0", "two or three letters"),
        ("scene", ("12345",), "six digits"),
        ("web_statement", "https://example.com/a b", "no blanks"),
        ("digital_source_type", "painted", "none of the choices"),
        ("category", "ABCD", "3 characters"),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_with_the_reason(
    name: str, value: FieldValue, why: str
) -> None:
    with pytest.raises(UnusableValueError) as refused:
        checked_value(field(name), value)
    assert why in str(refused.value)
    with pytest.raises(UnusableValueError):
        checked(path_of(name), value)


def test_a_language_is_a_path_of_its_own() -> None:
    german = path_of("alt_text", "DE")
    assert german == FieldPath(Subject.STANDARD, "alt_text[de]")
    assert (field_of(german), language_of(german)) == (field("alt_text"), "de")
    assert path_of("alt_text", "x-default") == path_of("alt_text")
    assert FieldPath.read(str(german)) == german
    assert path_named("Alternative text [pt_br]") == path_of("alt_text", "pt-BR")
    assert german.words == "Alternative text[de]"


def test_a_custom_field_of_a_service_is_named_by_its_label() -> None:
    assert path_named(" custom:Brand") == FieldPath(Subject.STANDARD, "custom:Brand")
    with pytest.raises(NotFoundError):
        path_named("custom:")


@pytest.mark.parametrize(("text", "tag"), [("zh-hant-tw", "zh-Hant-TW"), ("d€", None), ("", None)])
def test_language_tags_have_their_usual_capitals(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


def test_a_path_of_no_field_or_language_is_refused() -> None:
    with pytest.raises(NotFoundError):
        path_of("colour")
    with pytest.raises(NotFoundError):
        path_named("Colour of the sea")
    with pytest.raises(InvalidInputError):
        path_of("city", "de")
    with pytest.raises(InvalidInputError):
        path_of("title", "not a tag")
    with pytest.raises(InvalidInputError):
        FieldPath.read("standard.colour")
    with pytest.raises(UnusableValueError):
        checked(FieldPath(Subject.STANDARD, "city[de]"), "Bergen")
    assert field_of(FieldPath(Subject.STANDARD, "alt_text[DE]")) is None
    assert field_of(FieldPath(Subject.TAGS)) is None


def test_bags_merge_word_by_word_and_texts_conflict() -> None:
    keywords, title = path_of("keywords"), path_of("title")
    assert (is_set(keywords), is_set(title)) == (True, False)
    assert merge(("a",), ("a", "b"), ("c",), is_set=is_set(keywords)).value == ("b", "c")
    assert merge("a", "b", "c", is_set=is_set(title)).action.value == "conflict"


@pytest.mark.parametrize(
    ("name", "value", "source"),
    [
        ("model_released", UNLIMITED_MODELS, "released"),
        ("model_released", f"{PLUS}MR-LMR", "missing"),
        ("model_released", f"{PLUS}MR-NAP", None),
        ("property_released", f"{PLUS}PR-NON", "missing"),
        ("date_taken", "2026-12-01T10:00:00+01:00", "2026-12-01T09:00:00Z"),
        ("date_taken", "2026-12-01", "2026-12-01"),
        ("date_taken", "2026-12", None),
        ("rating", -1, -1),
        ("rating", 9, None),
        ("keywords", ("a", "b"), ("a", "b")),
        ("title", None, None),
    ],
)
def test_the_mapping_carries_what_it_has_a_word_for(
    name: str, value: FieldValue, source: FieldValue
) -> None:
    assert to_source(field(name), value) == source


def test_what_the_mapping_brings_back_is_a_value_of_the_field() -> None:
    assert from_source(field("model_released"), "released") == UNLIMITED_MODELS
    assert from_source(field("rating"), "4") == 4
    assert from_source(field("title"), None) is None


@pytest.mark.soak  # it lists for seconds
@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs ExifTool")
def test_exiftool_knows_every_property_and_dataset_with_its_shape() -> None:
    known = {**_known("XMP:All"), **_known("IPTC:All")}
    for one in FIELDS:
        for told_property in one.xmp.split("+"):
            _check_property(one, told_property, known)
        if one.iim:
            for dataset in one.iim.split("+"):
                assert f"IPTC:{dataset.removeprefix('2:').lstrip('0')}" in known, one.id


def _known(group: str) -> dict[str, tuple[str, str]]:
    """Type and flags of every tag that ExifTool knows in a group, by its directory and identity."""
    command = ["exiftool", "-listx", "-f", f"-{group}"]
    told = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return {
        f"{tag.get('g1') or table.get('g1')}:{tag.get('id')}": (
            tag.get("type") or "",
            tag.get("flags") or "",
        )
        for table in ET.fromstring(told.stdout)  # noqa: S314 - ExifTool wrote it just now
        for tag in table.iter("tag")
    }


def _check_property(one: StandardField, told: str, known: dict[str, tuple[str, str]]) -> None:
    outer, _, inner = told.partition("/")
    prefix, _, name = outer.removesuffix("[1]").partition(":")
    space = {"Iptc4xmpCore": "iptcCore", "Iptc4xmpExt": "iptcExt"}.get(prefix, prefix)
    kind, flags = known[f"XMP-{space}:{name}"]
    if inner:
        assert ("[1]" in outer) == bool(STRUCTURES[name])
        assert STRUCTURES[name] in flags
        kind, flags = known[f"XMP-{space}:{name}{inner.partition(':')[2]}"]
    assert (kind == "lang-alt") == one.by_language, one.id
    assert ("Bag" in flags) == (one.shape is Shape.BAG) or inner, one.id
    assert ("Seq" in flags) == (one.shape is Shape.NAMES) or inner or not one.editable, one.id


def test_a_field_says_where_it_lives_at_cloudinary() -> None:
    assert field("alt_text").cloud == "context.alt"
    assert field("keywords").cloud == "tags"
    assert field("author").cloud == "metadata.creator:string"
    rows = {row.source: " ".join(map(str, row.targets)) for row in default_mapping().rows}
    assert {one.id: one.cloud for one in FIELDS if one.mapping} == {
        one.id: rows[one.mapping] for one in FIELDS if one.mapping
    }
    assert not any(one.cloud for one in FIELDS if not one.mapping)
