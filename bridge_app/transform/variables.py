"""Variables of a chain: what they hold at a point of it, and a text with them filled in.

Source: Cloudinary's page on user-defined variables: a later definition overrides; strings stand
between exclamation marks; `$(name)` fills in a text, `$name` a value.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from urllib.parse import quote

from bridge_app.transform.expressions import (
    PIXEL_NAMES,
    STRING,
    Datum,
    LookUp,
    evaluate,
    is_computed,
    pieces,
    strings,
    written,
)
from bridge_app.transform.geometry import whole

_IN_TEXT = re.compile(r"\$\(([A-Za-z][A-Za-z0-9]*)\)")
_AS_WORD = re.compile(r"\$+_*[A-Za-z][A-Za-z0-9]*(?=[_:.]|$)")
_COLONS = re.compile(r"((?:(?:(?:ctx|md|ref):)?![^!]*!|[^:!])*)(?::|$)")
_LENGTHS = frozenset({"w", "h", "x", "y"})
_SIDES = frozenset({"w", "h"})
_WHOLE_NUMBERS = frozenset({"e", "o", "q", "r", "bo"})
_ALONE = frozenset({"a", "dpr", "du", "eo", "fps", "so", "z"})
# What the text of a layer says is its own; variables are filled in, nothing is worked out.
_LAYERS = frozenset({"l", "u"})
_NAMED_ARGUMENTS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A value, the text that stands for it as a value, and the one inside a layer's text."""

    value: Datum
    text: str
    spoken: str


@dataclass(slots=True)
class Variables:
    """What is defined so far."""

    _known: dict[str, Variable] = field(default_factory=dict)

    def define(self, key: str, text: str, look_up: LookUp) -> bool:
        """Take `$name_text` in; False, and the name is unknown from here on, when we cannot.

        Raises:
            ExpressionError: Its arithmetic has no result.
        """
        found = _defined(text, look_up)
        if found is None:
            self._known.pop(key, None)
            return False
        self._known[key] = found
        return True

    def forget(self, key: str) -> None:
        """From here on nobody knows what `key` holds."""
        self._known.pop(key, None)

    def value(self, name: str) -> Datum | None:
        """What `$name` holds; None when that is not known."""
        found = self._known.get(name)
        return found.value if found else None

    def filled(self, key: str, text: str, look_up: LookUp) -> str:
        """The value of a parameter with all that can be worked out in it; the rest stays.

        Raises:
            ExpressionError: Its arithmetic has no result.
        """
        text = _IN_TEXT.sub(self._of_text, text)
        if key in _LAYERS:
            return self._in_style(text)
        if key in _LENGTHS or key in _ALONE:
            return self._worked_out(key, text, look_up)
        parts = [match[1] for match in _COLONS.finditer(text)]
        if len(parts) > 1 and not parts[-1] and not text.endswith(":"):
            parts.pop()
        if ":".join(parts) != text:
            return self._words(text)  # an exclamation mark without its partner
        named = _NAMED_ARGUMENTS if key == "e" else 0
        done = [
            self._words(part) if index < named else self._worked_out(key, part, look_up)
            for index, part in enumerate(parts)
        ]
        return ":".join(done)

    def _of_text(self, match: re.Match[str]) -> str:
        found = self._known.get(f"${match[1]}")
        return found.spoken if found else match[0]

    def _words(self, text: str) -> str:
        """`text` with each known `$name` replaced, and nothing worked out."""
        return _AS_WORD.sub(lambda match: self._of_word(match[0]), text)

    def _of_word(self, name: str) -> str:
        found = self._known.get(name)
        return found.text if found else name

    def _in_style(self, text: str) -> str:
        """A layer's source and style filled in; what it says is left alone."""
        source, colon, rest = text.partition(":")
        style, second, said = rest.partition(":")
        if not second or source not in {"text", "subtitles"}:
            return self._words(text)
        return f"{self._words(source)}{colon}{self._words(style)}{second}{said}"

    def _worked_out(self, key: str, text: str, look_up: LookUp) -> str:
        if text in self._known:
            return self._known[text].text
        words = pieces(text)
        if not is_computed(text) and not (key in _READ_BARE and text in _BARE):
            return text
        value = evaluate(words, look_up)
        if value is None:
            return self._words(text)
        return ":".join(value) if isinstance(value, tuple) else _fitting(key, words, value)


_BARE = frozenset({"w", "h", "ow", "oh", "ar", "iar", "px", "py", "cp", "pc", "fc", "du", "idu"})
_READ_BARE = _LENGTHS | _ALONE | {"ar", "r", "o"}


def _defined(text: str, look_up: LookUp) -> Variable | None:
    if match := STRING.fullmatch(text):
        return Variable(value=strings(match[1]), text=match[1], spoken=match[1])
    value = evaluate(pieces(text), look_up)
    if value is None:
        return None
    if isinstance(value, tuple):
        said = ":".join(value)
        return Variable(value=value, text=said, spoken=_escaped(said))
    literal = not is_computed(text) and text[-1:].isdigit()
    figure = text if literal else written(value)
    return Variable(value=value, text=figure, spoken=figure)


def _escaped(said: str) -> str:
    """As the text of a layer: comma and slash twice, so that they separate nothing (9.8)."""
    return quote(said.replace(",", "%2C").replace("/", "%2F"), safe="")


def _fitting(key: str, words: tuple[str, ...], value: Fraction) -> str:
    """A result as the parameter wants it: pixels and strengths are whole, ratios fractions."""
    if key == "ar":
        return f"{value.numerator}:{value.denominator}"
    pixels = key in _LENGTHS and (abs(value) >= 1 or not PIXEL_NAMES.isdisjoint(words))
    if pixels or (key in _WHOLE_NUMBERS and abs(value) >= 1):
        least = whole(value) if key in _SIDES and value > 0 else None
        rounded = (value + Fraction(1, 2)).__floor__()
        return str(rounded if least is None else least)
    return written(value)
