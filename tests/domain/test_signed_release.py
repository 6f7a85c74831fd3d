"""News of a release is believed only if somebody we trust has signed its very bytes."""

import base64
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.release_keys import TRUSTED, release_keys
from bridge_app.domain.signed_release import (
    MAX_BYTES,
    PAYLOAD_TYPE,
    Release,
    ReleaseFile,
    UntrustedReleaseError,
    canonical,
    key_id,
    signed_bytes,
    verified,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
KEYS = {key_id(PUBLIC): PUBLIC}
WHEEL = ReleaseFile(
    name="asset_bridge-1.2.0-py3-none-any.whl",
    kind="wheel",
    platform="any",
    bytes=9,
    sha256="ab" * 32,
)
DEB = replace(WHEEL, name="asset-bridge_1.2.0_amd64.deb", kind="deb", platform="linux-x86_64")
RELEASE = Release(
    version="1.2.0",
    channel="stable",
    released_at="2026-12-01T09:00:00+00:00",
    ledger=25,
    notes="Schöner, 速い.",
    files=(WHEEL, DEB),
)


def enveloped(payload: bytes, *, kind: str = PAYLOAD_TYPE, **signature: str) -> bytes:
    made = {"keyid": key_id(PUBLIC), "sig": coded(KEY.sign(signed_bytes(payload)))}
    fields = {"payloadType": kind, "payload": coded(payload), "signatures": [made | signature]}
    return json.dumps(fields).encode()


def coded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def document(**changes: object) -> bytes:
    fields: dict[str, Any] = json.loads(canonical(RELEASE))
    return json.dumps(fields | changes).encode()


def test_a_signed_release_says_what_was_signed() -> None:
    told = verified(enveloped(canonical(RELEASE)), KEYS)

    assert told == replace(RELEASE, files=(DEB, WHEEL))
    assert canonical(told) == canonical(RELEASE)


def test_the_document_has_the_form_that_is_written_down() -> None:
    text = canonical(RELEASE).decode()

    assert text.startswith('{"channel":"stable","files":[{"bytes":9,"kind":"deb",')
    assert text.endswith('"version":"1.2.0"}')
    assert "Schöner, 速い." in text
    kind = PAYLOAD_TYPE
    assert signed_bytes(b"{}") == f"DSSEv1 {len(kind)} {kind} 2 {{}}".encode()


def test_a_later_version_may_say_more() -> None:
    assert verified(enveloped(document(mood="good")), KEYS).version == "1.2.0"


def test_one_trusted_signature_of_several_is_enough() -> None:
    payload = canonical(RELEASE)
    fields = json.loads(enveloped(payload))
    stranger = {"keyid": "0" * 16, "sig": coded(bytes(64))}
    fields["signatures"] = [stranger, *fields["signatures"]]

    assert verified(json.dumps(fields).encode(), KEYS).version == "1.2.0"


@pytest.mark.parametrize(
    ("envelope", "why"),
    [
        (b"", "damaged"),
        (b"[]", "damaged"),
        (b"[" * 50_000, "damaged"),
        (b"{" + b" " * MAX_BYTES + b"}", "too long"),
        (enveloped(canonical(RELEASE), sig="!"), "damaged"),
        (enveloped(canonical(RELEASE), sig=coded(bytes(64))), "no key"),
        (enveloped(canonical(RELEASE), sig=coded(b"short")), "no key"),
        (enveloped(canonical(RELEASE), keyid="0" * 16), "no key"),
        (enveloped(canonical(RELEASE), kind="text/plain"), "something else"),
        (enveloped(document(format="asset-bridge-release/2")), "cannot read"),
        (enveloped(document(version="1.2.0; rm -rf")), "does not say"),
        (enveloped(document(released_at="2026-12-01T09:00:00")), "does not say"),
        (enveloped(document(files=[{"name": "../x"}])), "does not say"),
        (enveloped(b"7"), "does not say"),
    ],
)
def test_what_is_not_trusted_is_told_and_not_read(envelope: bytes, why: str) -> None:
    with pytest.raises(UntrustedReleaseError, match=why):
        verified(envelope, KEYS)


def test_a_key_under_the_name_of_another_is_none() -> None:
    with pytest.raises(UntrustedReleaseError):
        verified(enveloped(canonical(RELEASE), keyid="f" * 16), {"f" * 16: PUBLIC})


@given(st.integers(0, 2000), st.integers(1, 255))
def test_no_byte_of_the_document_can_be_changed(at: int, change: int) -> None:
    payload = bytearray(canonical(RELEASE))
    payload[at % len(payload)] ^= change
    fields = json.loads(enveloped(canonical(RELEASE)))
    fields["payload"] = coded(bytes(payload))

    with pytest.raises(UntrustedReleaseError):
        verified(json.dumps(fields).encode(), KEYS)


@pytest.mark.parametrize("name", ["../up.deb", "a/b", "", ".hidden", "a b", "x" * 200, "a\n"])
def test_a_file_of_a_release_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        replace(WHEEL, name=name)


def test_the_keys_of_this_version_are_keys() -> None:
    known = release_keys()
    assert len(known) == len(TRUSTED)
    assert all(len(one) == 32 for one in known.values())
    assert release_keys((coded(PUBLIC),)) == KEYS
