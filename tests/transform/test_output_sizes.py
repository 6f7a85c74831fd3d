"""Output sizes against a table of cases, each with the rule it follows from.

The expected sizes in `output_sizes.csv` come from the rules themselves, not from our code; the
numbers of sections are those of the project's reference on Cloudinary's transformations.
"""

import csv
from pathlib import Path

import pytest

from bridge_app.transform import output_size, parse
from bridge_app.transform.model import CropMode

TABLE = Path(__file__).with_name("output_sizes.csv")


def cases() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    "case", cases(), ids=lambda case: f"{case['master_width']}x{case['transformation']}"
)
def test_a_picture_comes_out_as_large_as_the_documented_rule_says(case: dict[str, str]) -> None:
    found = output_size(
        parse(case["transformation"]), int(case["master_width"]), int(case["master_height"])
    )
    assert found == (int(case["width"]), int(case["height"])), case["source"]


def test_the_table_is_large_names_its_sources_and_knows_every_mode() -> None:
    table = cases()
    text = "/".join(case["transformation"] for case in table)
    assert len(table) >= 300
    assert all(case["source"] for case in table)
    assert all(f"c_{mode}" in text for mode in CropMode)
