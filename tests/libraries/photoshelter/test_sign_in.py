"""Signing in: what is sent, what is asked for next, and what comes back."""

import pytest

from bridge_app.domain.errors import InvalidInputError, OfflineError
from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.errors import (
    ApiKeyRefusedError,
    NoCodeStepError,
    NotUnderstoodError,
    SignInAgainError,
    SignInRefusedError,
    WrongAddressError,
)
from bridge_app.libraries.photoshelter.sign_in import SignIn, begin
from bridge_app.storage.secrets import Secret
from tests.libraries.photoshelter.conftest import EMAIL, PASSWORD, Brand, MakeBrand, now
from tests.libraries.photoshelter.hostile import Hostile, Said, said


def entered(url: str) -> SignIn:
    return SignIn(base_url=url, api_key=Secret("a-key"), email=EMAIL, password=Secret(PASSWORD))


def test_a_person_in_one_organisation_is_taken_there(brand: Brand) -> None:
    step = brand.signed_in()
    found = step.credentials
    assert step.needs == "nothing"
    assert (found.organization_id, found.organization) == (brand.id, "Morrowtide")
    assert found.email == EMAIL
    assert "POST /organization/authenticate" in brand.calls()


def test_a_person_in_several_chooses(brand: Brand) -> None:
    other = brand.state.add_organization("Saltmarsh")
    brand.state.add_user("both@example.com", PASSWORD, organizations=[brand.id, other])
    step = brand.signed_in(email="both@example.com")
    assert step.needs == "organization"
    assert [one.name for one in step.organizations] == ["Morrowtide", "Saltmarsh"]
    with pytest.raises(InvalidInputError):
        _ = step.credentials
    with pytest.raises(InvalidInputError):
        step.in_organization("O0000zzzzzzzzzzz")
    assert step.in_organization(other).credentials.organization == "Saltmarsh"


def test_a_person_in_none_has_a_library_of_their_own(brand: Brand) -> None:
    user = brand.state.add_user("alone@example.com", PASSWORD)
    found = brand.signed_in(email="alone@example.com").credentials
    assert (found.organization_id, found.user_id) == ("", user)


def test_a_code_is_asked_for_and_then_the_password_is_not_kept(brand: Brand) -> None:
    brand.state.add_user(
        "careful@example.com", PASSWORD, organizations=[brand.id], two_factor_code="123456"
    )
    step = brand.signed_in(email="careful@example.com")
    assert step.needs == "code"
    with pytest.raises(SignInRefusedError):
        step.with_code("654321")
    with pytest.raises(InvalidInputError):
        step.with_code("—")
    done = step.with_code(" 123 456 ")
    assert done.credentials.password is None
    assert done.credentials.organization_id == brand.id


def test_the_account_is_the_same_whoever_signs_in_to_an_organisation(brand: Brand) -> None:
    brand.state.add_user("second@example.com", PASSWORD, organizations=[brand.id])
    first, second = brand.signed_in(), brand.signed_in(email="second@example.com")
    assert first.credentials.account == second.credentials.account != ""


def test_what_is_wrong_is_told_apart(brand: Brand) -> None:
    with pytest.raises(SignInRefusedError):
        brand.signed_in(password=Secret("not-the-password"))
    with pytest.raises(ApiKeyRefusedError):
        brand.signed_in(api_key=Secret("NotTheKey"))
    with pytest.raises(InvalidInputError):
        brand.signed_in(api_key=Secret("two words"))
    with pytest.raises(InvalidInputError):
        brand.signed_in(email=" ")
    with pytest.raises(OfflineError):
        begin(entered("http://127.0.0.1:9"), now)
    with pytest.raises(WrongAddressError):
        begin(entered(f"{brand.sandbox.url}/psapi/v9"), now)


def test_an_address_that_is_none_or_not_confidential_is_not_spoken_to() -> None:
    for address in [
        "http://service.example.com",
        "ftp://service.example.com",
        "https://user:secret-word@service.example.com",
        "https://service.example.com/psapi/v4.0?api_key=secret-word",
        "https://",
        "https://ex ample.com",
        "https://service.example.com\\@127.0.0.1",
        "https://service.example.com:99999999",
    ]:
        with pytest.raises(WrongAddressError) as caught:
            begin(entered(address), now)
        assert "secret-word" not in str(caught.value)


def test_secrets_are_in_headers_and_bodies_never_in_addresses(hostile: Hostile) -> None:
    hostile.on("/authenticate", said(None), Said(body=b'{"token":"t-123456"}'))
    with pytest.raises(NotUnderstoodError):
        begin(entered(hostile.root), now)
    begin(entered(hostile.root), now)
    assert {one.headers["x-ps-api-key"] for one in hostile.asked} == {"a-key"}
    assert all("@" not in str(one.query) and "key" not in one.path for one in hostile.asked)
    form = hostile.asked[0].body.decode()
    assert "mode=token" in form
    assert PASSWORD in form


def test_a_token_that_can_stand_in_no_header_is_none(hostile: Hostile) -> None:
    for token in ["", "with blank", "line\r\nX-Evil: 1", "ü", 7, None, "x" * 9999]:
        hostile.on("/authenticate", said({"token": token}))
        with pytest.raises(NotUnderstoodError):
            begin(entered(hostile.root), now)


def test_organisations_are_read_from_either_place(hostile: Hostile) -> None:
    told = b'{"token":"t-123456","org":[{"id":"O0000aaaaaaaaaaa"},{"id":7},null,{"name":"x"}]}'
    hostile.on("/authenticate", Said(body=told))
    hostile.on("/organization/authenticate", said(None, status=200))
    assert begin(entered(hostile.root), now).credentials.organization == "O0000aaaaaaaaaaa"


def test_where_no_code_can_be_sent_the_browser_is_named(hostile: Hostile) -> None:
    hostile.on("/authenticate", Said(body=b'{"token":"t-123456","two_factor":true}'))
    with pytest.raises(NoCodeStepError, match="browser"):
        begin(entered(hostile.root), now).with_code("123456")


def test_a_service_that_repeats_the_password_does_not_get_it_shown(hostile: Hostile) -> None:
    body = b'{"errors":{"title":"You sent %s","id":"x"}}' % PASSWORD.encode()
    hostile.on("/authenticate", Said(status=401, body=body))
    with pytest.raises(SignInRefusedError) as caught:
        begin(entered(hostile.root), now)
    assert PASSWORD not in str(caught.value)


def test_credentials_are_one_secret_and_come_back_whole(brand: Brand) -> None:
    found = brand.signed_in().credentials
    assert ShelterCredentials.opened(found.sealed()) == found
    assert PASSWORD not in repr(found)
    assert found.token.reveal() not in repr(found)


def test_damaged_credentials_are_a_sign_in_again() -> None:
    for text in ("", "{}", "[]", '{"account": 1}'):
        with pytest.raises(SignInAgainError):
            ShelterCredentials.opened(Secret(text))


def test_a_password_that_is_not_to_be_kept_is_not(make_brand: MakeBrand) -> None:
    assert make_brand().signed_in(keeps_password=False).credentials.password is None
