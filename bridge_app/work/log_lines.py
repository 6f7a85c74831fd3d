"""Reads access logs: CSV with a header, as content delivery networks export them, line by line.

Columns are found by the names that services give them; their order does not matter. Source: the
field names of CloudFront's standard logs, of Akamai's DataStream, of Fastly's and of Cloudflare's
log fields, without their signs.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from bridge_app.domain.errors import InvalidInputError
from bridge_app.libraries.errors import disk_trouble, shown

LONGEST_LINE = 1 << 16
"""Bytes; a longer line is no line of a log, and counts as unreadable."""
LONGEST_MOMENT = 64
"""Characters; nobody writes a moment with more."""
SEPARATORS = ",;\t|"
TOLD_EVERY = 20_000
BLOCK = 1 << 20
MOST_COUNT = 1 << 48
NAMES: Mapping[str, frozenset[str]] = {
    "url": frozenset(
        (
            *("url", "uri", "path", "requesturl", "requesturi", "requestpath", "requestedurl"),
            *("csuristem", "csuri", "reqpath", "clientrequesturi", "clientrequesturl"),
            *("clientrequestpath", "requestedpath"),
        )
    ),
    "host": frozenset(
        (
            *("host", "cshost", "xhostheader", "reqhost", "requesthost", "clientrequesthost"),
            *("domain", "hostname"),
        )
    ),
    "date": frozenset(
        (
            *("date", "day", "datetime", "timestamp", "timestart", "requesttime", "reqtimesec"),
            *("edgestarttimestamp", "starttime", "eventtime", "usagedate"),
        )
    ),
    "time": frozenset({"time"}),
    "status": frozenset(
        (
            *("status", "scstatus", "statuscode", "responsestatus", "httpstatus", "code"),
            *("edgeresponsestatus", "responsestatuscode"),
        )
    ),
    "bytes": frozenset(
        (
            *("bytes", "scbytes", "bytessent", "responsebytes", "totalbytes", "bodybytessent"),
            *("edgeresponsebytes", "responsebodybytes", "responsesize", "size"),
        )
    ),
    "referrer": frozenset(
        ("referer", "referrer", "csreferer", "csreferrer", "clientrequestreferer", "refererurl")
    ),
    "requests": frozenset(("requests", "hits", "count", "requestcount")),
}
"""What columns are called, in small letters without signs."""
_SIGNS = re.compile(r"[^a-z0-9]")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:$|[T ][^+-]*?Z?$)", re.ASCII)
_COMMON = re.compile(r"\[?(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """A request, or as many as `requests` of one kind; `bytes` is None where nobody says.

    `referrer` is the host of the page that asked, "" without one.
    """

    url: str
    host: str
    day: date
    status: int
    bytes: int | None
    referrer: str
    requests: int


@dataclass(slots=True)
class LogReading:
    """Reads one file once; `lines` counts what was read, `digest` is whole when all of it was."""

    path: Path
    told: Callable[[int], None] = lambda _: None
    lines: int = 0
    digest: str = ""
    _days: dict[str, date | None] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Line | str]:
        """Each line; as text, shortened by nobody, where it cannot be read.

        Raises FileTroubleError, or InvalidInputError for a file that is no log.
        """
        found = hashlib.sha256()
        with disk_trouble(self.path), self.path.open("rb") as file:
            coming = _texts(file, found.update)
            header = next(coming, "")
            separator = max(SEPARATORS, key=header.count)
            columns = self._columns(header, separator)
            for text in coming:
                self.lines += 1
                if self.lines % TOLD_EVERY == 0:
                    self.told(self.lines)
                yield self._line(text, separator, columns) or text
        self.digest = found.hexdigest()
        self.told(self.lines)

    def _columns(self, header: str, separator: str) -> dict[str, int]:
        names = [_SIGNS.sub("", name.lower()) for name in _split(header, separator) or ()]
        found = {
            what: next((at for at, name in enumerate(names) if name in known), -1)
            for what, known in NAMES.items()
        }
        if found["date"] < 0 and found["time"] >= 0:
            found["date"], found["time"] = found["time"], -1
        missing = [what for what in ("url", "date") if found[what] < 0]
        if missing:
            detail = f"its first line names no column for {' and '.join(missing)}"
            raise InvalidInputError(what=shown(self.path), detail=detail)
        return found

    def _line(self, text: str, separator: str, columns: Mapping[str, int]) -> Line | None:
        cells = _split(text, separator)
        if cells is None:
            return None

        def cell(what: str) -> str:
            at = columns[what]
            return cells[at].strip() if 0 <= at < len(cells) else ""

        day = self._day(cell("date"))
        url = cell("url")
        status = _number(cell("status") or "200")
        requests = _number(cell("requests") or "1")
        if day is None or not url or status is None or requests is None:
            return None
        size = cell("bytes")
        return Line(
            url=url,
            host=cell("host"),
            day=day,
            status=status,
            bytes=None if size in ("", "-") else _number(size),
            referrer=_host(cell("referrer")),
            requests=requests,
        )

    def _day(self, text: str) -> date | None:
        if len(text) > LONGEST_MOMENT:
            return None
        if text not in self._days:
            if len(self._days) > TOLD_EVERY:
                self._days.clear()
            self._days[text] = _day(text)
        return self._days[text]


def _texts(file: BinaryIO, seen: Callable[[bytes], object]) -> Iterator[str]:
    """The lines that are not empty; of one that is too long, its beginning."""
    first = True
    while raw := file.readline(LONGEST_LINE):
        seen(raw)
        whole = raw.endswith(b"\n") or len(raw) < LONGEST_LINE
        while not whole:
            rest = file.readline(BLOCK)
            seen(rest)
            whole = not rest or rest.endswith(b"\n")
            raw = raw[:200] + b"\0"
        text = raw.decode("utf-8-sig" if first else "utf-8", "replace").rstrip("\r\n")
        first = False
        if text.strip():
            yield text


def _split(text: str, separator: str) -> Sequence[str] | None:
    """The cells of a line; None where it is none."""
    if "\0" in text:
        return None
    try:
        return next(csv.reader(islice([text], 1), delimiter=separator), None)
    except csv.Error:
        return None


def _day(text: str) -> date | None:
    """The UTC day of a moment: ISO 8601 (in UTC where no zone is told), seconds, or as Apache."""
    try:
        if plain := _DAY.fullmatch(text):
            return date.fromisoformat(plain[1])
        if common := _COMMON.fullmatch(text):
            moment = datetime.strptime(common[1], "%d/%b/%Y:%H:%M:%S %z")
            return moment.astimezone(UTC).date()
        if text.replace(".", "", 1).isdecimal() and text.isascii():
            return datetime.fromtimestamp(_seconds(float(text)), UTC).date()
        return datetime.fromisoformat(text).astimezone(UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _seconds(number: float) -> float:
    """Some count milliseconds, and some nanoseconds."""
    while number > 1e11:
        number /= 1000
    return number


def _number(text: str) -> int | None:
    """A count that a sum of many can bear."""
    if not (text.isdecimal() and text.isascii() and len(text) < 16):
        return None
    return min(int(text), MOST_COUNT)


def _host(text: str) -> str:
    if not text or text == "-":
        return ""
    try:
        return (urlsplit(text if "//" in text else f"//{text}").hostname or "")[:253]
    except ValueError:
        return ""
