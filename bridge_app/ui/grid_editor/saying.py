"""What was written into cells, as changes of masters: checked, said in one batch, told apart.

Nothing here knows the window; all of it runs off the GUI thread.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bridge_app.domain.assets import AssetId
from bridge_app.domain.custom_fields import as_field, custom_name
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.domain.grid_edits import Search, finds, replaced
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import field_of, parsed_value, text_of
from bridge_app.ui.grid_editor.drafts import Cell
from bridge_app.ui.grid_editor.frame import Wish

CHUNK = 500


class MasterWords(Protocol):
    """What is asked and said of masters; every call blocks."""

    def said(self, assets: Sequence[AssetId]) -> list[SaidMaster]:
        """What the masters among these say."""

    def say_each(
        self,
        changes: Mapping[AssetId, Sequence[Change]],
        *,
        batch: str = "",
        initiator: object | None = None,
    ) -> str:
        """Record the changes, all or none; the batch, "" if nothing differs."""

    def refused(
        self, changes: Mapping[AssetId, Sequence[Change]]
    ) -> Mapping[Cell, InvalidInputError]:
        """Those of the changes that would be refused, each with why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What came of it: the batch, how many cells it has, and what could not be kept, with why."""

    batch: str = ""
    cells: int = 0
    faults: Mapping[Cell, tuple[str, BridgeError]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A cell in which something was found: its master's name, what it says, and what it would."""

    cell: Cell
    name: str
    before: str
    after: str


def say_texts(masters: MasterWords, texts: Mapping[Cell, str]) -> Spoken:
    """Keep these texts as far as they can be kept. Raises BridgeError where nothing was said."""
    faults: dict[Cell, tuple[str, BridgeError]] = {}
    values: dict[AssetId, dict[FieldPath, FieldValue]] = {}
    known: dict[tuple[FieldPath, str], FieldValue | BridgeError] = {}
    for cell, text in texts.items():
        asset, path = cell
        if (path, text) not in known:
            known[path, text] = _value(path, text)
        value = known[path, text]
        if isinstance(value, BridgeError):
            faults[cell] = (text, value)
        else:
            values.setdefault(asset, {})[path] = value
    return _said(masters, values, texts, faults) if values else Spoken(faults=faults)


def values_of(masters: MasterWords, cells: Sequence[Cell]) -> dict[Cell, str]:
    """The texts of these cells; of masters that are gone, none."""
    wanted: dict[AssetId, list[FieldPath]] = {}
    for asset, path in cells:
        wanted.setdefault(asset, []).append(path)
    found: dict[Cell, str] = {}
    for one in in_chunks(masters, tuple(wanted)):
        record = one.record()
        for path in wanted[one.asset.id]:
            found[one.asset.id, path] = written(path, record.get(path))
    return found


def found_in(
    masters: MasterWords, assets: Sequence[AssetId], paths: Sequence[FieldPath], search: Search
) -> list[Match]:
    """Where the search finds something that may be written, in the order of the masters."""
    matches: list[Match] = []
    for one in in_chunks(masters, assets):
        record = one.record()
        for path in paths:
            value = record.get(path)
            if value is not None and finds(search, value) and one.may_edit(path):
                matches.append(
                    Match(
                        cell=(one.asset.id, path),
                        name=one.asset.name,
                        before=written(path, value),
                        after=written(path, replaced(search, value)),
                    )
                )
    return matches


def replacement(masters: MasterWords, cells: Sequence[Cell], search: Search) -> Wish:
    """What these cells would say, from what they say now."""
    wanted: dict[AssetId, list[FieldPath]] = {}
    for asset, path in cells:
        wanted.setdefault(asset, []).append(path)
    texts: dict[Cell, str] = {}
    for one in in_chunks(masters, tuple(wanted)):
        record = one.record()
        for path in wanted[one.asset.id]:
            value = record.get(path)
            after = replaced(search, value)
            if after != value:
                texts[one.asset.id, path] = written(path, after)
    return Wish(texts=texts)


def in_chunks(masters: MasterWords, assets: Sequence[AssetId]) -> Iterator[SaidMaster]:
    """What these say, a part at a time, so that no answer is large."""
    for first in range(0, len(assets), CHUNK):
        yield from masters.said(assets[first : first + CHUNK])


def written(path: FieldPath, value: FieldValue) -> str:
    """A value as people write it."""
    known = field_of(path)
    return text_of(known, value) if known is not None else str(value or "")


def _said(
    masters: MasterWords,
    values: Mapping[AssetId, Mapping[FieldPath, FieldValue]],
    texts: Mapping[Cell, str],
    faults: dict[Cell, tuple[str, BridgeError]],
) -> Spoken:
    try:
        batch = masters.say_each(_changes(values))
    except InvalidInputError:
        # Nothing was said. Without the cells that are refused it may go through.
        refused = masters.refused(_changes(values))
        if not refused:
            raise
        faults |= {cell: (texts[cell], error) for cell, error in refused.items()}
        values = _without(values, refused)
        batch = masters.say_each(_changes(values)) if values else ""
    return Spoken(batch=batch, cells=sum(map(len, values.values())), faults=faults)


def _without(
    values: Mapping[AssetId, Mapping[FieldPath, FieldValue]], refused: Container[Cell]
) -> dict[AssetId, dict[FieldPath, FieldValue]]:
    left: dict[AssetId, dict[FieldPath, FieldValue]] = {}
    for asset, fields in values.items():
        for path, value in fields.items():
            if (asset, path) not in refused:
                left.setdefault(asset, {})[path] = value
    return left


def _changes(
    values: Mapping[AssetId, Mapping[FieldPath, FieldValue]],
) -> dict[AssetId, list[Change]]:
    return {
        asset: [Change(path=path, value=value) for path, value in fields.items()]
        for asset, fields in values.items()
    }


def _value(path: FieldPath, text: str) -> FieldValue | BridgeError:
    known = field_of(path) or (as_field(custom_name(path)) if custom_name(path) else None)
    if known is None:
        return InvalidInputError(
            what=f"“{path.words}”", detail=QT_TRANSLATE_NOOP("facts", "there is no such field")
        )
    try:
        return parsed_value(known, text)
    except InvalidInputError as error:
        return error
