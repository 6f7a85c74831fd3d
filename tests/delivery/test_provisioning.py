"""The list of an account's environments, and what is never said of its keys."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from cloudinary import provisioning as sdk

from bridge_app.delivery.answers import RedirectedError
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.provisioning import AccountKeys, product_environments
from bridge_app.domain.environments import Naming
from bridge_app.domain.errors import (
    CredentialsError,
    InvalidInputError,
    OfflineError,
    ServiceTroubleError,
)
from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret

OWNER = ProvisioningKeys()
SECRET = "tOp-s3cret_value"


@pytest.fixture
def connections() -> Iterator[Connections]:
    made = Connections(now=lambda: datetime(2026, 6, 15, tzinfo=UTC))
    install(made)
    yield made
    made.clear()


def keys(sandbox: Sandbox, secret: str = OWNER.api_secret) -> AccountKeys:
    return AccountKeys(
        account_id=OWNER.account_id,
        api_key=OWNER.api_key,
        secret=Secret(secret),
        upload_prefix=sandbox.url,
    )


def test_an_account_lists_its_environments_with_a_key_of_each(
    sandbox: Sandbox, connections: Connections
) -> None:
    (found,) = product_environments(keys(sandbox))
    account = found.account(Naming(label="Web"), upload_prefix=sandbox.url)

    assert (found.cloud_name, found.enabled) == ("studio", True)
    assert account is not None
    assert (account.cloud_name, account.api_key) == ("studio", "123456789")
    assert account.secret == Secret("not-so-secret")
    assert "not-so-secret" not in repr(found)


def test_wrong_account_keys_are_refused_without_repeating_them(
    sandbox: Sandbox, connections: Connections
) -> None:
    with pytest.raises(CredentialsError) as caught:
        product_environments(keys(sandbox, SECRET))
    assert SECRET not in str(caught.value)


def test_a_service_that_cannot_be_reached_is_offline(connections: Connections) -> None:
    away = AccountKeys(
        account_id="a", api_key="k", secret=Secret(SECRET), upload_prefix="http://127.0.0.1:9"
    )
    with pytest.raises(OfflineError):
        product_environments(away)


def test_account_keys_are_not_sent_where_an_answer_points_to(
    sandbox: Sandbox, connections: Connections
) -> None:
    away = {"Location": f"{sandbox.url}/v1_1/provisioning/accounts/{OWNER.account_id}/sub_accounts"}
    sandbox.faults.answer(status=302, times=1, headers=away, path_contains="/sub_accounts")
    with pytest.raises(RedirectedError):
        product_environments(keys(sandbox))


@pytest.mark.parametrize("told", [{}, {"sub_accounts": 7}, [], None])
def test_an_answer_without_a_list_is_trouble_of_the_service(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, told: object
) -> None:
    monkeypatch.setattr(sdk, "sub_accounts", lambda **_: told)
    with pytest.raises(ServiceTroubleError):
        product_environments(keys(sandbox))


def test_entries_that_are_not_as_documented_are_left_out(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {
        "sub_accounts": [
            7,
            {"name": "no cloud"},
            {"cloud_name": "bare"},
            {"cloud_name": "off", "name": "Off", "enabled": False, "api_access_keys": "x"},
            {
                "cloud_name": "keyed",
                "name": "A keyed one",
                "api_access_keys": [
                    {"key": "1", "secret": "s", "enabled": False},
                    {"key": 2, "secret": "s"},
                    {"key": "3", "secret": "s3"},
                ],
            },
        ]
    }
    monkeypatch.setattr(sdk, "sub_accounts", lambda **_: told)
    found = product_environments(keys(sandbox))

    assert [one.cloud_name for one in found] == ["keyed", "bare", "off"]
    assert [one.api_key for one in found] == ["3", None, None]
    assert [one.enabled for one in found] == [True, True, False]
    assert found[1].account(Naming(label="x"), upload_prefix=None) is None


def test_an_account_url_is_read() -> None:
    found = AccountKeys.from_url(f" account://KEY:{SECRET}@ID-1 ")
    assert (found.account_id, found.api_key, found.secret) == ("ID-1", "KEY", Secret(SECRET))
    assert SECRET not in repr(found)
    assert SECRET not in repr(found.organisation())


@pytest.mark.parametrize(
    "text",
    ["", SECRET, f"cloudinary://K:{SECRET}@id", f"account://K:{SECRET}@", f"account://{SECRET}@id"],
)
def test_an_unusable_account_url_is_refused_without_repeating_the_secret(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        AccountKeys.from_url(text)
    assert SECRET not in str(caught.value)
