"""Killed at any moment of a bulk write: each file is wholly old or wholly new, in the end new."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import exiv2
import pytest
from PIL import Image

from bridge_app.domain.approvals import Approval
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.media.decoder_pool import DecoderPool
from tests.desk import Desk, picture
from tests.work.master_child import started

TITLE = FieldPath(Subject.STANDARD, "title")
KINDS = ("jpg", "jpg", "jpg", "png", "tif", "webp", "gif")
"""A GIF gets a sidecar."""
LONGEST_S = 100
LOOK_EVERY_S = 0.001


def titles(folder: Path) -> set[str]:
    """What the files say; each is opened to its last pixel."""
    found: set[str] = set()
    for path in folder.glob("[0-9]*"):
        if path.suffix != ".xmp":
            with Image.open(path) as opened:
                opened.load()
        if path.suffix != ".gif":
            image = exiv2.ImageFactory.open(path.read_bytes())
            image.readMetadata()
            said = {datum.key(): datum.print() for datum in image.xmpData()}
            found.add(said.get("Xmp.dc.title", "").removeprefix('lang="x-default" '))
    return found


def hidden(folder: Path) -> list[str]:
    """The temporary files that lie there."""
    return [path.name for path in folder.glob(".*")]


def inodes(folder: Path) -> dict[str, int]:
    """Which file lies under which name: replacing one gives it another number."""
    found = {}
    for path in folder.glob("[0-9]*"):
        found[path.name] = path.stat().st_ino
    return found


def run(home: Path, folder: Path, *, kill: Callable[[int], bool] = lambda _: False) -> None:
    """Let another process write until `kill` says yes to how many files it has replaced."""
    before = inodes(folder)
    child = started(home)
    end, pause = time.monotonic() + LONGEST_S, threading.Event()
    try:
        while child.is_alive() and not kill(_replaced(before, folder)):
            assert time.monotonic() < end, "it goes on for ever"
            pause.wait(LOOK_EVERY_S)
    finally:
        child.kill()
        child.join(30)


def _replaced(before: dict[str, int], folder: Path) -> int:
    return len(inodes(folder).items() - before.items())


def at_some_moment(rng: Random, *, most: int) -> Callable[[int], bool]:
    """A while after some number of files was replaced, none included."""
    number, looks = rng.randrange(most), rng.randrange(12)
    seen = 0

    def kill(replaced: int) -> bool:
        nonlocal seen
        seen += replaced >= number
        return seen > looks

    return kill


def killed(tmp_path: Path, decoder: DecoderPool, *, files: int, kills: int) -> list[str]:
    """Kill that many writes of that many files; the temporary files that the kills left."""
    rng = Random(7)  # noqa: S311 - the same moments each time
    desk = Desk(tmp_path, sandbox=None, decoder=decoder)
    desk.open()
    for number in range(files):
        made = picture(desk.folder / f"{number}.jpg", number, size=(64, 40))
        kind = KINDS[number % len(KINDS)]
        if kind != "jpg":
            with Image.open(made) as opened:
                opened.save(made.with_suffix(f".{kind}"))
            made.unlink()
    desk.library()
    everything = desk.approve()
    left: list[str] = []
    before = ""
    while kills:
        title = f"Title {kills}"
        desk.parts.close()
        desk.parts = desk.build()
        desk.parts.worker.masters.say(everything, [Change(path=TITLE, value=title)])
        desk.parts.close()
        while kills and titles(desk.folder) != {title}:
            run(desk.home / "profile", desk.folder, kill=at_some_moment(rng, most=files // 4))
            kills -= 1
            left += hidden(desk.folder)
            assert titles(desk.folder) <= {before, title}
        run(desk.home / "profile", desk.folder)
        assert titles(desk.folder) == {title}
        assert hidden(desk.folder) == []
        before = title
    desk.parts = desk.build()
    desk.open()
    desk.settled()
    assert {asset.approval for asset in desk.assets()} == {Approval.APPROVED}
    assert desk.parts.stock.audit.check().is_sound
    desk.close()
    return left


def test_a_killed_bulk_write_goes_on_where_it_was(tmp_path: Path, decoder: DecoderPool) -> None:
    killed(tmp_path, decoder, files=7, kills=1)


@pytest.mark.soak
@pytest.mark.timeout(7_200)
def test_two_hundred_kills_leave_no_half_file(tmp_path: Path, decoder: DecoderPool) -> None:
    assert killed(tmp_path, decoder, files=60, kills=200), "none fell into the middle of a write"
