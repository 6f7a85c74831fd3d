"""Calls about content types and entries."""

import json
import re

from starlette.responses import Response

from bridge_app.sandbox.contentstack.answers import RefusedError, answer, gone, number, page
from bridge_app.sandbox.contentstack.nested import misplaced, with_names, with_records
from bridge_app.sandbox.contentstack.publishing import publish_entry
from bridge_app.sandbox.contentstack.requested import Requested
from bridge_app.sandbox.contentstack.stack import MASTER, Branch, Entry, Row, Stack


def content_types(call: Requested) -> Response:
    """GET and POST content_types."""
    types = call.branch.content_types
    if call.method == "GET":
        return page(list(types.values()), "content_types", call.query)
    told = call.part("content_type")
    types[told["uid"]] = told
    return answer({"notice": "Content Type created successfully.", "content_type": told}, 201)


def content_type(call: Requested) -> Response:
    """GET content_types/{ct}."""
    return answer({"content_type": _type(call)})


def entries(call: Requested) -> Response:
    """GET and POST content_types/{ct}/entries."""
    kind, locale = _type(call)["uid"], _locale(call)
    if call.method == "POST":
        fields = call.part("entry")
        _check_title(call.stack, call.branch, kind, fields, locale, None)
        with_names(_type(call)["schema"], fields)
        entry = call.stack.add_entry(call.branch, kind, fields, locale)
        return answer({"notice": "Entry created successfully.", "entry": _told(call, entry)}, 201)
    found = [one for one in call.branch.entries.values() if one.content_type == kind]
    asked = json.loads(call.query.get("query") or "{}")
    rows = [_told(call, one) for one in found]
    rows = [row for row in rows if all(_fits(row.get(name), asked[name]) for name in asked)]
    if call.query.get("desc") == "updated_at":
        rows.sort(key=lambda row: str(row["updated_at"]), reverse=True)
    return page(rows, "entries", call.query)


def entry(call: Requested) -> Response:
    """GET, PUT and DELETE content_types/{ct}/entries/{uid}."""
    found = _entry(call)
    if call.method == "DELETE":
        del call.branch.entries[found.uid]
        return answer({"notice": "Entry deleted successfully."})
    if call.method == "PUT":
        fields, locale = call.part("entry"), _locale(call)
        _check_fields(call, fields)
        _check_title(call.stack, call.branch, found.content_type, fields, locale, found)
        with_names(_type(call)["schema"], fields)
        call.stack.change_entry(found, fields, locale)
        told = _told(call, found)
        return answer({"notice": "Entry updated successfully.", "entry": told})
    return answer({"entry": _told(call, found)})


def entry_locales(call: Requested) -> Response:
    """GET …/{uid}/locales: where it is localized."""
    found = _entry(call)
    rows = [{"code": code, "localized": code in found.versions} for code in call.stack.locales]
    return answer({"locales": rows})


def unlocalize(call: Requested) -> Response:
    """POST …/{uid}/unlocalize: it falls back again."""
    found, locale = _entry(call), _locale(call)
    if locale == MASTER:
        raise RefusedError(422, 141, "The master cannot be unlocalized.")
    found.versions.pop(locale, None)
    return answer({"notice": "Entry unlocalized successfully."})


def publish(call: Requested) -> Response:
    """POST …/{uid}/publish and …/unpublish."""
    publish_entry(call.stack, _entry(call), call.body, out=call.path.endswith("/publish"))
    return answer({"notice": "The requested action has been performed."}, 201)


def _fits(value: object, wanted: object) -> bool:
    """Mongo-like: equality, `$in` in a list, and `$regex` with `$options`."""
    if isinstance(wanted, dict) and "$in" in wanted:
        return bool({*value} & {*wanted["$in"]}) if isinstance(value, list) else False
    if not isinstance(wanted, dict) or "$regex" not in wanted:
        return value == wanted
    flags = re.IGNORECASE if "i" in wanted.get("$options", "") else re.NOFLAG
    return isinstance(value, str) and re.search(wanted["$regex"], value, flags) is not None


def _told(call: Requested, entry: Entry) -> Row:
    version = number(call.query, "version", 0) or None
    row = call.stack.shown(entry, _locale(call), version)
    if not row:
        raise gone("version")
    details = call.query.get("include_publish_details") == "true"
    return _with_records(call, call.stack.told(entry, row, details=details))


def _with_records(call: Requested, row: Row) -> Row:
    """Files are written by name, and read as whole records."""

    def record(uid: object) -> object:
        return call.branch.assets.get(uid, uid) if isinstance(uid, str) else uid

    return with_records(_type(call)["schema"], row, record)


def _type(call: Requested) -> Row:
    found = call.branch.content_types.get(call.names["ct"])
    if found is None:
        raise RefusedError(404, 118, "The Content Type was not found. Please try again.")
    return found


def _entry(call: Requested) -> Entry:
    kind, found = _type(call)["uid"], call.branch.entries.get(call.names["uid"])
    if found is None or found.content_type != kind:
        raise gone("entry")
    return found


def _locale(call: Requested) -> str:
    locale = call.query.get("locale", MASTER)
    if locale not in call.stack.locales:
        told = {"locale": ["is not valid."]}
        raise RefusedError(422, 141, "Language was not found. Please try again.", told)
    return locale


def _check_fields(call: Requested, fields: Row) -> None:
    """What is written has the type of its field."""
    schema = {one["uid"]: one for one in _type(call)["schema"]}
    wrong = {name: ["is not valid."] for name in misplaced(_type(call)["schema"], fields)}
    for name, value in fields.items():
        kind = schema.get(name, {}).get("data_type")
        if kind == "text" and not isinstance(value, str | None):
            wrong[name] = ["is not a valid string."]
        if kind == "file" and not isinstance(value, str | list | None):
            wrong[name] = ["is not a valid asset."]
        if kind == "link" and not isinstance(value, dict | None):
            wrong[name] = ["is not a valid link."]
    if wrong:
        raise RefusedError(422, 119, "Entry update failed. Please enter valid data.", wrong)


def _check_title(
    stack: Stack, branch: Branch, kind: str, fields: Row, locale: str, own: Entry | None
) -> None:
    """A title is its entry's alone."""
    others = [one for one in branch.entries.values() if one.content_type == kind and one is not own]
    taken = {stack.shown(one, locale).get("title") for one in others}
    if own is None and not fields.get("title"):
        told = {"title": ["is a required field."]}
        raise RefusedError(422, 119, "Entry creation failed. Please enter valid data.", told)
    if fields.get("title") in taken and "title" in fields:
        told = {"title": ["is not unique."]}
        raise RefusedError(422, 119, "Entry creation failed. Please enter valid data.", told)
