"""Which notices are believed, and which assets they are about."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.notices import NotGenuineError, read_notice, verify

SECRET = "s3cr3t"
AT = datetime.fromtimestamp(1_700_000_000, UTC)
ONE, TWO = "1" * 32, "2" * 32


def signed(body: bytes, stamp: str = "1700000000", kind: str = "sha1") -> str:
    return hashlib.new(kind, body + stamp.encode() + SECRET.encode()).hexdigest()


def is_believed(body: bytes, signature: str, stamp: str = "1700000000", now: datetime = AT) -> bool:
    try:
        verify(body, timestamp=stamp, signature=signature, secret=SECRET, now=now)
    except NotGenuineError:
        return False
    return True


def test_the_vector_of_the_reference_holds() -> None:
    assert is_believed(b'{"a":1}', "2955a3d391d2571d420c7c325e71b09f70272e15")


@given(body=st.binary(max_size=200), kind=st.sampled_from(["sha1", "sha256"]))
def test_any_bytes_are_checked_as_they_came(body: bytes, kind: str) -> None:
    assert is_believed(body, signed(body, kind=kind))
    assert not is_believed(body + b" ", signed(body, kind=kind))


@pytest.mark.parametrize("hours", [-3, 3])
def test_old_notices_and_those_of_the_future_are_not_believed(hours: int) -> None:
    body = b"{}"
    assert not is_believed(body, signed(body), now=AT + timedelta(hours=hours))
    assert is_believed(body, signed(body), now=AT + timedelta(hours=hours / 2))


@pytest.mark.parametrize(
    "stamp", ["", "x", "-1", "9" * 30, "9" * 12, "1700000000.5", "\u0661\u0667"]
)
def test_strange_times_are_not_believed(stamp: str) -> None:
    assert not is_believed(b"{}", signed(b"{}", stamp), stamp)


@pytest.mark.parametrize("signature", ["", "abc", "é" * 40, "0" * 40, "0" * 64])
def test_strange_signatures_are_not_believed(signature: str) -> None:
    assert not is_believed(b"{}", signature)


@pytest.mark.parametrize(
    ("told", "assets", "widely"),
    [
        ({"notification_type": "upload", "asset_id": ONE}, (ONE,), False),
        (
            {"notification_type": "delete", "resources": [{"asset_id": ONE}, {"asset_id": TWO}]},
            (ONE, TWO),
            False,
        ),
        (
            {"notification_type": "resource_tags_changed", "resources": {"a/b": {"asset_id": ONE}}},
            (ONE,),
            False,
        ),
        ({"notification_type": "delete", "resources": [{"public_id": "a"}]}, (), True),
        ({"notification_type": "create_folder", "folder_path": "a"}, (), True),
        ({"notification_type": "something_new"}, (), True),
        ({"notification_type": "eager", "asset_id": ONE}, (), False),
        ({"notification_type": "upload", "asset_id": "../../x"}, (), True),
    ],
)
def test_a_notice_is_about_the_assets_it_names_or_about_everything(
    told: dict[str, object], assets: tuple[str, ...], widely: bool
) -> None:
    notice = read_notice(json.dumps(told).encode())
    assert (notice.asset_ids, notice.widely) == (assets, widely)


@given(st.binary(max_size=100))
def test_what_is_no_notice_is_not_believed(body: bytes) -> None:
    with pytest.raises(NotGenuineError):
        read_notice(body)


def test_deep_nonsense_is_not_believed() -> None:
    with pytest.raises(NotGenuineError):
        read_notice(b'{"notification_type":' + b"[" * 100_000)
