"""What a search expression says, as a tree of conditions.

Source: reference/cloudinary.md 5.3. Pure.
"""

from dataclasses import dataclass
from typing import Literal

Operator = Literal[":", "=", ">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class Word:
    """A value as written, its escapes resolved; with `prefix` a `*` stood behind it."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds, or more."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """This does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Compare:
    """A field compared with a value."""

    field: str
    operator: Operator
    value: Word


@dataclass(frozen=True, slots=True)
class Between:
    """A field from `low` on, and below `high`."""

    field: str
    low: Word
    high: Word


@dataclass(frozen=True, slots=True)
class Anywhere:
    """A word without a field: in any text field. A field's bare name: the field has a value."""

    value: Word
    quoted: bool = False


Condition = Every | Either | Without | Compare | Between | Anywhere
EVERYTHING = Every(())
