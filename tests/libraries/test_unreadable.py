"""What cannot be read is listed with the reason, and is never taken for gone."""

import errno
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bridge_app.domain.errors import FileTroubleError
from bridge_app.libraries.library import FolderSeen, Found, Skipped, SkipReason
from bridge_app.libraries.local import LocalLibrary
from tests.libraries.seen import files, folders, gone, looked, never, skipped, walked, write

Listing = AbstractContextManager[Iterator["os.DirEntry[str]"]]


def ignore(count: int) -> None:
    """Nobody wants to know how far it is."""


def test_devices_pipes_and_sockets_are_listed_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "null.jpg").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.fspath(tmp_path / "socket.jpg"))
        seen = walked(tmp_path)

    assert skipped(seen) == dict.fromkeys(
        ("pipe.jpg", "null.jpg", "socket.jpg"), SkipReason.SPECIAL_FILE
    )
    with pytest.raises(FileTroubleError, match="not an ordinary file"):
        LocalLibrary(tmp_path).digest("pipe.jpg", on_bytes=ignore)


def test_unreadable_files_and_folders_are_listed_with_the_reason_and_are_not_gone(
    as_ordinary_user: Path,
) -> None:
    write(as_ordinary_user / "secret.jpg").chmod(0)
    write(as_ordinary_user / "closed/hero.jpg")
    write(as_ordinary_user / "open/hero.jpg")
    (as_ordinary_user / "closed").chmod(0)

    seen = walked(as_ordinary_user)

    assert files(seen) == {"open/hero.jpg"}
    assert skipped(seen) == dict.fromkeys(("closed", "secret.jpg"), SkipReason.NO_PERMISSION)
    assert folders(seen) == {"": True, "closed": False, "open": True}
    assert gone(seen, "secret.jpg", "closed/hero.jpg", "closed/a/b.jpg", "open/old.jpg") == {
        "open/old.jpg"
    }
    assert looked(as_ordinary_user, "closed/hero.jpg", "secret.jpg") == [
        Skipped(path="closed/hero.jpg", reason=SkipReason.NO_PERMISSION),
        Skipped(path="secret.jpg", reason=SkipReason.NO_PERMISSION),
    ]
    with pytest.raises(FileTroubleError, match="no permission"):
        LocalLibrary(as_ordinary_user).digest("secret.jpg", on_bytes=ignore)


@contextmanager
def breaking_off(listing: Listing) -> Iterator[Iterator["os.DirEntry[str]"]]:
    """A folder's listing whose disk fails after the first entry."""

    def entries() -> Iterator["os.DirEntry[str]"]:
        with listing as real:
            yield next(real)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    yield entries()


def test_a_listing_that_breaks_off_makes_nothing_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        write(tmp_path / f"bad/{number}.jpg")
        write(tmp_path / f"good/{number}.jpg")
    real = os.scandir

    def scandir(place: Path) -> Listing:
        return breaking_off(real(place)) if place.name == "bad" else real(place)

    monkeypatch.setattr(os, "scandir", scandir)

    seen = walked(tmp_path)

    assert folders(seen) == {"": True, "bad": False, "good": True}
    assert skipped(seen) == {"bad": SkipReason.DISK_ERROR}
    assert len(files(seen)) == 6
    assert gone(seen, "bad/9.jpg", "good/9.jpg") == {"good/9.jpg"}


def test_what_vanishes_between_listing_and_looking_is_not_concluded_upon(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / f"{number}.jpg")
        write(tmp_path / f"folder {number}/a.jpg")

    seen: list[Found | Skipped | FolderSeen] = []
    for item in LocalLibrary(tmp_path).walk(never):
        seen.append(item)
        if len(seen) == 1:
            for place in tmp_path.iterdir():
                shutil.rmtree(place) if place.is_dir() else place.unlink()

    assert len(files(seen)) == 1
    assert set(skipped(seen).values()) == {SkipReason.VANISHED}
    assert gone(seen, "0.jpg", "1.jpg", "2.jpg", "folder 0/a.jpg") <= {"0.jpg", "1.jpg", "2.jpg"}


def test_a_path_longer_than_the_system_allows_is_listed(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(20):
            os.mkdir("d" * 250, dir_fd=descriptor)
            below = os.open("d" * 250, os.O_RDONLY, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
    finally:
        os.close(descriptor)

    seen = walked(tmp_path)

    assert list(skipped(seen).values()) == [SkipReason.PATH_TOO_LONG]
    shutil.rmtree(tmp_path)
