"""Which parts of a text are words whose spelling can be looked up."""

import re
from collections.abc import Iterator

LONGEST = 60
"""Letters; what is longer is no word."""
_BETWEEN_SPACES = re.compile(r"\S+")
_TAG = re.compile(r"[#@]\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DIGITS = re.compile(r"[\d_]")


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Where a word begins, and the word; what is no prose, numbers and abbreviations are none."""
    prose = _BETWEEN_SPACES.sub(_prose, text)
    for found in _WORD.finditer(prose):
        word, start, end = found[0], found.start(), found.end()
        beside = prose[max(0, start - 1) : start] + prose[end : end + 1]
        is_word = 1 < len(word) <= LONGEST and not word.isupper()
        if is_word and not _DIGITS.search(beside):
            yield start, word.replace("’", "'")


def _prose(found: re.Match[str]) -> str:
    """What stands between spaces; blanks for what is no prose of it, so that no place changes."""
    part = found[0]
    return _blank(found) if _is_address(part) else _TAG.sub(_blank, part)


def _is_address(part: str) -> bool:
    """An address, a path, or the name of a file?"""
    return any(sign in part for sign in ("/", "\\", "_", "www.")) or "@" in part[1:-1]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
