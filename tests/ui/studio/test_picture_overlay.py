"""A picture laid on another: its looks are read, and changed without touching the rest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bridge_app.ui.studio.picture_overlay import BLENDS, PictureOverlay, relaid
from bridge_app.ui.studio.window import StudioWindow

STEPS = (
    "l_brand:logo/c_scale,w_80/fl_layer_apply,g_south_east,x_10,y_10",
    "l_logo,w_100,o_50,g_south",
    "u_a/l_b,o_20,w_5/fl_layer_apply/o_30/fl_layer_apply.no_overflow,e_screen,x_1",
    "l_fetch:aHR0cDovL2Nsb3VkaW5hcnkuY29tL2xvZ28ucG5n/fl_layer_apply",
    "l_private:a:b/c_fill,h_40,w_40/r_max/e_sepia/fl_layer_apply,y_-3",
    "l_x/w_0.5,fl_relative/a_hflip/fl_layer_apply",
)
LOOKS = st.builds(
    PictureOverlay,
    public_id=st.sampled_from(["logo", "brand/logo", "a b/ü"]),
    width_px=st.integers(0, 2000),
    opacity=st.integers(0, 100),
    degrees=st.integers(-180, 180),
    radius_px=st.integers(0, 500),
    blend=st.sampled_from(["", *BLENDS]),
    is_tiled=st.booleans(),
)


@pytest.mark.parametrize("step", STEPS)
def test_what_is_not_changed_stays_letter_by_letter(step: str) -> None:
    assert relaid(step, PictureOverlay.of(step)) == step


@given(LOOKS)
def test_a_new_picture_has_the_looks_it_was_given(looks: PictureOverlay) -> None:
    assert PictureOverlay.of(looks.step) == looks


@given(st.sampled_from(STEPS), LOOKS)
def test_an_existing_one_takes_each_look(step: str, looks: PictureOverlay) -> None:
    assert PictureOverlay.of(relaid(step, looks)) == looks


def test_layers_within_a_layer_keep_their_own() -> None:
    step = STEPS[2]
    changed = relaid(step, replace(PictureOverlay.of(step), width_px=90, opacity=70))
    assert changed == (
        "u_a/c_scale,w_90/l_b,o_20,w_5/fl_layer_apply/o_70/fl_layer_apply.no_overflow,e_screen,x_1"
    )


def test_corners_are_rounded_before_the_layer_is_turned() -> None:
    turned = PictureOverlay(public_id="logo", degrees=-12)
    changed = relaid(turned.step, replace(turned, radius_px=40))
    assert changed == "l_logo/r_40/a_-12/fl_layer_apply,x_0,y_0"


def test_a_share_of_the_width_becomes_pixels() -> None:
    step = STEPS[5]
    changed = relaid(step, replace(PictureOverlay.of(step), width_px=240))
    assert changed == "l_x/w_240/a_hflip/fl_layer_apply"


def test_the_controls_change_the_picture_that_is_there(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.document.type("c_fill,w_800/l_brand:logo/w_3000/fl_layer_apply,g_north,y_9/q_auto")
    studio.open_page("overlay")
    controls = studio.overlay.picture
    assert controls.public_id.text() == "brand/logo"
    controls.opacity.slider.setValue(40)
    controls.opacity.slider.setValue(45)
    controls.opacity.released.emit()
    controls.blend.combo.setCurrentIndex(1)
    controls.blend.combo.activated.emit(1)
    assert str(studio.document.chain) == (
        "c_fill,w_800/l_brand:logo/w_3000/o_45/fl_layer_apply,g_north,y_9,e_multiply/q_auto"
    )
    controls.public_id.selectAll()
    qtbot.keyClicks(controls.public_id, "brand/other")
    qtbot.keyClick(controls.public_id, Qt.Key.Key_Return)
    assert "l_brand:other/w_3000" in str(studio.document.chain)
    for _ in range(3):
        studio.document.undo.undo()
    assert "l_brand:logo/w_3000/fl_layer_apply,g_north,y_9" in str(studio.document.chain)
    assert controls.opacity.value == 100


def test_the_picture_that_is_picked_is_changed(studio: StudioWindow) -> None:
    studio.document.type("l_one/fl_layer_apply/l_two/fl_layer_apply")
    studio.open_page("overlay")
    studio.document.picked.emit(0)
    studio.overlay.picture.tiled.click()
    assert str(studio.document.chain) == "l_one/fl_layer_apply.tiled/l_two/fl_layer_apply"
