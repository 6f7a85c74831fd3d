"""Watching, looking and deciding together: whoever does all three knows what is there."""

import random
import shutil
from functools import partial
from pathlib import Path

import pytest

from bridge_app.libraries.library import FolderSeen, Found, Gone, is_gone
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.watcher import Watcher
from tests.libraries.seen import never, write
from tests.libraries.told import SOON_S, Told


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


class Mirror:
    """A catalog in small: it knows the library only by what is told and looked at."""

    def __init__(self, root: Path) -> None:
        self._library = LocalLibrary(root)
        self.files: dict[str, Found] = {}

    def follow(self, paths: frozenset[str]) -> None:
        seen = list(self._library.look(paths, never))
        found = {item.path: item for item in seen if isinstance(item, Found)}
        gone = [item.path for item in seen if isinstance(item, Gone)]
        complete = {item.path for item in seen if isinstance(item, FolderSeen) and item.complete}
        for path in set(self.files) - set(found):
            is_below = any(path == place or path.startswith(f"{place}/") for place in gone)
            if is_below or is_gone(path, complete=complete, uncertain=()):
                del self.files[path]
        self.files |= found

    def holds(self, truth: dict[str, Found]) -> bool:
        return self.files == truth


def shuffle(root: Path, chance: random.Random) -> None:
    """One thing that people do to folders."""
    folders = [root, *(place for place in root.rglob("*") if place.is_dir())]
    places = [place for place in root.rglob("*") if place != root / "aside"]
    target = chance.choice(folders) / f"{chance.randrange(30)}"
    act = chance.choice(["write", "write", "folder", "move", "move", "delete", "tree"])
    if act == "write" and not target.is_dir():
        target.write_bytes(b"x" * chance.randrange(1000))
    elif act == "folder":
        target.mkdir(exist_ok=True) if not target.is_file() else None
    elif act == "tree" and not target.exists():
        write(target / "1/2/3")
        write(target / "1/4")
    elif act == "move" and places:
        source = chance.choice(places)
        if not target.exists() and not target.is_relative_to(source):
            source.rename(target)
    elif act == "delete" and places and chance.random() < 0.5:
        place = chance.choice(places)
        shutil.rmtree(place) if place.is_dir() else place.unlink()


@pytest.mark.parametrize("seed", range(4))
def test_whoever_looks_at_what_is_told_soon_knows_the_library_as_it_is(
    root: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    told = Told()
    mirror = Mirror(root)

    def follow(paths: frozenset[str]) -> None:
        mirror.follow(paths)
        told.change(paths)

    watcher = Watcher(root, follow, told.trouble)
    watcher.start()
    try:
        assert watcher.wait_until_watching(SOON_S)
        for _ in range(5):
            for _ in range(40):
                shuffle(root, chance)
            truth = {
                item.path: item
                for item in LocalLibrary(root).walk(never)
                if isinstance(item, Found)
            }
            assert told.until(partial(mirror.holds, truth)), (mirror.files, truth)
    finally:
        watcher.close()
    assert told.troubles == []
