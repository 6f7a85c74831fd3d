"""Review packs on disk: what becomes of a film that is copied into one."""

import hashlib
import sys
from pathlib import Path

import pytest

from bridge_app.domain.errors import FileTroubleError
from bridge_app.work.rendition_files import NotWrittenError
from bridge_app.work.review_pack_files import pack_at

FILM = bytes(2_000_000)
SHA256 = hashlib.sha256(FILM).hexdigest()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "there" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(FILM)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="it sets a limit of Unix")
@pytest.mark.parametrize("name", ["pack", "pack.zip"])
def test_what_cannot_be_written_is_told_of_the_pack_and_not_of_the_film(
    tmp_path: Path, film: Path, name: str
) -> None:
    import resource  # noqa: PLC0415 - only there is it

    target = tmp_path / "out" / name
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(FILM) // 2, before[1]))
    try:
        with pytest.raises(NotWrittenError) as told, pack_at(target) as pack:
            pack.copy("films/0001.mp4", film, sha256=SHA256)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert name in str(told.value)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["pack", "pack.zip"])
def test_a_film_that_is_gone_is_told_of_the_film(tmp_path: Path, film: Path, name: str) -> None:
    film.unlink()
    target = tmp_path / "out" / name
    with pytest.raises(FileTroubleError, match=r"film\.mp4"), pack_at(target) as pack:
        pack.copy("films/0001.mp4", film, sha256=SHA256)
    assert list(target.parent.iterdir()) == []
