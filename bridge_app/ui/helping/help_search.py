"""Finds passages of the help: by heading and text, by words and how words begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bridge_app.domain.folding import bare
from bridge_app.ui.helping.help_book import Book, Passage

WORD = re.compile(r"\w+")
MOST = 40
NAME, NAME_BEGINS, ABOVE, TEXT, TEXT_BEGINS = 12.0, 7.0, 3.0, 2.0, 1.0
"""What a word is worth: as a word of the heading, at the beginning of one, in a heading above, as a
word of the text, at the beginning of one."""
ALL_IN_NAME, ALL_IN_TEXT = 10.0, 4.0
"""What it adds when the words stand one after the other, as they were typed."""
REFERENCE = frozenset(
    f"{name}.md"
    for name in (
        *("architecture", "authors", "command-line", "contentstack", "feeds", "fidelity"),
        *("libraries", "limitations", "releasing", "sandbox", "webhooks"),
    )
)
REFERENCE_WORTH = 0.5
"""Pages that say everything about a little are found after those that say how something is done."""
SMALL = frozenset(
    WORD.findall("a an and can do does for from how i in is it my of on or the to what where")
)
"""Words that say nothing of what is looked for."""
OTHERWISE = {
    "center": "centre",
    "color": "colour",
    "gray": "grey",
    "license": "licence",
    "movie": "film",
    "photo": "picture",
    "translate": "language",
    "translation": "language",
    "video": "film",
}
"""Words that people type, and what these pages say instead."""
EXCERPT, BEFORE = 150, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A passage that fits, and the words of it that say so."""

    passage: Passage
    line: str
    score: float


def _words(text: str) -> str:
    """The words of a text, each with a blank before and behind it."""
    return f" {' '.join(WORD.findall(bare(text)))} "


@dataclass(frozen=True, slots=True)
class _Entry:
    passage: Passage
    name: str
    above: str
    text: str

    def score(self, words: Sequence[str], phrase: str) -> float:
        """How well it fits; 0.0 where a word is missing."""
        total = 0.0
        for word in words:
            worth = self._worth(word)
            if not worth:
                return 0.0
            total += worth
        total += ALL_IN_NAME * (phrase in self.name) + ALL_IN_TEXT * (phrase in self.text)
        total /= len(words)
        return total * (REFERENCE_WORTH if self.passage.address.page in REFERENCE else 1.0)

    def _worth(self, word: str) -> float:
        other = OTHERWISE.get(word.removesuffix("s"))
        return max(self._found(word), self._found(other) if other else 0.0)

    def _found(self, word: str) -> float:
        whole, begin = f" {word} ", f" {word}"
        for where, as_word, as_beginning in (
            (self.name, NAME, NAME_BEGINS),
            (self.text, TEXT, TEXT_BEGINS),
            (self.above, ABOVE, ABOVE / 2),
        ):
            if whole in where:
                return as_word
            if begin in where:
                return as_beginning
        return 0.0


class HelpIndex:
    """Made once, off the GUI thread; asked with every key, in it."""

    def __init__(self, book: Book) -> None:
        self._entries = [
            _Entry(
                passage,
                _words(passage.title),
                _words(" ".join(passage.above)),
                _words(" ".join(passage.paragraphs)),
            )
            for passage in book.passages()
        ]

    def find(self, text: str) -> list[Finding]:
        """What fits all words, the best first."""
        typed = WORD.findall(bare(text))
        words = [word for word in typed if word not in SMALL] or typed
        if not words:
            return []
        phrase = f" {' '.join(words)}"
        scored = [(entry.score(words, phrase), entry.passage) for entry in self._entries]
        best = sorted((one for one in scored if one[0]), key=lambda one: -one[0])[:MOST]
        return [
            Finding(passage=passage, line=_line(passage, words, phrase), score=score)
            for score, passage in best
        ]


def _line(passage: Passage, typed: Sequence[str], phrase: str) -> str:
    """The paragraph in which most of the words stand, cut around the first of them."""
    words = [*typed, *(OTHERWISE[word] for word in typed if word in OTHERWISE)]
    best, most = "", -1
    for paragraph in passage.paragraphs:
        compared = _words(paragraph)
        count = sum(f" {word}" in compared for word in words) + (phrase in compared)
        if count > most:
            best, most = paragraph, count
    if len(best) <= EXCERPT:
        return best
    small = bare(best)
    places = [found.start() for word in words if (found := re.search(rf"\b{word}", small))]
    begin = max(0, min(places, default=0) - BEFORE)
    begin = best.rfind(" ", 0, begin) + 1 if begin else 0
    cut = best[begin : begin + EXCERPT].rsplit(" ", 1)[0]
    return f"{'… ' if begin else ''}{cut} …"
