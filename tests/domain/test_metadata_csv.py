"""Tables of metadata: spreadsheets read and write them, and only what differs is said."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.foreign_text import decoded
from bridge_app.domain.metadata_csv import Named, read_table, table_diff, table_text
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import path_of

TITLE, CAPTION, KEYWORDS = path_of("title"), path_of("caption"), path_of("keywords")
RATING, GERMAN = path_of("rating"), path_of("alt_text", "de")
COLUMNS = (TITLE, CAPTION, KEYWORDS, RATING, GERMAN)
PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)


def asset(name: str, file: str, **said: FieldValue) -> Named:
    record = {path_of(key): value for key, value in said.items()}
    return Named(asset=AssetId(name), file=file, record=record)


HERO = asset("1", "spring/hero.jpg", title="Hero", keywords=("dune", "sea"), rating=3)
ASSETS = (HERO, asset("2", "b/sea.jpg"), asset("3", "c/sea.jpg"))


def test_a_table_that_nobody_changed_changes_nothing() -> None:
    text = table_text(ASSETS, COLUMNS, separator=";")
    assert text.splitlines()[:2] == [
        "File;Asset;title;caption;keywords;rating;alt_text[de]",
        'spring/hero.jpg;1;Hero;;"dune; sea";3;',
    ]
    diff = table_diff(read_table(decoded(text.encode("utf-8-sig"), what="It")), ASSETS)
    assert (diff.changes, diff.faults) == ({}, ())


@settings(max_examples=50)
@given(st.lists(PRINTED, min_size=3, max_size=3), st.sampled_from(",;\t"))
def test_whatever_a_field_says_comes_back_and_is_no_formula(said: list[str], mark: str) -> None:
    title, line, word = (one.strip() for one in said)
    caption = f"{line}\n{title}".strip()
    named = asset(
        "1", "a.jpg", title=title or None, caption=caption or None, keywords=(word or "w",)
    )
    text = table_text([named], COLUMNS[:3], separator=mark)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in rows[1][2:] if len(cell) > 3)
    diff = table_diff(read_table(decoded(text.encode(), what="It")), [named])
    assert (diff.changes, diff.faults) == ({}, ())


def test_a_formula_gets_an_apostrophe_that_reading_takes_off() -> None:
    named = asset("1", "a.jpg", title="=1+1", caption="'=x", rating=-1)
    text = table_text([named], (*COLUMNS[:2], RATING), separator=",")
    assert text.splitlines()[1] == "a.jpg,1,'=1+1,''=x,-1"
    (line,) = read_table(text.replace("\r\n", "\n")).lines
    assert line.values == {TITLE: "=1+1", CAPTION: "'=x", RATING: -1}


def test_only_cells_that_differ_are_said_and_empty_ones_only_if_asked() -> None:
    table = read_table(
        "file name\tTitle\tkeywords\trating\nHERO\t\t\t\nhero.jpg\tHero\tsea,wide\t\n"
    )
    changes = (Change(path=KEYWORDS, value=("sea", "wide")),)
    diff = table_diff(table, ASSETS)
    assert dict(diff.changes) == {HERO.asset: changes}
    assert [str(fault) for fault in diff.faults] == ["line 2: “HERO” is not there"]
    cleared = table_diff(table, ASSETS, clear_empty=True)
    assert cleared.changes[HERO.asset] == (*changes, Change(path=RATING))


def test_custom_fields_of_a_service_travel_too() -> None:
    brand = FieldPath(Subject.STANDARD, "custom:Brand")
    named = Named(asset=AssetId("1"), file="a.jpg", record={brand: "Acme"})
    text = table_text([named], (brand, TITLE), separator=",").replace("\r\n", "\n")
    assert text == "File,Asset,custom:Brand,title\na.jpg,1,Acme,\n"
    diff = table_diff(read_table(text.replace("Acme", "Other")), [named])
    assert dict(diff.changes) == {AssetId("1"): (Change(path=brand, value="Other"),)}


def test_an_asset_is_known_by_its_identity_its_path_or_its_name() -> None:
    said = "File,Asset,Title\n,1,A\nC\\sea.jpg,,B\nc\\sea.jpg,,B\nsea.jpg,,C\nx/hero.jpg,,D\n,,E\n"
    diff = table_diff(read_table(said), ASSETS)
    assert {name: changes[0].value for name, changes in diff.changes.items()} == {
        "1": "A",
        "3": "B",
    }
    assert [(fault.line, fault.detail) for fault in diff.faults] == [
        (3, "“C\\sea.jpg” could be any of 2 assets"),
        (5, "“sea.jpg” could be any of 2 assets"),
        (6, "line 2 is about the same asset"),
        (7, "it names no asset"),
    ]


def test_faults_are_told_with_line_and_column_and_the_rest_is_taken() -> None:
    said = 'File,Colour,camera_make,title,rating,title\nhero.jpg,red,X,"two\nlines",9,z\n'
    said += "b/sea.jpg,,,Sea,2\nhero.jpg,1,2,3,4,5,6\n"
    diff = table_diff(read_table(said), ASSETS)
    assert [str(fault) for fault in diff.faults] == [
        "line 1, Colour: there is no such field; it is left out",
        "line 1, camera_make: the field is a fact and is not edited; it is left out",
        "line 1, title: the column is there twice",
        "line 2, title: it is one line",
        "line 2, rating: it is a number from -1 to 5",
        "line 5: it has 7 cells, the first line has 6",
    ]
    assert list(diff.changes) == ["2"]


@pytest.mark.parametrize("text", ["", "\n", "Title,Caption\nx,y\n"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        read_table(text)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Åé€\r\nx".encode("utf-8-sig"), "Åé€\nx"),
        ("Åé".encode("utf-16"), "Åé"),
        ("Åé".encode("utf-16-be"), None),
        (b"\xfe\xff" + "Åé".encode("utf-16-be"), "Åé"),
        ("Åé€".encode("cp1252"), "Åé€"),
        (b"\xff\xfea", None),
        (b"a\0b", None),
    ],
)
def test_text_is_read_in_the_encodings_of_spreadsheets(data: bytes, text: str | None) -> None:
    if text is None:
        with pytest.raises(InvalidInputError):
            decoded(data, what="It")
    else:
        assert decoded(data, what="It") == text
