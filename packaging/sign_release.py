"""Signs a release (docs/decisions/0038): sums for people, and the news that the program reads.

    python packaging/sign_release.py new-key KEY.pem
    python packaging/sign_release.py sign FOLDER KEY.pem --notes NOTES.md [--channel beta]
    python packaging/sign_release.py verify FOLDER [PUBLIC.pem]

`new-key` makes a private key that a passphrase opens, and prints what the program has to know.
`sign` puts SHA256SUMS, its signature and the news into FOLDER, where the files of the release are.
`sign FOLDER KEY.pem --add` adds the signature of another key to news that are there. The passphrase
is asked for at the terminal; there is no other way to give it.
"""

import argparse
import base64
import getpass
import hashlib
import json
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bridge_app import __version__  # noqa: E402
from bridge_app.domain.release_keys import release_keys  # noqa: E402
from bridge_app.domain.signed_release import (  # noqa: E402
    ENVELOPE_NAME,
    PAYLOAD_TYPE,
    Release,
    ReleaseFile,
    canonical,
    key_id,
    signed_bytes,
    verified,
)
from bridge_app.storage.migrations import STEPS  # noqa: E402

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
VERSION_IN_NAME = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
OURS = frozenset({SUMS, SIGNATURE, ENVELOPE_NAME})
KINDS = (
    (r"\.whl$", "wheel", "any"),
    (r"\.tar\.gz$", "sdist", "any"),
    (r"_amd64\.deb$", "deb", "linux-x86_64"),
    (r"_arm64\.deb$", "deb", "linux-aarch64"),
    (r"linux-x86_64\.tar\.xz$", "bundle", "linux-x86_64"),
    (r"x86_64\.AppImage$", "appimage", "linux-x86_64"),
    (r"\.flatpak$", "flatpak", "linux-x86_64"),
    (r"setup\.exe$", "installer", "windows-x86_64"),
    (r"windows-x86_64\.zip$", "portable", "windows-x86_64"),
    (r"\.dmg$", "dmg", "macos-universal"),
    (r"\.cdx\.json$", "sbom", "any"),
)
"""What a file is, by the end of its name."""


class UnsignedError(Exception):
    """What is there is not what was signed; the message says what."""


def sign(folder: Path, key: Ed25519PrivateKey, *, channel: str, notes: str, at: datetime) -> None:
    """Write the sums, their signature and the news of the files in `folder`."""
    files = [release_file(path) for path in released(folder)]
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in files).encode()
    (folder / SUMS).write_bytes(sums)
    (folder / SIGNATURE).write_bytes(key.sign(sums))
    release = Release(
        version=__version__,
        channel=channel,
        released_at=at.isoformat(timespec="seconds"),
        ledger=ledger_steps(),
        notes=notes,
        files=tuple(files),
    )
    _seal(folder / ENVELOPE_NAME, release, key)


def add_signature(envelope: Path, key: Ed25519PrivateKey) -> None:
    """Sign news that others have signed, too: the document stays as it is."""
    fields = json.loads(envelope.read_bytes())
    payload = base64.b64decode(fields["payload"], validate=True)
    fields["signatures"] = [
        *(one for one in fields["signatures"] if one["keyid"] != _name(key)),
        _signature(payload, key),
    ]
    envelope.write_text(json.dumps(fields, indent=1) + "\n", "utf-8")


def verify(folder: Path, keys: dict[str, bytes]) -> Release:
    """The release in `folder`, if all of it is what one of `keys` has signed.

    Raises UnsignedError or UntrustedReleaseError.
    """
    release = verified((folder / ENVELOPE_NAME).read_bytes(), keys)
    sums = (folder / SUMS).read_bytes()
    if not any(_is_by(key, (folder / SIGNATURE).read_bytes(), sums) for key in keys.values()):
        raise UnsignedError(f"{SUMS} is not signed by a key that is known")
    expected = "".join(f"{file.sha256}  {file.name}\n" for file in release.files)
    if sums.decode() != expected:
        raise UnsignedError(f"{SUMS} and {ENVELOPE_NAME} tell of different files")
    for file in release.files:
        if release_file(folder / file.name) != file:
            raise UnsignedError(f"{file.name} is another file than the one that was signed")
    return release


def new_key(target: Path, passphrase: bytes) -> bytes:
    """Make a private key at `target`, which must not be there; returns its public half."""
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
    return key.public_key().public_bytes_raw()


def opened_key(source: Path, passphrase: bytes) -> Ed25519PrivateKey:
    """The private key of a file. Raises ValueError for a wrong passphrase or another kind."""
    key = serialization.load_pem_private_key(source.read_bytes(), passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("this is no Ed25519 key")  # noqa: TRY004 - as for a wrong passphrase
    return key


def public_pem(public: bytes) -> str:
    """A public key as OpenSSL reads it."""
    return (
        Ed25519PublicKey.from_public_bytes(public)
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def released(folder: Path) -> list[Path]:
    """The files that are released, by name; `dist` may still hold those of an earlier version."""
    found = sorted(path for path in folder.iterdir() if path.is_file() and path.name not in OURS)
    if not found:
        raise UnsignedError(f"there is nothing to release in {folder}")
    for path in found:
        told = VERSION_IN_NAME.search(path.name.replace("~", ""))
        if told is not None and told[0] != __version__:
            raise UnsignedError(f"{path.name} is of another version: take it away")
    return found


def release_file(path: Path) -> ReleaseFile:
    """What the news say of a file."""
    known = [(kind, platform) for end, kind, platform in KINDS if re.search(end, path.name)]
    if not known:
        raise UnsignedError(f"nobody knows what {path.name} is: take it away or name it in KINDS")
    [(kind, platform)] = known
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ReleaseFile(
        name=path.name, kind=kind, platform=platform, bytes=path.stat().st_size, sha256=digest
    )


def ledger_steps() -> int:
    """The newest step of the ledger's schema."""
    return len(STEPS["ledger"])


def _seal(target: Path, release: Release, key: Ed25519PrivateKey) -> None:
    payload = canonical(release)
    fields = {
        "payloadType": PAYLOAD_TYPE,
        "payload": base64.b64encode(payload).decode(),
        "signatures": [_signature(payload, key)],
    }
    target.write_text(json.dumps(fields, indent=1) + "\n", "utf-8")


def _signature(payload: bytes, key: Ed25519PrivateKey) -> dict[str, str]:
    made = key.sign(signed_bytes(payload))
    return {"keyid": _name(key), "sig": base64.b64encode(made).decode()}


def _name(key: Ed25519PrivateKey) -> str:
    return key_id(key.public_key().public_bytes_raw())


def _is_by(public: bytes, signature: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def main() -> int:
    """The words of the command line."""
    top = argparse.ArgumentParser(description="Sign a release.")
    words = top.add_subparsers(dest="command", required=True)
    words.add_parser("new-key").add_argument("key", type=Path)
    signing = words.add_parser("sign")
    signing.add_argument("folder", type=Path)
    signing.add_argument("key", type=Path)
    signing.add_argument("--notes", type=Path, help="what people are told; not with --add")
    signing.add_argument("--channel", default="stable", choices=("stable", "beta"))
    signing.add_argument("--add", action="store_true", help="a signature to news that are there")
    checking = words.add_parser("verify")
    checking.add_argument("folder", type=Path)
    checking.add_argument("public", type=Path, nargs="?")
    given = top.parse_args()
    if given.command == "sign" and bool(given.notes) == given.add:
        signing.error("either --notes NOTES.md, or --add")
    if given.command == "new-key":
        return _make_key(given.key)
    if given.command == "verify":
        release = verify(given.folder, _keys(given.public))
        sys.stdout.write(f"{release.version} ({release.channel}): {len(release.files)} files\n")
        return 0
    key = opened_key(given.key, getpass.getpass("Passphrase: ").encode())
    if given.add:
        add_signature(given.folder / ENVELOPE_NAME, key)
        return 0
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    at = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)  # noqa: TID251
    sign(given.folder, key, channel=given.channel, notes=given.notes.read_text("utf-8"), at=at)
    return 0


def _make_key(target: Path) -> int:
    passphrase = getpass.getpass("Passphrase: ").encode()
    if not passphrase or getpass.getpass("Again: ").encode() != passphrase:
        sys.stderr.write("The two differ, or are empty. No key was made.\n")
        return 1
    public = new_key(target, passphrase)
    line = base64.b64encode(public).decode()
    sys.stdout.write(f'For bridge_app/domain/release_keys.py:\n    "{line}",  # {key_id(public)}\n')
    sys.stdout.write(f"For people who verify with OpenSSL:\n{public_pem(public)}")
    return 0


def _keys(public: Path | None) -> dict[str, bytes]:
    """The key of a PEM file; without one, those that the program trusts."""
    if public is None:
        return dict(release_keys())
    key = serialization.load_pem_public_key(public.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise UnsignedError(f"{public} is no Ed25519 key")
    raw = key.public_bytes_raw()
    return {key_id(raw): raw}


if __name__ == "__main__":
    sys.exit(main())
