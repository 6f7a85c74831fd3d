"""Fields inside groups and modular blocks: read as records, and named when they are written."""

import secrets
from collections.abc import Callable
from typing import Any

from bridge_app.sandbox.contentstack.stack import Row


def with_records(schema: list[Row], row: Row, record: Callable[[object], object]) -> Row:
    """Files are written by name, and read as whole records."""
    for one in schema:
        told = row.get(one["uid"])
        if told is None:
            continue
        if one.get("data_type") == "file":
            row[one["uid"]] = (
                [record(it) for it in told] if isinstance(told, list) else record(told)
            )
        for inner, fields in _within(one, told):
            with_records(inner, fields, record)
    return row


def with_names(schema: list[Row], row: Row) -> Row:
    """Groups and blocks that are among several get an identifier each."""
    for one in schema:
        told = row.get(one["uid"])
        for inner, fields in _within(one, told):
            if isinstance(told, list):
                fields.setdefault("_metadata", {"uid": f"cs{secrets.token_hex(8)}"})
            with_names(inner, fields)
    return row


def misplaced(schema: list[Row], row: Row) -> list[str]:
    """Fields in groups and blocks whose files are no names: records are only read."""
    wrong = []
    for one in schema:
        for inner, fields in _within(one, row.get(one["uid"])):
            files = [it["uid"] for it in inner if it.get("data_type") == "file"]
            told = [fields.get(name) for name in files]
            flat = [it for value in told for it in (value if isinstance(value, list) else [value])]
            if any(isinstance(it, dict) for it in flat):
                wrong.append(str(one["uid"]))
            wrong += misplaced(inner, fields)
    return wrong


def _within(one: Row, told: Any) -> list[tuple[list[Row], Row]]:
    """The groups or blocks of a field, each with its schema."""
    rows = told if isinstance(told, list) else [told]
    rows = [row for row in rows if isinstance(row, dict)]
    if one.get("data_type") in ("group", "global_field"):
        return [(one["schema"], row) for row in rows]
    if one.get("data_type") == "blocks":
        kinds = {it["uid"]: it["schema"] for it in one["blocks"]}
        return [(kinds[kind], row[kind]) for row in rows for kind in kinds.keys() & row.keys()]
    return []
