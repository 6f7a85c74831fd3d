"""The program's own log, read as entries: the newest of them, from the end of its files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAME = "asset-bridge.log"
NEWEST_BYTES = 600_000
"""So much is read from the end; older entries are in the files themselves."""
ENTRY = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (?P<level>[A-Z]+) (?P<thread>.+?) "
    r"(?P<where>[\w.]+): (?P<text>.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What was logged once; `text` may have several lines (a traceback), `at` is local time."""

    at: str
    level: str
    thread: str
    where: str
    text: str


def log_folder(profile: Path) -> Path:
    """Where the log of a profile lies; the demo's is that of the profile around it."""
    own = profile / "logs"
    return (
        own if own.exists() or not (profile.parent / "logs").exists() else profile.parent / "logs"
    )


def read_log(folder: Path) -> tuple[LogEntry, ...]:
    """The newest entries, oldest first; none where nothing was ever logged. Blocks."""
    return tuple(_entries(_newest(folder)))


def _newest(folder: Path) -> str:
    """The end of the log, reaching into the file before where the newest is short."""
    found, room = "", NEWEST_BYTES
    for name in (NAME, f"{NAME}.1"):
        file = folder / name
        if room <= 0 or not file.is_file():
            break
        with file.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - room))
            part = stream.read(room)
        room -= len(part)
        found = part.decode("utf-8", "replace") + found
    return found


def _entries(text: str) -> Iterator[LogEntry]:
    head: re.Match[str] | None = None
    more: list[str] = []
    for line in text.splitlines():
        match = ENTRY.fullmatch(line)
        if match is None:
            more.append(line)
            continue
        if head is not None:
            yield _entry(head, more)
        head, more = match, []
    if head is not None:
        yield _entry(head, more)


def _entry(head: re.Match[str], more: list[str]) -> LogEntry:
    return LogEntry(
        at=head["at"],
        level=head["level"],
        thread=head["thread"],
        where=head["where"],
        text="\n".join([head["text"], *more]).rstrip(),
    )
