"""Uploads and versions: new media, duplicates, requests sent again, files that change."""

import hashlib
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from tests.sandbox.photoshelter.conftest import PASSWORD, People, Person
from tests.sandbox.photoshelter.wire import jpeg, refusal


@pytest.fixture
def gallery(shelter: ShelterState, brand: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand)


def send(
    person: Person, gallery: str, data: bytes, *, name: str = "a.jpg", key: str = "", **said: str
) -> httpx.Response:
    """Upload a file."""
    return person.send(
        "POST",
        "/media",
        data={"gallery_id": gallery, "file_name": name, **said},
        files={"file": ("on-the-desk.bin", data)},
        headers={"Idempotency-Key": key} if key else {},
    )


def test_an_upload_is_a_media_item_with_its_bytes_and_measures(
    editor: Person, shelter: ShelterState, brand: str, gallery: str
) -> None:
    before = shelter.container(gallery).modified_at
    reply = send(editor, gallery, jpeg(90, 60), searchable="true")
    made = reply.json()["data"]
    assert reply.status_code == 201
    assert (made["type"], made["attributes"]["width"]) == ("image", 90)
    stored = shelter.media(made["id"])
    assert (stored.galleries, stored.organization, stored.searchable) == ((gallery,), brand, True)
    assert editor.get(f"/media/{stored.id}/download").content == jpeg(90, 60)
    assert shelter.container(gallery).modified_at > before
    assert stored.created_at == stored.modified_at
    assert list(shelter.incoming.iterdir()) == []


def test_documents_of_any_size_are_stored_as_they_are(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    for data in (b"", b"{}", bytes(2_500_000)):
        made = send(editor, gallery, data, name="hero__renditions.json").json()["data"]
        assert (made["type"], made["attributes"]["file_size"]) == ("document", len(data))
        assert made["attributes"]["hash"] == hashlib.sha1(data).hexdigest()  # noqa: S324
    assert list(shelter.incoming.iterdir()) == []


def test_bytes_that_nobody_can_read_have_no_pixels(editor: Person, gallery: str) -> None:
    made = send(editor, gallery, b"not a picture").json()["data"]
    assert (made["type"], made["attributes"]["width"]) == ("image", None)


def test_a_duplicate_is_kept_skipped_or_replaced(
    editor: Person, shelter: ShelterState, brand: str, gallery: str
) -> None:
    first = send(editor, gallery, b"one").json()["data"]["id"]
    skipped = send(editor, gallery, b"two", name="A.JPG", on_duplicate="skip")
    assert skipped.status_code == 200
    assert skipped.json()["meta"]["duplicate_of"] == skipped.json()["data"]["id"] == first
    assert shelter.media(first).file.size == 3
    replaced = send(editor, gallery, b"three", on_duplicate="replace")
    assert (replaced.status_code, replaced.json()["data"]["id"]) == (200, first)
    assert editor.get(f"/media/{first}/download").content == b"three"
    assert shelter.media(first).file.number == 2
    kept = send(editor, gallery, b"four").json()["data"]["id"]
    assert kept != first
    other = shelter.add_gallery("Other", organization=brand)
    assert send(editor, other, b"five", on_duplicate="skip").status_code == 201


def test_a_request_that_is_sent_again_gets_its_first_answer_for_a_day(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    first = send(editor, gallery, b"one", key="k1")
    again = send(editor, gallery, b"one", key="k1")
    assert (again.status_code, again.json()["data"]) == (201, first.json()["data"])
    assert len(shelter.store.members(gallery)) == 1
    assert (
        send(editor, gallery, b"one", key="k2").json()["data"]["id"] != first.json()["data"]["id"]
    )
    shelter.clock.advance(timedelta(hours=24))
    assert (
        send(editor, gallery, b"one", key="k1").json()["data"]["id"] != first.json()["data"]["id"]
    )
    assert len(shelter.store.members(gallery)) == 3


def test_the_answer_to_a_lost_reply_is_still_there(
    served: Sandbox, editor: Person, shelter: ShelterState, gallery: str
) -> None:
    served.faults.lose_reply(times=1, path_contains="/media")
    with pytest.raises(httpx.TransportError):
        send(editor, gallery, b"one", key="k1")
    assert send(editor, gallery, b"one", key="k1").status_code == 201
    assert len(shelter.store.members(gallery)) == 1


def test_keys_of_others_are_not_ours(
    served: Sandbox, editor: Person, shelter: ShelterState, people: People, brand: str, gallery: str
) -> None:
    send(editor, gallery, b"one", key="k1")
    shelter.add_user("contributor@example.com", PASSWORD, role="contributor", organizations=[brand])
    other = people(served).sign_in("contributor@example.com", organization=brand)
    assert send(other, gallery, b"two", key="k1").status_code == 201
    assert len(shelter.store.members(gallery)) == 2


def test_what_cannot_be_uploaded_is_refused(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    assert refusal(send(editor, "G0000doesnotexis", b"x")) == (404, "ResourceNotFoundException")
    assert send(editor, gallery, b"x", name="x" * 256 + ".jpg").status_code == 422
    assert send(editor, gallery, b"x", name="folder/").status_code == 422
    assert send(editor, gallery, b"x", on_duplicate="merge").status_code == 400
    bare = editor.send("POST", "/media", data={"gallery_id": gallery})
    assert refusal(bare) == (400, "BadRequestException")
    assert shelter.store.members(gallery) == []


def test_a_name_is_only_its_last_part(editor: Person, gallery: str) -> None:
    made = send(editor, gallery, b"x", name="../../etc\\hero.jpg").json()["data"]
    assert made["attributes"]["file_name"] == "hero.jpg"


def test_a_tagger_uploads_nothing(
    served: Sandbox, shelter: ShelterState, people: People, brand: str, gallery: str
) -> None:
    shelter.add_user("tagger@example.com", PASSWORD, role="tagger", organizations=[brand])
    tagger = people(served).sign_in("tagger@example.com", organization=brand)
    assert refusal(send(tagger, gallery, b"x")) == (401, "AcsPermissionException")


def add_version(person: Person, media: str, data: bytes, **said: Any) -> httpx.Response:
    """Send another file for a media item."""
    files = {"file": ("new.jpg", data)}
    return person.send("POST", f"/media/{media}/versions", data=said, files=files)


def test_another_version_counts_once_it_is_activated(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=jpeg(90, 60))
    dated = shelter.media(media).modified_at
    made = add_version(editor, media, jpeg(60, 90), version_label="v2", note="cropped")
    assert (made.status_code, made.json()["data"]["id"]) == (201, "2")
    assert editor.get(f"/media/{media}/download").content == jpeg(90, 60)
    shelter.clock.advance(timedelta(minutes=1))
    active = editor.send("POST", f"/media/{media}/versions/2/activate").json()["data"]
    assert (active["id"], active["attributes"]["width"]) == (media, 60)
    assert active["attributes"]["version"] == 2
    assert shelter.media(media).modified_at > dated
    assert editor.get(f"/media/{media}/download").content == jpeg(60, 90)
    listed = editor.data(f"/media/{media}/versions")
    assert [one["attributes"]["active"] for one in listed] == [False, True]
    assert listed[1]["attributes"]["note"] == "cropped"
    assert editor.send("PUT", f"/media/{media}/versions/1/activate").status_code == 200
    assert editor.get(f"/media/{media}/download").content == jpeg(90, 60)


def test_activating_what_counts_already_changes_nothing(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=b"x")
    before = shelter.media(media)
    assert editor.send("POST", f"/media/{media}/versions/1/activate").status_code == 200
    assert shelter.media(media) == before
    assert editor.send("POST", f"/media/{media}/versions/2/activate").status_code == 404


def test_a_version_may_be_described_anew(
    editor: Person, shelter: ShelterState, gallery: str
) -> None:
    media = shelter.add_media("a.jpg", galleries=[gallery], data=b"x")
    body = {"data": {"attributes": {"version_label": "final", "note": None}}}
    reply = editor.send("PUT", f"/media/{media}/versions/1", json=body)
    assert reply.json()["data"]["attributes"]["version_label"] == "final"
    assert shelter.media(media).file.label == "final"
