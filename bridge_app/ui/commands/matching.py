"""How well what a person types fits a name: pure, and forgiving of accents, order and gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bridge_app.domain.folding import bare

WORD = re.compile(r"\w+")
EQUAL, BEGINS, INSIDE, INITIALS, SCATTERED = 100, 80, 50, 45, 20
"""What a typed word is worth: a whole word of the name, the beginning of one, a part of one, the
first letters of several, letters in their order."""
FIRST_WORD = 8
NEAR = 12
"""Scattered letters lie at most this far apart, or they are no sign of anything."""
OTHER_NAME, ALONGSIDE = 0.9, 0.5
"""A hit in the name in the source's language, and one in what stands around it, count less."""


@dataclass(frozen=True, slots=True)
class Hit:
    """How well it fits, and which characters of the name are the reason."""

    score: float
    marked: frozenset[int] = frozenset()


class Folded:
    """A text as it is compared, which knows where each of its characters came from."""

    def __init__(self, text: str) -> None:
        parts = [(part, at) for at, letter in enumerate(text) for part in bare(letter)]
        self.text = "".join(part for part, _ in parts)
        self._came_from = [at for _, at in parts]

    @cached_property
    def words(self) -> tuple[tuple[int, str], ...]:
        """Each word with where it begins."""
        return tuple((found.start(), found.group()) for found in WORD.finditer(self.text))

    def origin(self, places: Sequence[int]) -> frozenset[int]:
        """The characters of the original that these places belong to."""
        return frozenset(self._came_from[place] for place in places)


@dataclass(frozen=True, kw_only=True)
class Findable:
    """What can be found: its name, its other names, and what stands around it."""

    name: str
    also: tuple[str, ...] = ()
    around: str = ""

    @cached_property
    def folded(self) -> Folded:
        """The name as it is compared."""
        return Folded(self.name)

    @cached_property
    def also_folded(self) -> tuple[Folded, ...]:
        """The other names likewise."""
        return tuple(Folded(one) for one in self.also if one)

    @cached_property
    def around_folded(self) -> Folded:
        """And what stands around it."""
        return Folded(self.around)


def words_of(typed: str) -> tuple[str, ...]:
    """What a person typed as words to look for."""
    return tuple(Folded(typed).text.split())


def match(one: Findable, words: Sequence[str]) -> Hit | None:
    """How well it fits all of these words; None if one of them is nowhere."""
    total, marked = 0.0, frozenset[int]()
    for word in words:
        hit = _best(one, word)
        if hit is None:
            return None
        total += hit.score
        marked |= hit.marked
    return Hit(total / max(1, len(words)), marked)


def _best(one: Findable, word: str) -> Hit | None:
    named = _in(one.folded, word)
    if named is not None:
        return Hit(named[0], one.folded.origin(named[1]))
    others = [found[0] * OTHER_NAME for text in one.also_folded if (found := _in(text, word))]
    if others:
        return Hit(max(others))
    beside = _in(one.around_folded, word)
    if beside is not None and beside[0] >= INSIDE:
        return Hit(beside[0] * ALONGSIDE)
    return None


def _in(text: Folded, word: str) -> tuple[float, Sequence[int]] | None:
    """What a word is worth in a text, and the places it was found at."""
    for number, (start, known) in enumerate(text.words):
        if known.startswith(word):
            worth = EQUAL if known == word else BEGINS
            return worth + max(0, FIRST_WORD - 2 * number), range(start, start + len(word))
    inside = text.text.find(word)
    if inside >= 0:
        return INSIDE, range(inside, inside + len(word))
    starts = [start for start, _ in text.words]
    if len(word) > 1 and "".join(text.text[start] for start in starts).startswith(word):
        return INITIALS, starts[: len(word)]
    places = _scattered(text, word) if len(word) > 2 else None
    return None if places is None else (SCATTERED, places)


def _scattered(text: Folded, word: str) -> list[int] | None:
    """Its letters in their order, the first of them at the beginning of a word."""
    for start, known in text.words:
        if not known.startswith(word[0]):
            continue
        places = [start]
        for letter in word[1:]:
            after = text.text.find(letter, places[-1] + 1)
            if after < 0 or after - places[-1] > NEAR:
                break
            places.append(after)
        if len(places) == len(word):
            return places
    return None
