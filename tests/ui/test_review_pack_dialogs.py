"""Review packs in the window: written with a look at how far it is, and taken back after a look."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.review_requests import review_items
from bridge_app.ui.activity.activities import Course
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.review_pack import ReviewPackDialog
from bridge_app.ui.dialogs.review_pack_import import ReviewPackImportDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.review_pack_wording import file_stem
from bridge_app.ui.theme import Theme
from bridge_app.work.review_pack import PackMade, PackWish
from tests.desk import Desk, picture
from tests.packs import verdict, verdict_document
from tests.ui.windows import Opener, choose, dialog

PATIENCE_MS = 30_000


@pytest.fixture
def looks(desk: Desk, asker: Asker, theme: Theme, icons: Icons, english: None) -> Looks:
    """The light looks, in English."""
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    return Looks(theme, icons, pixels, desk.clock)


@pytest.fixture
def studio(desk: Desk) -> Desk:
    """Two masters in the catalog."""
    for number, name in enumerate(("harbour.jpg", "ridge.jpg")):
        picture(desk.folder / name, number)
    desk.library()
    return desk


def shown(dialog: ReviewPackImportDialog) -> list[Line]:
    model = dialog.lines
    return [model.index(row, 0).data(LineRole.LINE) for row in range(model.rowCount())]


def came_back(desk: Desk, folder: Path) -> tuple[PackMade, Path]:
    items = review_items([asset.id for asset in desk.assets()], [], masters=True)
    made = desk.parts.worker.review_packs.export(
        PackWish(title="Spring", items=items, target=folder / "out")
    )
    first, second = made.pack.items
    said = [{"id": "c1", "text": "Lovely"}]
    lines = [verdict(first, comments=said), verdict(second, "rejected", content="0" * 64)]
    path = folder / "verdicts.json"
    path.write_bytes(verdict_document(made.pack.id, lines))
    return made, path


def test_a_pack_is_called_like_its_title_and_written(
    qtbot: QtBot, studio: Desk, asker: Asker, looks: Looks, tmp_path: Path
) -> None:
    assets = [asset.id for asset in studio.assets()]
    shown = ReviewPackDialog(studio.parts.worker, asker, looks, assets, folder=tmp_path)
    qtbot.addWidget(shown)
    shown.show()
    shown.title.selectAll()
    qtbot.keyClicks(shown.title, "Spring: round 2")
    assert shown.target.text() == str(tmp_path / "Spring round 2.zip")
    assert len(shown.items) == 2
    with qtbot.waitSignal(shown.written, timeout=PATIENCE_MS) as told:
        shown.act.click()
    (made,) = told.args
    assert made.path == tmp_path / "Spring round 2.zip"
    assert made.path.is_file()


def test_renditions_are_packed_only_where_they_are_asked_for(
    qtbot: QtBot, studio: Desk, asker: Asker, looks: Looks, tmp_path: Path
) -> None:
    assets = [studio.asset("ridge.jpg").id]
    shown = ReviewPackDialog(studio.parts.worker, asker, looks, assets, folder=tmp_path)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: bool(shown.choice.chosen), timeout=PATIENCE_MS)
    assert len(shown.items) == 1
    shown.renditions.click()
    assert len(shown.items) == 1 + len(shown.choice.chosen)
    shown.masters.click()
    shown.renditions.click()
    assert not shown.act.isEnabled()


def test_a_pack_that_cannot_be_written_says_why_and_can_be_tried_again(
    qtbot: QtBot, studio: Desk, asker: Asker, looks: Looks, tmp_path: Path
) -> None:
    assets = [studio.asset("ridge.jpg").id]
    shown = ReviewPackDialog(studio.parts.worker, asker, looks, assets, folder=tmp_path)
    qtbot.addWidget(shown)
    (tmp_path / "taken").mkdir()
    shown.use_target(str(tmp_path / "taken"))
    shown.act.click()
    qtbot.waitUntil(lambda: "something of this name" in shown.trouble, timeout=PATIENCE_MS)
    assert shown.act.isEnabled()


def test_what_came_back_is_shown_before_it_is_recorded(
    qtbot: QtBot, studio: Desk, asker: Asker, looks: Looks, tmp_path: Path
) -> None:
    made, path = came_back(studio, tmp_path)
    seen = ReviewPackImportDialog(studio.parts.worker, asker, looks, path)
    qtbot.addWidget(seen)
    seen.show()
    qtbot.waitUntil(seen.act.isEnabled, timeout=PATIENCE_MS)
    first, second = shown(seen)
    assert (first.mark, second.mark) == ("Approved", "Held back")
    assert "Lovely" in first.text
    assert "other bytes" in second.text
    assert studio.parts.worker.history(made.pack.items[0].asset) == []
    with qtbot.waitSignal(seen.recorded, timeout=PATIENCE_MS):
        seen.act.click()
    (decision,) = studio.parts.worker.history(made.pack.items[0].asset)
    assert (decision.who, decision.approval) == ("Ines (review pack)", Approval.APPROVED)
    again = ReviewPackImportDialog(studio.parts.worker, asker, looks, path)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: bool(again.note), timeout=PATIENCE_MS)
    assert not again.act.isEnabled()
    assert "nothing new" in again.note


def test_a_file_that_is_none_is_told(
    qtbot: QtBot, studio: Desk, asker: Asker, looks: Looks, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html>", "utf-8")
    seen = ReviewPackImportDialog(studio.parts.worker, asker, looks, path)
    qtbot.addWidget(seen)
    qtbot.waitUntil(lambda: "no verdict file" in seen.note, timeout=PATIENCE_MS)
    assert not seen.act.isEnabled()


def test_the_window_packs_what_is_chosen(qtbot: QtBot, opener: Opener, studio: Desk) -> None:
    window = opener()
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == 2, timeout=PATIENCE_MS)
    assert not window.core.actions.review_pack.isEnabled()
    choose(qtbot, window, "ridge.jpg")
    window.core.actions.review_pack.trigger()
    asked = dialog(qtbot, window, ReviewPackDialog)
    assert isinstance(asked, ReviewPackDialog)
    assert len(asked.items) == 1
    asked.reject()


def test_the_window_says_which_film_is_one_picture_and_why(
    qtbot: QtBot, opener: Opener, desk: Desk, corpus: Path, tmp_path: Path
) -> None:
    desk.put(corpus / "video" / "Flash.flv")
    desk.library()
    window = opener()
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == 1, timeout=PATIENCE_MS)
    choose(qtbot, window, "Flash.flv")
    window.core.actions.review_pack.trigger()
    asked = dialog(qtbot, window, ReviewPackDialog)
    assert isinstance(asked, ReviewPackDialog)
    asked.use_target(str(tmp_path / "film.zip"))
    with qtbot.waitSignal(asked.written, timeout=PATIENCE_MS):
        asked.act.click()
    *_, told = window.middle.browser.messages.texts
    assert "one picture" in told
    assert "Flash.flv" in told
    assert "browsers play no films of this format" in told


def test_a_pack_goes_on_in_the_background_and_the_list_says_what_came_of_it(
    qtbot: QtBot, opener: Opener, studio: Desk, tmp_path: Path
) -> None:
    window = opener()
    activities = window.core.activities
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == 2, timeout=PATIENCE_MS)
    choose(qtbot, window, "ridge.jpg")
    window.core.actions.review_pack.trigger()
    asked = dialog(qtbot, window, ReviewPackDialog)
    assert isinstance(asked, ReviewPackDialog)
    asked.use_target(str(tmp_path / "out.zip"))
    asked.act.click()
    asked.beside.click()
    assert not asked.isVisible()
    (going,) = (one for one in activities.running if one.key.startswith("beside:"))
    assert going.can_stop
    qtbot.waitUntil(lambda: activities.find(going.key) is None, timeout=PATIENCE_MS)
    assert activities.over[0].course is Course.DONE
    assert (tmp_path / "out.zip").is_file()


def test_a_pack_that_fails_in_the_background_is_told_and_its_dialog_found_again(
    qtbot: QtBot, opener: Opener, studio: Desk, tmp_path: Path
) -> None:
    window = opener()
    activities = window.core.activities
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == 2, timeout=PATIENCE_MS)
    choose(qtbot, window, "ridge.jpg")
    window.core.actions.review_pack.trigger()
    asked = dialog(qtbot, window, ReviewPackDialog)
    assert isinstance(asked, ReviewPackDialog)
    (tmp_path / "there.zip").write_bytes(b"something else")
    asked.use_target(str(tmp_path / "there.zip"))
    asked.act.click()
    asked.beside.click()
    qtbot.waitUntil(lambda: bool(activities.over), timeout=PATIENCE_MS)
    (failed,) = activities.over
    assert failed.course is Course.FAILED
    activities.show(failed)
    assert asked.isVisible()
    assert failed.note == asked.trouble
    asked.reject()


@pytest.mark.parametrize(
    ("title", "stem"),
    [("Spring / “two”", "Spring two"), ("../..", "review"), ("春 キャンペーン", "春 キャンペーン")],
)
def test_a_title_becomes_a_name_every_system_takes(title: str, stem: str) -> None:
    assert file_stem(title) == stem
