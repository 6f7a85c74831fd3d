"""What is asked for and takes a while is listed in every window, and stopped from any."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bridge_app.domain.errors import BridgeError, OfflineError
from bridge_app.domain.product_feed import Feed
from bridge_app.ui.activity.activities import Activities, Course
from bridge_app.ui.activity.errands import list_errand
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.audit import AuditDialog
from bridge_app.ui.dialogs.feeds import FeedsDialog
from bridge_app.ui.dialogs.metadata_csv_export import MetadataCsvExportDialog
from bridge_app.ui.helping.bundle_dialog import BundleDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.messages import number_text
from bridge_app.ui.parts.errand import Errand, Told
from bridge_app.work.audit_report import ReportFormat
from bridge_app.work.diagnosis.report import Document
from tests.desk import Desk
from tests.ui.windows import dialog

PRODUCTS = "op,sku,product_name,updated_at\n" + "".join(
    f"upsert,S{number},Shirt,2026-11-20T08:00:00Z\n" for number in range(5)
)


class Bench:
    """An errand that two windows list, whose work waits for the test's word."""

    def __init__(self, asker: Asker) -> None:
        self.here = Activities(lambda: 100.0)
        self.there = Activities(lambda: 100.0, beside=self.here)
        self.owner = QObject()
        self.go = threading.Event()
        self.heard: list[object] = []
        self.trouble: BridgeError | None = None
        self.errand = Errand(asker, icon="inbox", title="Products", owner=self.owner)
        list_errand(self.errand, self.here)

    def begin(self) -> None:
        self.errand.carry_out(self._work, self.heard.append, self.heard.append)

    def _work(self, told: Told) -> str:
        told(3, 1_200)
        assert self.go.wait(20)
        told(4, 1_200)
        if self.trouble is not None:
            raise self.trouble
        return "all of it"


@pytest.fixture
def bench(asker: Asker) -> Iterator[Bench]:
    made = Bench(asker)
    yield made
    made.go.set()


def test_it_is_listed_in_all_windows_with_how_far_it_is(bench: Bench, qtbot: QtBot) -> None:
    bench.begin()
    qtbot.waitUntil(lambda: bench.there.running[0].amount == f"3 / {number_text(1_200)}")
    assert [one.title for one in bench.here.running] == ["Products"]
    bench.go.set()
    qtbot.waitUntil(lambda: not bench.there.running)
    assert bench.there.over[0].course is Course.DONE
    assert bench.heard == ["all of it"]


def test_it_is_stopped_from_another_window_and_nobody_is_told_of_trouble(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.begin()
    (listed,) = bench.there.running
    bench.there.stop(listed)
    bench.go.set()
    qtbot.waitUntil(lambda: not bench.here.running)
    assert bench.here.over[0].course is Course.STOPPED


def test_it_goes_on_without_who_asked_and_the_list_says_what_went_wrong(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.trouble = OfflineError(service="here")
    bench.begin()
    delete(bench.owner)
    bench.go.set()
    qtbot.waitUntil(lambda: not bench.here.running)
    (failed,) = bench.here.over
    assert failed.course is Course.FAILED
    assert failed.note
    assert bench.heard == []


def test_a_feed_that_is_read_is_listed_though_its_dialog_is_closed(
    window: MainWindow, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "products.csv").write_text(PRODUCTS)
    feeds = desk.parts.worker.feeds
    feed = feeds.add(Feed(id="", name="PIM", source=str(tmp_path / "products.csv")))
    window.core.actions.feeds.trigger()
    shown = dialog(qtbot, window, FeedsDialog)
    assert isinstance(shown, FeedsDialog)
    qtbot.waitUntil(shown.read.isEnabled)
    shown.read.click()
    shown.accept()
    activities = window.core.activities
    qtbot.waitUntil(lambda: any(one.title == "PIM" for one in activities.over))
    assert activities.over[0].course is Course.DONE
    (run,) = feeds.runs(feed.id, limit=1)
    assert run.result.upserted == 5


def test_a_table_and_a_report_of_the_trail_are_listed_while_they_are_written(
    window: MainWindow, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.approve("beach.jpg")
    window.middle.grid.masters.export_table([one.id for one in desk.assets()])
    table = dialog(qtbot, window, MetadataCsvExportDialog)
    table.save(tmp_path / "table.csv")
    window.core.actions.audit_trail.trigger()
    trail = dialog(qtbot, window, AuditDialog)
    trail.save(ReportFormat.CSV, tmp_path / "trail.csv")
    trail.accept()
    activities = window.core.activities
    qtbot.waitUntil(lambda: len(activities.over) == 2)
    assert {one.title for one in activities.over} == {"table.csv", "trail.csv"}
    assert {one.course for one in activities.over} == {Course.DONE}
    assert "beach.jpg" in (tmp_path / "table.csv").read_text("utf-8-sig")
    assert "approved" in (tmp_path / "trail.csv").read_text("utf-8-sig")


def test_a_diagnostic_bundle_is_listed_while_it_is_collected_and_while_it_is_written(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.core.actions.helping.bundle.trigger()
    shown = dialog(qtbot, window, BundleDialog)
    activities = window.core.activities
    qtbot.waitUntil(lambda: len(activities.over) == 1)
    shown.write(tmp_path / "report.zip")
    qtbot.waitUntil(lambda: len(activities.over) == 2)
    assert {one.title for one in activities.over} == {"Diagnostic bundle", "report.zip"}
    assert {one.course for one in activities.over} == {Course.DONE}
    assert (tmp_path / "report.zip").exists()


def test_a_bundle_that_is_stopped_while_it_is_written_takes_no_files_place(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "mine" / "report.zip"
    target.parent.mkdir()
    target.write_text("mine")
    listed: list[Errand] = []
    documents = (Document(name="about.txt", text="words"),)
    core = window.core
    shown = BundleDialog(lambda _: documents, core.asker, core.looks, enlist=listed.append)
    qtbot.addWidget(shown)
    qtbot.waitUntil(shown.save.isEnabled)
    shown.write(target)
    listed[-1].stop()
    qtbot.waitUntil(lambda: "stopped" in shown.said.text)
    assert target.read_text() == "mine"
    assert [one.name for one in target.parent.iterdir()] == ["report.zip"]
