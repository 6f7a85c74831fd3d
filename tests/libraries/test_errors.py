"""The system's errors become sentences, all of them, in one place."""

import errno
import os

import pytest

from bridge_app.domain.errors import BridgeError, DiskFullError, FileTroubleError
from bridge_app.libraries.errors import NotTakenInError, disk_trouble, reason_of, shown
from bridge_app.libraries.library import SENTENCES, SkipReason


@pytest.mark.parametrize("code", sorted(errno.errorcode), ids=errno.errorcode.get)
def test_every_error_of_the_system_is_mapped_and_names_the_file(code: int) -> None:
    error = OSError(code, os.strerror(code), "a/hero.jpg")

    with pytest.raises(BridgeError, match=r"hero\.jpg") as caught, disk_trouble("a/hero.jpg"):
        raise error

    full = code in {errno.ENOSPC, errno.EDQUOT}
    assert caught.type is (DiskFullError if full else FileTroubleError)
    assert caught.value.__cause__ is error
    assert reason_of(error) in SENTENCES


def test_an_error_nobody_has_words_for_keeps_the_systems() -> None:
    words = r"the disk reports an error \(Input/output error\)"
    with pytest.raises(FileTroubleError, match=words), disk_trouble("hero.jpg"):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_an_error_without_a_number_is_mapped_too() -> None:
    with pytest.raises(NotTakenInError), disk_trouble("hero.jpg", kind=NotTakenInError):
        raise OSError("strange")


def test_a_full_disk_names_what_was_written_and_not_what_was_read() -> None:
    with (
        pytest.raises(DiskFullError, match="/library/x"),
        disk_trouble("/stick/x", onto="/library/x"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_trouble_of_another_kind_passes() -> None:
    with pytest.raises(KeyError), disk_trouble("hero.jpg"):
        raise KeyError


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(SkipReason)


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("Caf\u00e9/🏖 👩🏽\u200d🚀.jpg", "Caf\u00e9/🏖 👩🏽\u200d🚀.jpg"),
        ("line\nbreak\x1b[31m.jpg", "line\ufffdbreak\ufffd[31m.jpg"),
        ("photo\u202egpj.png", "photo\ufffdgpj.png"),
        (os.fsdecode(b"latin-\xe9.jpg"), "latin-\ufffd.jpg"),
    ],
)
def test_a_path_is_shown_so_that_it_can_be_printed_and_misleads_nobody(
    path: str, printed: str
) -> None:
    assert shown(path) == printed
    assert shown(path).encode()
