"""A layer is made once for all frames of an animation, not for each."""

import time
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.transform import parse, render

FRAMES = 24
LAYER = "l_text:Arial_90_bold:Slow%20shutter,co_rgb:ff3366/e_outline:30/e_shadow:60/fl_layer_apply"
LEAST_SAVED = 0.4

pytestmark = pytest.mark.bench


def animation(folder: Path, frames: int) -> Path:
    """Noise, 640 × 360."""
    path = folder / f"{frames}.webp"
    first, *rest = [Image.effect_noise((640, 360), 40).convert("RGB") for _ in range(frames)]
    first.save(path, save_all=True, append_images=rest, duration=40, quality=60)
    return path


def cost_ms(path: Path, text: str) -> float:
    """The least processor time of three renderings."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        render(path, parse(text))
        taken.append((time.process_time() - begun) * 1000)
    return min(taken)


def test_many_frames_pay_for_a_layer_less_than_as_often(tmp_path: Path) -> None:
    one, many = animation(tmp_path, 1), animation(tmp_path, FRAMES)
    plain = "c_scale,w_600/f_webp/q_40"
    once = cost_ms(one, f"{LAYER}/{plain}") - cost_ms(one, plain)
    for_all = cost_ms(many, f"{LAYER}/{plain}") - cost_ms(many, plain)
    print({"one": round(once, 1), f"all {FRAMES}": round(for_all, 1)})  # noqa: T201
    assert for_all < FRAMES * once * (1 - LEAST_SAVED)
