"""What a service can do, said by itself or found by reading."""

from typing import Any

import pytest

from bridge_app.domain.errors import ServiceTroubleError
from bridge_app.libraries.photoshelter.values import Capabilities
from tests.libraries.photoshelter.conftest import MakeBrand, Victim
from tests.libraries.photoshelter.hostile import Hostile, Said, refused, said

ID = "I0000abcdefghijk"


def test_a_service_that_tells_is_believed(make_brand: MakeBrand) -> None:
    able = frozenset({"versions", "trash", "upload_v4", "listing_includes"})
    service = make_brand(capabilities=able).service()
    assert service.capabilities() == Capabilities(**dict.fromkeys(able, True))


@pytest.mark.parametrize("able", [frozenset(), frozenset({"versions", "notes", "workspaces"})])
def test_one_that_does_not_is_read_from(make_brand: MakeBrand, able: frozenset[str]) -> None:
    brand = make_brand(capabilities=able, tells_version=False)
    brand.media("hero.tif", brand.gallery())
    found = brand.service().capabilities()
    assert found == Capabilities(**dict.fromkeys(able, True), upload_v4=True)
    probing = [call.split()[0] for call in brand.calls()[-8:]]
    assert set(probing) == {"GET"}


def test_an_empty_library_shows_little(make_brand: MakeBrand) -> None:
    brand = make_brand(tells_version=False)
    found = brand.service().capabilities()
    assert (found.trash, found.workspaces, found.versions, found.listing_includes) == (
        True,
        True,
        False,
        False,
    )


def test_it_is_asked_once(hostile: Hostile, victim: Victim) -> None:
    hostile.on("/version", said({"capabilities": {"trash": True, "notes": "yes", "else": True}}))
    assert victim.service.capabilities() == Capabilities(trash=True)
    victim.service.capabilities()
    assert hostile.paths() == ["GET /version"]


NOTHING_SAID: list[Any] = [None, [], "4.0", {"capabilities": []}, {"capabilities": None}]


def test_what_says_nothing_can_do_little(hostile: Hostile, victim: Victim) -> None:
    for told in NOTHING_SAID:
        hostile.on("/version", said(told))
        hostile.on("/media", said([{"id": "../x"}, None, {"id": ID}]))
        hostile.on(f"/media/{ID}/", refused(404))
        assert victim.service.capabilities() == Capabilities(upload_v4=True)


def test_trouble_is_not_taken_for_a_missing_capability(hostile: Hostile, victim: Victim) -> None:
    hostile.on("/version", Said(status=500))
    with pytest.raises(ServiceTroubleError):
        victim.service.capabilities()
