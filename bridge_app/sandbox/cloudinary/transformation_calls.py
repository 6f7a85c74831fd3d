"""Transformations on the Admin API: named ones, and those that something was derived with.

Source: reference/cloudinary.md 4.8.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.paging import page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, derived_json, transformation_name
from bridge_app.sandbox.cloudinary.transformation_text import (
    canonical,
    info,
    names_in,
    split_extension,
)
from bridge_app.sandbox.records import Derived, StoredAsset
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.parse import parse

TABLE = "transformation"
MAX_DERIVED = 1_000
"""With as many derived files or more, a transformation cannot be deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A transformation that was created, or that something was derived with.

    `name` is what it is listed under: without `t_`, or its own text when it has no name.
    """

    name: str
    definition: str
    named: bool
    allowed_for_strict: bool


def definition_of(cloud: Cloud, name: str) -> str | None:
    """What a named transformation stands for, without its extension."""
    row = cloud.environment.rows(TABLE).get(name)
    return split_extension(row["definition"])[0] if row and row["named"] else None


def is_allowed_when_strict(cloud: Cloud, transformation: str, extension: str) -> bool:
    """Whether anybody may derive with this; the spelling must be the one that was allowed."""
    rows = cloud.environment.rows(TABLE)
    named = names_in(transformation)
    if named and transformation == f"t_{named[0]}":
        return bool(rows.get(named[0], {}).get("allowed_for_strict"))
    spellings = (transformation, transformation_name(transformation, extension))
    return any(rows.get(text, {}).get("allowed_for_strict") for text in spellings)


def _derived(cloud: Cloud) -> Iterator[tuple[StoredAsset, Derived]]:
    for asset in cloud.environment.assets():
        for derived in cloud.environment.derived_of(asset.asset_id):
            yield asset, derived


def _made_with(cloud: Cloud, known: Known) -> list[tuple[StoredAsset, Derived]]:
    """What was derived with it: by its name, or by its text."""
    return [(asset, one) for asset, one in _derived(cloud) if _uses(one, known)]


def _uses(derived: Derived, known: Known) -> bool:
    if known.named:
        return known.name in names_in(derived.transformation)
    text = transformation_name(derived.transformation, derived.extension)
    return canonical(text) == canonical(known.definition)


def _all(cloud: Cloud) -> list[Known]:
    """Named ones first, as they were created, then the texts in use, each once."""
    rows = [Known(**row) for row in cloud.environment.rows(TABLE).values()]
    seen = {canonical(known.definition) for known in rows if not known.named}
    used: dict[str, Known] = {}
    for _, derived in _derived(cloud):
        text = transformation_name(derived.transformation, derived.extension)
        if canonical(text) not in seen:
            used.setdefault(canonical(text), _unnamed(text))
    named = [known for known in rows if known.named]
    return [*named, *(known for known in rows if not known.named), *used.values()]


def _unnamed(text: str) -> Known:
    return Known(name=text, definition=text, named=False, allowed_for_strict=False)


def _listed(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    found = _all(cloud)
    if "named" in params:
        found = [known for known in found if known.named == params.flag("named")]
    order = {known.name: number for number, known in enumerate(found)}
    shown, cursor = page(found, lambda known: (order[known.name],), params)
    used = _used(cloud)
    reply: Json = {"transformations": [_shape(known, used) for known in shown]}
    return {**reply, **({"next_cursor": cursor} if cursor else {})}


def _read(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """One transformation where one is named, else all of them."""
    answer = _details if "transformation" in params else _listed
    return answer(cloud, path, params)


def _used(cloud: Cloud) -> frozenset[str]:
    """The names, with `t_`, and the texts that something is derived with."""
    derived = [one for _, one in _derived(cloud)]
    names = (f"t_{name}" for one in derived for name in names_in(one.transformation))
    texts = (transformation_name(one.transformation, one.extension) for one in derived)
    return frozenset([*names, *map(canonical, texts)])


def _shape(known: Known, used: frozenset[str]) -> Json:
    key = f"t_{known.name}" if known.named else canonical(known.definition)
    return {
        "name": f"t_{known.name}" if known.named else known.name,
        "allowed_for_strict": known.allowed_for_strict,
        "used": key in used,
        "named": known.named,
    }


def _asked(path: Mapping[str, str], params: Params) -> str:
    """The name or the text a request is about, in its path or among its parameters."""
    asked = path.get("name", "") or params.text("transformation")
    if not asked:
        raise bad_request("Missing required parameter - transformation")
    return asked


def _existing(cloud: Cloud, asked: str) -> Known:
    """The transformation with this name, with or without `t_`, or with this text in any order."""
    name = asked.removeprefix("t_")
    found = _all(cloud)
    for known in found:
        if known.named and known.name == name:
            return known
    for known in found:
        if not known.named and canonical(known.definition) == canonical(asked):
            return known
    raise CloudinaryError(404, f"Can't find transformation {asked}")


def _details(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    known = _existing(cloud, _asked(path, params))
    made = _made_with(cloud, known)
    order = {derived.id: number for number, (_, derived) in enumerate(made)}
    shown, cursor = page(made, lambda pair: (order[pair[1].id],), params)
    return {
        **_shape(known, _used(cloud)),
        "info": info(known.definition),
        "derived": [_derived_shape(cloud, asset, derived) for asset, derived in shown],
        **({"next_cursor": cursor} if cursor else {}),
    }


def _derived_shape(cloud: Cloud, asset: StoredAsset, derived: Derived) -> Json:
    return {
        "public_id": asset.public_id,
        "resource_type": asset.resource_type,
        "type": asset.type,
        **derived_json(cloud, asset, derived),
    }


def _created(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Name a transformation, or announce one without a name by giving its text twice."""
    name = (path.get("name", "") or params.text("name")).removeprefix("t_")
    definition = _checked(params.text("transformation"))
    if not name:
        raise bad_request("Missing required parameter - name")
    if name in cloud.environment.rows(TABLE):
        raise CloudinaryError(409, f"Transformation {name} already exists")
    named = canonical(name) != canonical(definition)
    _keep(
        cloud,
        Known(
            name=name,
            definition=definition,
            named=named,
            allowed_for_strict=params.flag("allowed_for_strict", default=True),
        ),
    )
    return {"message": "created"}


def _updated(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Allow or forbid it, or redefine it; what was derived with the old definition stays."""
    known = _existing(cloud, _asked(path, params))
    definition = known.definition
    if "unsafe_update" in params:
        if not known.named:
            raise bad_request("unsafe_update is for named transformations only")
        definition = _checked(params.text("unsafe_update"))
    allowed = params.flag("allowed_for_strict", default=known.allowed_for_strict)
    _keep(
        cloud,
        Known(
            name=known.name, definition=definition, named=known.named, allowed_for_strict=allowed
        ),
    )
    return {"message": "updated"}


def _deleted(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Forget it, and delete what was derived with it."""
    known = _existing(cloud, _asked(path, params))
    made = _made_with(cloud, known)
    if len(made) >= MAX_DERIVED:
        raise CloudinaryError(403, "too many derived resources")
    cloud.environment.delete_derived(derived for _, derived in made)
    if known.name in cloud.environment.rows(TABLE):
        cloud.environment.delete_row(TABLE, known.name)
    return {"message": "deleted"}


def _keep(cloud: Cloud, known: Known) -> None:
    cloud.environment.put_row(TABLE, known.name, asdict(known))


def _checked(text: str) -> str:
    """A definition that makes sense.

    Raises:
        CloudinaryError: 400, with the reason.
    """
    if not text:
        raise bad_request("Missing required parameter - transformation")
    try:
        parse(split_extension(text)[0])
    except TransformationError as error:
        raise bad_request(error.cloudinary or f"Invalid transformation: {text}") from error
    return text


TRANSFORMATION_CALLS = (
    AdminCall("GET", "/transformations", _read),
    AdminCall("POST", "/transformations", _created),
    AdminCall("PUT", "/transformations", _updated),
    AdminCall("DELETE", "/transformations", _deleted),
    AdminCall("GET", "/transformations/{name:whole}", _details),
    AdminCall("POST", "/transformations/{name:whole}", _created),
    AdminCall("PUT", "/transformations/{name:whole}", _updated),
    AdminCall("DELETE", "/transformations/{name:whole}", _deleted),
)
