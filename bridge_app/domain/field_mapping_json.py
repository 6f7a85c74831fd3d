"""The field mapping as JSON: how it is kept, exported and read back."""

from collections.abc import Mapping
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.field_mapping import Direction, FieldMapping, Leads, MappingRow, Target

FORMAT = "field-mapping/1"
MOST_ROWS = 500
MOST_TARGETS = 10


class NotAMappingError(InvalidInputError):
    """This JSON is no field mapping."""

    text = QT_TRANSLATE_NOOP("errors", "{what} is no field mapping: {detail}.")


def mapping_json(mapping: FieldMapping) -> dict[str, Any]:
    """The whole table."""
    told = {"format": FORMAT, "rows": [row_json(row) for row in mapping.rows]}
    leads = {
        environment: {source: one.value for source, one in sorted(some.items())}
        for environment, some in sorted(mapping.leads_in.items())
    }
    return told | ({"leads": leads} if leads else {})


def row_json(row: MappingRow) -> dict[str, Any]:
    """One row, by the names that stay."""
    return {
        "source": row.source,
        "targets": [str(target) for target in row.targets],
        "direction": row.direction.value,
        **({"leads": row.leads.value} if row.leads is not Leads.MASTER else {}),
    }


def mapping_from(given: object) -> FieldMapping:
    """The table in this JSON. Raises NotAMappingError with the row that cannot be understood.

    What it means is for `mapping_checks` to judge.
    """
    if not isinstance(given, Mapping) or given.get("format") != FORMAT:
        raise NotAMappingError(what="This", detail=f"its format is not {FORMAT}")
    rows = given.get("rows")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise NotAMappingError(what="This", detail=f"it needs a list of at most {MOST_ROWS} rows")
    return FieldMapping(
        rows=tuple(_row(row, place) for place, row in enumerate(rows, 1)),
        leads_in=_leads(given.get("leads", {})),
    )


def _leads(given: object) -> dict[str, dict[str, Leads]]:
    if not isinstance(given, Mapping) or len(given) > MOST_ROWS:
        raise NotAMappingError(what="This", detail="what leads in environments is no short table")
    found: dict[str, dict[str, Leads]] = {}
    for environment, some in given.items():
        if not isinstance(some, Mapping):
            raise NotAMappingError(what="This", detail=f"what leads in {environment} is no table")
        try:
            found[str(environment)] = {str(one): Leads(str(value)) for one, value in some.items()}
        except ValueError as error:
            raise NotAMappingError(what="This", detail=f"{environment}: {error}") from error
    return found


def _row(given: object, place: int) -> MappingRow:
    if not isinstance(given, Mapping) or not isinstance(given.get("source"), str):
        raise NotAMappingError(what="This", detail=f"row {place} has no source")
    targets = given.get("targets", [])
    if not isinstance(targets, list) or len(targets) > MOST_TARGETS:
        raise NotAMappingError(what="This", detail=f"the targets of row {place} are no short list")
    try:
        return MappingRow(
            source=given["source"],
            targets=tuple(Target.read(str(target)) for target in targets),
            direction=Direction(str(given.get("direction", Direction.PUSH.value))),
            leads=Leads(str(given.get("leads", Leads.MASTER.value))),
        )
    except (InvalidInputError, ValueError) as error:
        raise NotAMappingError(what="This", detail=f"row {place}: {error}") from error
