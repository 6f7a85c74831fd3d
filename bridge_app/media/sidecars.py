"""The sidecars that lie beside a master on the disk."""

import os
from pathlib import Path

from bridge_app.domain.sidecars import Neighbours, related_to


def sidecars_beside(master: Path) -> tuple[Path, ...]:
    """The sidecars that belong to a master, the leading one last.

    The folder is listed only where there may be one.
    """
    if not any((master.parent / name).is_file() for name in related_to(master.name)):
        return ()
    neighbours = _neighbours(master)
    return tuple(master.parent / name for name in neighbours.sidecars_of(master.name))


def first_sidecar(master: Path) -> Path:
    """Where a master's first sidecar has to lie."""
    return master.parent / _neighbours(master).new_sidecar(master.name)


def _neighbours(master: Path) -> Neighbours:
    try:
        return Neighbours(os.listdir(master.parent))  # noqa: PTH208 - names are all it needs
    except OSError:
        return Neighbours([master.name])
