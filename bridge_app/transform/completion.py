"""What can stand at the cursor of a half-written transformation, for the raw editor.

Only words of the `vocabulary` are offered; whatever else is typed stays allowed.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bridge_app.transform.effect_words import EFFECTS, Span
from bridge_app.transform.spelling import meant_parameter, meant_values
from bridge_app.transform.vocabulary import COMPARISONS, KEYS, OPERATORS, PREDEFINED

_SEPARATOR = re.compile("[,/]")
_DEFINED = re.compile(r"(?:^|[,/])(\$+_*[A-Za-z][A-Za-z0-9]*)_")
# Values that are joined by dots; each may be written once.
_JOINED = frozenset({"a", "fl"})
_NUMERIC = frozenset(("w", "h", "x", "y", "ar", "dpr", "z", "o", "q", "r", "a", "so", "eo", "du"))
# In the order of what designers do every day; the others follow by name.
_FIRST = ("c", "w", "h", "ar", "g", "q", "f", "e", "l", "b", "r", "a", "o", "x", "y", "dpr", "t")
_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """`text` in place of what stands from `start` to `end` (0-based, `end` not included).

    `about` is the parameter's name in the SDKs, or an effect's range; both belong to the
    language and are not translated. A text that ends with `_`, `:` or `(` wants more behind it.
    """

    text: str
    start: int
    end: int
    about: str = ""

    def applied(self, text: str) -> str:
        """The whole text with this completion in it."""
        return f"{text[: self.start]}{self.text}{text[self.end :]}"


def complete(text: str, cursor: int) -> list[Completion]:
    """What may be meant at `cursor` (0 to the text's length), likeliest first; often nothing.

    The word around the cursor is replaced as a whole. Nothing is offered inside the text of a
    text layer.
    """
    cursor = min(max(cursor, 0), len(text))
    start = max((m.end() for m in _SEPARATOR.finditer(text, 0, cursor)), default=0)
    behind = _SEPARATOR.search(text, cursor)
    end = behind.start() if behind else len(text)
    typed = text[start:cursor]
    key, underscore, value = typed.partition("_")
    if not underscore or key not in KEYS:
        return _made(_parameters(typed), {typed, text[start:end]}, start, end)
    if value.startswith(("text:", "subtitles:")):
        return []
    place = start + len(key) + 1
    kept, word = _split(key, value)
    offered = list(_values(key, kept, _defined(text[:start])))
    found = [(w, about) for w, about in offered if w.startswith(word)]
    if not found and not kept:
        found = [(near, KEYS[key].option) for near in meant_values(key, word)]
    begin = place + len(kept)
    return _made(found, {word, text[begin:end]}, begin, end)


def _made(
    offered: Iterable[tuple[str, str]], there: Collection[str], start: int, end: int
) -> list[Completion]:
    """Each once, without the very word that stands there already, up to the cursor or whole."""
    unique = dict(offered)
    return [
        Completion(text=word, start=start, end=end, about=about)
        for word, about in unique.items()
        if word not in there
    ]


def _parameters(typed: str) -> Iterator[tuple[str, str]]:
    """Parameters by their code or their name in the SDKs, then words that bring their own."""
    order = (*_FIRST, *(code for code in sorted(KEYS) if code not in _FIRST))
    by_code = [code for code in order if code.startswith(typed)]
    by_name = [code for code in order if typed and KEYS[code].option.startswith(typed)]
    for code in sorted(by_code, key=len) if typed else by_code:
        yield f"{code}_", KEYS[code].option
    for code in by_name:
        yield f"{code}_", KEYS[code].option
    if len(typed) < _LEAST:
        return
    for code in ("c", "e", "fl", "g"):
        for word in KEYS[code].words:
            if word.startswith(typed):
                yield f"{code}_{word}", _about(code, word)
    for meant in meant_parameter(typed):
        yield meant, KEYS[meant.partition("_")[0]].option


def _split(key: str, value: str) -> tuple[str, str]:
    """What stays of a value, and the word at the cursor."""
    marks = "." if key in _JOINED else ""
    if key == "e" and ":" in value:
        marks = ":;"
    elif key == "if" or (key in _NUMERIC and "_" in value):
        marks = "_"
    last = max((value.rfind(mark) for mark in marks), default=-1) + 1
    return value[:last], value[last:]


def _values(key: str, kept: str, variables: list[str]) -> Iterator[tuple[str, str]]:
    option = KEYS[key].option
    if key == "e" and kept:
        yield from _arguments(kept)
    elif key == "if":
        yield from _of_condition(kept, variables)
    elif key in _NUMERIC and kept.endswith("_"):
        yield from _of_expression(kept, variables)
    else:
        used = set(kept.split("."))
        for word in KEYS[key].words:
            if word not in used:
                yield word, _about(key, word)
        if not kept:
            yield from ((name, option) for name in variables)


def _about(key: str, word: str) -> str:
    if key == "e" and word in EFFECTS and EFFECTS[word].spans:
        return _range(EFFECTS[word].spans[0])
    return KEYS[key].option


def _range(span: Span) -> str:
    return f"{span.lowest} … {span.highest} ({span.default})"


def _arguments(kept: str) -> Iterator[tuple[str, str]]:
    """The effect's own words, then each number's usual value."""
    name = kept.partition(":")[0]
    effect = EFFECTS.get(name)
    if not effect:
        return
    for word in effect.words:
        if word.partition("_")[0] not in kept.partition(":")[2]:
            yield word, name
    index = kept.count(":") - 1
    if index < len(effect.spans):
        yield str(effect.spans[index].default), _range(effect.spans[index])


def _of_condition(kept: str, variables: list[str]) -> Iterator[tuple[str, str]]:
    """A name, a comparison, a value, and what joins two of them, in turn."""
    words = kept.removesuffix("_").split("_") if kept else []
    place = len(words) % 4
    if not words:
        yield from ((word, "if") for word in KEYS["if"].words)
    if place in {0, 2}:
        yield from ((name, "if") for name in (*PREDEFINED, *variables))
    elif place == 1:
        yield from ((word, "if") for word in COMPARISONS)
    else:
        yield from ((word, "if") for word in ("and", "or"))


def _of_expression(kept: str, variables: list[str]) -> Iterator[tuple[str, str]]:
    after_operator = kept.removesuffix("_").rpartition("_")[2] in OPERATORS
    words = (*PREDEFINED, *variables) if after_operator else OPERATORS
    yield from ((word, "expression") for word in words)


def _defined(text: str) -> list[str]:
    """The variables that stand in front of the cursor's parameter."""
    return list(dict.fromkeys(_DEFINED.findall(text)))
