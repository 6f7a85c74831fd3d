"""A chain drawn again with another last step draws what comes before it only once."""

import pytest
import pyvips
from PIL import Image

from bridge_app.transform import parse
from bridge_app.transform.geometry import Size
from bridge_app.transform.passed import Passed, Stage
from bridge_app.transform.proxy_pixels import Proxy
from bridge_app.transform.steps import steps

SIZE = Size(width=240, height=160)
CHAINS = (
    "e_brightness:20/c_fill,w_100,h_100/e_saturation:40",
    "e_brightness:20/c_fill,w_100,h_100/e_saturation:50",
    "e_brightness:20/c_fill,w_100,h_90/e_saturation:50",
    "e_brightness:20/c_fill,w_100,h_90/e_saturation:50/r_20",
    "e_brightness:30/c_fill,w_100,h_90/e_saturation:50/r_20/dpr_2.0",
    "a_30/e_trim/c_fill,w_100,h_90",
    "a_40/e_trim/c_fill,w_100,h_80",
    "e_brightness:20",
)


def noise() -> pyvips.Image:
    pixels = Image.effect_noise((SIZE.width, SIZE.height), 90).convert("RGB").tobytes()
    image = pyvips.Image.new_from_memory(pixels, SIZE.width, SIZE.height, 3, "uchar")
    return image.copy(interpretation="srgb")


def test_what_is_remembered_changes_no_pixel() -> None:
    master = noise()
    kept = Proxy(master, SIZE)
    for edge_px in (240, 120):
        for text in (*CHAINS, *reversed(CHAINS)):
            again = kept.draw(parse(text), edge_px=edge_px)
            fresh = Proxy(master, SIZE).draw(parse(text), edge_px=edge_px)
            assert bytes(again.image.write_to_memory()) == bytes(fresh.image.write_to_memory()), (
                text
            )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("e_negate/e_gamma/e_sepia", 2),
        ("e_negate/e_gamma", 2),
        ("e_negate/e_sepia", 1),
        ("e_sepia/e_gamma", 0),
    ],
)
def test_only_the_steps_that_begin_alike_are_known(text: str, known: int) -> None:
    passed = Passed()
    image = noise()
    passed.begin(SIZE)
    for step in steps(parse("e_negate/e_gamma"), SIZE):
        assert passed.after(step) is None
        passed.keep(step, Stage(image=image, now=SIZE, before=SIZE))
    passed.begin(SIZE)
    found = [passed.after(step) is not None for step in steps(parse(text), SIZE)]
    assert found.count(True) == known
    passed.begin(Size(width=1, height=1))
    assert passed.after(steps(parse("e_negate"), SIZE)[0]) is None
