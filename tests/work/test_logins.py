"""Logins: used like keys, renewed in time, shared by programs, and ended everywhere."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bridge_app.delivery.oauth import LoginWish, TokenSet
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.environments import Login
from bridge_app.domain.errors import BridgeError, CredentialsError
from bridge_app.domain.jobs import JobState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from tests.desk import Desk, picture, states
from tests.plain_http import plain
from tests.work.offices import OWNER, New


def browsed(url: str) -> None:
    """A person who allows it at once."""
    plain.get(f"{url}&prompt=none", follow_redirects=True)


def log_in(office: Desk, cloud: Sandbox) -> None:
    threads: list[threading.Thread] = []

    def show(url: str) -> None:
        threads.append(threading.Thread(target=browsed, args=(url,)))
        threads[-1].start()

    wish = LoginWish(upload_prefix=cloud.url, timeout_s=20)
    office.parts.worker.environments.log_in(wish, show=show, cancelled=threading.Event())
    for thread in threads:
        thread.join()


def kept_tokens(office: Desk) -> TokenSet:
    sealed = office.store.get("login:web")
    assert sealed is not None
    return TokenSet.opened(sealed)


def test_a_login_is_used_like_a_key_and_kept_in_the_key_store_alone(
    office: Desk, cloud: Sandbox
) -> None:
    log_in(office, cloud)
    account = office.parts.worker.current_account()
    assert account is not None
    assert (account.environment, account.login, account.api_key) == ("web", Login.OAUTH, "")
    assert account.folder_mode is FolderMode.FIXED
    tokens = kept_tokens(office)
    picture(office.folder / "hero.jpg")
    office.library()
    office.approve()

    assert states(office.push()) == {JobState.DONE}
    assert [asset.public_id for asset in cloud.stored("web")] == ["hero"]
    assert tokens.refresh is not None
    for secret in (tokens.access, tokens.refresh):
        found = [
            file
            for file in (office.home / "profile").rglob("*")
            if file.is_file() and secret.reveal().encode() in file.read_bytes()
        ]
        assert found == []


def test_tokens_are_renewed_before_they_end_and_the_new_ones_are_kept(
    office: Desk, cloud: Sandbox
) -> None:
    log_in(office, cloud)
    before = kept_tokens(office)
    office.clock.forward(timedelta(seconds=580))
    office.parts.worker.environments.survey("web")

    after = kept_tokens(office)
    assert after.access != before.access
    assert after.refresh != before.refresh
    office.reopen()
    office.parts.worker.environments.survey("web")
    assert kept_tokens(office) == after


def test_a_token_that_is_rejected_is_renewed_once_in_the_middle_of_a_call(
    office: Desk, cloud: Sandbox
) -> None:
    log_in(office, cloud)
    before = kept_tokens(office)
    rejected = replace(before, access=Secret("not-a-token-any-more"))
    office.store.put("login:web", rejected.sealed())
    office.reopen()
    office.parts.worker.environments.survey("web")
    assert kept_tokens(office).access not in (before.access, rejected.access)


def test_two_programs_on_one_profile_do_not_end_each_others_login(
    office: Desk, cloud: Sandbox
) -> None:
    log_in(office, cloud)
    other = office.build()
    office.parts.worker.environments.survey("web")
    other.worker.environments.survey("web")
    office.clock.forward(timedelta(seconds=590))
    office.parts.worker.environments.survey("web")
    other.worker.environments.survey("web")
    office.clock.forward(timedelta(seconds=590))
    other.worker.environments.survey("web")
    office.parts.worker.environments.survey("web")
    other.close()


def test_many_calls_at_once_renew_once(office: Desk, cloud: Sandbox) -> None:
    log_in(office, cloud)
    office.clock.forward(timedelta(seconds=590))
    credentials = office.parts.environments.credentials("web")
    found: list[object] = []

    def ask() -> None:
        try:
            found.append(credentials.options()["oauth_token"])
        except BridgeError as error:
            found.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [kept_tokens(office).access.reveal()] * 8


def test_a_login_that_has_ended_asks_to_log_in_again(office: Desk, cloud: Sandbox) -> None:
    log_in(office, cloud)
    tokens = kept_tokens(office)
    assert tokens.refresh is not None
    plain.post(f"{cloud.url}/oauth2/revoke", data={"token": tokens.refresh.reveal()})
    with pytest.raises(CredentialsError, match="log in again"):
        office.parts.worker.environments.survey("web")


def test_a_login_ends_at_the_service_too(office: Desk, cloud: Sandbox) -> None:
    log_in(office, cloud)
    headers = {"Authorization": f"Bearer {kept_tokens(office).access.reveal()}"}
    ping = f"{cloud.url}/v1_1/web/ping"
    assert plain.get(ping, headers=headers).status_code == 200
    out = office.parts.worker.environments.log_out("web")

    assert out.service_told
    assert plain.get(ping, headers=headers).status_code == 401
    assert office.store.get("login:web") is None
    assert office.parts.worker.accounts() == ()


def test_a_login_is_forgotten_offline_as_well_and_that_is_said(
    office: Desk, cloud: Sandbox
) -> None:
    log_in(office, cloud)
    cloud.stop()
    assert not office.parts.worker.environments.log_out("web").service_told
    assert office.store.get("login:web") is None


def test_a_key_in_the_place_of_a_login_leaves_no_tokens(
    office: Desk, cloud: Sandbox, new: New
) -> None:
    log_in(office, cloud)
    office.parts.worker.add_account(new(OWNER))
    assert office.store.get("login:web") is None
    log_in(office, cloud)
    assert office.store.get("web") is None
