"""What we write about an asset, and that nobody's words are overwritten."""

import json

import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.libraries.photoshelter.errors import (
    CutShortError,
    EditConflictError,
    NotOfferedError,
    NotThereError,
)
from bridge_app.libraries.photoshelter.values import RenditionLink
from tests.libraries.photoshelter.conftest import Brand, MakeBrand, Victim
from tests.libraries.photoshelter.hostile import Asked, Hostile, Said, refused, said

ID = "I0000abcdefghijk"


def hero(brand: Brand, **iptc: object) -> str:
    return brand.media("hero.tif", brand.gallery(), iptc=iptc)


def test_fields_are_changed_cleared_and_left_alone(brand: Brand) -> None:
    media = hero(brand, title="Old", headline="Stays", caption="Goes", keywords=["a", "b"])
    service = brand.service()
    before = service.media(media)
    assert before is not None
    told = service.write_iptc(
        media,
        {"title": "New", "caption": None, "keywords": ("b", "c")},
        base_modified=before.modified_at,
    )
    after = service.media(media)
    assert after is not None
    assert after.iptc == {"title": "New", "headline": "Stays", "keywords": ("b", "c")}
    assert told == after.modified_at


def test_what_somebody_else_changed_is_not_overwritten(brand: Brand) -> None:
    media = hero(brand, title="Old")
    service = brand.service()
    with pytest.raises(EditConflictError):
        service.write_iptc(media, {"title": "Ours"}, base_modified="2020-01-01T00:00:00Z")
    assert brand.state.media(media).iptc["title"] == "Old"


def test_a_service_that_ignores_the_lock_is_asked_first(hostile: Hostile, victim: Victim) -> None:
    hostile.on(f"/media/{ID}", said({"id": ID, "attributes": {"modified_at": "2026-05-02"}}))
    hostile.on(f"/media/{ID}/iptc", said({}))
    with pytest.raises(EditConflictError):
        victim.service.write_iptc(ID, {"title": "x"}, base_modified="2026-05-01T00:00:00Z")
    assert not any(path.startswith("PATCH") for path in hostile.paths())


def test_without_a_base_it_is_written_as_it_is(brand: Brand) -> None:
    media = hero(brand, title="Old")
    brand.service().write_iptc(media, {"title": "New"}, base_modified="")
    assert brand.state.media(media).iptc["title"] == "New"


def test_a_part_of_the_contact_leaves_the_others(brand: Brand) -> None:
    media = hero(brand, contact_info={"email": "a@example.com", "city": "Svolvær"})
    service = brand.service()
    service.write_iptc(media, {"contact_info.email": "b@example.com"}, base_modified="")
    found = service.media(media)
    assert found is not None
    assert found.iptc["contact_info.email"] == "b@example.com"
    assert found.iptc["contact_info.city"] == "Svolvær"


def test_films_have_metadata_as_well(brand: Brand) -> None:
    film = brand.media("film.mp4", brand.gallery())
    service = brand.service()
    service.write_iptc(film, {"title": "Film"}, base_modified="")
    service.add_keywords(film, ("dawn",))
    assert brand.state.media(film).iptc == {"title": "Film", "keywords": ["dawn"]}


def test_keywords_are_added_and_removed_once(brand: Brand) -> None:
    media = hero(brand, keywords=["Running", "dawn"])
    service = brand.service()
    service.add_keywords(media, ("running", "rendered:cloudinary", "rendered:cloudinary"))
    assert brand.state.media(media).iptc["keywords"] == ["Running", "dawn", "rendered:cloudinary"]
    brand.state.clear_log()
    service.add_keywords(media, ("rendered:cloudinary",))
    service.remove_keywords(media, ("not there",))
    assert not any(call.startswith("PATCH") for call in brand.calls())
    service.remove_keywords(media, ("DAWN", "running"))
    assert brand.state.media(media).iptc["keywords"] == ["rendered:cloudinary"]


def test_keywords_of_somebody_who_was_faster_are_kept(hostile: Hostile, victim: Victim) -> None:
    words = [["theirs"], ["theirs", "newer"]]

    def answer(asked: Asked) -> Said:
        if asked.method == "PATCH" and len(words) > 1:
            words.pop(0)
            return refused(409, "EditConflictException")
        return said({"attributes": {"keywords": words[0]}}, modified_at="2026-05-01 00:00:00 GMT")

    hostile.on(f"/media/{ID}/iptc", answer)
    victim.service.add_keywords(ID, ("ours",))
    sent = json.loads(hostile.asked[-1].body)["data"]["attributes"]["keywords"]
    assert sent == ["theirs", "newer", "ours"]
    assert hostile.asked[-1].query["meta_if_modified_at"] == "2026-05-01 00:00:00 GMT"
    # Moments are told in seconds: what was added in the same one stays all the same.
    assert hostile.asked[-1].query["keywords_mode"] == "append"


def test_a_conflict_without_an_end_is_told(hostile: Hostile, victim: Victim) -> None:
    hostile.on(
        f"/media/{ID}/iptc",
        lambda asked: (
            refused(409, "EditConflictException")
            if asked.method == "PATCH"
            else said({"attributes": {}})
        ),
    )
    with pytest.raises(EditConflictError):
        victim.service.add_keywords(ID, ("ours",))


def test_keywords_that_cannot_be_read_are_not_replaced(hostile: Hostile, victim: Victim) -> None:
    for told in [{"keywords": 7.5}, {"keywords": {"a": 1}}]:
        hostile.on(f"/media/{ID}/iptc", said({"attributes": told}))
        if told == {"keywords": 7.5}:
            victim.service.add_keywords(ID, ("7.5",))
        else:
            with pytest.raises(InvalidInputError):
                victim.service.add_keywords(ID, ("ours",))
        assert not any(path.startswith("PATCH") for path in hostile.paths())


def test_what_is_no_keyword_is_not_sent(hostile: Hostile, victim: Victim) -> None:
    for word in ["", "  ", "ü" * 33]:
        with pytest.raises(InvalidInputError):
            victim.service.add_keywords(ID, (word,))
        assert hostile.asked == []


def test_custom_fields_are_chosen_by_their_names(brand: Brand) -> None:
    brand.state.add_custom_field(brand.id, "Approval Status", ["In review", "Approved"])
    media = hero(brand)
    service = brand.service()
    (field,) = service.custom_fields()
    assert (field.name, [one.name for one in field.options]) == (
        "Approval Status",
        ["In review", "Approved"],
    )

    def chosen() -> object:
        found = service.media(media)
        assert found is not None
        return found.custom

    service.write_custom(media, {"approval_status": "IN_REVIEW"})
    assert chosen() == {"Approval Status": "In review"}
    service.write_custom(media, {"Approval Status": None})
    assert chosen() == {}
    for choices in ({"Region": "EMEA"}, {"Approval Status": "Perhaps"}):
        with pytest.raises(InvalidInputError):
            service.write_custom(media, choices)


def test_fields_that_are_none_are_left_out(hostile: Hostile, victim: Victim) -> None:
    for told in [None, "x", [None, 7], [{"id": "f"}], [{"id": 7, "attributes": {"name": "x"}}]]:
        hostile.on("/metadata/fields", said(told))
        assert victim.service.custom_fields() == ()


def test_options_that_are_none_are_left_out(hostile: Hostile, victim: Victim) -> None:
    options = [None, {"id": "o1", "name": "One"}, {"id": 2, "name": "Two"}, {"id": "o3"}]
    told = [{"id": "f", "attributes": {"name": "Field", "options": options}}]
    hostile.on("/metadata/fields", said(told))
    assert [one.name for one in victim.service.custom_fields()[0].options] == ["One"]


def test_a_service_without_custom_fields_has_none(victim: Victim) -> None:
    assert victim.service.custom_fields() == ()


def test_renditions_are_listed_at_their_master(brand: Brand) -> None:
    media = hero(brand)
    service = brand.service()
    wanted = RenditionLink(
        name="web_hero_1600",
        url="https://res.cloudinary.com/demo/image/upload/f_auto/hero",
        facts={"transformation": "f_auto", "channel": "web"},
    )
    service.put_links(media, (wanted,), instead_of=frozenset())
    (found,) = service.links(media)
    assert (found.name, found.url) == (wanted.name, wanted.url)
    assert dict(wanted.facts).items() <= dict(found.facts).items()
    service.put_links(media, service.links(media), instead_of=frozenset())
    assert len(service.links(media)) == 1
    service.put_links(media, (), instead_of=frozenset({"web_hero_1600"}))
    assert service.links(media) == ()


def test_what_others_have_listed_stays_to_the_last_fact(hostile: Hostile, victim: Victim) -> None:
    crop = {"url": "https://example.com/c"}
    theirs: list[dict[str, object]] = [
        {"name": "poster", "url": "https://example.com/p", "width": 1600, "tags": ["a", {"b": 1}]},
        {"name": "no address", "note": None},
    ]
    theirs.extend({**crop, "name": f"crop-{one}"} for one in range(1_500))
    ours = {"name": "web", "url": "https://example.com/old"}
    listed = [{"type": "link", "id": "x", "attributes": one} for one in (ours, *theirs)]
    hostile.on(f"/media/{ID}/links", said(listed))
    link = RenditionLink(name="web-2", url="https://example.com/new")
    victim.service.put_links(ID, (link,), instead_of=frozenset({"web"}))
    assert hostile.asked[-1].method == "PUT"
    sent = [one["attributes"] for one in json.loads(hostile.asked[-1].body)["data"]]
    assert sent == [*theirs, {"name": "web-2", "url": "https://example.com/new"}]


def test_a_list_that_was_cut_short_is_not_replaced(hostile: Hostile, victim: Victim) -> None:
    listed = [{"attributes": {"name": "poster", "url": "https://example.com/p"}}]
    hostile.on(f"/media/{ID}/links", said(listed, paging={"total": 2}))
    with pytest.raises(CutShortError):
        victim.service.put_links(ID, (), instead_of=frozenset())
    assert not any(path.startswith("PUT") for path in hostile.paths())


def test_where_renditions_cannot_be_listed_that_is_said(make_brand: MakeBrand) -> None:
    brand = make_brand(capabilities=frozenset())
    media = hero(brand)
    service = brand.service()
    with pytest.raises(NotOfferedError):
        service.links(media)
    with pytest.raises(NotOfferedError):
        service.put_links(media, (), instead_of=frozenset())


def test_links_that_are_none_are_left_out(hostile: Hostile, victim: Victim) -> None:
    told = [None, {"attributes": {"name": 7}}, {"attributes": {"name": "n", "url": "u", "w": 3}}]
    hostile.on(f"/media/{ID}/links", said(told))
    assert [one.name for one in victim.service.links(ID)] == ["n"]


def test_an_asset_that_is_gone_is_not_written_to(brand: Brand) -> None:
    service = brand.service()
    with pytest.raises(NotThereError):
        service.write_iptc("I0000zzzzzzzzzzz", {"title": "x"}, base_modified="")
    with pytest.raises(InvalidInputError):
        service.write_iptc("../user/session", {"title": "x"}, base_modified="")
