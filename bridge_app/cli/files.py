"""Files that commands read and write: named ones, or the standard streams."""

import sys
from pathlib import Path

from bridge_app.libraries.errors import disk_trouble
from bridge_app.work.rendition_files import write_whole


def read_file(name: str, *, at_most: int) -> bytes:
    """What a file holds, `-` for standard input; one byte more than `at_most` of a larger one.

    Raises FileTroubleError.
    """
    if name == "-":
        return sys.stdin.buffer.read(at_most + 1)
    path = Path(name)
    with disk_trouble(path), path.open("rb") as file:
        return file.read(at_most + 1)


def write_file(name: str | None, data: bytes) -> None:
    """Write to a file in place of what is there, or without a name to standard output.

    Raises NotWrittenError or DiskFullError.
    """
    if name is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_whole(Path(name), data, replaces=True, with_folders=False)
