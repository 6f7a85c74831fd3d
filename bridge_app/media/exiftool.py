"""The ExifTool that is installed, kept running: it moves XMP into kinds exiv2 cannot write."""

import os
import re
import secrets
import select
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.media.metadata_errors import NotVerifiedError

SILENCE_S = 20.0
BYTES_PER_S = 20 << 20
CLOSE_S = 2.0
PLACES = ("-n", "-a", "-G1", "-s", "-GPS:all", "-GPSCoordinates", "-LocationInformation")
IN_FILE = re.compile(
    r"^\[(GPS|Keys|ItemList|UserData)\] +(\w+) *: (?:[-\d.]+ [-\d.]+ ([-\d.]+)$)?", re.MULTILINE
)
"""The group and the name of a tag that tells of a place, and of a film's how high it was."""
OPTIONS = ("-charset", "filename=utf8", "-api", "LargeFileSupport=1", "-m")


class ExifTool:
    """One process that is asked again and again; thread-safe. Started by the first question.

    A question that gets no answer for 20 s (longer for large files) ends it; the next one starts
    another.
    """

    def __init__(self, program: Path) -> None:
        self._program = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def installed(cls) -> "ExifTool | None":
        """The one on the PATH; None if there is none."""
        program = shutil.which("exiftool")
        return cls(Path(program)) if program else None

    def packet_of(self, path: Path) -> bytes:
        """The XMP packet of a file as it lies there; empty where there is none.

        Raises NotVerifiedError when ExifTool gives no answer.
        """
        with _reached(path) as name:
            return self._ask("-b", "-XMP", name, size=0)

    def put_packet(
        self, packet: Path, path: Path, place: Path, *, size: int, coordinate: str | None = ""
    ) -> None:
        """Make `place` of `path` with the packet in the file `packet`; `size` bytes are read.

        Packet and place lie in one folder. A `coordinate` goes to EXIF and to a film's own tags as
        well, where they say one; None takes all away that they say of where it was, "" leaves it.
        Raises NotVerifiedError when ExifTool refuses, or gives no answer.
        """
        with _reached(path) as source, _reached(place.parent) as folder:
            places = self._ask(*PLACES, source, size=size) if coordinate != "" else b""
            taken = f"-XMP<={folder}/{packet.name}"
            there = _placed(places.decode("utf-8", "replace"), coordinate)
            self._ask(taken, *there, "-o", f"{folder}/{place.name}", source, size=size)
        if not place.exists():
            raise NotVerifiedError(
                detail=QT_TRANSLATE_NOOP("facts", "ExifTool cannot write this file")
            )

    @contextmanager
    def doubted(self) -> Iterator[None]:
        """After a file that is not what was asked for, the next question goes to a new process."""
        try:
            yield
        except NotVerifiedError:
            with self._lock:
                self.close()
            raise

    def close(self) -> None:
        """End the process; a question under way gets no answer."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(CLOSE_S)
            _close_pipes(process)

    def _ask(self, *arguments: str, size: int) -> bytes:
        with self._lock:
            process = self._running()
            number = secrets.randbits(63)
            lines = "".join(f"{one}\n" for one in (*OPTIONS, *arguments, f"-execute{number}"))
            try:
                if process.stdin is None:
                    raise NotVerifiedError(
                        detail=QT_TRANSLATE_NOOP("facts", "ExifTool cannot be asked")
                    )
                process.stdin.write(lines.encode())
                process.stdin.flush()
                mark = f"{{ready{number}}}\n".encode()
                return self._answer(process, SILENCE_S + size / BYTES_PER_S, mark=mark)
            except (OSError, TimeoutError) as error:
                self.close()
                raise NotVerifiedError(
                    detail=QT_TRANSLATE_NOOP("facts", "ExifTool gave no answer")
                ) from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - the program that was found on the PATH
                [str(self._program), "-config", "", "-stay_open", "True", "-@", "-"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], seconds: float, *, mark: bytes) -> bytes:
        """What it says up to the mark of this question, which no file can hold beforehand.

        Raises TimeoutError, or OSError when it ended.
        """
        if process.stdout is None:
            raise OSError("there is nothing to read from")
        said, descriptor = bytearray(), process.stdout.fileno()
        latest = monotonic() + seconds
        while not said.endswith(mark):
            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            if not poll.poll(max(0.0, latest - monotonic()) * 1000):
                raise TimeoutError
            piece = os.read(descriptor, 1 << 20)
            if not piece:
                raise OSError("ExifTool ended")
            said += piece
            latest = monotonic() + seconds
        return bytes(said[: -len(mark)])


@contextmanager
def _reached(path: Path) -> Iterator[str]:
    """A file or folder by the number under which it is open here.

    So its name, which may hold whatever a name can, is no part of any command.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise NotVerifiedError(
            detail=QT_TRANSLATE_NOOP("facts", "the file cannot be opened")
        ) from error
    try:
        yield f"/proc/{os.getpid()}/fd/{descriptor}"
    finally:
        os.close(descriptor)


def _placed(places: str, coordinate: str | None) -> tuple[str, ...]:
    """What is said of a place where the file says one, as ExifTool told of it."""
    told: dict[str, None] = {}
    for group, name, height in IN_FILE.findall(places):
        if group == "GPS":
            told |= dict.fromkeys(_on_earth(coordinate) if coordinate else ("-GPS:all=",))
            continue
        if coordinate is None or name == "LocationInformation":
            told[f"-{group}:{name}="] = None
        if coordinate is not None:
            there = coordinate.replace(",", ", ") + (f", {height}" if height else "")
            told[f"-{group}:GPSCoordinates={there}"] = None
    return tuple(told)


def _on_earth(coordinate: str) -> tuple[str, ...]:
    latitude, longitude = (float(part) for part in coordinate.split(","))
    return (
        f"-EXIF:GPSLatitude#={abs(latitude):.7f}",
        f"-EXIF:GPSLatitudeRef#={'NS'[latitude < 0]}",
        f"-EXIF:GPSLongitude#={abs(longitude):.7f}",
        f"-EXIF:GPSLongitudeRef#={'EW'[longitude < 0]}",
    )


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was never read cannot be flushed
                pipe.close()
