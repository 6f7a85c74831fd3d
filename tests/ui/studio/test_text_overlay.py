"""A text on the picture: the controls change what they are about, and nothing else of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError
from bridge_app.ui.studio.chain import Chain
from bridge_app.ui.studio.text_overlay import TextOverlay, restyled

RICH = (
    "c_fit,co_rgb:ff0000,bo_2px_solid_black,w_300,"
    "l_text:Open%20Sans_40_bold_italic_stroke_letter_spacing_4:Hello%252C%20$(name)"
    "/a_12/fl_layer_apply.no_overflow,g_north_west,x_0.1,y_20"
)


def test_a_text_overlay_is_written_and_read_back() -> None:
    text = TextOverlay(words="50 %, a/b", font="Open Sans", size_px=60, bold=True, x=-5, y=12)
    chain = Chain.of(text.step)
    assert len(chain.steps) == 1
    assert TextOverlay.of(chain.steps[0].text) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=30))
def test_any_words_survive_being_a_layer(words: str) -> None:
    assert TextOverlay.of(TextOverlay(words=words).step).words == words


@pytest.mark.parametrize(
    ("looks", "old", "new"),
    [
        ({"words": "Bye, you/me"}, "Hello%252C%20$(name)", "Bye%252C%20you%252Fme"),
        ({"font": "Inter"}, "Open%20Sans_", "Inter_"),
        ({"size_px": 90}, "Sans_40", "Sans_90"),
        ({"bold": False}, "_bold_italic", "_italic"),
        ({"colour": "rgb:00ff00"}, "co_rgb:ff0000", "co_rgb:00ff00"),
    ],
)
def test_a_control_changes_its_own_and_leaves_all_else_that_was_typed(
    looks: dict[str, object], old: str, new: str
) -> None:
    assert restyled(RICH, **looks) == RICH.replace(old, new)  # type: ignore[arg-type]


def test_the_older_form_in_one_component_stays_one() -> None:
    older = "g_south,l_text:Arial_20:Hi,y_10"
    assert restyled(older, words="Ho") == "g_south,l_text:Arial_20:Ho,y_10"
    assert restyled(older, colour="red") == "co_red,g_south,l_text:Arial_20:Hi,y_10"


def test_a_text_below_the_picture_stays_below() -> None:
    assert restyled("u_text:Arial_20:Hi", words="Ho") == "u_text:Arial_20:Ho"


def test_a_stored_text_keeps_its_style_until_another_one_is_chosen() -> None:
    assert restyled("l_text:styles:Hi", words="Ho") == "l_text:styles:Ho"
    assert restyled("l_text:styles:Hi", size_px=30) == "l_text:Arial_30:Hi"


def test_an_uploaded_font_is_read_as_one() -> None:
    step = "l_text:fonts:brand.ttf_40:Hi"
    assert TextOverlay.of(step).font == "fonts/brand.ttf"
    assert restyled(step, words="Ho") == "l_text:fonts:brand.ttf_40:Ho"


def test_bytes_that_are_no_text_show_no_words_and_give_way_to_new_ones() -> None:
    broken = "l_text:Arial_20:%FF,w_100"
    assert TextOverlay.of(broken).words == ""
    with pytest.raises(TransformationError):
        restyled(broken, colour="red")
    assert restyled(broken, words="Hi") == "l_text:Arial_48:Hi,w_100"
