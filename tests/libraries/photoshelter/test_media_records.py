"""One media record as an asset, or why it cannot be one.

What the gate decides by is never guessed.
"""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.libraries.photoshelter.media_records import asset_of, trouble_of
from bridge_app.libraries.photoshelter.reading import UnreadableError
from bridge_app.libraries.photoshelter.values import RecordTrouble
from tests.libraries.photoshelter.hostile import ID, record

FILE_NAMES: list[tuple[Any, str]] = [
    ("../../etc/passwd", ".._.._etc_passwd"),
    ("C:\\evil\\hero.tif", "C:_evil_hero.tif"),
    ("..", ID),
    (".", ID),
    ("", ID),
    (None, ID),
    (7, ID),
    ("a\nb\u202egnp.jpg", "a b�gnp.jpg"),
    ("\ud800.jpg", "�.jpg"),
    ("<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"),
    ("x" * 300 + ".tiff", "x" * 250 + ".tiff"),
]


def test_a_file_name_is_a_name_of_a_file() -> None:
    for told, name in FILE_NAMES:
        found = asset_of(record(file_name=told), "brand", facts={}).file_name
        assert found == name
        assert len(found) <= 255


ODD_FACTS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"width": "8256"}, {"width": 8256}),
    ({"width": True}, {"width": None}),
    ({"width": -5}, {"width": None}),
    ({"width": 10**12}, {"width": None}),
    ({"height": 3.0}, {"height": 3}),
    ({"duration": "12.5"}, {"duration_s": 12.5}),
    ({"duration": float("1e300")}, {"duration_s": None}),
    ({"duration": "soon"}, {"duration_s": None}),
    ({"rating": 254}, {"rating": None}),
    ({"rating": -1}, {"rating": -1}),
    ({"flagged": "t"}, {"flagged": True}),
    ({"flagged": [1]}, {"flagged": False}),
    ({"file_size": None}, {"bytes": 0}),
    ({"model_released": "f"}, {"model_released": False}),
    ({"property_released": 1}, {"property_released": True}),
    ({"hash": "A" * 40}, {"hash": "sha1:" + "a" * 40}),
    ({"hash": "md5:" + "0" * 32}, {"hash": "md5:" + "0" * 32}),
    ({"hash": "none"}, {"hash": ""}),
    ({"hash": 7}, {"hash": ""}),
    ({"version": "3"}, {"version": 3}),
    ({"version": None}, {"version": 0}),
    (
        {"license_expires_at": "2027-03-31 23:59:59 GMT"},
        {"license_expires_at": "2027-03-31T23:59:59Z"},
    ),
    ({"license_expires_at": "when it suits"}, {"license_expires_at": "when it suits"}),
    (
        {"created_at": "2026-10-03 12:44:01 GMT", "modified_at": "2026-10-01T00:00:00+02:00"},
        {"created_at": "2026-09-30T22:00:00Z", "modified_at": "2026-10-03T12:44:01Z"},
    ),
    ({"created_at": "soon", "modified_at": 7}, {"created_at": "", "modified_at": ""}),
]


def test_facts_of_other_types_are_converted_or_unknown() -> None:
    for told, kept in ODD_FACTS:
        asset = asset_of(record(**told), "brand", facts={})
        assert {name: getattr(asset, name) for name in kept} == kept


def test_the_kind_is_told_in_one_of_three_ways() -> None:
    for told, kind in [
        ({"id": ID, "type": "media", "attributes": {"type": "image"}}, Kind.IMAGE),
        ({"id": "DO000abcdefghijk", "type": "media", "attributes": {"type": "doc"}}, Kind.DOCUMENT),
        ({"id": "VD000abcdefghijk", "type": 7}, Kind.VIDEO),
        ({"id": "AD000abcdefghijk"}, Kind.AUDIO),
    ]:
        assert asset_of(told, "brand", facts={}).kind is kind


def test_a_review_that_is_not_understood_approves_nothing() -> None:
    for told, review in [
        (None, ""),
        ({}, ""),
        ({"attributes": {"state": " Approved "}}, "approved"),
        ({"attributes": {"state": "thumbs"}}, "pending"),
        ({"attributes": {"state": ["approved"]}}, "pending"),
    ]:
        assert asset_of(record(), "brand", facts={"review": told}).review == review


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


NAMES = (
    *record()["attributes"],
    *("rating", "flagged", "model_released", "license_expires_at", "hash", "version", "duration"),
    *("created_at", "modified_at", "type"),
)


@settings(max_examples=60)
@given(
    attributes=st.dictionaries(st.sampled_from(NAMES), anything) | anything,
    includes=st.dictionaries(
        st.sampled_from(("iptc", "custom-metadata", "galleries", "review")),
        anything | st.fixed_dictionaries({"data": anything}),
    )
    | anything,
)
def test_any_record_is_an_asset_or_a_reason(attributes: object, includes: object) -> None:
    told = {"id": ID, "type": "image", "attributes": attributes, "includes": includes}
    try:
        found: object = asset_of(told, "brand", facts={})
    except UnreadableError as error:
        found = trouble_of(told, error)
    if isinstance(found, RecordTrouble):
        assert found.sentence
    else:
        assert isinstance(found, ShelterAsset)
        texts = [found.file_name, *found.custom, *map(str, found.iptc.values())]
        json.dumps(texts, ensure_ascii=False).encode()
        assert "/" not in found.file_name
        assert len(found.version_key) == 64
