"""A picture in a field: only its own object changes, in whatever shape it is."""

import copy
from typing import Any

import pytest

from bridge_app.domain.contentstack import REFERRED, EntryField, FieldKind, locale_for
from bridge_app.domain.contentstack_fields import (
    FieldFullError,
    NotForPicturesError,
    OtherValueError,
    Picture,
    digest,
    kind_of,
    shown,
    without,
    written,
)
from bridge_app.sandbox.contentstack.sample import CHOSEN, ELSEWHERE, WHOLE

URL = "https://res.cloudinary.com/demo-brand/image/upload/c_fill,w_800/v1799999999/sp27/banner_0142"


def picture(public_id: str = "sp27/banner_0142") -> Picture:
    return Picture(
        name="banner.tif",
        public_id=public_id,
        resource_type="image",
        delivery_type="upload",
        version=1799999999,
        url=URL,
        format="jpg",
        width=800,
        height=450,
        bytes=90_000,
        copy="bltcopy",
    )


def place(kind: FieldKind = FieldKind.CLOUDINARY, label: str = "", most: int = 0) -> EntryField:
    return EntryField(
        content_type="article",
        entry="blt1",
        field="hero",
        locale="en-us",
        kind=kind,
        label=label,
        most=most,
        carrier=("picture", "address", "url") if kind in REFERRED else (),
    )


def shapes() -> list[dict[str, Any]]:
    return copy.deepcopy([WHOLE, CHOSEN, ELSEWHERE])


def test_a_whole_object_is_renewed_where_it_stands() -> None:
    value: Any = written(place(label="main"), shapes(), picture())
    assert value[1:] == [CHOSEN, ELSEWHERE]
    assert list(value[0]) == list(WHOLE)
    assert (value[0]["version"], value[0]["secure_url"]) == (1799999999, URL)
    assert (value[0]["width"], value[0]["bytes"], value[0]["format"]) == (800, 90_000, "jpg")
    assert value[0]["derived"] == [{"secure_url": URL}]
    assert (value[0]["id"], value[0]["tags"]) == (WHOLE["id"], WHOLE["tags"])


def test_an_object_of_chosen_keys_gets_what_names_the_picture_and_no_more() -> None:
    value: Any = written(place(), shapes(), picture("sp26/portrait"))
    assert (value[0], value[2]) == (WHOLE, ELSEWHERE)
    named = {"public_id", "resource_type", "type", "version", "secure_url"}
    assert set(value[1]) == set(CHOSEN) | named


def test_another_configurations_object_is_another_picture() -> None:
    value: Any = written(place(), shapes(), picture())
    assert value[:3] == shapes()
    assert "cs_metadata" not in value[3]
    other: Any = written(place(label="other"), shapes(), picture())
    assert other[:2] == [WHOLE, CHOSEN]
    assert other[2]["secure_url"] == URL
    new: Any = written(place(label="third"), [], picture())
    assert new[0]["cs_metadata"] == {"config_label": "third"}


def test_writing_twice_is_writing_once() -> None:
    for kind in FieldKind:
        once = written(place(kind), None, picture())
        assert written(place(kind), once, picture()) == once
        assert digest(place(kind), once, picture().key(place(kind)))
        gone = without(place(kind), once, picture().key(place(kind)))
        assert digest(place(kind), gone, picture().key(place(kind))) == ""


def test_what_is_given_is_never_changed_in_place() -> None:
    value = shapes()
    written(place(label="main"), value, picture())
    without(place(label="main"), value, picture().public_id)
    assert value == shapes()


def test_a_full_field_takes_no_more_but_renews_what_it_has() -> None:
    with pytest.raises(FieldFullError):
        written(place(most=3), shapes(), picture("new"))
    assert written(place(label="main", most=3), shapes(), picture()) != shapes()


def test_what_is_no_list_of_pictures_is_left_alone() -> None:
    with pytest.raises(OtherValueError):
        written(place(), {"type": "doc"}, picture())


def test_what_an_editor_puts_beside_the_picture_is_not_ours() -> None:
    value: Any = written(place(), [], picture())
    told = [{**value[0], "alt": "Dawn"}]
    assert digest(place(), told, picture().public_id) == digest(place(), value, picture().public_id)


@pytest.mark.parametrize(
    "schema",
    [
        {"uid": "title", "data_type": "text"},
        {"uid": "body", "data_type": "json", "field_metadata": {"allow_json_rte": True}},
        {"uid": "texts", "data_type": "text", "multiple": True},
        {"uid": "group", "data_type": "group"},
    ],
)
def test_pictures_go_into_fields_for_them_only(schema: dict[str, Any]) -> None:
    with pytest.raises(NotForPicturesError):
        kind_of(schema)


@pytest.mark.parametrize(
    ("language", "market", "locale"),
    [
        ("de", "AT", "de-at"),
        ("de", "CH", "de-de"),
        ("fr", "", "fr-fr"),
        ("", "AT", "de-at"),
        ("it", "", "en-us"),
        ("", "", "en-us"),
    ],
)
def test_a_locale_is_found_by_what_was_said_then_by_its_name(
    language: str, market: str, locale: str
) -> None:
    said = {"de": "de-de", "AT": "de-at", "fr": "fr-fr"}
    known = ["en-us", "de-de", "de-at", "fr-fr"]
    assert locale_for(said, language, market, known, "en-us") == locale


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (FieldKind.CLOUDINARY, None, ()),
        (FieldKind.CLOUDINARY, [CHOSEN, {"public_id": "bare"}], (CHOSEN["secure_url"], "bare")),
        (FieldKind.URL, "", ()),
        (FieldKind.URL, "https://a/b.jpg", ("https://a/b.jpg",)),
        (FieldKind.LINK, {"title": "", "href": "https://a"}, ("https://a",)),
        (FieldKind.LINK, None, ()),
        (FieldKind.FILE, {"uid": "blt1", "url": "https://a/1"}, ("https://a/1",)),
        (FieldKind.FILES, ["blt1", {"uid": "blt2", "url": "https://a/2"}], ("blt1", "https://a/2")),
        (FieldKind.REFERENCES, [{"uid": "blt3", "_content_type_uid": "picture"}], ("blt3",)),
    ],
)
def test_what_a_field_shows_is_told_by_addresses_or_names(
    kind: FieldKind, value: object, told: tuple[str, ...]
) -> None:
    assert shown(place(kind), value) == told
