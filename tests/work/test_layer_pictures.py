"""Layers of previews and exports: drawn from the masters that were pushed under their names."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bridge_app.domain.assets import Asset
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from tests.desk import Desk

RED = (255, 0, 0)


@pytest.fixture
def branded(desk: Desk) -> Desk:
    """A grey master, and a red logo that was pushed."""
    Image.new("RGB", (2400, 1600), (90, 90, 90)).save(desk.folder / "master.png")
    Image.new("RGB", (600, 400), RED).save(desk.folder / "logo.png")
    desk.library()
    desk.push(desk.approve("logo.png"))
    return desk


def layer(desk: Desk) -> str:
    """The logo's public ID as a layer's value."""
    copy = desk.asset("logo.png").cloud
    assert copy is not None
    return copy.public_id.replace("/", ":")


def opened(desk: Desk, asset: Asset, text: str) -> tuple[float, tuple[str, ...]]:
    """The red share of a preview, and what is said of it."""
    master = desk.parts.worker.studio.open(asset)
    try:
        frame = master.frame(text, edge_px=600)
    finally:
        master.close()
    pixels = np.frombuffer(frame.data, np.uint8).reshape(frame.height, frame.width, frame.bands)
    near = (np.abs(pixels[:, :, :3].astype(int) - RED) < 40).all(axis=2)
    return float(near.mean()), frame.reasons


@pytest.mark.parametrize(
    ("qualifiers", "share"),
    [
        ("", 600 * 400 / (2400 * 1600)),
        ("/c_scale,w_1200", 0.25),
        ("/c_scale,w_0.5", 300 * 200 / (2400 * 1600)),
        ("/c_crop,h_200,w_300", 300 * 200 / (2400 * 1600)),
    ],
)
def test_a_preview_shows_a_layer_as_large_as_the_rendition_will(
    branded: Desk, qualifiers: str, share: float
) -> None:
    text = f"l_{layer(branded)}{qualifiers}/fl_layer_apply,g_south_east,x_40,y_40"
    found, reasons = opened(branded, branded.asset("master.png"), text)
    assert found == pytest.approx(share, rel=0.05)
    assert reasons == ()


def test_a_layer_that_nobody_pushed_is_left_out_and_said(branded: Desk) -> None:
    found, reasons = opened(branded, branded.asset("master.png"), "l_nobodys/fl_layer_apply")
    assert found == 0
    assert reasons == ("The layer l_nobodys is not known here; it is left out.",)


def test_an_exported_rendition_carries_its_layers(branded: Desk, tmp_path: Path) -> None:
    preset = RenditionPreset(
        name="branded",
        title="",
        transformation=f"c_scale,w_240/l_{layer(branded)},w_60,g_north_west",
        format="png",
    )
    desk = branded.parts.worker.renditions
    wish = RenditionWish(presets=(preset,), folder=str(tmp_path / "out"))
    branded.finished(desk.carry_out(desk.plan([branded.asset("master.png").id], wish)))
    (path,) = (tmp_path / "out").iterdir()
    pixels = np.asarray(Image.open(path).convert("RGB"))
    assert (pixels[:40, :60] == RED).all()
    assert (pixels[41:] != RED).any(axis=2).all()
