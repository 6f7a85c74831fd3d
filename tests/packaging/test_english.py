"""English has no translator: what stands for one and for several is made from the source."""

import pytest

from tests.packaging.tools import tool

of_one = tool("translations").of_one


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("%Ln row(s) were not taken; they say why.", "%Ln row was not taken; they say why."),
        ("{title}: %Ln picture(s) wait for {who}.", "{title}: %Ln picture waits for {who}."),
        ("Read. %Ln product(s) are new.", "Read. %Ln product is new."),
        ("The rights in %Ln asset(s) have ended", "The rights in %Ln asset have ended"),
        ("%Ln upload(s) until files have been read", "%Ln upload until files have been read"),
        (
            "%Ln file(s) could not be read: they are empty",
            "%Ln file could not be read: they are empty",
        ),
    ],
)
def test_a_verb_agrees_with_one_where_its_clause_is_about_what_is_counted(
    source: str, text: str
) -> None:
    assert of_one(source) == text
