"""Which XMP file belongs to which master, by their names: both spellings that programs use.

`hero.cr2.xmp` (darktable, digiKam) names its master whole; `hero.xmp` (Adobe, Capture One, Photo
Mechanic) only up to its ending, and means the RAW where there are several.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

SUFFIX = ".xmp"
RAW_ENDINGS = frozenset(
    {
        *("3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "iiq", "kdc", "mef", "mos"),
        *("mrw", "nef", "nrw", "orf", "pef", "raf", "raw", "rw2", "sr2", "srw", "x3f"),
    }
)
BESIDE = frozenset({"xmp", "aae", "pp3", "dop", "cos", "on1", "thm", "txt", "wav", "md5", "bak"})
"""Endings of files that lie beside a master and are none themselves."""


class Stamped(Protocol):
    """A file's facts, by which it is known whether it changed."""

    @property
    def bytes(self) -> int:
        """Its size."""

    @property
    def modified_ns(self) -> int:
        """When it was written to."""

    @property
    def file_key(self) -> str:
        """Which file it is on its disk."""


def is_sidecar_name(name: str) -> bool:
    """Is it named as a sidecar is? Whether it belongs to anything, its neighbours say."""
    return name.casefold().endswith(SUFFIX) and len(name) > len(SUFFIX)


class Neighbours:
    """The names of the files in one folder, and which of them belong together."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._by_stem: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            if _ending(name) not in BESIDE:
                self._by_stem[_stem(name)].append(name)

    def owners_of(self, sidecar: str) -> tuple[str, ...]:
        """The masters that a sidecar belongs to; none: it stands for itself."""
        stem = sidecar[: -len(SUFFIX)]
        if stem in self._names and not is_sidecar_name(stem):
            return (stem,)
        same = self._by_stem.get(stem, [])
        raws = tuple(name for name in same if _ending(name) in RAW_ENDINGS)
        return raws or (tuple(same) if len(same) == 1 else ())

    def sidecars_of(self, master: str) -> tuple[str, ...]:
        """The sidecars that belong to a master, the leading one last."""
        if is_sidecar_name(master):
            return ()
        return tuple(
            sidecar
            for sidecar in related_to(master)
            if sidecar in self._names and master in self.owners_of(sidecar)
        )

    def new_sidecar(self, master: str) -> str:
        """What to call the first sidecar of a master: `hero.xmp` for a RAW, else `hero.jpg.xmp`."""
        short = _stem(master) + SUFFIX
        is_raw = _ending(master) in RAW_ENDINGS and self.owners_of(short) == (master,)
        return short if is_raw else master + SUFFIX


def related_to(master: str) -> tuple[str, ...]:
    """The names of the sidecars that a master may have."""
    return tuple(
        dict.fromkeys(
            name + suffix for name in (_stem(master), master) for suffix in (SUFFIX, SUFFIX.upper())
        )
    )


def sidecars_state(sidecars: Iterable[Stamped]) -> str:
    """What changes with a master's sidecars, in their order; "" while there is none."""
    return " ".join(f"{one.bytes}:{one.modified_ns}:{one.file_key}" for one in sidecars)


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _ending(name: str) -> str:
    return name.rpartition(".")[2].casefold() if "." in name[1:] else ""
