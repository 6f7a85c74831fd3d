"""The vectors are those of reference/cloudinary.md section 2."""

import base64
from datetime import UTC, datetime, timedelta

import cloudinary.utils
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.auth import (
    basic_caller,
    delivery_is_signed,
    response_signature,
    sign,
    string_to_sign,
    upload_caller,
)
from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.params import Params

KEYS = {"1234": "s3cr3t"}
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
VECTOR = Params.of([("public_id", "a&b"), ("tags", "x,y"), ("timestamp", "1700000000")])


@pytest.mark.parametrize(
    ("version", "text"),
    [
        (2, "public_id=a%26b&tags=x,y&timestamp=1700000000"),
        (1, "public_id=a&b&tags=x,y&timestamp=1700000000"),
    ],
)
def test_the_string_to_sign_is_cloudinarys(version: int, text: str) -> None:
    assert string_to_sign(VECTOR, version=version) == text


@pytest.mark.parametrize(
    ("version", "sha256", "signature"),
    [
        (2, False, "559522fe764223aa9ce6d38bb90e95a43ea36ab7"),
        (2, True, "1a1af2d5c68150d2bbb6d8b87d5c3ea06c57ebe58d5738d7af918aa6682c8d5a"),
        (1, False, "7962dadba8612103af91f80cc940940b312c9f59"),
    ],
)
def test_signatures_are_cloudinarys(version: int, sha256: bool, signature: str) -> None:
    text = string_to_sign(VECTOR, version=version)
    assert sign(text, "s3cr3t", sha256=sha256) == signature
    at = datetime.fromtimestamp(1700000000, UTC)
    sent = Params.of([("signature", signature), ("api_key", "1234")]).merged(VECTOR)
    caller = upload_caller(sent, "", KEYS, now=at)
    assert caller is not None
    assert caller.api_key == "1234"


def test_the_signature_of_a_reply_is_cloudinarys() -> None:
    expected = "7e9d1d62a3346082fd1319b962233ff89903d85a"
    assert response_signature("x", 1700000001, "s3cr3t") == expected


@given(
    st.dictionaries(
        st.sampled_from(["public_id", "tags", "context", "folder", "eager", "overwrite"]),
        st.text(min_size=1, max_size=20).filter(str.strip) | st.booleans(),
    ),
    st.sampled_from(["sha1", "sha256"]),
    st.sampled_from([1, 2]),
)
def test_whatever_the_sdk_signs_is_accepted(
    params: dict[str, str | bool], algorithm: str, version: int
) -> None:
    options = {
        "api_key": "1234",
        "api_secret": "s3cr3t",
        "signature_algorithm": algorithm,
        "signature_version": version,
    }
    asked = cloudinary.utils.cleanup_params({**params, "timestamp": int(NOW.timestamp())})
    signed = cloudinary.utils.sign_request(asked, options)
    sent = Params.of((name, str(value)) for name, value in signed.items())
    assert upload_caller(sent, "", KEYS, now=NOW) is not None


def signed(timestamp: str, **more: str) -> Params:
    params = Params.of([("timestamp", timestamp), *more.items()])
    text = string_to_sign(params, version=2)
    return params.merged(Params.of([("api_key", "1234"), ("signature", sign(text, "s3cr3t"))]))


def refusal(params: Params, authorization: str = "") -> CloudinaryError:
    with pytest.raises(CloudinaryError) as refused:
        upload_caller(params, authorization, KEYS, now=NOW)
    return refused.value


def test_a_wrong_signature_is_answered_with_the_string_to_sign() -> None:
    sent = Params.of([("public_id", "y")]).merged(signed(f"{NOW.timestamp():.0f}", public_id="x"))
    given = sent.text("signature")
    error = refusal(sent)
    assert error.status == 401
    assert error.message == (
        f"Invalid Signature {given}. String to sign - 'public_id=y&timestamp=1795165200'."
    )


def test_an_unknown_key_is_named() -> None:
    sent = Params.of([("api_key", "99")]).merged(signed("1795165200"))
    assert refusal(sent).message == "Unknown API key 99"


def test_an_old_timestamp_is_stale_and_a_future_one_is_not() -> None:
    old, soon = NOW - timedelta(hours=1, seconds=1), NOW + timedelta(hours=5)
    error = refusal(signed(f"{old.timestamp():.0f}"))
    assert error.message == (
        "Stale request - reported time is 2026-11-20 07:59:59 +0000 which is more than 1 hour ago"
    )
    assert upload_caller(signed(f"{soon.timestamp():.0f}"), "", KEYS, now=NOW) is not None


@pytest.mark.parametrize("timestamp", ["soon", "9" * 30, "-1e400", ""])
def test_a_timestamp_that_is_none_is_refused(timestamp: str) -> None:
    assert refusal(signed(timestamp)).status == 400


def test_without_a_signature_nobody_is_calling() -> None:
    assert upload_caller(Params.of([("upload_preset", "p")]), "", KEYS, now=NOW) is None


@pytest.mark.parametrize(
    ("credentials", "message"),
    [
        ("9:s3cr3t", "unknown api_key"),
        ("1234:wrong", "api_secret mismatch"),
        (":s3cr3t", "Must supply api_key"),
        ("", "Must supply api_key"),
    ],
)
def test_wrong_credentials_are_told_apart(credentials: str, message: str) -> None:
    with pytest.raises(CloudinaryError) as refused:
        basic_caller("Basic " + base64.b64encode(credentials.encode()).decode(), KEYS)
    assert (refused.value.status, refused.value.message) == (401, message)


@pytest.mark.parametrize("header", ["", "Basic ???", "Basic /w==", "Basic"])
def test_a_broken_header_is_no_crash(header: str) -> None:
    with pytest.raises(CloudinaryError):
        basic_caller(header, KEYS)


def test_a_token_is_refused_as_invalid() -> None:
    with pytest.raises(CloudinaryError, match="Invalid token"):
        basic_caller("Bearer abc", KEYS)


@pytest.mark.parametrize("signature", ["h2KZmaN8", "wnBHOCuO", "wnBHOCuOrCvksUNM5fEEAwi_LbjQdMil"])
def test_each_kind_of_delivery_signature_counts(signature: str) -> None:
    assert delivery_is_signed(signature, "c_fill,w_100/folder/pic.jpg", KEYS)
    assert not delivery_is_signed(signature, "c_fill,w_101/folder/pic.jpg", KEYS)
    assert not delivery_is_signed(signature, "c_fill,w_100/folder/pic.jpg", {"1": "other"})
