"""Which parts of a text are words whose spelling can be looked up."""

import re
from collections.abc import Iterator

LONGEST = 60
"""Letters; what is longer is no word."""
_OTHER = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\S*[\\/_]\S*|[#@]\w+")
"""Addresses, paths, names of files, hashtags."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DIGITS = re.compile(r"[\d_]")


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Where a word begins, and the word; what is no prose, numbers and abbreviations are none."""
    prose = _OTHER.sub(lambda found: " " * len(found[0]), text)
    for found in _WORD.finditer(prose):
        word, start, end = found[0], found.start(), found.end()
        beside = prose[max(0, start - 1) : start] + prose[end : end + 1]
        is_word = 1 < len(word) <= LONGEST and not word.isupper()
        if is_word and not _DIGITS.search(beside):
            yield start, word.replace("’", "'")
