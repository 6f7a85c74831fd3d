"""Where the secrets of a profile are kept, and when they are opened."""

from pathlib import Path

import pytest

from bridge_app.app.profile import (
    HOME,
    PASSPHRASE,
    ProfileTroubleError,
    key_store_ahead,
    sole_worker,
)
from bridge_app.domain.errors import WrongPassphraseError
from bridge_app.storage.secrets import FILE_NAME, EncryptedFileStore, Secret


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A profile whose sealed file holds one secret."""
    store = EncryptedFileStore(tmp_path / FILE_NAME, Secret("open sesame"))
    store.put("studio", Secret("s3cr3t"))
    return tmp_path


def test_a_store_that_is_opened_ahead_is_the_one_that_is_handed_out(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE, "open sesame")
    open_store = key_store_ahead(home)
    assert open_store(None).get("studio") == Secret("s3cr3t")
    assert open_store(None) is open_store(None)
    assert open_store(Secret("open sesame")).get("studio") == Secret("s3cr3t")


def test_a_wrong_passphrase_is_told_to_whoever_asks_for_the_store(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE, "open barley")
    open_store = key_store_ahead(home)
    with pytest.raises(WrongPassphraseError):
        open_store(None)
    assert open_store(Secret("open sesame")).get("studio") == Secret("s3cr3t")


def test_a_profile_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    home = tmp_path / "file" / "profile"
    with pytest.raises(ProfileTroubleError, match="Nothing was changed") as told, sole_worker(home):
        pass
    assert str(home) in str(told.value)
    assert HOME in str(told.value)
