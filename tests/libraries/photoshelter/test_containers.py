"""The tree as it is listed, and the changes to it; also by a service that lies."""

from typing import Any

import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.shelter import ContainerKind, ShelterContainer, Visibility
from bridge_app.libraries.photoshelter.errors import (
    CutShortError,
    EndlessListingError,
    NoPermissionError,
)
from bridge_app.libraries.photoshelter.service import ShelterService
from tests.libraries.photoshelter.conftest import PASSWORD, Brand, MakeBrand, Victim
from tests.libraries.photoshelter.hostile import Asked, Hostile, Said, said


def all_of(service: ShelterService, parent: str | None = None) -> list[ShelterContainer]:
    return [one for page in service.containers(parent) for one in page]


def test_the_root_and_what_lies_in_a_collection_are_listed(brand: Brand) -> None:
    spring = brand.state.add_collection("Spring / 2027 🌊", organization=brand.id)
    inner = brand.state.add_collection("Inner", organization=brand.id, parents=[spring])
    hero = brand.gallery(parents=[spring, inner], mode="everyone", description="Heroes")
    loose = brand.gallery("Loose")
    service = brand.service()
    assert {one.id: one.kind for one in all_of(service)} == {
        spring: ContainerKind.COLLECTION,
        loose: ContainerKind.GALLERY,
    }
    found = {one.id: one for one in all_of(service, spring)}
    assert set(found) == {inner, hero}
    assert found[hero].name == "Hero – finals"
    assert found[hero].description == "Heroes"
    assert set(found[hero].parents) == {spring, inner}
    assert found[hero].visibility is Visibility.EVERYONE
    assert found[hero].created_at.endswith("Z")


@pytest.mark.parametrize("capable", [True, False])
def test_all_galleries_are_listed_wherever_they_lie(make_brand: MakeBrand, capable: bool) -> None:
    brand = make_brand(**({} if capable else {"capabilities": frozenset(), "tells_version": False}))
    spring = brand.state.add_collection("Spring", organization=brand.id)
    made = {brand.gallery(f"Gallery {n}", parents=[spring]) for n in range(3)}
    pages = list(brand.service().all_containers(ContainerKind.GALLERY))
    assert {one.id for page in pages for one in page} == made
    assert all(one.parents == ((spring,) if capable else ()) for page in pages for one in page)


def test_long_listings_come_in_pages_and_go_on_where_they_ended(brand: Brand) -> None:
    spring = brand.state.add_collection("Spring", organization=brand.id)
    made = [brand.gallery(f"Gallery {n}", parents=[spring]) for n in range(450)]
    service = brand.service()
    pages = [[one.id for one in page] for page in service.containers(spring)]
    assert [len(page) for page in pages] == [200, 200, 50]
    assert [one for page in pages for one in page] == made
    rest = [[one.id for one in page] for page in service.containers(spring, first_page=3)]
    assert rest == pages[2:]


@pytest.mark.parametrize("capable", [True, False])
def test_a_container_is_read_by_its_id_and_is_none_if_there_is_none(
    make_brand: MakeBrand, capable: bool
) -> None:
    brand = make_brand(**({} if capable else {"capabilities": frozenset(), "tells_version": False}))
    spring = brand.state.add_collection("Spring", organization=brand.id)
    gallery = brand.gallery("Heroes", parents=[spring])
    found = brand.service().container(gallery)
    assert found is not None
    assert (found.name, found.parents) == ("Heroes", (spring,) if capable else ())
    assert brand.service().container("G0000abcdefghijk") is None


def test_a_gallery_tells_how_much_it_holds(brand: Brand) -> None:
    gallery = brand.gallery()
    for number in range(3):
        brand.media(f"{number}.jpg", gallery)
    assert brand.service().gallery_counts(gallery) == 3


def test_containers_are_made_moved_and_shown(brand: Brand) -> None:
    service = brand.service()
    year = service.create_collection("2027", None)
    archive = service.create_collection("_Archive", year)
    gallery = service.create_gallery("Spring · renditions", (archive, year))
    made = brand.state.container(gallery)
    assert (made.name, made.parents, made.is_listed) == (
        "Spring · renditions",
        (archive, year),
        False,
    )
    assert made.mode.value == "private"
    service.move(gallery, year)
    service.set_visibility(gallery, Visibility.PERMISSION)
    moved = brand.state.container(gallery)
    assert (moved.parents, moved.mode.value) == ((year,), "permission")
    service.move(gallery, None)
    assert brand.state.container(gallery).parents == ()


def test_a_name_that_the_service_would_spoil_is_refused_here(brand: Brand) -> None:
    for name in ["", "   ", "x" * 101, "ends with a full stop."]:
        service = brand.service()
        brand.state.clear_log()
        with pytest.raises(InvalidInputError):
            service.create_gallery(name, ())
        assert brand.calls() == []


def test_a_role_that_may_not_is_told_so(brand: Brand) -> None:
    brand.state.add_user("tag@example.com", PASSWORD, role="tagger", organizations=[brand.id])
    brand.kept.held = brand.signed_in(email="tag@example.com").credentials
    with pytest.raises(NoPermissionError, match="role"):
        brand.service().set_visibility(brand.gallery(), Visibility.EVERYONE)


def test_what_is_no_containers_id_never_stands_in_an_address(
    hostile: Hostile, victim: Victim
) -> None:
    for given in ["", "..", "../user", "G0000abc/../../x", "I0000abcdefghijk"]:
        with pytest.raises(InvalidInputError):
            victim.service.move(given, None)
        assert all(".." not in path for path in hostile.paths())


ROOT = "/library"
GOOD = {"id": "G0000abcdefghijk", "type": "gallery", "attributes": {"name": "Good"}}


NO_CONTAINERS: list[Any] = [
    None,
    7,
    "G0000abcdefghijk",
    [],
    {},
    {"id": None},
    {"id": 12},
    {"id": ".."},
    {"id": "X0000abcdefghijk", "attributes": {"name": "of no kind"}},
    {"id": "G0000abc/efghijk", "attributes": {}},
    {"id": "G0000abcdefghij\n", "attributes": {}},
]


def test_what_is_no_container_is_left_out_and_the_rest_goes_on(
    hostile: Hostile, victim: Victim
) -> None:
    for record in NO_CONTAINERS:
        hostile.on(ROOT, said([record, GOOD]))
        assert [one.name for one in all_of(victim.service)] == ["Good"]


ODD_FACTS: list[tuple[Any, str]] = [
    (None, "G0000abcdefghijk"),
    ([], "G0000abcdefghijk"),
    ({"name": None}, "G0000abcdefghijk"),
    ({"name": 7}, "G0000abcdefghijk"),
    ({"name": ["x"]}, "G0000abcdefghijk"),
    ({"name": "  \n "}, "G0000abcdefghijk"),
    ({"name": "a\u0000b\ud800c\u202edef"}, "a�b�c�def"),
    ({"name": "<b>bold</b>"}, "<b>bold</b>"),
    ({"name": "x" * 10_000_000}, "x" * 255),
    ({"name": "ok", "description": {"a": 1}, "mode": 7, "is_listed": "yes"}, "ok"),
    ({"name": "ok", "created_at": "yesterday", "modified_at": 10**300}, "ok"),
    ({"name": "ok", "parents": [None, 7, "..", "C0000abcdefghijk"]}, "ok"),
]


def test_a_container_with_odd_facts_is_as_private_as_can_be(
    hostile: Hostile, victim: Victim
) -> None:
    for attributes, name in ODD_FACTS:
        hostile.on(ROOT, said([{"id": "G0000abcdefghijk", "attributes": attributes}]))
        (found,) = all_of(victim.service)
        assert found.name == name
        assert found.visibility is Visibility.PRIVATE
        assert found.is_listed is False
        assert set(found.parents) <= {"C0000abcdefghijk"}
        assert (found.created_at, found.modified_at) == ("", "")


def test_the_root_may_be_a_bare_list(hostile: Hostile, victim: Victim) -> None:
    hostile.on(ROOT, Said(body=b'[{"id":"C0000abcdefghijk","attributes":{"name":"Bare"}}]'))
    assert [one.name for one in all_of(victim.service)] == ["Bare"]


def test_pages_that_repeat_themselves_for_ever_end_with_a_word(
    hostile: Hostile, victim: Victim
) -> None:
    hostile.on(ROOT, said([GOOD], paging={"next": "more", "total": 10**9}))
    pages = victim.service.containers(None)
    assert [one.name for one in next(pages)] == ["Good"]
    with pytest.raises(EndlessListingError):
        list(pages)
    assert hostile.paths().count("GET /library") == 2


def test_pages_without_an_end_end_with_a_word(hostile: Hostile, victim: Victim) -> None:
    def page(asked: Asked) -> Said:
        number = int(asked.query["page"])
        record = {"id": f"G0000{number:011d}", "attributes": {"name": str(number)}}
        return said([record], paging={"next": "more"})

    hostile.on(ROOT, page)
    with pytest.raises(EndlessListingError):
        list(victim.service.containers(None, first_page=990))
    assert hostile.asked[-1].query["page"] == "999"


def test_a_listing_that_shows_less_than_it_claims_says_so_at_its_end(
    hostile: Hostile, victim: Victim
) -> None:
    hostile.on(ROOT, said([GOOD], paging={"total": 2}))
    pages = victim.service.containers(None)
    assert [one.name for one in next(pages)] == ["Good"]
    with pytest.raises(CutShortError):
        next(pages)


WRONG_PAGING: list[dict[str, Any]] = [{}, {"paging": None}, {"paging": {"total": "many"}}]


def test_wrong_counts_end_a_listing_at_its_last_record(hostile: Hostile, victim: Victim) -> None:
    for paging in WRONG_PAGING:
        hostile.on(ROOT, said([GOOD], **paging))
        assert len(all_of(victim.service)) == 1


WRONG_COUNTS: list[Any] = [None, "many", -3, 2.5, [], {}, True, 10**60]


def test_a_count_that_is_none_is_zero(hostile: Hostile, victim: Victim) -> None:
    for count in WRONG_COUNTS:
        hostile.on("/galleries", said([], children_count={"total": count}))
        assert victim.service.gallery_counts("G0000abcdefghijk") == 0
