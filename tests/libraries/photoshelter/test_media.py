"""Media as they are listed and read by id; also from a service that lies.

What the gate decides by is never guessed: such a record is left out, with its reason.
"""

from typing import Any

import pytest

from bridge_app.domain.assets import Kind
from bridge_app.domain.shelter import Visibility
from bridge_app.libraries.photoshelter.errors import (
    BadRecordError,
    EndlessListingError,
    NoPermissionError,
    NotUnderstoodError,
)
from bridge_app.libraries.photoshelter.values import MediaWindow
from bridge_app.sandbox.photoshelter.workspaces import add_workspace, vote
from tests.libraries.photoshelter.conftest import CAPABLE, Brand, MakeBrand, Victim
from tests.libraries.photoshelter.hostile import ID, Asked, Hostile, Said, record, refused, said

IPTC = {
    "title": "SP27_hero_0142",
    "instructions": "No crop. [[rights expires=2027-03-31 regions=NO,SE]]",
    "keywords": ["running", "campaign:spring-2027"],
    "contact_info": {"email": "rights@example.com"},
    "urgency": "3",
}


def with_iptc(**fields: object) -> dict[str, Any]:
    includes = {**record()["includes"], "iptc": {"data": {"attributes": fields}}}
    return record(includes=includes)


@pytest.fixture
def capable(hostile: Hostile) -> Hostile:
    hostile.on("/version", said(CAPABLE))
    return hostile


@pytest.mark.parametrize("capable_service", [True, False])
def test_a_page_tells_everything_whether_or_not_the_service_joins_it(
    make_brand: MakeBrand, capable_service: bool
) -> None:
    options = {} if capable_service else {"capabilities": frozenset(), "tells_version": False}
    brand = make_brand(**options)
    brand.state.add_custom_field(brand.id, "Approval Status", ["Approved", "Rejected"])
    gallery = brand.gallery(mode="everyone")
    hero = brand.media(
        "hero.tif",
        gallery,
        size=148_233_012,
        width=8256,
        height=5504,
        iptc=IPTC,
        custom={"Approval Status": "Approved"},
        rating=4,
        model_released=True,
    )
    film = brand.media("film.mp4", gallery, duration_s=12.5, iptc={"title": "Film"})
    user = brand.state.store.people()[0].id
    board = add_workspace(brand.state, "Board", organization=brand.id, media=[hero])
    vote(brand.state, board, hero, user=user, given="up")
    service = brand.service()
    page = service.media_page(MediaWindow(galleries=(gallery,)), 1)
    assert (page.total, page.has_more, page.troubles) == (2, False, ())
    first, second = page.assets
    assert first == service.media(hero)
    assert (first.media_id, first.kind, first.file_name) == (hero, Kind.IMAGE, "hero.tif")
    assert (first.bytes, first.width, first.height) == (148_233_012, 8256, 5504)
    assert first.iptc == {
        "title": "SP27_hero_0142",
        "instructions": "No crop. [[rights expires=2027-03-31 regions=NO,SE]]",
        "keywords": ("running", "campaign:spring-2027"),
        "contact_info.email": "rights@example.com",
        "urgency": "3",
    }
    assert first.custom == {"Approval Status": "Approved"}
    assert (first.galleries, first.visibility) == ((gallery,), Visibility.EVERYONE)
    assert (first.rating, first.model_released, first.property_released) == (4, True, None)
    assert first.version == 1
    assert first.review == ("approved" if capable_service else "")
    assert (second.media_id, second.kind, second.duration_s) == (film, Kind.VIDEO, 12.5)
    assert second.iptc["title"] == "Film"


def test_a_page_is_one_call_where_the_service_joins(brand: Brand) -> None:
    gallery = brand.gallery()
    for number in range(250):
        brand.media(f"{number}.jpg", gallery)
    service = brand.service()
    service.capabilities()
    brand.state.clear_log()
    first = service.media_page(MediaWindow(), 1)
    second = service.media_page(MediaWindow(), 2)
    assert (len(first.assets), first.has_more) == (200, True)
    assert (len(second.assets), second.has_more) == (50, False)
    assert brand.calls() == ["GET /media", "GET /media"]


def test_a_window_limits_what_is_listed(brand: Brand) -> None:
    brand.state.clock.set(brand.state.clock.now().replace(year=2026, month=5, microsecond=700_000))
    one, other = brand.gallery("One"), brand.gallery("Other")
    old = brand.media("old.jpg", one)
    brand.state.clock.set(brand.state.clock.now().replace(month=6))
    new = brand.media("new.jpg", other, iptc={"caption": "A lighthouse"})
    service = brand.service()

    def ids(**window: Any) -> set[str]:
        return {asset.media_id for asset in service.media_page(MediaWindow(**window), 1).assets}

    found = service.media(new)
    assert found is not None
    assert ids(galleries=(one,)) == {old}
    assert ids(galleries=(one, other)) == {old, new}
    assert ids(modified_from=found.modified_at, modified_until=found.modified_at) == {new}
    assert ids(created_until="2026-05-31T00:00:00Z") == {old}
    assert ids(words="lighthouse") == {new}
    assert ids(file_name="new.jpg") == {new}


def test_what_is_not_there_is_none_and_what_we_may_not_see_is_an_error(brand: Brand) -> None:
    other = brand.state.add_organization("Saltmarsh")
    hidden = brand.media("x.jpg", brand.state.add_gallery("Theirs", organization=other))
    service = brand.service()
    assert service.media("I0000zzzzzzzzzzz") is None
    with pytest.raises(NoPermissionError):
        service.media(hidden)
    trashed = brand.media("gone.jpg", brand.gallery())
    brand.state.trash(trashed)
    assert service.media(trashed) is None


def test_a_new_file_is_another_content(brand: Brand) -> None:
    hero = brand.media("hero.jpg", brand.gallery(), data=b"one")
    service = brand.service()
    before = service.media(hero)
    brand.state.replace_file(hero, b"two")
    after = service.media(hero)
    brand.state.update_media(hero, rating=5)
    rated = service.media(hero)
    keys = [asset.version_key for asset in (before, after, rated) if asset]
    assert keys[0] != keys[1]
    assert keys[1:] == [keys[1]] * 2


def test_a_page_the_service_would_not_serve_is_not_asked_for(
    capable: Hostile, victim: Victim
) -> None:
    capable.on("/media", said([record()], paging={"next": "more"}))
    assert victim.service.media_page(MediaWindow(), 999).has_more
    capable.asked.clear()
    with pytest.raises(EndlessListingError):
        victim.service.media_page(MediaWindow(), 1000)
    assert capable.asked == []


def test_a_window_is_counted_in_one_call(brand: Brand) -> None:
    gallery = brand.gallery()
    for number in range(3):
        brand.media(f"{number}.jpg", gallery)
    service = brand.service()
    brand.state.clear_log()
    assert service.media_total(MediaWindow(galleries=(gallery,))) == 3
    assert service.media_total(MediaWindow(words="nowhere")) == 0
    assert brand.calls() == ["GET /media"] * 2


def test_a_hostile_record_is_named_and_the_rest_goes_on(capable: Hostile, victim: Victim) -> None:
    good = [record(f"I0000{n:011d}") for n in range(3)]
    bad = [
        None,
        "text",
        {"id": "../../etc"},
        {"id": "I0000short", "attributes": {}},
        record("I0000badsize0000", file_size="lots"),
        record("I0000badsize0001", file_size=-1),
        record("I0000badsize0002", file_size=10**30),
        record("I0000badreleased", model_released="perhaps"),
        with_iptc(instructions={"rights": "nested"}),
        with_iptc(instructions="x" * 10_000_000),
        with_iptc(keywords=[{"word": "x"}]),
        with_iptc(keywords=["x" * 10] * 20_000 + [f"k{n}" for n in range(6_000)]),
    ]
    capable.on("/media", said([*good, *bad]))
    page = victim.service.media_page(MediaWindow(), 1)
    assert [asset.media_id for asset in page.assets] == [one["id"] for one in good]
    assert len(page.troubles) == len(bad)
    assert {one.id for one in page.troubles} >= {"I0000badsize0000", ID, ""}
    assert all(one.sentence for one in page.troubles)


def test_facts_that_were_not_joined_after_all_are_read_by_id(
    capable: Hostile, victim: Victim
) -> None:
    capable.on("/media", said([record(includes={"iptc": None})]))
    capable.on(f"/media/{ID}/custom-metadata", refused(404))
    capable.on(f"/media/{ID}/galleries", said([{"id": "G0000abcdefghijk", "type": "gallery"}]))
    page = victim.service.media_page(MediaWindow(), 1)
    assert [asset.galleries for asset in page.assets] == [("G0000abcdefghijk",)]


@pytest.mark.parametrize("status", [401, 404])
def test_metadata_that_cannot_be_read_is_not_taken_for_none(
    capable: Hostile, victim: Victim, status: int
) -> None:
    capable.on("/media", said([record(includes={})]))
    capable.on(f"/media/{ID}/custom-metadata", said([]))
    capable.on(f"/media/{ID}/iptc", refused(status, "AcsPermissionException" * (status == 401)))
    page = victim.service.media_page(MediaWindow(), 1)
    assert page.assets == ()
    assert [one.id for one in page.troubles] == [ID]


def test_a_kind_without_metadata_has_none(capable: Hostile, victim: Victim) -> None:
    document = "DO000abcdefghijk"
    capable.on("/media", said([record(document, includes={})]))
    for part in ("metadata", "custom-metadata", "galleries"):
        capable.on(f"/media/{document}/{part}", refused(415, "ResourceNotFoundException"))
    (asset,) = victim.service.media_page(MediaWindow(), 1).assets
    assert (asset.iptc, asset.custom, asset.galleries) == ({}, {}, ())


def test_one_record_that_is_too_long_costs_itself_alone(capable: Hostile, victim: Victim) -> None:
    other = "I0000bcdefghijkl"
    huge = with_iptc(caption="x" * 34_000_000)

    def page(asked: Asked) -> Said:
        if "include" in asked.query:
            return said([huge, record(other)])
        return said([record(includes={}), record(other, includes={})])

    capable.on("/media", page)
    capable.on(f"/media/{ID}", said(huge))
    capable.on(f"/media/{other}", said(record(other)))
    found = victim.service.media_page(MediaWindow(), 1)
    assert [asset.media_id for asset in found.assets] == [other]
    assert [one.id for one in found.troubles] == [ID]


ENDLESS = ["9" * 5_000, "[" * 100_000 + "]" * 100_000, "NaN", "[" * 90 + "-Infinity" + "]" * 90]


@pytest.mark.parametrize("place", ["file_size", "iptc", "custom-metadata", "unheard_of"])
def test_a_value_that_nothing_can_read_costs_its_record_alone(
    capable: Hostile, victim: Victim, place: str
) -> None:
    other = "I0000bcdefghijkl"
    for value in ENDLESS:
        marked = {**record()["includes"], place: {"data": "HERE"}}
        bad = record(file_size="HERE") if place == "file_size" else record(includes=marked)
        body = said([bad, record(other)]).body.replace(b'"HERE"', value.encode())
        capable.on("/media", Said(body=body))
        page = victim.service.media_page(MediaWindow(), 1)
        assert [asset.media_id for asset in page.assets] == [other]
        assert [one.id for one in page.troubles] == [ID]


def test_bytes_that_are_no_text_cost_no_record(capable: Hostile, victim: Victim) -> None:
    body = said([with_iptc(title="HERE")]).body.replace(b"HERE", b"\xff\nline")
    capable.on("/media", Said(body=body))
    (asset,) = victim.service.media_page(MediaWindow(), 1).assets
    assert asset.iptc["title"] == "\ufffd\nline"


def test_a_page_that_is_no_json_with_all_facts_is_read_without_them(
    capable: Hostile, victim: Victim
) -> None:
    def page(asked: Asked) -> Said:
        return Said(body=b"{") if "include" in asked.query else said([record(includes={})])

    capable.on("/media", page)
    capable.on(f"/media/{ID}", said(record()))
    assert len(victim.service.media_page(MediaWindow(), 1).assets) == 1
    capable.on("/media", Said(body=b"<html>"))
    with pytest.raises(NotUnderstoodError):
        victim.service.media_page(MediaWindow(), 1)


def test_a_record_that_cannot_be_read_by_id_says_why(capable: Hostile, victim: Victim) -> None:
    capable.on(f"/media/{ID}", said(record(model_released="perhaps")))
    with pytest.raises(BadRecordError, match="model_released"):
        victim.service.media(ID)


OTHERS: list[Any] = [None, [], "x", {"id": "I0000bcdefghijkl"}]


def test_an_answer_about_another_asset_is_none(capable: Hostile, victim: Victim) -> None:
    for told in OTHERS:
        capable.on(f"/media/{ID}", said(told))
        with pytest.raises(NotUnderstoodError):
            victim.service.media(ID)


def test_a_claimed_total_that_is_none_is_unknown(capable: Hostile, victim: Victim) -> None:
    for total in [None, -1, "many", 10**40, 2.5, [1]]:
        capable.on("/media", said([record()], paging={"total": total, "next": "more"}))
        page = victim.service.media_page(MediaWindow(), 1)
        assert (page.total, page.has_more) == (None, True)


def test_an_empty_page_is_the_last_whatever_it_claims(capable: Hostile, victim: Victim) -> None:
    capable.on("/media", said([], paging={"total": 10**6, "next": "more"}))
    assert victim.service.media_page(MediaWindow(), 7).has_more is False
