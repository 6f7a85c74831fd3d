"""A small JSON file that is whole or not there: read with typed trouble, written atomically."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from bridge_app.storage.database import storage_errors


def read_json(path: Path) -> dict[str, object]:
    """The object in a file; empty where there is no file, or something else is in it.

    Raises:
        StorageTroubleError: It cannot be read.
        ValueError: It holds no JSON.
    """
    with storage_errors(path):
        raw = path.read_bytes() if path.exists() else b"{}"
    try:
        found = json.loads(raw)
    except RecursionError as error:
        detail = "nested too deeply"
        raise ValueError(detail) from error
    return found if isinstance(found, dict) else {}


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Replace a file in one go; it is on disk on return.

    Raises:
        DiskFullError, StorageTroubleError: It was not, and what was there stays.
    """
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        # Names of files may be bytes that are no text: such are written as JSON escapes.
        with fresh.open("w", encoding="utf-8", errors="backslashreplace") as file:
            json.dump(content, file, indent=2, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
