"""A million rows of what was delivered, to Parquet: beside what Arrow needs for the table alone."""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from bridge_app.domain.reports import ExportFormat, LogImport, ReportKind, ReportScope
from bridge_app.storage.access_logs import AccessLogs, Delivered, number_of
from tests.storage.shelf import NOW, make
from tests.work.insight_office import Office

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
ROWS = 1_000_000
DAYS = 25
THINGS = 8_000
HOSTS = 5
MOST = 1.5
FIRST = date(2026, 5, 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Eight thousand addresses of two thousand assets, five referring hosts, twenty-five days."""
    with ExitStack() as closing:
        office = Office(tmp_path_factory.mktemp("extract"), closing)
        office.put(*(make(f"Spring/{name}.jpg") for name in range(THINGS // 4)))
        logs = AccessLogs(office.ledger)
        number = logs.begin("edge.csv", who="Kim", at=NOW)
        things = [
            Delivered(
                environment="brand",
                public_id=f"spring/{name // 4}",
                resource_type="image",
                delivery_type="upload",
                transformation=f"c_fill,w_{(name % 4 + 1) * 400}/f_auto,q_auto",
                format="jpg",
            )
            for name in range(THINGS)
        ]
        numbers, hosts = logs.numbers(things, [f"www{one}.example.com" for one in range(HOSTS)])
        logs.add(
            number,
            (
                (number_of(FIRST) + day, thing, host, thing % 97 + 1, (thing + day) * 1013)
                for day in range(DAYS)
                for thing in numbers
                for host in hosts
            ),
        )
        last = FIRST + timedelta(days=DAYS - 1)
        told = LogImport(
            digest="d",
            name="edge.csv",
            lines=ROWS,
            counted=ROWS,
            passed_over=0,
            unknown=0,
            unreadable=0,
            first_day=FIRST,
            last_day=last,
        )
        logs.finish(number, told)
        yield office


def seconds(act: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def test_a_million_rows_take_little_longer_than_writing_the_table(
    office: Office, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "ours.parquet", tmp_path / "theirs.parquet"

    def export() -> None:
        office.desk.export(ReportKind.DELIVERY, ReportScope(), ours, ExportFormat.PARQUET)

    export()
    table = parquet.read_table(ours)
    assert table.num_rows == ROWS
    assert pa.types.is_string(table.schema.field("public_id").type)

    def alone() -> None:
        parquet.write_table(table, theirs, compression="snappy")

    alone()
    pairs = [(seconds(export), seconds(alone)) for _ in range(5)]
    export_s, alone_s = (statistics.median(times) for times in zip(*pairs, strict=True))
    sys.stdout.write(
        f"\n{ROWS:,} rows: export {export_s:.2f} s, table alone {alone_s:.2f} s,"
        f" ratio {export_s / alone_s:.2f} (at most {MOST})\n"
    )
    assert parquet.read_table(theirs).equals(table)
    assert export_s <= MOST * alone_s
