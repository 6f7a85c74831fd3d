"""The field mapping as JSON: how it is kept, exported and read back."""

from collections.abc import Iterable, Mapping
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
        leads_in=_leads_in(given.get("leads", {})),
    )


def mapping_lines(mapping: FieldMapping) -> tuple[dict[str, Any], ...]:
    """What is said beside the rows where each stands on a line: who leads in an environment."""
    leads: dict[str, dict[str, str]] = mapping_json(mapping).get("leads", {})
    return tuple({"environment": name, "leads": some} for name, some in leads.items())


def mapping_from_lines(lines: Iterable[object]) -> FieldMapping:
    """The table whose rows, and `mapping_lines`, are these. Raises NotAMappingError."""
    rows: list[object] = []
    leads: dict[object, object] = {}
    for line in lines:
        if isinstance(line, Mapping) and "environment" in line:
            name = line["environment"]
            if not isinstance(name, str) or not name:
                raise NotAMappingError(
                    what="This", detail=QT_TRANSLATE_NOOP("facts", "an environment has no name")
                )
            if name in leads:
                raise NotAMappingError(what="This", detail=f"{name} stands on two lines")
            leads[name] = line.get("leads")
        else:
            rows.append(line)
    return mapping_from({"format": FORMAT, "rows": rows, "leads": leads})


def _leads_in(given: object) -> dict[str, dict[str, Leads]]:
    if not isinstance(given, Mapping) or len(given) > MOST_ROWS:
        raise NotAMappingError(
            what="This",
            detail=QT_TRANSLATE_NOOP("facts", "what leads in environments is no short table"),
        )
    found: dict[str, dict[str, Leads]] = {}
    for environment, some in given.items():
        if not isinstance(some, Mapping):
            raise NotAMappingError(what="This", detail=f"what leads in {environment} is no table")
        found[str(environment)] = {
            str(one): _leads(value, f"“{one}” in {environment}") for one, value in some.items()
        }
    return found


def _leads(given: object, what: str) -> Leads:
    try:
        return Leads(str(given))
    except ValueError:
        known = ", ".join(Leads)
        detail = f"“{given}” cannot lead for {what}; one of these can: {known}"
        raise NotAMappingError(what="This", detail=detail) from None


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
            leads=_leads(given.get("leads", Leads.MASTER.value), f"row {place}"),
        )
    except NotAMappingError:
        raise
    except (InvalidInputError, ValueError) as error:
        raise NotAMappingError(what="This", detail=f"row {place}: {error}") from error
