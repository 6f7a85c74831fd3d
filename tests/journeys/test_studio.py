"""The studio in the real window: crop by dragging, lay a text on, copy the code, save it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.presets import RenditionPreset
from bridge_app.transform.code import Code
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.studio.canvas_paint import on_canvas
from bridge_app.ui.studio.canvas_places import Look
from bridge_app.ui.studio.contact_sheet import ContactSheet
from bridge_app.ui.studio.edits import position_of
from bridge_app.ui.studio.save_dialog import SavePresetDialog
from bridge_app.ui.studio.widths_dialog import WidthsDialog
from bridge_app.ui.studio.window import StudioWindow
from tests.desk import ACCOUNT, Desk, picture
from tests.journeys.conftest import Opener
from tests.journeys.person import LEFT, Person

pytestmark = pytest.mark.journey


def drag(qtbot: QtBot, studio: StudioWindow, start: QPointF, end: QPointF) -> None:
    """With the mouse, over the canvas."""
    canvas = studio.canvas
    qtbot.mousePress(canvas, LEFT, pos=start.toPoint())
    for share in (0.25, 0.5, 0.75, 1.0):
        qtbot.mouseMove(canvas, (start + (end - start) * share).toPoint())
    qtbot.mouseRelease(canvas, LEFT, pos=end.toPoint())


def studio_of(person: Person) -> StudioWindow:
    """The studio, once its first frame is there."""
    errands = person.window.middle.studio
    person.until(lambda: bool(errands.windows))
    studio = errands.windows[0]
    person.until(lambda: studio.canvas.rendition is not None)
    return studio


def shows(studio: StudioWindow, text: str) -> bool:
    """Whether the frame of this transformation is on the canvas."""
    return studio.canvas.rendition is not None and studio.canvas.rendition.text == text


def crop_to_a_quarter(person: Person, studio: StudioWindow) -> None:
    """Drag the frame's corner to the middle."""
    person.click(studio.tabs["crop"])
    person.until(lambda: studio.canvas.crop is not None)
    crop = studio.canvas.crop
    assert crop is not None
    frame = on_canvas(crop, studio.canvas.places().master_place)
    drag(person.qtbot, studio, frame.bottomRight(), frame.center())
    cut = studio.document.chain.steps[0]
    assert abs(int(cut.value("w")) - 600) < 12
    assert abs(int(cut.value("h")) - 400) < 12


def lay_a_text_on(person: Person, studio: StudioWindow, words: str) -> None:
    """Add it, type it, and drag it downwards."""
    person.click(studio.tabs["overlay"])
    studio.set_look(Look.RENDITION)
    person.press("Add a text", studio.overlay)
    person.qtbot.keyClicks(studio.overlay.words, words)
    person.until(lambda: shows(studio, studio.document.text))
    layer, place = studio.canvas.layer, studio.canvas.places().rendition_place
    assert layer is not None
    start = layer.on_canvas(place).center()
    drag(person.qtbot, studio, start, start + QPointF(0, place.height() / 4))
    step = studio.document.chain.steps[-1].text
    assert abs(position_of(step)[1] - layer.picture.height / 4) < 12


def copied(person: Person, studio: StudioWindow, code: Code) -> str:
    """What is on the clipboard after a code was chosen in the menu."""
    studio.head.copy.codes.aboutToShow.emit()
    QGuiApplication.clipboard().clear()
    studio.head.copy.action(code).trigger()
    person.until(lambda: bool(QGuiApplication.clipboard().text()))
    return QGuiApplication.clipboard().text()


def saved(desk: Desk, person: Person, studio: StudioWindow, title: str, name: str) -> None:
    """Save the steps as a preset; it gets its name from its title."""
    studio.save()
    dialog = studio.findChildren(SavePresetDialog)[0]
    person.qtbot.keyClicks(dialog.title, title)
    person.press("Save", dialog)
    person.until(lambda: name in desk.parts.worker.rendition_presets.library().presets)


def sheet_of(person: Person) -> ContactSheet:
    """The contact sheet, once what is seen of its first set is made."""
    errands = person.window.middle.studio
    person.until(lambda: bool(errands.sheets))
    sheet = errands.sheets[0]
    person.until(lambda: sheet.model.columnCount() > 0)
    return sheet


def test_a_designer_crops_adds_a_text_copies_the_code_and_saves_a_preset(
    desk: Desk, opener: Opener
) -> None:
    picture(desk.folder / "hero.jpg", 1, size=(1200, 800))
    desk.library()
    person = opener()
    person.choose("hero.jpg")
    person.key(Qt.Key.Key_A)
    person.push()
    person.until(lambda: person.asset("hero.jpg").cloud is not None)
    person.window.core.actions.studio.trigger()
    studio = studio_of(person)
    studio.resize(1280, 800)
    crop_to_a_quarter(person, studio)
    person.click(studio.tabs["size"])
    person.click(studio.size_page.sizes.chip("1200x630"))
    lay_a_text_on(person, studio, "Slow light")
    text = studio.document.text
    assert "l_text:Arial_48:Slow%20light" in text
    person.until(lambda: studio.previews.is_quiet)
    assert "1200 × 630" in studio.foot.facts.text()
    html = copied(person, studio, Code.HTML)
    assert html.startswith("<img ")
    assert f"/{ACCOUNT.cloud_name}/image/upload/c_crop" in html
    saved(desk, person, studio, "Slow light banner", "slow-light-banner")
    shelf = desk.parts.worker.rendition_presets
    assert shelf.library().presets["slow-light-banner"].transformation == text
    studio.close()
    person.until(lambda: not person.window.middle.studio.windows)


def test_a_preset_from_the_studio_is_applied_to_twenty_assets_over_a_contact_sheet(
    desk: Desk, opener: Opener, tmp_path: Path
) -> None:
    for number in range(20):
        picture(desk.folder / f"photo-{number:02}.jpg", number, size=(300 + number, 200))
    desk.library()
    folder = tmp_path / "out"
    folder.mkdir()
    person = opener()
    person.choose("photo-03.jpg")
    person.window.core.actions.studio.trigger()
    studio = studio_of(person)
    studio.foot.text.setPlainText("c_fill,h_90,w_160/e_sepia/f_jpg,q_80")
    saved(desk, person, studio, "Teaser", "teaser")
    studio.close()
    person.window.core.actions.select_all.trigger()
    person.until(lambda: person.window.middle.selection.count == 20)
    person.window.core.actions.contact_sheet.trigger()
    sheet = sheet_of(person)
    sheet.choose_presets("teaser")
    person.until(lambda: sheet.model.columnCount() == 1)
    person.until(lambda: sheet.model.cell((0, 0)).made is not None)
    sheet.export_to(folder)
    person.until(lambda: "20 of 20 renditions" in sheet.banner.text)
    names = {f"photo-{number:02}-teaser-160x90.jpg" for number in range(20)}
    # Decoders stand back for whatever else this machine does.
    person.qtbot.waitUntil(
        lambda: {path.name for path in folder.iterdir()} == names, timeout=80_000
    )
    for path in folder.iterdir():
        with Image.open(path) as image:
            assert image.size == (160, 90)
    shown = sheet.model.cell((0, 0)).made
    assert shown is not None
    first = folder / f"{Path(sheet.model.assets[0].name).stem}-teaser-160x90.jpg"
    assert first.stat().st_size == shown.bytes
    place = sheet.table.visualRect(sheet.model.index(0, 0)).center()
    person.click(sheet.table.viewport(), place)
    person.qtbot.mouseDClick(sheet.table.viewport(), LEFT, pos=place)
    errands = person.window.middle.studio
    person.until(lambda: [one.asset for one in errands.windows] == [sheet.model.assets[0]])
    person.window.close()
    assert errands.sheets == ()


def test_without_a_delivered_copy_there_is_no_code_and_the_menu_says_why(
    desk: Desk, opener: Opener
) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    person = opener()
    person.choose("hero.jpg")
    person.window.core.actions.studio.trigger()
    studio = studio_of(person)
    studio.head.copy.codes.aboutToShow.emit()
    assert not studio.head.copy.action(Code.URL).isEnabled()
    told = [action.text() for action in studio.head.copy.codes.actions() if action.isVisible()]
    assert "There is code once the asset is pushed." in told
    person.window.core.actions.studio.trigger()
    assert len(person.window.middle.studio.windows) == 1


def test_the_code_offers_the_widths_that_were_measured_here_or_by_cloudinary(
    desk: Desk, opener: Opener
) -> None:
    Image.effect_noise((1200, 800), 40).convert("RGB").save(desk.folder / "hero.jpg", quality=90)
    desk.library()
    person = opener()
    person.choose("hero.jpg")
    person.key(Qt.Key.Key_A)
    person.push()
    person.until(lambda: person.asset("hero.jpg").cloud is not None)
    person.window.core.actions.studio.trigger()
    studio = studio_of(person)
    studio.foot.text.setPlainText("c_fill,h_400,w_600/f_jpg,q_70")
    person.until(lambda: shows(studio, studio.document.text))
    studio.head.copy.widths.trigger()
    dialog = studio.findChildren(WidthsDialog)[0]
    assert dialog.widest.value() == 600
    assert not dialog.use.isEnabled()
    dialog.step.setValue(15)
    person.press("Have Cloudinary measure", dialog)
    person.until(lambda: bool(dialog.widths))
    by_service = dialog.widths
    person.press("Measure here", dialog)
    person.until(lambda: bool(dialog.widths))
    assert (dialog.widths[0], dialog.widths[-1]) == (by_service[0], by_service[-1]) == (600, 50)
    assert dialog.lines.rowCount() == len(dialog.widths) >= 3
    measured = dialog.widths
    person.press("Use in the code", dialog)
    html = copied(person, studio, Code.HTML)
    offered = [
        part.rpartition(" ")[2] for part in html.split('srcset="')[1].split('"')[0].split(", ")
    ]
    assert offered == [f"{width}w" for width in sorted(measured)]
    studio.foot.text.setPlainText("c_fill,h_400,w_600/f_jpg,q_60")
    assert studio.coding.widths == ()
    studio.close()


def test_a_name_that_is_taken_is_asked_about_and_keeps_what_else_it_says(
    desk: Desk, opener: Opener
) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    shelf = desk.parts.worker.rendition_presets
    before = RenditionPreset(
        name="teaser", title="Teaser", transformation="c_fill,w_90", format="webp", channel="mail"
    )
    shelf.save(before)
    person = opener()
    person.choose("hero.jpg")
    person.window.core.actions.studio.trigger()
    studio = studio_of(person)
    studio.foot.text.setPlainText("c_fill,h_90,w_160")
    studio.save()
    dialog = studio.findChildren(SavePresetDialog)[0]
    person.qtbot.keyClicks(dialog.name, "teaser")
    person.press("Save", dialog)
    person.until(lambda: bool(dialog.findChildren(ConfirmDialog)))
    question = dialog.findChildren(ConfirmDialog)[0]
    assert shelf.library().presets["teaser"] == before
    question.act_button.click()
    after = replace(before, transformation="c_fill,h_90,w_160")
    person.until(lambda: shelf.library().presets["teaser"] == after)
    studio.close()
