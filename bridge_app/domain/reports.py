"""What a report is: its kind, its columns, its rows, what stands behind a row, and what is missing.

Names of kinds and columns are stable: scripts, saved reports and BI tools rely on them
(docs/insights.md). A cell that is None was not measured; it is never a zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.query import Query

Cell = str | int | float | bool | date | datetime | None
"""What a row holds; times are in UTC."""
Row = tuple[Cell, ...]


class ReportKind(StrEnum):
    """What is asked."""

    USAGE = "usage"
    TREND = "trend"
    MOST_USED = "most-used"
    LEAST_USED = "least-used"
    BY_CAMPAIGN = "by-campaign"
    BY_OWNER = "by-owner"
    BY_LIBRARY = "by-library"
    BY_FORMAT = "by-format"
    BY_PRESET = "by-preset"
    UNUSED = "approved-unused"
    RIGHTS_ENDING = "rights-ending"
    HEAVY = "heavy-originals"
    DUPLICATES = "duplicates"
    NEAR_DUPLICATES = "near-duplicates"
    MISSING_METADATA = "missing-metadata"
    SAVINGS = "savings"
    DELIVERY = "delivery"
    """What was delivered, a row for each day, address and referring host (`usage-extract/1`)."""
    LOGS = "log-imports"


class ColumnType(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"


class Unit(StrEnum):
    """What a number counts."""

    NONE = ""
    COUNT = "count"
    BYTES = "bytes"
    CREDITS = "credits"
    PIXELS = "pixels"
    SHARE = "share"
    """A part of one."""
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `name` is stable, and its words for people are in `report_words`."""

    name: str
    type: ColumnType = ColumnType.TEXT
    unit: Unit = Unit.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure above the table; `name` as in `report_words.FACTS`."""

    name: str
    value: Cell
    unit: Unit = Unit.COUNT


class Lack(StrEnum):
    """Why a report is partial, or why something in it was not measured."""

    NO_ENVIRONMENT = "no_environment"
    NEVER_ASKED = "never_asked"
    NOT_ASKED_NOW = "not_asked_now"
    """The service could not be asked; what it told last is shown."""
    NO_LOGS = "no_logs"
    UNKNOWN_LINES = "unknown_lines"
    """So many lines of imported logs belong to no asset that is known."""
    NO_PICTURE = "no_picture"
    """So many assets have no stored thumbnail to compare."""
    MANY_ALIKE = "many_alike"
    """So many pictures look like too many others (plain ones, mostly) to be compared with all."""
    NOT_READ = "not_read"
    """So many assets were never read, or could not be."""
    NOT_MEASURED = "not_measured"
    CUT = "cut"
    """So many more rows were left out; an export has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing, and how much of it where that is known."""

    lack: Lack
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind a row: these assets, or those that a search finds."""

    assets: tuple[AssetId, ...] = ()
    query: Query | None = None


NOTHING = Behind()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScope:
    """What a report looks at.

    `environment` None is the one in use, `library` None all of them. `since` and `until` are UTC
    days, both inclusive. `ahead_days` says how near the end of rights has to be, and `heavy_bytes`
    from which size on an original is heavy. At most `most` rows are shown; an export has all.
    """

    environment: str | None = None
    library: LibraryId | None = None
    since: date | None = None
    until: date | None = None
    ahead_days: int = 30
    heavy_bytes: int = 50_000_000
    most: int = 5_000


WHOLE = ReportScope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An answer, as it was at `asked_at` (UTC).

    `rows` have a cell for each column; `behind` has an entry for each row, or none at all where
    no row leads anywhere. `gaps` say what is missing and why.
    """

    kind: ReportKind
    scope: ReportScope
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    asked_at: datetime
    behind: Sequence[Behind] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Is anything missing?"""
        return bool(self.gaps)

    def behind_row(self, number: int) -> Behind:
        """What stands behind a row, counted from 0."""
        return self.behind[number] if self.behind else NOTHING


class ExportFormat(StrEnum):
    """How a report is written down; SPREADSHEET is CSV in which nothing is taken for a formula."""

    CSV = "csv"
    SPREADSHEET = "spreadsheet"
    JSON = "json"
    PARQUET = "parquet"


SUFFIXES: Mapping[ExportFormat, str] = {
    ExportFormat.CSV: ".csv",
    ExportFormat.SPREADSHEET: ".csv",
    ExportFormat.JSON: ".jsonl",
    ExportFormat.PARQUET: ".parquet",
}


class Every(StrEnum):
    """How often a saved report is written."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Write it into `folder` (a path) that often, while Asset Bridge runs."""

    every: Every
    folder: str
    format: ExportFormat = ExportFormat.CSV


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """A report that is asked for again by its name.

    `wrote_at` is when its schedule wrote last (UTC) and `trouble` why that failed, None if it did
    not; both are set by the desk.
    """

    name: str
    kind: ReportKind
    scope: ReportScope = WHOLE
    schedule: Schedule | None = None
    wrote_at: datetime | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A report that was written down: the files, and how many rows they have together."""

    paths: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogImport:
    """An access log that was imported; `digest` is the SHA-256 of its file and its identity.

    Of its `lines`, `counted` were added to what their assets delivered, `passed_over` delivered
    nothing (errors, redirections), `unknown` belong to no asset known here, and `unreadable`
    could not be read; `samples` are some of the latter two, shortened. The days are UTC.
    `overlaps` names earlier imports about the same days: what both hold is counted twice.
    """

    digest: str
    name: str
    lines: int
    counted: int
    passed_over: int
    unknown: int
    unreadable: int
    samples: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    who: str = ""
    at: datetime | None = None
    overlaps: tuple[str, ...] = field(default=())
