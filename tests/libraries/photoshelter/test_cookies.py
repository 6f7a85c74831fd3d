"""A service that gives no tokens: the session is its cookies, and each answer brings the next."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.errors import (
    NotUnderstoodError,
    SignInAgainError,
    SignInRefusedError,
)
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.libraries.photoshelter.sign_in import SignIn, begin
from bridge_app.storage.secrets import Secret
from tests.libraries.photoshelter.conftest import EMAIL, PASSWORD, Brand, Kept, MakeBrand, now
from tests.libraries.photoshelter.hostile import ID, Hostile, Said, said

SIGN_IN = "POST /authenticate"


@pytest.fixture
def brand(make_brand: MakeBrand) -> Brand:
    return make_brand(modes=("cookie",))


def test_where_no_token_is_given_cookies_are_the_session(brand: Brand) -> None:
    gallery = brand.gallery()
    media = brand.media("hero.jpg", gallery, size=100_000)
    service = brand.service()
    found = service.media(media)
    assert found is not None
    with service.stream(media) as pieces:
        assert len(b"".join(pieces)) == found.bytes
    assert service.picture(media, 64).startswith(b"\xff\xd8")
    assert brand.kept.held is not None
    assert brand.kept.held.by_cookie


def test_calls_at_once_go_one_after_another_and_end_no_session(brand: Brand) -> None:
    gallery = brand.gallery()
    service = brand.service()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(service.container, [gallery] * 40))
    assert {one.id for one in found if one} == {gallery}
    # Once in each way: by token, which is refused, and by cookie.
    assert brand.calls().count(SIGN_IN) == 2


def test_the_newest_cookies_are_kept_for_the_next_start(brand: Brand) -> None:
    gallery = brand.gallery()
    brand.kept.held = replace(brand.signed_in().credentials, password=None)
    first = brand.service()
    assert first.container(gallery)
    first.close()
    assert brand.service().container(gallery)
    assert brand.calls().count(SIGN_IN) == 2


def test_after_a_kill_the_password_signs_in_again_where_it_is_kept(brand: Brand) -> None:
    gallery = brand.gallery()
    old = brand.signed_in().credentials
    brand.kept.held = old
    assert brand.service().container(gallery)
    brand.kept.held = old
    assert brand.service().container(gallery)
    brand.kept.held = replace(old, password=None)
    with pytest.raises(SignInAgainError):
        brand.service().container(gallery)


def test_a_code_and_an_organisation_are_asked_for_here_too(brand: Brand) -> None:
    other = brand.state.add_organization("Saltmarsh")
    brand.state.add_user(
        "both@example.com", PASSWORD, organizations=[brand.id, other], two_factor_code="123456"
    )
    step = brand.signed_in(email="both@example.com").with_code("123456")
    brand.kept.held = step.in_organization(other).credentials
    assert list(brand.service().containers(None)) == [()]


def test_a_wrong_password_is_refused_here_too(brand: Brand) -> None:
    with pytest.raises(SignInRefusedError):
        brand.signed_in(password=Secret("wrong"))


def test_what_is_kept_by_an_earlier_version_is_a_session_of_tokens(brand: Brand) -> None:
    sealed = json.loads(brand.signed_in().credentials.sealed().reveal())
    del sealed["by_cookie"]
    assert not ShelterCredentials.opened(Secret(json.dumps(sealed))).by_cookie


def entered(hostile: Hostile) -> SignIn:
    return SignIn(
        base_url=hostile.url, api_key=Secret("key"), email=EMAIL, password=Secret(PASSWORD)
    )


def cookie(text: str, **data: object) -> Said:
    return replace(said({"id": "U0000abcdefghijk", **data}), headers={"Set-Cookie": text})


def test_cookies_go_to_the_service_and_to_no_address_that_it_links_to(hostile: Hostile) -> None:
    hostile.on("/authenticate", cookie("acs=one; Path=/; Domain=example.com"))
    hostile.on("/user/session", cookie("acs=two; HttpOnly"))
    hostile.on(f"/media/{ID}/link", said({"attributes": {"link": f"{hostile.root}/img/a"}}))
    hostile.on("/img", Said(body=b"\xff\xd8\xff", headers={"Set-Cookie": "acs=theirs"}))
    kept = Kept(held=begin(entered(hostile), now).credentials)
    service = ShelterService("brand", kept, now=now)
    service.picture(ID, 64)
    service.server_time()
    service.close()
    sent = [(one.path.rpartition("/")[2], one.headers.get("cookie")) for one in hostile.asked]
    assert ("a", None) in sent
    assert sent[0] == ("authenticate", None)
    assert {told for path, told in sent if path in ("link", "session")} == {"acs=one", "acs=two"}
    assert not any("x-ps-auth-token" in one.headers for one in hostile.asked)


@pytest.mark.parametrize(
    "text", ["", "=x", "a b=c", "acs", "acs=", "acs=x; Max-Age=0", "acs=\x01", "n" * 200 + "=x"]
)
def test_what_is_no_cookie_signs_nobody_in(hostile: Hostile, text: str) -> None:
    hostile.on("/authenticate", cookie(text))
    with pytest.raises(NotUnderstoodError):
        begin(entered(hostile), now)
