"""What may have been meant: suggestions for misspelt parameters and values.

A suggestion never changes a text by itself: what we do not know may be newer than we are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bridge_app.transform.model import Parameter, Transformation, Verbatim
from bridge_app.transform.vocabulary import KEYS

# What people write for the SDKs' names of the parameters.
_OPTIONS: Mapping[str, str] = {
    **{key.option: code for code, key in KEYS.items()},
    "colour": "co",
    "format": "f",
    "rotate": "a",
    "rotation": "a",
}
# Words that say by themselves which parameter they belong to.
_VALUES: Mapping[str, str] = {
    word: f"{code}_{word}"
    for code in ("fl", "e", "g", "c")
    for word in KEYS[code].words
    if word[-1] not in ":_"
}
_NAME_AND_VALUE = re.compile(r"([A-Za-z]+(?:_[a-z]+)??) ?[_=: -] ?(.+)|([A-Za-z]+)([0-9][0-9.]*)")
_PIXELS = re.compile(r"([0-9]{1,9}) ?px")
_PERCENT = re.compile(r"([0-9]{1,3}) ?%")
_EXPRESSION = re.compile(r"[$!]|_(?:add|sub|mul|div|mod|pow)_")
_LONGEST = 40
_ENOUGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A word that may be misspelt: where it stands in the text, and what is near it."""

    position: int
    found: str
    suggestions: tuple[str, ...]


def meant_parameter(written: str) -> tuple[str, ...]:
    """What may have been meant by a text that is no parameter: `width=300` → `w_300`."""
    if not written or len(written) > _LONGEST:
        return ()
    near = get_close_matches(written.lower(), _VALUES, n=_ENOUGH, cutoff=0.85)
    found = (*_by_name(written), *(_VALUES[word] for word in near))
    return tuple(dict.fromkeys(found))[:_ENOUGH]


def meant_values(key: str, text: str) -> tuple[str, ...]:
    """Values near a text that `key` is not known with: `fil` → `fill`, `300px` → `300`."""
    if not text or len(text) > _LONGEST or key not in KEYS:
        return ()
    if match := _PIXELS.fullmatch(text):
        return (match[1],)
    if match := _PERCENT.fullmatch(text):
        return (f"{int(match[1]) / 100:g}",)
    word, colon, rest = text.partition(":")
    near = get_close_matches(word.lower(), KEYS[key].words, n=_ENOUGH, cutoff=0.65)
    return tuple(f"{known}{colon}{rest}" for known in near if known != word)


def doubts(transformation: Transformation) -> tuple[Doubt, ...]:
    """The words of a transformation that are near a known one and not known themselves."""
    found: list[Doubt] = []
    place = 0
    for component in transformation.components:
        for parameter in component.parameters:
            found.extend(_doubt(parameter, place))
            place += len(str(parameter)) + 1
        place += 0 if component.parameters else 1
    return tuple(found)


def _doubt(parameter: Parameter, place: int) -> Iterator[Doubt]:
    key, text = parameter.key, parameter.text
    if key.startswith("$") or key == "if":
        return
    if key not in KEYS:
        yield from _doubts(place, key, get_close_matches(key, KEYS, n=_ENOUGH, cutoff=0.6))
        return
    place += len(key) + 1
    if key == "fl":
        for flag in text.split("."):
            yield from _word(key, flag, place)
            place += len(flag) + 1
    elif key == "e" or isinstance(parameter.value, Verbatim):
        yield from _word(key, text, place)


def _word(key: str, text: str, place: int) -> Iterator[Doubt]:
    word = text.partition(":")[0]
    known = (w.rstrip(":") for w in KEYS[key].words)
    if any(word == w or (w.endswith("_") and word.startswith(w)) for w in known):
        return
    if not _EXPRESSION.search(text):
        yield from _doubts(place, word, meant_values(key, word))


def _doubts(place: int, found: str, near: tuple[str, ...] | list[str]) -> Iterator[Doubt]:
    if near:
        yield Doubt(position=place, found=found, suggestions=tuple(near))


def _by_name(written: str) -> Iterator[str]:
    match = _NAME_AND_VALUE.fullmatch(written.strip())
    if not match:
        return
    name, value = (match[1] or match[3]).lower(), match[2] or match[4]
    if name in KEYS:
        yield f"{name}_{value}"
        return
    for option in get_close_matches(name, _OPTIONS, n=_ENOUGH, cutoff=0.75):
        yield f"{_OPTIONS[option]}_{value}"
