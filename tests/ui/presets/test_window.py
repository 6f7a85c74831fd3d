"""Presets from the window and the studio: menus, the inspector's own sets, transfers."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import READY_PRESETS, RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panels.renditions import AT_ONCE, RenditionsPanel
from bridge_app.ui.presets.make_sheet import MakeSheet
from bridge_app.ui.presets.shelf_dialog import PresetsDialog
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture
from tests.ui.windows import NAMES

PATIENCE_MS = 30_000
D = TypeVar("D", bound=QDialog)


def shown(qtbot: QtBot, window: QWidget, kind: type[D]) -> D:
    """The dialog of that kind, once it can be seen."""

    def found() -> list[D]:
        return [one for one in window.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE_MS)
    return found()[0]


def chosen(qtbot: QtBot, window: MainWindow, desk: Desk, *names: str) -> None:
    """Choose assets by name."""
    window.show_assets([desk.asset(name).id for name in names])
    qtbot.waitUntil(lambda: window.middle.selection.count == len(names))


def test_the_shelf_opens_with_its_key_on_the_chosen_asset(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    chosen(qtbot, window, desk, NAMES[0])
    action = window.core.actions.preset_shelf
    assert action.shortcut().toString() == "Ctrl+Shift+P"
    action.trigger()
    dialog = shown(qtbot, window, PresetsDialog)
    assert dialog.previews.asset is not None
    assert dialog.previews.asset.name == NAMES[0]
    dialog.reject()


def test_a_preset_goes_into_the_studio_and_undo_brings_back_what_was_there(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    chosen(qtbot, window, desk, NAMES[0])
    asset = window.middle.selection.single()
    assert asset is not None
    window.middle.studio.open(asset)
    qtbot.waitUntil(lambda: bool(window.middle.studio.windows), timeout=PATIENCE_MS)
    studio = window.middle.studio.windows[0]
    studio.document.type("e_sepia")
    studio.head.presetsWanted.emit()
    dialog = shown(qtbot, studio, PresetsDialog)
    qtbot.waitUntil(lambda: dialog.presets.lines.rowCount() > 0)
    dialog.presets.choose("hero")
    dialog.presets.press("use")
    qtbot.waitUntil(lambda: studio.document.text == READY_PRESETS[0].transformation)
    studio.document.undo.undo()
    assert studio.document.text == "e_sepia"


def test_renditions_of_the_selection_are_made_and_the_transfers_open(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    action = window.core.actions.make_renditions
    assert not action.isEnabled()
    chosen(qtbot, window, desk, *NAMES[:2])
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    sheet = shown(qtbot, window, MakeSheet)
    sheet.target.use_folder(str(desk.home / "out"))
    qtbot.waitUntil(lambda: sheet.plan is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(sheet.act.isEnabled, timeout=PATIENCE_MS)
    sheet.act.click()
    qtbot.waitUntil(lambda: window.sides.transfers.expanded, timeout=PATIENCE_MS)
    worker = desk.parts.worker
    desk.until(lambda: all(job.state.is_finished for job in worker.transfers()), what="them")
    assert {job.state for job in worker.transfers()} == {JobState.DONE}
    assert len([*(desk.home / "out").iterdir()]) == 2 * len(READY_PRESETS)
    kept = window.core.remembering.settings
    assert kept.export_folder == str(desk.home / "out")


def test_cancelling_everything_cancels_renditions_too(desk: Desk) -> None:
    picture(desk.folder / "photo.jpg")
    desk.library()
    desk.approve()
    desk.push()
    worker = desk.parts.worker
    worker.set_work_offline(on=True)
    plan = worker.renditions.plan(
        [desk.asset("photo.jpg").id], RenditionWish(presets=READY_PRESETS)
    )
    batch = worker.renditions.carry_out(plan)
    worker.cancel()
    assert {job.state for job in desk.finished(batch)} == {JobState.CANCELLED}


def panel_on(
    made: Callable[[RenditionsPanel], None],
    desk: Desk,
    parts: tuple[WorkerBridge, Asker],
    looks: tuple[Theme, Icons],
    name: str,
) -> RenditionsPanel:
    """The inspector's tab on a pushed picture, with a set remembered."""
    picture(desk.folder / "photo.jpg", size=(800, 600))
    desk.library()
    desk.approve()
    desk.push()
    panel = RenditionsPanel(desk.parts.worker, *parts, *looks, set_name=name)
    made(panel)
    panel.resize(320, 620)
    panel.show()
    panel.show_asset(desk.asset("photo.jpg"))
    return panel


def names(panel: RenditionsPanel) -> list[str]:
    return [card.preset.name for card in panel.cards]


def test_the_inspector_shows_a_set_of_ones_own_and_follows_its_changes(
    qtbot: QtBot, desk: Desk, bridge: WorkerBridge, asker: Asker, theme: Theme, icons: Icons
) -> None:
    shelf = desk.parts.worker.rendition_presets
    shelf.save(
        RenditionPreset(name="mine", title="", transformation="c_fill,h_50,w_50", format="png")
    )
    shelf.save_set(RenditionSet(name="own", title="My own", presets=("mine", "hero")))
    panel = panel_on(qtbot.addWidget, desk, (bridge, asker), (theme, icons), "own")
    qtbot.waitUntil(lambda: names(panel) == ["mine", "hero"])
    assert panel.sets.currentText() == "My own"
    qtbot.waitUntil(lambda: panel.cards[0].link is not None)
    link = panel.cards[0].link
    assert link is not None
    assert "c_fill,h_50,w_50" in link.url
    assert link.url.endswith(".png")
    shelf.save_set(RenditionSet(name="own", title="My own", presets=("thumbnail",)))
    qtbot.waitUntil(lambda: names(panel) == ["thumbnail"])


def test_another_set_is_chosen_and_all_presets_come_as_one_scrolls(
    qtbot: QtBot, desk: Desk, bridge: WorkerBridge, asker: Asker, theme: Theme, icons: Icons
) -> None:
    panel = panel_on(qtbot.addWidget, desk, (bridge, asker), (theme, icons), "ready")
    qtbot.waitUntil(lambda: panel.sets.count() == 8)
    assert names(panel) == [preset.name for preset in READY_PRESETS]
    with qtbot.waitSignal(panel.setChosen) as told:
        panel.sets.setCurrentIndex(panel.sets.count() - 1)
        panel.sets.activated.emit(panel.sets.count() - 1)
    assert told.args == [""]
    assert len(panel.cards) == AT_ONCE
    qtbot.waitUntil(lambda: panel.cards[-1].link is not None)
    panel.scroll_to_end()
    qtbot.waitUntil(lambda: len(panel.cards) > AT_ONCE)
    qtbot.waitUntil(lambda: all(card.link is not None for card in panel.cards))


def test_a_remembered_set_that_is_gone_gives_way_to_the_first(
    qtbot: QtBot, desk: Desk, bridge: WorkerBridge, asker: Asker, theme: Theme, icons: Icons
) -> None:
    panel = panel_on(qtbot.addWidget, desk, (bridge, asker), (theme, icons), "gone")
    qtbot.waitUntil(lambda: panel.sets.count() == 8)
    assert panel.sets.currentData() == "ready"
