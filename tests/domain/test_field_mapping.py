"""The mapping carries a master's words to Cloudinary and back, and says what it loses."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.field_mapping import (
    CloudWords,
    Direction,
    FieldMapping,
    Leads,
    Loss,
    MappingRow,
    Place,
    Target,
    fits,
    from_cloudinary,
    loss_at,
    to_cloudinary,
)
from bridge_app.domain.mapping_checks import (
    Fault,
    fields_missing,
    fields_needed,
    fitting,
    too_many,
    validate,
)
from bridge_app.domain.mapping_sources import (
    SOURCES,
    Shape,
    Source,
    Values,
    source_named,
    values_of,
)
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.domain.metadata_fields import FieldType, FieldValue, MetadataField
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.shelter import IptcValue, ShelterAsset
from bridge_app.domain.shelter_reading import read

TABLE = default_mapping()
SCHEMA = Schema(fields=fields_needed(TABLE))
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
SECONDS = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z")
ALL_TARGETS = [
    Target(place=Place.TAGS),
    Target(place=Place.DISPLAY_NAME),
    Target(place=Place.CONTEXT, key="k"),
    Target(place=Place.ACCESS, key="start"),
    Target(place=Place.ACCESS, key="end"),
    *(Target(place=Place.METADATA, key="m", type=kind) for kind in FieldType),
]


def texts(most: int | None) -> st.SearchStrategy[str]:
    letters = st.text(LETTERS | st.just("\n"), min_size=1, max_size=min(most or 2_000, 2_000))
    return letters.map(str.strip).filter(bool)


def said_by(source: Source) -> st.SearchStrategy[FieldValue]:
    """Values within the standard of a source."""
    ids = [one for one, _ in source.choices]
    match source.shape:
        case Shape.TEXT:
            return texts(source.most)
        case Shape.WHOLE:
            return st.integers(-1, 5)
        case Shape.MOMENT | Shape.END:
            return SECONDS
        case Shape.CHOICE:
            return st.sampled_from(ids)
        case Shape.LIST:
            members = st.sampled_from(ids) if ids else texts(source.most)
            return st.sets(members, min_size=1, max_size=8).map(lambda one: tuple(sorted(one)))


@st.composite
def records(draw: st.DrawFn, mapping: FieldMapping) -> Values:
    found: dict[str, FieldValue] = {}
    for row in mapping.rows:
        source = source_named(row.source)
        if source is not None and draw(st.booleans()):
            found[row.source] = draw(said_by(source))
    return found


@given(records(TABLE))
def test_what_the_table_declares_lossless_comes_back_and_cloudinary_takes_all_of_it(
    values: Values,
) -> None:
    words = to_cloudinary(values, TABLE)
    back = from_cloudinary(words, TABLE)
    for row in TABLE.rows:
        if row.loss is None:
            assert back.get(row.source) == values.get(row.source), row.source
    assert fitting(words, SCHEMA) == (words, ())
    assert all(0 < len(text) <= 1_024 for text in words.context.values())
    assert all("," not in tag and 0 < len(tag) <= 255 for tag in words.tags)
    assert len(words.display_name) <= 255


@given(st.data(), st.sampled_from(ALL_TARGETS), st.sampled_from(sorted([*SOURCES, "keyword:x"])))
def test_any_place_that_a_person_chooses_keeps_what_it_declares(
    data: st.DataObject, target: Target, name: str
) -> None:
    source = source_named(name)
    assert source is not None
    mapping = FieldMapping(rows=(MappingRow(source=name, targets=(target,)),))
    faulty = {one.fault for one in validate(mapping) if not one.is_warning}
    assert (Fault.DOES_NOT_FIT in faulty) == (not fits(source, target))
    if not faulty and loss_at(source, target) is None:
        value = data.draw(said_by(source))
        words = to_cloudinary({name: value}, mapping)
        assert from_cloudinary(words, mapping) == {name: value}


def test_every_row_of_the_contract_is_there_and_sound() -> None:
    assert validate(TABLE) == ()
    assert {row.source for row in TABLE.rows} >= SOURCES.keys()
    assert {row.source for row in TABLE.rows if row.carries and row.loss} == {
        "caption",
        "keywords",
        "date_taken",
    }


def test_a_record_of_the_service_arrives_as_the_contract_says() -> None:
    iptc: dict[str, IptcValue] = {
        "title": "SP27_hero_0142",
        "keywords": ("running", "campaign:spring-2027", "region:EMEA", "season:late", "approval:x"),
        "instructions": (
            "No crop. [[rights embargo=2026-12-01T09:00Z expires=2027-03-31 regions=NO,SE]]"
        ),
        "rights": "Web and social",
        "city": "Svolvær",
        "author": "Ana Example",
    }
    asset = ShelterAsset(
        account="brand",
        media_id="I0000zT5.yU_8iO1p",
        kind=Kind.IMAGE,
        file_name="SP27/hero.tif",
        bytes=1,
        rating=4,
        iptc=iptc,
        custom={"Approval Status": "Approved"},
        model_released=True,
    )
    values = values_of(asset, read(asset, ()), organization="O0000k9JhGfDs.56")
    words = to_cloudinary(values, TABLE)
    # The unknown approval keyword disagrees with the field, so it is not approved.
    assert words.metadata["approval_status"] == "draft"
    assert words.tags == ("running", "season:late")
    assert words.display_name == "SP27_hero.tif"
    assert words.context["ps_file_name"] == "SP27/hero.tif"
    assert words.context["instructions"] == "No crop."
    assert len(words.context["bridge_hash"]) == 64
    assert words.metadata["campaign"] == "spring-2027"
    assert words.metadata["market"] == "EMEA"
    assert words.metadata["rights_expires"] == "2027-03-31"
    assert words.metadata["embargo_until"] == "2026-12-01"
    assert words.metadata["regions"] == ("NO", "SE")
    assert words.metadata["model_release"] == "released"
    assert words.metadata["rating"] == 4
    assert words.metadata["ps_org_id"] == "O0000k9JhGfDs.56"
    assert words.access_control == (
        {"access_type": "token"},
        {
            "access_type": "anonymous",
            "start": "2026-12-01T09:00:00Z",
            "end": "2027-04-01T00:00:00Z",
        },
    )
    assert from_cloudinary(words, TABLE)["keyword:season"] == ("late",)


def test_the_sync_hash_changes_with_the_record_alone() -> None:
    asset = ShelterAsset(
        account="brand", media_id="I0000abc", kind=Kind.IMAGE, file_name="a.jpg", bytes=1
    )
    first = values_of(asset, read(asset, ()))
    moved = replace(asset, galleries=("G0000x",))
    assert values_of(moved, read(moved, ())) == first
    named = replace(asset, iptc={"title": "New"})
    assert values_of(named, read(named, ()))["sync_hash"] != first["sync_hash"]


@given(
    st.dictionaries(
        st.sampled_from(["title", "caption", "instructions", "keywords", "scene", "date_taken"]),
        st.text(max_size=40) | st.lists(st.text(max_size=12), max_size=4).map(tuple),
    ),
    st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3),
)
def test_any_record_of_the_service_arrives_and_comes_back(
    iptc: dict[str, str | tuple[str, ...]], custom: dict[str, str]
) -> None:
    asset = ShelterAsset(
        account="brand",
        media_id="I0000abc",
        kind=Kind.IMAGE,
        file_name="a.jpg",
        bytes=1,
        iptc=iptc,
        custom=custom,
    )
    values = values_of(asset, read(asset, ()))
    words = to_cloudinary(values, TABLE)
    assert all(tag.strip() for tag in words.tags)
    assert fitting(words, SCHEMA)[1] == ()
    back = from_cloudinary(words, TABLE)
    for row in TABLE.rows:
        if row.loss is None:
            assert back.get(row.source) == values.get(row.source), row.source


def test_a_long_caption_is_cut_and_declared_so() -> None:
    row = TABLE.row("caption")
    assert row is not None
    assert row.loss is Loss.CUT
    words = to_cloudinary({"caption": "a" * 1_500}, TABLE)
    assert words.context["caption"] == "a" * 1_024
    elsewhere = FieldMapping(
        rows=(replace(row, targets=(Target.read("metadata.caption:string"),)),)
    )
    assert elsewhere.rows[0].loss is None


def test_a_list_in_context_loses_only_whole_members() -> None:
    mapping = FieldMapping(
        rows=(MappingRow(source="keyword:sku", targets=(Target.read("context.sku"),)),)
    )
    words = tuple(f"{number:03d};{'x' * 40}" for number in range(60))
    back = from_cloudinary(to_cloudinary({"keyword:sku": words}, mapping), mapping)
    kept = back["keyword:sku"]
    assert isinstance(kept, tuple)
    assert kept == words[: len(kept)]
    assert 15 < len(kept) < 60


def test_keywords_are_sent_without_commas() -> None:
    assert to_cloudinary({"keywords": ("red, white", "x")}, TABLE).tags == ("red white", "x")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("nonsense", "context.a")], Fault.UNKNOWN_SOURCE),
        ([("keyword:approval", "tags")], Fault.UNKNOWN_SOURCE),
        ([("title", "context.a"), ("title", "context.b")], Fault.SOURCE_TWICE),
        ([("title", "")], Fault.NO_TARGET),
        ([("title", "context.a"), ("headline", "context.a")], Fault.TARGET_TWICE),
        ([("title", "context.a=b")], Fault.BAD_NAME),
        ([("title", "metadata.a!b:string")], Fault.BAD_NAME),
        ([("title", "context.sha256")], Fault.RESERVED),
        ([("title", "tags")], Fault.DOES_NOT_FIT),
        ([("title", "access.end")], Fault.DOES_NOT_FIT),
        ([("title", "metadata.x:date")], Fault.DOES_NOT_FIT),
        ([("title", "metadata.taken:string")], Fault.OTHER_TYPE),
    ],
)
def test_what_is_wrong_with_a_row_is_said(rows: list[tuple[str, str]], fault: Fault) -> None:
    mapping = FieldMapping(
        rows=tuple(
            MappingRow(source=source, targets=tuple(map(Target.read, text.split())))
            for source, text in rows
        )
    )
    schema = Schema(
        fields=(MetadataField(external_id="taken", label="Taken", type=FieldType.INTEGER),)
    )
    found = validate(mapping, schema)
    assert fault in {one.fault for one in found}
    assert all(one.sentence() for one in found)
    assert found[-1].row == len(rows) - 1


def test_rights_without_access_control_are_a_warning() -> None:
    row = MappingRow(source="rights_end", targets=(Target.read("metadata.until:date"),))
    (found,) = validate(FieldMapping(rows=(row,)))
    assert found.fault is Fault.NO_ACCESS_CONTROL
    assert found.is_warning


def test_who_leads_in_an_environment_is_said_of_rows_only() -> None:
    row = MappingRow(source="title", targets=(Target.read("context.title"),))
    leads = {"nobody_knows": {"title": Leads.CLOUD, "caption": Leads.NEWEST}}
    mapping = FieldMapping(rows=(row,), leads_in=leads)
    (found,) = validate(mapping)
    assert (found.fault, found.row, found.is_warning) == (Fault.LEADS_NOWHERE, -1, False)
    assert "“nobody_knows” says which side leads for “caption”" in found.sentence()
    sound = mapping.without_strays()
    assert sound.leads_in == {"nobody_knows": {"title": Leads.CLOUD}}
    assert validate(sound) == ()


def test_fields_that_are_missing_are_told_as_they_would_be_defined() -> None:
    missing = fields_missing(TABLE, Schema())
    approval = next(one for one in missing if one.external_id == "approval_status")
    assert approval.type is FieldType.ENUM
    assert {entry.external_id for entry in approval.entries} >= {"approved", "archived"}
    assert fields_missing(TABLE, SCHEMA) == ()


def test_a_field_that_lacks_entries_gets_them_and_keeps_its_own() -> None:
    (regions,) = (one for one in SCHEMA.fields if one.external_id == "regions")
    few = replace(regions, label="Where", entries=regions.entries[:3])
    schema = Schema(fields=tuple(few if one == regions else one for one in SCHEMA.fields))
    (told,) = fields_missing(TABLE, schema)
    assert told.label == "Where"
    assert told.active_ids() == regions.active_ids()


def test_more_fields_than_an_environment_can_have_are_noticed() -> None:
    full = Schema(
        fields=tuple(
            MetadataField(external_id=f"f{n}", label=f"F{n}", type=FieldType.STRING)
            for n in range(90)
        )
    )
    assert too_many(fields_missing(TABLE, full), full)
    assert not too_many(fields_missing(TABLE, Schema()), Schema())


def test_what_an_environment_does_not_take_is_left_out_and_told() -> None:
    words = CloudWords(metadata={"rating": "four", "unknown": "x", "creator": "Ana"})
    kept, left = fitting(words, SCHEMA)
    assert dict(kept.metadata) == {"creator": "Ana"}
    assert [(one.field, one.trouble is None) for one in left] == [
        ("rating", False),
        ("unknown", True),
    ]


@pytest.mark.parametrize(
    "text", ["", "tags.x", "context", "metadata", "metadata.x:colour", "context.", "access."]
)
def test_a_text_that_names_no_place_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        Target.read(text)


@given(st.sampled_from(ALL_TARGETS), st.text(string.ascii_letters, min_size=1))
def test_a_place_reads_back_as_it_is_written(target: Target, key: str) -> None:
    named = replace(target, key=key) if target.key else target
    assert Target.read(str(named)) == named


def test_a_row_without_a_direction_stays_behind() -> None:
    row = MappingRow(
        source="title", targets=(Target.read("context.title"),), direction=Direction.NONE
    )
    mapping = FieldMapping(rows=(row,))
    assert row.loss is Loss.NOT_CARRIED
    assert to_cloudinary({"title": "x"}, mapping) == CloudWords()
