"""A film that is made once for all tests of films."""

from pathlib import Path

import pytest

from tests.transform.video.made_films import make_film


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of 64 × 48, thirty frames each brighter than the last, with a tone."""
    return make_film(tmp_path_factory.mktemp("films") / "brighter.mp4")
