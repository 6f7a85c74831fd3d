"""A file becomes the version of a master that counts: once, and never over somebody else's."""

from pathlib import Path

import pytest

from bridge_app.domain.errors import FileTroubleError
from bridge_app.libraries.photoshelter.errors import (
    EditConflictError,
    NotOfferedError,
    NotThereError,
)
from bridge_app.libraries.photoshelter.service import ShelterService
from tests.libraries.photoshelter.conftest import Brand, MakeBrand
from tests.work.campaign import drawn

LABEL = "asset-bridge 1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """What another program made of the master."""
    made = tmp_path / "hero.jpg"
    made.write_bytes(drawn(2))
    return made


def master(brand: Brand) -> tuple[ShelterService, str, str]:
    """A service, a master there, and the key of its version."""
    media = brand.media("hero.jpg", brand.gallery(), data=drawn(1))
    service = brand.service()
    told = service.media(media)
    assert told is not None
    return service, media, told.version_key


def test_a_new_version_counts_and_the_one_before_is_kept(brand: Brand, file: Path) -> None:
    service, media, base = master(brand)
    service.put_version(media, file, label=LABEL, base=base)
    stored = brand.state.media(media)
    assert [(one.number, one.label) for one in stored.versions] == [(1, ""), (2, LABEL)]
    assert stored.file.size == file.stat().st_size
    told = service.media(media)
    assert told is not None
    assert told.version_key != base


@pytest.mark.parametrize("lost", ["/versions", "/activate"])
def test_a_reply_that_is_lost_makes_no_second_version(brand: Brand, file: Path, lost: str) -> None:
    service, media, base = master(brand)
    brand.sandbox.faults.lose_reply(times=1, path_contains=lost)
    service.put_version(media, file, label=LABEL, base=base)
    # And a later try, after the program was killed.
    service.put_version(media, file, label=LABEL, base=base)
    assert [one.number for one in brand.state.media(media).versions] == [1, 2]
    assert brand.state.media(media).active == 2


def test_what_was_sent_and_never_activated_is_not_sent_again(brand: Brand, file: Path) -> None:
    service, media, base = master(brand)
    brand.sandbox.faults.answer(status=403, times=1, path_contains="/activate")
    with pytest.raises(Exception, match="403"):
        service.put_version(media, file, label=LABEL, base=base)
    assert brand.state.media(media).active == 1
    service.put_version(media, file, label=LABEL, base=base)
    assert [one.number for one in brand.state.media(media).versions] == [1, 2]
    assert brand.state.media(media).active == 2


def test_a_file_that_somebody_else_replaced_meanwhile_is_left_as_it_is(
    brand: Brand, file: Path
) -> None:
    service, media, base = master(brand)
    brand.state.replace_file(media, drawn(3))
    with pytest.raises(EditConflictError):
        service.put_version(media, file, label=LABEL, base=base)
    assert brand.state.media(media).active == 2
    assert len(brand.state.media(media).versions) == 2


def test_a_service_without_versions_says_so(make_brand: MakeBrand, file: Path) -> None:
    service, media, base = master(make_brand(capabilities=frozenset()))
    with pytest.raises(NotOfferedError):
        service.put_version(media, file, label=LABEL, base=base)


def test_a_master_that_is_gone_gets_none(brand: Brand, file: Path) -> None:
    service, media, base = master(brand)
    brand.state.purge(media)
    with pytest.raises((NotOfferedError, NotThereError)):
        service.put_version(media, file, label=LABEL, base=base)


def test_a_file_that_is_gone_is_told(brand: Brand, tmp_path: Path) -> None:
    service, media, base = master(brand)
    with pytest.raises(FileTroubleError):
        service.put_version(media, tmp_path / "gone", label=LABEL, base=base)
    assert len(brand.state.media(media).versions) == 1
