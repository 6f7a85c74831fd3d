"""Reading a report's cells: by column, with the unit that a row says for itself."""

from dataclasses import replace

from bridge_app.domain.reports import Cell, Column, Report, Row, Unit

UNIT = "unit"


def place_of(report: Report, name: str) -> int | None:
    """Where a column is; None if there is none, or nothing in it was measured."""
    for place, column in enumerate(report.columns):
        if column.name == name and any(row[place] is not None for row in report.rows):
            return place
    return None


def column_for(report: Report, row: Row, place: int) -> Column:
    """A row's column: where rows count different things, its unit is the row's own."""
    column = report.columns[place]
    if column.unit is not Unit.NONE:
        return column
    own = cell_of(report, row, UNIT)
    return replace(column, unit=Unit(str(own))) if own in set(Unit) else column


def cell_of(report: Report, row: Row, name: str) -> Cell:
    """A row's cell in the column of that name; None where there is no such column."""
    for place, column in enumerate(report.columns):
        if column.name == name:
            return row[place]
    return None


def number_of(cell: Cell) -> float | None:
    """A cell as a number that bars can be drawn of; None for what is none."""
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def facts_of(report: Report) -> dict[str, float]:
    """The figures of a report that are numbers and were measured, by their names."""
    found = {fact.name: number_of(fact.value) for fact in report.facts}
    return {name: value for name, value in found.items() if value is not None}
