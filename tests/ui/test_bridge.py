"""The door between worker threads and the window."""

import threading

from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import OfflineError
from bridge_app.domain.jobs import JobProgress, TransferSummary
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.work.events import Connectivity, JobTrouble, ScanProgress, trouble_of


def test_five_hundred_posts_from_a_thread_arrive_as_one_merged_change_set(qtbot: QtBot) -> None:
    bridge = WorkerBridge()
    seen: list[ChangeSet] = []
    bridge.changed.connect(seen.append)

    def post() -> None:
        for number in range(500):
            bridge.post(ChangeSet(assets=frozenset({AssetId(str(number))})))

    thread = threading.Thread(target=post)
    with qtbot.waitSignal(bridge.changed):
        thread.start()
        thread.join()
    assert len(seen) == 1
    assert len(seen[0].assets) == 500


def test_a_delivery_waits_for_nobody_who_is_posting(qtbot: QtBot) -> None:
    bridge = WorkerBridge()
    seen: list[TransferSummary] = []
    bridge.summary.connect(seen.append)
    bridge.post(TransferSummary(done=1))
    with bridge._lock:  # somebody who posts has to stand back just then
        bridge.deliver()
    assert seen == [TransferSummary(done=1)]


def test_the_initiator_of_a_single_change_is_kept(qtbot: QtBot) -> None:
    bridge = WorkerBridge()
    me = object()
    with qtbot.waitSignal(bridge.changed) as told:
        bridge.post(ChangeSet(listing=True, initiator=me))
    assert told.args is not None
    assert told.args[0].initiator is me


def test_only_the_newest_progress_of_each_job_and_scan_is_delivered(qtbot: QtBot) -> None:
    bridge = WorkerBridge()
    progress: list[JobProgress] = []
    scans: list[ScanProgress] = []
    bridge.progress.connect(progress.append)
    bridge.scan.connect(scans.append)
    with qtbot.waitSignal(bridge.summary):
        for done in range(10):
            bridge.post(JobProgress(job=1, done=done, total=9))
            bridge.post(JobProgress(job=2, done=done, total=9))
            bridge.post(ScanProgress(library=LibraryId("a"), read=done))
        bridge.post(TransferSummary(done=1))
    assert [(entry.job, entry.done) for entry in progress] == [(1, 9), (2, 9)]
    assert [entry.read for entry in scans] == [9]


def test_each_trouble_is_told_and_the_newest_connectivity(qtbot: QtBot) -> None:
    bridge = WorkerBridge()
    troubles: list[JobTrouble] = []
    states: list[Connectivity] = []
    bridge.trouble.connect(troubles.append)
    bridge.connectivity.connect(states.append)
    trouble = trouble_of(OfflineError(service="Cloudinary"))
    bridge.post(Connectivity.OFFLINE)
    bridge.post(JobTrouble(job=1, name="a.jpg", trouble=trouble))
    bridge.post(JobTrouble(job=2, name="b.jpg", trouble=trouble))
    bridge.post(Connectivity.ONLINE)
    bridge.deliver()
    assert [entry.name for entry in troubles] == ["a.jpg", "b.jpg"]
    assert states == [Connectivity.ONLINE]


def test_a_closed_bridge_delivers_nothing(qtbot: QtBot) -> None:
    bridge = WorkerBridge()
    seen: list[ChangeSet] = []
    bridge.changed.connect(seen.append)
    bridge.close()
    bridge.post(ChangeSet(listing=True))
    bridge.deliver()
    assert seen == []
