"""Killed at any moment of a bulk write: each file is wholly old or wholly new, in the end new."""

import subprocess
import sys
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
from tests.work import master_child

TITLE = FieldPath(Subject.STANDARD, "title")


def titles(folder: Path) -> set[str]:
    """What the files say; each is opened to its last pixel."""
    found: set[str] = set()
    for path in folder.glob("*.jpg"):
        with Image.open(path) as opened:
            opened.load()
        image = exiv2.ImageFactory.open(str(path))
        image.readMetadata()
        said = {datum.key(): datum.print() for datum in image.xmpData()}
        found.add(said.get("Xmp.dc.title", "").removeprefix('lang="x-default" '))
    return found


def run(home: Path, kill_after_s: float | None) -> None:
    """Let another process write, and kill it so long after it has started."""
    command = [sys.executable, str(Path(master_child.__file__)), str(home)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd())
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == b"started\n"
        child.wait(timeout=kill_after_s if kill_after_s is not None else 100)
    except subprocess.TimeoutExpired:
        child.kill()
    finally:
        child.wait(timeout=30)
        child.stdout.close()


def killed(tmp_path: Path, decoder: DecoderPool, *, files: int, kills: int) -> None:
    rng = Random(7)  # noqa: S311 - the same moments each time
    desk = Desk(tmp_path, sandbox=None, decoder=decoder)
    desk.open()
    for number in range(files):
        picture(desk.folder / f"{number}.jpg", number, size=(64, 40))
    desk.library()
    everything = desk.approve()
    names = {path.name for path in desk.folder.iterdir()}
    before = ""
    while kills:
        title = f"Title {kills}"
        desk.parts.close()
        desk.parts = desk.build()
        desk.parts.worker.masters.say(everything, [Change(path=TITLE, value=title)])
        desk.parts.close()
        while kills and titles(desk.folder) != {title}:
            run(desk.home / "profile", rng.uniform(0.0, 0.6))
            kills -= 1
            assert titles(desk.folder) <= {before, title}
        run(desk.home / "profile", None)
        assert titles(desk.folder) == {title}
        assert {path.name for path in desk.folder.iterdir()} == names
        before = title
    desk.parts = desk.build()
    desk.open()
    desk.settled()
    assert {asset.approval for asset in desk.assets()} == {Approval.APPROVED}
    assert desk.parts.stock.audit.check().is_sound
    desk.close()


def test_a_killed_bulk_write_goes_on_where_it_was(tmp_path: Path, decoder: DecoderPool) -> None:
    killed(tmp_path, decoder, files=6, kills=1)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_two_hundred_kills_leave_no_half_file(tmp_path: Path, decoder: DecoderPool) -> None:
    killed(tmp_path, decoder, files=60, kills=200)
