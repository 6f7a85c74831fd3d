"""What a release is said to be, and whether somebody we trust said it (docs/decisions/0038).

A release is one JSON document in an envelope that carries its signatures (DSSE, Ed25519). What is
signed are the document's very bytes: they are verified first, and read only then.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

ENVELOPE_NAME = "asset-bridge-release.json"
"""The file that is published; the release's other files lie beside it."""

FORMAT = "asset-bridge-release/1"
PAYLOAD_TYPE = "application/vnd.asset-bridge.release+json"
"""Signed with the document, so that a signature of anything else is never one of a release."""

MAX_BYTES = 256 * 1024
"""Of an envelope: a longer one is not looked at."""

VERSION = re.compile(r"\d{1,5}\.\d{1,5}\.\d{1,5}(?:(?:a|b|rc)\d{1,5})?")
CHANNEL = re.compile(r"[a-z]{1,20}")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,120}")
WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
SHA256 = re.compile(r"[0-9a-f]{64}")


class UntrustedReleaseError(BridgeError):
    """What claims to tell of a release is not what somebody we trust has signed."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The news of a release could not be trusted: {detail}. Nothing was fetched or installed.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFile:
    """A file of a release; it lies beside the envelope under its name.

    `kind` is wheel, sdist, deb, bundle, appimage, installer, portable or dmg, or one that a later
    version made up; `platform` is any, or like linux-x86_64.
    """

    name: str
    kind: str
    platform: str
    bytes: int
    sha256: str

    def __post_init__(self) -> None:
        _must(FILE_NAME, "name", self.name)
        _must(WORD, "kind", self.kind)
        _must(WORD, "platform", self.platform)
        _must(SHA256, "sha256", self.sha256)
        if self.bytes < 1:
            raise ValueError("bytes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version, and the files it consists of.

    `ledger` is the number of the newest step of the ledger's schema that it knows: a program that
    knows fewer does not open a ledger that it has opened. `notes` is what people are told of it.
    """

    version: str
    channel: str
    released_at: str
    ledger: int
    notes: str
    files: tuple[ReleaseFile, ...]

    def __post_init__(self) -> None:
        _must(VERSION, "version", self.version)
        _must(CHANNEL, "channel", self.channel)
        if datetime.fromisoformat(self.released_at).tzinfo is None:
            raise ValueError("released_at")
        if len({file.name for file in self.files}) != len(self.files):
            raise ValueError("files")


def canonical(release: Release) -> bytes:
    """The document of a release: of one release there is one."""
    document = {"format": FORMAT, **asdict(release)}
    document["files"] = sorted(document["files"], key=lambda file: str(file["name"]))
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def key_id(public_key: bytes) -> str:
    """The name of a public key of 32 bytes, by which signatures say whose they are."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def signed_bytes(payload: bytes) -> bytes:
    """What a signature is made over: DSSE's pre-authentication encoding, version 1."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def verified(envelope: bytes, keys: Mapping[str, bytes]) -> Release:
    """The release that an envelope tells of, if one of `keys` (by `key_id`) has signed it.

    Raises UntrustedReleaseError, for an envelope of any content.
    """
    if len(envelope) > MAX_BYTES:
        raise UntrustedReleaseError(detail=QT_TRANSLATE_NOOP("facts", "it is too long"))
    payload, signatures = _opened(envelope)
    if not any(
        name in keys and key_id(keys[name]) == name and _signed(payload, signature, keys[name])
        for name, signature in signatures
    ):
        raise UntrustedReleaseError(
            detail=QT_TRANSLATE_NOOP("facts", "no key that this version knows has signed it")
        )
    return _read(payload)


def _opened(envelope: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The document and the signatures, none of them believed yet."""
    try:
        fields = json.loads(envelope)
        if fields["payloadType"] != PAYLOAD_TYPE:
            raise UntrustedReleaseError(
                detail=QT_TRANSLATE_NOOP("facts", "it is about something else")
            )
        payload = base64.b64decode(fields["payload"], validate=True)
        signatures = [
            (str(one["keyid"]), base64.b64decode(one["sig"], validate=True))
            for one in fields["signatures"]
        ]
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise UntrustedReleaseError(detail=QT_TRANSLATE_NOOP("facts", "it is damaged")) from error
    return payload, signatures


def _signed(payload: bytes, signature: bytes, public_key: bytes) -> bool:
    # Only who looks for updates needs the cipher's modules.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed_bytes(payload))
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(payload: bytes) -> Release:
    """The release in a document that is trusted; fields that a later version added are left out."""
    try:
        fields: dict[str, Any] = json.loads(payload)
        if fields["format"] != FORMAT:
            raise UntrustedReleaseError(
                detail=QT_TRANSLATE_NOOP("facts", "it is of a format that this version cannot read")
            )
        files = tuple(
            ReleaseFile(
                name=str(file["name"]),
                kind=str(file["kind"]),
                platform=str(file["platform"]),
                bytes=int(file["bytes"]),
                sha256=str(file["sha256"]),
            )
            for file in fields["files"]
        )
        return Release(
            version=str(fields["version"]),
            channel=str(fields["channel"]),
            released_at=str(fields["released_at"]),
            ledger=int(fields["ledger"]),
            notes=str(fields["notes"]),
            files=files,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UntrustedReleaseError(
            detail=QT_TRANSLATE_NOOP("facts", "it does not say what a release says")
        ) from error


def _must(pattern: re.Pattern[str], what: str, value: str) -> None:
    if not pattern.fullmatch(value):
        raise ValueError(what)
