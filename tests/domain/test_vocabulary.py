"""Vocabularies: what a list means, what is completed, what belongs to a word, what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.vocabulary import (
    Term,
    Vocabulary,
    VocabularyTextError,
    parsed_terms,
    terms_text,
)

LIST = """\
[Who]
\tathlete
\t\t{sportsman}
\t\t{sportswoman}
Place
\tFrance
\t\tParis
\t\t\t{City of Light}
\tUnited States
\t\tTexas
\t\t\tParis
Sport
\ttrail running
\t\t{running}
"""
WORDS = st.lists(st.sampled_from("abcdé"), min_size=1, max_size=3).map("".join)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(parsed_terms(LIST))


def test_a_list_is_read_and_written_as_it_came(words: Vocabulary) -> None:
    assert terms_text(words.terms) == LIST
    paris = words.terms_of("PARIS")
    assert [term.path for term in paris] == [
        "Place|France|Paris",
        "Place|United States|Texas|Paris",
    ]
    (athlete,) = words.terms_of("athlete")
    assert athlete == Term(word="athlete", groups=("Who",), synonyms=("sportsman", "sportswoman"))


def test_words_are_completed_before_synonyms_and_those_before_parts(words: Vocabulary) -> None:
    assert [(one.term.word, one.typed) for one in words.completions("sp")] == [
        ("Sport", ""),
        ("athlete", "sportsman"),
    ]
    assert [one.term.word for one in words.completions("te")] == [
        *("Texas", "athlete", "United States"),
    ]
    found = words.completions("RUN")
    assert [(one.term.path, one.typed) for one in found] == [("Sport|trail running", "running")]
    assert words.completions(" ") == words.completions("who") == ()
    assert len(words.completions("a", most=2)) == 2


def test_what_lies_above_a_word_and_its_synonyms_come_with_it(words: Vocabulary) -> None:
    assert words.with_parents("texas") == ("Texas", "United States", "Place")
    assert words.with_parents("athlete") == ("athlete",)
    assert words.with_synonyms("trail running") == ("trail running", "running")
    found = words.expanded(["running", "mist"], parents=True, synonyms=True)
    assert found == ("trail running", "running", "Sport", "mist")
    assert words.expanded(["Running"], parents=False, synonyms=False) == ("trail running",)
    assert words.paths(["Texas", "Sport", "mist"]) == ("Place|United States|Texas",)


def test_a_word_with_two_meanings_brings_along_what_both_share(words: Vocabulary) -> None:
    assert words.with_parents("Paris") == ("Paris", "Place")
    assert words.with_synonyms("Paris") == ("Paris",)
    assert words.paths(["Paris"]) == ()


def test_a_closed_vocabulary_refuses_other_words(words: Vocabulary) -> None:
    closed = Vocabulary(words.terms, closed=True)
    assert closed.refused(["paris", "City of light", "who", "mist"]) == ("who", "mist")
    assert words.refused(["mist"]) == ()


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a\n\t\tb", 2, "indented too far"),
        ("\ta", 1, "indented too far"),
        ("{a}", 1, "below its word"),
        ("a\n\t{b", 2, "needs a word and }"),
        ("[]", 1, "needs a word and ]"),
        ("a\n" + "b" * 256, 2, "at most 255"),
        ("a\a", 1, "control characters"),
    ],
)
def test_what_is_no_list_is_told_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(VocabularyTextError) as refused:
        parsed_terms(text)
    assert (refused.value.line, why in str(refused.value)) == (line, True)


@settings(max_examples=25)
@given(st.lists(st.tuples(WORDS, st.integers(0, 3), st.lists(WORDS, max_size=2, unique=True))))
def test_every_list_that_is_written_is_read_as_the_same(
    rows: list[tuple[str, int, list[str]]],
) -> None:
    lines, depth = [], -1
    for word, wish, synonyms in rows:
        depth = min(wish, depth + 1)
        lines.append("\t" * depth + word)
        lines.extend("\t" * (depth + 1) + f"{{{one}}}" for one in synonyms)
    terms = parsed_terms("\n".join(lines))
    assert parsed_terms(terms_text(terms)) == terms
    vocabulary = Vocabulary(terms)
    for term in terms:
        assert any(
            one.term.word.casefold() == term.word for one in vocabulary.completions(term.word)
        )
