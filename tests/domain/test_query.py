"""How text is folded so that it is found."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.query import Query, fold


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("Événement", "evenement"),
        ("Straße", "STRASSE"),
        ("ﬁnal", "final"),
        ("ＡＢＣ", "abc"),  # noqa: RUF001 - full-width on purpose
        ("Ångström", "angstrom"),
        ("東京の夜", "京の"),
        ("İstanbul", "istanbul"),
        ("hero_02 ver1.1.tif", "_02"),
        ("hero_02 ver1.1.tif", "ver1.1"),
    ],
)
def test_what_people_type_is_found_in_what_people_wrote(written: str, sought: str) -> None:
    assert fold(sought) in fold(written)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_the_words_of_a_query_are_its_terms() -> None:
    assert Query(text="  Hero\tDÉJÀ ").terms() == ("hero", "deja")
