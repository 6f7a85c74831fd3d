"""A library of masters at a service, in the whole window: looked at, kept, searched, fetched."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_of
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.settings import SettingsFile
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.ui.activity.activities import Course
from bridge_app.ui.dialogs.archive import ArchiveDialog
from bridge_app.ui.dialogs.archives import ArchivesDialog
from bridge_app.ui.dialogs.fetch_originals import FetchOriginalsDialog
from bridge_app.ui.dialogs.keep_offline import KeepOfflineDialog
from bridge_app.ui.dialogs.retractions import RetractionsDialog
from bridge_app.ui.dialogs.shelter_search import ShelterSearchDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.branches import Mark
from bridge_app.ui.models.folder_tree import FolderRole
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.panels.drag_out import originals_away
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.nordlys import EVENTS, HERO, SPRING, Nordlys, connected, nordlys_desk
from tests.ui.windows import choose, dialog, go, press, shown

PATIENCE_MS = 30_000
IN_HERO = f"{SPRING}/{HERO}"


@pytest.fixture(scope="module")
def story(
    tmp_path_factory: pytest.TempPathFactory, decoder: DecoderPool
) -> Iterator[tuple[Desk, Nordlys]]:
    """An application beside the service, which is a library of it: one for all these tests."""
    with nordlys_desk(tmp_path_factory.mktemp("story"), decoder) as (desk, made):
        account = account_of(connected(desk))
        shelters = desk.parts.worker.shelters
        # So that no test ends while a picture is on its way.
        shelters.keep_offline(account, "", originals=False)
        desk.until(shelters.is_idle, what="the pictures")
        shelters.let_go(account, "")
        yield desk, made


@pytest.fixture
def home(story: tuple[Desk, Nordlys]) -> Desk:
    return story[0]


@pytest.fixture
def library(home: Desk) -> LibraryRecord:
    return home.parts.worker.shelters.libraries()[0]


@pytest.fixture
def window(
    qtbot: QtBot, home: Desk, library: LibraryRecord, theme: Theme, icons: Icons, english: None
) -> Iterator[MainWindow]:
    """The window, at that library."""
    settings = SettingsFile(home.home / "settings.json")
    made = MainWindow(home.parts.worker, settings, theme, icons, demo=None, now=home.clock)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: not made.middle.model.is_waiting)
    go(qtbot, made, Query(library=library.id))
    yield made
    made.close()
    assert made.ended_cleanly


class Programs(QObject):
    """Stands in for the programs that files are opened with."""

    opened = Signal(str)

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.emit(url.toLocalFile())


@pytest.fixture
def programs(window: MainWindow) -> Iterator[Programs]:
    made = Programs()
    # The stubs want bytes, the function a text.
    QDesktopServices.setUrlHandler("file", made, "open")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("file")


def told(window: MainWindow) -> str:
    return " ".join(window.middle.browser.messages.texts)


def is_recorded_so(home: Desk, library: LibraryRecord, mode: WriteBackMode) -> bool:
    return home.parts.worker.shelters.record(account_of(library)).write_back is mode


def mark(window: MainWindow, library: LibraryRecord, folder: str = "") -> Mark:
    index = window.sides.folders.tree.index_for(Query(library=library.id, folder=folder))
    found = index.data(FolderRole.MARK)
    assert isinstance(found, Mark)
    return found


def account_of(library: LibraryRecord) -> str:
    return shelter_of(library.id) or ""


# Looking


def test_an_asset_of_two_galleries_is_found_in_both(
    qtbot: QtBot, window: MainWindow, library: LibraryRecord
) -> None:
    for folder in (IN_HERO, EVENTS):
        go(qtbot, window, Query(library=library.id, folder=folder))
        assert "ridge.jpg" in shown(window)
    go(qtbot, window, Query(library=library.id))
    assert shown(window).count("ridge.jpg") == 1


def test_the_inspector_tells_what_the_service_says_and_leads_to_its_galleries(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose(qtbot, window, "ridge.jpg")
    card = window.sides.inspector.shelter
    qtbot.waitUntil(card.isVisible, timeout=PATIENCE_MS)
    assert card.texts["approval"] == "Custom field: Approved"
    assert card.texts["visibility"] == "For those with permission"
    assert "NO and SE" in card.texts["limits"]
    assert card.texts["releases"] == "Model release: there is one"
    names = {one.text().strip("\u2068\u2069") for one in card.findChildren(QPushButton)}
    assert names == {HERO, EVENTS}
    button = next(one for one in card.findChildren(QPushButton) if EVENTS in one.text())
    with qtbot.waitSignal(window.middle.model.counted):
        button.click()
    assert window.middle.browser.query.folder == EVENTS


def test_the_studio_works_on_the_service_s_picture(home: Desk) -> None:
    master = home.parts.worker.studio.open(home.asset("raw-1.jpg"))
    assert not master.is_here
    frame = master.frame("c_scale,w_90", edge_px=200)
    master.close()
    assert (frame.width, frame.height) == (90, 60)


def test_sources_that_disagree_are_a_warning(
    qtbot: QtBot, window: MainWindow, story: tuple[Desk, Nordlys], library: LibraryRecord
) -> None:
    desk, nordlys = story
    assert desk.sandbox is not None
    desk.sandbox.shelter.update_media(
        nordlys.media["lake.jpg"], iptc={"keywords": ("approval:rejected",)}
    )
    desk.parts.worker.shelters.refresh_now(desk.asset("lake.jpg").id)
    choose(qtbot, window, "lake.jpg")
    card = window.sides.inspector.shelter
    qtbot.waitUntil(lambda: "Keyword" in card.texts.get("approval", ""), timeout=PATIENCE_MS)
    assert card.texts["approval"].splitlines() == ["Custom field: Approved", "Keyword: Rejected"]
    assert "disagree" in card.note


# Keeping


def test_the_size_is_shown_before_anything_is_kept_and_letting_go_is_asked_about(
    qtbot: QtBot, window: MainWindow, home: Desk, library: LibraryRecord
) -> None:
    go(qtbot, window, Query(library=library.id, folder=IN_HERO))
    window.middle.shelters.actions.keep.trigger()
    asked = dialog(qtbot, window, KeepOfflineDialog)
    assert isinstance(asked, KeepOfflineDialog)
    qtbot.waitUntil(asked.act.isEnabled, timeout=PATIENCE_MS)
    assert "3 asset" in asked.amount.text()
    assert "kB" in asked.originals.text()
    shelters = home.parts.worker.shelters
    assert shelters.kept(account_of(library)) == ()
    asked.act.click()
    qtbot.waitUntil(lambda: "is kept offline" in told(window), timeout=PATIENCE_MS)
    assert [one.folder for one in shelters.kept(account_of(library))] == [IN_HERO]
    qtbot.waitUntil(lambda: mark(window, library, IN_HERO) is Mark.KEPT, timeout=PATIENCE_MS)
    actions = window.middle.shelters.actions
    qtbot.waitUntil(actions.let_go.isEnabled, timeout=PATIENCE_MS)
    actions.let_go.trigger()
    question = dialog(qtbot, window, ConfirmDialog)
    account = account_of(library)
    assert shelters.kept(account) != ()
    press(question, "Let go")
    qtbot.waitUntil(lambda: shelters.kept(account) == (), timeout=PATIENCE_MS)


# Searching there


def test_the_service_finds_what_is_not_synced_and_says_so(
    qtbot: QtBot, window: MainWindow, story: tuple[Desk, Nordlys], library: LibraryRecord
) -> None:
    desk, nordlys = story
    assert desk.sandbox is not None
    state = desk.sandbox.shelter
    late = state.add_gallery("Late", organization=nordlys.organization)
    state.add_media("late-ridge.jpg", galleries=(late,))
    window.middle.browser.search_bar.shelterWanted.emit("ridge")
    asked = dialog(qtbot, window, ShelterSearchDialog)
    assert isinstance(asked, ShelterSearchDialog)
    model = asked.view.model()
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=PATIENCE_MS)
    lines = [model.index(row, 0).data(LineRole.LINE) for row in range(2)]
    assert {line.title: line.mark for line in lines} == {
        "ridge.jpg": "",
        "late-ridge.jpg": "Not synced yet",
    }
    press(asked, "Show in window")
    selection = window.middle.selection
    qtbot.waitUntil(lambda: selection.count == 2, timeout=PATIENCE_MS)
    assert window.middle.browser.query.library == library.id


# Originals


def test_an_original_is_fetched_once_and_opened(
    qtbot: QtBot, window: MainWindow, home: Desk, programs: Programs
) -> None:
    assert home.sandbox is not None
    home.sandbox.shelter.clear_log()
    choose(qtbot, window, "summit.jpg")
    for _ in range(2):
        with qtbot.waitSignal(programs.opened, timeout=PATIENCE_MS) as opened:
            window.core.actions.open_original.trigger()
        assert opened.args is not None
        place = Path(opened.args[0])
        assert place.name == "summit.jpg"
        assert place.stat().st_size == home.asset("summit.jpg").bytes
    downloads = [one for one in home.sandbox.shelter.log() if one.path.endswith("/download")]
    assert len(downloads) == 1


def test_originals_are_fetched_before_they_are_dragged(
    qtbot: QtBot, window: MainWindow, library: LibraryRecord
) -> None:
    middle = window.middle
    choose(qtbot, window, "raw-1.jpg", "raw-2.jpg")
    away = originals_away(middle.model, middle.selection)
    assert sorted(asset.name for asset in away) == ["raw-1.jpg", "raw-2.jpg"]
    middle.browser.grid.originalsWanted.emit(away)
    qtbot.waitUntil(lambda: "Drag them again" in told(window), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: originals_away(middle.model, middle.selection) == ())
    rows = middle.model.loaded()
    mime = middle.model.mimeData([middle.model.index(rows[asset.id], 0) for asset in away])
    assert [Path(url.toLocalFile()).name for url in mime.urls()] == [one.name for one in away]


def test_fetching_can_be_stopped(
    qtbot: QtBot, window: MainWindow, story: tuple[Desk, Nordlys], library: LibraryRecord
) -> None:
    desk, nordlys = story
    assert desk.sandbox is not None
    desk.sandbox.shelter.add_media("reel.mp4", galleries=(nordlys.events,), size=400_000_000)
    desk.parts.worker.shelters.sync(account_of(library))
    qtbot.waitUntil(lambda: "reel.mp4" in shown(window), timeout=PATIENCE_MS)
    choose(qtbot, window, "reel.mp4")
    window.core.actions.open_original.trigger()
    asked, activities = dialog(qtbot, window, FetchOriginalsDialog), window.core.activities
    with qtbot.assertNotEmitted(asked.fetched):
        asked.beside.click()
        assert not asked.isVisible()
        activities.stop(next(one for one in activities.running if one.key.startswith("beside:")))
    assert activities.over[0].course is Course.STOPPED
    assert not list((desk.home / "opened").rglob("reel.mp4"))


def test_originals_are_downloaded_into_a_folder(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    choose(qtbot, window, "lake.jpg", "ridge.jpg")
    target = tmp_path / "for the printer"
    target.mkdir()
    window.middle.errands.mirror.download_to(window.middle.selection.assets(), target)
    qtbot.waitUntil(lambda: "2 file" in told(window), timeout=PATIENCE_MS)
    assert sorted(one.name for one in target.iterdir()) == ["lake.jpg", "ridge.jpg"]


# Intake, write-back, archive, retraction, leaving


def test_a_gallery_is_marked_as_intake_and_new_items_are_to_be_reviewed(
    qtbot: QtBot, window: MainWindow, story: tuple[Desk, Nordlys], library: LibraryRecord
) -> None:
    desk, nordlys = story
    assert desk.sandbox is not None
    go(qtbot, window, Query(library=library.id, folder=EVENTS))
    actions = window.middle.shelters.actions
    qtbot.waitUntil(actions.intake.isEnabled, timeout=PATIENCE_MS)
    actions.intake.trigger()
    qtbot.waitUntil(lambda: "review queue" in told(window), timeout=PATIENCE_MS)
    desk.sandbox.shelter.add_media("guest.jpg", galleries=(nordlys.events,))
    desk.parts.worker.shelters.sync(account_of(library))
    desk.until(
        lambda: any(
            one.name == "guest.jpg" and one.approval.value == "in_review" for one in desk.assets()
        ),
        what="the intake",
    )


def test_how_renditions_are_recorded_is_chosen_in_the_menu(
    qtbot: QtBot, window: MainWindow, home: Desk, library: LibraryRecord
) -> None:
    modes = window.middle.shelters.actions.modes
    assert modes[WriteBackMode.MANIFEST].isChecked()
    for mode in (WriteBackMode.LINK, WriteBackMode.MANIFEST):
        modes[mode].trigger()
        home.until(partial(is_recorded_so, home, library, mode), what="the mode")


def test_an_archive_is_shown_step_by_step_before_anything_happens(
    qtbot: QtBot, window: MainWindow, home: Desk, library: LibraryRecord
) -> None:
    go(qtbot, window, Query(library=library.id, folder=SPRING))
    actions = window.middle.shelters.actions
    qtbot.waitUntil(actions.archive.isEnabled, timeout=PATIENCE_MS)
    actions.archive.trigger()
    asked = dialog(qtbot, window, ArchiveDialog)
    assert isinstance(asked, ArchiveDialog)
    asked.options.folder.setText(str(home.home / "archive"))
    asked.options.folder.editingFinished.emit()
    qtbot.waitUntil(asked.act.isEnabled, timeout=PATIENCE_MS)
    assert asked.plan is not None
    assert asked.lines.rowCount() == len(asked.plan.steps)
    marks = {
        asked.lines.index(row).data(): asked.lines.index(row).data(LineRole.LINE).mark
        for row in range(asked.lines.rowCount())
    }
    assert marks["ridge.jpg"] == "Left out"
    assert home.parts.worker.archive.archives() == ()
    asked.reject()


def test_a_folder_that_holds_something_is_no_place_for_an_archive(
    qtbot: QtBot, window: MainWindow, home: Desk, library: LibraryRecord
) -> None:
    (home.home / "full").mkdir()
    (home.home / "full" / "note.txt").write_text("mine")
    go(qtbot, window, Query(library=library.id, folder=SPRING))
    actions = window.middle.shelters.actions
    qtbot.waitUntil(actions.archive.isEnabled, timeout=PATIENCE_MS)
    actions.archive.trigger()
    asked = dialog(qtbot, window, ArchiveDialog)
    assert isinstance(asked, ArchiveDialog)
    asked.options.folder.setText(str(home.home / "full"))
    asked.options.folder.editingFinished.emit()
    qtbot.waitUntil(lambda: "something in it" in asked.note, timeout=PATIENCE_MS)
    assert not asked.act.isEnabled()
    asked.reject()


def test_there_is_a_place_for_what_was_archived_and_retracted(
    qtbot: QtBot, window: MainWindow
) -> None:
    actions = window.middle.shelters.actions
    actions.archives.trigger()
    archives = dialog(qtbot, window, ArchivesDialog)
    assert isinstance(archives, ArchivesDialog)
    assert not archives.undo.isEnabled()
    archives.reject()
    actions.retractions.trigger()
    retractions = dialog(qtbot, window, RetractionsDialog)
    assert isinstance(retractions, RetractionsDialog)
    qtbot.waitUntil(lambda: retractions.tabs.tabText(0) == "To do (0)", timeout=PATIENCE_MS)
    assert retractions.act.isHidden()
    retractions.reject()


def test_who_signs_out_keeps_what_was_seen(
    qtbot: QtBot, window: MainWindow, home: Desk, library: LibraryRecord
) -> None:
    before = shown(window)
    window.middle.shelters.actions.sign_out.trigger()
    press(dialog(qtbot, window, ConfirmDialog), "Sign out")
    qtbot.waitUntil(lambda: "You are signed out" in told(window), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: mark(window, library) is Mark.TROUBLE, timeout=PATIENCE_MS)
    assert shown(window) == before
    index = window.sides.folders.tree.index_for(Query(library=library.id))
    assert "Signed out" in index.data(Qt.ItemDataRole.ToolTipRole)
    connected(home)
