"""The sidecars that lie beside a master on the disk."""

import errno
import os
import stat
from pathlib import Path

from bridge_app.domain.sidecars import Neighbours, related_to

NONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EACCES)
"""What is said where no sidecar can be: a name may be too long with an ending of its own."""


def sidecars_beside(master: Path) -> tuple[Path, ...]:
    """The sidecars that belong to a master, the leading one last.

    The folder is listed only where there may be one. Raises OSError when the disk cannot tell.
    """
    if not any(_is_file(master.parent / name) for name in related_to(master.name)):
        return ()
    neighbours = _neighbours(master)
    return tuple(master.parent / name for name in neighbours.sidecars_of(master.name))


def first_sidecar(master: Path) -> Path:
    """Where a master's first sidecar has to lie."""
    return master.parent / _neighbours(master).new_sidecar(master.name)


def _is_file(place: Path) -> bool:
    try:
        return stat.S_ISREG(place.stat().st_mode)
    except OSError as error:
        if error.errno not in NONE:
            raise
        return False


def _neighbours(master: Path) -> Neighbours:
    try:
        return Neighbours(os.listdir(master.parent))  # noqa: PTH208 - names are all it needs
    except OSError:
        return Neighbours([master.name])
