"""Definitions of fields as people change them."""

import pytest

from bridge_app.domain.metadata_fields import (
    Entry,
    FieldType,
    MetadataField,
    WrongDefinitionError,
    checked_definition,
    entries_called,
)

SPRING = Entry(external_id="sp", value="Spring")
GONE = Entry(external_id="su", value="Summer", active=False)
SUMMER = Entry(external_id="su", value="Summer")
AGAIN = Entry(external_id="s2", value="Summer")


@pytest.mark.parametrize(
    ("values", "before", "found"),
    [
        (["Spring"], [], [Entry(external_id="Spring", value="Spring")]),
        (["Spring"], [SPRING, SUMMER], [SPRING]),
        (["Spring", "Summer"], [SPRING, GONE], [SPRING, SUMMER]),
        (["Summer"], [AGAIN, GONE], [AGAIN]),
        (["sp", "Spring"], [SPRING], [Entry(external_id="sp-2", value="sp"), SPRING]),
    ],
    ids=["new", "one taken away", "one brought back", "the active one", "an ID that is taken"],
)
def test_a_value_keeps_its_entry_and_gets_it_back(
    values: list[str], before: list[Entry], found: list[Entry]
) -> None:
    assert list(entries_called(values, before)) == found


def test_a_new_field_never_takes_the_place_of_another() -> None:
    there = MetadataField(external_id="season", label="Season", type=FieldType.STRING)
    new = MetadataField(external_id="season", label="Collection", type=FieldType.STRING)
    with pytest.raises(WrongDefinitionError, match="another field has this external ID"):
        checked_definition(new, [there], is_new=True)
    assert checked_definition(new, [there]) == new
