"""What a slider's step costs in processor time at full size: in the child, and in the window."""

import os
import time
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.studio.previews import shown_image

EDGE_PX = 1200
STEPS = 15
MOST_MS = 25.0
"""Leaves a quarter of a frame's time, a thirtieth of a second, for painting it. Processor time,
since other programs run while this is measured."""
DRAWN_MS = 66.0
"""For what is done to every pixel's surroundings in several ways: drafts are smaller then."""
EFFECTS = (
    "brightness",
    "saturation",
    "contrast",
    "gamma",
    "hue",
    "vibrance",
    "blur",
    "sharpen",
    "sepia",
    "vignette",
    "oil_paint",
    "cartoonify",
)

pytestmark = pytest.mark.bench


def spent_ms(child: int) -> float:
    """User and system time of the child and of this process so far."""
    fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return (ticks / os.sysconf("SC_CLK_TCK") + time.process_time()) * 1000


def test_a_step_at_full_size_costs_less_than_a_frame_lasts(tmp_path: Path) -> None:
    noise = Image.effect_noise((2400, 1600), 60)
    path = tmp_path / "photo.jpg"
    Image.merge("RGB", (noise, noise.rotate(180), noise.rotate(90, expand=False))).save(path)
    figures: dict[str, float] = {}
    with DecoderPool(size=1) as pool:
        session = pool.open_preview(path, edge_px=EDGE_PX)
        session.master()
        child = session.pid or 0
        for name in EFFECTS:
            session.frame(f"e_{name}:10", edge_px=EDGE_PX)
            before = spent_ms(child)
            for step in range(STEPS):
                shown_image(session.frame(f"e_{name}:{20 + step}", edge_px=EDGE_PX))
            figures[name] = round((spent_ms(child) - before) / STEPS, 1)
    print(figures)  # noqa: T201 - a measurement
    limits = dict.fromkeys(EFFECTS, MOST_MS) | {"cartoonify": DRAWN_MS}
    assert {name: ms for name, ms in figures.items() if ms > limits[name]} == {}
