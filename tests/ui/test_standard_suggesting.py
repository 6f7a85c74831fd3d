"""Keywords as they are suggested, and texts as they are compared, without a window."""

import pytest

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.vocabulary import NotInVocabularyError, Vocabulary, parsed_terms
from bridge_app.domain.vocabulary_changes import KEYWORDS, PATHS
from bridge_app.ui.panels.standard_compare import Part, compared
from bridge_app.ui.panels.standard_suggesting import Suggesting
from bridge_app.ui.panels.standard_words import Suggestion

TREE = "Place\n\tCoast\n\t\tBeach\n\t\t\t{strand}\n"


def test_keywords_are_suggested_with_what_lies_above_them() -> None:
    suggest = Suggesting(Vocabulary(parsed_terms(TREE)), ["seal", "big sea", "Beach"])
    assert suggest("bea") == [Suggestion("Beach", "Place \u203a Coast")]
    assert suggest("strand") == [Suggestion("Beach", "strand = Beach")]
    assert suggest("sea") == [Suggestion("seal"), Suggestion("big sea")]


def test_a_keyword_brings_what_belongs_to_it_and_takes_its_path_along() -> None:
    suggest = Suggesting(Vocabulary(parsed_terms(TREE)))
    assert suggest.changes(Change(path=KEYWORDS, add=("strand",)), None) == [
        Change(path=KEYWORDS, add=("Beach", "strand", "Coast", "Place")),
        Change(path=PATHS, add=("Place|Coast|Beach",)),
    ]
    gone = Change(path=KEYWORDS, remove=("Beach",))
    assert suggest.changes(gone, ("Place|Coast|Beach", "Other"))[1:] == [
        Change(path=PATHS, remove=("Place|Coast|Beach",))
    ]
    closed = Suggesting(Vocabulary(parsed_terms(TREE), closed=True), ["fog"])
    assert closed("fog") == []
    with pytest.raises(NotInVocabularyError):
        closed.changes(Change(path=KEYWORDS, add=("fog",)), None)


def test_two_texts_are_compared_word_by_word() -> None:
    parts = list(compared("A ferry on the fjord.", "The ferry on a fjord."))
    assert parts == [
        (Part.GOES, "A "),
        (Part.COMES, "The "),
        (Part.STAYS, "ferry on "),
        (Part.GOES, "the "),
        (Part.COMES, "a "),
        (Part.STAYS, "fjord."),
    ]
