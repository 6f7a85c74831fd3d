"""Words of a text."""

import pytest

from bridge_app.domain.spelling import words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Boats in the harbour.", ["Boats", "in", "the", "harbour"]),
        ("Don’t, can't", ["Don't", "can't"]),  # noqa: RUF001 - an apostrophe
        ("IMG_1234.jpg by NASA, 3D and 12th", ["by", "and"]),
        ("see https://example.com/Wrng or ana@example.com", ["see", "or"]),
        ("#wrng @nobody Größe été مرحبا", ["Größe", "été", "مرحبا"]),
        ("a b " + "x" * 61, []),
    ],
)
def test_words_are_found_and_what_is_no_prose_is_not(text: str, words: list[str]) -> None:
    found = list(words_in(text))
    assert [word for _, word in found] == words
    for start, word in found:
        assert text[start : start + len(word)].replace("’", "'") == word  # noqa: RUF001
