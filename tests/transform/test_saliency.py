"""The map of what draws the eye, on pictures whose subject is known because they were painted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from bridge_app.transform.geometry import Box
from bridge_app.transform.saliency import blurred, saliency


def ground(
    height: int = 90, width: int = 160, colour: tuple[int, ...] = (90, 110, 90)
) -> NDArray[np.uint8]:
    return np.broadcast_to(np.array(colour, np.uint8), (height, width, 3)).copy()


def heaviest(seen: NDArray[np.float32]) -> tuple[float, float]:
    """The centre of weight, x and y."""
    y, x = np.mgrid[: seen.shape[0], : seen.shape[1]]
    weight = np.clip(seen - seen.mean(), 0, None)
    return float((x * weight).sum() / weight.sum()), float((y * weight).sum() / weight.sum())


def test_a_plain_picture_has_no_subject() -> None:
    assert not saliency(ground()).any()


@pytest.mark.parametrize("left", [20, 70, 110])
def test_a_thing_of_another_colour_draws_the_eye(left: int) -> None:
    picture = ground()
    picture[35:55, left : left + 20] = (220, 60, 40)
    x, y = heaviest(saliency(picture))
    assert (x, y) == pytest.approx((left + 10, 45), abs=12)


def test_what_is_sharp_draws_the_eye_more_than_what_is_blurred() -> None:
    random = np.random.default_rng(7)
    noise = random.integers(60, 190, (90, 160), dtype=np.uint8).astype(np.float32)
    soft = blurred(noise, 6)
    soft[:, 80:] = noise[:, 80:]
    seen = saliency(np.repeat(soft[..., None], 3, axis=-1).astype(np.uint8))
    assert seen[:, 90:].mean() > 1.5 * seen[:, :70].mean()


def test_a_face_outweighs_a_bright_thing_and_can_be_avoided() -> None:
    picture = ground()
    picture[30:60, 20:50] = (240, 220, 30)
    picture[30:60, 110:140] = (200, 150, 130)
    face = Box(left=110, top=30, width=30, height=30)
    with_face = saliency(picture, faces=[face])
    assert with_face[30:60, 110:140].mean() > with_face[30:60, 20:50].mean()
    without = saliency(picture, faces=[face], face_weight=-1)
    assert without[30:60, 110:140].mean() < without[30:60, 20:50].mean()


@given(
    arrays.arrays(
        np.uint8,
        st.tuples(st.integers(1, 24), st.integers(1, 24), st.just(3)),
        elements=st.integers(0, 255),
    )
)
def test_every_picture_gets_a_map_from_0_to_1(picture: NDArray[np.uint8]) -> None:
    seen = saliency(picture)
    assert seen.shape == picture.shape[:2]
    assert np.isfinite(seen).all()
    assert float(seen.min()) >= 0
    assert float(seen.max()) <= 1


@given(
    arrays.arrays(
        np.float32,
        st.tuples(st.integers(1, 12), st.integers(1, 12)),
        elements=st.floats(0, 255, width=32),
    ),
    st.integers(1, 5),
)
def test_blurring_is_the_mean_over_a_square(plane: NDArray[np.float32], radius: int) -> None:
    padded = np.pad(plane.astype(np.float64), radius, mode="edge")
    side = 2 * radius + 1
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side))
    assert np.allclose(blurred(plane, radius), windows.mean(axis=(2, 3)), atol=1e-2)
