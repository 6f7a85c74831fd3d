"""The studio as a person uses it: sliders, frames, lists and text are one thing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.messages import bytes_text, pixels_text
from bridge_app.ui.studio.canvas import Canvas
from bridge_app.ui.studio.canvas_paint import on_canvas
from bridge_app.ui.studio.canvas_places import Look
from bridge_app.ui.studio.save_dialog import SavePresetDialog
from bridge_app.ui.studio.window import StudioWindow
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk
from tests.ui.studio.conftest import LastingMaster

PATIENCE_MS = 40_000
LEFT = Qt.MouseButton.LeftButton


def drawn(qtbot: QtBot, studio: StudioWindow, text: str) -> QImage:
    """The frame of this very transformation."""

    def is_there() -> bool:
        shown = studio.canvas.rendition
        return shown is not None and shown.text == text and shown.sharp

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
    shown = studio.canvas.rendition
    assert shown is not None
    return shown.image


def quiet(qtbot: QtBot, studio: StudioWindow) -> None:
    qtbot.waitUntil(lambda: studio.previews.is_quiet, timeout=PATIENCE_MS)


def drag(qtbot: QtBot, canvas: Canvas, start: QPointF, end: QPointF) -> None:
    qtbot.mousePress(canvas, LEFT, pos=start.toPoint())
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(canvas, (start + (end - start) * share).toPoint())
    qtbot.mouseRelease(canvas, LEFT, pos=end.toPoint())


def grey(image: QImage) -> bool:
    colour = image.pixelColor(image.width() // 2, image.height() // 2)
    return (
        max(colour.red(), colour.green(), colour.blue())
        - min(colour.red(), colour.green(), colour.blue())
        <= 4
    )


def test_it_opens_with_the_master_as_it_is(studio: StudioWindow, photo: Asset) -> None:
    shown = studio.canvas.rendition
    assert shown is not None
    assert shown.size == (1600, 1000)
    assert studio.windowTitle() == "photo.jpg: studio"
    assert studio.document.text == ""


def test_a_slider_makes_a_step_and_its_frame(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.adjust.dials["saturation"].slider.setValue(-100)
    assert studio.document.text == "e_saturation:-100"
    assert studio.steps.rows.count() == 1
    assert grey(drawn(qtbot, studio, "e_saturation:-100"))
    studio.adjust.dials["saturation"].slider.setValue(0)
    assert studio.document.text == ""


def test_typing_moves_the_controls(studio: StudioWindow) -> None:
    studio.foot.text.setPlainText("c_pad,b_black,h_300,w_400/e_brightness:30/f_webp,q_70/r_20")
    assert studio.adjust.dials["brightness"].value == 30
    assert studio.size_page.width_row.number.value() == 400
    assert studio.size_page.mode.combo.currentData() == "pad"
    assert studio.delivery.format.combo.currentData() == "webp"
    assert studio.delivery.level.value == 70
    assert studio.delivery.radius.value == 20
    assert studio.steps.rows.count() == 4


def test_a_wrong_text_is_marked_in_its_place_and_kept(studio: StudioWindow) -> None:
    studio.foot.text.setPlainText("c_fill,w_40x")
    assert studio.foot.text.toPlainText() == "c_fill,w_40x"
    marks = studio.foot.text.extraSelections()
    assert len(marks) == 1
    assert marks[0].cursor.selectedText() == "40x"
    assert "40x" in studio.foot.trouble.text()
    studio.adjust.dials["sepia"].slider.setValue(40)
    assert studio.document.error is None
    studio.document.undo.undo()
    assert studio.foot.text.toPlainText() == "c_fill,w_40x"


def test_words_are_offered_while_one_types(qtbot: QtBot, studio: StudioWindow) -> None:
    field = studio.foot.text
    field.setFocus()
    qtbot.keyClicks(field, "c_fi")
    assert any(offer.startswith("c_fill") or offer.startswith("fill") for offer in field.offers())
    choice = next(offer for offer in field.offers() if "fill" in offer)
    field.take(choice)
    assert studio.document.text == "c_fill"


def test_a_crop_is_dragged_with_the_mouse(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.open_page("crop")
    canvas = studio.canvas
    assert canvas.look is Look.BESIDE
    assert canvas.crop is not None
    place = canvas.places().master_place
    frame = on_canvas(canvas.crop, place)
    drag(qtbot, canvas, frame.topLeft(), frame.center())
    step = studio.document.chain.steps[0]
    assert step.value("c") == "crop"
    assert abs(int(step.value("w")) - 800) < 12
    assert abs(int(step.value("x")) - 800) < 12
    assert studio.document.undo.count() == 1
    shown = drawn(qtbot, studio, studio.document.text)
    assert abs(shown.width() / shown.height() - 1.6) < 0.05
    studio.document.undo.undo()
    assert studio.document.text == ""


def test_a_shape_makes_the_largest_crop_and_keys_move_it(
    qtbot: QtBot, studio: StudioWindow
) -> None:
    studio.open_page("crop")
    studio.crop.ratios.chip("1:1").click()
    assert studio.document.text == "c_crop,h_1000,w_1000,x_300,y_0"
    qtbot.keyClick(studio.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert studio.document.text == "c_crop,h_1000,w_1000,x_310,y_0"
    heard = studio.canvas.accessibleDescription()
    assert "310 from the left, 0 from the top" in heard
    assert "1000" in heard.replace(",", "")
    qtbot.keyClick(studio.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert studio.document.text == "c_crop,h_998,w_998,x_311,y_1"
    studio.crop.drop.chip("none").click()
    assert studio.document.text == ""


def test_a_crop_is_placed_by_what_is_in_the_picture_until_a_hand_takes_it(
    qtbot: QtBot, studio: StudioWindow
) -> None:
    studio.open_page("crop")
    studio.crop.sights.chip("auto").click()
    assert studio.document.text == "c_crop,g_auto,h_1000,w_1000"
    assert studio.crop.ratios.chip("1:1").isChecked()
    studio.crop.ratios.chip("16:9").click()
    assert studio.document.text == "c_crop,g_auto,h_900,w_1600"
    studio.crop.sights.chip("faces").click()
    assert studio.document.text == "c_crop,g_faces,h_900,w_1600"
    assert studio.crop.sights.chip("faces").isChecked()
    studio.crop.sights.chip("faces").click()
    assert studio.document.text == "c_crop,h_900,w_1600,x_0,y_50"
    assert not studio.crop.sights.chip("faces").isChecked()


def test_the_crop_can_be_dragged_beside_a_rendition_of_any_size(studio: StudioWindow) -> None:
    studio.open_page("crop")
    canvas = studio.canvas
    before = canvas.places().master_place
    assert canvas.rendition is not None
    canvas.show_rendition(replace(canvas.rendition, text="c_scale,w_30", size=(30, 19)))
    assert canvas.places().master_place == before
    assert canvas.places().rendition_place.width() == 30
    studio.open_page("adjust")
    studio.set_look(Look.BESIDE)
    assert canvas.places().master_place.width() == 30


def test_turning_changes_what_the_crop_is_cut_out_of(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.open_page("crop")
    studio.crop.turns.chip("90").click()
    assert studio.document.text == "a_90"
    assert studio.canvas.crop is not None
    assert (studio.canvas.crop.size.width, studio.canvas.crop.size.height) == (1000, 1600)
    studio.crop.flips.chip("hflip").click()
    assert studio.document.text == "a_90.hflip"
    studio.crop.turns.chip("-90").click()
    assert studio.document.text == "a_hflip"


def test_a_text_is_added_and_placed_with_the_mouse(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.open_page("overlay")
    studio.set_look(Look.RENDITION)
    studio.overlay.add_text.click()
    studio.overlay.words.setText("")
    qtbot.keyClicks(studio.overlay.words, "Now, 50 %")
    assert "l_text:Arial_48:Now%252C%2050%20%25" in studio.document.text
    canvas = studio.canvas
    assert canvas.layer is not None
    place = canvas.places().rendition_place
    start = canvas.layer.on_canvas(place).center()
    drag(qtbot, canvas, start, start + QPointF(place.width() / 4, place.height() / 4))
    assert abs(canvas.layer.x - 400) < 8
    assert abs(canvas.layer.y - 250) < 8
    x, y = round(canvas.layer.x), round(canvas.layer.y)
    assert f"x_{x},y_{y}" in studio.document.text
    heard = f"{x} to the right of the middle, {y} below it"
    assert heard in canvas.accessibleDescription()


def test_other_words_keep_what_else_was_typed_of_a_text(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.open_page("overlay")
    typed = "c_fit,l_text:Arial_40_italic:Hi,w_300/fl_layer_apply,g_south,y_20"
    studio.foot.text.setPlainText(typed)
    studio.overlay.words.selectAll()
    qtbot.keyClicks(studio.overlay.words, "Ho")
    assert studio.document.text == typed.replace("Hi", "Ho")
    studio.overlay.bold.click()
    assert studio.document.text == typed.replace("_italic:Hi", "_bold_italic:Ho")


def test_a_step_is_switched_off_doubled_moved_and_removed(studio: StudioWindow) -> None:
    studio.foot.text.setPlainText("c_fill,w_300/e_sepia/r_20")
    rows = studio.steps.rows
    rows.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert studio.document.text == "c_fill,w_300/r_20"
    assert rows.count() == 3
    rows.item(1).setCheckState(Qt.CheckState.Checked)
    rows.setCurrentRow(2)
    studio.steps.lift()
    assert studio.document.text == "c_fill,w_300/r_20/e_sepia"
    studio.steps.double()
    assert studio.document.text == "c_fill,w_300/r_20/r_20/e_sepia"
    studio.steps.remove()
    assert studio.document.text == "c_fill,w_300/r_20/e_sepia"


def test_the_real_file_is_made_when_hands_are_still(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.foot.text.setPlainText("c_fill,h_200,w_300/f_jpg,q_80")
    drawn(qtbot, studio, studio.document.text)
    quiet(qtbot, studio)
    assert "about" not in studio.foot.facts.text()
    assert "300 × 200" in studio.foot.facts.text()
    assert "JPG" in studio.foot.facts.text()


def test_without_a_step_the_masters_own_file_is_what_is_delivered(
    qtbot: QtBot, studio: StudioWindow, photo: Asset
) -> None:
    studio.foot.text.setPlainText("q_80")
    drawn(qtbot, studio, "q_80")
    studio.foot.text.setPlainText("")
    quiet(qtbot, studio)
    told = [pixels_text((1600, 1000)), "JPG", bytes_text(photo.bytes)]
    assert studio.foot.facts.text() == "  ·  ".join(told)
    assert studio.foot.badge.fidelity == "exact"


def test_the_badge_says_why_a_preview_is_not_exact(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.foot.text.setPlainText("c_fill,h_200,w_300/f_jpg,q_80")
    drawn(qtbot, studio, studio.document.text)
    exact = studio.foot.badge.fidelity
    studio.foot.text.setPlainText("e_background_removal")
    drawn(qtbot, studio, studio.document.text)
    assert exact != studio.foot.badge.fidelity == "cloud only"
    studio.foot.badge.show_reasons()
    assert "background_removal" in studio.foot.badge.popover.text
    studio.foot.badge.popover.hide()


def test_what_cannot_be_drawn_is_said_and_the_next_frame_comes(
    qtbot: QtBot, studio: StudioWindow
) -> None:
    studio.foot.text.setPlainText("e_sepia/c_scale,w_99999")
    qtbot.waitUntil(lambda: bool(studio.foot.trouble.text()), timeout=PATIENCE_MS)
    (mark,) = studio.foot.text.extraSelections()
    assert mark.cursor.selectedText() == "c_scale,w_99999"
    assert studio.foot.facts.text() == ""
    studio.foot.text.setPlainText("c_scale,w_500")
    assert drawn(qtbot, studio, "c_scale,w_500").width() == 500
    qtbot.waitUntil(lambda: not studio.foot.trouble.text(), timeout=PATIENCE_MS)


def test_wheel_keys_and_dragging_move_the_view(qtbot: QtBot, studio: StudioWindow) -> None:
    canvas = studio.canvas
    before = canvas.percent
    middle = QPointF(canvas.rect().center())
    event = QWheelEvent(
        middle,
        canvas.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.percent > before
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.percent == 100
    place = canvas.places().rendition_place
    studio.set_look(Look.RENDITION)
    drag(qtbot, canvas, middle, middle + QPointF(50, 20))
    assert canvas.places().rendition_place.topLeft() == place.topLeft() + QPointF(50, 20)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.viewing.zoom is None


def test_the_line_between_them_is_dragged(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.set_look(Look.SPLIT)
    canvas = studio.canvas
    middle = QPointF(canvas.rect().center())
    drag(qtbot, canvas, middle, QPointF(canvas.width() * 0.25, middle.y()))
    assert abs(canvas.places().divider - 0.25) < 0.01


def test_the_transformation_is_copied(studio: StudioWindow) -> None:
    studio.foot.text.setPlainText("c_fill,w_300")
    studio.head.copy.codes.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "c_fill,w_300"


def test_a_preset_is_saved_in_the_ledger(qtbot: QtBot, studio: StudioWindow, shelf: Desk) -> None:
    studio.foot.text.setPlainText("c_fill,h_630,w_1200")
    studio.save()
    dialog = studio.findChildren(SavePresetDialog)[0]
    qtbot.keyClicks(dialog.title, "Summer banner")
    assert dialog.name.text() == "summer-banner"
    save = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == "Save")
    with qtbot.waitSignal(studio.saved, timeout=PATIENCE_MS) as told:
        save.click()
    assert isinstance(told.args[0], RenditionPreset)
    kept = shelf.parts.worker.rendition_presets.library().presets["summer-banner"]
    assert kept.transformation == "c_fill,h_630,w_1200"


def test_every_control_has_a_name(studio: StudioWindow) -> None:
    def name(widget: QWidget) -> str:
        found = QAccessible.queryAccessibleInterface(widget)
        return found.text(QAccessible.Text.Name)

    kinds = (QAbstractButton, QAbstractSlider, QComboBox)
    controls = [one for kind in kinds for one in studio.findChildren(kind) if one.isVisible()]
    nameless = [one for one in controls if not name(one) and "Scroll" not in type(one).__name__]
    assert nameless == []


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.LIGHT])
def test_it_takes_on_another_scheme(studio: StudioWindow, theme: Theme, scheme: Scheme) -> None:
    theme.set_scheme(scheme)
    ground = studio.canvas.grab().toImage().pixelColor(3, studio.canvas.height() // 2)
    assert (ground.lightness() < 80) is (scheme is Scheme.DARK)
    theme.set_scheme(Scheme.LIGHT)


def test_closing_ends_its_decoder(
    qtbot: QtBot, studio: StudioWindow, lasting: LastingMaster
) -> None:
    before = lasting.closed
    with qtbot.waitSignal(studio.closed):
        studio.close()
    qtbot.waitUntil(lambda: lasting.closed == before + 1, timeout=PATIENCE_MS)
