"""Required fields: in which something stands, and what is missing."""

import pytest

from bridge_app.domain.required_fields import (
    BY_LANGUAGE,
    REQUIRABLE,
    field_label,
    field_words,
    filled,
    lacking,
    parts_of,
)
from bridge_app.domain.standard_fields import field_named


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


def test_a_field_without_a_language_is_that_of_the_default() -> None:
    assert parts_of("alt_text") == ("alt_text", "")
    assert parts_of("alt_text[de]") == ("alt_text", "de")


def test_a_field_that_a_later_version_knows_is_called_by_its_name() -> None:
    assert field_words("shutter[de]") == "shutter[de]"


def test_what_cannot_be_required_is_not_looked_at() -> None:
    assert filled({"shutter": "1/250", "title": "Coat"}) == {"title"}


def test_a_text_can_be_required_in_a_language_whatever_the_case_of_its_tag() -> None:
    told = filled({"alt_text": "Waves", "alt_text[pt-BR]": "Ondas", "credit[de]": "nobody"})
    assert told == {"alt_text", "alt_text[pt-br]"}
    assert lacking(("alt_text[PT-br]", "alt_text[de]", "alt_text"), told) == ("alt_text[de]",)
    assert field_words("alt_text[de]") == "alternative text [de]"


@pytest.mark.parametrize("name", ["alt_text[]", "credit[de]", "shutter", "alt_text[d e]", ""])
def test_other_names_cannot_be_required(name: str) -> None:
    assert parts_of(name) is None


def test_those_with_languages_are_those_of_the_standard() -> None:
    known = {name: field_named(name) for name in REQUIRABLE}
    assert {name for name, one in known.items() if one and one.by_language} == BY_LANGUAGE


def test_what_is_missing_is_told_in_the_order_in_which_it_is_asked_for() -> None:
    assert lacking(("credit", "title", "caption"), frozenset({"title"})) == ("credit", "caption")
    assert lacking((), frozenset()) == ()


def test_a_field_is_called_as_people_call_it() -> None:
    assert field_label("usage_terms") == "usage terms"
    assert field_label("unheard_of") == "unheard_of"
