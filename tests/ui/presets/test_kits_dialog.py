"""Kits in the window: weighed on the chosen assets, edited, and exported through the gate."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.domain.channel_settings import ChannelSettings, Placeholder, StorageMode
from bridge_app.domain.kits import Kit, KitForm, WeightLimit
from bridge_app.ui.asker import Asker
from bridge_app.ui.kits.channel_settings import ChannelSettingsDialog
from bridge_app.ui.kits.dialog import KitsDialog, KitSeat
from bridge_app.ui.kits.editor import KitEditor
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.parts.confirm import ConfirmDialog
from tests.desk import Desk, picture

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(
    campaign: Desk, photo: Asset, looks: Looks, asker: Asker, qtbot: QtBot, tmp_path: Path
) -> KitsDialog:
    """A kit of two presets for an approved photo and one nobody approved."""
    picture(campaign.folder / "draft.jpg", 5)
    worker = campaign.parts.worker
    worker.scan(photo.library)
    campaign.until(lambda: "draft.jpg" in campaign.names(), what="the draft")
    campaign.approve("photo.jpg")
    limit = WeightLimit(most_bytes=100, preset="square")
    for one in worker.kits.kits():
        worker.kits.remove(one.name)
    worker.kits.save(Kit(name="mail", title="Mail", presets=("square", "small"), limits=(limit,)))
    chosen = (photo.id, campaign.asset("draft.jpg").id)
    seat = KitSeat(assets=chosen, folder=str(tmp_path / "out"))
    made = KitsDialog(worker, asker, looks, seat)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.weights.lines.rowCount() == 4, timeout=20_000)
    return made


def marks(shown: KitsDialog) -> list[str]:
    lines = shown.weights.lines
    return [lines.index(row).data(LineRole.LINE).mark for row in range(lines.rowCount())]


def test_weights_are_told_and_a_kit_is_exported_without_what_is_held_back(
    shown: KitsDialog, campaign: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    assert sum("too heavy" in mark for mark in marks(shown)) == 2
    assert "2 too heavy" in shown.weights.heading.text()
    shown.form.setCurrentIndex(shown.form.findData(KitForm.FOLDER))
    qtbot.mouseClick(shown.export, LEFT)
    qtbot.waitUntil(lambda: bool(shown.findChildren(ConfirmDialog)))
    question = shown.findChildren(ConfirmDialog)[0]
    with qtbot.waitSignal(shown.queued) as queued:
        question.confirmed.emit()
    (name,) = queued.args
    target = tmp_path / "out" / str(name) / "manifest.json"
    campaign.until(target.exists, what="the kit")
    told = json.loads(target.read_text("utf-8"))["renditions"]
    assert [(one["master"], one["preset"]) for one in told] == [
        ("photo.jpg", "square"),
        ("photo.jpg", "small"),
    ]


def test_a_kit_is_made_in_the_window(shown: KitsDialog, campaign: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(shown.add, LEFT)
    editor = shown.findChildren(KitEditor)[0]
    assert not editor.save.isEnabled()
    qtbot.keyClicks(editor.title, "Spring Mailing")
    editor.formats.setText(".JPG; png")
    editor.most.setValue(120)
    row = editor.lines.row_of("wide")
    editor.lines.setData(
        editor.lines.index(row), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
    )
    editor.view.setCurrentIndex(editor.lines.index(row))
    editor.most_of_one.setValue(60)
    editor.save.click()
    desk = campaign.parts.worker.kits
    qtbot.waitUntil(lambda: len(desk.kits()) == 2)
    assert desk.kit("spring-mailing") == Kit(
        name="spring-mailing",
        title="Spring Mailing",
        presets=("wide",),
        formats=("jpg", "png"),
        limits=(
            WeightLimit(most_bytes=120_000),
            WeightLimit(most_bytes=60_000, preset="wide"),
        ),
    )
    qtbot.waitUntil(lambda: shown.chosen is not None and shown.chosen.name == "spring-mailing")


def test_a_shop_gets_what_its_plug_in_recommends_in_one_step(
    shown: KitsDialog, campaign: Desk, qtbot: QtBot
) -> None:
    odd = ChannelSettings(channel="odd", use="kiosk")  # as the command line lets one say
    campaign.parts.worker.kits.save_channel(odd)
    qtbot.mouseClick(shown.shops, LEFT)
    dialog = shown.findChildren(ChannelSettingsDialog)[0]
    qtbot.waitUntil(lambda: dialog.name.count() == 4)
    dialog.name.setCurrentText("odd")
    dialog.name.activated.emit(dialog.name.currentIndex())
    assert dialog.use.currentData() == "kiosk"
    dialog.use.setCurrentIndex(0)
    dialog.name.setCurrentText("my-shop")
    dialog.storage.setCurrentIndex(dialog.storage.findData(StorageMode.REFERENCE))
    dialog.folders.setText("/wp/media/, catalog")
    dialog.optimise.click()
    with qtbot.waitSignal(dialog.changed):
        dialog.save.click()
    kept = campaign.parts.worker.kits.channel("my-shop")
    assert (kept.format, kept.placeholder, kept.lazy) == ("auto", Placeholder.BLUR, True)
    assert (kept.storage, kept.plugin_folders) == (StorageMode.REFERENCE, ("wp/media", "catalog"))
    qtbot.waitUntil(lambda: shown.channel.findData("my-shop") > 0)
    qtbot.waitUntil(dialog.forget.isEnabled)
    dialog.forget.click()
    qtbot.waitUntil(lambda: campaign.parts.worker.kits.channels() == (odd,))
