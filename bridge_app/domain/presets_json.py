"""Presets and sets as a JSON document, which people exchange; its schema is in docs/presets.md.

Reading is strict: an unknown key is a mistyped one, and an error names the place.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.presets import Contract, PresetError, RenditionPreset, check_text
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet

KIND = "asset-bridge/presets"
VERSION = 1
MOST = 10_000
"""Presets in one document."""
Check = Callable[[str], None]


class PresetDocumentError(PresetError):
    """A document that is not the one it should be, with the place."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The presets were not imported: {place}: {detail}. Nothing was changed."
    )

    def __init__(self, *, place: str, detail: str) -> None:
        super().__init__(place=place, detail=detail, what=place)


def library_json(library: PresetLibrary) -> dict[str, object]:
    """A library as the document's object."""
    return {
        "kind": KIND,
        "version": VERSION,
        "presets": [preset_json(one) for one in library.presets.values()],
        "sets": [set_json(one) for one in library.sets.values()],
    }


def preset_json(preset: RenditionPreset) -> dict[str, object]:
    """One preset; what says nothing is left out."""
    told: dict[str, object] = {
        "name": preset.name,
        "title": preset.title,
        "transformation": preset.transformation,
        "format": preset.format,
        "channel": preset.channel,
        "markets": list(preset.markets),
        "languages": list(preset.languages),
    }
    if preset.contract is not None:
        told["contract"] = contract_json(preset.contract)
    return {key: value for key, value in told.items() if value or key in ("name", "transformation")}


def contract_json(contract: Contract) -> dict[str, object]:
    """A contract; what it leaves open is left out."""
    told: dict[str, object] = {
        "width": contract.width,
        "height": contract.height,
        "most_bytes": contract.most_bytes,
        "formats": list(contract.formats),
    }
    return {"exact": contract.exact} | {key: value for key, value in told.items() if value}


def set_json(one: RenditionSet) -> dict[str, object]:
    """One set."""
    return {"name": one.name, "title": one.title, "presets": list(one.presets)}


def library_from(document: object, check: Check) -> PresetLibrary:
    """The library that a document's object describes.

    Args:
        document: What a JSON parser made of it.
        check: Raises BridgeError for a text that is no transformation.

    Raises:
        PresetDocumentError: Something in it is not as it should be; the first such place is named.
    """
    top = _object(document, "the document", ("kind", "version", "presets", "sets"))
    if top.get("kind") != KIND:
        raise PresetDocumentError(place="kind", detail=f"it has to be “{KIND}”")
    if top.get("version") != VERSION or isinstance(top.get("version"), bool):
        raise PresetDocumentError(place="version", detail=f"only version {VERSION} can be read")
    presets = [
        preset_from(one, f"presets[{number}]", check)
        for number, one in enumerate(_list(top, "presets", ""))
    ]
    sets = [_set_from(one, f"sets[{number}]") for number, one in enumerate(_list(top, "sets", ""))]
    _once([one.name for one in presets], "presets")
    _once([one.name for one in sets], "sets")
    return PresetLibrary.of(presets, sets)


def preset_from(told: object, place: str, check: Check) -> RenditionPreset:
    """One preset. Raises PresetDocumentError."""
    keys = ("name", "title", "transformation", "format", "channel", "markets", "languages")
    found = _object(told, place, (*keys, "contract"))
    transformation = _text(found, "transformation", place)
    try:
        check(transformation)
    except BridgeError as error:
        detail = str(error).rstrip(".")
        raise PresetDocumentError(place=f"{place}.transformation", detail=detail) from error
    try:
        return RenditionPreset(
            name=_text(found, "name", place, needed=True),
            title=_text(found, "title", place),
            transformation=transformation,
            format=_text(found, "format", place),
            channel=_text(found, "channel", place),
            markets=_texts(found, "markets", place),
            languages=_texts(found, "languages", place),
            contract=_contract(found.get("contract"), f"{place}.contract"),
        )
    except PresetDocumentError:
        raise
    except PresetError as error:
        raise _at(place, error) from error


def _contract(told: object, place: str) -> Contract | None:
    if told is None:
        return None
    found = _object(told, place, ("width", "height", "exact", "most_bytes", "formats"))
    exact = found.get("exact", True)
    if not isinstance(exact, bool):
        raise PresetDocumentError(
            place=f"{place}.exact", detail=QT_TRANSLATE_NOOP("facts", "it has to be true or false")
        )
    return Contract(
        width=_number(found, "width", place),
        height=_number(found, "height", place),
        exact=exact,
        most_bytes=_number(found, "most_bytes", place),
        formats=_texts(found, "formats", place),
    )


def _set_from(told: object, place: str) -> RenditionSet:
    found = _object(told, place, ("name", "title", "presets"))
    try:
        return RenditionSet(
            name=_text(found, "name", place, needed=True),
            title=_text(found, "title", place),
            presets=_texts(found, "presets", place),
        )
    except PresetDocumentError:
        raise
    except PresetError as error:
        raise _at(place, error) from error


def _at(place: str, error: PresetError) -> PresetDocumentError:
    return PresetDocumentError(
        place=place, detail=f"{error.facts['what']} cannot be used, {error.facts['detail']}"
    )


def _object(told: object, place: str, keys: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(told, Mapping):
        raise PresetDocumentError(
            place=place, detail=QT_TRANSLATE_NOOP("facts", "it has to be an object")
        )
    unknown = sorted(str(key) for key in told if key not in keys)
    if unknown:
        raise PresetDocumentError(place=place, detail=f"“{unknown[0][:60]}” is no key of it")
    return told


def _list(found: Mapping[str, Any], key: str, place: str) -> Sequence[object]:
    told = found.get(key, [])
    where = f"{place}.{key}".lstrip(".")
    if not isinstance(told, list):
        raise PresetDocumentError(
            place=where, detail=QT_TRANSLATE_NOOP("facts", "it has to be a list")
        )
    if len(told) > MOST:
        raise PresetDocumentError(place=where, detail=f"there are more than {MOST}")
    return told


def _text(found: Mapping[str, Any], key: str, place: str, *, needed: bool = False) -> str:
    told = found.get(key, "")
    if not isinstance(told, str):
        raise PresetDocumentError(
            place=f"{place}.{key}", detail=QT_TRANSLATE_NOOP("facts", "it has to be a text")
        )
    if needed and not told:
        raise PresetDocumentError(
            place=f"{place}.{key}", detail=QT_TRANSLATE_NOOP("facts", "it is missing")
        )
    try:
        check_text(told)
    except PresetError as error:
        raise PresetDocumentError(
            place=f"{place}.{key}", detail=str(error.facts["detail"])
        ) from error
    return told


def _texts(found: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    told = _list(found, key, place)
    for number, one in enumerate(told):
        if not isinstance(one, str):
            raise PresetDocumentError(
                place=f"{place}.{key}[{number}]", detail=QT_TRANSLATE_NOOP("facts", "no text")
            )
    return tuple(str(one) for one in told)


def _number(found: Mapping[str, Any], key: str, place: str) -> int:
    told = found.get(key, 0)
    if isinstance(told, bool) or not isinstance(told, int):
        raise PresetDocumentError(
            place=f"{place}.{key}", detail=QT_TRANSLATE_NOOP("facts", "it has to be a whole number")
        )
    return told


def _once(names: Sequence[str], place: str) -> None:
    """Raises PresetDocumentError for a name that is given twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise PresetDocumentError(place=place, detail=f"“{name}” is there twice")
        seen.add(name)
