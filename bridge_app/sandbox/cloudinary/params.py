"""The parameters of a request, however a client spelled them, and the values inside them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json

INDEX = re.compile(r"\[\d*\]$")
TRUE = frozenset({"1", "true", "yes", "t"})
BETWEEN_PAIRS = re.compile(r"(?<!\\)\|")
BETWEEN_NAME_AND_VALUE = re.compile(r"(?<!\\)=")
ESCAPED = re.compile(r"\\([=|])")
WHOLE = re.compile("[0-9]{1,18}")
"""A number that is none too long to be read."""
MAX_IDS = 100


@dataclass(frozen=True, slots=True)
class Params:
    """Parameters by name; `x[]`, `x[0]` and repeated names are the values of one `x`.

    `body` is the JSON object they came in, with its types and nulls; empty for a form.
    """

    values: Mapping[str, tuple[str, ...]]
    body: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Params":
        """From a query, a form or a multipart body."""
        gathered: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            plain = INDEX.sub("", name) if name.endswith("]") else name
            gathered[plain] = (*gathered.get(plain, ()), value)
        return cls(gathered)

    @classmethod
    def of_json(cls, body: Mapping[str, Any]) -> "Params":
        """From a JSON body: null is left out, objects stay JSON."""
        pairs: list[tuple[str, str]] = []
        for name, value in body.items():
            given = value if isinstance(value, list) else [value]
            pairs.extend((name, _as_text(one)) for one in given if one is not None)
        return cls(cls.of(pairs).values, body)

    def merged(self, others: "Params") -> "Params":
        """These, and of `others` what is not among these."""
        return Params({**others.values, **self.values}, self.body)

    def without(self, names: Iterable[str]) -> "Params":
        """These but for some names."""
        left_out = frozenset(names)
        kept = {name: v for name, v in self.values.items() if name not in left_out}
        return Params(kept, self.body)

    def __contains__(self, name: str) -> bool:
        given = self.values.get(name)
        return given is not None and any(given)

    def text(self, name: str, default: str = "") -> str:
        """One text; an empty one counts as not given."""
        given = self.values.get(name)
        return default if given is None else ",".join(given) or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or no."""
        given = self.text(name)
        return given.lower() in TRUE if given else default

    def number(self, name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
        """A whole number within bounds.

        Raises:
            CloudinaryError: 400, it is something else.
        """
        given = self.text(name, str(default))
        if WHOLE.fullmatch(given) is not None:
            number = int(given)
            if least <= number and (most is None or number <= most):
                return number
        raise bad_request(f"Invalid value for {name}: {given}")

    def array(self, name: str) -> tuple[str, ...]:
        """Several texts, each taken whole."""
        given = self.values.get(name, ())
        if len(given) == 1 and given[0].startswith("["):
            return tuple(_as_text(one) for one in _json_array(given[0]))
        return tuple(one for one in given if one)

    def few(self, name: str) -> tuple[str, ...]:
        """IDs, of which a call takes a hundred.

        Raises:
            CloudinaryError: 400, they are more.
        """
        ids = self.array(name)
        if len(ids) > MAX_IDS:
            raise bad_request(f"Too many ids ({len(ids)}), maximum is {MAX_IDS}")
        return ids

    def csv(self, name: str) -> tuple[str, ...]:
        """Several texts that may be separated by commas; no empty and no double ones."""
        parts = (part.strip() for one in self.array(name) for part in one.split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def json(self) -> dict[str, Any]:
        """As a JSON object: the body, or a form's texts, each read as JSON where it is."""
        if self.body:
            return dict(self.body)
        return {
            name: [_as_json(one) for one in given] if len(given) > 1 else _as_json(given[0])
            for name, given in self.values.items()
        }

    def context(self, name: str = "context") -> dict[str, str]:
        """Keys and values written `k=v|k=v`, with a backslash before `=` and `|` inside them."""
        given = self.text(name)
        return dict(parse_context(given)) if given else {}


def parse_context(text: str) -> list[tuple[str, str]]:
    r"""Split `k=v|k2=v2`; `\=` and `\|` are literal, any other backslash stays as it is.

    Source: reference/cloudinary.md 3.2, and what the official SDK writes.
    """
    found = []
    for part in BETWEEN_PAIRS.split(text):
        name, *value = BETWEEN_NAME_AND_VALUE.split(part, maxsplit=1)
        if name and value:
            found.append((_unescape(name), _unescape(value[0])))
    return found


def _unescape(text: str) -> str:
    """A key or a value without the backslashes that only kept it together."""
    return ESCAPED.sub(r"\1", text)


def _as_text(value: object) -> str:
    """A JSON value as a form would carry it."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return json.dumps(value)


def _as_json(text: str) -> object:
    """The JSON that a text is; a text that is none is itself."""
    try:
        return parsed_json(text)
    except ValueError:
        return text


def _json_array(text: str) -> list[object]:
    """What a JSON array holds; a text that only looks like one is itself."""
    try:
        parsed = parsed_json(text)
    except ValueError:
        return [text]
    return parsed if isinstance(parsed, list) else [text]
