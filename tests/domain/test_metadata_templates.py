"""Templates: variables are filled by each asset, and texts meet what is there in three ways."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import UnusableValueError
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_templates import (
    VARIABLES,
    MetadataTemplate,
    TemplateFacts,
    TemplateRow,
    TemplateTextError,
    Way,
    changes_of,
    check_template,
    check_text,
    expand,
)
from bridge_app.domain.metadata_templates_json import templates_in, templates_text
from bridge_app.domain.standard_fields import FIELDS, path_of

RECORD: dict[str, FieldValue] = {
    "title": "Sea",
    "city": "Bergen",
    "date_taken": "2026-03-04T05:06:07+01:00",
    "keywords": ("dune", "sea"),
    "alt_text[de]": "Meer",
}
FACTS = TemplateFacts(
    filename="hero.final.jpg",
    folder="spring/hero",
    library="Masters",
    who="Ana Example",
    counter=7,
    today=date(2026, 11, 22),
    record={path_of(*key.rstrip("]").split("[")): value for key, value in RECORD.items()},
    place={"city": "Oslo"},
)


def template(*rows: TemplateRow) -> MetadataTemplate:
    return MetadataTemplate(name="Agency", rows=rows)


def row(name: str, text: str, way: Way = Way.SET) -> TemplateRow:
    return TemplateRow(path=path_of(name), text=text, way=way)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{filename}|{name}|{ext}", "hero.final.jpg|hero.final|jpg"),
        ("{folder}|{library}|{who}", "spring/hero|Masters|Ana Example"),
        ("{counter}|{counter:4}", "7|0007"),
        ("{date}|{date:%Y}|{date:%d.%m.%y %H:%M:%S %j}", "2026-03-04|2026|04.03.26 05:06:07 063"),
        ("{today:%Y%m%d}", "20261122"),
        ("{gps.city}, {gps.country}", "Oslo, "),
        ("{title} in {city}", "Sea in Bergen"),
        ("{alt_text[de]}{alt_text}", "Meer"),
        ("{keywords}", "dune, sea"),
        ("{{{title}}}", "{Sea}"),
        ("{date_taken:%Y}", "2026"),
        ("100 %", "100 %"),
    ],
)
def test_variables_are_filled(text: str, filled: str) -> None:
    assert expand(text, FACTS) == filled


@pytest.mark.parametrize(
    ("moment", "filled"), [("2026", "2026|"), ("", "|"), ("0000-01-01", "0000|"), ("soon", "|")]
)
def test_what_a_date_does_not_say_is_empty(moment: str, filled: str) -> None:
    facts = TemplateFacts(filename="a", record={path_of("date_taken"): moment})
    assert expand("{date:%Y}|{date:%j}", facts) == filled


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("by {artist}", 3, "there is no {artist}"),
        ("a } b", 2, "a brace stands alone"),
        ("ab{", 2, "a brace stands alone"),
        ("{}", 0, "there is no {}"),
        ("{title:%Y}", 0, "has no form"),
        ("{counter:0}", 0, "1 to 9 digits"),
        ("{date:%B}", 0, "a date is written with"),
        ("{date:%}", 0, "a date is written with"),
        ("{city[de]}", 0, "there is no {city[de]}"),
    ],
)
def test_a_text_that_cannot_be_filled_is_told_with_its_place(
    text: str, place: int, why: str
) -> None:
    with pytest.raises(TemplateTextError) as refused:
        check_text(text)
    assert (refused.value.place, why in str(refused.value)) == (place, True)
    with pytest.raises(TemplateTextError):
        expand(text, FACTS)


@settings(max_examples=50)
@given(st.text(st.characters(exclude_characters="{}")))
def test_words_without_variables_stay_as_they_are(text: str) -> None:
    assert expand(text, FACTS) == text
    assert expand(text.replace("a", "{{"), FACTS) == text.replace("a", "{")


def test_every_variable_that_is_offered_can_be_filled() -> None:
    for name in (*VARIABLES, *(field.id for field in FIELDS)):
        assert "{" not in expand(f"{{{name}}}", FACTS)


@pytest.mark.parametrize(
    ("one", "changes"),
    [
        (row("title", "{name}"), [("title", "hero.final", ())]),
        (row("title", "New", Way.FILL), []),
        (row("headline", "New", Way.FILL), [("headline", "New", ())]),
        (row("headline", "{gps.state}"), []),
        (row("headline", ""), [("headline", None, ())]),
        (row("keywords", "sea; wide", Way.ADD), [("keywords", None, ("sea", "wide"))]),
        (row("title", "at dawn", Way.ADD), [("title", "Sea at dawn", ())]),
        (row("title", "Sea", Way.ADD), []),
        (row("date_taken", "2027", Way.ADD), []),
        (row("keywords", "{city}, {title}"), [("keywords", ("Bergen", "Sea"), ())]),
    ],
)
def test_a_text_meets_what_is_there(
    one: TemplateRow, changes: list[tuple[str, FieldValue, tuple[str, ...]]]
) -> None:
    wanted = tuple(Change(path=path_of(name), value=value, add=add) for name, value, add in changes)
    assert changes_of(template(one), FACTS) == wanted


def test_a_filled_text_that_its_field_does_not_take_is_refused() -> None:
    with pytest.raises(UnusableValueError, match="written such as"):
        changes_of(template(row("date_taken", "{title}")), FACTS)


@pytest.mark.parametrize(
    "broken",
    [
        MetadataTemplate(name=" ", rows=(row("title", "x"),)),
        MetadataTemplate(name="x" * 101, rows=(row("title", "x"),)),
        MetadataTemplate(name="none"),
        MetadataTemplate(name="twice", rows=(row("title", "x"), row("title", "y"))),
        MetadataTemplate(name="fact", rows=(row("camera_make", "x"),)),
        MetadataTemplate(name="unknown", rows=(row("title", "{x}"),)),
    ],
)
def test_a_template_that_nobody_could_use_is_refused(broken: MetadataTemplate) -> None:
    with pytest.raises(InvalidInputError):
        check_template(broken)


def test_templates_are_exchanged_as_a_document() -> None:
    kept = (template(row("title", "{name}"), row("keywords", "ä", Way.ADD)),)
    assert templates_in(templates_text(kept)) == kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": 1', '"version": 2'),
        ('"field": "title"', '"field": "colour"'),
        ('"way": "set"', '"way": "never"'),
        ('"name": "Agency"', '"name": 1'),
        ('"text": "{name}"', '"words": "{name}"'),
        ("{\n", "[\n"),
    ],
)
def test_a_document_that_is_none_is_refused(old: str, new: str) -> None:
    text = templates_text([template(row("title", "{name}"))])
    with pytest.raises(InvalidInputError):
        templates_in(text.replace(old, new, 1))
