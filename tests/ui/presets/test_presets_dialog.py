"""Presets and sets in the window: shown on an asset, changed, moved, doubled, deleted, undone."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.domain.localised import Variant
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.presets.preset_form import PresetForm
from bridge_app.ui.presets.set_form import SetForm
from bridge_app.ui.presets.shelf_dialog import PresetsDialog, ShelfSeat
from tests.desk import Desk, picture

PATIENCE_MS = 30_000
D = TypeVar("D", bound=QDialog)
Opened = Callable[[Asset | None], PresetsDialog]


@pytest.fixture
def opened(qtbot: QtBot, campaign: Desk, asker: Asker, looks: Looks) -> Iterator[Opened]:
    """Opens the dialog on an asset, or on none."""
    made: list[PresetsDialog] = []

    def opened(asset: Asset | None) -> PresetsDialog:
        seat = ShelfSeat(worker=campaign.parts.worker, asker=asker, looks=looks, asset=asset)
        dialog = PresetsDialog(seat)
        qtbot.addWidget(dialog)
        made.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.presets.lines.rowCount() > 0)
        return dialog

    yield opened
    for dialog in made:
        dialog.reject()


@pytest.fixture
def dialog(opened: Opened) -> PresetsDialog:
    """The dialog, without an asset."""
    return opened(None)


def library(desk: Desk) -> PresetLibrary:
    return desk.parts.worker.rendition_presets.library()


def kept(qtbot: QtBot, desk: Desk, *names: str) -> None:
    """Wait until exactly these presets are kept, in this order."""
    qtbot.waitUntil(lambda: [*library(desk).presets] == [*names], timeout=PATIENCE_MS)


def above(qtbot: QtBot, dialog: QDialog, kind: type[D]) -> D:
    """The dialog of that kind above another one, once it is there."""

    def found() -> list[D]:
        return [one for one in dialog.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE_MS)
    return found()[0]


def published(desk: Desk, name: str, preset: str) -> None:
    """Have a rendition made at Cloudinary."""
    desk.approve(name)
    desk.push([desk.asset(name).id])
    desks = desk.parts.worker.renditions
    wish = RenditionWish(presets=(library(desk).presets[preset],), table=(Variant(),))
    desk.finished(desks.carry_out(desks.plan([desk.asset(name).id], wish)))


def test_every_preset_shows_what_it_makes_of_the_chosen_asset(
    qtbot: QtBot, opened: Opened, photo: Asset
) -> None:
    dialog = opened(photo)
    presets = dialog.presets
    qtbot.waitUntil(lambda: presets.card.picture.image is not None, timeout=PATIENCE_MS)
    assert "120 × 120" in presets.card.facts
    presets.choose("wide")
    qtbot.waitUntil(lambda: "160 × 90" in presets.card.facts, timeout=PATIENCE_MS)
    assert "JPG" in presets.card.facts
    assert presets.card.badge.isVisible()
    assert presets.uses == "In Pair"


def test_what_cloudinary_alone_can_draw_is_shown_from_there_when_that_is_wanted(
    qtbot: QtBot, campaign: Desk, opened: Opened, photo: Asset
) -> None:
    art = RenditionPreset(
        name="art", title="Art", transformation="e_art:zorro/c_scale,w_40", format="png"
    )
    campaign.parts.worker.rendition_presets.save(art)
    presets = opened(photo).presets
    presets.choose("art")
    card = presets.card
    qtbot.waitUntil(lambda: "Push the master" in card.next_step, timeout=PATIENCE_MS)
    assert not card.cloud.isVisible()
    campaign.approve("photo.jpg")
    campaign.push([photo.id])
    again = opened(campaign.asset("photo.jpg")).presets
    again.choose("art")
    qtbot.waitUntil(again.card.cloud.isVisible, timeout=PATIENCE_MS)
    assert again.card.badge.fidelity == "cloud only"
    again.card.cloud.click()
    qtbot.waitUntil(lambda: again.card.badge.fidelity == "exact", timeout=PATIENCE_MS)
    assert not again.card.cloud.isVisible()
    assert "40 × 25" in again.card.facts


def test_why_cloudinary_does_not_show_it_is_told(
    qtbot: QtBot, campaign: Desk, opened: Opened, photo: Asset
) -> None:
    art = RenditionPreset(name="art", title="", transformation="e_art:zorro", format="png")
    campaign.parts.worker.rendition_presets.save(art)
    campaign.approve("photo.jpg")
    campaign.push([photo.id])
    campaign.parts.worker.set_work_offline(on=True)
    presets = opened(campaign.asset("photo.jpg")).presets
    presets.choose("art")
    qtbot.waitUntil(presets.card.cloud.isVisible, timeout=PATIENCE_MS)
    presets.card.cloud.click()
    qtbot.waitUntil(lambda: bool(presets.card.next_step), timeout=PATIENCE_MS)
    assert presets.card.badge.fidelity == "cloud only"
    assert presets.card.cloud.isEnabled()
    presets.choose("wide")
    assert not presets.card.next_step
    presets.choose("art")
    assert presets.card.next_step


def test_without_an_asset_it_says_how_to_get_pictures(dialog: PresetsDialog) -> None:
    assert "Choose one asset" in dialog.presets.card.picture.text


def test_a_preset_is_changed_in_the_form_and_the_change_is_taken_back(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    before = library(campaign).presets["wide"]
    dialog.presets.choose("wide")
    dialog.presets.press("change")
    form = above(qtbot, dialog, PresetForm)
    assert (form.fields.name.text(), form.document.text) == ("wide", "c_fill,h_90,w_160")
    form.fields.channel.setEditText("print")
    form.fields.markets.setText("DE, US-CA")
    form.fields.form.setEditText("PNG")
    form.fields.width_px.setValue(0)
    form.fields.most_kb.setValue(150)
    form.save.click()
    qtbot.waitUntil(lambda: library(campaign).presets["wide"] != before)
    after = library(campaign).presets["wide"]
    assert (after.channel, after.markets, after.format) == ("print", ("DE", "US-CA"), "png")
    assert after.contract is not None
    assert (after.contract.width, after.contract.height) == (0, 90)
    assert after.contract.most_bytes == 150 * 1024
    qtbot.waitUntil(dialog.undo.isEnabled)
    dialog.undo.click()
    qtbot.waitUntil(lambda: library(campaign).presets["wide"] == before)


def test_a_transformation_that_cannot_be_read_is_not_saved_and_what_was_typed_stays(
    qtbot: QtBot, dialog: PresetsDialog
) -> None:
    dialog.presets.press("new")
    form = above(qtbot, dialog, PresetForm)
    qtbot.keyClicks(form.fields.title, "Green & new 2")
    assert form.fields.name.text() == "green-new-2"
    form.text.setPlainText("c_fill,w_12x00")
    assert not form.save.isEnabled()
    assert "12x00" in form.banner.text
    form.text.setPlainText("c_fill,w_1200")
    assert form.save.isEnabled()
    form.fields.markets.setText("Germany!")
    form.save.click()
    assert "Germany!" in form.banner.text
    assert form.document.text == "c_fill,w_1200"
    form.reject()


def test_a_renamed_preset_keeps_its_place_and_its_sets(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    dialog.presets.choose("wide")
    dialog.presets.press("change")
    form = above(qtbot, dialog, PresetForm)
    form.fields.name.setText("banner")
    form.save.click()
    kept(qtbot, campaign, "square", "banner", "small")
    assert library(campaign).sets["pair"].presets == ("banner", "square")
    qtbot.waitUntil(
        lambda: dialog.presets.chosen is not None and dialog.presets.chosen.name == "banner"
    )


def test_a_name_that_is_taken_is_refused_in_the_form(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    dialog.presets.choose("wide")
    dialog.presets.press("change")
    form = above(qtbot, dialog, PresetForm)
    form.fields.name.setText("small")
    form.save.click()
    qtbot.waitUntil(lambda: "small" in form.banner.text)
    assert [*library(campaign).presets] == ["square", "wide", "small"]
    form.reject()


def test_a_duplicate_stands_behind_its_original_and_is_chosen(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    dialog.presets.choose("square")
    dialog.presets.press("double")
    kept(qtbot, campaign, "square", "square-2", "wide", "small")
    qtbot.waitUntil(
        lambda: dialog.presets.chosen is not None and dialog.presets.chosen.name == "square-2"
    )
    assert library(campaign).presets["square-2"].title == "Square (copy)"


def test_a_deleted_preset_comes_back_where_it_was_and_into_its_sets(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    before = library(campaign)
    dialog.presets.choose("square")
    dialog.presets.press("delete")
    kept(qtbot, campaign, "wide", "small")
    assert library(campaign).sets["pair"].presets == ("wide",)
    qtbot.waitUntil(dialog.undo.isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    kept(qtbot, campaign, "square", "wide", "small")
    assert library(campaign) == before


def test_what_is_published_is_named_before_its_preset_is_deleted(
    qtbot: QtBot, campaign: Desk, opened: Opened, photo: Asset
) -> None:
    published(campaign, "photo.jpg", "wide")
    dialog = opened(photo)
    dialog.presets.choose("wide")
    qtbot.waitUntil(lambda: "1 rendition" in dialog.presets.uses)
    dialog.presets.press("delete")
    question = above(qtbot, dialog, ConfirmDialog)
    assert "wide" in library(campaign).presets
    question.act_button.click()
    kept(qtbot, campaign, "square", "small")


def test_presets_are_put_in_order_with_the_keyboard_or_moved_by_a_drop(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    presets = dialog.presets
    presets.choose("small")
    dialog.activateWindow()
    presets.view.setFocus()
    qtbot.keyClick(presets.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    kept(qtbot, campaign, "square", "small", "wide")
    qtbot.waitUntil(lambda: dialog.keeping.is_quiet)
    assert presets.lines.moveRows(QModelIndex(), 0, 1, QModelIndex(), 3)
    kept(qtbot, campaign, "small", "wide", "square")
    qtbot.waitUntil(lambda: dialog.keeping.is_quiet)
    dialog.keeping.undo()
    kept(qtbot, campaign, "square", "small", "wide")


def test_the_search_finds_by_any_word_and_then_nothing_can_be_moved(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    qtbot.keyClicks(dialog.presets.search, "WEB 160")
    assert dialog.presets.lines.keys == ("wide",)
    assert not dialog.presets.lines.movable
    dialog.presets.lines.shift(0, 1)
    assert [*library(campaign).presets] == ["square", "wide", "small"]


def test_a_set_is_made_ticked_together_and_put_in_order(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    dialog.open_page(1)
    dialog.sets.press("new")
    form = above(qtbot, dialog, SetForm)
    qtbot.keyClicks(form.title, "Spring")
    form.save.click()
    qtbot.waitUntil(lambda: dialog.sets.chosen is not None and dialog.sets.chosen.name == "spring")
    members = dialog.sets.members
    ticked = Qt.ItemDataRole.CheckStateRole
    for name in ("square", "small"):
        index = members.index(members.row_of(name))
        assert members.setData(index, Qt.CheckState.Checked.value, ticked)
    qtbot.waitUntil(lambda: library(campaign).sets["spring"].presets == ("square", "small"))
    qtbot.waitUntil(lambda: dialog.keeping.is_quiet)
    members.shift(members.row_of("small"), -1)
    members.shift(members.row_of("small"), -1)
    qtbot.waitUntil(lambda: library(campaign).sets["spring"].presets == ("small", "square"))
    qtbot.waitUntil(lambda: dialog.keeping.is_quiet)
    for _ in range(2):
        dialog.keeping.undo()
        qtbot.waitUntil(lambda: dialog.keeping.is_quiet)
    assert library(campaign).sets["spring"].presets == ("square",)


def test_sets_are_renamed_doubled_and_deleted_and_their_presets_stay(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog
) -> None:
    dialog.open_page(1)
    dialog.sets.choose("pair")
    dialog.sets.press("change")
    form = above(qtbot, dialog, SetForm)
    form.name.setText("duo")
    form.save.click()
    qtbot.waitUntil(lambda: [*library(campaign).sets] == ["duo", "one"])
    qtbot.waitUntil(lambda: dialog.sets.chosen is not None and dialog.sets.chosen.name == "duo")
    dialog.sets.press("double")
    qtbot.waitUntil(lambda: [*library(campaign).sets] == ["duo", "duo-2", "one"])
    qtbot.waitUntil(lambda: dialog.sets.chosen is not None and dialog.sets.chosen.name == "duo-2")
    dialog.sets.press("delete")
    qtbot.waitUntil(lambda: [*library(campaign).sets] == ["duo", "one"])
    assert [*library(campaign).presets] == ["square", "wide", "small"]


def test_an_exported_file_is_imported_again_and_asks_before_it_changes_something(
    qtbot: QtBot, campaign: Desk, dialog: PresetsDialog, tmp_path: Path
) -> None:
    file = tmp_path / "presets.json"
    dialog.export_to(file)
    qtbot.waitUntil(lambda: "presets.json" in dialog.banner.text)
    told = json.loads(file.read_text())
    assert [one["name"] for one in told["presets"]] == ["square", "wide", "small"]
    told["presets"][0]["transformation"] = "c_fill,h_200,w_200"
    file.write_text(json.dumps(told))
    dialog.import_from(file)
    question = above(qtbot, dialog, ConfirmDialog)
    assert library(campaign).presets["square"].transformation == "c_fill,h_120,w_120"
    question.act_button.click()
    qtbot.waitUntil(
        lambda: library(campaign).presets["square"].transformation == "c_fill,h_200,w_200"
    )
    file.write_text("{}")
    qtbot.waitUntil(lambda: dialog.keeping.is_quiet)
    dialog.import_from(file)
    qtbot.waitUntil(lambda: "kind" in dialog.banner.text)


def test_a_preset_is_handed_to_the_studio_with_the_asset(
    qtbot: QtBot, opened: Opened, photo: Asset
) -> None:
    dialog = opened(photo)
    dialog.presets.choose("wide")
    with qtbot.waitSignal(dialog.useWanted) as used:
        dialog.presets.press("use")
    asset, preset = used.args
    assert isinstance(preset, RenditionPreset)
    assert (asset, preset.name) == (photo, "wide")
    assert not dialog.isVisible()


def test_texts_that_only_a_market_table_has_are_said_in_the_pictures_place(
    qtbot: QtBot, campaign: Desk, opened: Opened
) -> None:
    picture(campaign.folder / "photo.jpg", 3)
    campaign.library()
    campaign.parts.worker.rendition_presets.save(
        RenditionPreset(
            name="sale", title="", transformation="l_text:Inter_40:$(headline)", format=""
        )
    )
    dialog = opened(campaign.asset("photo.jpg"))
    dialog.presets.choose("sale")
    assert "headline" in dialog.presets.card.picture.text
