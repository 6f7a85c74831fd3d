"""Access logs: counted once, by asset and day; what is unknown is told, and a report has it all."""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from bridge_app.domain.assets import LibraryId
from bridge_app.domain.delivery_extract import RightsStatus, rights_status
from bridge_app.domain.errors import FileTroubleError, InvalidInputError, NotFoundError
from bridge_app.domain.optimisation import Basis, saving
from bridge_app.domain.report_columns import DELIVERY
from bridge_app.domain.reports import WHOLE, Cell, ExportFormat, Lack, ReportKind, ReportScope
from bridge_app.domain.rights import RightsWindow
from bridge_app.work.log_lines import LONGEST_LINE, Line, LogReading
from bridge_app.work.report_files import digest_of, write_rows
from tests.storage.shelf import HOME, make
from tests.work.insight_office import ADDRESS, BRAND, Office, lacks

HERO = f'"{ADDRESS}c_fill,w_400/v12/hero.jpg.png"'


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Its `hero.jpg` is delivered to the environment, with rights until 2 June."""
    with ExitStack() as closing:
        office = Office(tmp_path, closing)
        ends = datetime(2026, 6, 2, tzinfo=UTC)
        hero = make("hero.jpg", rights=RightsWindow(ends=ends), keywords=("campaign:Spring",))
        office.put(hero, make("idle.jpg"))
        office.deliver(hero, BRAND)
        yield office


def delivered(office: Office, scope: ReportScope = WHOLE) -> list[dict[str, Cell]]:
    return office.asked(ReportKind.DELIVERY, scope)


def read(path: Path) -> list[Line | str]:
    return list(LogReading(path))


def test_a_log_is_counted_by_asset_and_what_it_cannot_place_is_told(office: Office) -> None:
    file = office.log(
        f"2026-06-01T10:00:00Z,{HERO},200,1000,https://shop.example.com/spring",
        f'2026-06-01T11:00:00Z,{HERO[:-1]}?_a=B",200,500,https://shop.example.com/',
        f"2026-06-01T12:00:00Z,{HERO},404,99,-",
        f"2026-06-01T12:00:00Z,{ADDRESS}nobody.jpg,200,7,-",
        "2026-06-01T12:00:00Z,https://example.com/index.html,200,7,-",
        "yesterday,what,200",
        f"2026-06-02T12:00:00Z,{HERO},304,0,-",
    )
    told = office.desk.import_log(file)
    assert (told.lines, told.counted, told.passed_over) == (7, 3, 1)
    assert (told.unknown, told.unreadable) == (2, 1)
    assert any("nobody.jpg" in one for one in told.samples)
    assert (told.first_day, told.last_day) == (date(2026, 6, 1), date(2026, 6, 2))
    (row,) = office.asked(ReportKind.MOST_USED)
    assert (row["name"], row["requests"], row["bytes_delivered"]) == ("hero.jpg", 3, 1500)
    report = office.desk.report(ReportKind.MOST_USED)
    assert lacks(report) == {Lack.UNKNOWN_LINES}
    (logged,) = office.asked(ReportKind.LOGS)
    assert (logged["file"], logged["unknown"]) == ("edge.csv", 2)


def test_a_delivery_row_says_what_went_where_and_whether_it_was_allowed(office: Office) -> None:
    office.desk.import_log(
        office.log(
            f"2026-06-01T10:00:00Z,{HERO},200,1000,https://shop.example.com/spring",
            f"2026-06-03T10:00:00Z,{HERO},200,,-",
        )
    )
    first, second = delivered(office)
    assert first | {"asset_id": "x"} == first
    assert first["transformation"] == "c_fill,w_400"
    assert (first["campaign"], first["format"]) == ("Spring", "png")
    assert (first["destination_kind"], first["url_host"]) == ("unknown", "shop.example.com")
    assert (first["rights_status"], first["violation"]) == ("expiring", False)
    assert (second["destination_kind"], second["url_host"]) == ("direct", None)
    assert (second["rights_status"], second["violation"]) == ("expired", True)
    assert (second["requests"], second["bytes"]) == (1, None), "not measured is no zero"
    assert [
        one["usage_date"] for one in delivered(office, ReportScope(since=date(2026, 6, 2)))
    ] == [date(2026, 6, 3)]


def test_the_same_file_twice_counts_once_and_can_be_forgotten(office: Office) -> None:
    line = f"2026-06-01T10:00:00Z,{HERO},200,1000,-"
    file = office.log(line)
    office.desk.import_log(file)
    told = office.desk.import_log(file.rename(file.with_name("renamed.csv")))
    assert told.overlaps == ()
    assert [row["requests"] for row in delivered(office)] == [1]
    assert [log.name for log in office.desk.logs()] == ["renamed.csv"]
    other = office.desk.import_log(office.log(line, line, name="other.csv"))
    assert other.overlaps == ("renamed.csv",)
    assert [row["requests"] for row in delivered(office)] == [3]
    office.desk.forget_log(told.digest)
    assert [row["requests"] for row in delivered(office)] == [2]
    with pytest.raises(NotFoundError):
        office.desk.forget_log(told.digest)


def test_days_that_were_added_up_are_those_of_the_logs_that_count(office: Office) -> None:
    line = f"2026-06-01T10:00:00Z,{HERO},200,1000,-"
    office.desk.import_log(office.log(line))
    assert [row["requests"] for row in delivered(office)] == [1]
    # A copy of the ledger from before took its place; the next log has the number of that one.
    with office.ledger.atomic() as ledger:
        ledger.execute("DELETE FROM delivery_day")
        ledger.execute("DELETE FROM access_log")
        ledger.execute("DELETE FROM sqlite_sequence")
    office.now += timedelta(hours=1)
    office.desk.import_log(office.log(line, line))
    assert [row["requests"] for row in delivered(office)] == [2]


def test_presets_are_counted_for_the_library_in_question(office: Office) -> None:
    office.rendered(make("hero.jpg"))
    office.desk.import_log(office.log(f"2026-06-01T10:00:00Z,{HERO},200,1000,-"))
    for library, requests in ((HOME, [1]), (LibraryId("other"), [])):
        rows = office.asked(ReportKind.BY_PRESET, ReportScope(library=library))
        assert [row["requests"] for row in rows] == requests


def test_a_sum_of_which_a_part_was_not_measured_is_no_sum(office: Office) -> None:
    office.deliver(make("idle.jpg"), BRAND)
    office.desk.import_log(
        office.log(
            f"2026-06-01T10:00:00Z,{HERO},200,1000,-",
            f"2026-06-01T10:00:00Z,{ADDRESS}idle.jpg,200,,-",
        )
    )
    facts = {fact.name: fact.value for fact in office.desk.report(ReportKind.MOST_USED).facts}
    assert (facts["requests"], facts["bytes_delivered"]) == (2, None)


def test_an_import_that_breaks_off_counts_nothing(office: Office) -> None:
    class StopError(Exception):
        pass

    def stop(_: int) -> None:
        raise StopError

    file = office.log(f"2026-06-01T10:00:00Z,{HERO},200,1000,-")
    with pytest.raises(StopError):
        office.desk.import_log(file, told=stop)
    assert office.desk.logs() == ()
    assert delivered(office) == []
    office.desk.import_log(file)
    assert [row["requests"] for row in delivered(office)] == [1]


def test_a_line_that_is_too_long_is_one_unreadable_line(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(b"date,url\n" + b"x" * 3 * LONGEST_LINE + b"\n2026-06-01,/a.jpg\n")
    long, line = read(file)
    assert isinstance(long, str)
    assert len(long) < LONGEST_LINE
    assert isinstance(line, Line)


def test_long_addresses_do_not_fill_the_memory(office: Office) -> None:
    long = "x" * (LONGEST_LINE - 500)
    file = office.log(*(f"2026-06-01,{ADDRESS}{number}{long}.jpg,200,1,-" for number in range(900)))
    tracemalloc.start()
    try:
        told = office.desk.import_log(file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert told.unknown == 900
    assert most < file.stat().st_size * 0.75


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-01", date(2026, 6, 1)),
        ("2026-06-01 23:30:00", date(2026, 6, 1)),
        ("2026-06-01T23:30:00-02:00", date(2026, 6, 2)),
        ("[01/Jun/2026:23:30:00 -0200]", date(2026, 6, 2)),
        ("1780358400", date(2026, 6, 2)),
        ("1780358400123", date(2026, 6, 2)),
    ],
)
def test_moments_are_read_as_networks_write_them(tmp_path: Path, moment: str, day: date) -> None:
    file = tmp_path / "log.csv"
    file.write_text(f"Path;Time;Hits\n/a.jpg;{moment};7\n")
    (line,) = read(file)
    assert isinstance(line, Line)
    assert (line.day, line.url, line.requests, line.bytes) == (day, "/a.jpg", 7, None)


def test_a_moment_that_is_none_makes_its_line_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    endless = "9" * 400
    file.write_text(f"date,url\n{endless},/a.jpg\n{endless}.5,/a.jpg\n2026-06-01,/a.jpg\n")
    assert [isinstance(one, Line) for one in read(file)] == [False, False, True]


def test_a_file_that_is_no_log_says_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,size\na,1\n")
    with pytest.raises(InvalidInputError, match="url and date"):
        read(file)
    with pytest.raises(FileTroubleError):
        read(tmp_path / "missing.csv")


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "junk.csv"
    file.write_bytes(b"date,url,bytes,status,referer\n" + junk)
    reading = LogReading(file)
    assert len(list(reading)) == reading.lines


def test_an_export_has_a_file_for_each_day_with_a_manifest(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "bi"
    folder.mkdir()
    lines = [f"2026-06-0{day}T10:00:00Z,{HERO},200,1000,-" for day in (1, 3)]
    told = office.desk.import_log(office.log(*lines))
    for form in (ExportFormat.PARQUET, ExportFormat.CSV):
        written = office.desk.export(ReportKind.DELIVERY, WHOLE, folder, form)
        assert (written.rows, len(written.paths)) == (2, 4)
        data, manifest = (Path(one) for one in written.paths[:2])
        said = json.loads(manifest.read_text())
        assert (said["rows"], said["schema"]) == (1, "usage-extract/1")
        assert said["sha256"] == digest_of(data)
        assert said["sources"] == [{"name": "edge.csv", "sha256": told.digest}]
        assert said["partial"] is False
    assert sorted(one.name for one in folder.glob("usage_2026-06-01.*")) == [
        "usage_2026-06-01.csv",
        "usage_2026-06-01.manifest.json",
        "usage_2026-06-01.parquet",
    ]
    assert not list(folder.glob(".*")), "nothing half-written is left"


def test_every_format_has_the_same_rows(office: Office, tmp_path: Path) -> None:
    office.desk.import_log(
        office.log(
            f"2026-06-01T10:00:00Z,{HERO},200,1000,https://a.example.com/",
            f"2026-06-03T10:00:00Z,{HERO},200,,-",
        )
    )
    for form in ExportFormat:
        office.desk.export(ReportKind.DELIVERY, WHOLE, tmp_path / form.value, form)
    rows = delivered(office)
    table = parquet.read_table(tmp_path / "parquet")
    assert table.column_names == [column.name for column in DELIVERY]
    assert table.to_pylist() == rows
    with (tmp_path / "csv").open(newline="") as file:
        told = list(csv.DictReader(file))
    assert [one["requests"] for one in told] == ["1", "1"]
    assert [one["bytes"] for one in told] == ["1000", ""]
    lines = (tmp_path / "json").read_text().splitlines()
    assert [json.loads(line)["bytes"] for line in lines] == [1000, None]


def test_a_parquet_file_without_rows_has_its_columns(office: Office, tmp_path: Path) -> None:
    for kind in (ReportKind.DELIVERY, ReportKind.HEAVY):
        to = tmp_path / kind.value
        assert office.desk.export(kind, WHOLE, to, ExportFormat.PARQUET).rows == 0
        assert len(parquet.read_table(to).column_names) > 5


def test_spreadsheets_take_nothing_for_a_formula_and_bi_files_stay_raw(
    office: Office, tmp_path: Path
) -> None:
    office.put(make("=SUM(A1).jpg", creator="@Ada", bytes=10))
    for form in (ExportFormat.CSV, ExportFormat.SPREADSHEET):
        office.desk.export(ReportKind.MISSING_METADATA, WHOLE, tmp_path / form.value, form)
    raw = (tmp_path / "csv").read_text("utf-8")
    safe = (tmp_path / "spreadsheet").read_text("utf-8-sig")
    assert ",=SUM(A1).jpg," in raw
    assert ",'=SUM(A1).jpg," in safe


def test_what_cannot_be_written_leaves_what_was_there(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")

    def rows() -> Iterator[tuple[Cell, ...]]:
        yield tuple(None for _ in DELIVERY)
        raise FileTroubleError(path=target, detail="gone")

    with pytest.raises(FileTroubleError):
        write_rows(target, ExportFormat.CSV, DELIVERY, rows())
    assert target.read_text() == "before"
    assert [one.name for one in tmp_path.glob(".report*")] == []


def test_savings_are_reckoned_of_what_is_delivered_unoptimised(office: Office) -> None:
    plain, automatic = f"{ADDRESS}hero.jpg.jpg", f'"{ADDRESS}f_auto,q_auto/hero.jpg"'
    office.desk.import_log(
        office.log(
            f"2026-06-01T10:00:00Z,{plain},200,1000,-",
            f"2026-06-01T10:00:00Z,{automatic},200,800,-",
        )
    )
    (row,) = office.asked(ReportKind.SAVINGS)
    assert (row["bytes_now"], row["bytes_optimised"], row["saved_bytes"]) == (1000, 700, 300)
    assert row["basis"] == "estimated"


def test_a_saving_is_measured_where_it_can_be_and_unknown_where_nobody_can_tell() -> None:
    measured = saving(1000, "jpg", 0.25)
    assert measured is not None
    assert (measured.bytes, measured.basis) == (250, Basis.MEASURED)
    worse = saving(1000, "jpg", 1.5)
    assert worse is not None
    assert worse.bytes == 1000, "what gets larger is not used"
    assert saving(1000, "mp4", None) is None


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), hours=st.integers(-2000, 2000))
def test_a_day_is_a_violation_only_if_all_of_it_is_outside(day: date, hours: int) -> None:
    noon = datetime(day.year, day.month, day.day, tzinfo=UTC)
    edge = datetime.fromtimestamp(noon.timestamp() + hours * 3600, UTC)
    assert (rights_status(day, None, edge) is RightsStatus.EXPIRED) == (hours <= 0)
    assert (rights_status(day, edge, None) is RightsStatus.EMBARGOED) == (hours >= 24)
