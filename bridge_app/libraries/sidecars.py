"""Sidecars as part of their masters: what a look through a library tells of both."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bridge_app.domain.sidecars import Neighbours, is_sidecar_name, related_to, sidecars_state
from bridge_app.libraries.library import Found, Gone, Skipped
from bridge_app.libraries.trail import below

Seen = Found | Skipped | Gone


def paired(files: list[Found]) -> Iterator[Found]:
    """The files that lie directly in a folder, each master with its sidecars."""
    by_name = {_name(file.path): file for file in files}
    neighbours = Neighbours(by_name)
    for name, file in by_name.items():
        if not is_sidecar_name(name):
            yield _with(file, [by_name[one] for one in neighbours.sidecars_of(name)])
        elif not neighbours.owners_of(name):
            yield file


def together(
    seen: Seen, names: Callable[[str], Iterable[str]], find: Callable[[str], Seen | None]
) -> Iterator[Seen]:
    """What is at a path, and at those that belong to it.

    Args:
        seen: What is there.
        names: The names of the files in a folder, by its path.
        find: What is at another path, without its sidecars.
    """
    folder, _, name = seen.path.rpartition("/")
    related = [below(folder, one) for one in related_to(name)]
    if is_sidecar_name(name):
        neighbours = Neighbours([*names(folder), name])
        owners = neighbours.owners_of(name)
        is_owned = bool(owners) and isinstance(seen, Found)
        yield Gone(path=seen.path) if is_owned else seen
        for owner in owners:
            yield from _whole(find(below(folder, owner)), folder, names, find)
    elif any(isinstance(find(path), Found) for path in related):
        yield from _whole(seen, folder, names, find)
        neighbours = Neighbours(names(folder))
        for path in related:
            there = find(path)
            if isinstance(there, Found):
                is_owned = bool(neighbours.owners_of(_name(path)))
                yield Gone(path=path) if is_owned else there
    else:
        yield seen


def _whole(
    seen: Seen | None,
    folder: str,
    names: Callable[[str], Iterable[str]],
    find: Callable[[str], Seen | None],
) -> Iterator[Seen]:
    if not isinstance(seen, Found):
        if seen is not None:
            yield seen
        return
    own = Neighbours(names(folder)).sidecars_of(_name(seen.path))
    there = [find(below(folder, one)) for one in own]
    yield _with(seen, [one for one in there if isinstance(one, Found)])


def _with(file: Found, sidecars: list[Found]) -> Found:
    if not sidecars:
        return file
    return replace(
        file,
        sidecars=tuple(one.path for one in sidecars),
        sidecars_state=sidecars_state(sidecars),
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2]
