"""Dropped files that are copied when the program is closed, or when somebody stops them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.domain.assets import LibraryId
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.libraries.drafts import Drafts
from bridge_app.libraries.local import LocalLibrary
from bridge_app.work.context import Context
from bridge_app.work.handlers.take_in import TakeInHandler
from bridge_app.work.jobs import TAKE_IN, TakeIn
from bridge_app.work.outcome import CancelledError, Done
from bridge_app.work.scanner import Scanner
from tests.desk import Clock, Desk, picture
from tests.libraries.copying_child import copying

NAMES = ("a.jpg", "b.jpg", "c.jpg")
LIBRARY = LibraryId("library")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library."""
    made = tmp_path / "library"
    made.mkdir()
    return made


@pytest.fixture
def job(tmp_path: Path) -> JobRecord:
    """The wish to copy three files into it."""
    sources = tuple(str(tmp_path / name) for name in NAMES)
    for source in sources:
        Path(source).write_bytes(source.encode())
    wish = TakeIn(sources=sources, library=LIBRARY, folder="").new_job("batch")
    return JobRecord(
        id=1,
        kind=wish.kind,
        identity=wish.identity,
        batch=wish.batch,
        environment=None,
        asset=None,
        name=wish.name,
        state=JobState.RUNNING,
        attempts=1,
        done=0,
        total=wish.total,
        params=dict(wish.params),
        created_at="",
        updated_at="",
    )


def test_a_copy_that_is_stopped_between_two_files_is_not_done_and_goes_on(
    folder: Path, job: JobRecord
) -> None:
    looked: list[LibraryId] = []
    handler = TakeInHandler(
        library=lambda _: LocalLibrary(folder),
        drafts=Drafts(folder.parent / "copying"),
        look=lambda library, _: looked.append(library),
    )
    closing = Context(attempt=1, now=Clock(), report=lambda *_: closing.stop())
    with pytest.raises(CancelledError):
        handler(job, closing)
    assert [path.name for path in folder.iterdir()] == ["a.jpg"]
    assert looked == [LIBRARY]  # what is copied is shown, whatever becomes of the rest
    outcome = handler(replace(job, attempts=2), Context(attempt=2, now=Clock(), report=ignore))
    assert isinstance(outcome, Done)
    assert outcome.result == {"copied": 2, "already_there": 1, "troubles": []}
    assert sorted(path.name for path in folder.iterdir()) == list(NAMES)


def test_what_a_start_goes_on_with_need_not_wait_until_the_library_is_watched(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = desk.library()
    dropped = picture(tmp_path / "desktop" / "dropped.jpg")
    desk.parts.close()
    desk.parts = desk.build()
    left = TakeIn(sources=(str(dropped),), library=record.id, folder="").new_job("batch")
    desk.parts.stock.jobs.add([left], at=desk.clock())
    monkeypatch.setattr(Scanner, "start", lambda *_: None)  # it comes second, at times late
    desk.open()
    jobs = desk.parts.stock.jobs
    desk.until(lambda: not jobs.unfinished(TAKE_IN), what="the copy")
    (job,) = jobs.recent((TAKE_IN,), limit=9)
    assert (job.state, job.error) == (JobState.DONE, None)
    assert (desk.folder / "dropped.jpg").read_bytes() == dropped.read_bytes()


def test_what_a_killed_copy_left_in_a_library_goes_with_the_next_start(desk: Desk) -> None:
    desk.library()
    desk.parts.close()
    with copying(desk.folder, desk.home / "profile" / "copying"):
        pass
    assert list(desk.folder.glob(".asset-bridge-*"))
    desk.parts = desk.build()
    desk.open()
    desk.until(lambda: not list(desk.folder.glob(".asset-bridge-*")), what="the tidying")


def ignore(done: int, total: int) -> None:
    """Nobody looks at the progress."""
