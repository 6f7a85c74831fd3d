"""Faces in photographs that the corpus has, and none where there are none."""

from pathlib import Path

import numpy as np
import pytest
import pyvips
from numpy.typing import NDArray

from bridge_app.transform.faces import EDGE_PX, find_faces

# Where the face is, in shares of width and height, as a person sees it.
PORTRAITS = {
    "photos/craft-beer.jpg": (0.50, 0.31),
    "metadata/portrait.jpg": (0.38, 0.34),
    "cameras/Issue 116.jpg": (0.59, 0.36),
    "colour/exif-empty-icc-profile.jpeg": (0.46, 0.11),
}
WITHOUT = [
    "photos/6720px_white.jpg",
    "photos/el_torcal_rocks.jpg",
    "photos/fish_anthias_magenta.jpg",
    "photos/iptc-mess.jpg",
    "photos/nikon-20221019-building.jpeg",
    "photos/notocactus_minimus.jpg",
    "photos/palms_beach.jpg",
    "photos/prairie_falcon.jpg",
]


def grey(path: Path) -> NDArray[np.uint8]:
    small = pyvips.Image.thumbnail(str(path), EDGE_PX, height=EDGE_PX, size="down")
    found: NDArray[np.uint8] = small.colourspace("b-w").cast("uchar").numpy()
    return found


@pytest.mark.parametrize("name", PORTRAITS)
def test_the_face_of_a_portrait_is_found_where_it_is(corpus: Path, name: str) -> None:
    picture = grey(corpus / name)
    faces = find_faces(picture)
    assert len(faces) == 1
    across = (faces[0].left + faces[0].width / 2) / picture.shape[1]
    down = (faces[0].top + faces[0].height / 2) / picture.shape[0]
    assert (across, down) == pytest.approx(PORTRAITS[name], abs=0.05)


def test_of_several_faces_the_largest_comes_first(corpus: Path) -> None:
    faces = find_faces(grey(corpus / "photos" / "clowns_colorful.jpg"))
    assert len(faces) >= 2
    assert [face.width for face in faces] == sorted((f.width for f in faces), reverse=True)


@pytest.mark.parametrize("name", WITHOUT)
def test_where_nobody_is_nobody_is_found(corpus: Path, name: str) -> None:
    assert find_faces(grey(corpus / name)) == ()


def test_the_answer_is_the_same_every_time(corpus: Path) -> None:
    picture = grey(corpus / "photos" / "craft-beer.jpg")
    assert find_faces(picture) == find_faces(picture.copy())


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (23, 23), (24, 24), (480, 3)])
def test_pictures_of_any_shape_are_looked_at(shape: tuple[int, int]) -> None:
    assert find_faces(np.full(shape, 200, np.uint8)) == ()
