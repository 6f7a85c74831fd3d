"""Which addresses are spoken to."""

from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.libraries.photoshelter.address import (
    LOOPBACK,
    checked_link,
    service_address,
    service_name,
)
from bridge_app.libraries.photoshelter.errors import UnsafeLinkError, WrongAddressError

SERVICE = "https://www.service.example/psapi/v4.0"
HERE = "http://127.0.0.1:8787/psapi/v4.0"
WORDS = "http https ftp :// // %00 127.0.0.1 localhost [::1] service.example user 8787"
PIECES = st.sampled_from([*WORDS.split(), *"/:@?# \\\t\n\0é"])


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.service.example", "https://www.service.example/psapi/v4.0"),
        (" https://service.example/ ", "https://service.example/psapi/v4.0"),
        ("https://service.example/psapi/v4.0/", "https://service.example/psapi/v4.0"),
        ("https://brand.example/psapi/v4", "https://brand.example/psapi/v4"),
        ("http://127.0.0.1:8787", "http://127.0.0.1:8787/psapi/v4.0"),
        ("http://[::1]:8787", "http://[::1]:8787/psapi/v4.0"),
    ],
)
def test_a_host_is_enough(typed: str, address: str) -> None:
    assert service_address(typed) == address


def test_a_service_is_called_by_its_host() -> None:
    assert service_name(SERVICE) == "service.example"
    assert service_name(HERE) == "127.0.0.1"


def test_a_service_elsewhere_cannot_lead_to_this_machine_in_the_clear() -> None:
    assert checked_link("http://127.0.0.1:1/x", base_url=HERE, service="s")
    with pytest.raises(UnsafeLinkError):
        checked_link("http://127.0.0.1:1/x", base_url=SERVICE, service="s")


@settings(max_examples=150)
@given(text=st.lists(PIECES, max_size=9).map("".join))
def test_whatever_is_linked_to_is_confidential_or_on_this_machine(text: str) -> None:
    try:
        found = httpx.URL(checked_link(text, base_url=HERE, service="s"))
    except (UnsafeLinkError, httpx.InvalidURL):
        return
    assert found.scheme == "https" or found.host in LOOPBACK
    assert not found.userinfo


@settings(max_examples=150)
@given(text=st.lists(PIECES, max_size=9).map("".join))
def test_whatever_is_typed_is_confidential_or_refused(text: str) -> None:
    try:
        found = service_address(text)
        asked = httpx.URL(found)
    except (WrongAddressError, httpx.InvalidURL):
        return
    assert asked.scheme == "https" or asked.host in LOOPBACK
    assert asked.host == (urlsplit(found).hostname or "").strip("[]")
    assert not asked.userinfo
