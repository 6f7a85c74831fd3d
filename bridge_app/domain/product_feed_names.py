"""Names of files that tell of which product they show: `SKU-1001_hero_2.jpg`.

A pattern is the name without its ending. `{sku}`, `{slot}`, `{position}` and `{any}` stand for
what differs, and what is in [brackets] may be missing.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

DEFAULT_PATTERN = "{sku}[_{slot}][_{position}]"
MOST_OPTIONAL, MOST_ANY = 3, 2
LONGEST_PATTERN = 200
LONGEST_STEM = 255
PARTS = {
    "{sku}": r"(?P<sku>.+)",
    "{slot}": r"(?P<slot>hero|alt|detail|swatch|lifestyle|spin|video|manual)",
    "{position}": r"(?P<position>\d{1,4})",
    "{any}": r".*",
}
_SPLIT = re.compile(r"(\{[a-z]*\}|\[[^\[\]]*\])")
_UNWRITABLE = re.compile(r"[/\\:*?\"<>|\s]+")
"""What names of files do not hold, or hold differently; SKUs do."""


class NamePatternError(InvalidInputError):
    """A pattern that finds nothing, or nobody can read."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, "
        "{{position}}, {{any}} and [brackets] around what may be missing.",
    )


class NamedImage(NamedTuple):
    """What a file's name may tell: `sku` as it is written there."""

    sku: str
    slot: str
    position: int


def sku_key(sku: str) -> str:
    """What a SKU and a name of a file are compared by: composed, without case.

    What names of files cannot hold is one underscore.
    """
    composed = unicodedata.normalize("NFC", sku.strip()).casefold()
    return composed if composed.isalnum() else _UNWRITABLE.sub("_", composed)


def word_key(word: str) -> str:
    """What names of files and keywords are compared by."""
    if word.isascii():
        return word.strip().casefold()
    return unicodedata.normalize("NFC", word.strip()).casefold()


@lru_cache(maxsize=32)
def name_patterns(pattern: str) -> tuple[re.Pattern[str], ...]:
    """Every form that a pattern allows, the longest first. Raises NamePatternError."""
    if len(pattern) > LONGEST_PATTERN or pattern.count("{sku}") != 1:
        raise NamePatternError(pattern=pattern[:LONGEST_PATTERN])
    pieces = [piece for piece in _SPLIT.split(pattern) if piece]
    optional = [piece for piece in pieces if piece.startswith("[")]
    too_free = len(optional) > MOST_OPTIONAL or pattern.count("{any}") > MOST_ANY
    if too_free or any("{sku}" in piece for piece in optional):
        raise NamePatternError(pattern=pattern)
    forms = []
    for kept in product((True, False), repeat=len(optional)):
        left = iter(kept)
        text = "".join(
            (piece[1:-1] if next(left) else "") if piece.startswith("[") else piece
            for piece in pieces
        )
        forms.append(_compiled(text, pattern))
    return tuple(dict.fromkeys(forms))


def _compiled(text: str, pattern: str) -> re.Pattern[str]:
    made = []
    for piece in _SPLIT.split(text):
        if piece in PARTS:
            made.append(PARTS[piece])
        elif piece.startswith(("{", "[")) or re.search(r"[{}\[\]]", piece):
            raise NamePatternError(pattern=pattern)
        else:
            made.append(re.escape(piece))
    try:
        return re.compile("".join(made), re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise NamePatternError(pattern=pattern) from error


def images_named(stem: str, patterns: tuple[re.Pattern[str], ...]) -> list[NamedImage]:
    """What the name of a file, without its ending, may tell; several readings are possible.

    Without a slot, a file without a position is the hero, any other one an alternative view.
    """
    found = []
    for pattern in patterns:
        told = pattern.fullmatch(stem[:LONGEST_STEM])
        if told is None:
            continue
        parts = told.groupdict()
        position = int(parts.get("position") or 0)
        slot = (parts.get("slot") or ("alt" if parts.get("position") else "hero")).casefold()
        found.append(NamedImage(parts["sku"], slot, position))
    return found
