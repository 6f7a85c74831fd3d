"""Changes in a library are told within two seconds, whatever the system can or cannot do."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

import bridge_app.libraries.watcher
from bridge_app.libraries.errors import LibraryUnavailableError, WatchLimitedError
from bridge_app.libraries.inotify import Inotify
from bridge_app.libraries.library import Found
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.watcher import Watcher
from tests.libraries.seen import write
from tests.libraries.told import SOON_S, Told, watching


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


@pytest.fixture(params=["by the system", "by looking"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system tells, or it has no queue for us and the library is looked through."""
    if request.param == "by looking":

        def refuse(self: Inotify) -> None:
            raise OSError(24, "Too many open files")

        monkeypatch.setattr(Inotify, "__init__", refuse)
        monkeypatch.setattr(bridge_app.libraries.watcher, "PULSE_S", 0.2)


def test_files_that_come_change_move_and_go_are_told(either_way: None, root: Path) -> None:
    write(root / "old.jpg")
    write(root / "changing.jpg")
    write(root / "a/moving.jpg")
    write(root / "going.jpg")
    with watching(root) as told:
        write(root / "new.jpg")
        (root / "changing.jpg").write_bytes(b"longer")
        (root / "a/moving.jpg").rename(root / "moved.jpg")
        (root / "going.jpg").unlink()

        assert told.all("new.jpg", "changing.jpg", "a/moving.jpg", "moved.jpg", "going.jpg")
        assert "old.jpg" not in told.paths


def test_whole_folders_that_come_move_and_go_are_told(
    either_way: None, root: Path, tmp_path: Path
) -> None:
    write(tmp_path / "elsewhere/b/c.jpg")
    write(root / "leaving/b/c.jpg")
    write(root / "deleted/b/c.jpg")
    with watching(root) as told:
        (tmp_path / "elsewhere").rename(root / "arrived")
        (root / "leaving").rename(tmp_path / "gone")
        shutil.rmtree(root / "deleted")
        assert told.all("arrived", "leaving", "deleted")

        write(root / "arrived/b/later.jpg")
        assert told.all("arrived/b/later.jpg")

        write(tmp_path / "gone/b/outside.jpg")
        (root / "arrived").rename(root / "renamed")
        # What is written before this is told lies in a folder that is told: it stands for it.
        assert told.all("arrived", "renamed")
        write(root / "renamed/b/last.jpg")
        assert told.all("renamed/b/last.jpg")
        assert not any("outside" in path for path in told.paths)


def test_names_of_any_bytes_are_told_and_do_not_end_the_watch(either_way: None, root: Path) -> None:
    names = ["line\nbreak.jpg", "🏖️.jpg", "Cafe\u0301.jpg", os.fsdecode(b"latin-\xe9\xff.jpg")]
    with watching(root) as told:
        for name in names:
            write(root / name)
        assert told.all(*names)

        write(root / os.fsdecode(b"folder-\xff") / "a.jpg")
        assert told.until(lambda: any("folder-" in path for path in told.paths))
        write(root / "plain.jpg")
        assert told.all("plain.jpg")


def test_hidden_system_and_unfinished_files_wake_nobody(either_way: None, root: Path) -> None:
    (root / ".git").mkdir()
    with watching(root) as told:
        for name in (".hidden", ".git/index", "Thumbs.db", "film.mov.part", "@eaDir/x.jpg"):
            write(root / name)
        write(root / "film.mov.part").rename(root / "film.mov")

        assert told.all("film.mov")
        assert told.paths == {"film.mov"}


def test_folders_behind_links_are_watched_and_loops_do_no_harm(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/below/a.jpg")
    (root / "loop").symlink_to(root)
    (root / "self").symlink_to("self")
    (root / "link").symlink_to(tmp_path / "elsewhere")
    with watching(root) as told:
        write(tmp_path / "elsewhere/below/b.jpg")
        (root / "late").symlink_to(tmp_path / "elsewhere/below")
        assert told.all("link/below/b.jpg", "late")

        write(tmp_path / "elsewhere/below/c.jpg")
        assert told.all("link/below/c.jpg", "late/c.jpg")

        (root / "link").unlink()
        assert told.all("link")
        write(tmp_path / "elsewhere/below/d.jpg")
        assert told.all("late/d.jpg")
        assert "link/below/d.jpg" not in told.paths


def test_a_folder_that_cannot_be_read_leaves_the_others_watched(as_ordinary_user: Path) -> None:
    folders = [as_ordinary_user / f"folder {number}" for number in range(20)]
    for folder in folders:
        folder.mkdir()
    folders[7].chmod(0)
    with watching(as_ordinary_user) as told:
        for folder in folders[:7] + folders[8:]:
            write(folder / "hero.jpg")
        assert told.all(*(f"folder {number}/hero.jpg" for number in range(20) if number != 7))

        folders[7].chmod(0o777)
        assert told.all("folder 7")
        write(folders[7] / "hero.jpg")
        assert told.all("folder 7/hero.jpg")


def test_many_changes_are_told_together(root: Path) -> None:
    with watching(root) as told:
        for number in range(500):
            write(root / f"{number}.jpg")

        assert told.all(*(f"{number}.jpg" for number in range(500)))
        assert len(told.calls) <= 10


def test_a_queue_that_ran_over_tells_everything_and_watches_what_came(root: Path) -> None:
    told, busy, free = Told(), threading.Event(), threading.Event()

    def slow(paths: frozenset[str]) -> None:
        told.change(paths)
        busy.set()
        free.wait(60)

    watcher = Watcher(root, slow, told.trouble)
    watcher.start()
    try:
        assert watcher.wait_until_watching(SOON_S)
        write(root / "first.jpg")
        assert busy.wait(SOON_S)
        second = write(root / "second.jpg")
        for number in range(int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())):
            os.utime((root / "first.jpg", second)[number % 2])
        (root / "unheard of").mkdir()
        free.set()
        assert told.until(lambda: "" in told.paths, 20)

        write(root / "unheard of/hero.jpg")
        assert told.all("unheard of/hero.jpg")
    finally:
        free.set()
        watcher.close()


# The library goes


@pytest.mark.parametrize("go", [shutil.rmtree, lambda root: root.rename(root.with_name("away"))])
def test_a_library_that_goes_is_said_once_and_nothing_in_it_is_told(
    either_way: None, root: Path, go: Callable[[Path], None]
) -> None:
    for number in range(20):
        write(root / f"{number}/hero.jpg")
    with watching(root) as told:
        said = len(told.troubles)
        moved = root.rename(root.with_name("moved")) if go is shutil.rmtree else root
        go(moved)

        assert told.until(lambda: len(told.troubles) > said, 2 * SOON_S)
        assert isinstance(told.troubles[-1], LibraryUnavailableError)
        assert told.calls == []

        write(root / "back.jpg")
        assert told.until(lambda: told.calls == [frozenset({""})], 2 * SOON_S)
        write(root / "and watched.jpg")
        assert told.until(lambda: "and watched.jpg" in told.paths, 2 * SOON_S)
        assert len(told.troubles) == said + 1


def test_a_library_that_is_not_there_yet_is_told_when_it_comes(tmp_path: Path) -> None:
    told = Told()
    watcher = Watcher(tmp_path / "stick", told.change, told.trouble)
    watcher.start()
    try:
        assert told.until(lambda: bool(told.troubles))
        assert not watcher.wait_until_watching(0)
        write(tmp_path / "stick/hero.jpg")
        assert told.until(lambda: told.calls == [frozenset({""})], 2 * SOON_S)
    finally:
        watcher.close()


# The system's limits

LIMITED = """
import sys, threading
from pathlib import Path
from bridge_app.libraries.watcher import Watcher

root, told = Path(sys.argv[1]), threading.Event()
def change(paths):
    if paths & {"", "18/hero.jpg"}: told.set()
watcher = Watcher(root, change, lambda trouble: print(type(trouble).__name__, trouble))
watcher.start()
assert watcher.wait_until_watching(5)
if len(sys.argv) > 2:
    for number in range(5, 20): (root / str(number)).mkdir()
(root / "18").mkdir(exist_ok=True)
(root / "18/hero.jpg").write_bytes(b"x")
print("told" if told.wait(5) else "missed")
watcher.close()
"""


def ended_with_few_watches(*command: str) -> subprocess.CompletedProcess[str]:
    """A command where the system gives it ten watches only: the limit is the namespace's own."""
    limited = 'echo 10 > /proc/sys/user/max_inotify_watches && exec "$@"'
    return subprocess.run(
        [shutil.which("unshare") or "false", "-Ur", "sh", "-c", limited, "sh", *command],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("later", [False, True])
def test_when_watches_run_out_the_library_is_looked_through_and_that_is_said(
    root: Path, later: bool
) -> None:
    for number in range(5 if later else 20):
        (root / str(number)).mkdir()
    if ended_with_few_watches("true").returncode != 0:
        pytest.skip("this system lets nobody make a user namespace to lower the limit in")

    ended = ended_with_few_watches(
        sys.executable, "-c", LIMITED, os.fspath(root), *(["later"] if later else [])
    )

    assert ended.stderr == ""
    assert ended.stdout.count(WatchLimitedError.__name__) == 1
    assert "changes may take longer to appear" in ended.stdout
    assert ended.stdout.endswith("told\n")


# Ending


def test_closing_ends_the_thread_at_once_and_may_be_repeated(either_way: None, root: Path) -> None:
    told = Told()
    watcher = Watcher(root, told.change, told.trouble)
    watcher.start()
    watcher.wait_until_watching(SOON_S)
    assert "watcher library" in {thread.name for thread in threading.enumerate()}

    began = monotonic()
    watcher.close()
    watcher.close()

    assert monotonic() - began < 1
    assert "watcher library" not in {thread.name for thread in threading.enumerate()}
    write(root / "too late.jpg")
    assert told.calls == []


def test_a_watcher_that_was_never_started_can_be_closed(root: Path) -> None:
    told = Told()

    Watcher(root, told.change, told.trouble).close()

    assert told.calls == []


def test_what_is_written_right_after_its_folder_was_renamed_is_found_by_a_look(
    either_way: None, root: Path
) -> None:
    write(root / "before/b/first.jpg")
    library, found = LocalLibrary(root), threading.Event()

    def look(paths: frozenset[str]) -> None:
        seen = library.look(paths, lambda: False)
        if any(isinstance(entry, Found) and entry.path == "after/b/last.jpg" for entry in seen):
            found.set()

    watcher = Watcher(root, look, lambda _: None)
    watcher.start()
    assert watcher.wait_until_watching(SOON_S)
    (root / "before").rename(root / "after")
    write(root / "after/b/last.jpg")
    assert found.wait(SOON_S)
    watcher.close()
