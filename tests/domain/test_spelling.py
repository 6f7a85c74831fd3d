"""Words of a text."""

import pytest

from bridge_app.domain.spelling import words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Boats in the harbour.", ["Boats", "in", "the", "harbour"]),
        ("Don’t, can't", ["Don't", "can't"]),
        ("IMG_1234.jpg by NASA, 3D and 12th", ["by", "and"]),
        ("see https://example.com/Wrng or ana@example.com", ["see", "or"]),
        ("#wrng @nobody Größe été مرحبا", ["Größe", "été", "مرحبا"]),
        ("(www.example.com), C:\\Wrng wrng/Wrng wrng_jpg ana@ (boats)#wrng", ["ana", "boats"]),
        ("a b " + "x" * 61, []),
    ],
)
def test_words_are_found_and_what_is_no_prose_is_not(text: str, words: list[str]) -> None:
    found = list(words_in(text))
    assert [word for _, word in found] == words
    for start, word in found:
        assert text[start : start + len(word)].replace("’", "'") == word


@pytest.mark.parametrize("part", ["水", ".", "#", "a@", "@", "a'", "http:", "www", "W-"])
def test_a_text_without_spaces_is_read_in_one_go(part: str) -> None:
    """Reading it anew from each letter would take hours."""
    words = list(words_in(part * 200_000 + " boats"))
    assert words[-1][1] == "boats"
