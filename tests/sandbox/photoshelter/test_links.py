"""Signed addresses: which hold, until when, and what sizes of pictures they may ask for."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.photoshelter.links import Links, PictureSize

NOW = datetime(2026, 11, 20, 12, 0, 0, 500_000, tzinfo=UTC)
LINKS = Links(b"key", life=timedelta(minutes=15))


def parts(address: str) -> tuple[str, dict[str, str]]:
    path, _, query = address.partition("?")
    return unquote(path), dict(pair.split("=") for pair in query.split("&"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_signed_address_holds_until_its_end_and_no_longer(name: str) -> None:
    address, ends = LINKS.signed(f"/dl/I0000/{name}", NOW)
    path, query = parts(address)
    assert path == f"/dl/I0000/{name}"
    assert LINKS.holds(path, query, NOW)
    assert LINKS.holds(path, query, ends - timedelta(milliseconds=1))
    assert not LINKS.holds(path, query, ends)


def test_it_ends_after_its_life_in_whole_seconds() -> None:
    assert LINKS.signed("/img/a", NOW)[1] == datetime(2026, 11, 20, 12, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"sig": "0" * 16},
        {"sig": ""},
        {"sig": "ø"},
        {"exp": "99999999999"},
        {"exp": "٣"},
        {"exp": ""},
    ],
)
def test_nothing_of_it_may_be_changed(change: dict[str, str]) -> None:
    path, query = parts(LINKS.signed("/img/a/fit=1x1", NOW)[0])
    assert not LINKS.holds(path, {**query, **change}, NOW)
    assert not LINKS.holds("/img/b/fit=1x1", query, NOW)
    assert not Links(b"other").holds(path, query, NOW)


@pytest.mark.parametrize(
    ("size", "mode", "written"),
    [
        ("600x400", "fill", "fill=600x400"),
        ("x700", "fit", "fit=x700"),
        ("600x", "fit", "fit=600x"),
        ("300", "fit", "fit=300x300"),
    ],
)
def test_a_size_may_have_one_side(size: str, mode: str, written: str) -> None:
    found = PictureSize.parse(size, mode)
    assert str(found) == written
    assert PictureSize.parse(written.partition("=")[2], mode) == found


@pytest.mark.parametrize(
    ("size", "mode"),
    [("", "fit"), ("x", "fit"), ("0x0", "fit"), ("10001x1", "fit"), ("1x1", "crop"), ("-1", "fit")],
)
def test_what_is_no_size_is_none(size: str, mode: str) -> None:
    assert PictureSize.parse(size, mode) is None
