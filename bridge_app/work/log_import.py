"""Counts what access logs say was delivered, of the addresses that belong to an asset here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bridge_app.domain.reports import LogImport
from bridge_app.storage.access_logs import AccessLogs, Delivered, number_of
from bridge_app.storage.delivered_names import first_known
from bridge_app.storage.locks import locked
from bridge_app.storage.search import CatalogReader, Readers
from bridge_app.transform.read_url import AddressRead, read_url
from bridge_app.work.log_lines import Line, LogReading

SHARED = "res.cloudinary.com"
MOST_SAMPLES = 20
SAMPLE_LENGTH = 200
MOST_KEPT = 200_000
"""Sums in memory, or addresses remembered, before they are written down or forgotten."""
MOST_TEXT = 32 << 20
"""Characters of all of them: an address may have as many as a line."""
DELIVERING = frozenset({*range(200, 300), 304})
"""The answers that bring a picture, or say that the one that was kept is still the one."""
Key = tuple[int, Delivered, str]


@dataclass(slots=True)
class _Sums:
    """What was counted since it was written down last."""

    sums: dict[Key, list[int | None]] = field(default_factory=dict)
    text: int = 0

    @property
    def is_full(self) -> bool:
        """Is it time to write it down?"""
        return len(self.sums) >= MOST_KEPT or self.text >= MOST_TEXT

    def add(self, thing: Delivered, line: Line) -> None:
        """Count a line."""
        key = (number_of(line.day), thing, line.referrer)
        known = self.sums.get(key)
        if known is None:
            self.sums[key] = [line.requests, line.bytes]
            self.text += len(thing.public_id) + len(thing.transformation) + len(line.referrer)
            return
        known[0] = (known[0] or 0) + line.requests
        known[1] = None if known[1] is None or line.bytes is None else known[1] + line.bytes

    def write(self, logs: AccessLogs, number: int) -> None:
        """Write it down, and begin anew."""
        things = list(dict.fromkeys(thing for _, thing, _ in self.sums))
        hosts = list(dict.fromkeys(host for _, _, host in self.sums))
        for_things, for_hosts = logs.numbers(things, hosts)
        thing_number = dict(zip(things, for_things, strict=True))
        host_number = dict(zip(hosts, for_hosts, strict=True))
        logs.add(
            number,
            (
                (day, thing_number[thing], host_number[host], requests or 0, size)
                for (day, thing, host), (requests, size) in sorted(
                    self.sums.items(),
                    key=lambda one: (one[0][0], thing_number[one[0][1]], host_number[one[0][2]]),
                )
            ),
        )
        self.sums, self.text = {}, 0


@dataclass(slots=True)
class _Told:
    """What is told of an import."""

    counted: int = 0
    passed_over: int = 0
    unknown: int = 0
    unreadable: int = 0
    samples: list[str] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None

    def sample(self, text: str) -> None:
        """Show a line, if not many are shown already."""
        if len(self.samples) < MOST_SAMPLES:
            self.samples.append(
                "".join(c if c.isprintable() else "�" for c in text[:SAMPLE_LENGTH])
            )

    def saw(self, day: date) -> None:
        """A line of that day counts."""
        self.first_day = min(self.first_day or day, day)
        self.last_day = max(self.last_day or day, day)


class LogImporter:
    """One import at a time: `lock` is a file that all processes of the profile know."""

    def __init__(self, logs: AccessLogs, readers: Readers, *, lock: Path) -> None:
        self._logs = logs
        self._readers = readers
        self._lock = lock

    def read(
        self,
        file: Path,
        environment: str,
        *,
        who: str,
        at: datetime,
        told: Callable[[int], None] = lambda _: None,
    ) -> LogImport:
        """Count a log; the same file again takes its own place.

        `environment` is meant where an address names none. Raises FileTroubleError,
        InvalidInputError, and whatever `told` raises; then nothing of it counts.
        """
        reading = LogReading(file, told)
        sums, found = _Sums(), _Told()
        with locked(self._lock), self._readers.lent() as reader:
            number = self._logs.begin(file.name, who=who, at=at)
            for line, thing in _with_things(reading, _Addresses(reader, environment)):
                _count(line, thing, sums, found)
                if sums.is_full:
                    sums.write(self._logs, number)
            sums.write(self._logs, number)
            return self._logs.finish(number, _import(file, reading, found, who=who, at=at))

    def forget(self, digest: str) -> bool:
        """Count a log no longer; was there one?"""
        with locked(self._lock):
            return self._logs.forget(digest)


def _import(file: Path, reading: LogReading, found: _Told, *, who: str, at: datetime) -> LogImport:
    return LogImport(
        digest=reading.digest,
        name=file.name,
        lines=reading.lines,
        counted=found.counted,
        passed_over=found.passed_over,
        unknown=found.unknown,
        unreadable=found.unreadable,
        samples=tuple(found.samples),
        first_day=found.first_day,
        last_day=found.last_day,
        who=who,
        at=at,
    )


def _count(line: Line | str, thing: Delivered | None, sums: _Sums, found: _Told) -> None:
    if isinstance(line, str):
        found.unreadable += 1
        found.sample(line)
    elif line.status not in DELIVERING:
        found.passed_over += 1
    elif thing is None:
        found.unknown += 1
        found.sample(f"{line.host}{line.url}" if line.url.startswith("/") else line.url)
    else:
        found.counted += 1
        found.saw(line.day)
        sums.add(thing, line)


def _with_things(
    reading: LogReading, addresses: "_Addresses"
) -> Iterator[tuple[Line | str, Delivered | None]]:
    for line in reading:
        delivers = not isinstance(line, str) and line.status in DELIVERING
        yield line, addresses.thing(line) if delivers and not isinstance(line, str) else None


class _Addresses:
    """What addresses deliver; each is looked up once."""

    def __init__(self, reader: CatalogReader, environment: str) -> None:
        self._reader = reader
        self._environment = environment
        self._known: dict[tuple[str, str], Delivered | None] = {}
        self._text = 0

    def thing(self, line: Line) -> Delivered | None:
        """What a line's address delivers; None if it belongs to no asset here."""
        key = (line.host, line.url)
        if key not in self._known:
            if len(self._known) >= MOST_KEPT or self._text >= MOST_TEXT:
                self._known.clear()
                self._text = 0
            self._known[key] = self._look_up(line)
            self._text += len(line.host) + len(line.url)
        return self._known[key]

    def _look_up(self, line: Line) -> Delivered | None:
        address = line.url
        if "//" not in address[:8]:
            address = f"//{line.host or SHARED}/{address.lstrip('/')}"
        read = read_url(f"https:{address}" if address.startswith("//") else address)
        if read is None or not read.names:
            return None
        environment = read.cloud or self._environment
        if line.host == "" and not read.says_kind:
            return None
        name = self._reader.ask(
            lambda connection: first_known(connection, environment, read.names, read.resource_type)
        )
        return None if name is None else _delivered(environment, name, read)


def _delivered(environment: str, name: str, read: AddressRead) -> Delivered:
    """What is known of the address; where its public ID was guessed, its transformation is not.

    A public ID may end like a format.
    """
    path = read.path
    whole = "" if path is None else f"{path.public_id}.{path.extension}"
    is_sure = path is not None and name in (path.public_id, whole)
    return Delivered(
        environment=environment,
        public_id=name,
        resource_type=read.resource_type or "image",
        delivery_type=read.delivery_type or "upload",
        transformation=str(path.transformation) if path is not None and is_sure else "",
        format=path.extension if path is not None and name == path.public_id else "",
    )
