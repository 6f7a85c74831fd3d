"""Where an asset went, as the inspector shows it, and what a push says of it before it is sent."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.places import ReplacementEffect
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.storage.jobs import NewJob
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.push_sheet import PushSheet, PushWish
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.panels.account_destination import Destination
from bridge_app.ui.panels.history import HistoryPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.places import PlacesPanel
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.replacements import ReplacementDialog, Replacements
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture
from tests.ui.windows import Opener, choose

SQUARE = RenditionPreset(
    name="square", title="", transformation="c_fill,h_60,w_60", format="jpg", channel="web"
)


def made(desk: Desk, folder: Path | None) -> None:
    shelf = desk.parts.worker.renditions
    wish = RenditionWish(presets=(SQUARE,), folder=str(folder) if folder else None)
    desk.finished(shelf.carry_out(shelf.plan([desk.asset("a.jpg").id], wish)))


def replaced(desk: Desk) -> None:
    asset = desk.asset("a.jpg")
    Image.new("RGB", (300, 220), (200, 30, 90)).save(desk.folder / "a.jpg", quality=90)
    desk.parts.worker.scan(asset.library)
    desk.until(lambda: desk.asset("a.jpg").sha256 != asset.sha256, what="the new version")


@pytest.fixture
def stocked(desk: Desk, tmp_path: Path) -> Desk:
    """A master that was pushed and exported."""
    picture(desk.folder / "a.jpg", 1)
    desk.library()
    desk.parts.worker.rendition_presets.save(SQUARE)
    desk.approve("a.jpg")
    desk.push()
    made(desk, tmp_path / "out")
    return desk


def looked_at(qtbot: QtBot, window: MainWindow) -> PlacesPanel:
    """The history of the one asset, in the inspector."""
    choose(qtbot, window, "a.jpg")
    history = window.sides.inspector.findChild(HistoryPanel)
    assert history is not None
    tabs = window.sides.inspector.findChild(QTabBar)
    assert tabs is not None
    tabs.setCurrentIndex(tabs.count() - 1)
    return history.places


def told(panel: PlacesPanel) -> list[tuple[str, str]]:
    rows = (panel.lines.index(row, 0) for row in range(panel.lines.rowCount()))
    lines: list[Line] = [row.data(LineRole.LINE) for row in rows]
    return sorted((line.icon, line.mark) for line in lines)


def test_the_history_tells_where_an_asset_went_and_what_is_outdated(
    qtbot: QtBot, stocked: Desk, opener: Opener
) -> None:
    panel = looked_at(qtbot, opener())
    qtbot.waitUntil(lambda: told(panel) == [("cloud-check", ""), ("folder", "")])
    assert panel.isVisible()
    made(stocked, None)
    qtbot.waitUntil(lambda: told(panel) == [("cloud-check", ""), ("folder", ""), ("image", "")])
    replaced(stocked)
    outdated = [("cloud-check", "Outdated"), ("folder", "Outdated"), ("image", "Outdated")]
    qtbot.waitUntil(lambda: told(panel) == outdated)


def test_an_asset_that_went_nowhere_has_no_list(qtbot: QtBot, desk: Desk, opener: Opener) -> None:
    picture(desk.folder / "a.jpg", 1)
    desk.library()
    panel = looked_at(qtbot, opener())
    assert not panel.isVisible()
    desk.parts.worker.places.taken([(desk.asset("a.jpg"), "")])
    qtbot.waitUntil(lambda: told(panel) == [("app-window", "")])
    assert panel.isVisible()


def chosen(menu: QMenu | None, text: str) -> None:
    assert menu is not None
    next(one for one in menu.actions() if one.text() == text).trigger()


def test_an_address_is_copied_as_far_as_the_gate_lets_it_be_known(
    qtbot: QtBot, stocked: Desk, opener: Opener, tmp_path: Path
) -> None:
    panel = looked_at(qtbot, opener())
    qtbot.waitUntil(lambda: panel.lines.rowCount() == 2)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    where = {
        str(panel.lines.index(row, 0).data(LineRole.LINE).icon): panel.lines.index(row, 0)
        for row in range(2)
    }
    chosen(panel.menu_at(panel.view.visualRect(where["folder"]).center()), "Copy Address")
    file = str(tmp_path / "out" / "a-square-60x60.jpg")
    qtbot.waitUntil(lambda: clipboard.text() == file)
    chosen(panel.menu_at(panel.view.visualRect(where["cloud-check"]).center()), "Copy Address")
    qtbot.waitUntil(lambda: clipboard.text().startswith("http"))


def test_what_is_dragged_out_is_listed_unless_nobody_took_it(
    qtbot: QtBot, stocked: Desk, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [Qt.DropAction.IgnoreAction, Qt.DropAction.CopyAction]
    monkeypatch.setattr(QDrag, "exec", lambda *_: ends.pop(0))
    window = opener()
    panel = looked_at(qtbot, window)
    for _ in range(2):
        window.middle.browser.grid.grid.startDrag(Qt.DropAction.CopyAction)
    qtbot.waitUntil(lambda: ("app-window", "") in told(panel))
    assert len(told(panel)) == 3


def test_the_push_of_a_new_version_says_what_it_changes(
    qtbot: QtBot,
    stocked: Desk,
    asker: Asker,
    theme: Theme,
    icons: Icons,
    english: None,
) -> None:
    made(stocked, None)
    replaced(stocked)
    stocked.approve("a.jpg")
    wish = PushWish(assets=(stocked.asset("a.jpg").id,))
    sheet = PushSheet(stocked.parts.worker, asker, theme, icons, wish)
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitUntil(sheet.effect.isVisible)
    said = sheet.effect.text()
    assert said.startswith("Changes 1 published rendition")
    assert "web" in said
    assert "1 place" in said
    button = next(one for one in sheet.findChildren(QPushButton) if "Push 1" in one.text())
    qtbot.waitUntil(button.isEnabled)
    button.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ConfirmDialog)))
    asked = sheet.findChildren(ConfirmDialog)
    assert any(said in label.text() for one in asked for label in one.findChildren(QLabel))


def test_a_replacement_reports_each_place_once_the_push_has_ended(
    qtbot: QtBot, stocked: Desk, opener: Opener
) -> None:
    made(stocked, None)
    replaced(stocked)
    stocked.approve("a.jpg")
    window = opener()
    window.middle.errands.push([stocked.asset("a.jpg").id])
    (sheet,) = window.findChildren(PushSheet)
    qtbot.waitUntil(sheet.effect.isVisible)
    button = next(one for one in sheet.findChildren(QPushButton) if "Push 1" in one.text())
    qtbot.waitUntil(button.isEnabled)
    button.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ConfirmDialog)))
    sheet.findChildren(ConfirmDialog)[0].confirmed.emit()
    messages = window.middle.browser.messages

    def reported() -> bool:
        return any("show the new version" in one and "keep" in one for one in messages.texts)

    qtbot.waitUntil(reported, timeout=20_000)
    next(one for one in messages.findChildren(QPushButton) if "Show" in one.text()).click()
    qtbot.waitUntil(lambda: bool(window.findChildren(ReplacementDialog)))
    (dialog,) = window.findChildren(ReplacementDialog)
    lines = [dialog.lines.index(row).data(LineRole.LINE) for row in range(dialog.lines.rowCount())]
    assert [line.mark for line in lines] == ["Stays", "Changed", "Changed"]


def test_what_a_person_said_yes_to_is_pushed_though_another_plan_is_being_made(
    qtbot: QtBot, stocked: Desk, opener: Opener
) -> None:
    made(stocked, None)
    replaced(stocked)
    stocked.approve("a.jpg")
    window = opener()
    window.middle.errands.push([stocked.asset("a.jpg").id])
    (sheet,) = window.findChildren(PushSheet)
    qtbot.waitUntil(sheet.effect.isVisible)
    button = next(one for one in sheet.findChildren(QPushButton) if "Push 1" in one.text())
    qtbot.waitUntil(button.isEnabled)
    button.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ConfirmDialog)))
    # The environment tells its limits for the first time in this very moment.
    destination = sheet.findChild(Destination)
    assert destination is not None
    destination.learnt.emit()
    assert sheet.plan is None
    sheet.findChildren(ConfirmDialog)[0].confirmed.emit()
    messages = window.middle.browser.messages
    qtbot.waitUntil(
        lambda: any("show the new version" in one for one in messages.texts), timeout=20_000
    )


def test_a_push_that_waits_keeps_no_other_ones_report_back(
    qtbot: QtBot, stocked: Desk, asker: Asker, theme: Theme, icons: Icons, english: None
) -> None:
    worker, asset = stocked.parts.worker, stocked.asset("a.jpg").id
    waiting = NewJob(kind="nobody", identity="nobody", batch="waits", name="a.jpg", params={})
    stocked.parts.stock.jobs.add([waiting], at=stocked.clock())
    effect = ReplacementEffect(staying=tuple(one.place for one in worker.places.of([asset])))
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    looks = Looks(theme, icons, pixels, stocked.clock)
    window, messages = QWidget(), MessageBar(theme, icons)
    qtbot.addWidget(window)
    qtbot.addWidget(messages)
    replacements = Replacements(window, worker, asker, looks, messages)
    plan = stocked.plan()
    replacements.follow(plan, effect, "waits")
    replacements.follow(plan, effect, "has-ended")
    qtbot.waitUntil(lambda: any("keep the earlier one" in one for one in messages.texts))


def test_why_an_address_cannot_be_copied_is_said_in_the_menu(
    qtbot: QtBot, stocked: Desk, opener: Opener
) -> None:
    panel = looked_at(qtbot, opener())
    qtbot.waitUntil(lambda: panel.lines.rowCount() == 2)
    stocked.parts.worker.decide([stocked.asset("a.jpg").id], Approval.REJECTED)
    rows = [panel.lines.index(row, 0) for row in range(2)]
    pushed = next(one for one in rows if one.data(LineRole.LINE).icon == "cloud-check")
    menu = panel.menu_at(panel.view.visualRect(pushed).center())
    assert menu is not None
    copy, why = menu.actions()[:2]
    qtbot.waitUntil(why.isVisible)
    assert not copy.isEnabled()
    assert why.text() == "it was rejected"
    assert copy.toolTip() == "a: it was rejected. No address is given out while that is so."
    assert copy.statusTip() == copy.toolTip()
    stocked.parts.worker.decide([stocked.asset("a.jpg").id], Approval.APPROVED)
    menu = panel.menu_at(panel.view.visualRect(pushed).center())
    chosen(menu, "Copy Address")
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("http"))
