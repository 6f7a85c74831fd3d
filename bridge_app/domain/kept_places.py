"""Places a person keeps: searches with a name, and favourites; and how both are written down."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import TypeVar

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind
from bridge_app.domain.query import Orientation, Query
from bridge_app.domain.query_tokens import MOST_DAYS, MOST_KEYWORDS, MOST_STARS
from bridge_app.domain.rights import RightsState

T = TypeVar("T")
LONGEST_NAME = 80
MOST_KEPT = 1_000_000
"""Characters; more than that was not written by this program."""
SETS: Mapping[str, type[Enum]] = {
    "kinds": Kind,
    "approvals": Approval,
    "rights": RightsState,
    "orientations": Orientation,
}
MOST = {"min_rating": MOST_STARS, "ends_within_days": MOST_DAYS}
"""The largest numbers that can be asked for."""
NOT_KEPT = frozenset({"environment", "sort", "descending"})
"""Which environment counts, and the order, are those of the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmartFolder:
    """A search with a name: it holds what the search finds now."""

    name: str
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Favourite:
    """A place, or a preset or set by its name, that stands at the top."""

    title: str
    place: Query | None = None
    preset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlaces:
    """Both, in the order they are shown."""

    favourites: tuple[Favourite, ...] = ()
    smart: tuple[SmartFolder, ...] = ()

    def with_smart(self, folder: SmartFolder) -> "KeptPlaces":
        """With this smart folder, in the place of one of the same name."""
        if any(one.name == folder.name for one in self.smart):
            smart = tuple(folder if one.name == folder.name else one for one in self.smart)
        else:
            smart = (*self.smart, folder)
        return replace(self, smart=smart)

    def renamed(self, name: str, to: str) -> "KeptPlaces":
        """With a smart folder called differently, in its favourite too; no two have one name."""
        found = next((one for one in self.smart if one.name == name), None)
        if found is None or any(one.name == to for one in self.smart):
            return self
        smart = tuple(replace(one, name=to) if one is found else one for one in self.smart)
        favourites = tuple(
            replace(one, title=to) if one.place == found.query and one.title == name else one
            for one in self.favourites
        )
        return KeptPlaces(favourites=favourites, smart=smart)

    def without_smart(self, name: str) -> "KeptPlaces":
        """Without a smart folder."""
        return replace(self, smart=tuple(one for one in self.smart if one.name != name))

    def with_favourite(self, favourite: Favourite) -> "KeptPlaces":
        """With this favourite at the end, once."""
        return replace(self, favourites=tuple(dict.fromkeys((*self.favourites, favourite))))

    def without_favourite(self, favourite: Favourite) -> "KeptPlaces":
        """Without this favourite."""
        return replace(self, favourites=tuple(one for one in self.favourites if one != favourite))

    def favourite_at(self, place: Query) -> Favourite | None:
        """The favourite of a place, if it is one."""
        return next((one for one in self.favourites if one.place == place), None)

    def moved_smart(self, number: int, by: int) -> "KeptPlaces":
        """With a smart folder further up or down."""
        return replace(self, smart=_moved(self.smart, number, by))

    def moved_favourite(self, number: int, by: int) -> "KeptPlaces":
        """With a favourite further up or down."""
        return replace(self, favourites=_moved(self.favourites, number, by))


def place_of(query: Query) -> Query:
    """What of a query is kept: everything but the order and the environment."""
    usual = Query()
    return replace(query, environment=None, sort=usual.sort, descending=usual.descending)


def as_text(kept: KeptPlaces) -> str:
    """Kept places as text; "" for none."""
    if kept == KeptPlaces():
        return ""
    document = {
        "favourites": [
            {"title": one.title, "preset": one.preset}
            | ({} if one.place is None else {"place": query_facts(one.place)})
            for one in kept.favourites
        ],
        "smart": [{"name": one.name, "query": query_facts(one.query)} for one in kept.smart],
    }
    return json.dumps(document, ensure_ascii=False)


def from_text(text: str) -> KeptPlaces:
    """The reverse; entries that are no such thing are left out, the others stay."""
    try:
        document = json.loads(text) if text and len(text) <= MOST_KEPT else {}
    except (ValueError, RecursionError):
        return KeptPlaces()
    favourites = [_favourite(one) for one in _entries(document, "favourites")]
    smart = [_smart(one) for one in _entries(document, "smart")]
    return KeptPlaces(
        favourites=tuple(dict.fromkeys(one for one in favourites if one is not None)),
        smart=tuple({one.name: one for one in smart if one is not None}.values()),
    )


def query_facts(query: Query) -> dict[str, object]:
    """What of a query differs from one that asks for everything, as JSON has it."""
    usual = Query()
    return {
        field.name: _plain(value)
        for field in fields(Query)
        if field.name not in NOT_KEPT
        and (value := getattr(query, field.name)) != getattr(usual, field.name)
    }


def query_from(facts: object) -> Query | None:
    """The reverse; None if it is none. What only a newer version knows is left out."""
    if not isinstance(facts, dict):
        return None
    known: dict[str, object] = {}
    usual = Query()
    for field in fields(Query):
        value = facts.get(field.name)
        if value is None or field.name in NOT_KEPT:
            continue
        if field.name in SETS:
            known[field.name] = _chosen(SETS[field.name], value)
        elif isinstance(usual_value := getattr(usual, field.name), frozenset):
            known[field.name] = frozenset(sorted(filter(_is_a_name, _words(value)))[:MOST_KEYWORDS])
        elif _fits(field.name, value, usual_value):
            known[field.name] = value
    return replace(usual, **known)  # type: ignore[arg-type]


def _fits(name: str, value: object, usual: object) -> bool:
    if name == "pushed":
        return isinstance(value, bool)
    if name in MOST:
        return type(value) is int and 0 <= value <= MOST[name]
    if isinstance(usual, bool):
        return isinstance(value, bool)
    return isinstance(value, str) and _is_a_name(value)


def _is_a_name(text: str) -> bool:
    """Can it be text or the name of a file? JSON can write down halves of characters."""
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(str(one) for one in value)
    return value


def _chosen(kind: type[Enum], value: object) -> frozenset[Enum]:
    known = {one.value: one for one in kind}
    return frozenset(known[one] for one in _words(value) if one in known)


def _words(value: object) -> frozenset[str]:
    found = value if isinstance(value, list) else ()
    return frozenset(one for one in found if isinstance(one, str))


def _entries(document: object, name: str) -> list[dict[str, object]]:
    found = document.get(name) if isinstance(document, dict) else None
    entries: Iterable[object] = found if isinstance(found, list) else ()
    return [one for one in entries if isinstance(one, dict)]


def _smart(entry: dict[str, object]) -> SmartFolder | None:
    name, query = entry.get("name"), query_from(entry.get("query"))
    if not isinstance(name, str) or not name.strip() or query is None:
        return None
    return SmartFolder(name=name[:LONGEST_NAME], query=query)


def _favourite(entry: dict[str, object]) -> Favourite | None:
    title, preset = entry.get("title"), entry.get("preset", "")
    place = query_from(entry.get("place"))
    if not isinstance(title, str) or not isinstance(preset, str) or not (preset or place):
        return None
    return Favourite(title=title, place=place, preset=preset)


def _moved(things: tuple[T, ...], number: int, by: int) -> tuple[T, ...]:
    left = list(things)
    if not (0 <= number < len(left) and 0 <= number + by < len(left)):
        return things
    left.insert(number + by, left.pop(number))
    return tuple(left)
