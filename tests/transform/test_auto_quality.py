"""How `q_auto` finds its level: by what compression does to this very picture."""

from pathlib import Path

import numpy as np
import pytest
import pyvips
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.auto_quality import (
    TARGETS,
    TILE_PX,
    TILES,
    auto_level,
    luminance,
    on_scale,
    sample,
    similarity,
)
from bridge_app.transform.model import AutoQuality, Format

WORST_FIRST = (AutoQuality.LOW, AutoQuality.ECO, AutoQuality.GOOD, AutoQuality.BEST)


@pytest.fixture(scope="module")
def photograph(corpus: Path) -> pyvips.Image:
    path = corpus / "photos" / "craft-beer.jpg"
    return pyvips.Image.thumbnail(str(path), 1200, height=1200).copy_memory()


def noise(edge_px: int = 200) -> pyvips.Image:
    pixels = np.random.default_rng(1).integers(0, 256, (edge_px, edge_px, 3), dtype=np.uint8)
    return pyvips.Image.new_from_array(pixels, interpretation="srgb")


def soft(edge_px: int = 200) -> pyvips.Image:
    ramp = pyvips.Image.xyz(edge_px, edge_px)[0] * (200 / edge_px)
    return ramp.bandjoin([ramp, ramp]).cast("uchar").copy(interpretation="srgb")


def test_better_names_give_higher_levels(photograph: pyvips.Image) -> None:
    levels = [auto_level(photograph, name) for name in WORST_FIRST]
    assert levels == sorted(levels)
    assert len(set(levels)) == len(levels)
    for name, level in zip(WORST_FIRST, levels, strict=True):
        assert TARGETS[name].lowest <= level <= TARGETS[name].highest


@pytest.mark.parametrize("name", WORST_FIRST)
def test_the_decoded_picture_is_as_similar_as_the_name_promises(
    photograph: pyvips.Image, name: AutoQuality
) -> None:
    level = auto_level(photograph, name)
    data = photograph.write_to_buffer(".jpg", Q=level, keep="none")
    shown = pyvips.Image.new_from_buffer(data, "")
    # The sample holds the busiest parts, so the whole is as similar or more.
    reached = similarity(luminance(photograph), luminance(shown))
    assert reached >= TARGETS[name].similarity - 0.004


@pytest.mark.parametrize("name", WORST_FIRST)
def test_a_soft_picture_bears_more_compression_than_a_busy_one(name: AutoQuality) -> None:
    assert auto_level(soft(), name) <= auto_level(noise(), name)


@pytest.mark.parametrize("written", [Format.WEBP, Format.AVIF])
def test_other_encoders_come_out_as_similar_as_jpeg(
    photograph: pyvips.Image, written: Format
) -> None:
    photograph = photograph.crop(400, 100, 384, 256)
    scores = []
    for form in (Format.JPG, written):
        level = auto_level(photograph, AutoQuality.GOOD, form)
        data = photograph.write_to_buffer(f".{form}", Q=level, keep="none")
        shown = pyvips.Image.new_from_buffer(data, "")
        scores.append(similarity(luminance(photograph), luminance(shown)))
    assert scores[1] == pytest.approx(scores[0], abs=0.012)


@given(st.integers(1, 100), st.sampled_from([Format.WEBP, Format.AVIF]))
def test_scales_keep_the_order(level: int, written: Format) -> None:
    assert 1 <= on_scale(level, written) <= 100
    assert on_scale(level, written) <= on_scale(min(100, level + 10), written)
    assert on_scale(level, Format.JPG) == level


def test_only_a_sample_of_a_large_picture_is_encoded(photograph: pyvips.Image) -> None:
    piece = sample(photograph)
    assert (piece.width, piece.height) == (TILES * TILE_PX, TILE_PX)
    assert sample(soft()).width == 200


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (9, 3), (7, 8), (30_000, 1), (129, 4000)])
def test_pictures_of_any_shape_get_a_level(size: tuple[int, int]) -> None:
    image = pyvips.Image.black(*size).new_from_image([90, 140, 60]).copy(interpretation="srgb")
    assert auto_level(image, AutoQuality.GOOD) == TARGETS[AutoQuality.GOOD].lowest


def test_transparency_counts_as_white() -> None:
    clear = noise().bandjoin(0)
    assert auto_level(clear, AutoQuality.GOOD) == TARGETS[AutoQuality.GOOD].lowest


def test_similarity_is_one_for_equal_pictures_and_falls_with_noise() -> None:
    plane = luminance(soft())
    assert similarity(plane, plane) == pytest.approx(1)
    rng = np.random.default_rng(2)
    scores = [
        similarity(plane, plane + rng.normal(0, spread, plane.shape).astype(np.float32))
        for spread in (1, 4, 16)
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < 0.6
