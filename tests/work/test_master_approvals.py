"""What was approved is what a person saw: edits of masters carry that to nothing else."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import EditState, FieldPath, Subject
from bridge_app.domain.jobs import JobState
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.exiftool import ExifTool
from bridge_app.media.metadata_errors import MasterChangedError
from bridge_app.media.metadata_files import MetadataFiles
from bridge_app.media.metadata_replacing import Held, put
from bridge_app.work.handlers import push
from tests.desk import ACCOUNT, Desk, picture

HEADLINE = Change(path=FieldPath(Subject.STANDARD, "headline"), value="First light")


@pytest.fixture
def hero(desk: Desk) -> AssetId:
    """An approved picture."""
    picture(desk.folder / "hero.jpg")
    desk.library()
    return desk.approve()[0]


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def overwritten(path: Path) -> str:
    """Other bytes in the same place, of the same size and time; their SHA-256."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-60:-2] = bytes(58)
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return digest(path)


def edited(desk: Desk, asset: AssetId) -> None:
    """Say something of it, and wait until it stands in its file."""
    masters = desk.parts.worker.masters
    masters.say([asset], [HEADLINE])
    desk.until(
        lambda: {edit.state for edit in masters.history(asset)} == {EditState.DELIVERED},
        what="the edit",
    )


def replacing(
    monkeypatch: pytest.MonkeyPatch, *, before: Callable[[], object], after: Callable[[], object]
) -> None:
    """Have something happen just before a file is replaced, and just after."""

    def slowly(place: Path, old: Held, *, backup: bool) -> None:
        before()
        put(place, old, backup=backup)
        after()

    monkeypatch.setattr("bridge_app.media.metadata_files.put", slowly)


def nothing() -> None:
    """Nothing happens."""


def test_no_approval_is_carried_to_pixels_that_nobody_saw(desk: Desk, hero: AssetId) -> None:
    plan = desk.plan([hero])
    overwritten(desk.folder / "hero.jpg")
    edited(desk, hero)
    asset = desk.asset("hero.jpg")
    assert asset.sha256 == digest(desk.folder / "hero.jpg")
    assert asset.approval is not Approval.APPROVED
    (job,) = desk.finished(desk.parts.worker.push(plan))
    assert job.state is JobState.FAILED
    assert desk.sandbox is not None
    assert desk.sandbox.stored(ACCOUNT.cloud_name) == []


@pytest.mark.parametrize("kind", ["jpeg", "heic", "gif"])
def test_a_stamp_that_fits_other_bytes_is_not_believed(
    decoder: DecoderPool, corpus: Path, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"hero.{kind}"
    if kind == "heic":
        path.write_bytes(next(corpus.rglob("*.heic")).read_bytes())
    else:
        picture(tmp_path / "hero.jpeg").rename(path)
    exiftool = ExifTool.installed()
    files = MetadataFiles(decoder, exiftool)
    first = files.read(path)
    overwritten(path)
    known = files.read(path, trusted=first.stamp)
    told: list[object] = []
    with pytest.raises(MasterChangedError):
        files.write(path, changes={"headline": "Dawn"}, known=known, prepared=told.append)
    assert told == []
    if exiftool is not None:
        exiftool.close()


def test_a_rejection_while_the_file_is_written_is_heard(
    desk: Desk, hero: AssetId, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = desk.parts.worker
    replacing(monkeypatch, before=lambda: worker.decide([hero], Approval.REJECTED), after=nothing)
    edited(desk, hero)
    asset = desk.asset("hero.jpg")
    assert asset.sha256 == digest(desk.folder / "hero.jpg")
    assert asset.approval is Approval.REJECTED


def test_what_a_scan_saw_since_is_not_overwritten(
    desk: Desk, hero: AssetId, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, library = desk.folder / "hero.jpg", desk.asset("hero.jpg").library

    def seen() -> None:
        picture(path, seed=9)
        desk.parts.worker.scan(library)
        desk.until(lambda: desk.asset("hero.jpg").sha256 == digest(path), what="the scan")

    replacing(monkeypatch, before=nothing, after=seen)
    edited(desk, hero)
    asset = desk.asset("hero.jpg")
    assert asset.sha256 == digest(path)
    assert asset.approval is not Approval.APPROVED


def test_what_a_scan_found_gone_stays_gone(
    desk: Desk, hero: AssetId, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, library = desk.folder / "hero.jpg", desk.asset("hero.jpg").library

    def gone() -> None:
        path.unlink()
        desk.parts.worker.scan(library)
        desk.until(lambda: desk.assets() == [], what="the scan")

    replacing(monkeypatch, before=nothing, after=gone)
    edited(desk, hero)
    assert desk.assets() == []


def test_a_push_that_was_planned_before_an_edit_sends_what_became_of_it(
    desk: Desk, hero: AssetId
) -> None:
    plan = desk.plan([hero])
    edited(desk, hero)
    (job,) = desk.finished(desk.parts.worker.push(plan))
    assert (job.state, job.error) == (JobState.DONE, None)
    assert desk.sandbox is not None
    (stored,) = desk.sandbox.stored(ACCOUNT.cloud_name)
    assert stored.sha256 == digest(desk.folder / "hero.jpg") == desk.asset("hero.jpg").sha256


def test_what_became_of_it_is_known_though_its_push_was_cancelled(
    desk: Desk, hero: AssetId
) -> None:
    assert desk.sandbox is not None
    worker, plan = desk.parts.worker, desk.plan([hero])
    edited(desk, hero)
    desk.sandbox.faults.lose_reply(times=1, path_contains="/upload")
    batch = worker.push(plan)
    desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    worker.cancel([job.id for job in worker.batch(batch)])
    desk.until(lambda: desk.asset("hero.jpg").cloud is not None, what="the look")
    (stored,) = desk.sandbox.stored(ACCOUNT.cloud_name)
    assert stored.sha256 == desk.asset("hero.jpg").sha256


def test_the_gate_is_asked_about_what_became_of_it(desk: Desk, hero: AssetId) -> None:
    plan = desk.plan([hero])
    edited(desk, hero)
    desk.parts.worker.decide([hero], Approval.REJECTED)
    (job,) = desk.finished(desk.parts.worker.push(plan))
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"


def test_a_push_waits_for_an_edit_that_the_catalog_has_not_heard_of(
    desk: Desk, hero: AssetId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "SCAN_AGAIN_S", 0.05)
    plan, worker = desk.plan([hero]), desk.parts.worker
    batches: list[str] = []

    def pushed() -> None:
        batches.append(worker.push(plan))
        desk.until(lambda: worker.batch(batches[0])[0].state is JobState.WAITING, what="the wait")

    replacing(monkeypatch, before=nothing, after=pushed)
    edited(desk, hero)
    (job,) = desk.finished(batches[0])
    assert (job.state, job.error) == (JobState.DONE, None)
