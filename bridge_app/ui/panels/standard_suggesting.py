"""What is suggested while somebody types a keyword, and what a chosen one brings along."""

from collections.abc import Iterable

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.vocabulary import Completion, NotInVocabularyError, Vocabulary
from bridge_app.domain.vocabulary_changes import brought_along
from bridge_app.ui.panels.standard_words import MOST, Suggestion

ABOVE = " \u203a "
NO_WORDS = Vocabulary(())


class Suggesting:
    """The words of a field: those of the vocabulary first, then those that are in use.

    Made off the GUI thread; then quick enough to be asked for each letter.
    """

    def __init__(self, vocabulary: Vocabulary = NO_WORDS, in_use: Iterable[str] = ()) -> None:
        self.vocabulary = vocabulary
        self._in_use = {word.casefold(): word for word in in_use}

    def __call__(self, text: str) -> list[Suggestion]:
        """The likeliest words for what is typed, at most as many as are shown."""
        found = {
            one.term.word.casefold(): Suggestion(one.term.word, _hint(one))
            for one in self.vocabulary.completions(text, most=MOST)
        }
        if not self.vocabulary.closed:
            wanted = text.casefold()
            holds = [one for one in self._in_use.items() if wanted in one[0]]
            begins = [one for one in holds if one[0].startswith(wanted)]
            for folded, word in (*begins[:MOST], *holds[: 2 * MOST]):
                found.setdefault(folded, Suggestion(word))
        return list(found.values())[:MOST]

    def with_vocabulary(self, vocabulary: Vocabulary) -> "Suggesting":
        """The same words in use, with another vocabulary."""
        return Suggesting(vocabulary, self._in_use.values())

    def learn(self, words: Iterable[str]) -> None:
        """These are in use from now on."""
        self._in_use |= {word.casefold(): word for word in words}

    def changes(self, change: Change, paths: FieldValue) -> list[Change]:
        """A change with what `brought_along` adds to it; `paths` are the hierarchies there are.

        Raises NotInVocabularyError for a word that a closed one lacks.
        """
        refused = self.vocabulary.refused(change.add)
        if refused:
            detail = ", ".join(f"“{word}”" for word in refused)
            raise NotInVocabularyError(what=change.path.words, detail=detail)
        return brought_along(self.vocabulary, change, paths)


def _hint(one: Completion) -> str:
    above = ABOVE.join(one.term.above)
    return f"{one.typed} = {one.term.word}" if one.typed else above
