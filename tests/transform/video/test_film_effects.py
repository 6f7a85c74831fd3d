"""Grain; pictures that move and become films."""

from pathlib import Path

import numpy as np
from PIL import Image

from bridge_app.transform import Fidelity, parse, render
from tests.transform.video.made_films import near, seen


def spread(data: bytes) -> float:
    return float(np.mean([frame.std() for frame in seen(data).frames]))


def test_noise_makes_a_plain_film_grainy(film: Path) -> None:
    plain, noisy = (render(film, parse(f"du_0.3/{t}/q_95")).data for t in ("w_64", "e_noise:60"))
    assert spread(noisy) > spread(plain) + 5


def test_what_only_films_have_is_approximate(film: Path) -> None:
    found = render(film, parse("du_0.1/e_noise:10"))
    assert found.fidelity is Fidelity.APPROXIMATE


def test_an_animated_gif_becomes_a_film(tmp_path: Path) -> None:
    first, *others = (Image.new("RGB", (30, 20), (light,) * 3) for light in (40, 100, 160, 220))
    first.save(tmp_path / "a.gif", save_all=True, append_images=others, duration=100)
    found = render(tmp_path / "a.gif", parse("c_scale,w_20/f_mp4/q_95"))
    assert (found.format, found.width, found.height) == ("mp4", 20, 12)
    assert near(seen(found.data).lights, [40, 100, 160, 220], within=8)


def test_an_animated_gif_stays_a_picture_otherwise(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20), "red").save(tmp_path / "a.gif")
    assert render(tmp_path / "a.gif", parse("f_png")).format == "png"
