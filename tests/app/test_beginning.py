"""What begins behind the window, once it has shown what is known."""

import errno
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.app.beginning import START, Beginning
from bridge_app.app.demo_beginning import DemoBeginning
from bridge_app.domain.errors import DiskFullError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.events import ScanProgress
from tests.desk import Desk, picture
from tests.showcase import small_recipes


@pytest.fixture
def own(decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """A desk that has no service but the demo's."""
    made = Desk(tmp_path, sandbox=None, decoder=decoder)
    yield made
    made.close()


def test_the_worker_begins_once_and_looks_through_what_it_knows(own: Desk) -> None:
    picture(own.folder / "hero.jpg")
    beginning = Beginning(own.parts)
    beginning.start()
    beginning.start()
    own.library()
    beginning.close()
    assert [asset.name for asset in own.assets()] == ["hero.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process has one niceness")
def test_the_worker_stands_behind_the_window_where_both_want_a_core(own: Desk) -> None:
    beginning = Beginning(own.parts)
    beginning.start()
    own.library()
    beginning.close()
    window = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    [scanner] = [one for one in threading.enumerate() if one.name == "scanner"]
    assert scanner.native_id is not None
    assert os.getpriority(os.PRIO_PROCESS, scanner.native_id) > window


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (DiskFullError(path="/disk"), "DiskFullError"),
        (OSError(errno.ENOSPC, "no room"), "DiskFullError"),
        (PermissionError(errno.EACCES, "not for you"), "FileTroubleError"),
    ],
)
def test_a_start_that_fails_is_told(
    own: Desk, monkeypatch: pytest.MonkeyPatch, trouble: Exception, kind: str
) -> None:
    def full() -> None:
        raise trouble

    monkeypatch.setattr(own.parts.worker, "start", full)
    beginning = Beginning(own.parts)
    beginning.start()
    beginning.close()
    [told] = own.events
    assert isinstance(told, ScanProgress)
    assert (told.library, told.finished) == (START, True)
    assert told.trouble is not None
    assert told.trouble.kind == kind


def test_the_demo_is_there_a_moment_later_and_its_plug_can_be_pulled(
    own: Desk, tmp_path: Path
) -> None:
    demo = DemoBeginning(own.parts, recipes=small_recipes(tmp_path / "recipes"))
    assert not _runs(demo)
    demo.start()
    demo.set_sandbox_running(on=False)
    assert not _runs(demo)
    demo.set_sandbox_running(on=True)
    assert _runs(demo)
    own.until(lambda: any(_is_finished(event) for event in own.events), what="the samples")
    assert own.parts.worker.current_account() is not None
    assert own.parts.worker.libraries()
    demo.close()
    assert not _runs(demo)


def test_a_first_start_that_was_broken_off_is_made_up_for_at_the_next(
    own: Desk, tmp_path: Path
) -> None:
    recipes = small_recipes(tmp_path / "recipes")
    first = DemoBeginning(own.parts, recipes=recipes)
    first._closing.set()  # somebody quits before the first picture was made
    first.start()
    own.until(lambda: own.parts.worker.current_account() is not None, what="the account")
    first.close()
    assert not (own.parts.home / "Sample campaign").exists()
    again = DemoBeginning(own.parts, recipes=recipes)
    assert again.is_preparing  # and so the samples are made this time


def _runs(demo: DemoBeginning) -> bool:
    return demo.sandbox_running


def _is_finished(event: object) -> bool:
    return isinstance(event, ScanProgress) and event.library == START and event.finished
