"""The mapping is written as JSON, as a whole and line by line, and what is none is refused."""

import pytest

from bridge_app.domain.field_mapping import FieldMapping, Leads
from bridge_app.domain.field_mapping_json import (
    NotAMappingError,
    mapping_from,
    mapping_from_lines,
    mapping_json,
    mapping_lines,
    row_json,
)
from bridge_app.domain.mapping_table import default_mapping

TABLE = default_mapping()
ROW = {"source": "title", "targets": ["context.title"]}


@pytest.mark.parametrize(
    "leads_in",
    [{}, {"studio": {"title": Leads.NEWEST}, "shop": {"title": Leads.MASTER}}],
)
def test_a_mapping_reads_back_from_its_json_and_from_its_lines(
    leads_in: dict[str, dict[str, Leads]],
) -> None:
    mapping = FieldMapping(rows=TABLE.rows, leads_in=leads_in)
    assert mapping_from(mapping_json(mapping)) == mapping
    lines = [*mapping_lines(mapping), *map(row_json, mapping.rows)]
    assert mapping_from_lines(lines) == mapping


@pytest.mark.parametrize(
    "given_json",
    [
        None,
        [],
        {"format": "field-mapping/2", "rows": []},
        {"format": "field-mapping/1", "rows": {}},
        {"format": "field-mapping/1", "rows": [{}]},
        {"format": "field-mapping/1", "rows": [{"source": "title", "targets": "tags"}]},
        {"format": "field-mapping/1", "rows": [{"source": "title", "targets": ["nowhere.x"]}]},
        {"format": "field-mapping/1", "rows": [{"source": "title", "direction": "sideways"}]},
        {"format": "field-mapping/1", "rows": [{"source": "title", "leads": "moon"}]},
        {"format": "field-mapping/1", "rows": [{"source": "a"}] * 501},
        {"format": "field-mapping/1", "rows": [ROW], "leads": []},
        {"format": "field-mapping/1", "rows": [ROW], "leads": {"studio": "cloud"}},
        {"format": "field-mapping/1", "rows": [ROW], "leads": {"studio": {"title": "moon"}}},
    ],
)
def test_json_that_is_no_mapping_is_refused(given_json: object) -> None:
    with pytest.raises(NotAMappingError):
        mapping_from(given_json)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([ROW, {"environment": "", "leads": {}}], "an environment has no name"),
        ([ROW, {"environment": "studio"}], "what leads in studio is no table"),
        ([{"environment": "studio", "leads": {}}] * 2, "studio stands on two lines"),
        ([ROW, {"environment": "studio", "leads": {"title": "moon"}}], "“title” in studio"),
        ([ROW | {"leads": "moon"}], "“moon” cannot lead for row 1"),
    ],
)
def test_a_line_that_cannot_be_understood_is_told(lines: list[object], why: str) -> None:
    with pytest.raises(NotAMappingError, match=why):
        mapping_from_lines(lines)
