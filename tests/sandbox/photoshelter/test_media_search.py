"""What each parameter of the search finds."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.photoshelter.media_search import read_search
from bridge_app.sandbox.photoshelter.records import FileVersion, Media
from bridge_app.sandbox.photoshelter.search_parameters import BadSearchError

NOON = datetime(2026, 11, 18, 12, 0, 0, 900_000, tzinfo=UTC)
HERO = Media(
    id="I0000zT5.yU_8iO1p",
    kind="image",
    organization="O0000k9JhGfDs.56",
    file_name="SP27_hero_0142.tif",
    versions=(FileVersion(number=1, size=148_233_012, width=8256, height=5504),),
    galleries=("G0000a",),
    creator="U0000c4VbNmLk.78",
    iptc={
        "title": "Trail at dawn",
        "caption": "Runner crests a ridge, Lofoten.",
        "keywords": ["running", "campaign:spring-2027"],
        "city": "Svolvær",
        "country": "Norway",
        "country_iso": "NOR",
        "date_taken": "2026-09-14T04:51:22Z",
        "contact_info": {"email": "rights@example.com"},
    },
    custom={"MF1": "MO1", "MF2": "MO9"},
    rating=4,
    model_released=True,
    searchable=True,
    created_at=NOON - timedelta(days=46),
    modified_at=NOON,
    serial=7,
)


def finds(media: Media, params: dict[str, str]) -> bool:
    return read_search(params).finds(media)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"terms": "dawn LOFOTEN"},
        {"terms": '"crests a ridge"'},
        {"terms": "sp27_hero nor svolvær"},
        {"terms": "nothing dawn", "match_all_terms": "false"},
        {"file_name": "HERO_0142"},
        {"keywords": "campaign:spring"},
        {"title": "dawn", "caption": "ridge"},
        {"contact_info": "email,rights@,url,"},
        {"org_id": HERO.organization, "user_id": "U0000c4VbNmLk.78"},
        {"photographer_id": "U0000c4VbNmLk.78"},
        {"media_id": f"I0000,{HERO.id}"},
        {"media_type": "video,image"},
        {"rating": "4"},
        {"rating_min": "3", "rating_max": "4"},
        {"orientation": "square,horizontal"},
        {"model_release": "true", "property_release": "false"},
        {"searchble": "true"},
        {"is_empty": "headline,ci_city", "not_empty": "title,keywords,ci_email"},
        {"custom_metadata": json.dumps({"MF1": "MO1", "MF2": "MO9"})},
        {"date_start": "2026-09-14", "date_end": "2026-09-14"},
        {"create_end": "2026-10-03 12:00:00 GMT"},
        {"modify_start": "2026-11-18 12:00:00 GMT", "modify_end": "2026-11-18 12:00:00 GMT"},
        {"modify_start": "2026-11-18T14:00:00+02:00"},
        {"modify_end": "2026-11-18"},
        {"nobody_knows": "this"},
    ],
)
def test_it_finds_what_all_parameters_ask_for(params: dict[str, str]) -> None:
    assert finds(HERO, params)


@pytest.mark.parametrize(
    "params",
    [
        {"terms": "dawn dusk"},
        {"terms": '"ridge crests"'},
        {"terms": "rights@example.com"},
        {"terms": "dusk noon", "match_all_terms": "f"},
        {"file_name": "dawn"},
        {"contact_info": "email,other"},
        {"org_id": "O0000"},
        {"org_id": HERO.organization.lower()},
        {"user_id": "U0000"},
        {"virtual_agency_id": "VA000"},
        {"media_id": HERO.id.lower()},
        {"media_type": "doc"},
        {"rating_min": "5"},
        {"rating_max": "3"},
        {"orientation": "vertical,panoramic"},
        {"model_release": "false"},
        {"is_empty": "title"},
        {"not_empty": "headline"},
        {"custom_metadata": json.dumps({"MF1": "MO2"})},
        {"date_end": "2026-09-13"},
        {"create_start": "2026-10-03 12:00:01 GMT"},
        {"modify_start": "2026-11-18 12:00:01 GMT"},
        {"modify_end": "2026-11-18 11:59:59 GMT"},
        {"title": "dawn", "caption": "valley"},
    ],
)
def test_it_finds_nothing_where_one_parameter_says_otherwise(params: dict[str, str]) -> None:
    assert not finds(HERO, params)


@pytest.mark.parametrize(
    "params",
    [
        {"sort_by": "colour"},
        {"sort_dir": "up"},
        {"rating_min": "four"},
        {"orientation": "diagonal"},
        {"model_release": "perhaps"},
        {"is_empty": "colour"},
        {"custom_metadata": "[]"},
        {"custom_metadata": '{"a": 1}'},
        {"custom_metadata": "{"},
        {"contact_info": "email"},
        {"modify_start": "last week"},
        {"modify_start": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_what_cannot_be_understood_is_told(params: dict[str, str]) -> None:
    with pytest.raises(BadSearchError, match=next(iter(params))):
        read_search(params)


@pytest.mark.parametrize(
    ("kind", "params"), [("document", {"media_type": "doc"}), ("video", {"media_type": "video"})]
)
def test_kinds_have_their_names_in_the_search(kind: str, params: dict[str, str]) -> None:
    assert finds(replace(HERO, kind=kind), params)


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [
        (100, 100, "square"),
        (100, 200, "vertical"),
        (200, 100, "panoramic"),
        (199, 100, "horizontal"),
    ],
)
def test_shapes_come_from_the_pixels(width: int, height: int, shape: str) -> None:
    shaped = replace(HERO, versions=(FileVersion(number=1, size=1, width=width, height=height),))
    assert finds(shaped, {"orientation": shape})
    unknown = replace(HERO, versions=(FileVersion(number=1, size=1),))
    assert not finds(unknown, {"orientation": shape})


@pytest.mark.parametrize(
    ("sort_by", "key"),
    [("file_name", "file_name"), ("upload_time", "created_at"), ("relevance", "serial")],
)
def test_the_order_is_total(sort_by: str, key: str) -> None:
    later = replace(HERO, serial=8)
    search = read_search({"sort_by": sort_by, "sort_dir": "desc"})
    assert search.descending
    assert search.order(HERO) < search.order(later)
    assert getattr(HERO, key) is not None


def test_where_it_looks_is_told_apart() -> None:
    search = read_search({"galleries": "G1, G2,", "collections": "C1"})
    assert search.galleries == {"G1", "G2"}
    assert search.collections == {"C1"}


hostile: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.booleans(),
)


@given(
    iptc=st.dictionaries(
        st.sampled_from(["title", "keywords", "caption", "date_taken", "contact_info"]), hostile
    )
)
def test_records_of_any_type_can_be_searched(iptc: dict[str, Any]) -> None:
    media = replace(HERO, iptc=iptc)
    for params in (
        {"terms": "a b"},
        {"keywords": "a", "contact_info": "city,Oslo"},
        {"date_start": "2026-01-01"},
        {"is_empty": "title", "not_empty": "ci_city"},
    ):
        read_search(params).finds(media)
    read_search({"sort_by": "date"}).order(media)
