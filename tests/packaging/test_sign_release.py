"""A release is signed so that people and the program can verify every byte of it."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bridge_app import __version__
from bridge_app.domain.signed_release import (
    ENVELOPE_NAME,
    UntrustedReleaseError,
    key_id,
    verified,
)
from bridge_app.storage.migrations import STEPS
from tests.packaging.tools import tool

signing = tool("sign_release")
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
PASSPHRASE = b"correct horse"
FILES = (
    f"asset_bridge-{__version__}-py3-none-any.whl",
    f"asset-bridge_{__version__}_amd64.deb",
    f"asset-bridge-{__version__}-setup.exe",
    "sbom.cdx.json",
)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text(f"content of {name}")
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Any:
    signing.new_key(tmp_path / "key.pem", PASSPHRASE)
    return signing.opened_key(tmp_path / "key.pem", PASSPHRASE)


def named(key: Any) -> dict[str, bytes]:
    public = key.public_key().public_bytes_raw()
    return {key_id(public): public}


def sign(folder: Path, key: Any) -> None:
    signing.sign(folder, key, channel="beta", notes="New: *everything*.", at=AT)


def test_what_is_signed_is_what_the_program_reads(release: Path, key: Any) -> None:
    sign(release, key)
    told = verified((release / ENVELOPE_NAME).read_bytes(), named(key))

    assert (told.version, told.channel, told.ledger) == (__version__, "beta", len(STEPS["ledger"]))
    assert told.released_at == "2026-12-01T09:00:00+00:00"
    assert [(one.kind, one.platform) for one in told.files] == [
        ("installer", "windows-x86_64"),
        ("deb", "linux-x86_64"),
        ("wheel", "any"),
        ("sbom", "any"),
    ]
    assert signing.verify(release, named(key)) == told


def test_what_is_left_of_an_earlier_version_is_not_signed_as_this_one(
    release: Path, key: Any
) -> None:
    (release / "asset-bridge_0.0.9_amd64.deb").write_text("with the holes that were mended since")
    with pytest.raises(signing.UnsignedError, match="another version"):
        sign(release, key)
    assert not (release / ENVELOPE_NAME).exists()


def test_signing_again_gives_the_same_bytes(release: Path, key: Any) -> None:
    sign(release, key)
    before = {path.name: path.read_bytes() for path in release.iterdir()}
    sign(release, key)

    assert {path.name: path.read_bytes() for path in release.iterdir()} == before


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_people_verify_it_without_anything_of_ours(release: Path, key: Any, tmp_path: Path) -> None:
    sign(release, key)
    public = tmp_path / "public.pem"
    public.write_text(signing.public_pem(key.public_key().public_bytes_raw()))
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(public), "-rawin"]
    command += ["-in", "SHA256SUMS", "-sigfile", "SHA256SUMS.sig"]

    assert subprocess.run(command, cwd=release, check=False, capture_output=True).returncode == 0
    checked = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(checked, cwd=release, check=False, capture_output=True).returncode == 0
    (release / FILES[0]).write_text("something else")
    assert subprocess.run(checked, cwd=release, check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("name", [*FILES, "SHA256SUMS", "SHA256SUMS.sig", ENVELOPE_NAME])
def test_a_file_that_was_changed_is_noticed(release: Path, key: Any, name: str) -> None:
    sign(release, key)
    content = bytearray((release / name).read_bytes())
    content[len(content) // 2] ^= 1
    (release / name).write_bytes(content)

    with pytest.raises((signing.UnsignedError, UntrustedReleaseError)):
        signing.verify(release, named(key))


def test_a_second_key_signs_the_same_news(release: Path, key: Any, tmp_path: Path) -> None:
    sign(release, key)
    signing.new_key(tmp_path / "next.pem", PASSPHRASE)
    following = signing.opened_key(tmp_path / "next.pem", PASSPHRASE)
    signing.add_signature(release / ENVELOPE_NAME, following)
    envelope = (release / ENVELOPE_NAME).read_bytes()

    assert verified(envelope, named(key)) == verified(envelope, named(following))


def test_a_key_needs_its_passphrase_and_is_never_written_over(tmp_path: Path) -> None:
    place = tmp_path / "key.pem"
    signing.new_key(place, PASSPHRASE)

    assert place.stat().st_mode & 0o077 == 0
    assert b"ENCRYPTED" in place.read_bytes()
    with pytest.raises(ValueError, match=r"(?i)password|decrypt"):
        signing.opened_key(place, b"another")
    with pytest.raises(FileExistsError):
        signing.new_key(place, PASSPHRASE)


def test_a_file_that_nobody_knows_is_not_released(release: Path, key: Any) -> None:
    (release / "notes.docx").touch()
    with pytest.raises(signing.UnsignedError, match=r"notes\.docx"):
        sign(release, key)
