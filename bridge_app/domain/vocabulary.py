"""Vocabularies: words with those above them and their synonyms, from a list that tabs indent.

The text is the one that Lightroom and Photo Mechanic exchange: a word on each line, one tab more
than the word it belongs to; `{synonym}` lines below their word; `[group]` only orders words and is
never written into files.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.standard_schema import MOST_LETTERS, Shape

LONGEST_WORD = MOST_LETTERS[Shape.BAG]
MOST_TERMS = 200_000
DEEPEST = 32
BETWEEN = "|"
"""Between the words of a path, as `lr:hierarchicalSubject` has it."""


class VocabularyTextError(InvalidInputError):
    """A list that cannot be read, with the line (from 1)."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be used: line {line}: {detail}.")

    def __init__(self, *, line: int, detail: str) -> None:
        self.line = line
        super().__init__(what="The vocabulary", line=line, detail=detail)


class NotInVocabularyError(InvalidInputError):
    """Words that a closed vocabulary does not have."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what}: {detail}. The vocabulary is closed: choose one of its words."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word; `above` are those above it, the highest first. A group orders, and is no word."""

    word: str
    above: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    is_group: bool = False

    @property
    def path(self) -> str:
        """The word with those above it: `Place|France|Paris`."""
        return BETWEEN.join((*self.above, self.word))


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A word that was meant; `typed` is the synonym that led there, "" for the word itself."""

    term: Term
    typed: str = ""


class Vocabulary:
    """Words that are looked up; built once, then only read, from any thread.

    Words are the same whatever their case. With `closed`, other words are refused.
    """

    def __init__(self, terms: Sequence[Term], *, closed: bool = False) -> None:
        self.terms = tuple(terms)
        self.closed = closed
        self._by_word: dict[str, list[Term]] = {}
        self._by_synonym: dict[str, list[Term]] = {}
        for term in self.terms:
            if term.is_group:
                continue
            self._by_word.setdefault(term.word.casefold(), []).append(term)
            for synonym in term.synonyms:
                self._by_synonym.setdefault(synonym.casefold(), []).append(term)
        self._words = sorted(self._by_word)
        self._synonyms = sorted(self._by_synonym)

    def completions(self, prefix: str, *, most: int = 20) -> tuple[Completion, ...]:
        """The words that begin so, then those with such a synonym, then those that hold it."""
        wanted = prefix.strip().casefold()
        if not wanted:
            return ()
        found: dict[str, Completion] = {}
        for one in self._candidates(wanted):
            found.setdefault(one.term.path, one)
            if len(found) >= most:
                break
        return tuple(found.values())

    def terms_of(self, word: str) -> tuple[Term, ...]:
        """The terms of a word; several if it stands in several places."""
        return tuple(self._by_word.get(word.strip().casefold(), ()))

    def preferred(self, word: str) -> str:
        """The vocabulary's own word for a synonym or another spelling; else the word itself."""
        folded = word.strip().casefold()
        terms = self._by_word.get(folded) or self._by_synonym.get(folded) or ()
        return terms[0].word if terms else word

    def with_parents(self, word: str) -> tuple[str, ...]:
        """The word, and those above it, each once; of a word in several places only if all agree.

        So a word that has two meanings brings none of them along.
        """
        terms = self.terms_of(word)
        if not terms:
            return (word,)
        shared = [one for one in terms[0].above if all(one in other.above for other in terms)]
        return tuple(dict.fromkeys((terms[0].word, *reversed(shared))))

    def with_synonyms(self, word: str) -> tuple[str, ...]:
        """The word, and its synonyms; of a word in several places only what all share."""
        terms = self.terms_of(word)
        if not terms:
            return (word,)
        first, *others = terms
        shared = [one for one in first.synonyms if all(one in other.synonyms for other in others)]
        return tuple(dict.fromkeys((first.word, *shared)))

    def expanded(self, words: Iterable[str], *, parents: bool, synonyms: bool) -> tuple[str, ...]:
        """The words in the vocabulary's spelling, with what belongs to them, each once."""
        found: dict[str, None] = {}
        for word in words:
            own = self.preferred(word)
            more = self.with_parents(own) if parents else (own,)
            for one in more:
                found |= dict.fromkeys(self.with_synonyms(one) if synonyms else (one,))
        return tuple(found)

    def paths(self, words: Iterable[str]) -> tuple[str, ...]:
        """The paths of words that stand below others in one place: for `keyword_paths`."""
        terms = [self.terms_of(word) for word in words]
        return tuple(dict.fromkeys(one[0].path for one in terms if len(one) == 1 and one[0].above))

    def refused(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those that a closed vocabulary does not have, as word or synonym."""
        if not self.closed:
            return ()
        known = (self._by_word, self._by_synonym)
        return tuple(
            word for word in words if not any(word.strip().casefold() in one for one in known)
        )

    def _candidates(self, wanted: str) -> Iterator[Completion]:
        for folded in _beginning(self._words, wanted):
            yield from (Completion(term=term) for term in self._by_word[folded])
        for folded in _beginning(self._synonyms, wanted):
            yield from (
                Completion(term=term, typed=_spelt(term, folded))
                for term in self._by_synonym[folded]
            )
        for folded in self._words:
            if wanted in folded:
                yield from (Completion(term=term) for term in self._by_word[folded])


def parsed_terms(text: str) -> tuple[Term, ...]:
    """The terms of a list, in its order. Raises VocabularyTextError with the line."""
    terms: list[Term] = []
    synonyms: dict[int, list[str]] = {}
    stack: list[int] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        word = line.strip()
        if not word:
            continue
        depth = len(line) - len(line.lstrip("\t"))
        if depth > len(stack) or depth > DEEPEST:
            raise VocabularyTextError(
                line=number, detail=QT_TRANSLATE_NOOP("facts", "it is indented too far")
            )
        _check(word, number)
        if word.startswith("{"):
            if depth == 0:
                raise VocabularyTextError(
                    line=number,
                    detail=QT_TRANSLATE_NOOP("facts", "a synonym stands below its word"),
                )
            synonyms.setdefault(stack[depth - 1], []).append(_inside(word, "{}", number))
            continue
        if len(terms) >= MOST_TERMS:
            raise VocabularyTextError(line=number, detail=f"there are more than {MOST_TERMS:,}")
        above = [terms[place] for place in stack[:depth]]
        stack = [*stack[:depth], len(terms)]
        terms.append(_term(word, above, number))
    return tuple(_with(term, synonyms.get(place, ())) for place, term in enumerate(terms))


def terms_text(terms: Iterable[Term]) -> str:
    """Terms as the text that `parsed_terms` reads back."""
    lines: list[str] = []
    for term in terms:
        depth = len(term.above) + len(term.groups)
        word = f"[{term.word}]" if term.is_group else term.word
        lines.append("\t" * depth + word)
        lines.extend("\t" * (depth + 1) + f"{{{one}}}" for one in term.synonyms)
    return "".join(f"{line}\n" for line in lines)


def _term(word: str, above: Sequence[Term], line: int) -> Term:
    is_group = word.startswith("[")
    return Term(
        word=_inside(word, "[]", line) if is_group else word,
        above=tuple(one.word for one in above if not one.is_group),
        groups=tuple(one.word for one in above if one.is_group),
        is_group=is_group,
    )


def _with(term: Term, synonyms: Sequence[str]) -> Term:
    return Term(
        word=term.word,
        above=term.above,
        groups=term.groups,
        synonyms=tuple(dict.fromkeys(synonyms)),
        is_group=term.is_group,
    )


def _check(word: str, line: int) -> None:
    if len(word) > LONGEST_WORD:
        detail = f"a word has at most {LONGEST_WORD} characters"
        raise VocabularyTextError(line=line, detail=detail)
    if not word.isprintable():
        raise VocabularyTextError(
            line=line, detail=QT_TRANSLATE_NOOP("facts", "a word has no control characters")
        )


def _inside(word: str, marks: str, line: int) -> str:
    inside = word.removeprefix(marks[0]).removesuffix(marks[1]).strip()
    if not word.endswith(marks[1]) or not inside:
        raise VocabularyTextError(line=line, detail=f"{marks[0]} needs a word and {marks[1]}")
    return inside


def _beginning(words: Sequence[str], start: str) -> Iterator[str]:
    for place in range(bisect_left(words, start), len(words)):
        if not words[place].startswith(start):
            return
        yield words[place]


def _spelt(term: Term, folded: str) -> str:
    return next(one for one in term.synonyms if one.casefold() == folded)
