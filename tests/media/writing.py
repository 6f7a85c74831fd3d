"""Writing metadata in tests, in one line."""

from collections.abc import Callable
from pathlib import Path

from bridge_app.media.metadata_files import MetadataFiles, Written

Copy = Callable[..., Path]


def written(files: MetadataFiles, path: Path, **changes: object) -> Written:
    """Read a file and write these fields into it."""
    return files.write(path, changes=changes, known=files.read(path))  # type: ignore[arg-type]  # values of fields


def hidden(folder: Path) -> list[str]:
    """The hidden files in a folder."""
    return [entry.name for entry in folder.iterdir() if entry.name.startswith(".")]
