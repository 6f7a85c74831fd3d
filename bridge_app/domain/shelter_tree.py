"""Where containers of a PhotoShelter-style service lie: folders out of collections and galleries.

A container may have several parents, its name may hold anything, and parents may run in a circle.
Source: reference/photoshelter.md, 6.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bridge_app.domain.shelter import RENDITIONS_SUFFIX, ContainerKind, ShelterContainer

DEEPEST = 40
"""Levels; what lies deeper is shown at the top."""
MOST_PATHS = 8
"""Folders that one container is shown as."""
LONGEST_NAME = 200
"""Letters of one name."""
SLASH = "\N{DIVISION SLASH}"
"""What stands for a slash in a name: folders are told apart by the real one."""
DOT = "\N{FULLWIDTH FULL STOP}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterFolder:
    """A container as a folder. `path` is POSIX, of names that `segment` made."""

    path: str
    container: str
    name: str


@dataclass(frozen=True, slots=True)
class _Branch:
    """Siblings below some names; `circle` are the containers they lie in already."""

    above: tuple[str, ...]
    circle: frozenset[str]
    siblings: list[ShelterContainer]


class ShelterTree:
    """All containers of an account as folders; a value, made anew when they change."""

    def __init__(self, containers: Iterable[ShelterContainer]) -> None:
        self._containers = {one.id: one for one in containers}
        self._paths: dict[str, list[tuple[str, ...]]] = {}
        self._folders: dict[str, ShelterFolder] = {}
        self._children = _children_of(self._containers)
        self._grow(self._children.get("", []))
        for one in _in_order(self._containers.values()):
            if one.id not in self._paths:
                self._grow([one])

    @property
    def folders(self) -> tuple[ShelterFolder, ...]:
        """All folders, parents before what is in them; none for what we wrote back ourselves."""
        return tuple(self._folders[path] for path in sorted(self._folders))

    def paths(self, container: str) -> tuple[str, ...]:
        """The folders that a container is shown as, the first one first."""
        return tuple("/".join(segments) for segments in self._paths.get(container, ()))

    def container(self, container: str) -> ShelterContainer | None:
        """The container of that id."""
        return self._containers.get(container)

    def chains(self, galleries: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """For each folder of each of these galleries, its name and those above, nearest first."""
        folders = [path for gallery in galleries for path in self.paths(gallery)]
        return tuple(dict.fromkeys(self._names(path) for path in folders))

    def holds_renditions(self, gallery: str) -> bool:
        """Is this a gallery of what we wrote back, which are no masters?"""
        found = self._containers.get(gallery)
        return found is not None and found.name.endswith(RENDITIONS_SUFFIX)

    def master_galleries(self, galleries: Iterable[str]) -> tuple[str, ...]:
        """Those of these galleries that hold masters."""
        return tuple(one for one in galleries if not self.holds_renditions(one))

    def home(self, galleries: Iterable[str]) -> tuple[str, str]:
        """The gallery that an asset is shown in first, and its folder; "" where none is known."""
        known = [(self.paths(one)[0], one) for one in galleries if self.paths(one)]
        folder, gallery = min(known, default=("", ""))
        return gallery, folder

    def differing(self, other: "ShelterTree") -> tuple[str, ...]:
        """The galleries that lie elsewhere in `other`, or are called otherwise there."""
        return tuple(
            one
            for one in self._containers.keys() | other._containers.keys()
            if self.paths(one) != other.paths(one)
            or self.chains((one,)) != other.chains((one,))
            or self.holds_renditions(one) != other.holds_renditions(one)
        )

    def below(self, folder: str) -> frozenset[str]:
        """The containers that are shown as this folder or below it; "" is everything."""
        if not folder:
            return frozenset(self._containers)
        return frozenset(
            one.container
            for path, one in self._folders.items()
            if path == folder or path.startswith(folder + "/")
        )

    def container_at(self, folder: str) -> ShelterContainer | None:
        """The container that is shown as this folder."""
        found = self._folders.get(folder)
        return self._containers.get(found.container) if found else None

    def _names(self, path: str) -> tuple[str, ...]:
        names: list[str] = []
        while path:
            names.append(self._folders[path].name)
            path = path.rpartition("/")[0]
        return tuple(names)

    def _grow(self, top: list[ShelterContainer]) -> None:
        """Lay out what is at the top and below, breadth first, so that short paths come first."""
        level = [_Branch((), frozenset(), top)]
        while level and len(level[0].above) < DEEPEST:
            level = [deeper for branch in level for deeper in self._grown(branch)]

    def _grown(self, branch: "_Branch") -> Iterator["_Branch"]:
        for name, one in self._named(branch.above, branch.siblings):
            segments = (*branch.above, name)
            if self._place(segments, one):
                circle = branch.circle | {one.id}
                inside = self._children.get(one.id, [])
                yield _Branch(
                    segments, circle, [child for child in inside if child.id not in circle]
                )

    def _named(
        self, above: tuple[str, ...], siblings: list[ShelterContainer]
    ) -> Iterator[tuple[str, ShelterContainer]]:
        """Siblings with names that no other one has; of two of one name the older one keeps it."""
        for one in siblings:
            if one.name.endswith(RENDITIONS_SUFFIX):
                continue
            plain = segment(one.name) or one.id
            for name in (plain, f"{plain} ({one.id[-6:]})", f"{plain} ({one.id})"):
                taken = self._folders.get("/".join((*above, name)))
                if taken is None or taken.container == one.id:
                    break
            yield name, one

    def _place(self, segments: tuple[str, ...], one: ShelterContainer) -> bool:
        paths = self._paths.setdefault(one.id, [])
        if len(paths) >= MOST_PATHS or segments in paths:
            return False
        paths.append(segments)
        path = "/".join(segments)
        self._folders[path] = ShelterFolder(path=path, container=one.id, name=one.name)
        return True


def segment(name: str) -> str:
    """A name as one part of a path: no separator, nothing that cannot be written or seen."""
    text = name.encode("utf-8", "replace").decode()[:LONGEST_NAME].replace("/", SLASH)
    text = "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    text = text.strip()
    return text.replace(".", DOT) if text.strip(".") == "" else text


def _children_of(
    containers: Mapping[str, ShelterContainer],
) -> dict[str, list[ShelterContainer]]:
    """What lies in each collection, by its id; "" is the root."""
    children: dict[str, list[ShelterContainer]] = {}
    for one in _in_order(containers.values()):
        known = [parent for parent in one.parents if _is_collection(containers.get(parent))]
        for parent in known or ([] if one.parents and _is_lost(one, containers) else [""]):
            children.setdefault(parent, []).append(one)
    return children


def _is_lost(one: ShelterContainer, containers: Mapping[str, ShelterContainer]) -> bool:
    """Does it name parents that are no collections? Then it is laid out last, at the top."""
    return any(parent in containers for parent in one.parents)


def _is_collection(found: ShelterContainer | None) -> bool:
    return found is not None and found.kind is ContainerKind.COLLECTION


def _in_order(containers: Iterable[ShelterContainer]) -> list[ShelterContainer]:
    return sorted(containers, key=lambda one: (one.created_at, one.id))
