"""Who sees what, and who may change what."""

from datetime import timedelta

import pytest

from bridge_app.sandbox.photoshelter.records import AccessRight, Role
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from tests.sandbox.photoshelter.conftest import PASSWORD, People, Person


def right(kind: str, value: str, **facts: object) -> AccessRight:
    return AccessRight(id="AR000aaaaaaaaaaa", kind=kind, value=value, **facts)  # type: ignore[arg-type] # further fields


@pytest.fixture
def gallery(shelter: ShelterState, brand: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand)


def signed_in(served: Sandbox, people: People, role: Role, organization: str) -> Person:
    """A member of the organization with a role."""
    served.shelter.add_user(
        f"{role}@example.com", PASSWORD, role=role, organizations=[organization]
    )
    return people(served).sign_in(f"{role}@example.com", organization=organization)


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [
        (Role.ADMIN, True, True),
        (Role.EDITOR, True, True),
        (Role.TAGGER, True, False),
        (Role.CONTRIBUTOR, True, False),
        (Role.INVITED, False, False),
    ],
)
def test_a_role_says_what_a_member_may_do_with_containers(
    served: Sandbox,
    people: People,
    brand: str,
    gallery: str,
    *,
    role: Role,
    sees: bool,
    changes: bool,
) -> None:
    member = signed_in(served, people, role, brand)
    assert (member.get(f"/galleries/{gallery}").status_code == 200) is sees
    assert ([one["id"] for one in member.data("/library")] == [gallery]) is sees
    renamed = member.send("PATCH", f"/galleries/{gallery}", json={"name": "Other"})
    assert (renamed.status_code == 200) is changes
    made = member.send("POST", "/collections", json={"name": "New"})
    assert (made.status_code == 201) is changes
    if not changes:
        assert made.json()["errors"][0]["id"] == "AcsPermissionException"
        assert made.headers["www-authenticate"] == "Bearer"


def test_contributors_see_the_gallery_and_nothing_in_it(
    served: Sandbox, people: People, shelter: ShelterState, brand: str, gallery: str
) -> None:
    shelter.add_media("a.jpg", galleries=[gallery])
    member = signed_in(served, people, Role.CONTRIBUTOR, brand)
    assert member.data(f"/galleries/{gallery}/children") == []


def test_what_one_may_not_see_is_refused_and_what_is_not_there_is_not_found(
    stranger: Person, gallery: str
) -> None:
    refused = stranger.get(f"/galleries/{gallery}")
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["title"] == "Invalid access to resource: Gallery"
    assert stranger.get("/galleries/G0000nowhere....").status_code == 404
    assert stranger.get(gallery.replace("G0000", "/collections/C0000")).status_code == 404


def test_what_is_for_everyone_is_seen_without_signing_in(
    stranger: Person, shelter: ShelterState, brand: str, gallery: str
) -> None:
    shelter.update_container(gallery, mode="everyone", is_listed=True)
    shelter.add_collection("Private", organization=brand, is_listed=True)
    assert stranger.get(f"/galleries/{gallery}").status_code == 200
    assert [one["id"] for one in stranger.data("/portal", org_id=brand)] == [gallery]


def test_an_inherited_mode_is_the_strictest_unless_a_call_comes_by_a_collection(
    stranger: Person, shelter: ShelterState, brand: str
) -> None:
    open_one = shelter.add_collection("Open", organization=brand, mode="everyone")
    closed = shelter.add_collection("Closed", organization=brand)
    both = shelter.add_gallery(
        "Both", organization=brand, parents=[open_one, closed], inherits=True
    )
    assert stranger.get(f"/galleries/{both}").status_code == 401
    through = {"collection_id": open_one}
    seen = stranger.data(f"/galleries/{both}", **through)
    assert seen["attributes"]["effective_mode"] == "everyone"
    assert stranger.get(f"/galleries/{both}", collection_id=closed).status_code == 401


def test_a_word_opens_a_container_until_the_right_ends(
    stranger: Person, shelter: ShelterState, gallery: str
) -> None:
    ends = shelter.clock.now() + timedelta(days=1)
    rights = (right("password", "tide", expires=ends),)
    shelter.update_container(gallery, mode="permission", rights=rights)
    assert stranger.get(f"/galleries/{gallery}").status_code == 401
    assert stranger.get(f"/galleries/{gallery}", password="ebb").status_code == 401
    assert stranger.get(f"/galleries/{gallery}", password="tide").status_code == 200
    shelter.clock.advance(timedelta(days=1))
    assert stranger.get(f"/galleries/{gallery}", password="tide").status_code == 401


def test_a_word_does_not_open_what_is_private(
    stranger: Person, shelter: ShelterState, gallery: str
) -> None:
    shelter.update_container(gallery, rights=(right("password", "tide"),))
    assert stranger.get(f"/galleries/{gallery}", password="tide").status_code == 401


def test_a_right_is_given_to_somebody_from_outside(
    served: Sandbox, people: People, shelter: ShelterState, gallery: str
) -> None:
    guest = shelter.add_user("guest@example.com", PASSWORD, role="invited")
    shelter.update_container(gallery, mode="permission", rights=(right("contact", guest),))
    person = people(served).sign_in("guest@example.com")
    assert person.get(f"/galleries/{gallery}").status_code == 200
    words = person.data(f"/galleries/{gallery}/permissions")["attributes"]["native"][0]
    assert words["attributes"]["contact_id"] == guest


def test_people_from_outside_are_told_no_words(
    stranger: Person, shelter: ShelterState, gallery: str
) -> None:
    shelter.update_container(gallery, mode="permission", rights=(right("password", "tide"),))
    reply = stranger.get(f"/galleries/{gallery}/permissions", password="tide")
    assert reply.status_code == 200
    assert "tide" not in reply.text


def test_one_organization_does_not_see_the_other(
    editor: Person, shelter: ShelterState, brand: str
) -> None:
    other = shelter.add_organization("Other")
    theirs = shelter.add_collection("Theirs", organization=other)
    ours = shelter.add_collection("Ours", organization=brand)
    assert [one["id"] for one in editor.data("/collections")] == [ours]
    assert editor.get(f"/collections/{theirs}").status_code == 401
    assert editor.get("/collections", org_id=other).status_code == 401
    moved = editor.send("PATCH", f"/collections/{ours}", json={"parent": theirs})
    assert moved.status_code == 401
