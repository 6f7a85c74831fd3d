"""The child is not believed: whatever it sends is what was agreed, or the end of it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.media.facts import Embedded, Facts, Picture
from bridge_app.media.wire import WireError, frame, from_json, read_frame, to_json

texts = st.none() | st.text(max_size=20)
sides = st.none() | st.integers(min_value=0, max_value=1 << 40)
facts = st.builds(
    Facts,
    kind=st.sampled_from(Kind),
    format=st.text(max_size=8),
    width=sides,
    height=sides,
    orientation=st.integers(1, 8),
    rotation=st.sampled_from((0, 90, 180, 270)),
    duration_s=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    pages=sides,
    icc_profile=texts,
    has_alpha=st.booleans(),
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def reader(sent: bytes) -> Callable[[int], bytes]:
    stream = BytesIO(sent)

    def read(count: int) -> bytes:
        part = stream.read(count)
        if len(part) < count:
            raise EOFError
        return part

    return read


@given(facts=facts, blob=st.binary(max_size=100))
def test_what_is_sent_arrives(facts: Facts, blob: bytes) -> None:
    sent = frame({"facts": to_json(facts)}, blob) + blob
    header, received = read_frame(reader(sent), blob_bytes=100)

    assert from_json(Facts, header["facts"]) == facts
    assert received == blob


@given(keywords=st.lists(st.text(max_size=9)).map(tuple), title=texts)
def test_lists_and_absent_texts_arrive(keywords: tuple[str, ...], title: str | None) -> None:
    embedded = Embedded(title=title, keywords=keywords)
    header, _ = read_frame(reader(frame({"embedded": to_json(embedded)})), blob_bytes=0)

    assert from_json(Embedded, header["embedded"]) == embedded


@given(sent=st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_refused(sent: bytes) -> None:
    try:
        header, _ = read_frame(reader(sent), blob_bytes=10)
    except (WireError, EOFError):
        return
    assert isinstance(header, dict)


@given(raw=json_values)
def test_any_value_is_facts_or_refused(raw: Any) -> None:
    with pytest.raises(WireError):
        from_json(Facts, raw)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "picture"),
        ("kind", ["image"]),
        ("width", "640"),
        ("width", 640.5),
        ("width", True),
        ("has_alpha", 1),
        ("duration_s", "1.0"),
        ("icc_profile", 7),
        ("__class__", "Facts"),
    ],
)
def test_a_field_of_another_type_is_refused(field: str, value: object) -> None:
    raw = to_json(Facts(kind=Kind.IMAGE, format="png")) | {field: value}

    with pytest.raises(WireError):
        from_json(Facts, raw)


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(WireError, match=r"Picture\.width is missing"):
        from_json(Picture, {"height": 1, "format": "png"}, data=b"")


def test_more_bytes_than_agreed_are_refused() -> None:
    with pytest.raises(WireError, match="size out of bounds"):
        read_frame(reader(frame({}, b"12345")), blob_bytes=4)


def test_a_header_without_end_is_refused() -> None:
    with pytest.raises(WireError, match="header too long"):
        read_frame(reader(b"\xff\xff\xff\xff"), blob_bytes=0)
