"""What a full disk and a sudden end cost: never a decision, never an original."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import bridge_app
from bridge_app.domain.approvals import Approval, broken_link
from bridge_app.domain.errors import DiskFullError
from bridge_app.domain.jobs import Trouble
from bridge_app.storage.database import check_integrity
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.work.events import ScanProgress
from tests.desk import Desk, picture

ROOT = Path(bridge_app.__file__).resolve().parents[1]
SAFE = "What you said before is safe, and your originals are untouched."
BEFORE, AFTER = 3, 60
PRIVATE_MOUNTS = ("unshare", "--mount", "--map-root-user")
# Runs in mounts of its own. The room left is enough for the ledger to take note of the second
# folder, and not for the catalog of it.
STORY = """
ROOM=300
mount -t tmpfs -o size=8m tmpfs "$ASSET_BRIDGE_HOME" || exit 99
bridge() { name=$1; shift; "$PYTHON" -m bridge_app "$@" >"$TOLD/$name.out" 2>"$TOLD/$name.err"
           echo $? >"$TOLD/$name.status"; }
bridge first library add "$FEW"
bridge approve approve one.jpg --comment "Before the disk was full."
free=$(df --output=avail "$ASSET_BRIDGE_HOME" | tail -1)
head -c $((free - ROOM))k /dev/zero >"$ASSET_BRIDGE_HOME/ballast"
bridge full library add "$MANY"
rm "$ASSET_BRIDGE_HOME/ballast"
mount -o remount,size=64m "$ASSET_BRIDGE_HOME"
bridge doctor doctor
bridge show show one.jpg --json
bridge history show one.jpg
bridge again library add "$MANY"
bridge listed search --json
"""


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    probe = ["sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return (
        subprocess.run([*PRIVATE_MOUNTS, *probe], capture_output=True, check=False).returncode == 0
    )


class Told:
    """What the commands of the story printed and how they ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getattr__(self, name: str) -> str:
        command, _, stream = name.partition("_")
        return (self._folder / f"{command}.{stream}").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story, told once; the originals are compared before and after."""
    if not can_mount():
        pytest.skip("no file system can be mounted here; the test with a page limit remains")
    home = tmp_path_factory.mktemp("full")
    places = {name: home / name for name in ("profile", "few", "many", "told")}
    for place in places.values():
        place.mkdir()
    picture(places["few"] / "one.jpg", seed=1000)
    for number in range(AFTER):
        picture(places["many"] / f"{number:02}.jpg", seed=number)
    before = hashes(places["few"]) | hashes(places["many"])
    ended = subprocess.run(
        [*PRIVATE_MOUNTS, "sh", "-c", STORY],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHON": sys.executable,
            "ASSET_BRIDGE_HOME": str(places["profile"]),
            "ASSET_BRIDGE_PASSPHRASE": "correct horse",
            **{name.upper(): str(place) for name, place in places.items()},
        },
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert hashes(places["few"]) | hashes(places["many"]) == before
    return Told(places["told"])


def test_a_full_disk_is_said_in_a_sentence(told: Told) -> None:
    assert told.first_status == "0\n"
    assert told.approve_status == "0\n", told.approve_err
    assert SAFE in told.full_err
    assert "Traceback" not in told.full_err
    assert "A fault of Asset Bridge" not in told.full_err
    assert told.full_out.startswith("many: "), "the ledger had room: the catalog was what is full"


def test_a_look_that_the_disk_cut_short_is_no_success(told: Told) -> None:
    assert told.full_status == "1\n", (told.full_out, told.full_err)


def test_decisions_from_before_are_there_afterwards(told: Told) -> None:
    assert "The ledger is sound" in told.doctor_out
    assert '"approval": "approved"' in told.show_out
    assert "approved: Before the disk was full." in told.history_out


def test_with_space_again_the_look_is_completed(told: Told) -> None:
    assert (told.again_status, told.again_out) == ("0\n", f"many: {AFTER} assets, 0 skipped.\n")
    assert len(told.listed_out.splitlines()) == AFTER + 1


def test_a_catalog_that_cannot_grow_is_trouble_and_no_loss(desk: Desk) -> None:
    for number in range(BEFORE):
        picture(desk.folder / f"before {number}.jpg", seed=number)
    record = desk.library()
    desk.approve()
    writer = desk.parts.stock.catalog._writer
    with writer.reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(AFTER):
        picture(desk.folder / "later" / f"{number:03}.jpg", seed=100 + number)
    originals = hashes(desk.folder)
    desk.until(lambda: bool(troubles(desk)), what="the trouble")

    assert {trouble.kind for trouble in troubles(desk)} == {DiskFullError.__name__}
    assert SAFE in troubles(desk)[0].sentence()
    assert hashes(desk.folder) == originals
    check_integrity(desk.home / "profile" / "ledger.db")
    assert broken_link(desk.parts.stock.decisions.everything()) is None
    assert [asset.approval for asset in desk.assets()].count(Approval.APPROVED) == BEFORE

    with writer.reading() as connection:
        connection.execute("PRAGMA max_page_count = 1073741823")
    desk.parts.worker.scan(record.id)
    desk.settled()
    assert len(desk.assets()) == BEFORE + AFTER


def troubles(desk: Desk) -> list[Trouble]:
    return [
        event.trouble
        for event in list(desk.events)
        if isinstance(event, ScanProgress) and event.trouble is not None
    ]


DECIDING = """
import sys
from itertools import cycle
from pathlib import Path
from bridge_app.app.build import build, utc_now
from bridge_app.domain.approvals import Approval
from bridge_app.domain.query import Query
from bridge_app.storage.secrets import MemoryStore

with build(Path(sys.argv[1]), open_store=lambda _: MemoryStore()) as parts:
    with parts.stock.readers.lent() as reader:
        assets = [asset.id for asset in reader.page(Query(), offset=0, limit=9, now=utc_now())]
    for number, verdict in enumerate(cycle((Approval.APPROVED, Approval.REJECTED))):
        chosen = assets[number % len(assets)]
        parts.worker.decide([chosen], verdict, comment=str(number))
        print(number, chosen, verdict.value, flush=True)
"""


@pytest.mark.parametrize("heard", [1, 17, 60])
def test_a_decision_that_was_acknowledged_survives_the_end_of_the_process(
    desk: Desk, heard: int
) -> None:
    for number in range(BEFORE):
        picture(desk.folder / f"{number}.jpg", seed=number)
    desk.library()
    desk.parts.close()
    profile = desk.home / "profile"
    with subprocess.Popen(
        [sys.executable, "-c", DECIDING, os.fspath(profile)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = [process.stdout.readline() for _ in range(heard)]
        process.send_signal(signal.SIGKILL)
        # Not `communicate`: what `readline` has read ahead would be lost to it.
        lines += [line for line in process.stdout if line.endswith("\n")]
        err = process.stderr.read()

    check_integrity(profile / "ledger.db")
    ledger = open_ledger(profile / "ledger.db")
    kept = Decisions(ledger).everything()
    ledger.close()
    told = [f"{one.comment} {one.asset} {one.approval.value}\n" for one in kept]
    assert (process.returncode, err) == (-signal.SIGKILL, "")
    assert len(lines) >= heard
    assert told[: len(lines)] == lines
    assert len(told) <= len(lines) + 1, "at most the one that was not acknowledged yet is more"
    assert broken_link(kept) is None
