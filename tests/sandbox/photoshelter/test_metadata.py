"""IPTC, XMP, EXIF and custom fields, as they are read and written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bridge_app.sandbox.photoshelter.state import ShelterState
from tests.sandbox.photoshelter.conftest import Person
from tests.sandbox.photoshelter.wire import patched, refusal

CHANGED = datetime(2026, 11, 18, 16, 2, 9, 500_000, tzinfo=UTC)
EDIT = {"attributes": {"title": "Dusk"}}
CHANGED_TEXT = "2026-11-18 16:02:09 GMT"


@pytest.fixture
def gallery(shelter: ShelterState, brand: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand)


@pytest.fixture
def hero(shelter: ShelterState, gallery: str) -> str:
    return shelter.add_media(
        "hero.jpg",
        galleries=[gallery],
        iptc={"title": "Dawn", "keywords": ["ridge"], "caption": "A ridge."},
        modified_at=CHANGED,
    )


def record(reply: httpx.Response) -> Any:
    """The record that an edit answers with."""
    assert reply.status_code == 200, reply.text
    return reply.json()["data"]["attributes"]


def test_an_edit_answers_with_the_whole_record_and_its_moment(
    editor: Person, shelter: ShelterState, hero: str
) -> None:
    reply = patched(editor, f"/media/{hero}/iptc", {"caption": None, "city": "Oslo"})
    after = record(reply)
    assert (after["title"], after["caption"], after["city"]) == ("Dawn", None, "Oslo")
    stored = shelter.media(hero)
    assert stored.iptc == {"title": "Dawn", "keywords": ["ridge"], "city": "Oslo"}
    assert stored.modified_at > CHANGED
    assert reply.json()["meta"]["modified_at"] == stored.modified_at.strftime(
        "%Y-%m-%d %H:%M:%S GMT"
    )


def test_an_edit_that_changes_nothing_leaves_the_date(
    editor: Person, shelter: ShelterState, hero: str
) -> None:
    assert patched(editor, f"/media/{hero}/iptc", {"title": "Dawn"}).status_code == 200
    assert shelter.media(hero).modified_at == CHANGED


def test_keywords_are_added_to_what_is_there(editor: Person, hero: str) -> None:
    path = f"/media/{hero}/iptc"
    for _ in range(2):
        added = patched(editor, path, {"keywords": ["rendered:cloudinary"]}, keywords_mode="append")
        assert record(added)["keywords"] == ["ridge", "rendered:cloudinary"]
    gone = patched(editor, path, {"keywords": ["RIDGE"]}, keywords_mode="remove")
    assert record(gone)["keywords"] == ["rendered:cloudinary"]


def test_the_parameters_of_an_edit_may_stand_in_the_address(editor: Person, hero: str) -> None:
    query = {"title": "Dusk", "keywords": "a,b"}
    reply = editor.send("PATCH", f"/media/{hero}/iptc", params=query)
    assert (record(reply)["title"], record(reply)["keywords"]) == ("Dusk", ["a", "b"])


@pytest.mark.parametrize("part", ["iptc", "custom-metadata", "xmp"])
def test_somebody_who_saw_an_older_record_is_told(
    editor: Person, shelter: ShelterState, brand: str, hero: str, part: str
) -> None:
    field = shelter.add_custom_field(brand, "Status", ["Yes"])
    option = next(iter(shelter.store.fields(brand)[0].options))
    data: Any = {"attributes": {"title": "Dusk"}}
    if part == "custom-metadata":
        data = [{"id": field, "attributes": {"option_id": option}}]

    def edit(base: str) -> httpx.Response:
        query = {"meta_if_modified_at": base}
        return editor.send("PATCH", f"/media/{hero}/{part}", json={"data": data}, params=query)

    late = edit("2026-11-18T16:02:08Z")
    assert refusal(late) == (409, "EditConflictException")
    assert shelter.media(hero).modified_at == CHANGED
    assert edit(CHANGED_TEXT).status_code == 200
    assert edit(CHANGED_TEXT).status_code == 409
    assert refusal(edit("last week")) == (400, "BadRequestException")


BASES: tuple[tuple[dict[str, Any], int], ...] = (
    ({"headers": {"If-Unmodified-Since": "Wed, 18 Nov 2026 16:02:08 GMT"}}, 409),
    ({"headers": {"If-Unmodified-Since": "some day"}}, 400),
    ({"json": {"data": EDIT, "meta_if_modified_at": "2026-11-18"}}, 409),
    ({"json": {"data": EDIT, "meta": {"if_modified_at": "2026-11-18"}}}, 409),
    ({"json": {"data": EDIT, "meta": {"if_modified_at": CHANGED_TEXT}}}, 200),
)


def test_what_an_edit_is_based_on_may_be_told_elsewhere(editor: Person, hero: str) -> None:
    for based, status in BASES:
        title = editor.data(f"/media/{hero}/iptc")["attributes"]["title"]
        assert title == "Dawn"
        reply = editor.send("PATCH", f"/media/{hero}/iptc", **{"json": {"data": EDIT}, **based})
        assert reply.status_code == status
    assert editor.data(f"/media/{hero}/iptc")["attributes"]["title"] == "Dusk"


def test_what_no_record_may_hold_is_refused(editor: Person, hero: str) -> None:
    wrong: tuple[dict[str, Any], ...] = ({"colour": "red"}, {"keywords": ["x" * 65]})
    for attributes in wrong:
        reply = patched(editor, f"/media/{hero}/iptc", attributes)
        assert refusal(reply) == (422, "ValidationException")
    assert refusal(patched(editor, f"/media/{hero}/iptc", {})) == (400, "BadRequestException")


def test_other_kinds_than_pictures_have_metadata_and_no_iptc(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    for name in ("film.mp4", "song.mp3", "terms.pdf"):
        media = shelter.add_media(name, galleries=[gallery], iptc={"author": "Ana"})
        assert editor.get(f"/media/{media}/iptc").status_code == 415
        attributes = editor.data(f"/media/{media}/metadata")["attributes"]
        assert (attributes["author"], attributes["raw"]) == ("Ana", '{"author": "Ana"}')
        after = record(patched(editor, f"/media/{media}/metadata", {"title": "T"}))
        assert (after["title"], after["author"]) == ("T", "Ana")


def test_exif_is_read_and_xmp_written(editor: Person, shelter: ShelterState, gallery: str) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], xmp={"dc:title": "T"})
    shelter.update_media(media, exif={"Model": "X"})
    assert editor.data(f"/media/{media}/exif")["attributes"] == {"Model": "X"}
    after = record(patched(editor, f"/media/{media}/xmp", {"dc:title": None, "xmp:Label": "Red"}))
    assert after == {"xmp:Label": "Red"} == shelter.media(media).xmp
    document = shelter.add_media("a.pdf", galleries=[gallery])
    assert editor.get(f"/media/{document}/exif").status_code == 415


def test_custom_fields_tell_their_options(
    editor: Person, stranger: Person, shelter: ShelterState, brand: str, hero: str
) -> None:
    status = shelter.add_custom_field(brand, "Approval Status", ["Approved", "Rejected"])
    region = shelter.add_custom_field(brand, "Region", ["EMEA"])
    fields = editor.data("/metadata/fields", org_id=brand)
    assert [one["id"] for one in fields] == [status, region]
    assert fields[0]["attributes"]["category"] == "metadata"
    approved, rejected = fields[0]["attributes"]["options"]
    assert (approved["name"], rejected["name"]) == ("Approved", "Rejected")

    def choose(field: str, option: str | None) -> httpx.Response:
        data = [{"id": field, "attributes": {"option_id": option}}]
        path = f"/media/{hero}/custom-metadata"
        return editor.send("PATCH", path, json={"data": data})

    assert choose(status, approved["id"]).status_code == 200
    assert choose(region, approved["id"]).json()["errors"][0]["id"] == "UnknownOptionException"
    assert choose("MF000", approved["id"]).json()["errors"][0]["id"] == "UnknownFieldException"
    chosen = editor.data(f"/media/{hero}/custom_metadata")
    assert [one["attributes"]["option_name"] for one in chosen] == ["Approved"]
    assert choose(status, rejected["id"]).json()["data"][0]["attributes"]["option_name"] == (
        "Rejected"
    )
    assert choose(status, None).json()["data"] == []


def test_choices_of_another_shape_are_bad_requests(
    editor: Person, shelter: ShelterState, hero: str
) -> None:
    path = f"/media/{hero}/custom-metadata"
    wrong: tuple[Any, ...] = (None, {}, [{"id": 5}], [{"id": "a", "attributes": 1}], "text")
    for data in wrong:
        assert editor.send("PATCH", path, json={"data": data}).status_code == 400
    assert editor.send("PATCH", path, json=[]).status_code == 400
    assert editor.send("PATCH", path, json={"data": []}).status_code == 200
    assert shelter.media(hero).custom == {}


def test_a_search_finds_by_custom_field(
    editor: Person, shelter: ShelterState, brand: str, hero: str, gallery: str
) -> None:
    status = shelter.add_custom_field(brand, "Status", ["Yes", "No"])
    shelter.update_media(hero, custom={"Status": "Yes"})
    shelter.add_media("b.jpg", galleries=[gallery], custom={"Status": "No"})
    option = shelter.media(hero).custom[status]
    query = {"org_id": brand, "custom_metadata": f'{{"{status}": "{option}"}}'}
    assert [one["id"] for one in editor.data("/media", **query)] == [hero]


def test_an_edit_is_found_by_the_window_of_its_change(
    editor: Person, shelter: ShelterState, brand: str, hero: str, gallery: str
) -> None:
    shelter.clock.set(CHANGED + timedelta(days=1))
    other = shelter.add_media("b.jpg", galleries=[gallery])
    shelter.clock.advance(timedelta(hours=1))
    start = shelter.clock.now().strftime("%Y-%m-%d %H:%M:%S GMT")
    patched(editor, f"/media/{hero}/iptc", {"title": "Dusk"})
    found = editor.data("/media", org_id=brand, modify_start=start)
    assert [one["id"] for one in found] == [hero]
    assert other not in str(found)
