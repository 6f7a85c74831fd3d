"""Who reviewers are, whatever the case and the spaces they are written with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.roles import role_of, roles_of


@pytest.mark.parametrize("text", ["Art Director", "  art   director ", "ART\tDIRECTOR"])
def test_a_role_is_the_same_in_every_case_and_with_any_spaces(text: str) -> None:
    assert role_of(text) == "art director"


def test_one_who_signs_with_a_role_has_that_role() -> None:
    assert roles_of("Brand") == {"brand"}


def test_roles_stand_in_brackets_behind_a_name() -> None:
    signed = "Kim Lee (Brand, LEGAL)"
    assert roles_of(signed) == {"kim lee (brand, legal)", "kim lee", "brand", "legal"}


def test_nobody_has_no_role() -> None:
    assert roles_of("  ") == frozenset()


@given(st.text(max_size=40))
def test_whatever_somebody_signs_with_is_a_name_of_theirs(who: str) -> None:
    assert role_of(who) in roles_of(who) | {""}
    assert "" not in roles_of(who)
