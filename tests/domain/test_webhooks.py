"""Messages to endpoints: signatures, secrets, and when to try again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.webhooks import (
    SCHEDULE_S,
    Endpoint,
    check_endpoint,
    message_body,
    next_try,
    secret_key,
    secret_text,
    signature,
    signed_headers,
)

SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
AT = 1_795_204_800
BODY = (
    b'{"type":"asset.replaced","timestamp":"2026-11-20T20:00:00Z",'
    b'"data":{"asset_id":"I0000EXAMPLE_IMG"}}'
)
WANTED = "v1,5sdENsbllMOF2WUp41MinOVT0ftcGor6dxxrGY33Pa0="
"""Verified with the standard's own reference library; reference/destinations.md, 2.5."""
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)


def test_the_signature_is_that_of_the_standards_reference_library() -> None:
    assert signature(secret_key(SECRET), "msg_0001", AT, BODY) == WANTED


@pytest.mark.parametrize(
    ("message", "at", "body"),
    [("msg_0002", AT, BODY), ("msg_0001", AT + 1, BODY), ("msg_0001", AT, BODY + b" ")],
)
def test_another_id_time_or_byte_has_another_signature(message: str, at: int, body: bytes) -> None:
    assert signature(secret_key(SECRET), message, at, body) != WANTED


def test_after_a_change_of_the_secret_both_sign_the_newest_first() -> None:
    new, old = secret_key(SECRET), bytes(range(1, 33))
    told = signed_headers([new, old], "msg_0001", AT, BODY)["webhook-signature"].split(" ")
    assert told == [WANTED, signature(old, "msg_0001", AT, BODY)]


@given(st.binary(min_size=24, max_size=64))
def test_a_secrets_text_gives_its_key_back(key: bytes) -> None:
    assert secret_key(secret_text(key)) == key


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_AAAA", "whsec_?", "ü" * 40, "whsec_" + "A" * 400]
)
def test_what_is_no_secret_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        secret_key(text)
    key = text.removeprefix("whsec_")
    assert not key or key not in str(refused.value)


@pytest.mark.parametrize("spread", [-1.0, 0.0, 1.0])
def test_tries_follow_the_schedule_and_end(spread: float) -> None:
    for tries, pause_s in enumerate(SCHEDULE_S, start=1):
        at = next_try(tries, now=NOW, retry_after_s=None, spread=spread)
        assert at is not None
        assert at - NOW == timedelta(seconds=pause_s * (1 + 0.1 * spread))
    assert next_try(len(SCHEDULE_S) + 1, now=NOW, retry_after_s=None, spread=spread) is None


def test_a_receiver_that_asks_for_patience_gets_it_but_not_for_ever() -> None:
    at = next_try(1, now=NOW, retry_after_s=600.0, spread=0.0)
    assert at == NOW + timedelta(minutes=10)
    assert next_try(1, now=NOW, retry_after_s=1e12, spread=0.0) == NOW + timedelta(days=1)


def test_a_body_is_type_time_and_data_in_this_order() -> None:
    body = message_body(EventType.TEST, "2026-11-20T20:00:00Z", {"name": "Überlauf"})
    assert body == (
        '{"type":"webhook.test","timestamp":"2026-11-20T20:00:00Z","data":{"name":"Überlauf"}}'
    )


@pytest.mark.parametrize(
    ("name", "url", "private"),
    [
        ("", "https://example.com/hooks", False),
        ("n" * 101, "https://example.com/hooks", False),
        ("shop", "http://example.com/hooks", False),
        ("shop", "://example.com/hooks", True),
        ("shop", "example.com", False),
    ],
)
def test_what_is_no_endpoint_is_refused(name: str, url: str, private: bool) -> None:
    with pytest.raises(InvalidInputError):
        check_endpoint(Endpoint(id="1", name=name, url=url, private_allowed=private))


def test_an_endpoint_is_told_what_it_wants_and_tests() -> None:
    every = Endpoint(id="1", name="all", url="https://example.com")
    some = Endpoint(
        id="2", name="some", url="https://example.com", events=frozenset({EventType.PUSHED})
    )
    assert every.wants(EventType.EXPIRED)
    assert some.wants(EventType.PUSHED)
    assert not some.wants(EventType.EXPIRED)
    assert some.wants(EventType.TEST)
