"""Any mixture of layers and their qualifiers: drawn, or refused in its place."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bridge_app.transform import Fidelity, TransformationError
from tests.transform.layer_stage import layer_folder, made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return layer_folder(tmp_path_factory.mktemp("layers"))


LAYERS = st.sampled_from(
    [
        "l_brand:red",
        "u_disc,w_30",
        "l_veil,e_screen",
        "l_text:Inter_14_bold_stroke:Hi,co_white,bo_2px_solid_red",
        "l_disc/c_fill,h_15,w_25/r_max/fl_layer_apply,g_south_east,x_5,y_-7",
        "l_disc/fl_layer_apply,fl_cutter",
        "l_half,e_mask,o_50",
        "l_push,e_displace,x_9,y_-9",
        "l_brand:red/a_45/fl_layer_apply,fl_tiled",
        "l_blue/l_text:Inter_9:in/fl_layer_apply/fl_layer_apply,g_west,x_0.1",
        "l_missing/e_sepia/fl_layer_apply",
        "c_fill,h_50,w_50",
        "b_white",
    ]
)


@given(st.lists(LAYERS, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_chain_of_layers_is_drawn(folder: Path, parts: list[str]) -> None:
    rendered = made(folder, "/".join(parts))
    picture = Image.open(io.BytesIO(rendered.data))
    assert picture.size == (rendered.width, rendered.height)
    assert (rendered.fidelity is Fidelity.CLOUD_ONLY) == any("missing" in part for part in parts)


SOURCES = st.sampled_from(
    [
        "l_disc",
        "u_blue",
        "l_missing",
        "l_fetch:YQ==",
        "l_text:Inter_20_stroke:Hi",
        "l_text:x.ttf_9:z",
    ]
)
QUALIFIERS = st.sampled_from(
    [
        *("w_0.5", "w_300", "h_1", "x_-40", "y_0.9", "x_5000", "g_face", "g_auto", "g_xy_center"),
        *("c_fit", "c_thumb", "c_lpad", "fl_tiled", "fl_cutter", "fl_no_overflow.relative"),
        *("fl_region_relative", "fl_replace_image", "fl_text_disallow_overflow", "e_mask", "r_max"),
        *("e_displace", "e_overlay", "e_trim", "bo_9px_solid_red", "co_rgb:12345678", "b_red"),
        *("a_17", "o_0", "fl_layer_apply"),
    ]
)
COMPONENTS = st.tuples(SOURCES | st.just(""), st.lists(QUALIFIERS, max_size=4)).map(
    lambda parts: ",".join(filter(None, (parts[0], *parts[1])))
)


@given(st.lists(COMPONENTS, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_qualifiers_are_drawn_or_refused_in_place(folder: Path, parts: list[str]) -> None:
    text = "/".join(parts)
    try:
        width = made(folder, text).width
    except TransformationError as error:
        width = error.position
    assert 0 <= width <= 60_000
