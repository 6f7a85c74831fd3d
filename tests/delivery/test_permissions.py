"""What answers teach about a key, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from bridge_app.delivery.permissions import (
    TITLES,
    Capability,
    State,
    call_of,
    lesson,
    lessons_of_scopes,
    permission,
)

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
API = "https://api.cloudinary.com/v1_1/studio"


@pytest.mark.parametrize(
    ("method", "path", "capability"),
    [
        ("GET", "resources/image/upload/a", Capability.READ),
        ("GET", "folders", Capability.READ),
        ("POST", "resources/search", Capability.SEARCH),
        ("POST", "folders/search", Capability.SEARCH),
        ("POST", "image/upload", Capability.UPLOAD),
        ("POST", "video/upload_chunked", Capability.UPLOAD),
        ("POST", "image/tags", Capability.EDIT),
        ("POST", "image/rename", Capability.EDIT),
        ("POST", "resources/image/upload/a", Capability.EDIT),
        ("PUT", "resources/0123/move", Capability.EDIT),
        ("DELETE", "resources/image/upload", Capability.DELETE),
        ("POST", "image/destroy", Capability.DELETE),
        ("GET", "upload_presets", Capability.SETTINGS),
        ("POST", "upload_presets", Capability.PRESETS),
        ("DELETE", "metadata_fields/sku", Capability.METADATA_FIELDS),
        ("PUT", "triggers/1", Capability.TRIGGERS),
        ("PUT", "transformations", Capability.TRANSFORMATIONS),
        ("GET", "usage?date=2026-06-01", Capability.USAGE),
        ("GET", "usage/01-06-2026", Capability.USAGE),
    ],
)
def test_each_call_needs_one_capability(method: str, path: str, capability: Capability) -> None:
    assert call_of(method, f"{API}/{path}") == ("studio", capability)


@pytest.mark.parametrize(
    "url",
    [
        f"{API}/ping",
        f"{API}/config?settings=true",
        "https://api.cloudinary.com/v1_1/provisioning/accounts/1/sub_accounts",
        "https://api.cloudinary.com/v2/notifications/studio/messages",
        "https://res.cloudinary.com/studio/image/upload/a.jpg",
        "https://api.cloudinary.com/v1_1/studio",
    ],
)
def test_some_addresses_are_open_to_every_key_or_no_calls_at_all(url: str) -> None:
    assert call_of("GET", url) is None


def test_a_preset_called_usage_is_a_preset() -> None:
    assert call_of("GET", f"{API}/upload_presets/usage") == ("studio", Capability.SETTINGS)
    assert call_of("GET", f"{API}/usages") == ("studio", Capability.READ)


def test_what_was_done_is_allowed_and_what_was_refused_is_not() -> None:
    done = lesson(Capability.UPLOAD, 200, "", at=NOW)
    refused = lesson(Capability.UPLOAD, 403, "no permission", at=NOW)

    assert permission(done, Capability.UPLOAD, now=NOW).state is State.ALLOWED
    known = permission(refused, Capability.UPLOAD, now=NOW)
    assert (known.state, known.reason) == (State.DENIED, "no permission")
    assert permission(None, Capability.UPLOAD, now=NOW).state is State.UNKNOWN


@pytest.mark.parametrize("words", ["unknown api_key", "api_secret mismatch", "Invalid token", ""])
def test_a_wrong_key_says_nothing_about_what_a_right_one_may_do(words: str) -> None:
    assert lesson(Capability.READ, 401, words, at=NOW) is None


def test_a_401_about_rights_is_a_refusal() -> None:
    told = lesson(Capability.DELETE, 401, "You don't have sufficient permissions", at=NOW)
    assert told is not None
    assert not told.allowed


@pytest.mark.parametrize("status", [400, 404, 409, 420, 429, 500])
def test_other_answers_are_about_something_else(status: int) -> None:
    assert lesson(Capability.READ, status, "no permission", at=NOW) is None


def test_a_denial_is_forgotten_after_a_day_and_a_permission_is_not() -> None:
    refused = lesson(Capability.EDIT, 403, "no", at=NOW)
    done = lesson(Capability.EDIT, 200, "", at=NOW)
    almost, later = NOW + timedelta(hours=23, minutes=59), NOW + timedelta(days=1)

    assert permission(refused, Capability.EDIT, now=almost).is_denied
    assert permission(refused, Capability.EDIT, now=later).state is State.UNKNOWN
    assert permission(done, Capability.EDIT, now=later).state is State.ALLOWED


def test_a_login_is_denied_what_its_scopes_leave_out() -> None:
    denied = {one.capability for one in lessons_of_scopes(("openid", "upload"), at=NOW)}
    assert denied == set(Capability) - {Capability.UPLOAD}
    assert lessons_of_scopes(("upload", "asset_management"), at=NOW) == ()
    assert lessons_of_scopes((), at=NOW) == ()


def test_every_capability_has_words() -> None:
    assert set(TITLES) == set(Capability)
