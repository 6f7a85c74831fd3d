"""Values of structured fields that go along with a push: read from words, and checked."""

import pytest

from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.metadata_fields import Entry, FieldType, MetadataField
from bridge_app.domain.metadata_rules import Equals, MetadataRule, Schema
from bridge_app.domain.metadata_values import MetadataValueError
from bridge_app.domain.push_metadata import checked_pairs, read_pairs

ENTRIES = (Entry(external_id="a", value="Acme"), Entry(external_id="b", value="Bolt"))
BRAND = MetadataField(external_id="brand", label="Brand", type=FieldType.ENUM, entries=ENTRIES)
LINES = MetadataField(external_id="lines", label="Lines", type=FieldType.SET, entries=ENTRIES)
USES = MetadataField(
    external_id="uses", label="Uses left", type=FieldType.INTEGER, default_disabled=True
)
ON = MetadataRule(
    external_id="r", target="uses", name="", condition=Equals(field="brand", value="a"), enable=True
)
SCHEMA = Schema(fields=(BRAND, LINES, USES), rules=(ON,))


def test_fields_and_entries_are_named_as_people_read_them() -> None:
    words = [("brand", "acme"), ("LINES", "Bolt, Acme"), ("uses left", "3"), ("Lines", "Bolt")]
    assert read_pairs(SCHEMA, words) == (("brand", "a"), ("lines", ("b",)), ("uses", 3))


def test_a_field_that_there_is_not_is_told() -> None:
    with pytest.raises(NotFoundError, match="“colour”"):
        read_pairs(SCHEMA, [("colour", "red")])
    with pytest.raises(NotFoundError, match="“colour”"):
        checked_pairs(SCHEMA, (("colour", "red"),))


@pytest.mark.parametrize(
    ("words", "said"),
    [([("brand", "Nobody")], "Nobody"), ([("uses", "3")], "switched off"), ([("uses", "x")], "x")],
)
def test_what_a_field_does_not_take_is_told(words: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(MetadataValueError, match=said):
        read_pairs(SCHEMA, words)


def test_a_value_that_is_none_is_not_said() -> None:
    assert read_pairs(SCHEMA, [("brand", "")]) == ()


def test_definitions_that_were_never_read_forbid_nothing() -> None:
    assert checked_pairs(Schema(), (("b", 1), ("a", ("x",)))) == (("a", ("x",)), ("b", 1))
