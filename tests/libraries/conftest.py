"""Folders on a real disk, and the eyes of an ordinary user."""

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def as_ordinary_user() -> Iterator[Path]:
    """An empty folder, while file permissions hold in this thread even where tests run as root.

    Linux keeps the identity that files are opened with for each thread: setfsuid(2).
    """
    folder = Path(tempfile.mkdtemp(prefix="asset-bridge-"))
    folder.chmod(0o777)
    libc, before = ctypes.CDLL(None), os.geteuid()
    libc.setfsuid(NOBODY if before == 0 else before)
    yield folder
    libc.setfsuid(before)
    for place in (folder, *folder.rglob("*")):
        if not place.is_symlink():
            place.chmod(0o777)
    shutil.rmtree(folder)
