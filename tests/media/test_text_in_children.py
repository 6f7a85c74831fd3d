"""Text layers are set inside the confined decoder children, with our fonts and the system's."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform import TransformationError, parse, render

CAPTION = "l_text:Inter_40_bold_stroke:Hello%252C%20world,co_red,bo_2px_solid_white"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "base.png"
    Image.new("RGB", (400, 200), (90, 90, 90)).save(path)
    return path


def red(data: bytes) -> int:
    """How many pixels are of the text's colour."""
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    return int((pixels == (255, 0, 0)).all(axis=2).sum())


def test_a_child_sets_a_text_as_this_process_does(decoder: DecoderPool, master: Path) -> None:
    text = f"{CAPTION}/fl_layer_apply,g_south/f_png"
    here, there = render(master, parse(text)), decoder.render(master, text)
    assert red(here.data) > 1000
    assert red(there.data) == pytest.approx(red(here.data), rel=0.02)
    assert there.reasons == here.reasons


@pytest.mark.parametrize("family", ["DejaVu%20Sans", "No%20Such%20Font", "x.ttf"])
def test_a_child_reads_the_fonts_of_the_system(
    decoder: DecoderPool, master: Path, family: str
) -> None:
    made = decoder.render(master, f"l_text:{family}_60:Hello,co_red/f_png")
    assert red(made.data) > 300


@pytest.mark.parametrize(
    "text", ["l_text:Inter_20:" + "a" * 10_001, "l_text:Inter_90000:x", "l_text:Inter_9:%FF"]
)
def test_a_text_that_cannot_be_set_is_refused_and_the_child_goes_on(
    decoder: DecoderPool, master: Path, text: str
) -> None:
    with pytest.raises(TransformationError) as caught:
        decoder.render(master, text)
    assert caught.value.position >= 2
    assert decoder.render(master, f"{CAPTION}/f_png").width == 400
