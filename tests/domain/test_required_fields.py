"""Required fields: in which something stands, and what is missing."""

import pytest

from bridge_app.domain.required_fields import REQUIRABLE, field_label, filled, lacking


@pytest.mark.parametrize(
    ("value", "is_filled"),
    [
        ("Winter coats", True),
        (" \n\u00a0", False),
        ("", False),
        (None, False),
        (0, False),
        (("coat", "red"), True),
        (("", " "), False),
        ((), False),
        (["", "coat"], True),
    ],
)
def test_a_field_is_filled_in_where_a_word_stands(value: object, is_filled: bool) -> None:
    for name in REQUIRABLE:
        assert filled({name: value}) == (frozenset({name}) if is_filled else frozenset())


def test_what_cannot_be_required_is_not_looked_at() -> None:
    assert filled({"shutter": "1/250", "title": "Coat"}) == {"title"}


def test_what_is_missing_is_told_in_the_order_in_which_it_is_asked_for() -> None:
    assert lacking(("credit", "title", "caption"), frozenset({"title"})) == ("credit", "caption")
    assert lacking((), frozenset()) == ()


def test_a_field_is_called_as_people_call_it() -> None:
    assert field_label("usage_terms") == "usage terms"
    assert field_label("unheard_of") == "unheard_of"
