"""Fields inside groups and modular blocks: how they are named, found in an entry, and changed.

A name is a path: `seo.image` in a group, `sections#2.image` in the second of several groups, and
`blocks.hero#1.image` in the first block of the kind `hero`. What is kept has the identifier of the
group or block in the place of the number, since editors move them. Source:
reference/destinations.md, 1.5.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bridge_app.domain.contentstack_fields import NotForPicturesError, kind_of, plain_of
from bridge_app.domain.errors import NotFoundError

OFFERED = 3
"""So many of several groups or blocks are offered by number; further ones can be named."""
IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{4,64}")
Field = tuple[str, dict[str, Any], str]


def is_nested(path: str) -> bool:
    """Is it in a group or block? Then the whole field around it is written."""
    return "." in path


def value_at(fields: Mapping[str, Any], path: str) -> Any:
    """What stands there; None where nothing does, or where a group or block of the path is gone."""
    keys = _keys(fields, path)
    return None if keys is None else _at(fields, keys)


def settled(fields: Mapping[str, Any], path: str) -> str:
    """The path with identifiers in the place of numbers.

    Raises NotFoundError where the entry has no such group or block.
    """
    steps = path.split(".")
    for number, step in enumerate(steps):
        name, _, at = step.partition("#")
        keys = _found_keys(fields, ".".join(steps[: number + 1]))
        if at:
            uid = _uid(_at(fields, keys))
            steps[number] = f"{name}#{uid or at}"
    return ".".join(steps)


def changed(fields: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """The field at the top level, as it is with a value at the path. Raises NotFoundError."""
    keys = _found_keys(fields, path)
    return {str(keys[0]): _put(fields, keys, value)[keys[0]]}


def around(fields: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The field at the top level as it is."""
    top = path.split(".", maxsplit=1)[0]
    return {top: fields.get(top)}


def fields_in(
    schema: object, path: str = "", *, above: str = "", titles: Sequence[str] = ()
) -> Iterator[Field]:
    """Every field with its path and its titles from the top.

    Of several groups or blocks the first ones are told, or the one that a path names.
    """
    for one in _rows(schema):
        name = f"{above}{one['uid']}"
        title = str(one.get("display_name") or one["uid"])
        kind = one.get("data_type")
        if kind in ("group", "global_field"):
            rows = [(name, one, title)]
        elif kind == "blocks":
            blocks = _rows(one.get("blocks"))
            rows = [
                (f"{name}.{block['uid']}", block | {"multiple": True}, _named(title, block))
                for block in blocks
            ]
        else:
            yield name, {**one, "uid": name}, " / ".join((*titles, title))
            continue
        for within, group, called in rows:
            for at in _numbers(within, path) if group.get("multiple") else [""]:
                own = (*titles, f"{called} {at}".rstrip())
                here = f"{within}#{at}." if at else f"{within}."
                yield from fields_in(group.get("schema"), path, above=here, titles=own)


def as_written(schema: object, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are written: files and references are read as whole records."""
    known = {one["uid"]: one for one in _rows(schema)}
    return {name: _as_written(known.get(name, {}), value) for name, value in fields.items()}


def _as_written(one: Mapping[str, Any], value: Any) -> Any:
    kind = one.get("data_type")
    if kind in ("group", "global_field"):
        if isinstance(value, list):
            return [as_written(one.get("schema"), row) for row in value if isinstance(row, dict)]
        return as_written(one.get("schema"), value) if isinstance(value, dict) else value
    if kind == "blocks" and isinstance(value, list):
        inner = [
            {"uid": block["uid"], "data_type": "group", "schema": block.get("schema")}
            for block in _rows(one.get("blocks"))
        ]
        return [as_written(inner, row) for row in value if isinstance(row, dict)]
    if kind in ("file", "reference"):
        try:
            return plain_of(kind_of(one), value)
        except NotForPicturesError:
            return value
    return value


def _rows(told: object) -> list[dict[str, Any]]:
    rows = told if isinstance(told, list) else []
    return [one for one in rows if isinstance(one, dict) and one.get("uid")]


def _named(title: str, block: Mapping[str, Any]) -> str:
    return f"{title} / {block.get('title') or block['uid']}"


def _numbers(name: str, path: str) -> list[str]:
    if path.startswith(f"{name}#"):
        return [path[len(name) + 1 :].split(".", maxsplit=1)[0]]
    return [str(number + 1) for number in range(OFFERED)]


def _found_keys(fields: Mapping[str, Any], path: str) -> list[str | int]:
    keys = _keys(fields, path)
    if keys is None:
        raise NotFoundError(what=f"The field {path} of the entry")
    return keys


def _keys(fields: Mapping[str, Any], path: str) -> list[str | int] | None:
    """Names and places in lists from the top down; None where one of several is not there."""
    if path in fields:
        return [path]
    keys: list[str | int] = []
    found: Any = fields
    for step in path.split("."):
        name, _, at = step.partition("#")
        if isinstance(found, list):
            index = _index([_inner(one, name) for one in found], at)
            if index is None:
                return None
            keys += [index, name]
            found = found[index][name]
            continue
        if not isinstance(found, Mapping | None):
            return None
        keys.append(name)
        found = found.get(name) if found else None
        if at:
            index = _index(found, at)
            if index is None:
                return None
            keys.append(index)
            found = found[index]
    return keys


def _at(fields: Mapping[str, Any], keys: Sequence[str | int]) -> Any:
    found: Any = fields
    for key in keys:
        if isinstance(key, int):
            found = found[key]
        else:
            found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _inner(row: object, name: str) -> object:
    return row.get(name) if isinstance(row, dict) else None


def _index(rows: object, at: str) -> int | None:
    """Where the one with an identifier or a number is, among those that are there."""
    number = 0
    for index, one in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(one, dict):
            number += 1
            if at in (_uid(one), str(number)):
                return index
    return None


def _uid(one: object) -> str:
    own = one.get("_metadata") if isinstance(one, dict) else None
    uid = own.get("uid") if isinstance(own, dict) else None
    return uid if isinstance(uid, str) and IDENTIFIER.fullmatch(uid) else ""


def _put(found: Any, keys: Sequence[str | int], value: object) -> Any:
    key, left = keys[0], keys[1:]
    if isinstance(key, int):
        rows = list(found)
        rows[key] = _put(rows[key], left, value) if left else value
        return rows
    before = dict(found or {})
    return {**before, key: _put(before.get(key), left, value) if left else value}
